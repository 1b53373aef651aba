"""Reads `cards.lock`: a damaged one is an error that names its lines; what a merge left twice is settled."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pipeline.identity.guid import GuidError, short_id
from pipeline.identity.lock import FORMAT, Lock, LockLine, NoteTypeLine
from pipeline.notes import Blank

__all__ = ["LockError", "parse_lock", "read_lock"]

_CONFLICT: Final = re.compile(r"^(?:<{7}|={7}|>{7}|\|{7})(?:\s|$)")
# Of a file that has none of these nothing was ever a lock: it was named by mistake.
_OURS: Final = re.compile(
    rb'guidepress cards\.lock|^(?:\["[^"]*","(?:key_term|fact|question)",|\{"note_type":)', re.MULTILINE
)
_KINDS: Final = frozenset(("key_term", "fact", "question"))
_STATES: Final = frozenset(("live", "retired"))
_TYPES: Final = (str, str, str, str, int, int, str, str, str)  # and, since version 2, null or [text, ordinal]
_SHOWN: Final = 5
_REPAIR: Final = (
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


def read_lock(path: Path) -> Lock:
    """Return the lock of a file, or an empty one if there is no file.

    Raises LockError, with line numbers, if it is damaged, holds a merge's conflict marks, or is of
    a version that this program does not know. Raises OSError if it cannot be read. What stands twice is settled, and
    named in `twice`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Lock()
    return parse_lock(data, path.name)


def parse_lock(data: bytes, name: str = "cards.lock") -> Lock:
    """Return the lock that a file's bytes hold. Raises LockError: see `read_lock`."""
    # (An editor may have saved ours as UTF-16.)
    if data.strip() and not _OURS.search(data) and not _OURS.search(data.replace(b"\0", b"")):
        found = data.split(b"\n", 1)[0][:60].decode("utf-8", "replace")
        raise LockError(name, [(1, f"this is no lock of guidepress: it begins with {found!r}")], _OTHER)
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
    # A union merge with a branch of an older version may leave its head, and lines of its width, beside the newer.
    heads = [line for at, line in enumerate(lines) if not at or line[1].startswith('{"format":')]
    version = max(_version(name, *head) for head in heads)
    bad: list[tuple[int, str]] = []
    notes: list[LockLine] = []
    shorts: dict[str, tuple[int, str]] = {}
    types: list[NoteTypeLine] = []
    for number, line in (line for line in lines if line not in heads):
        try:
            found = _parse_line(line, version)
        except ValueError as error:
            bad.append((number, str(error)))
            continue
        if isinstance(found, NoteTypeLine):
            types.append(found)
            continue
        short = short_id(found.guid)
        first, guid = shorts.setdefault(short, (number, found.guid))
        if guid != found.guid:
            bad.append((number, f"GUID {found.guid} has the Id of {guid} on line {first}, {short}"))
        notes.append(found)
    if bad:
        raise LockError(name, bad, _REPAIR)
    by_guid, told = _settle_notes(notes)
    by_name, more = _settle_note_types(types)
    return Lock(tuple(by_guid.values()), by_name, version, told + more)


def _version(name: str, number: int, line: str) -> int:
    """Return the format's version; an older one is read too, and written as the newest."""
    try:
        head = json.loads(line)
    except (ValueError, RecursionError):
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
    except (ValueError, RecursionError):
        message = f"expected JSON, found {line[:60]!r}"
        raise ValueError(message) from None
    if isinstance(values, dict):
        return _note_type(values)
    count = len(_TYPES)
    if not isinstance(values, list) or not count <= len(values) <= count + (version > 1):
        message = f"expected a list of {count + (version > 1)} values, found {line[:60]!r}"
        raise ValueError(message)
    return _note(values[:count], _blank(values[count]) if len(values) > count else None)


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


def _settle_notes(lines: Iterable[LockLine]) -> tuple[dict[str, LockLine], tuple[str, ...]]:
    """Return one line for each GUID, and what is to be told of those that had several.

    Where branches changed neighbouring lines, a union merge keeps those of both sides. Of two lines the later `mod`
    holds, for an update reaches learners by it; of equal ones the live one, since the next build retires what is not
    there; then one that says what is asked; of two that are still equal the one whose text is greater, so that every
    machine decides alike. The record is that of the line whose record has more lines of its own (a course that one
    side renamed has its old name nowhere else): see docs/anki.md.
    """
    found: dict[str, list[LockLine]] = {}
    for line in lines:
        found.setdefault(line.guid, []).append(line)
    alone = Counter(same[0].record_id for same in found.values() if len(set(same)) == 1)
    told = []
    settled = {}
    for guid, same in found.items():
        settled[guid] = same[0] if len(same) == 1 else _settled(same, alone)
        if len(set(same)) > 1:
            by = (
                "the later"
                if len({line.mod for line in same}) > 1
                else "of one time: the live one, or the greater text"
            )
            told.append(f"GUID {guid} has {len(set(same))} lines; {by} holds")
        elif len(same) > 1:
            told.append(f"GUID {guid} has the same line {len(same)} times")
    return settled, tuple(told)


def _settled(same: Sequence[LockLine], alone: Counter[str]) -> LockLine:
    best = max(same, key=lambda line: (line.mod, line.state == "live", line.blank is not None, line.as_json()))
    place = max(same, key=lambda line: (alone[line.record_id], line.mod, line.as_json()))
    key = place.identity_key if best.kind == "key_term" else best.identity_key
    return replace(best, record_id=place.record_id, identity_key=key)


def _settle_note_types(types: Iterable[NoteTypeLine]) -> tuple[dict[str, NoteTypeLine], tuple[str, ...]]:
    """Return one line for each note type, the later, and what is to be told of those that had several."""
    settled: dict[str, NoteTypeLine] = {}
    told = {}
    for line in types:
        if other := settled.get(line.name):
            told[line.name] = f"note type {line.name!r} stands more than once; the later holds"
            settled[line.name] = max(other, line, key=lambda one: (one.mod, one.digest))
        else:
            settled[line.name] = line
    return settled, tuple(told.values())
