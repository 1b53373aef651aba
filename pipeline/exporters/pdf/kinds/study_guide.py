"""How a study guide is printed: its place among the records, its numbering, and what verification looks for."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.exporters.pdf.content import LINE, height_of
from pipeline.exporters.pdf.kinds.chunks import ChunkSize
from pipeline.exporters.pdf.kinds.piece import Passage, SheetPart
from pipeline.exporters.pdf.kinds.questions import counted, detail_passages, question_passages
from pipeline.exporters.pdf.sheet import Sheet
from pipeline.records import RichText, Section, StudyGuide, VocabularyItem, escape, normalise

__all__ = ["STANDS_IN", "NumberedSection", "StudyGuidePiece"]

# Each guide begins a page, so a cut costs no paper; but a guide takes several pages, so that a chunk of few is as much
# work as one of 20 terms.
_GUIDES: Final = ChunkSize(fewest=2, most=8, one_in=3)
_LAST: Final = 10**9  # where there is no number: behind all that have one
_FIGURES: Final = re.compile(r"\d+")
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
# A heading that brings its own number: "3.5.1 Glycolysis", "2) Growth", not "1848 and after".
_OWN_NUMBER: Final = re.compile(r"\d{1,2}(?:(?:\.\d{1,2})+\.?|[.)])\s")
_MONTHS: Final = tuple(
    "January February March April May June July August September October November December".split()  # noqa: SIM905
)
# Behind a word whose definition is the key-term page's, for the guide gives none.
STANDS_IN: Final = "†"
_FEWEST_LINES: Final = 3
_DEEPEST: Final = 3  # HTML has headings down to h6, and a guide's sections begin at h3


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """A section with its number ("2.1", or "" where headings number themselves) and its depth (0 is the outermost)."""

    number: str
    depth: int
    section: Section


@dataclass(frozen=True, slots=True)
class StudyGuidePiece:
    """A guide: where it belongs and who wrote it, objectives, text, vocabulary, questions."""

    chunk_size: ChunkSize = _GUIDES
    stands_in: str = STANDS_IN

    def place(self, record: StudyGuide) -> tuple[object, ...]:
        """Return the sort key: by unit, then topic ("3.10" behind "3.9"), a unit's review behind its topics."""
        unit = record.unit
        number = _LAST if unit is None or unit.number is None else unit.number
        topic = tuple(int(figures) for figures in _FIGURES.findall(record.topic or "")) or (_LAST,)
        # Units without a number stand together by title, guides without any unit come last.
        return number, unit is None, normalise(unit.title or "") if unit and number == _LAST else "", topic, record.id

    def group(self, record: StudyGuide) -> str:
        """Return the heading in the contents above this guide and its neighbours."""
        return self.unit_line(record) or "Study guides"

    def heading(self, record: StudyGuide) -> RichText:
        """Return topic and title: "3.5 Cellular Respiration"."""
        topic = record.topic or ""
        if not topic or record.title.text.startswith(topic):
            return record.title
        return RichText.of(f"{escape(topic)} {record.title.html}")

    def index_entries(self, record: StudyGuide) -> Iterator[tuple[str, RichText]]:
        """Yield the title, then each word of the vocabulary with the key of its place."""
        yield "", record.title
        for word in record.vocabulary:
            yield word.key, word.term

    def questions(self, record: StudyGuide) -> int:
        """Return the number of questions."""
        return len(record.questions)

    def unit_line(self, record: StudyGuide) -> str:
        """Return "Unit 3 · Energy of the Cell", or as much of it as the page says."""
        if record.unit is None:
            return ""
        number = "" if record.unit.number is None else f"Unit {record.unit.number}"
        return " · ".join(part for part in (number, record.unit.title or "") if part)

    def byline(self, record: StudyGuide) -> str:
        """Return "By A. Author and B. Author · Updated June 2026", or as much of it as the page says."""
        *others, last = record.authors or ("",)
        by = f"By {', '.join(others)} and {last}" if others else f"By {last}" if last else ""
        updated = f"Updated {_spelled_out(record.updated)}" if record.updated else ""
        return " · ".join(part for part in (by, updated) if part)

    def sections(self, record: StudyGuide) -> list[NumberedSection]:
        """Return the sections numbered by level; a level that is left out counts as no depth of its own.

        A section without a heading has no number. Where the outermost headings bring numbers of their own, these are
        the numbers.
        """
        open_levels: list[int] = []
        counts: list[int] = []
        numbered = []
        for section in record.sections:
            if not section.heading:
                numbered.append(NumberedSection("", 0, section))
                continue
            while open_levels and open_levels[-1] >= section.level:
                open_levels.pop()
            depth = len(open_levels)
            open_levels.append(section.level)
            counts = [*counts[:depth], counts[depth] + 1] if depth < len(counts) else [*counts, 1]
            number = ".".join(str(count) for count in counts)
            numbered.append(NumberedSection(number, min(depth, _DEEPEST), section))
        outermost = [item for item in numbered if item.depth == 0 and item.number]
        if outermost and all(_OWN_NUMBER.match(f"{item.section.heading.text} ") for item in outermost):
            return [NumberedSection("", item.depth, item.section) for item in numbered]
        return numbered

    def is_short(self, word: VocabularyItem, sheet: Sheet) -> bool:
        """Say whether a word with its definition is kept on one page."""
        meaning = height_of([word.definition], sheet.meaning_room) if word.definition else 0.0
        return sheet.measure.keeps_together(max(meaning, self.word_height(word, sheet)))

    def word_height(self, word: VocabularyItem, sheet: Sheet) -> float:
        """Return the height in ems that must be left on a page for a definition to begin there and go on over it.

        The word has to be whole, and some lines of the definition beside it.
        """
        return max(height_of([word.term], sheet.word_room), _FEWEST_LINES * LINE)

    def passages(self, record: StudyGuide, part: SheetPart) -> Iterator[Passage]:
        """Yield the texts as `templates/study_guide/handout.html.j2` and `templates/answers.html.j2` print them."""
        if part == "handout":
            yield self.unit_line(record)
        yield self.heading(record)
        if part == "handout":
            yield self.byline(record)
            yield from detail_passages(record)
            yield counted("Objective", record.objectives)
            yield from record.objectives
            if record.lead:
                yield record.lead
            for item in self.sections(record):
                yield item.number
                yield item.section.heading
                yield item.section.body
            yield from self._vocabulary(record)
            yield counted("Question", record.questions)
        yield from question_passages(record.questions, part)

    def _vocabulary(self, record: StudyGuide) -> Iterator[Passage]:
        if record.vocabulary:
            yield "Vocabulary"
        for word in record.vocabulary:
            yield word.term
            if word.definition_from:
                yield STANDS_IN
            if word.definition:
                yield word.definition
        if any(word.definition_from for word in record.vocabulary):
            yield f"{STANDS_IN} The definition is the one on the term’s own page."


def _spelled_out(date: str) -> str:
    """Return "2025-09" as "September 2025", as exact as it is; what is no date stays as it is."""
    match = _DATE.fullmatch(date)
    if match is None:
        return date
    year, month, day = match.groups()
    if month is None or not 1 <= int(month) <= len(_MONTHS):
        return date
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}" if day else f"{_MONTHS[int(month) - 1]} {year}"
