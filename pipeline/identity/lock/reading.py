"""Reads the lines of a lock: damage is an error that names them; what a merge left twice is settled."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from pipeline.identity.guid import GuidError, short_id
from pipeline.identity.lock.lines import FORMAT, Lock, LockLine, NoteTypeLine
from pipeline.identity.lock.twice import settle_note_types, settle_notes
from pipeline.notes import Blank

__all__ = [
    "REPAIR",
    "LineReader",
    "LockError",
    "parse_files",
    "parse_lock",
    "same_id",
]

_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")
# Of a file that has none of these nothing was ever a lock: it was named by mistake.
_OURS: Final = re.compile(
    rb'guidepress cards\.lock|^(?:\["[^"]*","(?:key_term|fact|question)",|\{"note_type":)', re.MULTILINE
)
_KINDS: Final = frozenset(("key_term", "fact", "question"))
_STATES: Final = frozenset(("live", "retired"))
_TYPES: Final = (str, str, str, str, int, int, str, str, str)  # and, since version 2, null or [text, ordinal]
_SHOWN: Final = 5
REPAIR: Final = (
    "restore the file from version control; do not delete it: without it, edited notes come as new cards "
    '(docs/anki.md, "A lost lock")'
)
_OTHER: Final = (
    "name the lock of these pages (--lock, or `lock` in guidepress.toml); where there is none, a run makes it"
)
_MERGE: Final = "keep the lines of both sides, without the marks: what then stands twice is settled by the next build"
# Anki keeps times as 64-bit milliseconds in places; a year of five digits is no time of a build.
_LATEST: Final = 253_402_300_799


class LockError(Exception):
    """A lock that cannot be trusted. `lines` are the numbers of its bad lines, from 1; `hint` says what to do."""

    def __init__(self, path: str, found: list[tuple[int, str]], hint: str) -> None:
        self.path = path
        self.lines = tuple(number for number, _ in found)
        self.hint = hint
        shown = [f"{path}:{number}: {what}" for number, what in found[:_SHOWN]]
        if len(found) > _SHOWN:
            shown.append(f"and {len(found) - _SHOWN} more, on lines {_numbers(self.lines[_SHOWN:])}")
        super().__init__("\n".join(shown))


def _numbers(lines: tuple[int, ...]) -> str:
    head = ", ".join(str(number) for number in lines[:20])
    return f"{head}, …" if len(lines) > 20 else head


def parse_lock(data: bytes, name: str = "cards.lock") -> Lock:
    """Return the lock that a file's bytes hold. Raises LockError, with line numbers, if it is damaged, holds a merge's
    conflict marks, or is of a version that this program does not know. What stands twice is settled, and named in
    `twice`.
    """
    return parse_files({name: data})


def parse_files(files: Mapping[str, bytes], version: int = 0) -> Lock:
    """Return the lock that these files are together. Raises LockError: see `parse_lock`.

    The first has the head, unless `version` is what that says in another file.
    """
    notes: list[LockLine] = []
    types: list[NoteTypeLine] = []
    shorts: dict[str, tuple[str, str]] = {}
    for name, data in files.items():
        reader = LineReader(name, version)
        lines = data.split(b"\n")
        for number, raw in enumerate(lines if lines[-1] else lines[:-1], 1):
            if line := reader.read(number, raw):
                guid, where = shorts.setdefault(short_id(line.guid), (line.guid, f"line {number} of {name}"))
                if guid != line.guid:
                    reader.refuse(number, same_id(line.guid, guid, where))
                notes.append(line)
        reader.end()
        version = version or reader.version
        types += reader.types
    by_guid, told = settle_notes(notes)
    by_name, more = settle_note_types(types)
    return Lock(tuple(by_guid.values()), by_name, version, told + more)


def same_id(guid: str, other: str, where: str) -> str:
    """Return what is wrong with a line whose GUID has the Id of another one."""
    return f"GUID {guid} has the Id of {other} on {where}, {short_id(guid)}"


class LineReader:
    """Reads the lines of one file, and tells at its end what was wrong with them.

    `version` is that of the head, where that stands in another file.
    """

    def __init__(self, name: str, version: int = 0) -> None:
        self.version = version
        self.types: list[NoteTypeLine] = []
        self._name = name
        self.blank = False  # whether any line was
        self._in_folder = bool(version)
        self._has_head = bool(version)
        self._no_text: list[tuple[int, str]] = []
        self._conflicts: list[tuple[int, str]] = []
        self._bad: list[tuple[int, str]] = []
        self._wide: list[tuple[int, str]] = []  # lines of a later version than the first
        self._first = b""
        self._is_ours = False
        self._no_head: LockError | None = None

    def read(self, number: int, raw: bytes) -> LockLine | None:
        """Return the note of a line, without its newline; heads, note types and what is wrong are kept."""
        if not self._is_ours:
            # (An editor may have saved ours as UTF-16.)
            self._is_ours = any(_OURS.search(form) for form in (raw, raw.replace(b"\0", b"")))
            self._first = self._first or raw.strip()
        try:
            text = raw.decode("utf-8").removesuffix("\r")
        except UnicodeDecodeError as error:
            self._no_text.append((number, f"expected UTF-8, found byte {raw[error.start]:#04x}"))
            return None
        if text[:1] in "<=>|" and _CONFLICT.match(text):
            self._conflicts.append((number, f"a merge's conflict mark: {text[:40]}"))
        elif not self._has_head or text.startswith('{"format":'):
            # A union merge with a branch of an older version may leave its head, and lines of its width.
            if text.strip():
                self._has_head = True
                try:
                    self.version = max(self.version, _version(self._name, number, text))
                except LockError as error:
                    self._no_head = self._no_head or error
        elif text.strip():
            try:
                return self._line(number, text)
            except ValueError as error:
                self.refuse(number, str(error))
        self.blank |= not text.strip()
        return None

    def _line(self, number: int, text: str) -> LockLine | None:
        found = _parse_line(text)
        if isinstance(found, NoteTypeLine):
            if self._in_folder:
                message = "a note type; those stand beside the format's version"
                raise ValueError(message)
            self.types.append(found)
            return None
        line, width = found
        if width > len(_TYPES) and self.version == 1:
            self._wide.append((number, f"expected a list of {len(_TYPES)} values, found {text[:60]!r}"))
        return line

    def refuse(self, number: int, what: str) -> None:
        """Note what is wrong with a line."""
        self._bad.append((number, what))

    def end(self) -> None:
        """Raise LockError if anything was wrong."""
        if self._first and not self._is_ours:
            found = self._first[:60].decode("utf-8", "replace")
            raise LockError(self._name, [(1, f"this is no lock of guidepress: it begins with {found!r}")], _OTHER)
        if self._no_text:
            raise LockError(self._name, self._no_text[:1], REPAIR)
        if self._conflicts:
            raise LockError(self._name, self._conflicts, _MERGE)
        if self._no_head:
            raise self._no_head
        if not self._has_head:
            what = "expected a first line with the format's version, found an empty file"
            raise LockError(self._name, [(1, what)], REPAIR)
        if bad := sorted(self._bad + (self._wide if self.version == 1 else [])):
            raise LockError(self._name, bad, REPAIR)


def _version(name: str, number: int, line: str) -> int:
    """Return the format's version; an older one is read too, and written as the newest."""
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):
        head = None
    version = head.get("version") if isinstance(head, dict) else None
    if not isinstance(head, dict) or head.get("format") != "guidepress cards.lock" or not isinstance(version, int):
        raise LockError(name, [(number, f"expected the format's version, found {line[:60]!r}")], REPAIR)
    if not 1 <= version <= FORMAT:
        what = f"format version {version}; this program knows 1 to {FORMAT}"
        raise LockError(name, [(number, what)], "use the version of guidepress that wrote it, or a later one")
    return version


