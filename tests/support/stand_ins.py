"""Modules that stand before the real ones in drawing processes: what they do happens in the middle of a job."""

from pathlib import Path

__all__ = ["FORMULA", "attempts", "stand_in"]

# Who draws a formula imports `ziamath`, in the middle of the job; whoever starts imports `weasyprint`.
FORMULA = "\\(x\\)"

# Each import is a line in a file. Once as many failed as are to fail, the real module is imported.
_COUNTED = """
import importlib, os, signal, sys
with open({log!r}, "a") as log:
    log.write(str(os.getpid()) + "\\n")
with open({log!r}) as log:
    number = len(log.readlines())
if number <= {failing}:
    {what}
sys.path.remove({folder!r})
del sys.modules[__name__]
importlib.import_module(__name__)
"""


def stand_in(folder: Path, name: str, what: str, failing: int = 1000) -> str:
    """Write a module that does `what` the first `failing` times that it is imported; return its `PYTHONPATH`."""
    package = folder / "stand-in" / name
    package.mkdir(parents=True)
    place, log = str(package.parent), str(package.parent / "log")
    (package / "__init__.py").write_text(_COUNTED.format(log=log, failing=failing, what=what, folder=place))
    return place


def attempts(folder: Path) -> int:
    """Return how often the module that stands in was imported."""
    log = folder / "stand-in" / "log"
    return len(log.read_text().splitlines()) if log.exists() else 0
