"""What a study guide says, field by field, and how a record is compared with it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NotRequired, Protocol, TypedDict

from .model import squeeze

__all__ = [
    "Block",
    "GuideRenderer",
    "GuideTruth",
    "Practice",
    "SectionTruth",
    "Word",
    "compare_guide",
    "guide_dice",
    "section_text",
]

Block = tuple[Literal["p"], str] | tuple[Literal["ul", "ol"], list[str]]


class Word(TypedDict):
    """A word of the vocabulary; an empty definition where the page gives none."""

    term: str
    definition: str


class Practice(TypedDict):
    """A question; `answer` is a choice's text where there are choices."""

    question: str
    answer: str
    choices: NotRequired[list[str]]
    explanation: NotRequired[str]


class SectionTruth(TypedDict):
    """A heading with what stands under it."""

    heading: str
    blocks: list[Block]
    level: NotRequired[int]


class GuideTruth(TypedDict):
    """What a guide says; the shape of one entry of `guides/truth.json`, but for `blocks`."""

    title: str
    topic: str | None
    course: str
    unit_number: int | None
    unit_title: str | None
    objectives: list[str]
    lead: str
    sections: list[SectionTruth]
    vocabulary: list[Word]
    questions: list[Practice]
    notices: list[str]
    authors: list[str]
    updated: str | None


class GuideRenderer(Protocol):
    """What each `render_guides_*` module offers."""

    GENERATION: str
    VARIANTS: int

    def render(self, truth: GuideTruth, *, variant: int) -> bytes:
        """Return the page; the same arguments give the same bytes."""

    def expected(self, truth: GuideTruth, *, variant: int) -> GuideTruth:
        """Return what a careful human would read off that page."""

    def name(self, variant: int) -> str:
        """Return the file name such a page would have, without folders."""


def guide_dice(generation: str, variant: int, truth: GuideTruth) -> random.Random:
    """Return a source of choices fixed by generation, variant and page."""
    return random.Random(f"{generation}/{variant}/{truth['title']}")


def section_text(section: SectionTruth) -> str:
    """Return a section's paragraphs and list items in reading order, white space collapsed."""
    parts = [text for kind, text in section["blocks"] if kind == "p" and isinstance(text, str)]
    if len(parts) < len(section["blocks"]):
        parts = []
        for _, content in section["blocks"]:
            parts += [content] if isinstance(content, str) else content
    return squeeze(" ".join(parts))


def compare_guide(record: Mapping[str, Any], truth: GuideTruth) -> list[str]:
    """Return the differences, one readable line each; an empty list if all is equal, character for character."""
    unit = record.get("unit") or {}
    pairs: list[tuple[str, Any, Any]] = [
        ("title", _text(record["title"]), squeeze(truth["title"])),
        ("topic", record.get("topic"), truth["topic"]),
        ("course", record["course"]["title"], truth["course"]),
        ("unit number", unit.get("number"), truth["unit_number"]),
        ("unit title", unit.get("title"), truth["unit_title"]),
        ("authors", list(record["authors"]), truth["authors"]),
        ("updated", record.get("updated"), truth["updated"]),
        ("lead", _text(record.get("lead")), squeeze(truth["lead"])),
        ("notices", list(record["notices"]), truth["notices"]),
        ("objectives", _texts(record["objectives"]), truth["objectives"]),
        ("headings", [_text(s["heading"]) for s in record["sections"]], [s["heading"] for s in truth["sections"]]),
        ("sections", [_text(s["body"]) for s in record["sections"]], [section_text(s) for s in truth["sections"]]),
        ("words", [_text(w["term"]) for w in record["vocabulary"]], [w["term"] for w in truth["vocabulary"]]),
        (
            "definitions",
            [_text(w["definition"]) for w in record["vocabulary"]],
            [squeeze(w["definition"]) for w in truth["vocabulary"]],
        ),
        (
            "questions",
            [_text(q["question"]) for q in record["questions"]],
            [squeeze(q["question"]) for q in truth["questions"]],
        ),
        (
            "answers",
            [_text(q["answer"]) for q in record["questions"]],
            [squeeze(q["answer"]) for q in truth["questions"]],
        ),
        (
            "choices",
            [_texts(q["choices"]) for q in record["questions"]],
            [q.get("choices", []) for q in truth["questions"]],
        ),
        (
            "explanations",
            [_text(q["explanation"]) for q in record["questions"]],
            [q.get("explanation", "") for q in truth["questions"]],
        ),
    ]
    return [
        f"{name}: {_short(got)} instead of {_short(want)}" for name, got, want in map(_narrowed, pairs) if got != want
    ]


def _narrowed(pair: tuple[str, Any, Any]) -> tuple[str, Any, Any]:
    """Return the first items that differ of two lists of one length, and of lists of two lengths what only one has."""
    name, got, want = pair
    if not isinstance(got, list) or got == want:
        return pair
    if len(got) == len(want):
        number = next(n for n, (one, other) in enumerate(zip(got, want, strict=True)) if one != other)
        return f"{name} {number + 1}", got[number], want[number]
    return f"{name} ({len(got)} for {len(want)})", [x for x in got if x not in want], [x for x in want if x not in got]


def _text(rich: Mapping[str, Any] | None) -> str:
    return squeeze(rich["text"]) if rich else ""


def _texts(items: Sequence[Mapping[str, Any]]) -> list[str]:
    return [_text(item) for item in items]


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 220 else f"{text[:110]} … {text[-100:]}"
