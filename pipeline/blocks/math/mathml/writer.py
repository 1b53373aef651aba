"""From presentation MathML to TeX that MathJax, KaTeX and ziamath read, for formulas that carry no TeX of their own."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from bs4 import Tag
from bs4.element import NavigableString, PreformattedString

from pipeline.blocks.math.mathml.signs import LIMITS, OVER, STRETCHED_ARROWS, UNDER
from pipeline.blocks.math.mathml.tokens import INVISIBLE, TOKENS, attribute, join, signs, text_of, words

__all__ = ["local_name", "mathml_to_tex"]

_BARS: Final = {"|": "|", "‖": "\\|", "∣": "|", "∥": "\\|"}
_OPENING: Final = {"(": "(", "[": "[", "{": "\\{", "⟨": "\\langle", "⌊": "\\lfloor", "⌈": "\\lceil", **_BARS}
_CLOSING: Final = {")": ")", "]": "]", "}": "\\}", "⟩": "\\rangle", "⌋": "\\rfloor", "⌉": "\\rceil", **_BARS}
_MATRICES: Final = {"()": "pmatrix", "[]": "bmatrix", "||": "vmatrix", "‖‖": "Vmatrix", "∣∣": "vmatrix", "{": "cases"}
_TALL: Final = re.compile(r"\\(?:[dt]?frac|binom|sum|prod|int|sqrt|begin|over|under|left)(?![a-z])")
_ONE_TOKEN: Final = re.compile(
    r"[^\\{}\s^_&]|\d+|\\[A-Za-z]+|\\[{}%$&#|]|\\(?:mathrm|mathbf|mathbb|mathcal|text|operatorname)\{[^{}]*\}"
)
_UPRIGHT: Final = re.compile(r"\\mathrm\{([A-Za-z0-9]+)\}")
_UPRIGHT_RUN: Final = re.compile(r"(?:\\mathrm\{[A-Za-z0-9]+\}){2,}")
_ENCLOSED: Final = {
    "box": "\\boxed", "roundedbox": "\\boxed", "circle": "\\boxed", "radical": "\\sqrt", "top": "\\overline",
    "bottom": "\\underline", "updiagonalstrike": "\\cancel", "downdiagonalstrike": "\\bcancel",
}  # fmt: skip


def mathml_to_tex(math: Tag) -> str:
    """Return the TeX of a `math` element (or of any element of MathML within it), on one line, without delimiters.

    What a sign means is read from its character (MathML 3, chapter 3); an unknown element counts as a row, so
    that no visible character is lost. Annotations are not read: see `elements.read_math`.
    """
    try:
        written = _tex(math)
    except RecursionError:  # nested deeper than any formula: its characters, then, as one row
        written = signs(text_of(math))
    tex = _UPRIGHT_RUN.sub(_one_upright, " ".join(written.split()))
    return tex[:-1].rstrip() if tex.endswith("\\") else tex  # the half of a `\\ ` that stood last


def _one_upright(run: re.Match[str]) -> str:
    return f"\\mathrm{{{''.join(_UPRIGHT.findall(run[0]))}}}"


def local_name(tag: Tag) -> str:
    """Return an element's name without a namespace prefix, as in `m:mfrac`."""
    return tag.name.rpartition(":")[2].lower()


def _tex(tag: Tag) -> str:
    name = local_name(tag)
    if name in TOKENS and _children(tag):  # KaTeX puts layout into `mo` to give it an operator's spacing
        return _row(tag)
    writer = _WRITERS.get(name)
    return writer(tag) if writer else _row(tag)


def _children(tag: Tag) -> list[Tag]:
    return [child for child in tag.children if isinstance(child, Tag) and local_name(child) != "malignmark"]


def _row(tag: Tag) -> str:
    return _line(list(tag.children))


def _line(nodes: Sequence[object]) -> str:
    """Return a row: fenced tables as matrices, fences grown only around what is taller than a line."""
    parts: list[str] = []
    fences: list[tuple[int, str]] = []  # index in parts, sign
    for node in nodes:
        if isinstance(node, NavigableString):
            if not isinstance(node, PreformattedString) and (text := str(node).translate(INVISIBLE).strip()):
                is_words = node.parent is not None and local_name(node.parent) == "mtext"
                parts.append(words(str(node)) if is_words else signs(text))
            continue
        if not isinstance(node, Tag):
            continue
        sign = text_of(node) if local_name(node) == "mo" else ""
        parts.append(_tex(node))
        if not sign or attribute(node, "stretchy") == "false":
            continue
        opened = fences[-1] if fences else None
        if opened and sign in _CLOSING and (sign not in _BARS or opened[1] == sign):
            fences.pop()
            _close(parts, opened, sign)
        elif sign in _OPENING:
            fences.append((len(parts) - 1, sign))
    if len(fences) == 1 and fences[0][1] == "{" and len([part for part in parts[fences[0][0] + 1 :] if part]) == 1:
        _close(parts, fences[0], "")
    return join([part for part in parts if part])


