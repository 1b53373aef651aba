"""What the pages of a build tell of each other: plain rows from the store to the survey's causes."""

from collections.abc import Callable, Iterator

from pipeline.records import Finding, load_record
from pipeline.stages.parsing import unpack
from pipeline.store import PageIndex, State, SurveyIndex
from pipeline.survey import Candidate, SurveyRow, duplicates, neighbours, texts_of, unknown_headings

__all__ = ["surveyed"]


def surveyed(index: PageIndex, state: State, is_left_out: Callable[[str], bool]) -> Iterator[Finding]:
    """Yield what is found over many pages; rejected ones, which `is_left_out` knows by path, tell nothing."""
    survey = SurveyIndex(state)

    def text_of(path: str, record_id: str, field: str) -> str:
        record = load_record(unpack(survey.body(path, record_id)), trusted=True)
        return next(text.rich.text for text in texts_of(record) if text.field == field)

    yield from duplicates(
        Candidate(key.id, key.path, key.fields, key.characters, key.captured)
        for key in index.record_keys()
        if not is_left_out(key.path)
    )

    def rows(first: str, last: str) -> Iterator[SurveyRow]:
        marked = (one for one in survey.marked(first, last) if not is_left_out(one.path))
        return (SurveyRow(one.path, one.id, one.course, one.publisher, one.marks) for one in marked)

    def headings(first: str, last: str) -> Iterator[tuple[str, list[str]]]:
        return (page for page in survey.headings(first, last) if not is_left_out(page[0]))

    yield from neighbours(rows, text_of)
    yield from unknown_headings(headings)
