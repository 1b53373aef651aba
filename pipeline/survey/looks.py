"""What does not look like a field: signs, in a finished record, that a text is not what its field says, or not it alone.

Each rule was kept for what it found on damaged pages and for its silence on right ones; `make silent` measures both.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.records import KeyTerm, StudyGuide, normalise
from pipeline.survey.texts import FieldText, Part, texts_of

__all__ = ["Doubt", "doubts_of"]

_BULLETS: Final = "•◦▪▫‣⁃●○■□–—→➔➤►·∙*"
_LABEL: Final = re.compile(
    r"(?:Q|A|Question|Answer|Prompt|Reply|Response|Solution|ANSWER|QUESTION)\s?(?:\d{1,3})?\s?[:.]\s"
)
_LABEL_WITHIN: Final = re.compile(
    r"(?<=[\n.?!] )(?:Q|A|Question|Answer)\s?(?:\d{1,3})?:\s|\n(?:Q|A|Question|Answer)\s?(?:\d{1,3})?[:.]\s"
)
_MARK_AT_END: Final = re.compile(
    r"[\[(](?:\d{1,3}|edit|[a-z]|citation needed|source|note \d{1,2})[\])]$", re.IGNORECASE
)
_SENTENCE_END: Final = re.compile(r"[.!?…:;。！？।؟][\"'”’»)\]]*$")
_FEW_WORDS: Final = 10
_FEW_ITEMS: Final = 3  # items from which on one can be unlike the others
_PAIR: Final = re.compile(r"[^\s:–—][^:.!?\n]{0,60}(?::|\s[–—-])\s+\S")
_TEXT_FIELDS: Final = frozenset(
    (
        "definition", "facts", "questions.question", "questions.answer", "questions.explanation", "questions.choices",
        "related_terms.definition", "objectives", "lead", "sections.body", "vocabulary.definition",
    )
)  # fmt: skip
_ITEMS: Final = ("facts", "objectives", "vocabulary.definition", "related_terms.definition")
_NAMES: Final = ("term", "title", "related_terms.term", "vocabulary.term", "sections.heading")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A field that does not look like one, what it says there, and why that is doubtful."""

    field: str
    value: str
    why: str


def doubts_of(record: KeyTerm | StudyGuide) -> list[Doubt]:
    """Return what in a record does not look like its field, in the record's order, one doubt for each field."""
    texts = list(texts_of(record))
    found: dict[str, Doubt] = {}
    for doubt in (*_each(texts), *_odd_items(texts), *_said_twice(texts), *_unlike_kind(record, texts)):
        found.setdefault(doubt.field, doubt)
    return list(found.values())


def _each(texts: Iterable[FieldText]) -> Iterator[Doubt]:
    for text in texts:
        plain = text.rich.text
        if text.name in _TEXT_FIELDS or text.name in _NAMES:
            if plain[:1] in _BULLETS and len(plain) > 1 and not plain[1:2].isalnum():
                yield Doubt(text.field, plain, "it begins with the sign of a list")
            elif plain and all(char in _BULLETS for char in plain):
                yield Doubt(text.field, plain, "it is nothing but the sign of a list")
            if _MARK_AT_END.search(plain):
                yield Doubt(text.field, plain[-80:], "it ends with a mark that refers to something else")
        if text.name in _TEXT_FIELDS:
            if _LABEL.match(plain):
                yield Doubt(text.field, plain, "it begins with a label")
            elif match := _LABEL_WITHIN.search(plain):
                yield Doubt(text.field, plain[match.start() :].strip(), "a label stands within it")
            yield from _lines(text)


def _lines(text: FieldText) -> Iterator[Doubt]:
    """Doubt short lines that end no sentence among the paragraphs of a text."""
    parts = text.parts
    if len(parts) < 2:
        return
    for number, part in enumerate(parts):
        lines = part.text.split("\n")
        line = lines[-1]
        if part.tag != "p" or not line or _is_set_apart(part) or _SENTENCE_END.search(line):
            continue
        if len(line.split()) > _FEW_WORDS or (number + 1 < len(parts) and parts[number + 1].tag != "p"):
            continue
        yield Doubt(text.field, line, "a short line that ends no sentence stands among its paragraphs")
        return


def _is_set_apart(part: Part) -> bool:
    """Say whether a paragraph is a formula, code, a picture, or marked as a heading within the text."""
    html = part.html
    bare = re.sub(r"</?p>", "", html).strip()
    return (
        "\\(" in html or "\\[" in html or "<code" in html or "<img" in html
        or (bare.startswith("<strong>") and bare.endswith("</strong>"))
    )  # fmt: skip


def _odd_items(texts: Sequence[FieldText]) -> Iterator[Doubt]:
    """Doubt an item that is short and ends no sentence where all the others are sentences."""
    for name in _ITEMS:
        items = [text for text in texts if text.name == name and len(text.parts) == 1]
        if len(items) < _FEW_ITEMS:
            continue
        odd = [
            text
            for text in items
            if not _SENTENCE_END.search(text.rich.text) and len(text.rich.text.split()) <= _FEW_WORDS
        ]
        ended = sum(_SENTENCE_END.search(text.rich.text) is not None for text in items)
        if len(odd) == 1 and ended == len(items) - 1 and not _is_set_apart(odd[0].parts[0]):
            yield Doubt(odd[0].field, odd[0].rich.text, "it ends no sentence, and all others of its kind do")


def _said_twice(texts: Sequence[FieldText]) -> Iterator[Doubt]:
    """Doubt what a record says twice: two items, two sections, a whole field within another."""
    for name in ("questions.question", "sections.body", "vocabulary.term", "related_terms.term"):
        items = [text for text in texts if text.name == name and text.rich.text]
        counts = Counter(normalise(text.rich.text) for text in items)
        for text in items:
            if counts[normalise(text.rich.text)] > 1:
                yield Doubt(text.field, text.rich.text, "the record says it twice")


def _unlike_kind(record: KeyTerm | StudyGuide, texts: Sequence[FieldText]) -> Iterator[Doubt]:
    """Doubt texts that look like another field: pairs of terms in an answer, a list of questions as a section."""
    for text in texts:
        if text.name in ("questions.answer", "definition", "questions.explanation", "facts"):
            lines = [part.text for part in text.parts if part.tag == "p"][1:]
            if len(lines) >= 2 and all(_PAIR.match(line) for line in lines[-2:]):
                yield Doubt(text.field, lines[-1], "it ends with pairs of a term and a definition")
        if text.name == "questions.answer" and any(line.endswith("?") for line in text.rich.text.split("\n")[1:-1]):
            yield Doubt(text.field, text.rich.text, "a question stands within it")
        if text.name == "lead" and text.parts and all(part.tag in ("ul", "ol") for part in text.parts):
            yield Doubt(text.field, text.rich.text, "it is nothing but a list")
        if text.name == "sections.body":
            yield from _section(text, has_words=bool(getattr(record, "vocabulary", ())))


def _section(text: FieldText, *, has_words: bool) -> Iterator[Doubt]:
    lines = text.rich.text.split("\n")
    asked = sum(line.endswith("?") for line in lines)
    if asked >= 2 and asked * 2 >= len(lines) - 1:
        yield Doubt(text.field, lines[0], "half of its lines are questions")
    pairs = sum(_PAIR.match(line) is not None and len(line) < 240 for line in lines)
    if not has_words and pairs >= 3 and pairs == len(lines):
        yield Doubt(text.field, lines[0], "all of its lines are pairs of a term and a definition")
