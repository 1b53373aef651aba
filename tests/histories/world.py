"""A source that changes as sources do: courses, pages and sentences that know who they are, whatever they say."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from factories import key_term
from pipeline.records import KeyTerm

__all__ = ["Course", "Item", "Page", "World"]

_HEADS = (
    "bar",
    "cel",
    "dor",
    "fen",
    "gul",
    "hom",
    "jin",
    "kas",
    "lun",
    "mor",
    "nef",
    "pol",
    "rad",
    "sil",
    "tov",
    "vex",
)
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ou", "ei")
_TAILS = ("nt", "lk", "rm", "sh", "ppo", "ndra", "ltic", "rve", "mbel", "x")
LEXICON = [head + middle + tail for head in _HEADS for middle in _MIDDLES for tail in _TAILS]
# Each word with a mark is another one; all else is in every sentence, as it is in a book's.
_SHAPES = (
    "The * of the * began to * in # when a * * left its * and the *.",
    "In # a * was * by the *, which gave each * a * of * and *.",
    "Every * that has * in its * is * by # * of a * at the *.",
    "A * without * was * in # for its *, because the * of a * is *.",
)


@dataclass
class Item:
    """A fact or a question; `token` says who it is. `like` are tokens whose identity no rule can tell from its own."""

    token: int
    words: list[str]
    question: bool = False
    like: frozenset[int] = frozenset()

    @property
    def text(self) -> str:
        said = " ".join(self.words)
        return f"Why is it that {said[0].lower()}{said[1:-1]}?" if self.question else said


@dataclass
class Course:
    """A course: its title is what a reader sees of it."""

    token: int
    title: str


@dataclass
class Page:
    """A key-term page."""

    token: int
    course: Course
    term: str
    definition: list[str]
    items: list[Item]
    present: bool = True

    def record(self) -> KeyTerm:
        facts = [item.text for item in self.items if not item.question]
        asked = [(item.text, "Because it is said so here.") for item in self.items if item.question]
        return key_term(self.term, " ".join(self.definition), facts, asked, course=self.course.title)


@dataclass
class World:
    """All pages there are, also those that a run does not find; and what was deleted and may come back."""

    dice: random.Random
    courses: list[Course] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    deleted: list[tuple[int, Item]] = field(default_factory=list)  # page token, item
    tokens: int = 0

    @classmethod
    def make(cls, dice: random.Random) -> World:
        """Return three courses of four to six pages."""
        world = cls(dice)
        for _ in range(3):
            course = Course(world.token(), world.title())
            world.courses.append(course)
            for _ in range(dice.randint(4, 6)):
                world.pages.append(world.page(course))
        return world

    def token(self) -> int:
        self.tokens += 1
        return self.tokens

    def word(self) -> str:
        return self.dice.choice(LEXICON)

    def title(self) -> str:
        return f"{self.word().title()} {self.word().title()}"

    def sentence(self) -> list[str]:
        shape = self.dice.choice(_SHAPES)
        year = str(self.dice.randint(1500, 1999))
        return "".join(self.word() if sign == "*" else year if sign == "#" else sign for sign in shape).split()

    def item(self, *, question: bool = False) -> Item:
        return Item(self.token(), self.sentence(), question)

    def page(self, course: Course) -> Page:
        items = [self.item() for _ in range(self.dice.randint(2, 5))]
        items += [self.item(question=True) for _ in range(self.dice.randint(0, 2))]
        definition = f"A {self.word()} that the {self.word()} of {self.word()} has {self.word()} {self.word()}.".split()
        return Page(self.token(), course, f"{self.word()} {self.word()}", definition, items)

    def of(self, course: Course, *, present: bool = True) -> list[Page]:
        return [page for page in self.pages if page.course is course and (page.present or not present)]

    def records(self) -> list[KeyTerm]:
        return [page.record() for page in self.pages if page.present]

    def texts(self) -> dict[int, str]:
        """Return what each token of a page that is there says; a page's own token stands for its term."""
        said = {page.token: page.term for page in self.pages if page.present}
        said |= {item.token: item.text for page in self.pages if page.present for item in page.items}
        return said

    def replaced(self, words: list[str], count: int) -> list[str]:
        """Return a sentence in which so many of the lexicon's words are others."""
        known = [at for at, word in enumerate(words) if word.strip(".,").lower() in _KNOWN]
        out = list(words)
        for at in self.dice.sample(known, min(count, len(known))):
            end = out[at][len(out[at].rstrip(".,")) :]
            out[at] = self.word() + end
        return out


_KNOWN = frozenset(LEXICON)
