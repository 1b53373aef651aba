"""Reads `cards.lock`: a damaged one is an error that names its lines, never a new lock."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pipeline.identity.guid import GuidError, short_id
from pipeline.identity.lock import FORMAT, Lock, LockLine, NoteTypeLine
from pipeline.notes import Blank

__all__ = ["LockError", "parse_lock", "read_lock"]

_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")
_KINDS: Final = frozenset(("key_term", "fact", "question"))
_STATES: Final = frozenset(("live", "retired"))
_TYPES: Final = (str, str, str, str, int, int, str, str, str)  # and, since version 2, null or [text, ordinal]
_SHOWN: Final = 5
_REPAIR: Final = (
    "restore the file from version control; do not delete it: without it, edited notes come as new cards "
    '(docs/anki.md, "A lost lock")'
)
_MERGE: Final = "keep the lines of both sides, without the marks; where both changed one note, keep the later `mod`"


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


def read_lock(path: Path) -> Lock:
    """Return the lock of a file, or an empty one if there is no file.

    Raises LockError, with line numbers, if it is damaged, holds a merge's conflict marks, says one thing twice, or
    is of a version that this program does not know. Raises OSError if it cannot be read.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Lock()
    return parse_lock(data, path.name)


def parse_lock(data: bytes, name: str = "cards.lock") -> Lock:
    """Return the lock that a file's bytes hold. Raises LockError: see `read_lock`."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        number = data.count(b"\n", 0, error.start) + 1
        raise LockError(name, [(number, f"expected UTF-8, found byte {data[error.start]:#04x}")], _REPAIR) from None
    lines = [(number, line.removesuffix("\r")) for number, line in enumerate(text.split("\n"), 1)]
    conflicts = [(number, f"a merge's conflict mark: {line[:40]}") for number, line in lines if _CONFLICT.match(line)]
    if conflicts:
        raise LockError(name, conflicts, _MERGE)
    return _parse_lines(name, [(number, line) for number, line in lines if line.strip()])


def _parse_lines(name: str, lines: list[tuple[int, str]]) -> Lock:
    if not lines:
        raise LockError(name, [(1, "expected a first line with the format's version, found an empty file")], _REPAIR)
    version = _version(name, *lines[0])
    bad: list[tuple[int, str]] = []
    notes: dict[str, tuple[int, LockLine]] = {}
    shorts: dict[str, int] = {}
    types: dict[str, tuple[int, NoteTypeLine]] = {}
    for number, line in lines[1:]:
        try:
            found = _parse_line(line, version)
        except ValueError as error:
            bad.append((number, str(error)))
            continue
        if isinstance(found, NoteTypeLine):
            if found.name in types:
                bad.append((number, f"note type {found.name!r} a second time, first on line {types[found.name][0]}"))
            types.setdefault(found.name, (number, found))
            continue
        short = short_id(found.guid)
        if short in shorts:
            bad.append((number, f"GUID {found.guid} (Id {short}) a second time, first on line {shorts[short]}"))
        shorts.setdefault(short, number)
        notes.setdefault(found.guid, (number, found))
    if bad:
        twice = all(" a second time, " in what for _, what in bad)
        raise LockError(name, bad, "keep the line with the later `mod` of each pair" if twice else _REPAIR)
    return Lock(tuple(line for _, line in notes.values()), {key: kind for key, (_, kind) in types.items()}, version)


def _version(name: str, number: int, line: str) -> int:
    """Return the format's version; an older one is read too, and written as the newest."""
    try:
        head = json.loads(line)
    except ValueError:
        head = None
    version = head.get("version") if isinstance(head, dict) else None
    if not isinstance(head, dict) or head.get("format") != "guidepress cards.lock" or not isinstance(version, int):
        raise LockError(name, [(number, f"expected the format's version, found {line[:60]!r}")], _REPAIR)
    if not 1 <= version <= FORMAT:
        what = f"format version {version}; this program knows 1 to {FORMAT}"
        raise LockError(name, [(number, what)], "use the version of guidepress that wrote it, or a later one")
    return version


def _parse_line(line: str, version: int) -> LockLine | NoteTypeLine:
    """Return what one line says. Raises ValueError with what is wrong."""
    try:
        values = json.loads(line)
    except ValueError:
        message = f"expected JSON, found {line[:60]!r}"
        raise ValueError(message) from None
    if isinstance(values, dict):
        return _note_type(values)
    count = len(_TYPES) + (version > 1)
    if not isinstance(values, list) or len(values) != count:
        message = f"expected a list of {count} values, found {line[:60]!r}"
        raise ValueError(message)
    return _note(values[: len(_TYPES)], _blank(values[-1]) if version > 1 else None)


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
    if found.mod < 0 or not 0 <= found.due < 1_000_000:
        message = f"`mod` or `due` out of bounds: {found.mod}, {found.due}"
        raise ValueError(message)
    return found


def _note_type(values: dict[str, Any]) -> NoteTypeLine:
    name, mod, digest = (values.get(key) for key in ("note_type", "mod", "digest"))
    if len(values) != 3 or not isinstance(name, str) or type(mod) is not int or not isinstance(digest, str):
        message = f'expected {{"note_type", "mod", "digest"}}, found {values!r}'
        raise ValueError(message)
    return NoteTypeLine(name, mod, digest)
