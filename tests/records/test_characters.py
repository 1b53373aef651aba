"""No control character, and none of Unicode's noncharacters, passes the waist, however it was written."""

import pytest

from pipeline.records import RichText, sanitise, without_controls


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        ("The sign that&#7; rings.", "The sign that rings."),
        ("The sign that\x07 rings.", "The sign that rings."),
        ("<p>a&#x81;b\x7f\ufdd0\ufffe\U0010ffff</p>", "<p>ab</p>"),
        ("<pre>one\x0ctwo\x0bthree</pre>", "<pre>one\ntwo\nthree</pre>"),
        ("a\tb\nc", "a\tb\nc"),
        ("\ufffd \u2028 \u00ad", "\ufffd \u2028 \u00ad"),
    ],
)
def test_controls_are_dropped_and_line_ends_stay(page: str, kept: str) -> None:
    assert sanitise(page) == kept
    assert RichText.of(page).html == kept


@pytest.mark.parametrize("control", ["&#1;", "\x01", "&#127;", "\ufdd1"])
def test_an_address_that_a_control_hid_is_judged_without_it(control: str) -> None:
    assert sanitise(f'<a href="java{control}script:alert(1)">x</a>') == "<a>x</a>"


def test_a_text_without_controls_is_left_as_it_is() -> None:
    text = "naïve 日本 \U0001f600"
    assert without_controls(text) is text
