"""What TeX's commands take and what they show, as data: for reading TeX as characters."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from pipeline.blocks.math.symbols import FUNCTIONS, SIGN_OF

__all__ = [
    "DELIMITER_SIZES",
    "ENVIRONMENTS",
    "INFIX",
    "NOTHING",
    "SPACES",
    "TEMPLATES",
    "TEXTUAL",
    "Template",
    "is_command",
]


class Template(NamedTuple):
    """A command with arguments: how many, and what it shows, in MathML's order and in the order of KaTeX's HTML.

    `{0}` and `{1}` are the arguments, `{x}` is the one in square brackets.
    """

    arguments: int
    linear: str
    drawn: str


def _same(shown: str, names: str, count: int = 1) -> dict[str, Template]:
    return {name: Template(count, shown, shown) for name in names.split()}


# Measured with KaTeX 0.16: the text of `.katex-mathml` and of `.katex-html` for each of them.
TEMPLATES: Final[Mapping[str, Template]] = {
    **{name: Template(2, "{0}{1}", "{1}{0}") for name in ("frac", "dfrac", "tfrac", "cfrac")},
    **{name: Template(2, "({0}{1})", "({1}{0})") for name in ("binom", "dbinom", "tbinom")},
    "sqrt": Template(1, "√{0}{x}", "{x}√{0}"),
    **_same(
        "{0}",
        "mathrm mathbf mathbb Bbb mathcal mathit mathsf mathtt mathfrak mathscr mathnormal boldsymbol bm pmb ce boxed "
        "operatorname fbox phantom hphantom vphantom cancel bcancel xcancel sout smash overbracket underbracket pu "
        "mathring mathop mathbin mathrel mathord mathopen mathclose mathpunct mathinner",
    ),
    **_same("{0}‾", "overline underline underbar"),
    **_same("{0}ˆ", "hat widehat"),
    **_same("{0}˜", "tilde widetilde"),
    **_same("{0}ˉ", "bar"),
    **_same("{0}→", "vec overrightarrow"),
    **_same("{0}←", "overleftarrow"),
    **_same("{0}↔", "overleftrightarrow"),
    **_same("{0}˙", "dot"),
    **_same("{0}¨", "ddot"),
    **_same("{0}ˇ", "check widecheck"),
    **_same("{0}˘", "breve"),
    **_same("{0}ˊ", "acute"),
    **_same("{0}ˋ", "grave"),
    **_same("{0}⏞", "overbrace"),
    **_same("{0}⏟", "underbrace"),
    **_same("{1}{0}", "overset stackrel", 2),
    "underset": Template(2, "{1}{0}", "{0}{1}"),
    "notin": Template(0, "∉", "∈/"),
    **_same("→{x}{0}", "xrightarrow"),
    **_same("←{x}{0}", "xleftarrow"),
    **_same("↔{x}{0}", "xleftrightarrow"),
    **_same("⇌{x}{0}", "xrightleftharpoons"),
    **_same(" (mod {0})", "pmod"),
    **_same(" mod {0}", "mod"),
    **_same(" ({0})", "pod"),
    **_same("{1}", "textcolor colorbox htmlClass htmlId class href", 2),
    **_same("", "color label"),
    **_same(" ", "hspace vspace hskip mskip kern mkern"),
    "bmod": Template(0, " mod ", " mod "),
}

# Words: their white space shows.
TEXTUAL: Final = frozenset("text textrm textbf textit textnormal texttt textsf textup mbox hbox".split())  # noqa: SIM905

SPACES: Final = frozenset(
    (
        *(",", ";", ":", "!", ">", " ", "quad", "qquad", "enspace", "enskip", "thinspace", "medspace", "thickspace"),
        *("negthinspace", "space", "nobreakspace"),
    )
)

NOTHING: Final = frozenset(
    (
        *("displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle", "limits", "nolimits", "nonumber", "notag"),
        *("rm", "bf", "it", "sf", "tt", "cal", "normalsize", "small", "large", "Large", "tiny", "not", "hline"),
        *("nobreak", "allowbreak", "/"),
    )
)

DELIMITER_SIZES: Final = frozenset(
    (
        "left",
        "right",
        "middle",
        *(f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")),
    )
)

INFIX: Final[Mapping[str, Template]] = {
    "over": Template(2, "{0}{1}", "{1}{0}"),
    "atop": Template(2, "{0}{1}", "{1}{0}"),
    "choose": Template(2, "({0}{1})", "({1}{0})"),
}

# Environments by name: the signs around their rows.
_UNFENCED: Final = (
    "matrix smallmatrix array darray subarray aligned alignedat align align* alignat alignat* gathered gather gather* "
    "split equation equation*"
)
ENVIRONMENTS: Final[Mapping[str, tuple[str, str]]] = {
    **dict.fromkeys(_UNFENCED.split(), ("", "")),
    "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "Bmatrix": ("{", "}"), "vmatrix": ("∣", "∣"), "Vmatrix": ("∥", "∥"),
    "cases": ("{", ""), "dcases": ("{", ""), "rcases": ("", "}"),
}  # fmt: skip


def is_command(name: str) -> bool:
    """Say whether TeX for mathematics has a command of that name (without its backslash)."""
    return (
        name in SIGN_OF
        or name in FUNCTIONS
        or name in TEMPLATES
        or name in TEXTUAL
        or name in NOTHING
        or name in SPACES
        or name in DELIMITER_SIZES
        or name in INFIX
        or name in ("begin", "operatorname", "substack", "operatornamewithlimits", "mathchoice", "tag")
    )
