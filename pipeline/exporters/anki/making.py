"""A course's rows, batch by batch: of a long course those are kept that the next build can take as they are."""

import hashlib
from collections.abc import Iterator
from typing import Any, Final

from pipeline.exporters.anki.decks import CourseDeck
from pipeline.exporters.anki.draft import Batch
from pipeline.exporters.anki.rows import record_rows
from pipeline.exporters.lines import blocks, id_of
from pipeline.exporters.protocol import Edition
from pipeline.records import load_record

__all__ = ["batches"]

_KEPT_FROM: Final = 500  # records: what is kept takes as much of the disk as a package does


def batches(deck: CourseDeck, edition: Edition) -> Iterator[Batch]:
    """Yield the rows of a course's deck, in page order. Raises RefusalError: see `row_of`."""
    course = deck.course
    identities = course.identities()
    of_record = course.identities_by_record() if (is_kept := course.count >= _KEPT_FROM) else {}
    for digest, lines in blocks(course.lines()):
        key = ""
        if is_kept:
            known = [of_record.get(id_of(line)) for line in lines]
            key = _key(deck, edition, digest.hex(), known)
            if kept := edition.cache.get(key):
                yield Batch.loads(kept)
                continue
        records = (load_record(line, trusted=True) for line in lines)
        batch = Batch.of((row for record in records for row in record_rows(record, identities, edition)), deck)
        if is_kept:
            edition.cache.put(key, batch.dumps())
        yield batch


def _key(deck: CourseDeck, edition: Edition, *values: Any) -> str:
    settings = edition.settings.anki.model_dump(mode="json")
    text = repr((edition.program, deck.name, settings, *values))
    return f"anki/rows/{hashlib.sha256(text.encode()).hexdigest()}"
