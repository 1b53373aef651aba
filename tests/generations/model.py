"""Truth records, and the words that every page of the site shares."""

from __future__ import annotations

import html
import random
import re
from typing import NotRequired, Protocol, TypedDict

__all__ = [
    "CLASS_LINE",
    "CTA",
    "DEFINITION",
    "QUESTIONS",
    "TAGLINES",
    "Question",
    "Related",
    "Renderer",
    "Truth",
    "congrats",
    "dice",
    "escape",
    "facts_heading",
    "found_heading",
    "page_title",
    "page_url",
    "slug",
    "squash",
    "squeeze",
    "strings",
    "subjects_heading",
    "without_notices",
]


class Question(TypedDict):
    """A review question and its answer, plain text."""

    question: str
    answer: str


class Related(TypedDict):
    """A related term and its definition, plain text."""

    term: str
    definition: str


class Truth(TypedDict):
    """What a page says, field by field; the shape of one entry of `truth.json`."""

    term: str
    course: str
    definition: str
    facts: list[str]
    questions: list[Question]
    related: list[Related]
    also_found_in: list[str]
    notices: list[str]
    gen: NotRequired[str]


class Renderer(Protocol):
    """What each `render_*` module offers."""

    GENERATION: str
    VARIANTS: int

    def render(self, truth: Truth, *, variant: int) -> bytes:
        """Return the page; the same arguments give the same bytes."""

    def expected(self, truth: Truth, *, variant: int) -> Truth:
        """Return what a careful human would read off that page."""

    def name(self, variant: int) -> str:
        """Return the file name such a page would have, without folders."""


TAGLINES = ("study guides for every class", "that actually explain what's on your next test")
CLASS_LINE = "from class:"
DEFINITION = "Definition"
QUESTIONS = "Review Questions"
CTA = "ok, let's learn stuff"


def congrats(term: str, apostrophe: str = "'") -> str:
    """Return the line under the definition, which names the term again."""
    return f"congrats on reading the definition of {term}. now let{apostrophe}s actually learn it."


def facts_heading(count: int) -> str:
    """Return the heading over the facts, which holds their number."""
    return f"{count} Must Know Facts For Your Next Test"


def found_heading(term: str, *, curly: bool = False) -> str:
    """Return the heading over the list of other courses, which names the term again."""
    left, right = ("“", "”") if curly else ('"', '"')
    return f"{left}{term}{right} also found in:"


def subjects_heading(count: int) -> str:
    """Return the heading under `found_heading`, which holds the number of courses."""
    return f"Subjects ({count})"


def slug(text: str) -> str:
    """Return `text` as the site puts it into an address."""
    return re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")


def page_title(truth: Truth) -> str:
    """Return the `<title>` of the page."""
    return f"{truth['term']} - ({truth['course']}) - Vocab, Definition, Explanations | Fiveable"


def page_url(truth: Truth) -> str:
    """Return the address of the page."""
    course, term = slug(truth["course"]), slug(truth["term"])
    return f"https://library.fiveable.me/key-terms/{course}/{term}"


def escape(text: str) -> str:
    """Return `text` escaped for HTML, quotes left alone."""
    return html.escape(text, quote=False)


def squeeze(text: str) -> str:
    """Return `text` with runs of white space (NBSP too) as one space, trimmed."""
    return " ".join(text.split())


def squash(text: str) -> str:
    """Return `text` without any white space: joins lines however they were wrapped."""
    return "".join(text.split())


def dice(generation: str, variant: int, truth: Truth | None = None) -> random.Random:
    """Return a source of choices fixed by generation and variant (and page, if `truth` is given)."""
    return random.Random(f"{generation}/{variant}/{truth['term'] if truth else ''}")


def strings(truth: Truth) -> list[str]:
    """Return every text of the truth but the notices, in page order."""
    found = [truth["term"], truth["course"], truth["definition"], *truth["facts"]]
    for question in truth["questions"]:
        found += [question["question"], question["answer"]]
    for related in truth["related"]:
        found += [related["term"], related["definition"]]
    return found + truth["also_found_in"]


def without_notices(truth: Truth) -> Truth:
    """Return the truth of a page that lost its footer."""
    return {**truth, "notices": []}
