"""Formulas that a text extraction holds two or three times, and everything that only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.blocks.math import find_doubled, find_formulas, find_suspect
from places import SHARED

# TeX, and what is left of KaTeX 0.16's MathML and HTML for it when only the text is kept.
KATEX = [
    ("E = mc^2", "E=mc2", "E=mc2"),
    ("\\frac{a}{b}", "ab", "ba\u200b"),
    ("x_1^2", "x12", "x12\u200b"),
    ("\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}", "∑i=1ni=n(n+1)2", "∑i=1n\u200bi=2n(n+1)\u200b"),
    ("\\sqrt{x^2+y^2}", "x2+y2", "x2+y2\u200b"),
    ("\\sqrt[3]{x}", "x3", "3x\u200b"),
    ("\\int_0^1 f(x)\\,dx", "∫01f(x)\u2009dx", "∫01\u200bf(x)dx"),
    ("\\alpha \\rightarrow \\beta", "α→β", "α→β"),
    ("A \\to B", "A→B", "A→B"),
    ("f'(x)", "f′(x)", "f′(x)"),
    ("f''(x)=-2", "f′′(x)=−2", "f′′(x)=−2"),
    ("\\sin x", "sin\u2061x", "sinx"),
    ("\\lim_{x \\to 0} \\frac{\\sin x}{x}", "lim\u2061x→0sin\u2061xx", "limx→0\u200bxsinx\u200b"),
    ("\\text{CO}_2", "CO2", "CO2\u200b"),
    (
        "6CO_2 + 6H_2O \\rightarrow C_6H_{12}O_6 + 6O_2",
        "6CO2+6H2O→C6H12O6+6O2",
        "6CO2\u200b+6H2\u200bO→C6\u200bH12\u200bO6\u200b+6O2\u200b",
    ),
    ("\\vec{F}=m\\vec{a}", "F\u20d7=ma\u20d7", "F=ma"),
    ("\\hat{x}", "x^", "x^"),
    ("\\bar{x}", "xˉ", "xˉ"),
    ("\\left( \\frac{1}{2} \\right)", "(12)", "(21\u200b)"),
    ("\\begin{pmatrix} a & b \\\\ c & d \\end{pmatrix}", "(abcd)", "(ac\u200bbd\u200b)"),
    ("\\mathbb{R}", "R", "R"),
    ("\\mathrm{d}x", "dx", "dx"),
    ("\\Delta G = \\Delta H - T\\Delta S", "ΔG=ΔH−TΔS", "ΔG=ΔH−TΔS"),
    ("p^2 + 2pq + q^2 = 1", "p2+2pq+q2=1", "p2+2pq+q2=1"),
    ("\\dfrac{dy}{dx}", "dydx", "dxdy\u200b"),
    ("x \\leq y", "x≤y", "x≤y"),
    ("x \\neq 0", "x≠0", "x\ue020=0"),
    ("90^\\circ", "90∘", "90∘"),
    ("\\mathrm{CO_2}", "CO2", "CO2\u200b"),
    ("\\binom{n}{k}", "(nk)", "(kn\u200b)"),
    ("\\operatorname{ReLU}(x)=\\max(0,x)", "ReLU\u2061(x)=max\u2061(0,x)", "ReLU(x)=max(0,x)"),
    ("50\\%", "50%", "50%"),
    ("\\$5", "$5", "$5"),
    ("\\{1,2\\}", "{1,2}", "{1,2}"),
    ("a \\quad b", "ab", "ab"),
    ("\\infty", "∞", "∞"),
    ("\\overline{AB}", "AB‾", "AB"),
    ("\\underbrace{a+b}_{c}", "a+b⏟c", "ca+b\u200b\u200b"),
    ("x_{i,j}", "xi,j", "xi,j\u200b"),
    ("\\begin{cases} x & y \\\\ z & w \\end{cases}", "{xyzw", "{xz\u200byw\u200b"),
    ("\\boxed{x}", "x", "x\u200b"),
    ("\\sigma(z) = \\frac{1}{1 + e^{-z}}", "σ(z)=11+e−z", "σ(z)=1+e−z1\u200b"),
    ("x^{2}_{1}", "x12", "x12\u200b"),
    ("a \\cdot b", "a⋅b", "a⋅b"),
    ("a \\times b", "a×b", "a×b"),
    ("|x|", "∣x∣", "∣x∣"),
    ("\\|x\\|", "∥x∥", "∥x∥"),
    ("\\log_2 n", "log\u20612n", "log2\u200bn"),
    ("5 \\text{ m/s}", "5\u00a0m/s", "5\u00a0m/s"),
    ("\\widehat{abc}", "abc^", "abc"),
    ("\\dot{x}", "x˙", "x˙"),
    ("\\xrightarrow{heat}", "→heat", "heat\u200b"),
    ("x^*", "x∗", "x∗"),
    ("\\mathbf{x}", "x", "x"),
    ("\\mathcal{L}", "L", "L"),
    ("\\mathfrak{g}", "g", "g"),
    ("\\pm", "±", "±"),
    ("\\ldots", "…", "…"),
    ("\\cdots", "⋯", "⋯"),
    ("\\Pr(X)", "Pr\u2061(X)", "Pr(X)"),
    ("\\gcd(a,b)", "gcd\u2061(a,b)", "gcd(a,b)"),
    ("\\displaystyle \\sum_{i}^{n}", "∑in", "i∑n\u200b"),
    ("\\stackrel{a}{=}", "=a", "=a"),
    ("\\overset{a}{=}", "=a", "=a"),
    ("\\sqrt{\\frac{a}{b}}", "ab", "ba\u200b\u200b"),
    ("\\bigl(x\\bigr)", "(x)", "(x)"),
    ("\\langle x\\rangle", "⟨x⟩", "⟨x⟩"),
    ("\\approx", "≈", "≈"),
    ("\\equiv", "≡", "≡"),
    ("a \\mod b", "amod\u2009\u2009b", "amodb"),
    ("\\partial", "∂", "∂"),
    ("\\nabla", "∇", "∇"),
    ("\\cancel{x}", "x", "x\u200b"),
    ("\\underline{x}", "x‾", "x\u200b"),
    ("\\phantom{x}y", "xy", "xy"),
    ("\\color{red}{x}", "x", "x"),
    ("\\textbf{a b}", "a\u00a0b", "a\u00a0b"),
    ("\\degree", "°", "°"),
    ("\\left[\\frac{a}{b}\\right]", "[ab]", "[ba\u200b]"),
    ("\\left\\{\\frac{a}{b}\\right\\}", "{ab}", "{ba\u200b}"),
    ("\\left|\\frac{a}{b}\\right|", "∣ab∣", "\u200bba\u200b\u200b"),
    ("\\begin{bmatrix}1&2\\\\3&4\\end{bmatrix}", "[1234]", "[13\u200b24\u200b]"),
    ("\\begin{vmatrix}1&2\\\\3&4\\end{vmatrix}", "∣1234∣", "\u200b13\u200b24\u200b\u200b"),
    ("\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}", "a=bc=d", "ac\u200b=b=d\u200b"),
    ("{}^{14}_{6}C", "614C", "614\u200bC"),
    ("\\lim\\limits_{x\\to 0}", "lim\u2061x→0", "x→0lim\u200b"),
    ("\\underset{x}{y}", "yx", "xy\u200b"),
    ("\\overrightarrow{AB}", "AB→", "AB"),
    ("\\tilde{x}", "x~", "x~"),
    ("\\ddot{x}", "x¨", "x¨"),
    ("(a+b)^2", "(a+b)2", "(a+b)2"),
    ("\\left(\\frac{a}{b}\\right)^2", "(ab)2", "(ba\u200b)2"),
    ("\\sqrt{b^2-4ac}", "b2−4ac", "b2−4ac\u200b"),
    ("\\xrightarrow[below]{above}", "→belowabove", "abovebelow\u200b"),
    ("\\sum_{i=1}^n \\left( x_i - \\bar{x} \\right)^2", "∑i=1n(xi−xˉ)2", "∑i=1n\u200b(xi\u200b−xˉ)2"),
    ("|\\vec{a}|", "∣a\u20d7∣", "∣a∣"),
    ("\\{x \\mid x>0\\}", "{x∣x>0}", "{x∣x>0}"),
    ("\\iint_D f\\,dA", "∬Df\u2009dA", "∬D\u200bfdA"),
    ("\\oint", "∮", "∮"),
    ("x'^2", "x′2", "x′2"),
    ("e^{i\\pi}+1=0", "eiπ+1=0", "eiπ+1=0"),
    ("\\int\\limits_a^b", "∫ab", "a∫b\u200b"),
    ("\\mathbf{F}=m\\mathbf{a}", "F=ma", "F=ma"),
    ("\\frac{\\partial f}{\\partial x}", "∂f∂x", "∂x∂f\u200b"),
    ("H_0: \\mu = 0", "H0:μ=0", "H0\u200b:μ=0"),
    ("P(A|B)", "P(A∣B)", "P(A∣B)"),
    ("\\forall x\\in\\mathbb{R}", "∀x∈R", "∀x∈R"),
    ("\\lfloor x\\rfloor", "⌊x⌋", "⌊x⌋"),
    ("\\prod_{k}", "∏k", "∏k\u200b"),
    ("a \\not\\in B", "a∈\u0338B", "a\ue020∈B"),
    ("x\\notin B", "x∉B", "x∈/B"),
    ("\\text{if } x>0", "if\u00a0x>0", "if\u00a0x>0"),
    ("1{,}000", "1,000", "1,000"),
    ("\\overbrace{a+b}^{n}", "a+b⏞n", "a+b\u200bn\u200b"),
    ("\\varnothing", "∅", "∅"),
    ("\\hbar", "ℏ", "ℏ"),
    ("\\ell", "ℓ", "ℓ"),
    ("\\Re", "ℜ", "ℜ"),
    ("\\sin^2\\theta", "sin\u20612θ", "sin2θ"),
    ("\\arg\\max_x", "arg\u2061max\u2061x", "argmaxx\u200b"),
    ("\\bigcup_i A_i", "⋃iAi", "⋃i\u200bAi\u200b"),
]


def formulas(text: str) -> list[str]:
    return [span.tex for span in find_doubled(text)]


def copies(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find_doubled(text)]


@pytest.mark.parametrize(("tex", "mathml", "html"), KATEX)
def test_what_katex_writes_three_times_is_one_formula(tex: str, mathml: str, html: str) -> None:
    text = f"The formula {mathml}{tex}{html} is used here."
    assert formulas(text) == [tex]
    assert text.replace(copies(text)[0], "@") == "The formula @ is used here."


@pytest.mark.parametrize(("tex", "mathml", "html"), KATEX)
def test_without_the_hidden_html_the_characters_and_the_tex_are_one_formula(tex: str, mathml: str, html: str) -> None:
    text = f"The formula ({mathml}{tex}), as it is."
    assert formulas(text) == [tex]
    assert text.replace(copies(text)[0], "@") == "The formula (@), as it is."


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("Einstein: E=mc2E = mc^2", "E = mc^2"),
        ("as xx \\to \\infty, it grows", "x \\to \\infty"),
        ("ΔG=ΔHTΔS\\Delta G = \\Delta H - T\\Delta S", "\\Delta G = \\Delta H - T\\Delta S"),
        (
            "6CO2+6H2OC6H12O6+6O26CO_2 + 6H_2O \\rightarrow C_6H_{12}O_6 + 6O_2.",
            "6CO_2 + 6H_2O \\rightarrow C_6H_{12}O_6 + 6O_2",
        ),
        ("i=1ni=n(n+1)2\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}", "\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}"),
        ("σ(z)=11+ez\\sigma(z) = \\frac{1}{1 + e^{-z}}", "\\sigma(z) = \\frac{1}{1 + e^{-z}}"),
    ],
)
def test_signs_that_extractors_lose_may_be_missing_in_the_visible_copy(text: str, tex: str) -> None:
    assert formulas(text) == [tex]


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("Newton: F=maF = ma, always", "F = ma"),
        ("so 2+2=42 + 2 = 4 holds", "2 + 2 = 4"),
        ("so −x-x is negative", "-x"),
        ("its slope f′(x)f'(x) is", "f'(x)"),
        ("the force F=maF=ma acts", "F=ma"),
        ("the force F=maF=maF=ma acts", "F=ma"),
        ("a million is 106=1,000,00010^6 = 1{,}000{,}000.", "10^6 = 1{,}000{,}000"),
        ("a light-year: 10510^5 steps", "10^5"),
    ],
)
def test_a_difference_that_only_katex_makes_is_evidence_too(text: str, tex: str) -> None:
    assert formulas(text) == [tex]


def test_wikipedias_copies_may_stand_apart() -> None:
    assert formulas("mass and energy, E = m c 2 {\\displaystyle E=mc^{2}} , are") == ["E=mc^{2}"]


def test_several_formulas_of_a_sentence_are_found_in_order() -> None:
    text = "With p+q=1p + q = 1p+q=1 we get p2+2pq+q2=1p^2 + 2pq + q^2 = 1p2+2pq+q2=1, and q2q^2q2 of them."
    assert formulas(text) == ["p + q = 1", "p^2 + 2pq + q^2 = 1", "q^2"]


def test_delimited_and_doubled_formulas_are_found_together_and_in_order() -> None:
    text = "First x2x^2, then \\(y\\), then F=maF = ma for $5."
    assert [span.tex for span in find_formulas(text)] == ["x^2", "y", "F = ma"]


def test_a_display_that_katex_draws_in_another_order_is_taken_whole() -> None:
    text = "∑in\\displaystyle \\sum_{i}^{n}i∑n is"
    assert copies(text) == ["∑in\\displaystyle \\sum_{i}^{n}i∑n"]


def test_a_command_that_runs_into_the_third_copy_ends_where_its_name_does() -> None:
    assert formulas("sin2θ\\sin^2\\thetasin2θ") == ["\\sin^2\\theta"]


@pytest.mark.parametrize(
    "text",
    [
        "bonbon", "2022", "aa", "x x", "tartar", "hotshots", "so so", "1212", "had had", "the mama of papa",
        "a b a b", "2x2x", "xx", "nnn", "n!n!", "5-5", "−5-5", "a,ba,b", "a<ba<b", "3-3-3", "page 1-1", "1-21 - 2",
        "x = 5", "F = ma", "x^2", "2^3", "x2 x^2", "a_b", "snake_case", "snake_case snake_case", "filename file_name",
        "file_file_name", "x_1, x_2", "E = mc^2 and E = mc^2", "232^3", "101^0", "212^1", "-1-1", "f(x)f'(x)",
        "P(A|B)P(A|C)", "C:\\temp\\temp", "C:\\beta\\beta", "a{}", "aa{}", "foo{bar}", "==", "a == b", "----", "____",
        "x__init__", "^^ ^_^", "max2x^2", "if x>0 then y<0", "tax_tax_rate", "https://example.com/a_b/ab_c?x=1&y=x=1",
        "e=e", "i=i+1", "x=1;y=1", "AB=CD", "1=1", "$5\\$", "the value of \\frac{a}{b}", "ba\\frac{a}{c}",
        "E=mc3E = mc^2", "E=mc2 E = mc^2",
    ],
)  # fmt: skip
def test_ordinary_text_is_never_taken_for_a_formula(text: str) -> None:
    assert find_doubled(f"He said {text} to them.") == []
    assert find_doubled(text) == []


def test_the_words_around_a_formula_stay() -> None:
    text = "the maximum2x2x^2 is"
    assert find_doubled(text) == []  # where the visible copy begins within a word, nothing is safe


@pytest.mark.parametrize(
    ("text", "suspect"),
    [
        ("grows to \\infty here", "\\infty"),
        ("ab\\frac{a}{c} is wrong", "ab\\frac{a}{c}"),
        ("the cube 232^3 of", "232^3"),
        ("from −5-5 on", "−5-5"),
        ("by F=maF = ma, where mm is the mass", "mm"),
    ],
)
def test_what_looks_doubled_but_does_not_agree_is_told(text: str, suspect: str) -> None:
    assert [text[found.start : found.end] for found in find_suspect(text)] == [suspect]


@pytest.mark.parametrize(
    "text", ["bonbon and 2022", "E=mc2E = mc^2 is it", "with 5 mm of rain", "costs $5 and $6", "a = b"]
)
def test_what_is_plain_or_well_understood_is_no_suspect(text: str) -> None:
    assert find_suspect(text) == []


# -- a rule for all inputs: what is written twice is found, exactly ----------------------------------------------------

LETTERS = st.sampled_from("abcxyzABCXYZ")
SYMBOLS = st.sampled_from([("\\alpha", "α"), ("\\pi", "π"), ("\\infty", "∞"), ("\\Delta", "Δ"), ("\\nabla", "∇")])
RELATIONS = st.sampled_from(
    [(" = ", "="), (" \\le ", "≤"), (" \\to ", "→"), (" + ", "+"), (" - ", "−"), (" \\cdot ", "⋅")]
)


def pairs(atoms: st.SearchStrategy[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    def script(mark: str) -> st.SearchStrategy[tuple[str, str]]:
        return st.tuples(LETTERS, atoms).map(lambda two: (f"{two[0]}{mark}{{{two[1][0]}}}", two[0] + two[1][1]))

    return st.one_of(
        script("^"),
        script("_"),
        st.tuples(atoms, atoms).map(lambda two: (f"\\frac{{{two[0][0]}}}{{{two[1][0]}}}", two[0][1] + two[1][1])),
        st.tuples(atoms, atoms).map(lambda two: (f"{{{two[0][0]}}} {two[1][0]}", two[0][1] + two[1][1])),
        atoms.map(lambda one: (f"\\sqrt{{{one[0]}}}", one[1])),
        atoms.map(lambda one: (f"\\left( {one[0]} \\right)", f"({one[1]})")),
        atoms.map(lambda one: (f"\\mathrm{{{one[0]}}}", one[1])),
    )


ATOMS = st.one_of(
    LETTERS.map(lambda letter: (letter, letter)), st.integers(2, 99).map(lambda n: (str(n), str(n))), SYMBOLS
)
TERMS = st.recursive(ATOMS, pairs, max_leaves=4)
FORMULAS = st.tuples(TERMS, RELATIONS, TERMS, RELATIONS, pairs(ATOMS)).map(
    lambda parts: ("".join(part[0] for part in parts), "".join(part[1] for part in parts))
)
WORDS = st.lists(st.sampled_from(["where", "the", "mass", "is", "then", "a", "rate", "of", "change"]), max_size=5).map(
    " ".join
)


@given(FORMULAS, WORDS, WORDS)
def test_visible_characters_followed_by_their_tex_give_exactly_that_tex(
    formula: tuple[str, str], before: str, after: str
) -> None:
    tex, visible = formula
    text = f"Here, {before} {visible}{tex} {after}, so it is."
    (span,) = find_doubled(text)
    assert span.tex == " ".join(tex.split())
    assert text[: span.start].rstrip().endswith(before)
    assert text[span.end :].strip() == f"{after}, so it is."


@given(st.text(alphabet="ab12 {}^_\\=+-()frac|'", max_size=60))
def test_any_string_is_read_without_an_error_and_spans_are_in_order(text: str) -> None:
    spans = find_doubled(text)
    assert all(0 <= span.start < span.end <= len(text) and span.tex for span in spans)
    assert all(left.end <= right.start for left, right in pairwise(spans))
    find_suspect(text)


@pytest.mark.parametrize(
    "unit", ["x^", "{", "\\frac{", "\\left", "x_", "x=1", "\\begin{matrix}", "a a^2 ", "xxxxxxxx_"]
)
def test_a_text_made_to_be_slow_is_given_up_in_a_fixed_number_of_steps(unit: str) -> None:
    assert len(find_doubled(unit * 1000)) <= 1
    assert len(find_suspect(unit * 1000)) <= 1


CORPUS = [path for folder in ("corpus", "guides") for path in sorted((SHARED / folder / "raw").glob("**/*.txt"))]


@pytest.mark.skipif(not CORPUS, reason="no folder of real pages beside the project")
def test_no_text_of_real_pages_without_formulas_is_taken_for_one() -> None:
    for path in CORPUS:
        text = path.read_text(encoding="utf-8", errors="replace")
        for line in text.splitlines():
            assert find_doubled(line) == [], f"{path.name}: {line}"
            assert find_suspect(line) == [], f"{path.name}: {line}"
