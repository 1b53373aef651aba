"""Formulas in a page's markup are found once, as TeX, however a renderer, a browser or a sanitiser left them."""

import re

import pytest
from bs4 import BeautifulSoup, Tag

from pipeline.blocks.math import is_visual_copy, may_be_math, read_math

# As KaTeX 0.16 writes it.
KATEX_MATHML = (
    '<span class="katex-mathml"><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow><mfrac><mi>a</mi>'
    '<mi>b</mi></mfrac></mrow><annotation encoding="application/x-tex">\\frac{a}{b}</annotation></semantics></math>'
    "</span>"
)
KATEX_HTML = (
    '<span class="katex-html" aria-hidden="true"><span class="base"><span class="mord"><span class="mfrac">'
    '<span class="vlist"><span style="top:-2.6em;"><span class="mord mathnormal mtight">b</span></span>'
    '<span style="top:-3.4em;"><span class="mord mathnormal mtight">a</span></span></span></span></span></span></span>'
)
KATEX = f'<span class="katex">{KATEX_MATHML}{KATEX_HTML}</span>'
# As MathJax 2.7 leaves a page that a browser saved.
DRAWN = (
    '<span class="MathJax" id="MathJax-Element-1-Frame" tabindex="0" role="presentation" data-mathml="&lt;math&gt;'
    '&lt;msup&gt;&lt;mi&gt;x&lt;/mi&gt;&lt;mn&gt;2&lt;/mn&gt;&lt;/msup&gt;&lt;/math&gt;"><nobr aria-hidden="true">'
    '<span class="math"><span class="mi">x</span><span class="mn">2</span></span></nobr></span>'
)
PREVIEW = '<span class="MathJax_Preview" style="color: inherit;">[math]</span>'
SCRIPT = '<script type="math/tex" id="MathJax-Element-1">x^2 < y</script>'
DISPLAY_SCRIPT = '<script type="math/tex; mode=display">% <![CDATA[\nx^2 < y %]]></script>'
WIKIPEDIA = (
    '<span class="mwe-math-element"><span class="mwe-math-mathml-inline" style="display: none;">'
    '<math alttext="{\\displaystyle E=mc^{2}}"><semantics><mrow><mi>E</mi></mrow></semantics></math></span>'
    '<img src="https://example.org/math/render/svg/9f" class="mwe-math-fallback-image-inline" aria-hidden="true" '
    'alt="{\\displaystyle E=mc^{2}}"></span>'
)


def seen(html: str) -> str:
    """Return what a walker that asks of each element makes of a paragraph: `<tex>`, or `<<tex>>` for a display."""
    parts: list[str] = []

    def walk(parent: Tag) -> None:
        skip = 0
        for child in parent.contents:
            if not isinstance(child, Tag):
                parts.append(str(child))
            elif skip:
                skip -= 1
            elif found := read_math(child):
                parts.append(f"<<{found.tex}>>" if found.display else f"<{found.tex}>")
                skip = found.skip_next
            elif not is_visual_copy(child):
                walk(child)

    walk(BeautifulSoup(f"<p>A {html} B</p>", "lxml"))
    return "".join(parts)


