"""What a guide's sections are, seen from the finished record: outlines of a unit, heads of questions, lists."""

from typing import Final

from pipeline.records import StudyGuide
from pipeline.survey.texts import Part

__all__ = ["heads_questions", "is_list_of_sentences", "is_unit_page"]

_FEWEST_WORDS: Final = 3  # of an objective, on average


def is_unit_page(record: StudyGuide) -> bool:
    """Say whether a guide is its unit's own page: it outlines the unit in lists."""
    return record.topic is None and record.unit is not None and record.unit.title == record.title.text


def heads_questions(guide: StudyGuide, number: int) -> bool:
    """Say whether a section is empty but for questions that are headings, to the end of the guide."""
    section, under = guide.sections[number], guide.sections[number + 1 :]
    return (
        bool(under)
        and not section.body
        and all(one.level > section.level and one.heading.text.endswith("?") for one in under)
    )


def is_list_of_sentences(part: Part) -> bool:
    """Say whether a block is one flat list whose items have some words each; nested lists are outlines."""
    is_flat = part.html.count("<ul>") + part.html.count("<ol>") == 1
    return is_flat and len(part.text.split()) >= _FEWEST_WORDS * len(part.text.split("\n"))
