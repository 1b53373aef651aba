"""The notes of a lock, and what a run that may not change it would have changed."""

from pathlib import Path

from pipeline.exporters.anki import NOTE_TYPES
from pipeline.identity import Lock
from pipeline.notes import NoteKind
from pipeline.stages.comparing.changes import Comparison
from pipeline.stages.comparing.compare import compare
from pipeline.stages.comparing.deck_notes import PackedTexts
from pipeline.stages.comparing.edition_notes import edition_notes
from pipeline.stages.comparing.known import KnownNote
from pipeline.stages.resolving import EditionSource

__all__ = ["lock_notes", "what_would_change"]


def lock_notes(lock: Lock) -> dict[str, KnownNote]:
    """Return the live notes of a lock by GUID."""
    types: dict[str, str] = {kind: one.name for kind, one in NOTE_TYPES.items()}
    return {
        line.guid: KnownNote(
            guid=line.guid,
            note_type=types[line.kind],
            record_id=line.record_id,
            identity_text=line.identity_text,
            text=_named(line.kind, line.identity_text),
            mod=line.mod,
            digest=line.digest,
        )
        for line in lock.lines
        if line.state == "live"
    }


def _named(kind: NoteKind | str, text: str) -> str:
    return text.partition("\t")[0] if kind == "key_term" else text


def what_would_change(source: EditionSource, build: Path) -> Comparison:
    """Return how the notes of an edition differ from those of the lock.

    The words of what the lock does not keep come from the decks in `build`, where these are of the lock's state.
    """
    notes = edition_notes(source, switched_off=True)
    return compare(lock_notes(source.old_lock()), notes, source.next_lock(), PackedTexts(build).fields_of)
