"""`cards.lock`: a line a note, made to be committed, merged by git and read by people."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pipeline.notes import Blank

__all__ = ["FORMAT", "Lock", "LockLine", "NoteTypeLine", "head_text"]

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
        """Return the text of a file: the head, then notes by GUID. Equal locks give equal texts."""
        notes = [f"{line.as_json()}\n" for line in sorted(self.lines, key=lambda line: line.guid)]
        return "".join((head_text(self.note_types), *notes))


def head_text(note_types: Mapping[str, NoteTypeLine]) -> str:
    """Return the first lines of a lock: the format, then note types by name. None of them changes with an edit."""
    types = [
        _json({"note_type": kind.name, "mod": kind.mod, "digest": kind.digest})
        for _, kind in sorted(note_types.items())
    ]
    return "\n".join((_json({"format": "guidepress cards.lock", "version": FORMAT}), *types, ""))


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _json(value: object) -> str:
    """Return `value` on one line; characters that editors or git take for line ends are escaped."""
    text = _ENCODER.encode(value)
    for separator in ("\x7f", "\x85", "\u2028", "\u2029"):
        if separator in text:
            text = text.replace(separator, f"\\u{ord(separator):04x}")
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
