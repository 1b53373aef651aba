"""A heading that lost its mark is told by several signs together; where they disagree it stays a paragraph."""

import pytest
from generations.guides_truths import GUIDES
from hypothesis import given
from hypothesis import strategies as st

from pipeline.blocks import Block, Frame, Mark, Run
from pipeline.layouts.study_guide_headings import Neighbours, Verdict, is_title_case, judge

PROSE = "Plants make sugar from light. They do so by day, and they live on it by night."
ITEM = Frame("li", Frame("ul"), 2)


def block(text: str, *, frame: Frame | None = None, bold: bool = False, shape: str = "indent 0") -> Block:
    return Block("paragraph", (Run(text, (Mark("strong"),) if bold else ()),), text, frame, shape=shape, line=1)


def verdict(
    text: str, *, before: Block | None = None, after: Block | None = None, bullets: bool = False, habit: bool = False
) -> Verdict:
    around = Neighbours(before or block(PROSE), after or block(PROSE), prints_bullets=bullets, sentence_case=habit)
    return judge(block(text), around)


@pytest.mark.parametrize(
    "heading",
    [
        "Overview",
        "The Price of Sugar",
        "Why Do Leaves Turn Red?",
        "Policy #3 Cooperative Research",
        "Light and Shade—How Leaves Grow",
        "Gross Domestic Product (GDP)",
        "Farms in the U.S.",
        "THE LAST LEAF",
        "mRNA Processing",
        "Measured by What is Produced",
        "The “New Leaf” Controversy",
        "How Does the U.S. Department of Leaves Collect Its Data?",
    ],
)
def test_a_title_between_paragraphs_is_a_heading(heading: str) -> None:
    assert verdict(heading) is Verdict.HEADING


@pytest.mark.parametrize(
    "line",
    [
        "Leaves turn red in fall.",
        "Confused About Leaves? Read the next part.",
        "It Takes Three Things:",
        "Canadian Dollars per 1 U.S. Dollar.",
        "Price = Cost + Profit",
        "Figure 3.2 A Leaf in Light",
        "and the rest of it",
        "(More of This Stands Below.)",
        "The Slope Is Given by",
        "A Very Long Line " * 8,
    ],
)
def test_a_line_that_says_more_or_less_than_a_title_is_a_paragraph(line: str) -> None:
    assert verdict(line.strip()) is Verdict.PARAGRAPH


def test_a_list_item_and_a_last_line_are_no_headings() -> None:
    assert judge(block("The Price of Sugar", frame=ITEM), Neighbours(None, block(PROSE))) is Verdict.PARAGRAPH
    assert judge(block("The Price of Sugar"), Neighbours(block(PROSE), None)) is Verdict.PARAGRAPH


def test_a_heading_stands_over_prose_a_sentence_or_a_list() -> None:
    assert verdict("The Price of Sugar", after=block("See the next chapter.")) is Verdict.HEADING
    assert verdict("The Price of Sugar", after=block("light", frame=ITEM)) is Verdict.HEADING
    assert verdict("The Price of Sugar", after=block("The Price of Salt")) is Verdict.DOUBTFUL


def test_a_question_worded_as_a_sentence_is_doubtful() -> None:
    assert verdict("How is this possible?") is Verdict.DOUBTFUL


def test_a_sentence_case_line_is_a_heading_only_where_that_is_the_pages_habit() -> None:
    assert verdict("Role of the central leaf") is Verdict.DOUBTFUL
    assert verdict("Role of the central leaf", habit=True) is Verdict.HEADING


def test_a_line_behind_a_colon_or_another_short_line_may_be_an_item_of_a_list_that_lost_its_signs() -> None:
    assert verdict("Cell Wall", before=block("It has two parts:")) is Verdict.DOUBTFUL
    assert verdict("Cell Wall", before=block("Cell Membrane")) is Verdict.DOUBTFUL


def test_where_a_page_prints_list_signs_a_line_behind_a_colon_is_a_heading() -> None:
    assert verdict("Cell Wall", before=block("The formula is:"), bullets=True) is Verdict.HEADING


def test_a_heading_right_above_another_is_one_where_the_page_prints_list_signs() -> None:
    around = Neighbours(block(PROSE), block("Cell Wall"), block(PROSE), prints_bullets=True)
    assert judge(block("Parts of a Cell"), around) is Verdict.HEADING


def test_a_mark_of_its_own_stands_in_for_wording() -> None:
    around = Neighbours(block("Cells:"), block(PROSE), heading_shapes=frozenset(["div.h"]))
    assert judge(block("role of the wall"), around) is Verdict.PARAGRAPH
    assert judge(block("Role of the wall", bold=True), around) is Verdict.HEADING
    assert judge(block("Role of the wall", shape="div.h"), around) is Verdict.HEADING


@given(
    st.sampled_from(
        [text for guide in GUIDES for s in guide["sections"] for _, text in s["blocks"] if isinstance(text, str)]
    )
)
def test_no_sentence_of_a_guide_is_a_heading(text: str) -> None:
    assert verdict(text) is not Verdict.HEADING


@given(st.text(max_size=200))
def test_any_line_gets_a_verdict(text: str) -> None:
    assert verdict(text) in Verdict


@pytest.mark.parametrize(
    ("text", "is_title"),
    [
        ("The Price of Sugar", True),
        ("The price of sugar", False),
        ("Growth in China", True),
        ("cells", False),
        ("", False),
    ],
)
def test_title_case_is_judged_by_words_of_weight(text: str, is_title: bool) -> None:
    assert is_title_case(text) is is_title
