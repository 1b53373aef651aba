"""What verification finds: a place where an artifact, read back, does not say what the records say."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pipeline.exporters import Edition
from pipeline.verify.proven import Proven

__all__ = ["Difference", "Verifier"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: in which artifact, about which record if it is about one, and what to do."""

    artifact: str  # POSIX path below the build folder
    message: str  # what the records say, what was found instead
    record_id: str | None = None
    hint: str = ""


class Verifier(Protocol):
    """Reads one artifact back: the function `verify` of a module in `pipeline.verify` (`dispatch.py` lists them)."""

    def __call__(self, path: Path, artifact: str, edition: Edition, proven: Proven) -> Iterator[Difference]:
        """Yield every difference between the file at `path` (`artifact` below the build folder) and the records.

        A file that cannot be read at all is a difference too, never an exception. `proven` is what was found right in
        the file before, and takes what is found right now, if the file has such parts.
        """