def _parse_line(line: str) -> tuple[LockLine, int] | NoteTypeLine:
    """Return what one line says; of a note also how many values it has. Raises ValueError with what is wrong."""
    try:
        values = json.loads(line)
    except (ValueError, RecursionError):
        message = f"expected JSON, found {line[:60]!r}"
        raise ValueError(message) from None
    if isinstance(values, dict):
        return _note_type(values)
    count = len(_TYPES)
    if not isinstance(values, list) or not count <= len(values) <= count + 1:
        message = f"expected a list of {count + 1} values, found {line[:60]!r}"
        raise ValueError(message)
    return _note(values[:count], _blank(values[count]) if len(values) > count else None), len(values)


def _blank(value: Any) -> Blank | None:
    match value:
        case None:
            return None
        case [str(text), int(ordinal)] if text and ordinal > 0 and type(ordinal) is int:
            return Blank(text, ordinal)
    message = f"expected null or [text, ordinal], found {value!r}"
    raise ValueError(message)


def _note(values: list[Any], blank: Blank | None) -> LockLine:
    for value, kind in zip(values, _TYPES, strict=True):
        if type(value) is not kind:
            message = f"expected {'a number' if kind is int else 'text'}, found {value!r}"
            raise ValueError(message)
    found = replace(LockLine(*values), blank=blank)
    try:
        short_id(found.guid)
    except GuidError as error:
        raise ValueError(str(error)) from None
    if found.kind not in _KINDS or found.state not in _STATES:
        message = f"unknown kind or state: {found.kind!r}, {found.state!r}"
        raise ValueError(message)
    if not 0 <= found.mod <= _LATEST or not 0 <= found.due < 1_000_000:
        message = f"`mod` or `due` out of bounds: {found.mod}, {found.due}"
        raise ValueError(message)
    return found


def _note_type(values: dict[str, Any]) -> NoteTypeLine:
    name, mod, digest = (values.get(key) for key in ("note_type", "mod", "digest"))
    if len(values) != 3 or not isinstance(name, str) or type(mod) is not int or not isinstance(digest, str):
        message = f'expected {{"note_type", "mod", "digest"}}, found {values!r}'
        raise ValueError(message)
    if not 0 <= mod <= _LATEST:
        message = f"`mod` out of bounds: {mod}"
        raise ValueError(message)
    return NoteTypeLine(name, mod, digest)
