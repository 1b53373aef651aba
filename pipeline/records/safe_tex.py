r"""TeX that a browser's typesetter may be given: no command in it makes links, styles or scripts out of a page's words.

MathJax and KaTeX (Anki, Moodle, browsers) turn `\href{javascript:…}{x}` and `\mmlToken{mi}[href=…]{x}` into links,
`\style`, `\class` and `\bbox[…]` into attributes and, in old versions, `\unicode{<img …>}` into markup
(CVE-2018-1999024). So what is typeset may hold only commands that are known to draw: those of latex2mathml, and a list
of others. Brackets that become attributes hold colours and lengths alone. What is known to decorate falls away with its
attributes, and what it decorates stays; any other command is shown by its name.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from html import unescape
from itertools import accumulate
from typing import Final

from pipeline.records.tex_units import plain_units

__all__ = ["safe_tex"]

# Where a typesetter would look: delimiters, and environments, which need none.
_OPENING: Final = re.compile(r"\\\(|\\\[|\$\$|\\begin\{(\w+\*?)\}")
_COMMAND: Final = re.compile(r"\\([A-Za-z]+\*?)")
# What makes attributes, or loads what does: it falls away wherever it stands, with the argument that describes it.
_DESCRIBING_LIST: Final = """
    href url unicode style class cssId htmlClass htmlId htmlStyle htmlData require includegraphics data mmlToken
    newenvironment renewenvironment DeclareMathOperator DeclarePairedDelimiter definecolor input include write openin
    openout read catcode csname special label texttip tooltip toggle action
"""
_DESCRIBING: Final = frozenset(_DESCRIBING_LIST.split())
# What defines commands falls away alone; what it would have defined is no command that is known to draw.
_DEFINING: Final = frozenset(["def", "edef", "gdef", "xdef", "let", "newcommand", "renewcommand", "providecommand"])
_REFUSED: Final = _DESCRIBING | _DEFINING
_LINKS: Final = frozenset(("href", "url"))
# A bracket behind these becomes attributes; behind the first of them the first argument does as well.
_DESCRIBED: Final = frozenset(("color", "textcolor", "colorbox", "fcolorbox", "enclose", "rule"))
_DRAWN: Final = _DESCRIBED | {"bbox", "cancel", "bcancel", "xcancel", "mathmakebox", "makebox", "framebox"}
_DESCRIPTION: Final = re.compile(r"[\w#.,=% +\\-]*")
# Commands that typesetters of the web know, and not every latex2mathml.
_OTHERS_LIST: Final = """
    ce cf pu arg dag ddag P doublecap doublecup shortparallel mathellipsis textdegree textsc textsuperscript
    textsubscript textsl textcircled textbackslash textasciitilde textgreater textless hdots nolimits displaylimits
    eqref ref tag notag hfill newline allowbreak nobreak mathbreak stackrel xlongequal enclose phase angl angln
    bbox framebox makebox mathmakebox mathllap mathrlap mathclap clap llap rlap smash overgroup undergroup
    overlinesegment underlinesegment overrightharpoon overleftharpoon widecheck vcentcolon dblcolon Eqqcolon
    Eqcolon colonapprox Colonapprox colonsim Colonsim ordinarycolon prescript cramped mathtoolsset adjustlimits bra
    ket braket Bra Ket Braket ketbra set Set Tr tr rank abs norm eval order comm acomm pb dv pdv fdv var grad curl
    laplacian vb va vu vdot cross cp ip op mel expval ev matrixel R N Z Q C reals natnums Complex cnums Reals image
    real infin sub sube supe alef alefsym bull clubs diamonds hearts spades empty isin lArr rArr hArr larr rarr
    harr Larr Rarr Harr lrarr uarr darr Uarr Darr exist weierp thetasym sdot sect plusmn and or textsterling
    textregistered copyright minuso argmax argmin plim bold bm pmb mathbfit mathbfup mathup mathsfup mathnormal
    relax textcolor colorbox fcolorbox hspace* raisebox raise lower vcenter verb char operatorname* mathop mathrel
    mathbin mathord mathopen mathclose mathpunct mathinner nonumber crcr arraystretch arraycolsep tag* intertext
    shortintertext multicolumn multirow cline rowcolor cellcolor toprule midrule bottomrule textnormal textmd
    textup mathstrut strut cancelto
