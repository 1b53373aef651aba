"""The one place where this exporter knows kinds of record: a further kind is a piece here and a template."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, Literal, Protocol

from pipeline.exporters.pdf.kinds.chunks import TERMS, ChunkSize
from pipeline.exporters.pdf.kinds.questions import Passage, counted, question_passages
from pipeline.exporters.pdf.kinds.study_guide import StudyGuidePiece
from pipeline.records import KeyTerm, RecordBase, RichText

__all__ = ["KINDS", "KeyTermPiece", "KindPiece", "SheetPart", "credits_of", "piece_of"]

SheetPart = Literal["handout", "answers"]


class KindPiece(Protocol):
    """What the handouts have to know of one kind; its template is `templates/<kind>/handout.html.j2`."""

    @property
    def chunk_size(self) -> ChunkSize:
        """How many records of this kind are drawn together."""

    def place(self, record: Any) -> tuple[Any, ...]:
        """Return a sort key among all records that have a place, () for one that stands behind these by its id."""

    def group(self, record: Any) -> str:
        """Return the heading under which the contents list the record, where a course has more than one."""

    def heading(self, record: Any) -> RichText:
        """Return what the record is called, on the page, in the contents and the bookmarks."""

    def index_entries(self, record: Any) -> Iterator[tuple[str, RichText]]:
        """Yield what the index lists of the record: the key of a place in it ("" where it begins), and the entry."""

    def questions(self, record: Any) -> int:
        """Return how many questions it asks: a record with none is not in the answers."""

    def passages(self, record: Any, part: SheetPart) -> Iterator[Passage]:
        """Yield all that this part prints of the record, our own words as `str`, in the order of print.

        Verification looks for just this, and for nothing else between, before and behind; an empty one is not printed.
        """


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


KINDS: Final[Mapping[str, KindPiece]] = MappingProxyType({"key_term": KeyTermPiece(), "study_guide": StudyGuidePiece()})


def piece_of(record: RecordBase) -> KindPiece:
    """Return the piece of a record's kind. Raises LookupError for a kind that cannot be printed yet."""
    try:
        return KINDS[record.kind]
    except KeyError:
        message = f"records of the kind {record.kind!r} cannot be printed (known: {', '.join(sorted(KINDS))})"
        raise LookupError(message) from None


def credits_of(record: RecordBase) -> Iterator[str]:
    """Yield the lines that a handout owes to a record's publisher; each is printed once for a course."""
    yield from record.notices
    if record.publisher != "unknown":
        yield f"Source: {record.publisher}"
    if record.license:
        yield f"Licence: {record.license}"
