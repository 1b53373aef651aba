"""One history: a world, its builds, and a learner with the real Anki who imports each of them."""

from __future__ import annotations

import random
import re
import subprocess
from collections import Counter
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from anki_learner import TROUBLE, Learner
from factories import Build, Workshop
from pipeline.identity import Lock, parse_lock, write_lock
from pipeline.records import plain_text
from tests.histories.edits import EDITS, LOCAL, Step
from tests.histories.world import World

__all__ = ["Outcome", "run"]

BUILDS = 5


@dataclass
class Outcome:
    """What went wrong, each with the edits of its step, and what was seen at all."""

    lost: list[str] = field(default_factory=list)  # a note that a learner had has a new identity
    stolen: list[str] = field(default_factory=list)  # a note has the identity of another one
    duplicated: list[str] = field(default_factory=list)  # a learner has a text twice, or not at all, or an old one
    untold: list[str] = field(default_factory=list)  # a parallel fact took an identity, and nothing lists it
    seen_again: int = 0
    parallels: int = 0
    edits: Counter[str] = field(default_factory=Counter)

    @property
    def wrong(self) -> int:
        return len(self.lost) + len(self.stolen) + len(self.duplicated) + len(self.untold)


def run(seed: int, folder: Path, outcome: Outcome) -> None:
    """Run the history of this seed in `folder`, and add to `outcome`."""
    history = _History(seed, folder, outcome)
    try:
        history.run()
    finally:
        history.learner.close()


class _History:
    def __init__(self, seed: int, folder: Path, outcome: Outcome) -> None:
        self.dice = random.Random(seed)
        self.seed = seed
        self.folder = folder
        self.world = World.make(self.dice)
        self.workshop = Workshop()
        self.learner = Learner(folder / "learner")
        self.outcome = outcome
        self.known: dict[int, str] = {}  # token -> GUID, as first given
        self.owner: dict[str, int] = {}  # GUID -> token that has it

    def run(self) -> None:
        for number in range(BUILDS):
            did = self.change() if number else ["first"]
            build = self.workshop.build(self.world.records())
            self.judge(build, f"seed {self.seed}, build {number}, {', '.join(did)}")
            self.study(build.write(self.folder / f"build{number}"), did)

    def change(self) -> list[str]:
        """Let the source change, at times on two branches whose locks git merges."""
        branches = self.dice.random() < 0.3
        did = self.branch() if branches else []
        step = Step(self.world)
        if branches:
            return did
        for _ in range(self.dice.randint(3, 7)):
            name = self.dice.choice(list(EDITS))
            if step.do(name):
                did.append(name)
                self.outcome.edits[name] += 1
        return did

    def branch(self) -> list[str]:
        """Let two branches edit pages of their own and build, and merge what they have as git does."""
        ours, theirs = deepcopy(self.world), deepcopy(self.world)
        theirs.tokens += 1000  # what is new on the two sides is not the same
        mine, yours = Step(ours), Step(theirs)
        did = [name for name in self.dice.choices(LOCAL, k=4) if mine.do(name)]
        yours.touched = set(mine.touched)
        more = [name for name in self.dice.choices(LOCAL, k=4) if yours.do(name)]
        locks = [self.workshop.lock]
        for world in (ours, theirs):
            side = deepcopy(self.workshop)
            side.build(world.records())
            locks.append(side.lock)
        by_token = {page.token: page for page in theirs.pages}
        merged = deepcopy(ours)
        merged.dice = self.dice
        merged.tokens = theirs.tokens
        courses = {course.token: course for course in merged.courses}
        for at, page in enumerate(merged.pages):
            if page.token in yours.touched - mine.touched:
                merged.pages[at] = by_token[page.token]
                merged.pages[at].course = courses[page.course.token]
        known = {item.token for _, item in merged.deleted}
        merged.deleted += [(token, item) for token, item in theirs.deleted if item.token not in known]
        self.world = merged
        self.workshop.now += 86_400
        self.workshop.lock = self.union(locks)
        self.outcome.edits["merge of branches"] += 1
        return [*did, *more, "merged"]

    def union(self, locks: list[Lock]) -> Lock:
        for name, lock in zip(("base", "ours", "theirs"), locks, strict=True):
            write_lock(self.folder / name, lock)
        command = ["git", "merge-file", "--union", "-p", "ours", "base", "theirs"]
        return parse_lock(subprocess.run(command, cwd=self.folder, capture_output=True, check=True).stdout)

    def judge(self, build: Build, where: str) -> None:
        """Compare each note's identity with the one that it had."""
        told = {note.new for note in build.assignment.least_alike}
        guids = {(ref.record_id, ref.kind, ref.key): one.guid for ref, one in build.assignment.identities.items()}
        for page in (page for page in self.world.pages if page.present):
            record = page.record()
            named = [(page.token, frozenset[int](), page.term, ("key_term", ""))]
            facts = [item for item in page.items if not item.question]
            asked = [item for item in page.items if item.question]
            named += [
                (item.token, item.like, item.text, ("fact", fact.key))
                for item, fact in zip(facts, record.facts, strict=True)
            ]
            named += [
                (item.token, item.like, item.text, ("question", one.key))
                for item, one in zip(asked, record.questions, strict=True)
            ]
            for token, like, text, (kind, key) in named:
                guid = guids[record.id, kind, key]
                self.outcome.seen_again += token in self.known
                before = self.known.setdefault(token, guid)
                other = self.owner.setdefault(guid, token)
                if before != guid:
                    kept = self.outcome.stolen if other != token else self.outcome.lost
                    kept.append(f"{where}: {text}")
                elif other in like:
                    self.outcome.parallels += 1
                    self.owner[guid] = token
                    if text not in told:
                        self.outcome.untold.append(f"{where}: {text}")
                elif other != token:
                    self.outcome.stolen.append(f"{where}: {text}")

    def study(self, decks: Path, did: list[str]) -> None:
        """Import the build, and look whether each note is there once, with its text and its reviews."""
        learner, where = self.learner, f"seed {self.seed}, in Anki after {', '.join(did)}"
        reviews = learner.reviews()
        log = learner.imports(decks / "all.apkg")
        if any(log[name] for name in TROUBLE) or learner.reviews() != reviews:
            self.outcome.duplicated.append(f"{where}: {log}")
        rows = learner.note_rows()
        if len(rows) != len(set(self.known.values())):
            self.outcome.duplicated.append(f"{where}: {len(rows)} notes, {len(set(self.known.values()))} are known")
        for token, text in self.world.texts().items():
            row = rows.get(self.known[token])
            said = _words(plain_text(str(row[4]).replace("\x1f", " "))) if row else frozenset()
            if not _words(text) <= said:
                self.outcome.duplicated.append(f"{where}: the learner's note does not say: {text}")
        for course in self.world.courses:
            deck = f"Guidepress::{course.title}"
            if learner.col.decks.id_for_name(deck):
                learner.studies(deck, 6)
        learner.sleeps()


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.lower()))
