"""What counts as the same text in a PDF and in a record, both ways: what is equal, and what is not."""

import pytest

from pipeline.records import RichText
from pipeline.verify.pdf.equality import PICTURE, PrintedText, Said
from pipeline.verify.pdf.matching import Matcher
from pipeline.verify.pdf.speech import Hopeful, Known, spoken

Piece = str | tuple[str, str]


def nothing_saved(name: str) -> bytes:
    raise KeyError(name)


def same(fragment: str, *pieces: Piece) -> bool:
    printed = [Said(piece) if isinstance(piece, str) else Said(*piece) for piece in pieces]
    return Matcher(Known(nothing_saved)).says(RichText.of(fragment), printed)


@pytest.mark.parametrize(
    ("fragment", "pieces"),
    [
        ("one line after another", ["one line", "after another"]),
        ("hyphenation", ["hyphen\u2010", "ation"]),
        ("hyphenation", ["hyphen\u00ad", "ation"]),
        ("hyphen\u00adation", ["hyphenation"]),
        ("first flight", ["\ufb01rst \ufb02ight"]),
        ("10 m² and x₂", ["10 m² and x₂"]),
        ("10 m<sup>2</sup>", ["10 m", ("2", "^")]),
        ("10 m<sup>2</sup>", ["10 m²"]),
        ("10 m²", ["10 m", ("2", "^")]),
        ("H<sub>2</sub>O", ["H", ("2", "_"), "O"]),
        ("x<sup>a<sup>b</sup></sup>", ["x", ("a", "^"), ("b", "^^")]),
        ("x<sup>two words</sup>", ["x", ("two", "^"), ("words", "^")]),
        ("an \U0001f600 here", ["an U+1F600 here"]),
        ("an \U0001f600 here", ["an ", "U+1F600", " here"]),
        (r"so \(E = mc^2\) holds", ["so ", ("E = mc^2", PICTURE), " holds"]),
        (r"so \(\foo\) holds", ["so ", (r"\backslash\mathrm{foo}", PICTURE), " holds"]),
        (r"<code>\(x\)</code>", [r"\(x\)"]),
        ('see <img src="a/b.png" alt="a cell"> here', ["see ", "a cell", " here"]),
        ('see <img src="a.png" alt="a cell"> here', ["see ", ("a cell", PICTURE), " here"]),
        ('see <img src="a.png" alt=""> here', ["see ", ("picture", PICTURE), " here"]),
        ("e\u0301cole", ["\u00e9cole"]),
        ("zero\u200bwidth", ["zerowidth"]),
        ("pneumono" * 5, ["pneumono" * 3, "pneumono" * 2]),
    ],
)
def test_these_are_the_same(fragment: str, pieces: list[Piece]) -> None:
    assert same(fragment, *pieces)


@pytest.mark.parametrize(
    ("fragment", "pieces"),
    [
        ("one two three", ["one three"]),
        ("one two three", ["two one three"]),
        ("one two", ["onetwo"]),
        ("one two", ["one two", "three"]),
        ("one two", ["zero", "one two"]),
        ("together", ["to gether"]),
        ("well-known", ["well known"]),
        ("well-known", ["wellknown"]),
        ("x < y", ["x > y"]),
        ("10 m²", ["10 m2"]),
        ("x<sup>2</sup>", ["x2"]),
        ("x2", ["x", ("2", "^")]),
        ("x<sup>2</sup>", ["x", ("2", "_")]),
        ("x<sub>2</sub>", ["x₃"]),
        ("an \U0001f600 here", ["an here"]),
        ("an \U0001f600 here", ["an U+1F601 here"]),
        (r"so \(E = mc^2\) holds", ["so holds"]),
        (r"so \(E = mc^2\) holds", ["so E = mc^2 holds"]),
        (r"so \(E = mc^2\) holds", [r"so \(E = mc^2\) holds"]),
        ("so E = mc^2 holds", ["so ", ("E = mc^2", PICTURE), " holds"]),
        (r"\(x^2\)", [("x_2", PICTURE)]),
        ('see <img src="a.png" alt="a cell"> here', ["see ", ("a cell wall", PICTURE), " here"]),
        ('see <img src="a.png" alt=""> here', ["see ", ("a cell", PICTURE), " here"]),
        ("Capital", ["capital"]),
        ("5", ["S"]),
        ("Δ", ["∆"]),
        ("naïve", ["naive"]),
        ("end.", ["end"]),
        ("p, then", ["p , then"]),
        ("alone", ["\u25cc alone"]),
        ("p\u0302, then", ["p\u0302 , then"]),
        ("\u0301 alone", ["\u25cc\u0301 alone"]),
    ],
)
def test_these_differ(fragment: str, pieces: list[Piece]) -> None:
    assert not same(fragment, *pieces)


def test_a_text_of_more_tags_than_are_printed_may_have_lost_what_raises_it() -> None:
    fragment = "x<sup>2</sup> " * 300
    assert same(fragment, "x2 " * 300)
    assert not same(fragment, "x3 " * 300)


def test_what_is_missing_changed_and_too_much_is_told_apart() -> None:
    passages = [RichText.of(text) for text in ("first one", "second one", "third one")]

    def told(*pieces: str) -> list[str]:
        return list(Matcher(Known(nothing_saved)).differences(passages, [Said(piece) for piece in pieces]))

    assert told("first one", "second one", "third one") == []
    assert told("first one", "third one") == ["the text “second one” is not found in its place"]
    assert told("first one", "second two", "third one") == [
        "the text “second one” is not found in its place: “second two” stands there"
    ]
    assert told("first one", "second one", "third one", "fourth") == ["“fourth” stands there, where nothing is to be"]


def test_a_character_is_found_on_the_page_on_which_it_stands() -> None:
    text = PrintedText([Said("one", page=3), Said("two", page=4)])
    assert [text.page_at(position) for position in range(6)] == [3, 3, 3, 4, 4, 4]


def test_a_fragment_speaks_its_pictures_and_formulas_by_what_they_are_called() -> None:
    said = spoken(RichText.of('<p>See <img src="a.png" alt="a cell"> and \\(x\\)</p>'), Hopeful())
    assert [(piece.text, piece.how) for piece in said if piece.text.strip()] == [
        ("See ", ""), ("a cell", PICTURE), (" and ", ""), ("x", PICTURE),
    ]  # fmt: skip
