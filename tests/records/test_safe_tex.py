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
        (
            r"\(\def\z#1{\href{#1}{x}}\z{javascript:1}\)",
            r"\({}\backslash\mathrm{z}#1{{}{x}}\backslash\mathrm{z}{javascript:1}\)",
        ),
        (r"\(\let\alpha\href\alpha{javascript:1}{x}\)", r"\({}\alpha{}\alpha{javascript:1}{x}\)"),
        (r"\(\hr\href{a:b}ef{javascript:x}{y}\)", r"\(\backslash\mathrm{hr}{}ef{javascript:x}{y}\)"),
        (r'\(\mmlToken{mi}[href="javascript:alert(1)"]{more}\)', r"\({}{more}\)"),
        (r'\(\mmlToken {mtext} [style="position:fixed"] {y}\)', r"\({} {y}\)"),
        (r"\(\bbox[position:fixed;background-image:url(https://tracker.example/p.png)]{x}\)", r"\({}{x}\)"),
        (r"\(\color{red;background:url(//e.example)}{y}\)", r"\({}{y}\)"),
        (r"\({\) \mmlToken{mi}[href=&quot;javascript:1&quot;]{x}}\)", r"\({\) {}{x}}\)"),
        (r"\(x + \pwned{1}\)", r"\(x + \backslash\mathrm{pwned}{1}\)"),
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
        r"\(\frac{a}{b} \ce{H2O -> H+ + OH-} \sqrt[3]{x} \color{red}{x}\)",
        r"\(\bbox[yellow,2px]{x} \cancel[mathcolor=red]{x}\)",
        r"\(\operatorname*{arg\,max}_x \begin{pmatrix*}[r] 1 \\[2pt] 2\end{pmatrix*}\)",
        r"\(\left[0, 1\right) \xrightarrow[a]{b}\)",
        r"C:\Users\me and \(x\) and \Users",
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


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"\qty{3e8}{\metre\per\second}", r"3\times 10^{8}\,\mathrm{m}\,\mathrm{s}^{-1}"),
        (r"\SI{5}{kg.m/s^2}", r"5\,\mathrm{kg}\,\mathrm{m}\,\mathrm{s}^{-2}"),
        (r"\unit{\kilo\gram\per\cubic\metre}", r"\mathrm{kg}\,\mathrm{m}^{-3}"),
        (r"\num[group-digits=none]{1.5e-3}", r"1.5\times 10^{-3}"),
        (r"\SI{20}{\degreeCelsius}", r"20\,\mathrm{°C}"),
        (r"\si{\meter\squared}", r"\mathrm{m}^{2}"),
        (r"\qty{50}{\percent}", r"50\,\mathrm{\%}"),
    ],
)
def test_quantities_of_siunitx_are_plain_tex_at_the_waist(written: str, plain: str) -> None:
    assert RichText.of(rf"It is \({written}\).").html == rf"It is \({plain}\)."
    assert safe_tex(rf"\({plain}\)") == rf"\({plain}\)"
    assert safe_tex(f"The command {written} of TeX.") == f"The command {written} of TeX."
