"""Formulas pass through a Markdown parser as they are."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.blocks.math import protect_math, restore_math


def rendered(markdown: str) -> str:
    protected, formulas = protect_math(markdown)
    return restore_math(MarkdownIt("commonmark").render(protected), [escape(formula) for formula in formulas]).strip()


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("so $a_1 b_2$ and $c_1 d_2$", "<p>so $a_1 b_2$ and $c_1 d_2$</p>"),
        ("with $a*b*c$ *too*", "<p>with $a*b*c$ <em>too</em></p>"),
        ("is \\(\\frac{a}{b}\\) here", "<p>is \\(\\frac{a}{b}\\) here</p>"),
        ("$a<b$", "<p>$a&lt;b$</p>"),
        ("$$\na \\\\\n\nb\n$$", "<p>$$\na \\</p>\n<p>b\n$$</p>"),  # a blank line ends what may be a formula
        ("$$\n\\begin{matrix} a \\\\ b \\end{matrix}\n$$", "<p>$$\n\\begin{matrix} a \\\\ b \\end{matrix}\n$$</p>"),
        ("> $$\n> x_1\n> $$", "<blockquote>\n<p>$$\nx_1\n$$</p>\n</blockquote>"),
        ("`$x_1$` and ``a`$y$``", "<p><code>$x_1$</code> and <code>a`$y$</code></p>"),
        ("```\n$x_1$\n```", "<pre><code>$x_1$\n</code></pre>"),
        ("costs $5 and *$6*", "<p>costs $5 and <em>$6</em></p>"),
        ("see \\[1\\] and \\[edit\\]", "<p>see [1] and [edit]</p>"),
        ("**$x$** [$y$](http://e.org/$z$)", '<p><strong>$x$</strong> <a href="http://e.org/$z$">$y$</a></p>'),
        ("01f(x)dx\\int_0^1 f(x)\\,dx there", "<p>01f(x)dx\\int_0^1 f(x)\\,dx there</p>"),
        ("| a |\n$x_1$ `code $` and $x_2$", "<p>| a |\n$x_1$ <code>code $</code> and $x_2$</p>"),
    ],
)
def test_formulas_are_kept_and_markdown_is_read_around_them(markdown: str, html: str) -> None:
    assert rendered(markdown) == html


def test_a_page_that_holds_a_placeholder_already_keeps_it() -> None:
    markdown = "mathx1x0x and mathx7x1x, $x_1$"
    protected, _ = protect_math(markdown)
    assert protected.startswith("mathx1x0x and mathx7x1x, ")
    assert rendered(markdown) == "<p>mathx1x0x and mathx7x1x, $x_1$</p>"


@given(st.text(alphabet="$x_1 `\\()[]>*\n5=~", max_size=60))
def test_protecting_and_restoring_gives_the_same_text(markdown: str) -> None:
    protected, formulas = protect_math(markdown)
    if not any(line.lstrip().startswith(">") for line in markdown.splitlines()):
        assert restore_math(protected, formulas) == markdown
