"""Writes a deck of 100,000 notes with guidepress and with plain genanki in the same run, and prints the ratios.

`python tests/bench/bench_anki.py [NOTES]`. Nothing is asserted about time: ratios on one machine are what counts. Both
write the same fields of the same notes; genanki is given them ready made, guidepress reads them from records (masking
included), so the line "from records" is the whole way and "rows and zip" what genanki does as well.
"""

import itertools
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

import genanki
from factories import Workshop, key_term

from pipeline.exporters.anki import NOTE_TYPES, AnkiExporter, course_rows
from pipeline.exporters.anki.decks import course_decks
from pipeline.exporters.anki.package import write_package, write_rows
from pipeline.identity import parse_lock

SYLLABLES = (
    "al am ar ba bel bri cas cer cor dan del dro el em en fal fer fin ga gem gra ha hel hor il in ir ja jun kel kor la lin "
    "lo mar mil mor na nel nor ol or os pan pel pri qua ra ren ros sal sen sta ta ter tur ul un vis vol wan wen yar zor"
).split()


def lexicon(dice: random.Random) -> list[str]:
    """Return words that look like words, the frequent ones first."""
    return ["".join(dice.choices(SYLLABLES, k=dice.choice((1, 2, 2, 3)))) for _ in range(4000)]


def records(notes: int) -> Iterator[object]:
    dice = random.Random(5)
    known = lexicon(dice)
    weights = list(itertools.accumulate(1 / place for place in range(1, len(known) + 1)))

    def words(count: int) -> str:
        return " ".join(dice.choices(known, cum_weights=weights, k=count))

    for number in itertools.count():
        if notes <= 0:
            return
        notes -= 9
        term = f"{dice.choice(known)} {dice.choice(known)} {number}"
        facts = [f"The {term} {words(15)}.", *(f"{words(18).capitalize()}." for _ in range(3))]
        questions = [(f"Why is {words(10)}?", f"{words(35).capitalize()}.") for _ in range(4)]
        yield key_term(term, f"The {term} is {words(40)}.", facts, questions)


class Clock:
    def __init__(self) -> None:
        self.began = time.perf_counter()

    def lap(self, name: str) -> float:
        seconds = time.perf_counter() - self.began
        print(f"{name:<44}{seconds:8.2f} s")
        self.began = time.perf_counter()
        return seconds


def main(notes: int) -> None:
    made = list(records(notes))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        workshop = Workshop()
        clock = Clock()
        build = workshop.build(made)
        print(f"{len(build.assignment.identities)} notes of {len(made)} records")
        clock.lap("notes and identities, no lock")
        text = workshop.lock.dumps().encode()
        clock.lap("lock written")
        workshop.lock = parse_lock(text)
        clock.lap("lock read")
        build = workshop.build(made)
        clock.lap("notes and identities, all known")
        renamed = [record.model_copy(update={"id": record.id.replace("kitchen", "cooking")}) for record in made]
        clock.began = time.perf_counter()
        again = workshop.build(renamed)
        clock.lap(f"notes and identities, course renamed ({again.assignment.new} new)")
        decks = course_decks(build.edition.courses, "Guidepress")
        clock.began = time.perf_counter()
        write_package(folder / "ours.apkg", decks, build.edition)
        whole = clock.lap("guidepress, from records")
        rows = list(course_rows(decks[0].course, build.edition))
        clock.lap("(rows)")
        write_rows(folder / "rows.apkg", [(decks[0], rows)], build.edition)
        ours = clock.lap("guidepress, from rows")
        models = {kind: note_type.model() for kind, note_type in NOTE_TYPES.items()}
        clock.began = time.perf_counter()
        deck = genanki.Deck(1_500_000_000_001, "Guidepress::Kitchen Science")
        for row in rows:
            deck.add_note(
                genanki.Note(models[row.note.kind], list(row.values), guid=row.identity.guid, tags=row.tags.split())
            )
        genanki.Package(deck).write_to_file(str(folder / "genanki.apkg"), timestamp=1_700_000_000)
        plain = clock.lap("genanki, from fields")
        sizes = [(folder / name).stat().st_size for name in ("ours.apkg", "genanki.apkg")]
        digests = [artifact.digest for artifact in AnkiExporter().artifacts(build.edition)]
        clock.lap(f"digests of {len(digests)} artifacts")
    print(
        f"time of guidepress / genanki, both from fields: {ours / plain:.2f} (at most 1); from records {whole / plain:.2f}"
    )
    print(f"size of guidepress / genanki: {sizes[0] / sizes[1]:.3f} (at most 0.1): {sizes[0]:,} and {sizes[1]:,} bytes")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
