"""A selection on a page's tree: every word is a block's or a cut's; what says a field is kept wherever it stands."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.blocks import Page, Pick, Selection
from pipeline.blocks.html import read_html
from pipeline.config import Limits

PAGE = """<html><head><title>Dough</title><meta name="by" content="Ada"></head><body><nav>Start</nav>
<div class="top">loose <article id="a"><h1>Dough <b>rises</b></h1>
<p class="x">in <a rel="tag" href="/b">Baking</a> since 1921</p>
<table class="props"><tr><th>Course</th><td>Bread</td></tr>
<tr><th>Week</th><td class="x">Two <i>three</i></td></tr></table>
<div class="x"><div class="share">Share <script>x()</script><span class="inner">now</span></div></div>text behind
</article> after <p>Bye</p></div><footer>End</footer></body></html>"""
CSS = ["article", "#a", ".x", ".props", ".share", ".inner", "td", "tr", "b", "a", "p", "h1", "div", "nav", "body"]


def read(selection: Selection) -> Page:
    return read_html(PAGE, limits=Limits(), selecting=lambda head: selection)


def words(page: Page) -> Counter[str]:
    texts = [block.text for block in page.blocks] + [cut.text for cut in page.cuts]
    return Counter(word for text in texts for word in text.split())


selectors = st.sampled_from(CSS)
selections = st.builds(
    lambda content, drop, picks: Selection(
        content=tuple(content),
        drop=tuple((css, css) for css in drop),
        picks=tuple(Pick(f"f{n}", css, every=every) for n, (css, every) in enumerate(picks)),
    ),
    st.lists(selectors, max_size=2),
    st.lists(selectors, max_size=4),
    st.lists(st.tuples(selectors, st.booleans()), max_size=3),
)


@given(selections)
@settings(max_examples=300, deadline=None)
def test_no_word_is_lost_or_doubled_whatever_is_selected(selection: Selection) -> None:
    assert words(read(selection)) == words(read(Selection()))


@given(st.lists(selectors, max_size=4), st.sampled_from(["td", "a", "b", ".inner"]))
@settings(max_examples=100, deadline=None)
def test_what_says_a_field_is_kept_whatever_is_dropped_around_it(drop: list[str], css: str) -> None:
    alone = read(Selection(picks=(Pick("f", css),)))
    dropped = read(Selection(drop=tuple((one, one) for one in drop), picks=(Pick("f", css),)))
    assert [block.text for block in dropped.blocks if block.field == "f"] == [
        block.text for block in alone.blocks if block.field == "f"
    ]


def test_attributes_and_the_head_say_fields_too() -> None:
    page = read(
        Selection(picks=(Pick("by", "meta[name=by]", "content"), Pick("title", "title"), Pick("no", ".none", "x")))
    )
    assert page.said == {"by": "Ada", "title": "Dough"}


def test_a_selector_that_should_find_something_and_does_not_is_told() -> None:
    page = read(Selection(content=(".none",), expected=(".none", "h1")))
    assert [(remark.code, remark.value) for remark in page.remarks] == [("selector", ".none")]
