"""How a key term is printed: what of it stands where, and what verification looks for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.exporters.pdf.kinds.chunks import TERMS, ChunkSize
from pipeline.exporters.pdf.kinds.piece import Passage, SheetPart
from pipeline.exporters.pdf.kinds.questions import counted, detail_passages, question_passages
from pipeline.records import KeyTerm, RichText

__all__ = ["KeyTermPiece"]


@dataclass(frozen=True, slots=True)
class KeyTermPiece:
    """A term: definition, facts, questions, related terms, other classes."""

    chunk_size: ChunkSize = TERMS

    def place(self, record: KeyTerm) -> tuple[Any, ...]:
        """Return none: terms stand by their ids."""
        return ()

    def group(self, record: KeyTerm) -> str:
        """Return what all terms are listed under."""
        return "Key terms"

    def index_entries(self, record: KeyTerm) -> Iterator[tuple[str, RichText]]:
        """Yield the term."""
        yield "", record.term

    def heading(self, record: KeyTerm) -> RichText:
        """Return the term."""
        return record.term

    def questions(self, record: KeyTerm) -> int:
        """Return the number of review questions."""
        return len(record.questions)

    def passages(self, record: KeyTerm, part: SheetPart) -> Iterator[Passage]:
        """Yield the texts as `templates/key_term/handout.html.j2` and `templates/answers.html.j2` print them."""
        yield record.term
        if part == "handout":
            yield from detail_passages(record)
            yield record.definition
            yield counted("Fact", record.facts)
            yield from record.facts
            yield counted("Question", record.questions)
        yield from question_passages(record.questions, part)
        if part == "handout":
            yield counted("Related term", record.related_terms)
            for related in record.related_terms:
                yield related.term
                if related.definition:
                    yield related.definition
            if record.also_found_in:
                yield "Also found in"
                yield ", ".join(course.title for course in record.also_found_in)
