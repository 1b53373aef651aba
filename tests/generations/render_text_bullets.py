"""Text extractions with other bullets, numbers, indentations, wrapping and line ends."""

from __future__ import annotations

from dataclasses import dataclass

from .layout_text import wrap
from .model import (
    CLASS_LINE,
    CTA,
    DEFINITION,
    QUESTIONS,
    TAGLINES,
    Truth,
    congrats,
    dice,
    facts_heading,
    found_heading,
    subjects_heading,
    without_notices,
)

__all__ = ["GENERATION", "VARIANTS", "expected", "name", "render"]

GENERATION = "text_bullets"
VARIANTS = 16


@dataclass(frozen=True)
class Marks:
    """How one variant marks and sets its lines."""

    fact: str = "{}."
    question: str = "•"
    answer: str = "◦"
    related: str = ""  # bullet in front of a related term, if any
    between: str = ": "  # between a related term and its definition
    indent: tuple[int, int] = (2, 4)  # of facts and questions, and of answers
    gap: str = " "  # after a bullet
    blank: int = 1  # blank lines between blocks
    spaced: bool = False  # blank lines between items too
    width: int = 0
    hanging: bool = True
    hyphens: bool = False
    curly: bool = False  # quotes of the furniture
    eol: str = "\n"
    tail: str = ""
    footer: bool = True
    cta: bool = False
    bom: bool = False


MARKS = (
    Marks("*", "*", "*"),
    Marks("{})", "-", "-", blank=2, curly=True, eol="\r\n"),
    Marks("({})", "–", "–", indent=(0, 2), related="–", cta=True),
    Marks("{}.", "▪", "o", width=72, tail="\n"),
    Marks("-", "-", "-", indent=(0, 4), width=60, curly=True, related="-"),
    Marks("o", "o", "▪", indent=(3, 6), gap="   ", blank=3, eol="\r\n", tail="\r\n"),
    Marks("{}.", "•", "•", width=80, hanging=False, cta=True),
    Marks("◦", "◦", "–", indent=(4, 8), spaced=True, between=" – "),
    Marks("{})", "*", "o", indent=(1, 2), width=72, hanging=False, eol="\r\n"),
    Marks("•", "•", "•", indent=(0, 1), gap="\t", curly=True, footer=False),
    Marks("({})", "▪", "▪", indent=(0, 3), width=60, hyphens=True, blank=2),
    Marks("{:02d}.", "–", "◦", indent=(0, 0), spaced=True, related="▪"),
    Marks("-", "o", "-", indent=(8, 12), width=80, eol="\r\n", tail="\r\n\r\n", bom=True),
    Marks("·", "·", "·", indent=(0, 2), between=" - ", cta=True),
    Marks("{}.", "‣", "⁃", indent=(2, 4), gap="\xa0", curly=True, width=72, hyphens=True),
    Marks("[{}]", "Q:", "A:", indent=(0, 0), blank=1, related="*"),
)


def render(truth: Truth, *, variant: int) -> bytes:
    """Return `MARKS[variant]` (later variants mix them), UTF-8.

    Variant 9 loses the footer. Variants 10, 14 break lines after hyphens within words (as
    Python's textwrap and html2text do). 11 and 15 do not indent answers: their marks differ. 12
    has a byte order mark. Unindented continuation lines never begin with what looks like a mark.
    """
    marks = _marks(variant)
    gap = "\n" * (marks.blank + 1)
    text = gap.join(block for block in _blocks(truth, marks) if block).replace("\n", marks.eol)
    return (("\ufeff" if marks.bom else "") + text + marks.tail).encode()


def expected(truth: Truth, *, variant: int) -> Truth:
    """Return `truth`, without notices where the footer is lost."""
    return truth if _marks(variant).footer else without_notices(truth)


def name(variant: int) -> str:
    """Return the file name."""
    return f"text-{variant}.txt"


def _marks(variant: int) -> Marks:
    if variant < len(MARKS):
        return MARKS[variant]
    rng = dice(GENERATION, variant)
    fields = {key: getattr(rng.choice(MARKS), key) for key in Marks.__dataclass_fields__}
    if fields["question"] == fields["answer"] and fields["indent"][0] == fields["indent"][1]:
        fields["indent"] = (2, 4)
    return Marks(**fields)


def _item(text: str, mark: str, indent: int, marks: Marks) -> str:
    first = f"{' ' * indent}{mark}{marks.gap}"
    rest = " " * len(first) if marks.hanging else ""
    return wrap(
        text, marks.width, first=first, rest=rest,
        hyphens=marks.hyphens, guard=not marks.hanging or indent == 0,
    )  # fmt: skip


def _blocks(truth: Truth, marks: Marks) -> list[str]:
    """Return the page's blocks; a list is one block, unless its items are spaced."""

    def plain(text: str) -> str:
        return wrap(text, marks.width, hyphens=marks.hyphens, guard=True)

    def listed(items: list[str]) -> list[str]:
        return items if marks.spaced else ["\n".join(items)]

    apostrophe = "’" if marks.curly else "'"
    taglines = [line.replace("'", apostrophe) for line in TAGLINES]
    blocks = [*taglines, truth["term"], CLASS_LINE, truth["course"], DEFINITION]
    blocks += [plain(truth["definition"]), plain(congrats(truth["term"], apostrophe))]
    if marks.cta:
        blocks.append(CTA.replace("'", apostrophe))
    if truth["facts"]:
        blocks.append(facts_heading(len(truth["facts"])))
        blocks += listed(
            [
                _item(fact, marks.fact.format(number), marks.indent[0], marks)
                for number, fact in enumerate(truth["facts"], 1)
            ]
        )
    if truth["questions"]:
        blocks.append(QUESTIONS)
        items = []
        for question in truth["questions"]:
            items.append(_item(question["question"], marks.question, marks.indent[0], marks))
            items.append(_item(question["answer"], marks.answer, marks.indent[1], marks))
        blocks += listed(items)
    if truth["related"]:
        blocks.append("Related terms")
        lines = [f"{item['term']}{marks.between}{item['definition']}" for item in truth["related"]]
        if marks.related:
            blocks += listed([_item(line, marks.related, marks.indent[0], marks) for line in lines])
        else:
            blocks += [plain(line) for line in lines]
    blocks.append(found_heading(truth["term"], curly=marks.curly))
    if truth["also_found_in"]:
        blocks.append(subjects_heading(len(truth["also_found_in"])))
        blocks += listed(
            [
                _item(course, marks.question.replace("Q:", "*"), marks.indent[0], marks)
                for course in truth["also_found_in"]
            ]
        )
    return blocks + ([plain(notice) for notice in truth["notices"]] if marks.footer else [])
