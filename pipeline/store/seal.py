"""The seal of a file: its SHA-256, written when a run has ended, so that the next one knows the bytes for those."""

import contextlib
import hashlib
import re
from pathlib import Path
from typing import Final, Literal

__all__ = ["Seal", "signature"]

_TEXT: Final = re.compile(r"([0-9a-f]{64}) (\S+)( doubted)?\n")


def signature(path: Path) -> str:
    """Return size, times and inode of a file as text: while it is equal, so are the bytes.

    The time of the last status change is in it: no program can set that back, as it can the time of modification.
    Returns "" for a file that is not there.
    """
    try:
        status = path.stat()
    except OSError:
        return ""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


class Seal:
    """The seal of `file`, in a file of its own. It is read where the signature differs: a file that was copied, say."""

    def __init__(self, path: Path, file: Path) -> None:
        self.path = path
        self._file = file
        self._before: re.Match[str] | None = None

    def judge(self) -> Literal["whole", "doubted", "broken", "none"]:
        """Say whether the file is what was sealed; "none" where no run has ended since it was changed.

        "doubted": it is, but once a run that was killed left it without a seal.
        """
        sealed = self._read()
        if sealed is None:
            return "none"
        if signature(self._file) != sealed[2] and _sha256(self._file) != sealed[1]:
            return "broken"
        return "doubted" if sealed[3] else "whole"

    def take_off(self) -> None:
        """Delete the seal: the file is about to be changed."""
        self._before = self._read()
        self.path.unlink(missing_ok=True)

    def put_on(self, *, doubted: bool) -> None:
        """Seal the file, if there is room for it; one that was not changed since is not read for it."""
        now = signature(self._file)
        sha256 = self._before[1] if self._before and self._before[2] == now else _sha256(self._file)
        with contextlib.suppress(OSError):
            self.path.write_text(f"{sha256} {now}{' doubted' if doubted else ''}\n", encoding="ascii")

    def _read(self) -> re.Match[str] | None:
        try:
            return _TEXT.fullmatch(self.path.read_text(encoding="ascii", errors="replace"))
        except OSError:
            return None


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return ""
