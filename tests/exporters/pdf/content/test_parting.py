"""A text too long for one card is parted where it can be, without loss, and its lists go on counting."""

import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline.exporters.pdf.content.parting import halves
from pipeline.records import plain_text, sanitise

words = st.lists(
    st.sampled_from(
        ["alpha", "be&amp;ta", "<em>gamma", "\\(x + y\\)", "<p>delta</p>", "<ul><li>eps", "<ol><li>zeta</li><li>eta x"]
    )
)


@given(words)
def test_the_halves_of_a_text_have_all_its_words(parts: list[str]) -> None:
    fragment = sanitise(" ".join(parts))
    two = halves(fragment)
    if two is None:
        assert len(plain_text(fragment).split()) < 2 or fragment.startswith("\\(")
    else:
        assert "".join("".join(plain_text(half) for half in two).split()) == "".join(plain_text(fragment).split())
        assert all(plain_text(half) for half in two)
    # Nothing but the marks of lists that go on is not canonical.
    for half in two or ():
        assert sanitise(half) == re.sub(r' (start|class)="\w+"', "", half)


def test_a_list_is_parted_between_items_and_goes_on_counting() -> None:
    first, second = halves("<ol><li>one two three four five</li><li>six</li><li>seven</li></ol>") or ("", "")
    assert first == "<ol><li>one two three four five</li></ol>"
    assert second == '<ol start="2"><li>six</li><li>seven</li></ol>'
    assert halves(second) == ('<ol start="2"><li>six</li></ol>', '<ol start="3"><li>seven</li></ol>')


def test_an_item_that_is_parted_has_one_number_and_the_next_item_the_next() -> None:
    first, second = halves("<ol><li>one two three four</li></ol>") or ("", "")
    assert first == "<ol><li>one two </li></ol>"
    assert second == '<ol start="1"><li class="continued">three four</li></ol>'
    longer = '<ol start="4"><li class="continued">one</li><li>two</li></ol>'
    assert halves(longer) == ('<ol start="4"><li class="continued">one</li></ol>', '<ol start="5"><li>two</li></ol>')


def test_choices_keep_their_letters() -> None:
    two = halves('Which?<ol class="choices"><li>up it</li><li>down it</li><li>left</li></ol>')
    assert two is not None
    assert two[1] == '<ol class="choices" start="2"><li>down it</li><li>left</li></ol>'


def test_a_nested_list_goes_on_within_its_item() -> None:
    two = halves("<ol><li>one<ol><li>a</li><li>b c</li></ol></li></ol>")
    assert two is not None
    assert two[1] == '<ol start="1"><li class="continued"><ol start="2"><li>b c</li></ol></li></ol>'


def test_paragraphs_near_the_middle_are_kept_whole() -> None:
    assert halves("<p>one two three four five</p><p>six seven eight</p>") == (
        "<p>one two three four five</p>",
        "<p>six seven eight</p>",
    )


def test_a_long_word_is_parted_within_whatever_stands_around_it_and_a_formula_never_is() -> None:
    assert halves("<p><em>abcdef</em></p>") == ("<p><em>abc</em></p>", "<p><em>def</em></p>")
    assert halves("a&amp;bc") == ("a&amp;", "bc")
    assert halves("<p>\\(x + y\\)</p>") is None
    assert halves('<p><img src="a.png" alt="a"></p>') is None


def test_a_formula_that_stands_right_behind_a_word_is_never_parted() -> None:
    fragment = r"speed\(v_0 + a + b + c + d + e\), then rest"
    parts = halves(fragment)
    assert parts is not None
    assert "".join(parts) == fragment
    assert not [part for part in parts if part.count("\\(") != part.count("\\)")]
    assert halves(r"speed\(v_0 + a + b\),") is None
