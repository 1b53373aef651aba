"""The block reader over text extractions and Markdown: any bullet, any indentation, wrapped or not."""

import pytest

from parsed_pages import only_record, parse
from pipeline.blocks import Block, Page, frames_of, read
from pipeline.config import Limits
from pipeline.layouts import is_landmark
from pipeline.pages import RawPage


def page_of(source: str, media_type: str = "text/plain") -> Page:
    return read(RawPage("a/b", source.encode(), media_type), limits=Limits(), starts_block=is_landmark)


def texts(source: str, media_type: str = "text/plain") -> list[str]:
    return [block.text for block in page_of(source, media_type).blocks]


def depth(block: Block) -> int:
    return sum(1 for frame in frames_of(block.frame) if frame.tag == "li")


BULLETS = ["•", "-", "*", "–", "—", "◦", "▪", "●", "‣", "o", "·", "+", "✓"]


@pytest.mark.parametrize("bullet", BULLETS)
def test_every_bullet_makes_an_item(bullet: str) -> None:
    source = f"Facts\n\n  {bullet} first thing\n  {bullet} second thing\n"
    assert texts(source) == ["Facts", "first thing", "second thing"]
    assert [depth(block) for block in page_of(source).blocks] == [0, 1, 1]


@pytest.mark.parametrize("numbers", [("1.", "2."), ("1)", "2)"), ("(1)", "(2)"), ("[1]", "[2]"), ("01.", "02.")])
def test_every_kind_of_number_makes_an_item(numbers: tuple[str, str]) -> None:
    source = f"Facts\n\n{numbers[0]} first thing\n{numbers[1]} second thing\n"
    assert texts(source) == ["Facts", "first thing", "second thing"]
    assert [block.marker for block in page_of(source).blocks] == ["", *numbers]


@pytest.mark.parametrize(
    ("outer", "inner"), [("  •", "    •"), ("-", "   -"), ("•", "◦"), ("1.", "  -"), ("\t*", "\t\t*")]
)
def test_an_item_lies_within_another_by_its_indentation_or_its_sign(outer: str, inner: str) -> None:
    source = f"{outer} one\n{inner} inner\n{outer.replace('1', '2')} two\n"
    assert [(block.text, depth(block)) for block in page_of(source).blocks] == [("one", 1), ("inner", 2), ("two", 1)]


@pytest.mark.parametrize(
    "line",
    [
        "1.5 percent growth doubles output.",
        "2008 was the year of the fall.",
        "-1.2 MPa is lower than -0.3 MPa.",
        "3D printers count as investment.",
        "*p++ moves on.",
        "o is a letter.",
    ],
)
def test_a_sign_that_belongs_to_the_sentence_stays_in_it(line: str) -> None:
    assert texts(f"Definition\n\n{line}\n") == ["Definition", line]


def test_lines_that_were_wrapped_are_joined_and_others_are_not() -> None:
    wrapped = (
        "The movement of water through a membrane that lets water pass\n"
        "but holds back what is dissolved in it, from the side with\n"
        "less solute to the side with more, until the two sides agree\n"
        "or the pressure on one of them is too high."
    )
    source = f"Definition\n\n{wrapped}\n\nReview Questions\n"
    assert texts(source) == ["Definition", wrapped.replace("\n", " "), "Review Questions"]


def test_wrapped_items_are_joined_within_their_item() -> None:
    source = (
        "  • Water moves from the side with less solute to the side with\n"
        "    more of it, whatever the solute is.\n"
        "  • A cell in pure water swells and may burst, but the wall of a\n"
        "    plant cell holds it.\n"
        "  • Dialysis is another matter, which some confuse with the first\n"
        "    one.\n"
    )
    assert [len(text.split()) for text in texts(source)] == [19, 18, 11]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("blank", [1, 3])
@pytest.mark.parametrize("last", ["", "\n", "\n\n\n"])
def test_line_ends_and_blank_lines_make_no_difference(end: str, blank: int, last: str) -> None:
    source = (f"\n{chr(10) * blank}".join(["osmosis", "from class:", "AP Biology"]) + last).replace("\n", end)
    assert texts(source) == ["osmosis", "from class:", "AP Biology"]


def test_a_block_of_text_knows_its_line() -> None:
    assert [block.line for block in page_of("one\n\n\n  • two\n").blocks] == [1, 4]


