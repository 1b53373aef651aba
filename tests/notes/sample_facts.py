"""Print a sample of a build's fact cards, front and answer, to be judged by a person.

    python tests/notes/sample_facts.py build/records.jsonl --seed 20261128 --count 60

The last lines say how many facts make a card, what they ask for, and which make none (`--dropped` prints those).
"""

import argparse
import random
from collections import Counter
from pathlib import Path

from pipeline.identity import Lock, assign
from pipeline.notes import asked, notes_of
from pipeline.records import load_record, plain_text


def main() -> None:
    """Print the sample that the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("records", type=Path, help="records.jsonl of a build")
    parser.add_argument("--seed", type=int, default=20261128)
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--dropped", action="store_true", help="print the facts that make no card")
    chosen = parser.parse_args()
    with chosen.records.open(encoding="utf-8") as handle:
        records = [load_record(line, trusted=True) for line in handle]
    groups = {record.id: notes_of(record) for record in sorted(records, key=lambda record: record.id)}
    assignment = assign(groups, Lock(), now=1_700_000_000)
    facts = {
        assignment.identities[note.ref].guid: asked(note, assignment.identities[note.ref].blank)
        for notes in groups.values()
        for note in notes
        if note.kind == "fact" and note.ref in assignment.identities
    }
    given = len(facts) + len(assignment.unasked)  # the same sentence twice in a course is one
    guids = sorted(facts)
    for number, guid in enumerate(random.Random(chosen.seed).sample(guids, min(chosen.count, len(guids))), 1):
        note = facts[guid]
        head, _, sentence = note.front.partition('<div class="cue">')
        blank = note.blank.text if note.blank else ""
        print(f"{number:3} {plain_text(head).strip() or '—'} | {plain_text(sentence)}\n      -> {blank}")
    own = Counter("its term" if "&nbsp;" in note.front else "something else" for note in facts.values())
    print(f"\n{len(facts)} of {given} facts make a card; asked for: {dict(own)}")
    if chosen.dropped:
        print("\n".join(f"  no card: {text}" for _, text in assignment.unasked))


if __name__ == "__main__":
    main()
