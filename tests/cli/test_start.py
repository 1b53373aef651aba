"""How the command starts: help and version import next to nothing."""

import subprocess
import sys

import pytest

HEAVY = ("pydantic", "rich", "lxml", "jinja2", "sqlite3", "importlib.metadata")


@pytest.mark.parametrize(
    "typed", [["-h"], ["--version"], ["all", "-h"], ["watch", "-h"], ["trace", "-h"], ["check", "-h"]]
)
def test_help_and_version_import_no_library_but_click(typed: list[str]) -> None:
    program = (
        "import sys\nfrom pipeline.cli.app import execute\n"
        f"assert execute({typed!r}) == 0\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules], file=sys.stderr)"
    )
    result = subprocess.run([sys.executable, "-P", "-c", program], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "[]\n")
    assert "guidepress" in result.stdout
