"""Writes a deck of 100,000 notes with guidepress and with plain genanki in the same run, and prints the ratios.

`python tests/bench/bench_anki.py [NOTES] [--prose]`. Nothing is asserted about time: ratios of processor time count.
Both write the same fields of the same notes. genanki is given them ready made, and so is guidepress in the line "from
rows"; "from records" is its whole way, with covering the terms. Texts are sentences of a few patterns with a term or a
number in each, about 1,000 bytes a note. With `--prose` no two sentences are alike and there is less to compress: 912
notes made from a real textbook came to 0.18 of genanki's size, most of it the text itself.
"""

import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import genanki

from factories import Workshop, key_term
from pipeline.exporters.anki import NOTE_TYPES, AnkiExporter, course_decks, course_rows
from pipeline.exporters.anki.draft import Batch
from pipeline.exporters.anki.package import write_batches, write_package
from pipeline.identity import parse_lock
from pipeline.records import KeyTerm

SYLLABLES = """
    al am ar ba bel bri cas cer cor dan del dro el em en fal fer fin ga gem gra ha hel hor il in ir ja jun kel kor la
    lin lo mar mil mor na nel nor ol or os pan pel pri qua ra ren ros sal sen sta ta ter tur ul un vis vol wan wen yar
"""
PATTERNS = 16
NOTES_OF_A_PAGE = 9


class Writer:
    """Makes sentences of words that look like words."""

    def __init__(self, dice: random.Random, *, prose: bool) -> None:
        self.dice = dice
        syllables = SYLLABLES.split()
        self.words = ["".join(dice.choices(syllables, k=dice.choice((1, 2, 2, 3)))) for _ in range(4000)]
        self.prose = prose
        self.patterns = {length: [self._words(length) for _ in range(PATTERNS)] for length in (16, 25, 60)}

    def _words(self, length: int) -> str:
        return " ".join(self.dice.choices(self.words, k=length))

    def sentence(self, length: int, term: str = "") -> str:
        text = self._words(length) if self.prose else self.dice.choice(self.patterns[length])
        return f"The {term} is {text}." if term else f"{text.capitalize()}."


def records(notes: int, *, prose: bool = False) -> Iterator[KeyTerm]:
    writer = Writer(random.Random(5), prose=prose)
    for number in range(-(-notes // NOTES_OF_A_PAGE)):
        term = f"{writer.dice.choice(writer.words)} {writer.dice.choice(writer.words)} {number}"
        # Of two terms of which just the same is said neither is asked: so each is said to be one thing more.
        facts = [
            f"{writer.sentence(25, term)[:-1]} {writer.dice.choice(writer.words)}.",
            *(f"{writer.sentence(25)} {number}" for _ in range(3)),
        ]
        questions = [(f"{writer.sentence(16, term)} {place}?", writer.sentence(60)) for place in range(4)]
        yield key_term(term, writer.sentence(60, term), facts, questions)


class Clock:
    def __init__(self) -> None:
        self.began = time.process_time()

    def lap(self, name: str) -> float:
        seconds = time.process_time() - self.began
        print(f"{name:<56}{seconds:8.2f} s")
        self.began = time.process_time()
        return seconds


def main(notes: int, *, prose: bool) -> None:
    made = list(records(notes, prose=prose))
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
        clock.began = time.process_time()
        again = workshop.build(renamed)
        clock.lap(f"notes and identities, all records renamed ({again.assignment.new} new)")
        (deck,) = course_decks(build.edition).values()
        clock.began = time.process_time()
        write_package(folder / "ours.apkg", deck, build.edition)
        whole = clock.lap("guidepress, from records")
        rows = list(course_rows(deck.course, build.edition))
        clock.began = time.process_time()
        write_batches(folder / "rows.apkg", deck, [Batch.of(rows, deck)], build.edition)
        ours = clock.lap("guidepress, from rows")
        plain = with_genanki(rows, folder / "genanki.apkg", clock)
        list(AnkiExporter().artifacts(build.edition))
        clock.lap("digests of all artifacts")
        sizes = [(folder / name).stat().st_size for name in ("ours.apkg", "genanki.apkg")]
    print(f"time of guidepress / genanki: {ours / plain:.2f} (at most 1); all from records {whole / plain:.2f}")
    print(f"FIGURE anki_vs_genanki {ours / plain:.3f}")
    print(f"size of guidepress / genanki: {sizes[0] / sizes[1]:.3f} (at most 0.1): {sizes[0]:,} and {sizes[1]:,} bytes")


def with_genanki(rows: list, path: Path, clock: Clock) -> float:
    models = {kind: note_type.model() for kind, note_type in NOTE_TYPES.items()}
    clock.began = time.process_time()
    deck = genanki.Deck(1_500_000_000_001, "Guidepress::Kitchen Science")
    for row in rows:
        model = models[row.note.kind]
        deck.add_note(genanki.Note(model, list(row.values), guid=row.identity.guid, tags=row.tags.split()))
    genanki.Package(deck).write_to_file(str(path), timestamp=1_700_000_000)
    return clock.lap("genanki, from fields")


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    main(numbers[0] if numbers else 100_000, prose="--prose" in sys.argv)
