"""`cards.lock`: a line a note, made to be committed, merged by git and read by people."""

import contextlib
import json
import os
import stat
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pipeline.notes import Blank

__all__ = ["FORMAT", "Lock", "LockLine", "NoteTypeLine", "put_in_place", "remove_leftovers"]

FORMAT: Final = 2  # 1: without `blank`


@dataclass(frozen=True, slots=True)
class LockLine:
    """One note, in the order of the line's values."""

    guid: str
    kind: str
    record_id: str  # of the record that supplied the note last
    identity_key: str
    mod: int
    due: int
    state: str  # "live", or "retired": its record was read without it
    digest: str
    identity_text: str
    blank: Blank | None = None  # facts only: what is asked; kept until the sentence no longer holds it

    def as_json(self) -> str:
        """Return the line without its newline."""
        values = [
            self.guid,
            self.kind,
            self.record_id,
            self.identity_key,
            self.mod,
            self.due,
            self.state,
            self.digest,
            self.identity_text,
            self.blank,
        ]
        return _json(values)


@dataclass(frozen=True, slots=True)
class NoteTypeLine:
    """A note type: when its fields, templates or CSS last changed, and their digest."""

    name: str
    mod: int
    digest: str


@dataclass(frozen=True, slots=True)
class Lock:
    """All identities that any build has given; immutable."""

    lines: tuple[LockLine, ...] = ()
    note_types: Mapping[str, NoteTypeLine] = field(default_factory=dict)
    version: int = FORMAT  # of the file that it was read from; it is written as FORMAT
    twice: tuple[str, ...] = ()  # what was said twice in the file that it was read from, and is settled

    def dumps(self) -> str:
        """Return the file's text: the format, note types by name, notes by GUID. Equal locks give equal texts."""
        head = [_json({"format": "guidepress cards.lock", "version": FORMAT})]
        types = [
            _json({"note_type": kind.name, "mod": kind.mod, "digest": kind.digest})
            for _, kind in sorted(self.note_types.items())
        ]
        notes = [line.as_json() for line in sorted(self.lines, key=lambda line: line.guid)]
        return "\n".join((*head, *types, *notes, ""))

    def write(self, path: Path) -> None:
        """Write the lock, whole or not at all: to a file beside it that then takes its place. Raises OSError.

        A link stays one: what it leads to is written, and keeps its mode.
        """
        real = Path(os.path.realpath(path))
        handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=_PART, dir=real.parent)
        try:
            os.close(handle)
            part = Path(name)
            part.write_bytes(self.dumps().encode("utf-8"))
            part.chmod(_mode(real))
            put_in_place(part, real)
        except OSError:
            Path(name).unlink(missing_ok=True)
            raise


_PART: Final = ".new"


def _mode(path: Path) -> int:
    """Return the permissions of the file, or those that a new one gets."""
    with contextlib.suppress(FileNotFoundError):
        return stat.S_IMODE(path.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def put_in_place(part: Path, target: Path) -> None:
    """Let the file `part` take the place of `target` in the same folder, once its bytes are on the disk.

    Without that a machine that loses its power may keep the new name and none of the bytes. Raises OSError.
    """
    with part.open("rb+") as handle:
        os.fsync(handle.fileno())
    part.replace(target)
    with contextlib.suppress(OSError):  # no folder can be opened on Windows, nor synced on some network disks
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def remove_leftovers(path: Path) -> None:
    """Delete what killed runs left half-written beside the lock `path`; no other run may be writing it."""
    real = Path(os.path.realpath(path))
    for child in real.parent.iterdir():
        if child.name.startswith(f".{real.name}.") and child.name.endswith(_PART):
            with contextlib.suppress(OSError):
                child.unlink()


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _json(value: object) -> str:
    """Return `value` on one line; characters that editors or git take for line ends are escaped."""
    text = _ENCODER.encode(value)
    for separator in ("\x7f", "\x85", "\u2028", "\u2029"):
        if separator in text:
            text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
