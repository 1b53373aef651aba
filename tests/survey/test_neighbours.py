"""Pages of a folder judge each other: one finding a cause, with the count and three examples."""

from collections.abc import Callable, Iterable, Sequence

import pytest

from pdf_factories import key_term
from pipeline.records import Finding, KeyTerm
from pipeline.survey import SurveyRow, marks_of, neighbours, texts_of, unknown_headings

SHARE = "<p>Click here to share this page with friends on all sites</p>"


def term(number: int, definition: str | None = None, facts: Sequence[str] = ()) -> KeyTerm:
    own = f"<p>The word number {number * 7} of the list says what {number} is.</p>"
    return key_term(f"Word {number}", definition or own, facts=facts)


def between(rows: Iterable[SurveyRow]) -> Callable[[str, str], list[SurveyRow]]:
    ordered = sorted(rows, key=lambda row: row.path)
    return lambda first, last: [row for row in ordered if first <= row.path <= last]


def found(records: Sequence[KeyTerm], folder: str = "sea", publishers: Sequence[str] = ()) -> list[Finding]:
    paths = [f"{folder}/p{number:02}.html" for number in range(len(records))]
    by_path = dict(zip(paths, records, strict=True))
    rows = [
        SurveyRow(path, record.id, record.course.title, publisher, marks_of(record))
        for (path, record), publisher in zip(by_path.items(), publishers or ["Guild"] * len(records), strict=True)
    ]

    def text_of(path: str, record_id: str, field: str) -> str:
        assert by_path[path].id == record_id
        return next(text.rich.text for text in texts_of(by_path[path]) if text.field == field)

    return list(neighbours(between(rows), text_of))


def test_a_fact_that_stands_on_many_pages_is_told_once_with_three_examples() -> None:
    (one,) = found([term(n, facts=["Follow us for more."] if n < 5 else []) for n in range(10)])
    assert (one.code, one.field, one.value, one.count) == ("repeated-text", "facts", "Follow us for more.", 5)
    assert one.examples == ("sea/p00.html", "sea/p01.html", "sea/p02.html")


def test_words_at_the_end_of_many_texts_are_told() -> None:
    records = [term(n, f"<p>What {n} is, in other words than {n + 1}.</p>{SHARE}") for n in range(8)]
    (one,) = found(records)
    assert (one.code, one.value) == ("repeated-text", "with friends on all sites")


def test_what_stands_on_few_pages_is_no_furniture() -> None:
    assert found([term(n, facts=["Follow us for more."] if n < 3 else []) for n in range(10)]) == []


def test_seven_pages_are_too_few_to_judge_each_other() -> None:
    assert found([term(n, facts=["Follow us for more."]) for n in range(7)]) == []


def test_one_record_in_many_markups_is_one_page() -> None:
    assert found([term(1, facts=["It is salt."]) for _ in range(12)]) == []


def test_folders_are_judged_apart() -> None:
    half = [term(n, facts=["Follow us for more."]) for n in range(4)]
    rows = [SurveyRow(f"{n % 2}/p{n}.html", r.id, "Sea", "Guild", marks_of(r)) for n, r in enumerate(half * 2)]
    assert list(neighbours(between(rows), lambda *_: "")) == []


@pytest.mark.parametrize("field", ["course", "publisher"])
def test_the_one_page_unlike_its_folder_is_told(field: str) -> None:
    records = [term(n) for n in range(9)]
    publishers = ["Guild"] * 9
    if field == "course":
        records[4] = key_term("Word 4", course="In short")
    else:
        publishers[4] = "Somebody Else"
    (one,) = found(records, publishers=publishers)
    assert (one.code, one.path, one.field) == ("unlike-its-folder", "sea/p04.html", field)
    assert one.record == records[4].id


def test_two_pages_unlike_the_others_are_a_second_course() -> None:
    assert found([term(n) if n > 1 else key_term(f"Word {n}", f"Own {n}.", course="Ships") for n in range(9)]) == []


def test_two_terms_with_one_definition_are_told() -> None:
    (one,) = found([term(0, "The rise of the sea."), term(1, "The rise of the sea.")])
    assert (one.code, one.level, one.count, one.field) == ("shared-text", "warning", 2, "definition")


def test_a_class_of_which_some_pages_name_no_publisher_is_told() -> None:
    (one,) = found([term(n) for n in range(3)], publishers=["unknown", "Guild", "Guild"])
    assert (one.code, one.path, one.count) == ("parted-course", "sea/p00.html", 1)
    assert found([term(n) for n in range(3)], publishers=["unknown"] * 3) == []


def test_a_heading_that_no_layout_knows_is_told_by_number_of_pages() -> None:
    pages = [(f"sea/p{n}.html", ["Worth knowing", f"Only here {n}"] if n != 2 else ["WORTH KNOWING"]) for n in range(4)]
    (one,) = unknown_headings(lambda first, last: [page for page in pages if first <= page[0] <= last])
    assert (one.code, one.value, one.count) == ("unknown-heading", "Worth knowing", 4)
    assert one.examples == ("sea/p0.html", "sea/p1.html", "sea/p2.html")
