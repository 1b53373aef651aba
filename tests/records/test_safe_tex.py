"""TeX that reaches a typesetter makes no links, styles or markup of a page's words, and text about TeX stays text."""

import pytest

from pipeline.records import RichText, safe_tex


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        (r"\(\href{javascript:alert(1)}{x}\)", r"\({}{x}\)"),
        ("\\(\\href {java\tscript:alert(1)} {x}\\)", r"\({} {x}\)"),
        (r"\[\url{javascript:alert(1)}\]", r"\[\text{javascript:alert(1)}\]"),
        (r"\(\unicode{&lt;img src=1&gt;}\)", r"\({}\)"),
        (r"\(\style{color:red}{x} + \class{a}{y} + \cssId{b}{z}\)", r"\({}{x} + {}{y} + {}{z}\)"),
        (r"\(\def\a#1{\href{#1}{x}}\a{javascript:1}\)", r"\(\def\a#1{{}{x}}\a{javascript:1}\)"),
        (r"\(\let\h\href\h{javascript:1}{x}\)", r"\(\let\h{}\h{javascript:1}{x}\)"),
        (r"\(\hr\href{a:b}ef{javascript:x}{y}\)", r"\(\hr{}ef{javascript:x}{y}\)"),
        (r"\begin{align}\href{data:text/html,x}{x}\end{align}", r"\begin{align}{}{x}\end{align}"),
    ],
)
def test_a_command_that_would_become_markup_falls_away_and_what_it_decorates_stays(page: str, kept: str) -> None:
    assert safe_tex(page) == kept
    assert safe_tex(kept) == kept


@pytest.mark.parametrize(
    "page",
    [
        r"\(\href{https://e.example/x}{x}\)",
        r"\(\unicode{x263A}\)",
        r"\(\frac{a}{b} \classical \urlstyle\)",
        r"In LaTeX, \href{javascript:x}{y} makes a link.",
        r"<code>\href{javascript:x}{y}</code> and \(x\)",
        "no TeX at all",
    ],
)
def test_what_is_harmless_or_is_not_typeset_stays_as_it_is(page: str) -> None:
    assert safe_tex(page) == page


def test_rich_text_is_safe_however_it_is_made() -> None:
    unsafe = r"x \(\href{javascript:alert(1)}{x}\)"
    assert RichText.of(unsafe) == RichText.plain(unsafe) == RichText.of(r"x \({}{x}\)")
