"""Tables that fit their place: columns by need, rows whole where they are short, lines of text where nothing helps."""

import re

import pytest

from pipeline.exporters.pdf.content.mathematics import Formula, Mathematician
from pipeline.exporters.pdf.content.printable import Assets, Printer
from pipeline.exporters.pdf.content.tables import TablePlan, tables_of
from pipeline.exporters.pdf.sheet import Measure

LONG = "deinstitutionalization"


def table(*rows: list[str], head: list[str] | None = None) -> str:
    first = "" if head is None else "<thead><tr>" + "".join(f"<th>{cell}</th>" for cell in head) + "</tr></thead>"
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{first}<tbody>{body}</tbody></table>"


def plan(fragment: str, room: float) -> TablePlan:
    def width_of(formula: Formula) -> float:
        return 1.0 * len(formula.tex)

    return tables_of(fragment, width_of)[0].plan(room)


def test_a_table_whose_words_fit_finds_its_own_widths() -> None:
    assert not plan(table(["one", LONG], ["two", "a long text " * 20]), 40).fixed


def test_the_width_of_a_column_that_is_too_wide_is_bounded_and_narrow_ones_keep_theirs() -> None:
    made = plan(table(["x", r"\(" + "x" * 200 + r"\)", "Heading"]), 40)
    narrow, wide, heading = made.widths
    assert made.fixed
    assert narrow >= 1
    assert heading >= len("Heading") / 2
    assert wide > 25
    assert sum(made.widths) <= 40
    assert sum(made.shares) == pytest.approx(100)


def test_columns_of_equally_long_words_are_equally_wide() -> None:
    widths = plan(table([LONG] * 6), 40).widths
    assert min(widths) == pytest.approx(max(widths))


def test_a_table_of_more_columns_than_its_place_has_room_for_is_set_as_lines() -> None:
    assert plan(table([LONG] * 8), 20).as_lines
    assert not plan(table(["a"] * 8), 20).as_lines
    assert plan(table(["a"] * 13), 100).as_lines


def test_a_table_within_a_cell_needs_its_place() -> None:
    inner = table([LONG, LONG, LONG])
    shape = tables_of(table(["x", inner]), lambda _: 0.0)[0]
    assert shape.longest[1] > 3 * shape.longest[0] + len(LONG)


def test_only_short_rows_are_kept_on_one_page_and_a_heads_row_stays_with_the_next() -> None:
    printer = Printer(Assets(), Mathematician(), {}.get, Measure(line=33, full=40, page=60))
    markup = printer.rich(table(["x", "short"], ["y", "word " * 900], head=["h", "k"]))
    assert re.findall(r"<tr[^>]*>", markup) == ['<tr class="whole head">', '<tr class="whole">', "<tr>"]
    # WeasyPrint cannot lay out a head that is a group of its own and has to stay with a row higher than a page.
    assert "<thead>" not in markup


def test_a_list_of_a_hundred_items_has_room_for_its_numbers() -> None:
    def start(items: int) -> str:
        return Printer(Assets(), Mathematician(), {}.get).rich(f"<ol>{'<li>x</li>' * items}</ol>").split("<li>")[0]

    assert start(99) == "<ol>"
    assert start(100) == '<ol style="padding-left:2.31em">'
