"""A record's texts by the names of their fields, each as the blocks that it is made of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from pipeline.records import KeyTerm, Question, Record, RichText, plain_text

__all__ = ["FieldText", "Part", "texts_of"]

_PIECE: Final = re.compile(r"<(/?)([a-z]++)[^<>]*>|[^<]+")
_BLOCKS: Final = frozenset(("p", "ul", "ol", "pre", "table", "blockquote"))


@dataclass(frozen=True)
class Part:
    """A block of a field: `tag` is `p` for a paragraph, and for text that stands in no element of its own."""

    tag: str
    html: str

    @cached_property
    def text(self) -> str:
        """The block's plain text."""
        return plain_text(self.html)


@dataclass(frozen=True)
class FieldText:
    """One text of a record: `field` is `definition`, `facts[KEY]`, `questions[KEY].answer`…"""

    field: str
    rich: RichText

    @cached_property
    def name(self) -> str:
        """The field's name without the item's key: `questions.answer`."""
        return re.sub(r"\[[^\[\]]*\]", "", self.field)

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """The blocks that the text is made of, in order."""
        return tuple(_parts(self.rich.html))


def texts_of(record: Record) -> Iterator[FieldText]:
    """Yield the texts that a learner sees, in the order of the record."""
    yield FieldText("course.title", RichText.plain(record.course.title))
    yield from (FieldText(f"notices[{n}]", RichText.plain(notice)) for n, notice in enumerate(record.notices))
    if isinstance(record, KeyTerm):
        yield FieldText("term", record.term)
        yield FieldText("definition", record.definition)
        yield from (FieldText(f"facts[{fact.key}]", fact) for fact in record.facts)
        yield from _questions(record.questions)
        for number, related in enumerate(record.related_terms):
            yield FieldText(f"related_terms[{number}].term", related.term)
            if related.definition:
                yield FieldText(f"related_terms[{number}].definition", related.definition)
        for number, course in enumerate(record.also_found_in):
            yield FieldText(f"also_found_in[{number}]", RichText.plain(course.title))
        return
    yield FieldText("title", record.title)
    yield from (FieldText(f"objectives[{item.key}]", item) for item in record.objectives)
    if record.lead:
        yield FieldText("lead", record.lead)
    for section in record.sections:
        yield FieldText(f"sections[{section.key}].heading", section.heading)
        yield FieldText(f"sections[{section.key}].body", section.body)
    for word in record.vocabulary:
        yield FieldText(f"vocabulary[{word.key}].term", word.term)
        if word.definition and not word.definition_from:
            yield FieldText(f"vocabulary[{word.key}].definition", word.definition)
    yield from _questions(record.questions)
    yield from (FieldText(f"authors[{n}]", RichText.plain(author)) for n, author in enumerate(record.authors))


def _questions(questions: Sequence[Question]) -> Iterator[FieldText]:
    for question in questions:
        prefix = f"questions[{question.key}]"
        yield FieldText(f"{prefix}.question", question.question)
        yield from (FieldText(f"{prefix}.choices[{n}]", choice) for n, choice in enumerate(question.choices))
        if question.answer:
            yield FieldText(f"{prefix}.answer", question.answer)
        if question.explanation:
            yield FieldText(f"{prefix}.explanation", question.explanation)


def _parts(html: str) -> Iterator[Part]:
    """Yield the outermost blocks of a canonical fragment, in which each element is closed."""
    depth = start = 0
    outer = ""
    for piece in _PIECE.finditer(html):
        closes, tag = piece[1], piece[2]
        if tag not in _BLOCKS:
            continue
        if closes:
            depth -= 1
            if depth == 0:
                yield Part(outer, html[start : piece.end()])
                start = piece.end()
        else:
            if depth == 0:
                if html[start : piece.start()].strip():
                    yield Part("p", html[start : piece.start()])
                outer, start = tag, piece.start()
            depth += 1
    if html[start:].strip():
        yield Part("p", html[start:])
