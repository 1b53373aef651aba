"""Tables in text, as extractors, browsers and converters print them."""

import pytest

from parsed_pages import parse
from pipeline.blocks import read
from pipeline.config import Limits
from pipeline.pages import RawPage
from pipeline.records import StudyGuide

GUIDE = """3.6 Tides again
🌊AP Ocean Science
Unit 3 Review
3.6 Tides again
Written by the Own Words Team • Last updated September 2025
The slow rise and fall of the sea, twice a day on most coasts.
Key Terms to Review (3)

{table}

© 2025 Own Words. All rights reserved.
"""
WORDS = [
    ("ebb", "The fall of the water."),
    ("flood", "The rise of the water."),
    ("slack", "The rest between."),
]
ROWS = {
    "bars only around the head": "| Term | Definition |\n|---|---|\nebb | The fall of the water. |\n"
    "flood | The rise of the water. |\nslack | The rest between. |",
    "no bars at the ends": "Term | Definition\n--- | ---\nebb | The fall of the water.\n"
    "flood | The rise of the water.\nslack | The rest between.",
    "bars at the right": "Term | Definition |\nebb | The fall of the water. |\n"
    "flood | The rise of the water. |\nslack | The rest between. |",
    "a database's": " term  |       definition\n-------+------------------------\n ebb   | The fall of the water.\n"
    " flood | The rise of the water.\n slack | The rest between.",
    "a grid": "+-------+------------------+\n| Term  | Definition       |\n+=======+==================+\n"
    "| ebb   | The fall of the  |\n|       | water.           |\n+-------+------------------+\n"
    "| flood | The rise of the  |\n|       | water.           |\n+-------+------------------+\n"
    "| slack | The rest between.|\n+-------+------------------+",
    "drawn lines": "┌───────┬────────────────────────┐\n│ Term  │ Definition             │\n"
    "├───────┼────────────────────────┤\n│ ebb   │ The fall of the water. │\n"
    "│ flood │ The rise of the water. │\n│ slack │ The rest between.      │\n└───────┴────────────────────────┘",
    "columns": "Term     Definition\n-------  ----------------------\nebb      The fall of the water.\n"
    "flood    The rise of the water.\nslack    The rest between.",
    "tabs": "Term\tDefinition\nebb\tThe fall of the water.\nflood\tThe rise of the water.\nslack\tThe rest between.",
}


@pytest.mark.parametrize("table", ROWS.values(), ids=ROWS)
def test_a_table_is_a_table_with_bars_or_without(table: str) -> None:
    outcome = parse(GUIDE.format(table=table), "sea/tides.txt")
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert [(word.term.text, word.definition and word.definition.text) for word in record.vocabulary] == WORDS
    assert not outcome.ledger.unclaimed
    assert outcome.findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "| x | is the amount of x.\nIt is never negative.\n",
        "He went to the sea --- it was far\n--- and came back --- late.\n",
        "ebb | flood\nslack\n",
    ],
)
def test_a_line_with_bars_or_dashes_is_no_table(text: str) -> None:
    page = read(RawPage("a.txt", text.encode(), "text/plain"), limits=Limits())
    assert not any(block.frame is not None and block.frame.tag == "td" for block in page.blocks)