def test_rows_with_tabs_are_a_table() -> None:
    page = page_of("Term\tMeaning\nosmosis\twater moves\n")
    assert [block.text for block in page.blocks] == ["Term", "Meaning", "osmosis", "water moves"]
    assert {frame.tag for block in page.blocks for frame in frames_of(block.frame)} == {"table", "tr", "td"}


TEXT = """osmosis

from class:

AP Biology

Definition

Water crosses a membrane{quote}s pores.

congrats on reading the definition of osmosis. now let{quote}s actually learn it.

2 Must Know Facts For Your Next Test

- It is passive.
- It needs a membrane.

"""


@pytest.mark.parametrize("quote", ["'", "’"])
def test_straight_and_curly_quotes_make_no_difference_to_the_furniture(quote: str) -> None:
    outcome = parse(TEXT.format(quote=quote), "biology/osmosis.txt")
    assert only_record(outcome).definition.text == f"Water crosses a membrane{quote}s pores."
    assert len(only_record(outcome).facts) == 2
    assert outcome.ledger.unclaimed == ()


def test_a_term_with_signs_of_markup_is_a_term() -> None:
    for term in ("<div>", "std::vector<int>", "AC/DC", "a/b/c", "x > y", "C#", "p -> q", "{}"):
        outcome = parse(TEXT.format(quote="'").replace("osmosis", term), "web/page.txt")
        assert only_record(outcome).term.text == term


# -- Markdown -------------------------------------------------------------------------------------------------------


def test_markdown_is_read_through_html() -> None:
    source = "# osmosis\n\nWater *moves* through a **membrane**.\n\n1. one\n2. two\n   - inner\n"
    page = page_of(source, "text/markdown")
    assert [(block.kind, block.text) for block in page.blocks] == [
        ("heading", "osmosis"),
        ("paragraph", "Water moves through a membrane."),
        ("paragraph", "one"),
        ("paragraph", "two"),
        ("paragraph", "inner"),
    ]


def test_tags_that_are_no_markup_stay_text_in_markdown() -> None:
    assert texts("A `<div>` and a std::vector<int> and 1 < 2.", "text/markdown") == [
        "A <div> and a std::vector<int> and 1 < 2."
    ]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("The method __init__ is **special**.", "The method __init__ is special."),
        ("my_var, _hidden and __reserved__ are names", "my_var, _hidden and __reserved__ are names"),
        ("__Definition__\n\nA __bold__ word.", "A bold word."),
        ("`__x__` is code and __y__ a name.", "__x__ is code and __y__ a name."),
    ],
)
def test_two_underscores_are_bold_only_where_the_writer_makes_words_bold_with_them(source: str, text: str) -> None:
    assert texts(source, "text/markdown")[-1] == text


def test_the_title_and_address_of_a_front_matter_are_the_pages() -> None:
    page = page_of(
        "---\ntitle: osmosis - (AP Biology)\nurl: https://e.example/osmosis\n---\n\nText.\n", "text/markdown"
    )
    assert (page.title, page.url) == ("osmosis - (AP Biology)", "https://e.example/osmosis")
    assert [block.text for block in page.blocks] == ["Text."]


def test_a_term_below_a_full_definition_that_is_set_in_begins_anew() -> None:
    lines = [
        "Water falls and rises twice a day, and nobody who lives by the sea asks why it does",
        "so, since it has done so always, for their fathers and for the fathers of those too.", "", "flood",
        "    the rise of the water along all the coast which the moon brings about, twice daily",
        "slack tide", "    the rest between two tides, when for a while no water runs anywhere along the",
        "    coast", "ebb", "    the fall",
    ]  # fmt: skip
    found = texts("\n".join(lines))
    assert [text for text in found if len(text) < 20] == ["flood", "slack tide", "ebb", "the fall"]
    assert found[-3].endswith("along the coast")


def test_a_heading_between_two_tables_is_no_cell() -> None:
    found = texts("ebb\tthe fall\nflood\tthe rise\nPractice Questions\nWhy?\tThe moon.\nHow often?\tTwice.\n")
    page = page_of("ebb\tthe fall\nflood\tthe rise\nPractice Questions\nWhy?\tThe moon.\nHow often?\tTwice.\n")
    assert found[4] == "Practice Questions"
    assert page.blocks[4].frame is None


def test_one_row_that_asks_is_a_question_and_its_answer() -> None:
    assert texts("Review Questions\nWhy is it so?\tThe moon pulls.\nRelated Terms\n") == [
        "Review Questions", "Why is it so?", "The moon pulls.", "Related Terms",
    ]  # fmt: skip
