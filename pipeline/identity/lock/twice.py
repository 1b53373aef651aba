"""What stands twice in a lock, after a union merge: which line holds."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.identity.lock.lines import LockLine, NoteTypeLine

__all__ = ["settle_note_types", "settle_notes"]


def settle_notes(lines: Iterable[LockLine]) -> tuple[dict[str, LockLine], tuple[str, ...]]:
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


def settle_note_types(types: Iterable[NoteTypeLine]) -> tuple[dict[str, NoteTypeLine], tuple[str, ...]]:
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