"""
_SAFE_ADDRESS: Final = re.compile(r"(?:https?://|mailto:)[^\\#]*|[^:\\#]*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"x?[0-9a-fA-F]{1,6}")
_BRACE: Final = re.compile(r"\\.|[{}]", re.DOTALL)
_TEX_SIGN: Final = re.compile(r"[\\${}]")
_LONGEST: Final = 1000  # characters of an argument
# An empty group: the letters on both sides of what is dropped must not become another command.
_NOTHING: Final = "{}"
# What is not typeset, and shows its TeX as it stands; a sanitised fragment closes what it opens.
_VERBATIM: Final = re.compile(r"<(code|pre)>")
_TOKEN: Final = re.compile(r"\\end\{\w+\*?\}|\\.|\$\$|[{}]", re.DOTALL)
_SPACE: Final = re.compile(r"\s*")


@cache
def _drawing() -> frozenset[str]:
    """Return the names of the commands that may be typeset."""
    from latex2mathml import commands, symbols_parser

    said: set[str] = set(symbols_parser.parse_symbols())
    for value in vars(commands).values():
        said.update(one for one in ([value] if isinstance(value, str) else _iterable(value)) if isinstance(one, str))
    return (frozenset(one[1:] for one in said if one[:1] == "\\") | frozenset(_OTHERS_LIST.split())) - _REFUSED


def _iterable(value: object) -> list[object]:
    return list(value) if isinstance(value, (dict, tuple, list, set, frozenset)) else []


def safe_tex(fragment: str) -> str:
    """Return a sanitised HTML fragment whose formulas hold only commands that draw; text stays as it is."""
    if "\\" not in fragment or not _OPENING.search(fragment):
        return fragment
    parts, at = [], 0
    while opened := _VERBATIM.search(fragment, at):
        end = fragment.find(f"</{opened[1]}>", opened.end())
        if end < 0:
            break
        parts += [_safe(fragment[at : opened.start()]), fragment[opened.start() : end]]
        at = end
    return "".join([*parts, _safe(fragment[at:])])


def _safe(text: str) -> str:
    if "\\" not in text:
        return text
    out: list[str] = []
    at = 0
    for start, end in _formulas(text):
        out += [_without(text[at:start], in_formula=False), _without(plain_units(text[start:end]), in_formula=True)]
        at = end
    out.append(_without(text[at:], in_formula=False))
    return "".join(out)


def _formulas(text: str) -> Iterator[tuple[int, int]]:
    """Yield where formulas stand, from delimiter to delimiter, as MathJax finds them: braces within are balanced."""
    closings = _Closings(text)
    at = 0
    while opening := _OPENING.search(text, at):
        closing = {"\\(": r"\)", "\\[": r"\]", "$$": "$$"}.get(opening[0], f"\\end{{{opening[1]}}}")
        end = closings.end_of(closing, opening.end())
        if end is not None:
            yield opening.start(), end
        at = end or opening.end()


class _Closings:
    """Where each closing delimiter of a text stands, and how many braces are open there."""

    def __init__(self, text: str) -> None:
        self._braces: list[int] = [-1]  # where one stands
        self._depths: list[int] = [0]  # that it leads to
        self._found: dict[str, list[tuple[int, int]]] = {}  # delimiter -> its (place, depth)
        for token in _TOKEN.finditer(text):
            if token[0] in "{}":
                self._braces.append(token.start())
                self._depths.append(self._depths[-1] + (1 if token[0] == "{" else -1))
            else:
                self._found.setdefault(token[0], []).append((token.start(), self._depths[-1]))
        # The least depth from each on: what no later one can close is not looked for.
        self._least = {
            closing: list(accumulate((depth for _, depth in reversed(found)), min))[::-1]
            for closing, found in self._found.items()
        }

    def end_of(self, closing: str, start: int) -> int | None:
        """Return the offset behind the first `closing` from `start` on at which no brace opened since is open."""
        found = self._found.get(closing, [])
        place = bisect_left(found, (start,))
        depth = self._depths[bisect_left(self._braces, start) - 1]
        if place == len(found) or self._least[closing][place] > depth:
            return None
        while found[place][1] > depth:
            place += 1
        return found[place][0] + len(closing)


def _without(text: str, *, in_formula: bool) -> str:
    kept: list[str] = []
    at = 0
    for match in _COMMAND.finditer(text):
        if match.start() < at:
            continue
        name = match[1] if match[1] in _REFUSED or match[1] in _drawing() else match[1].removesuffix("*")
        behind = match.start() + 1 + len(name)
        kept.append(text[at : match.start()])
        at = match.start()
        if name in _REFUSED:
            instead, at = _refused(name, text, behind)
            kept.append(instead)
        elif name in _DRAWN and in_formula:
            instead, at = _drawn(name, text, behind)
            kept.append(instead)
        elif in_formula and name not in _drawing():
            kept.append(f"\\backslash\\mathrm{{{name}}}")
            at = behind
    kept.append(text[at:])
    return "".join(kept)


def _refused(name: str, text: str, behind: int) -> tuple[str, int]:
    """Return what stands for a refused command with what describes it, and the offset behind that."""
    at = _skip(text, _bracket_end(text, _skip(text, behind)))
    end = _group_end(text, at) if name in _DESCRIBING else None
    if end is None:
        return _NOTHING, behind if name not in _DESCRIBING else _bracket_end(text, _skip(text, behind), behind)
    argument = text[at + 1 : end - 1]
    address = "".join(unescape(argument).split())
    if (name in _LINKS and _SAFE_ADDRESS.fullmatch(address)) or (name == "unicode" and _NUMBER.fullmatch(address)):
        return f"\\{name}{text[behind:end]}", end
    if name == "mmlToken":
        end = _bracket_end(text, _skip(text, end), end)
    return f"\\text{{{_TEX_SIGN.sub('', argument)}}}" if name == "url" else _NOTHING, end


def _drawn(name: str, text: str, behind: int) -> tuple[str, int]:
    """Return a command whose bracket, or first argument, becomes attributes; without them where they say more."""
    at = _skip(text, behind)
    end = _bracket_end(text, at)
    bracket = text[at:end] if _DESCRIPTION.fullmatch(unescape(text[at + 1 : end - 1])) else ""
    if end > at and not bracket:
        return _NOTHING, end
    end = _skip(text, end) if end > at else behind
    closed = _group_end(text, _skip(text, end)) if name in _DESCRIBED else None
    if closed is not None and not _DESCRIPTION.fullmatch(unescape(text[_skip(text, end) + 1 : closed - 1])):
        return _NOTHING, closed
    return f"\\{name}{bracket}", end


def _skip(text: str, at: int) -> int:
    """Return the offset of the first character from `at` that is no space."""
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _bracket_end(text: str, at: int, otherwise: int | None = None) -> int:
    """Return the offset behind a bracket that begins at `at`; if none does, `otherwise`, or `at`."""
    if text[at : at + 1] == "[":
        end = text.find("]", at, at + _LONGEST)
        if end >= 0:
            return end + 1
    return at if otherwise is None else otherwise


def _group_end(text: str, start: int) -> int | None:
    """Return the offset behind the group in braces that begins at `start`; None if none does, or if it has no end."""
    if text[start : start + 1] != "{":
        return None
    depth = 0
    for match in _BRACE.finditer(text, start, start + _LONGEST):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    return None
