"""Which notes are new, changed, gone, or another page's: by GUID, and by what a learner studies."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from pipeline.identity import SURELY_ONE, Lock, likeness, short_id
from pipeline.stages.comparing.changes import Comparison, FieldChange, NoteChange
from pipeline.stages.comparing.known import PLACING, KnownNote, plain_pair

__all__ = ["compare"]

_LATER: Final = frozenset(("Extra", "Extra 2", "Extra 3"))  # a build gives nothing in them
# What another field says as well: a definition that changed need not be told twice.
_DERIVED: Final = frozenset(("Masked definition", "Front", "Blank", "Hint", "Right choice", "Typed"))
_IDENTITY_LENGTH: Final = 400  # of the text that a lock keeps
# As many kept pairs as a person may look through.
_LEAST: Final = 20

FieldsOf = Callable[[KnownNote], Mapping[str, str] | None]


def compare(
    old: Mapping[str, KnownNote], new: Iterable[KnownNote], lock: Lock, fields_of: FieldsOf = lambda note: note.fields
) -> Comparison:
    """Return what became of the notes `old` (by GUID) in `new`.

    `lock` is that of the new state: it says whether a note that is gone is retired or only missing. Where an old note
    has a digest, that decides whether it changed; `fields_of` then gives its fields, if anything knows them.
    """
    left = dict(old)
    added, changed, taken = [], [], []
    pages: dict[str, str] = {}
    unchanged = 0
    for note in new:
        pages[note.record_id] = note.page
        before = left.pop(note.guid, None)
        if before is None:
            added.append(_told(note))
            continue
        was = before.record_id if before.record_id and before.record_id != note.record_id else ""
        kept = replace(_told(note), was=was, likeness=_likeness(before, note))
        if was:
            taken.append(kept)
        if (fields := _field_changes(before, note, fields_of)) is None:
            unchanged += 1
        else:
            changed.append(replace(kept, fields=fields))
    states = {line.guid: line.state for line in lock.lines}
    gone = [(states.get(guid) == "retired", left[guid]) for guid in left]
    gone.sort(key=lambda one: one[1].record_id)
    now = {line.guid: line.record_id for line in lock.lines}

    def placed(note: KnownNote) -> NoteChange:
        return replace(_told(note), page=pages.get(now.get(note.guid, note.record_id), ""))

    return Comparison(
        new=tuple(added),
        changed=tuple(changed),
        retired=tuple(placed(note) for retired, note in gone if retired),
        missing=tuple(placed(note) for retired, note in gone if not retired),
        taken_over=tuple(taken),
        least_alike=_least(changed),
        unchanged=unchanged,
    )


def _told(note: KnownNote) -> NoteChange:
    return NoteChange(note.guid, short_id(note.guid), note.note_type, note.deck, note.page, note.record_id, note.text)


def _likeness(old: KnownNote, new: KnownNote) -> float:
    before, after = old.identity_text[:_IDENTITY_LENGTH], new.identity_text[:_IDENTITY_LENGTH]
    return 1.0 if before == after else round(likeness(before, after), 3)


def _least(changed: Iterable[NoteChange]) -> tuple[NoteChange, ...]:
    far = [note for note in changed if note.likeness is not None and note.likeness < SURELY_ONE]
    return tuple(sorted(far, key=lambda note: (note.likeness, note.guid))[:_LEAST])


def _field_changes(old: KnownNote, new: KnownNote, fields_of: FieldsOf) -> tuple[FieldChange, ...] | None:
    """Return the fields that differ, as far as they are known; None if the note is as it was."""
    if old.digest and old.digest == new.digest:
        return None
    before, after = fields_of(old), new.fields or {}
    if before is None:
        was, now = (note.identity_text[:_IDENTITY_LENGTH] for note in (old, new))
        return () if was == now else (FieldChange("Text", was.replace("\t", ": "), now.replace("\t", ": ")),)
    names = [name for name in dict.fromkeys((*after, *before)) if name not in PLACING | _LATER]
    differ = [name for name in names if before.get(name, "") != after.get(name, "")]
    told = [name for name in differ if name not in _DERIVED] or differ
    if not told and not old.digest:
        return None
    return tuple(FieldChange(name, *plain_pair(before.get(name, ""), after.get(name, ""))) for name in told)