def _close(parts: list[str], opened: tuple[int, str], closing: str) -> None:
    """Rewrite what stands between two fences (the closing one is the last part) as a matrix, or with grown fences."""
    start, opening = opened
    inner = parts[start + 1 : -1 if closing else None]
    content = [part for part in inner if part.strip()]
    one = content[0] if len(content) == 1 else ""
    environment = _MATRICES.get(opening + closing)
    if environment and one.startswith("\\begin{matrix}") and one.count("\\begin{matrix}") == 1:
        parts[start:] = [one.replace("{matrix}", f"{{{environment}}}")]
    elif (opening, closing) == ("(", ")") and one.startswith("{{") and one.endswith("}}") and "}\\atop{" in one:
        upper, _, lower = one[1:-1].rpartition("}\\atop{")
        parts[start:] = [f"\\binom{upper}}}{{{lower}"]
    elif any(_TALL.search(part) for part in content):
        left = f"\\left{_OPENING[opening]}"
        right = f"\\right{_CLOSING[closing]}" if closing else "\\right."
        parts[start:] = [join([left, *content, right])]


def _braced(tex: str) -> str:
    return f"{{{tex}}}"


def _base(tex: str) -> str:
    """Return what a script is set to: in braces, unless it is one token."""
    return tex if _ONE_TOKEN.fullmatch(tex) else _braced(tex)


def _argument(tex: str) -> str:
    """Return a script: one character stands without braces."""
    return tex if len(tex) == 1 and tex not in "'^_" else _braced(tex)


def _operands(tag: Tag, count: int) -> list[str]:
    """Return the TeX of an element's `count` children; what is missing is empty, what is too much joins the last."""
    parts = [_tex(child) for child in _children(tag)]
    if len(parts) > count:
        parts[count - 1 :] = [join(parts[count - 1 :])]
    return parts + [""] * (count - len(parts))


def _fraction(tag: Tag) -> str:
    above, below = _operands(tag, 2)
    if re.fullmatch(r"0(\.0*)?\s*(em|ex|px|pt|%)?", attribute(tag, "linethickness")):
        return f"{{{{{above}}}\\atop{{{below}}}}}"
    return f"\\frac{{{above}}}{{{below}}}"


def _root(tag: Tag) -> str:
    radicand, index = _operands(tag, 2)
    return f"\\sqrt[{index}]{{{radicand}}}"


def _scripts(base: str, below: str, above: str) -> str:
    """Return a base with scripts; primes stand before what else is above."""
    rest = above.lstrip("'")
    tex = f"{_base(base)}_{_argument(below)}" if below else _base(base)
    tex += above[: len(above) - len(rest)]
    return f"{tex}^{_argument(rest)}" if rest else tex


def _subscript(tag: Tag) -> str:
    base, below = _operands(tag, 2)
    return _scripts(base, below, "")


def _superscript(tag: Tag) -> str:
    base, above = _operands(tag, 2)
    return _scripts(base, "", above)


def _both_scripts(tag: Tag) -> str:
    return _scripts(*_operands(tag, 3))


def _has_limits(tag: Tag) -> bool:
    children = _children(tag)
    base = text_of(children[0]) if children else ""
    return base in LIMITS


def _over(tag: Tag) -> str:
    base, above = _operands(tag, 2)
    if _has_limits(tag) or base.startswith("\\overbrace"):
        return f"{base}^{_argument(above)}"
    children = _children(tag)
    sign, arrow = (text_of(children[1]), text_of(children[0])) if len(children) > 1 else ("", "")
    if sign in OVER:
        narrow, wide = OVER[sign]
        return f"{narrow if _ONE_TOKEN.fullmatch(base) else wide}{{{base}}}"
    if arrow in STRETCHED_ARROWS:
        return f"{STRETCHED_ARROWS[arrow]}{{{above}}}"
    return f"\\overset{{{above}}}{{{base}}}"


