"""MathML without TeX becomes TeX that says the same."""

import pytest
from bs4 import BeautifulSoup, Tag

from pipeline.blocks.math import mathml_to_tex


def tex(inner: str, parser: str = "lxml") -> str:
    math = BeautifulSoup(f"<math>{inner}</math>", parser).find("math")
    assert isinstance(math, Tag)
    return mathml_to_tex(math)


A, B, X = "<mi>a</mi>", "<mi>b</mi>", "<mi>x</mi>"
ONE, TWO = "<mn>1</mn>", "<mn>2</mn>"


def mo(sign: str) -> str:
    return f"<mo>{sign}</mo>"


@pytest.mark.parametrize(
    ("mathml", "expected"),
    [
        (f"<mi>E</mi>{mo('=')}<mi>m</mi><msup><mi>c</mi>{TWO}</msup>", "E=mc^2"),
        (f"<mfrac>{A}{B}</mfrac>", "\\frac{a}{b}"),
        (f"<mfrac linethickness='0'>{A}{B}</mfrac>", "{{a}\\atop{b}}"),
        (f"{mo('(')}<mfrac linethickness='0px'><mi>n</mi><mi>k</mi></mfrac>{mo(')')}", "\\binom{n}{k}"),
        (f"<msqrt>{A}{mo('+')}{B}</msqrt>", "\\sqrt{a+b}"),
        (f"<mroot>{X}<mn>3</mn></mroot>", "\\sqrt[3]{x}"),
        (f"<msub>{X}<mn>10</mn></msub>", "x_{10}"),
        (f"<msubsup>{X}{ONE}{TWO}</msubsup>", "x_1^2"),
        (f"<msup><mrow>{mo('(')}{A}{mo(')')}</mrow>{TWO}</msup>", "{(a)}^2"),
        (f"<msup><mi>f</mi>{mo('′')}</msup>{mo('(')}{X}{mo(')')}", "f'(x)"),
        (f"<msup><mi>f</mi>{mo('″')}</msup>", "f''"),
        (f"<munderover>{mo('∑')}<mrow><mi>i</mi>{mo('=')}{ONE}</mrow><mi>n</mi></munderover>", "\\sum_{i=1}^n"),
        (f"<munder><mi>lim</mi><mrow>{X}{mo('→')}<mn>0</mn></mrow></munder>", "\\lim_{x\\to0}"),
        (f"<munder>{mo('max')}{X}</munder>", "\\max_x"),
        (f"<mover>{X}{mo('^')}</mover>", "\\hat{x}"),
        (f"<mover accent='true'>{X}{mo('¯')}</mover>", "\\bar{x}"),
        (f"<mover><mrow>{A}{B}</mrow>{mo('¯')}</mover>", "\\overline{ab}"),
        (f"<mover><mi>F</mi>{mo('→')}</mover>", "\\vec{F}"),
        (f"<munder>{A}{mo('_')}</munder>", "\\underline{a}"),
        (f"<munder><munder>{A}{mo('⏟')}</munder>{B}</munder>", "\\underbrace{a}_b"),
        (f"<mover>{mo('→')}<mtext>heat</mtext></mover>", "\\xrightarrow{\\text{heat}}"),
        (f"<mover>{mo('=')}<mtext>def</mtext></mover>", "\\overset{\\text{def}}{=}"),
        (f"<mi>sin</mi>{mo('&#x2061;')}<mi>θ</mi>", "\\sin\\theta"),
        (f"<mi>sin</mi>{X}", "\\sin x"),
        (f"<mi>ReLU</mi>{mo('&#x2061;')}{mo('(')}{X}{mo(')')}", "\\operatorname{ReLU}(x)"),
        ("<mi>speed</mi>", "\\mathrm{speed}"),
        (f"<mi mathvariant='normal'>d</mi>{X}", "\\mathrm{d}x"),
        ("<mi mathvariant='normal'>C</mi><mi mathvariant='normal'>O</mi>", "\\mathrm{CO}"),
        ("<mi mathvariant='bold'>v</mi>", "\\mathbf{v}"),
        ("<mi>ℝ</mi><mi>𝐱</mi><mi>𝑦</mi><mi>ℒ</mi>", "\\mathbb{R}\\mathbf{x}y\\mathcal{L}"),
        (f"{X}{mo('≤')}{mo('∞')}{mo('≠')}{mo('−')}{ONE}", "x\\le\\infty\\ne-1"),
        (f"{X}{mo('=&#x338;')}{ONE}", "x\\ne1"),
        (f"{A}{mo('⋅')}{B}{mo('×')}{mo('±')}", "a\\cdot b\\times\\pm"),
        (f"{mo('{')}{ONE}{mo(',')}{TWO}{mo('}')}", "\\{1,2\\}"),
        ("<mn>1,000</mn>", "1{,}000"),
        ("<mn>50</mn><mo>%</mo>", "50\\%"),
        ("<mtext>if x &gt; 5_0</mtext>", "\\text{if x > 5\\_0}"),
        (f"{A}<mspace width='1em'/>{B}", "a\\quad b"),
        (f"<mphantom>{A}</mphantom>{B}", "\\phantom{a}b"),
        (f"<menclose notation='box'>{A}</menclose>", "\\boxed{a}"),
        (f"<mfenced>{A}{B}</mfenced>", "(a,b)"),
        (f"<mfenced open='[' close=')' separators=';'>{A}{B}</mfenced>", "[a;b)"),
        (f"<mfenced open='|' close='|'><mfrac>{A}{B}</mfrac></mfenced>", "\\left|\\frac{a}{b}\\right|"),
        (f"{mo('(')}{A}{mo(')')}", "(a)"),
        (f"{mo('(')}<mfrac>{A}{B}</mfrac>{mo(')')}", "\\left(\\frac{a}{b}\\right)"),
        (f"<mo stretchy='false'>(</mo><mfrac>{A}{B}</mfrac><mo stretchy='false'>)</mo>", "(\\frac{a}{b})"),
        (f"{mo('[')}{A}{mo(')')}", "[a)"),
        ("<mmultiscripts><mi>C</mi><mprescripts/><mn>6</mn><mn>14</mn></mmultiscripts>", "{}_6^{14}C"),
        ("<mmultiscripts><mi>R</mi><mi>i</mi><none/></mmultiscripts>", "R_i"),
        (f"<semantics><mrow>{A}</mrow><annotation-xml><ci>zzz</ci></annotation-xml></semantics>", "a"),
        ("<merror><mtext>bad</mtext></merror>", "\\text{bad}"),
        (f"<mstyle displaystyle='true'><mpadded>{A}</mpadded></mstyle>", "a"),
        (f"<mo><mover>{mo('=')}{A}</mover></mo>", "\\overset{a}{=}"),
        ("plain 1 + 1", "plain 1 + 1"),
    ],
)  # fmt: skip
def test_each_construct_has_its_tex(mathml: str, expected: str) -> None:
    assert tex(mathml) == expected


