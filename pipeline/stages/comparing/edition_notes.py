"""The notes of an edition: of the records as they were just read, whether or not decks were made of them."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.exporters.anki import NOTE_TYPES, course_decks, field_values
from pipeline.stages.comparing.known import KnownNote, said
from pipeline.stages.resolving import EditionSource

__all__ = ["edition_notes"]


def edition_notes(source: EditionSource, *, switched_off: bool) -> Iterator[KnownNote]:
    """Yield each note that has an identity, in the order of the records; with `switched_off` also those of kinds of
    which no cards are made, for a lock knows them too.
    """
    edition = source.edition
    if switched_off:
        anki = edition.settings.anki.model_copy(update={"notes": tuple(NOTE_TYPES)})
        edition = replace(edition, settings=edition.settings.model_copy(update={"anki": anki}))
    for deck in course_decks(edition).values():
        identities = deck.course.identities()
        for record in deck.course.records():
            for note in edition.notes_of(record, identities):
                identity = identities[note.ref]
                kind = NOTE_TYPES[note.kind]
                fields = dict(zip(kind.fields, field_values(note, identity), strict=True))
                yield KnownNote(
                    guid=identity.guid,
                    note_type=kind.name,
                    record_id=note.record_id,
                    identity_text=note.identity_text,
                    text=said(kind.name, fields)[1],
                    mod=identity.mod,
                    digest=note.digest,
                    deck=deck.name,
                    page=note.source_path,
                    fields=fields,
                )