def _under(tag: Tag) -> str:
    base, below = _operands(tag, 2)
    if _has_limits(tag) or base.startswith("\\underbrace"):
        return f"{base}_{_argument(below)}"
    children = _children(tag)
    sign = text_of(children[1]) if len(children) > 1 else ""
    return f"{UNDER[sign]}{{{base}}}" if sign in UNDER else f"\\underset{{{below}}}{{{base}}}"


def _under_over(tag: Tag) -> str:
    base, below, above = _operands(tag, 3)
    if _has_limits(tag):
        return _scripts(base, below, above)
    arrow = text_of(_children(tag)[0]) if _children(tag) else ""
    if arrow in STRETCHED_ARROWS:
        return f"{STRETCHED_ARROWS[arrow]}[{below}]{{{above}}}"
    return f"\\overset{{{above}}}{{\\underset{{{below}}}{{{base}}}}}"


def _multiscripts(tag: Tag) -> str:
    """Return `mmultiscripts`: the scripts before the base follow `mprescripts`."""
    base, *scripts = _children(tag) or [tag]
    if base is tag:
        return ""
    after: list[str] = []
    before: list[str] = []
    side = after
    for script in scripts:
        if local_name(script) == "mprescripts":
            side = before
        else:
            side.append("" if local_name(script) == "none" else _tex(script))
    pairs = [
        "".join(f"{mark}{_argument(tex)}" for mark, tex in zip("_^" * (len(side) // 2 + 1), side, strict=False) if tex)
        for side in (before, after)
    ]
    return f"{'{}' + pairs[0] if pairs[0] else ''}{_base(_tex(base))}{pairs[1]}"


def _table(tag: Tag) -> str:
    rows = []
    for row in _children(tag):
        name = local_name(row)
        cells = [_tex(cell) for cell in _children(row)] if name in ("mtr", "mlabeledtr") else [_tex(row)]
        if name == "mlabeledtr" and cells:
            cells = [*cells[1:], cells[0]]
        rows.append(" & ".join(cells))
    body = " \\\\ ".join(rows)
    columns = "".join({"left": "l", "right": "r"}.get(word, "c") for word in attribute(tag, "columnalign").split())
    if "r" in columns:  # aligned equations; `aligned` itself is unknown to one of TeX's three readers
        return f"\\begin{{array}}{{{columns}}} {body} \\end{{array}}"
    return f"\\begin{{matrix}} {body} \\end{{matrix}}"


def _fenced(tag: Tag) -> str:
    opening, closing = (str(tag.get(name, default)).strip() for name, default in (("open", "("), ("close", ")")))
    separators = "".join(str(tag.get("separators", ",")).split())
    inner: list[str] = []
    for index, child in enumerate(_children(tag)):
        if index and separators:
            inner.append(signs(separators[min(index, len(separators)) - 1]))
        inner.append(_tex(child))
    if opening in _OPENING and (closing in _CLOSING or not closing):
        parts = [_OPENING[opening], *inner, *([_CLOSING[closing]] if closing else [])]
        _close(parts, (0, opening), closing)
        return join(parts)
    return join([signs(opening), *inner, signs(closing)])


def _enclosed(tag: Tag) -> str:
    notation = attribute(tag, "notation") or "longdiv"
    command = next((_ENCLOSED[word] for word in notation.split() if word in _ENCLOSED), "")
    return f"{command}{{{_row(tag)}}}" if command else _row(tag)


def _first_child(tag: Tag) -> str:
    children = _children(tag)
    return _tex(children[0]) if children else _row(tag)


def _wrapped(command: str) -> Callable[[Tag], str]:
    return lambda tag: f"{command}{{{_row(tag)}}}"


def _nothing(_tag: Tag) -> str:
    return ""


_WRITERS: Final[dict[str, Callable[[Tag], str]]] = {
    **TOKENS,
    "mfrac": _fraction, "msqrt": _wrapped("\\sqrt"), "mroot": _root, "msub": _subscript, "msup": _superscript,
    "msubsup": _both_scripts, "mover": _over, "munder": _under, "munderover": _under_over,
    "mmultiscripts": _multiscripts, "mtable": _table, "mfenced": _fenced, "menclose": _enclosed,
    "mphantom": _wrapped("\\phantom"), "semantics": _first_child, "maction": _first_child,
    "annotation": _nothing, "annotation-xml": _nothing, "none": _nothing, "mprescripts": _nothing,
}  # fmt: skip
