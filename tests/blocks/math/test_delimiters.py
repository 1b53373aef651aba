r"""`$…$` and its kin in a text: mathematics is taken, money and programs are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.blocks.math import find_math


def found(text: str, *, markdown: bool = False) -> list[tuple[str, bool]]:
    return [(span.tex, span.display) for span in find_math(text, markdown=markdown)]


@pytest.mark.parametrize(
    "tex",
    [
        "x", "n", "E = mc^2", "a_1 b_2", "f'(x)", "\\frac{df}{dx}", "f(x)=x^n", "f'(x)=nx^{n-1}", "2 + 2 = 4", "5",
        "-1", "3.14", "GDP = C + I + G + NX", "AB", "GDP", "\\triangle ABC", "50\\%", "x > 0", "O(n \\log n)",
        "[0, 1)", "(x, y)", "x, y, z", "H^+", "\\pi", "P(A|B)", "n!", "\\{1,2\\}", "x = \\$5", "i=1,2,\\ldots,n", "=",
        "10^{-3}", "\\text{CO}_2", "90^\\circ", "3 \\times 10^8 \\text{ m/s}", "v_{max}", "v_max", "MR = MC",
        "y=mx+b", "p < 0.05", "n = 30", "dx", "-x", "f(x, y)", "\\text{Total Revenue} = P \\times Q",
        "Profit = TR - TC", "A \\cap B", "\\le", "x'", "2x", "H_2O", "n-1", "n - 1", "a:b", "a \\to b", "[H^+]",
        "|x|", "x!", "x \\in [0,1)", "5 \\le x",
    ],
)  # fmt: skip
def test_a_formula_between_dollars_is_found(tex: str) -> None:
    assert found(f"Let ${tex}$ be given.") == [(tex, False)]
    assert found(f"(${tex}$), and so on for $5.") == [(tex, False)]
    assert found(f"It is $5, but ${tex}$.") == [(tex, False)]


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $6", "between $1,000 and $2,000", "US$ 5 and US$ 6", "US$5 and US$6", "costs $5–$10", "costs $5-$10",
        "$5", "$", "$PATH and $HOME", "$PATH:$HOME", "$HOME/bin:$PATH", "$(x)", "$(a) and $(b)", "$('#a').b($x)",
        "\\$x\\$", "\\$5 and \\$6", "$$", "$$$", "costs $$ to $$$", "A$AP and Ke$ha", "$5 (or $6)", "($5)/($10)",
        "from $5,$6", "$5/$6", "$100 = €90, 10$", "$x=$y", "$a/$b", "$foo_bar$baz", "$100 in 2020 and $200",
        "$5M to $10M", "$ 5 $", "$5 vs.$6", "$i++$j", "$name $x$y",
        "it rose from $1.5 trillion to $2 trillion, a 5% = big rise", "I have $5. Then you have 6$.", "$/kg and $/lb",
        "if $5 is a lot and 6$ is not", "he paid $5, she paid $7, they paid $9", "$1 = 1.2, $2", "$/kg–$/lb",
        "price (in $) and cost (in $)", "$ = cheap, $$ = moderate, $$$ = dear", "P1=$5, P2=$6", "$5=$6",
        "$40 + $60 = $100", "Q=10 at P=$5 and Q=20 at P=$4", "revenue is $10 × 5 = $50", "$20-$15=$5",
        "a $1-a-day and $2-a-day", "$20*$30", "$10 x 5 and $20 x 6", "\\$20 * \\$30", "$10/hour or $20/hour",
        "$5,000(a) and $6,000(b)", "cost=$5+$6",
    ],
)  # fmt: skip
def test_money_and_programs_are_left_as_they_stand(text: str) -> None:
    assert found(text) == []
    assert found(f"We say {text} here.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$E=mc^2$$", [("E=mc^2", True)]),
        ("$$\n\\sum_i x_i\n$$", [("\\sum_i x_i", True)]),
        ("\\(x\\) and \\[a+b\\]", [("x", False), ("a+b", True)]),
        ("\\(5\\)", [("5", False)]),
        ("\\[a \\\\[2pt] b\\]", [("a \\\\[2pt] b", True)]),
        ("\\begin{equation}a=b\\end{equation}", [("a=b", True)]),
        ("\\begin{equation*}a=b\\label{e}\\end{equation*}", [("a=b", True)]),
        ("\\begin{align}a&=b\\\\c&=d\\end{align}", [("\\begin{align*} a&=b\\\\c&=d \\end{align*}", True)]),
        ("\\begin{itemize}\\item\\end{itemize}", []),
        ("$f'(x)$ or $\\frac{df}{dx}$.", [("f'(x)", False), ("\\frac{df}{dx}", False)]),
        ("if $f(x)=x^n$, then $f'(x)=nx^{n-1}$", [("f(x)=x^n", False), ("f'(x)=nx^{n-1}", False)]),
        ("the $n$th, $x$-axis, $x$s", [("n", False), ("x", False), ("x", False)]),
        ("\\(see below\\)", []),
        ("\\[all\\]", []),
        ('"${HOME_DIR}/a=\\"$b"', []),
        ("\\\\(x\\\\)", []),
        ("\\(x", []),
        ("$x\n\ny$", []),
    ],
)
def test_each_delimiter_says_whether_a_formula_is_displayed(text: str, expected: list[tuple[str, bool]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text", ["\\[edit\\]", "\\[1\\]", "\\[a\\]", "\\[citation needed\\]", "\\(see below\\)", "\\[x\\](y)"]
)
def test_escaped_brackets_of_markdown_are_no_formula(text: str) -> None:
    assert found(text, markdown=True) == []


@pytest.mark.parametrize("text", ["\\(x\\)", "\\(\\frac{a}{b}\\)", "\\[x = 5\\]", "\\[\\alpha\\]", "$x_1$"])
def test_formulas_in_markdown_are_found(text: str) -> None:
    assert len(found(text, markdown=True)) == 1


@given(st.text(alphabet="$x5 \\()[]{}^_=a.,-\n", max_size=80))
def test_spans_never_overlap_and_hold_their_delimiters(text: str) -> None:
    end = 0
    for span in find_math(text):
        assert end <= span.start < span.end <= len(text)
        assert text[span.start] in "$\\"
        assert span.tex
        end = span.end


@given(
    st.lists(st.integers(0, 10**7), min_size=2, max_size=5),
    st.sampled_from([" and ", ", ", " to ", "–", "-", "/", " or "]),
)
def test_no_list_of_prices_is_ever_a_formula(prices: list[int], between: str) -> None:
    assert found(between.join(f"${price:,}" for price in prices)) == []
