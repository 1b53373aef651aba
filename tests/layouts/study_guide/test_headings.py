"""A heading that lost its mark is told by several signs together; where they disagree it stays a paragraph."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.blocks import Block, Frame, Mark, Run
from pipeline.layouts.study_guide.headings import Neighbours, Verdict, judge
from pipeline.layouts.study_guide.wording import Wording, holds_formula, is_title_case, is_two_sentences, wording_of
from tests.generations.guides_truths import GUIDES

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
        "1929 and After",
        "9/11 and the Leaves",
        "20th-Century Leaves",
        "α-Leaves and β-Stems",
        "de Leaf Waves",
        "Leaf v. Stem (1803)",
        "Leaf Inc.",
        "Edward Leaf Jr.",
        "II. Leaves and Stems",
        "Step 1. Water the Leaves",
        "Who Rules? Leaves, Stems, and Roots",
        "Who Grows? Who Withers?",
        "“Who Rules?”",
        "Solving ax + b = c",
        "The Graph of y = mx + b",
        "The Slope of \\(f(x)\\)",
        "The Growth of the Leaf in Spring, the Fall of the Leaf in Autumn, and the Long Sleep of the Tree in Winter",
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
        "—Jo Leaf, “The Old Tree,” 1883",
        "Jo Leaf, Speech to the Trees, 1961",
        "April 16, 1963",
        "A Leaf in Light (credit: Jo Ng)",
        "Answer: B",
        "Mean: 5.3",
        "See also Chapter 5",
        "It was led by Edward Leaf, Jr.",
        "PV = nRT",
        "\\(x^2 + 1\\)",
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


@pytest.mark.parametrize(
    "name",
    [
        "Carrier proteins",
        "How the leaf drinks",
        "Why leaves turn red",
        "First law of leaves",
        "Conversion with bool()",
        "for loop",
        "bool data type",
        "print() and its friends",
        "if...else statements",
    ],
)
def test_a_short_name_in_the_words_of_a_sentence_is_a_heading(name: str) -> None:
    assert verdict(name) is Verdict.HEADING


@pytest.mark.parametrize(
    "rest",
    [
        "We begin by looking at the leaf",
        "This gives",
        "Therefore",
        "Substituting into the equation gives",
        "It follows that",
        "The area under the leaf is",
        "If we halve both sides, we get",
        "Note that leaves fall",
        "fixed cost: a cost that stays",
        "Net income $5,000",
        "for all leaves",
        "for example",
        "the answer",
        "which can be written",
    ],
)
@pytest.mark.parametrize("habit", [True, False])
def test_what_is_left_of_a_sentence_is_no_heading(rest: str, *, habit: bool) -> None:
    assert verdict(rest, habit=habit) is not Verdict.HEADING


def test_a_name_that_goes_on_from_an_unfinished_sentence_is_no_heading() -> None:
    assert verdict("Carrier proteins", before=block("and the two of them are called")) is Verdict.DOUBTFUL


def test_a_long_name_is_a_heading_only_where_that_is_the_pages_habit() -> None:
    name = "The role of the leaf in the life of a tree"
    assert verdict(name) is Verdict.DOUBTFUL
    assert verdict(name, habit=True) is Verdict.HEADING


def test_a_question_is_a_heading_where_names_are_unless_it_points_at_what_was_said() -> None:
    assert verdict("How do leaves drink?", habit=True) is Verdict.HEADING
    assert verdict("How is this possible?", habit=True) is Verdict.DOUBTFUL


def test_a_title_stands_over_a_short_sentence_or_a_formula_or_a_sentence_that_lost_one() -> None:
    assert verdict("Dogs", after=block("Dogs bark.")) is Verdict.HEADING
    assert verdict("Ideal Gases", after=block("PV = nRT")) is Verdict.HEADING
    assert verdict("Limits", after=block("The formula is")) is Verdict.HEADING


def test_behind_a_quotation_a_line_with_a_comma_says_whose_it_is() -> None:
    assert verdict("Jo Leaf, The Old Tree", before=block("“Give me your leaves.”")) is Verdict.PARAGRAPH
    assert verdict("Jo Leaf, the Old Tree", before=block("He said so.")) is Verdict.HEADING


def test_a_line_right_at_another_is_none_where_the_page_prints_blank_lines() -> None:
    line = Block("paragraph", (Run("Old Leaves"),), "Old Leaves", line=5)
    below = Block("paragraph", (Run(PROSE),), PROSE, line=6)
    apart = Block("paragraph", (Run(PROSE),), PROSE, line=7)
    assert judge(line, Neighbours(None, below, prints_blank_lines=True)) is Verdict.PARAGRAPH
    assert judge(line, Neighbours(None, apart, prints_blank_lines=True)) is Verdict.HEADING
    assert judge(line, Neighbours(None, below)) is Verdict.HEADING


def test_a_line_that_stands_twice_in_a_row_is_no_heading() -> None:
    assert verdict("Jo Ng", after=block("Jo Ng")) is Verdict.PARAGRAPH


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
        ("20th-Century Art", True),
        ("20th-century art", False),
        ("12 moles", False),
        ("de Broglie Waves", True),
        ("and the Rest", False),
        ("", False),
    ],
)
def test_title_case_is_judged_by_words_of_weight(text: str, is_title: bool) -> None:
    assert is_title_case(text) is is_title


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("The Price of Sugar", Wording.TITLE),
        ("The price of sugar", Wording.NAME),
        ("What is sugar?", Wording.QUESTION),
        ("Why is this?", Wording.OTHER),
        ("Sugar is sweet", Wording.OTHER),
        ("Thus", Wording.OTHER),
        ("", Wording.OTHER),
    ],
)
def test_a_line_is_worded_as_a_title_a_name_a_question_or_none(text: str, wording: Wording) -> None:
    assert wording_of(text) is wording


@pytest.mark.parametrize("text", ["Price = Cost + Profit", "x = 3", "Then x = 2", "\\(x = 2\\)", "A → B"])
def test_a_formula_is_told_by_its_relation(text: str) -> None:
    assert holds_formula(text)


def test_a_title_may_ask_first_and_end_names_with_stops() -> None:
    assert is_two_sentences("Leaves fall. Trees stay")
    assert is_two_sentences("Who rules? The leaf does")
    assert not is_two_sentences("Who Rules? The Leaf and the Stem")
    assert not is_two_sentences("Leaf v. Stem and Dr. Root")
