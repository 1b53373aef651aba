"""Questions, which every kind may ask: their answers' letters, and what is printed of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from pipeline.exporters.pdf.content import height_of
from pipeline.exporters.pdf.kinds.piece import Passage, SheetPart
from pipeline.exporters.pdf.sheet import Sheet
from pipeline.notes import letter_of, shown_order
from pipeline.records import Question, RecordBase

__all__ = ["answer_boxes", "counted", "detail_passages", "is_short", "question_passages"]

_FIRST: Final = 3  # answer lines that stay with their question, where not all do
_LATER: Final = 2  # and those that stay together on the next page


def counted(name: str, items: Sequence[object]) -> str:
    """Return a heading in the singular or plural; "" where nothing stands below it."""
    return f"{name}s" if len(items) > 1 else name if items else ""


def detail_passages(record: RecordBase) -> Iterator[Passage]:
    """Yield the texts as `templates/details.html.j2` prints them: "Difficulty: hard"."""
    for name, value in record.details():
        yield f"{name.replace('_', ' ').capitalize()}: {value}"


def question_passages(questions: Iterable[Question], part: SheetPart) -> Iterator[Passage]:
    """Yield the texts as `templates/questions.html.j2` and `templates/answers.html.j2` print them."""
    for number, question in enumerate(questions, start=1):
        yield str(number)
        yield question.question
        yield from shown_order(question)
        if part == "answers":
            yield letter_of(question)
            yield question.answer or "No answer is given."
            if question.explanation:
                yield question.explanation


def answer_boxes(question: Question, sheet: Sheet) -> list[int]:
    """Return how many ruled lines each box below a question has: one box of all, if it fits beside its question.

    Lines that fill most of a page are parted, so that they begin below their question and go on over the page.
    """
    count = 0 if question.choices else sheet.answer_lines
    if count == 0:
        return []
    asked = height_of([question.question], sheet.measure.line)
    if sheet.measure.keeps_together(asked + count * sheet.rule_ems):
        return [count]
    boxes = [min(_FIRST, count)]
    while sum(boxes) < count:
        left = count - sum(boxes)
        boxes.append(left if left <= _LATER + 1 else _LATER)
    return boxes


def is_short(question: Question, sheet: Sheet) -> bool:
    """Say whether a question with its choices or answer lines is kept on one page."""
    height = height_of([question.question, *question.choices], sheet.measure.line)
    lines = 0 if question.choices else sheet.answer_lines
    return sheet.measure.keeps_together(height + lines * sheet.rule_ems)
