"""What counts as the same text in a PDF and in a record, both ways: what is equal, and what is not."""

import pytest

from pipeline.verify.pdf_equality import PrintedText, spoken


def found(expected: str, *runs: str) -> bool:
    return PrintedText(list(runs)).find(expected, 0, 1000) is not None


@pytest.mark.parametrize(
    ("expected", "runs"),
    [
        ("one line after another", ["one line", "after another"]),
        ("hyphenation", ["hyphen\u2010", "ation"]),
        ("hyphenation", ["hyphen\ufffe", "ation"]),
        ("hyphenation", ["hyphen\u00ad", "ation"]),
        ("hyphen\u00adation", ["hyphenation"]),
        ("first flight", ["\ufb01rst \ufb02ight"]),
        ("10 m² and x₂", ["10 m2 and x2"]),
        ("an \U0001f600 here", ["an U+1F600 here"]),
        ("an \U0001f600 here", ["an ", "U+1F600", " here"]),
        (r"so \(E = mc^2\) holds", ["so ", "E = mc^2", " holds"]),
        (r"so \(\foo\) holds", [r"so \(\foo\) holds"]),
        ("e\u0301cole", ["\u00e9cole"]),
        ("zero\u200bwidth", ["zerowidth"]),
        ("after furniture", ["Page 3 of 9", "after furniture"]),
        ("pneumono" * 5, ["pneumono" * 3, "pneumono" * 2]),
    ],
)
def test_these_are_the_same(expected: str, runs: list[str]) -> None:
    assert found(expected, *runs)


@pytest.mark.parametrize(
    ("expected", "runs"),
    [
        ("one two three", ["one three"]),
        ("one two three", ["two one three"]),
        ("one two", ["onetwo"]),
        ("together", ["to gether"]),
        ("well-known", ["well known"]),
        ("well-known", ["wellknown"]),
        ("x < y", ["x > y"]),
        ("an \U0001f600 here", ["an here"]),
        ("an \U0001f600 here", ["an U+1F601 here"]),
        (r"so \(E = mc^2\) holds", ["so holds"]),
        (r"\(x^2\)", ["x_2"]),
        ("Capital", ["capital"]),
        ("5", ["S"]),
        ("naïve", ["naive"]),
        ("end.", ["end"]),
    ],
)
def test_these_differ(expected: str, runs: list[str]) -> None:
    assert not found(expected, *runs)


def test_a_text_that_stands_further_away_than_allowed_is_not_found() -> None:
    text = PrintedText(["much that stands in between", "the text"])
    assert text.find("the text", 0, 50) is not None
    assert text.find("the text", 0, 5) is None


def test_a_fragment_speaks_its_pictures_alternative_text() -> None:
    assert spoken('<p>See <img src="a.png" alt="a cell"></p>').split() == ["See", "a", "cell"]
