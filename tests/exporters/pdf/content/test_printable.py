"""Fragments made ready for print: no word is lost, whatever is nested in what, and nothing is too large to lay out."""

import re
from html import unescape
from html.parser import HTMLParser
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipeline.exporters.pdf.content.mathematics import Mathematician
from pipeline.exporters.pdf.content.printable import Assets, Printer
from pipeline.records import plain_text, sanitise


class _Depth(HTMLParser):
    """Finds how deep elements are nested, and whether each is closed where it should be."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "img", "col"}:
            self.open.append(tag)
            self.deepest = max(self.deepest, len(self.open))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def printer(media: dict[str, bytes] | None = None) -> Printer:
    return Printer(Assets(), Mathematician(), (media or {}).get)


def letters(markup: str) -> str:
    return "".join(unescape(re.sub(r"<[^>]*>", "", markup)).split())


TAGS = ["p", "em", "strong", "sub", "ul", "ol", "blockquote", "pre", "code"]
leaves = st.text("ab <&\n", max_size=8).map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;"))
fragments = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(lambda tag, parts: f"<{tag}>{''.join(parts)}</{tag}>", st.sampled_from(TAGS), st.lists(inner)),
        st.builds(lambda parts: "<ul>" + "".join(f"<li>{part}</li>" for part in parts) + "</ul>", st.lists(inner)),
        st.builds(lambda part, times: f"<blockquote>{'<em>' * times}{part}", inner, st.integers(0, 60)),
        st.builds(
            lambda rows: "<table>" + "".join(f"<tr><td>{row}</td><td>x</td></tr>" for row in rows) + "</table>",
            st.lists(inner),
        ),
    ),
    max_leaves=30,
)


@given(fragments)
def test_no_letter_is_lost_and_every_element_is_closed(fragment: str) -> None:
    canonical = sanitise(fragment)
    markup = printer().rich(canonical)
    assert letters(markup) == "".join(plain_text(canonical).split())
    depth = _Depth()
    depth.feed(markup)
    assert depth.open == []
    assert depth.deepest <= 25


@pytest.mark.parametrize("tag", ["blockquote", "em", "ul><li", "table><tr><td"])
def test_five_hundred_nested_elements_are_set_at_the_deepest_level_that_can_be_read(tag: str) -> None:
    closing = "".join(f"</{name}>" for name in reversed(tag.split("><")))
    markup = printer().rich(sanitise(f"<{tag}>one " * 500 + "last" + closing * 500))
    depth = _Depth()
    depth.feed(markup)
    assert depth.deepest <= 25
    assert letters(markup) == "one" * 500 + "last"


def test_a_table_too_wide_for_paper_is_set_as_lines() -> None:
    cells = "".join(f"<td>c{number}</td>" for number in range(40))
    markup = printer().rich(f"<table><tr>{cells}</tr></table>")
    assert "<td>" not in markup
    assert letters(markup) == "".join(f"c{number}" for number in range(40))


def test_a_word_of_a_hundred_thousand_letters_is_cut_into_blocks() -> None:
    markup = printer().rich("w" * 100_000)
    assert letters(markup) == "w" * 100_000
    assert max(len(piece) for piece in re.split(r"<[^>]*>", markup)) <= 100


def test_a_character_that_no_font_has_is_a_boxed_code_point_and_is_reported_once() -> None:
    made = printer()
    assert made.rich("A \U0001f600 and \U0001f600") == (
        'A <span class="boxed">U+1F600</span> and <span class="boxed">U+1F600</span>'
    )
    assert made.findings == ["printed as code points, for no bundled font has these signs: \U0001f600 (U+1F600)"]


def test_a_formula_is_a_drawing_with_its_tex_as_alternative_text() -> None:
    made = printer()
    markup = made.rich(r"so \(a &lt; b^2\) holds")
    assert 'alt="a &lt; b^2"' in markup
    assert [address for address in made.assets.files if address.startswith("handout:math/")]
    assert not made.findings


@pytest.mark.parametrize(
    "tex", [r"\frac{1", r"\nosuchcommand{x}", "", "漢", r"\sqrt{" * 40 + "x" + "}" * 40, "a+" * 900]
)
def test_tex_that_cannot_be_drawn_is_set_as_text_and_reported(tex: str) -> None:
    made = printer()
    markup = made.rich(rf"<p>\({tex}\)</p>")
    assert '<code class="tex">' in markup
    assert made.findings[0].startswith("TeX that cannot be drawn, set as text:")


def test_dollars_and_tex_within_code_stay_code() -> None:
    assert printer().rich(r"<code>\(x\)</code>") == r"<code>\(x\)</code>"


def png(width: int, height: int) -> bytes:
    out = BytesIO()
    Image.new("1", (width, height)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (None, "its file was not saved with the page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", "it is no PNG"),
        (png(9000, 9000), "9000 x 9000 pixels"),
    ],
    ids=["missing", "svg", "huge"],
)
def test_a_picture_that_cannot_be_drawn_is_shown_by_its_alternative_text(data: bytes | None, problem: str) -> None:
    made = printer({} if data is None else {"ab.png": data})
    assert made.rich('<img src="ab.png" alt="two cells">') == '<span class="alt">two cells</span>'
    assert problem in made.findings[0]


def test_a_remote_picture_is_shown_by_its_alternative_text_alone() -> None:
    assert printer().rich('<img src="http://x.test/a.png" alt="far away">') == '<span class="alt">far away</span>'