def table(*rows: str) -> str:
    cells = "".join("<mtr>" + "".join(f"<mtd><mi>{cell}</mi></mtd>" for cell in row) + "</mtr>" for row in rows)
    return f"<mtable>{cells}</mtable>"


@pytest.mark.parametrize(
    ("opening", "closing", "name"),
    [("(", ")", "pmatrix"), ("[", "]", "bmatrix"), ("|", "|", "vmatrix"), ("{", "", "cases"), ("", "", "matrix")],
)
def test_a_fenced_table_is_a_matrix_with_its_fences(opening: str, closing: str, name: str) -> None:
    fences = [mo(sign) if sign else "" for sign in (opening, closing)]
    expected = f"\\begin{{{name}}} a & b \\\\ c & d \\end{{{name}}}"
    assert tex(fences[0] + table("ab", "cd") + fences[1]) == expected


def test_aligned_equations_keep_their_columns() -> None:
    rows = table("ab").replace("<mtable>", '<mtable columnalign="right left">')
    assert tex(rows) == "\\begin{array}{rl} a & b \\end{array}"


def test_prefixed_and_upper_case_element_names_are_understood() -> None:
    soup = BeautifulSoup("<m:math><m:mfrac><m:mi>a</m:mi><m:mi>b</m:mi></m:mfrac></m:math>", "lxml")
    math = soup.find("m:math")
    assert isinstance(math, Tag)
    assert mathml_to_tex(math) == "\\frac{a}{b}"


@pytest.mark.parametrize(
    "inner", ["", "<mfrac></mfrac>", "<msup><mi>x</mi></msup>", "<mtable></mtable>", "<mmultiscripts/>"]
)
def test_incomplete_mathml_is_no_error(inner: str) -> None:
    assert isinstance(tex(inner), str)


def test_no_character_of_an_unknown_element_is_lost() -> None:
    assert tex(f"<mnew>{A}<mother>{B}</mother></mnew>") == "ab"


def test_mathml_nested_beyond_reason_gives_its_characters() -> None:
    deep = "<mrow>" * 2000 + "<mi>x</mi>" + "</mrow>" * 2000
    assert tex(deep, "html.parser") == "x"
