"""Text as it is set: what no font draws, addresses that must not get a hyphen, numbers that must not be broken."""

import re
from html import unescape

import pytest

from pipeline.exporters.pdf.content.lettering import MOST_INLINE, Letterer
from pipeline.exporters.pdf.fonts.characters import drawable

MAY_BREAK = "\u200b"


def prose(text: str) -> str:
    return Letterer().prose(text)


@pytest.mark.parametrize("char", ["\x07", "\x1b", "\x7f", "\x9f", "\ufff9", "\ufffb"])
def test_a_control_is_drawn_as_its_code_point(char: str) -> None:
    assert not drawable(char)
    assert f'<span class="boxed">U+{ord(char):04X}</span>' in prose(f"before{char}after")


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1f"])
def test_white_space_that_no_font_draws_is_white_space_of_another_kind(char: str) -> None:
    assert not drawable(char)
    assert prose(f"before{char}after").split() == ["before", "after"]


def test_a_line_separator_in_code_ends_the_line() -> None:
    assert Letterer().code("a = 1\u2028b = 2") == "a = 1\nb = 2"


def test_a_line_may_end_between_two_boxed_code_points_and_nowhere_else() -> None:
    box = '<span class="boxed">U+{}</span>'.format
    assert prose("a日本b") == f"a{box('65E5')}{MAY_BREAK}{box('672C')}b"


def test_beyond_what_can_be_laid_out_code_points_are_plain_text() -> None:
    assert prose("日 " * 2000).count("<span") == MOST_INLINE


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("https://example.org/a_path/x?q=1", ["https://", "example.", "org/", "a_", "path/", "x?", "q=", "1"]),
        ("ada.lake@example.org", ["ada.", "lake@example.", "org"]),
        ("snake_case_name", ["snake_", "case_", "name"]),
        ("version3.14159", ["version3.14159"]),
        ("C6H12O6isomerase", ["C6H12O6isomerase"]),
    ],
)
def test_an_address_gets_no_hyphen_and_is_broken_behind_its_signs(word: str, parts: list[str]) -> None:
    markup = prose(f"see {word}, then")
    match = re.search(r'<span class="address">(.*?)</span>', markup)
    assert match
    assert unescape(match[1]).split(MAY_BREAK) == [*parts[:-1], parts[-1] + ","]
    assert unescape(re.sub(r"<[^>]*>", "", markup)).replace(MAY_BREAK, "") == f"see {word}, then"


@pytest.mark.parametrize(
    "text", ["photosynthesis.", "well-established", "(respiration)", "12/05/2023", "3.14159265358"]
)
def test_words_and_numbers_are_set_as_words(text: str) -> None:
    assert prose(text) == text


def test_nothing_is_looked_for_in_code() -> None:
    assert Letterer().code("a/b/c_d.example") == "a/b/c_d.example"