def without_classes(html: str) -> str:
    return re.sub(r' (?:class|style)="[^"]*"', "", html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (KATEX, "A <\\frac{a}{b}> B"),
        (f'<span class="katex-display">{KATEX}</span>', "A <<\\frac{a}{b}>> B"),
        (KATEX_MATHML + KATEX_HTML, "A <\\frac{a}{b}> B"),
        (f'<span class="katex">{KATEX_MATHML}</span>', "A <\\frac{a}{b}> B"),
        (without_classes(KATEX), "A <\\frac{a}{b}> B"),
        (without_classes(KATEX_MATHML + KATEX_HTML), "A <\\frac{a}{b}> B"),
        (f'<span class="katex" aria-label="\\frac{{a}}{{b}}">{KATEX_HTML}</span>', "A <\\frac{a}{b}> B"),
        (f'<span class="ql-formula" data-value="a^2"><span class="katex">{KATEX_HTML}</span></span>', "A <a^2> B"),
        (f'<span class="katex">{KATEX_HTML}</span>', "A ba B"),  # nothing but the drawing: its text stays
    ],
)  # fmt: skip
def test_katex_gives_its_tex_once(html: str, expected: str) -> None:
    assert seen(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (DRAWN + SCRIPT, "A <x^2 < y> B"),
        (PREVIEW + DRAWN + SCRIPT, "A <x^2 < y> B"),
        (PREVIEW + SCRIPT, "A <x^2 < y> B"),
        (f'{PREVIEW}<span class="MathJax_Display">{DRAWN}</span>{DISPLAY_SCRIPT}', "A <<x^2 < y>> B"),
        (PREVIEW + DRAWN, "A <x^2> B"),  # a sanitiser took the script
        (f'<span class="MathJax_Display">{DRAWN}</span>', "A <<x^2>> B"),
        (PREVIEW, "A [math] B"),
        ('<script type="math/mml"><math display="block"><mi>x</mi></math></script>', "A <<x>> B"),
        (f'{DRAWN}<script type="math/asciimath">x^2</script>', "A <x^2>x^2 B"),
    ],
)
def test_mathjax_2_gives_its_script_and_not_its_drawing(html: str, expected: str) -> None:
    assert seen(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (
            '<mjx-container jax="CHTML"><mjx-math aria-hidden="true"><mjx-mi><mjx-c class="mjx-c78"></mjx-c></mjx-mi>'
            "</mjx-math><mjx-assistive-mml><math><msup><mi>x</mi><mn>2</mn></msup></math></mjx-assistive-mml>"
            "</mjx-container>",
            "A <x^2> B",
        ),
        ('<mjx-container display="true"><mjx-math data-latex="a_1">𝑎1</mjx-math></mjx-container>', "A <<a_1>> B"),
        ('<mjx-container data-latex="x^2"><mjx-math><mjx-c>𝑥</mjx-c></mjx-math></mjx-container>', "A <x^2> B"),
        ('<mjx-container><mjx-math><mjx-c>𝑥</mjx-c></mjx-math></mjx-container>', "A 𝑥 B"),
    ],
)  # fmt: skip
def test_mathjax_3_and_4_give_tex_or_their_assistive_mathml(html: str, expected: str) -> None:
    assert seen(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<math><mi>x</mi></math>", "A <x> B"),
        ('<math display="block"><mi>x</mi></math>', "A <<x>> B"),
        ('<math alttext="x^{2}"><mi>y</mi></math>', "A <x^{2}> B"),
        ('<math><semantics><mi>y</mi><annotation encoding="LaTeX">x_1</annotation></semantics></math>', "A <x_1> B"),
        (
            '<math><semantics><mi>y</mi><annotation encoding="StarMath 5.0">x1</annotation></semantics></math>',
            "A <y> B",
        ),
        ("<m:math><m:mi>x</m:mi></m:math>", "A <x> B"),
        ('<math><mi>x</mi></math><span aria-hidden="true">x</span>', "A <x> B"),
        ('<span><math><mi>x</mi></math></span><span aria-hidden="true">x</span>', "A <x> B"),
        ('<math><mi>x</mi></math><span aria-hidden="true">🔗</span>', "A <x>🔗 B"),
        ("<math><mi>x</mi></math> <b>x</b>", "A <x> x B"),
        ("<math></math>", "A  B"),
        (WIKIPEDIA, "A <E=mc^{2}> B"),
        (without_classes(WIKIPEDIA), "A <E=mc^{2}> B"),
    ],
)
def test_mathml_gives_the_tex_it_carries_or_is_converted(html: str, expected: str) -> None:
    assert seen(html) == expected


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<span class="math inline">x^2</span>', "A <x^2> B"),
        ('<span class="math display">x^2</span>', "A <<x^2>> B"),
        ('<code class="language-math math-inline">a_1</code>', "A <a_1> B"),
        ('<span class="math inline">\\(x^2\\)</span>', "A \\(x^2\\) B"),  # delimited: found in the text
        ('<span class="math inline"><em>x</em><sup>2</sup></span>', "A x2 B"),
        ('<span data-tex="x^2">x2</span>', "A <x^2> B"),
        ('<div data-math="true">words</div>', "A words B"),
        ('<img class="latex" src="l.php" alt="x^2">', "A <x^2> B"),
        ('<img src="https://latex.codecogs.com/svg.image?x" alt="x">', "A <x> B"),
        ('<img src="chart.png" alt="x^2 growth">', "A  B"),
        ('<span class="mathematics">words</span>', "A words B"),
    ],
)
def test_tex_that_waits_for_a_renderer_or_stands_in_a_picture_is_read(html: str, expected: str) -> None:
    assert seen(html).replace("\n", "") == expected


def test_delimiters_comments_and_labels_are_no_part_of_the_tex() -> None:
    script = "<script type='math/tex'>\\label{eq:1} a % the first\n + 50\\% b \\nonumber</script>"
    assert seen(script) == "A <a + 50\\% b> B"
    assert seen('<span data-tex="$$x$$">x</span>') == "A <x> B"


def test_a_percent_sign_at_the_end_does_not_hide_what_follows() -> None:
    assert seen("<script type='math/tex'>p = 50%</script>") == "A <p = 50\\%> B"


def test_an_element_without_a_sign_of_mathematics_is_not_looked_at() -> None:
    soup = BeautifulSoup('<p class="text-lg" id="a"><b>x</b><a href="/math">y</a></p>', "lxml")
    assert not any(may_be_math(tag) for tag in soup.find_all())


# -- annotations ----------------------------------------------------------------------------------------------------

X = '<semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics>'


@pytest.mark.parametrize(
    ("mathml", "tex"),
    [
        (f"<mrow>{X}<mo>=</mo><mn>1</mn></mrow>", "x=1"),
        (f"{X}<mo>=</mo><mn>1</mn>", "x=1"),
        (f"<mfrac>{X}<mn>2</mn></mfrac>", "\\frac{x}{2}"),
        (f"<mtext>if {X}</mtext>", "\\text{if }x"),
        (
            f"<semantics><mrow>{X}<mo>+</mo><mi>y</mi></mrow>"
            '<annotation encoding="application/x-tex">x + y</annotation></semantics>',
            "x + y",
        ),
    ],
)
def test_what_annotates_a_part_of_a_formula_is_not_taken_for_all_of_it(mathml: str, tex: str) -> None:
    assert seen(f"<math>{mathml}</math>") == f"A <{tex}> B"


@pytest.mark.parametrize(
    "mathml",
    [
        "<semantics><mrow><mi>a</mi></mrow>{}</semantics>",
        "<mstyle><semantics><mrow><mi>a</mi></mrow>{}</semantics></mstyle>",
        "<semantics><semantics><mrow><mi>a</mi></mrow>{}</semantics><annotation-xml>a</annotation-xml></semantics>",
    ],
)
def test_what_annotates_all_of_a_formula_is_its_tex_however_deep(mathml: str) -> None:
    annotation = '<annotation encoding="application/x-tex">\\alpha</annotation>'
    assert seen(f"<math>{mathml.format(annotation)}</math>") == "A <\\alpha> B"
