"""Print which common words the masks of a build's terms cover, to be judged by a person: none may be wrong.

    python tests/notes/common_words.py build/records.jsonl --count 200

Each of the words that most texts of a build have is laid under the mask of each term; a word that a term has itself, in
this form or in another one of its inflection, is none of these.
"""

import argparse
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.notes import Mask, notes_of
from pipeline.notes.inflection import stem
from pipeline.records import Record, load_record, plain_text


def covered(records: Iterable[Record], count: int) -> list[tuple[str, str]]:
    """Return word and term for each of the `count` most common words that a term's mask covers and the term lacks."""
    texts: Counter[str] = Counter()
    terms: set[str] = set()
    for note in (note for record in records for note in notes_of(record)):
        texts.update({word for word in _words(plain_text(note.back)) if len(word) > 1})
        if note.term:
            terms.add(plain_text(note.term))
    found = []
    common = [word for word, _ in texts.most_common(count)]
    for term in sorted(terms):
        mask = Mask(term)
        own = {stem(word) for word in _words(term)}
        found += [
            (word, term) for word in common if stem(word) not in own and mask.plain(f"What {word} is.").count("[…]")
        ]
    return found


def _words(text: str) -> list[str]:
    return "".join(one if one.isalpha() else " " for one in text.lower()).split()


def main() -> None:
    """Print the pairs that the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("records", type=Path, help="records.jsonl of a build")
    parser.add_argument("--count", type=int, default=200)
    chosen = parser.parse_args()
    with chosen.records.open(encoding="utf-8") as handle:
        found = covered((load_record(line, trusted=True) for line in handle), chosen.count)
    print("\n".join(f"{word}: under {term}" for word, term in found))
    print(f"{len(found)} of {chosen.count} common words are covered by a term that has them in no form of their own")


if __name__ == "__main__":
    main()
