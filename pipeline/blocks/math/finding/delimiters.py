r"""Formulas in a text between `$…$`, `$$…$$`, `\(…\)`, `\[…\]` and `\begin{equation}…\end{equation}`.

Dollars are also money, shell variables and jQuery, so a pair of them is mathematics only if all of this holds:

1. Pandoc's rules (`tex_math_dollars`): the opening dollar has a character other than white space right after it, the
   closing one right before it, and no digit follows the closing one. Neither is escaped (`\$`), and no other dollar
   stands between them; there is no blank line inside.
2. Nothing that is money or a program: no currency sign inside; no letter or digit right before the opening dollar and
   no bracket or word right after the closing one (but `$n$th`, `$x$s`), unless rule 4a holds; brackets inside are
   balanced; the content neither begins nor ends with a sign that wants something beside it (`5–`, `x=`, `a/`), unless
   it is but that sign.
3. It is no prose: no two words side by side outside of `\text{…}`, unless rule 4a holds.
4. There is evidence of mathematics: (a) a TeX command that we know, `^` or `_` as TeX writes them, or else (b) a
   relation or an operator between two terms with a letter among them, or (c) it is nothing but a letter with a prime
   or digits, a few letters side by side (`AB`, `GDP`), a sign, or a number.

`\(…\)` and `\[…\]` are plain enough in a text: only a word, or prose, between them is refused. In Markdown they may
also be escaped brackets (`\[edit\]`, `\[1\]`), so there rule 4 holds for them too, without (c) for `\[`.
"""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.blocks.math.reading import is_command
from pipeline.blocks.math.tex import MathSpan, clean_tex

__all__ = ["find_math"]

_LONGEST: Final = 2000  # characters; what is longer is two stray delimiters
_OPENING: Final = re.compile(r"\\\(|\\\[|\\begin\s*\{(?P<environment>[a-z]+\*?)\}|\$\$?")
# What an environment is called within a display: `equation` adds nothing to it.
_ENVIRONMENTS: Final = {
    "equation": "", "displaymath": "", "math": "", "align": "align*", "gather": "gathered", "multline": "gathered",
    "eqnarray": "align*", "alignat": "alignat*", "flalign": "align*",
}  # fmt: skip
_BLANK_LINE: Final = re.compile(r"\n[ \t]*\n")
_MONEY: Final = re.compile(r"[€£¥₹₩¢]|\bUSD\b|\bEUR\b")
_PROGRAM: Final = re.compile(r'\{[A-Za-z_]\w+\}|[^"]*"')  # `${HOME}/…`, `"$a"`
_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
_SIGN_COMMAND: Final = re.compile(r"(?<!\\)(?:\\\\)*\\[{}|,;!%]")
# A script as TeX has it: `snake_case` and `_emphasis_` are none.
_SCRIPT: Final = re.compile(r"\^\s*[\w{\\*+'-]|(?<![A-Za-z]{2})_[\w{\\]|[A-Za-z]_(?:\d|\{|\\|[A-Za-z](?![A-Za-z]))")
_IN_WORDS: Final = re.compile(r"\\(?:text\w*|mbox|mathrm|operatorname\*?|tag)\s*\{[^{}]*\}|\\[A-Za-z]+")
_PROSE: Final = re.compile(r"(?<![\\A-Za-z])[A-Za-z]{2,}+(?:['’][a-z]*+)?[,;.:]?\s++[A-Za-z]{2,}+")
_OPERATION: Final = re.compile(r"[\w)}\]'|!%]\s*[=<>+*/≤≥≠≈−×·±|:,-]=?\s*[\w({\[|+−\\-]")
_ATOM: Final = re.compile(
    r"""[A-Za-zα-ωΑ-Ω]'*!? | \|[A-Za-z]\| | [A-Za-z]{2,3} | [A-Z]{4,5}           # x, x', n!, |x|, dx, GDP
    | [A-Za-z]{1,3}'*\([A-Za-z0-9](?:,\s?[A-Za-z0-9])*\)                         # f'(x), P(A, B)
    | [A-Za-z]\d{1,2} | \d{1,2}[A-Za-z]{1,2} | [-+−][A-Za-z]                     # x2, 2x, -x
    | [\[(][-+−]?[\w∞]{1,9}(?:,\s?[-+−]?[\w∞]{1,9})+[\])]                        # [0, 1), (x, y)
    | [-+−±]?\d+(?:[.,]\d+)*\s?(?:\\?%)?!? | [=<>+*/≤≥≠≈×·±∞∑∫→%−-]             # -1.5, 50\%, =""",
    re.VERBOSE,
)
_SUFFIX: Final = re.compile(r"(?:th|st|nd|rd|s|es|fold|ish)?(?![A-Za-z])")  # of an ordinal or a plural: `$n$th`
_WANTS_LEFT: Final = re.compile(r"\s*[,;:.)\]}/*–—?!]")
_WANTS_RIGHT: Final = re.compile(r"(?<!\^)(?<![\^_]\{)[,;:(\[{/*+=<>–—&|-]\s*$")
_BRACKETS: Final = {")": "(", "]": "[", "}": "{"}


def find_math(text: str, *, markdown: bool = False) -> list[MathSpan]:
    r"""Return the delimited formulas of a text run, in order and without overlap; a span includes its delimiters.

    With `markdown`, `\(` and `\[` may be escaped brackets. See the module for every rule.
    """
    if "$" not in text and "\\" not in text:
        return []
    return list(_spans(text, markdown=markdown))


def _spans(text: str, *, markdown: bool) -> Iterator[MathSpan]:
    position = 0
    while opening := _OPENING.search(text, position):
        start, sign = opening.start(), opening[0]
        if _is_escaped(text, start):
            position = start + 1
            continue
        if sign == "$":
            span = _inline(text, start)
        elif sign == "$$":
            span = _double(text, start)
        elif opening["environment"]:
            span = _environment(text, opening)
        else:
            span = _bracketed(text, start, sign, markdown=markdown)
        if span is not None:
            yield span
            position = span.end
        else:
            position = _after(text, opening)


def _after(text: str, opening: re.Match[str]) -> int:
    """Return where to go on after a delimiter that opens nothing; a run of dollars (`$$$`) is one."""
    end = opening.end()
    while opening[0] == "$$" and text[end : end + 1] == "$":
        end += 1
    return end


def _is_escaped(text: str, position: int) -> bool:
    first = position
    while first > 0 and text[first - 1] == "\\":
        first -= 1
    return (position - first) % 2 == 1


def _find_unescaped(text: str, sign: str, start: int) -> int:
    """Return where `sign` stands next without a backslash of its own before it, or -1 if not near."""
    position = text.find(sign, start, start + _LONGEST)
    while position > 0 and _is_escaped(text, position):
        position = text.find(sign, position + 1, start + _LONGEST)
    return position


def _inline(text: str, start: int) -> MathSpan | None:
    first = start + 1
    if text[first : first + 1].isspace():
        return None
    end = _find_unescaped(text, "$", first)
    if end < 0:
        return None
    content = text[first:end]
    if not content or content[-1].isspace() or text[end + 1 : end + 2].isdigit() or text[end + 1 : end + 2] == "$":
        return None
    if not _is_mathematics(content):
        return None
    beside = text[start - 1 : start] if start else ""
    is_beside_more = beside.isalnum() or text[end + 1 : end + 2] in ("(", "[", "{") or not _SUFFIX.match(text, end + 1)
    if is_beside_more and not _is_tex(content):
        return None
    return MathSpan(start, end + 1, clean_tex(content), display=False)


def _double(text: str, start: int) -> MathSpan | None:
    first = start + 2
    end = text.find("$$", first, first + _LONGEST)
    if end < 0 or text[first : first + 1] == "$" or text[end + 2 : end + 3] == "$":
        return None
    content = text[first:end].strip()
    if "$" in content.replace("\\$", "") or _BLANK_LINE.search(content) or not _is_mathematics(content, display=True):
        return None
    return MathSpan(start, end + 2, clean_tex(content), display=True)


def _bracketed(text: str, start: int, sign: str, *, markdown: bool) -> MathSpan | None:
    closing = {"\\(": "\\)", "\\[": "\\]"}[sign]
    first = start + 2
    end = _find_unescaped(text, closing, first)
    if end < 0:
        return None
    content = text[first:end].strip()
    if not content or _BLANK_LINE.search(content) or re.search(r"(?<!\\)\\[(\[]", content):
        return None
    if not _is_tex(content) and (_PROSE.search(content) or re.fullmatch(r"[A-Za-z][a-z]{2,}", content)):
        return None
    # A writer of Markdown who escapes brackets escapes them all: a bare one inside says that these are delimiters.
    escapes = markdown and re.search(r"(?<!\\)\(", content) is None
    if escapes and not _is_mathematics(content, display=sign == "\\[", alone=sign == "\\("):
        return None
    return MathSpan(start, end + 2, clean_tex(content), display=sign == "\\[")


def _environment(text: str, opening: re.Match[str]) -> MathSpan | None:
    name = opening["environment"]
    kept = _ENVIRONMENTS.get(name.rstrip("*"))
    if kept is None:
        return None
    closing = re.compile(rf"\\end\s*\{{{re.escape(name)}\}}").search(text, opening.end(), opening.end() + _LONGEST)
    if closing is None:
        return None
    body = clean_tex(text[opening.end() : closing.start()])
    tex = f"\\begin{{{kept}}} {body} \\end{{{kept}}}" if kept else body
    return MathSpan(opening.start(), closing.end(), tex, display=name != "math") if body else None


# -- evidence ----------------------------------------------------------------------------------------------------------


def _is_tex(content: str) -> bool:
    """Say whether there is what only TeX writes: a command that we know, or a script (rule 4a)."""
    return (
        any(is_command(name) for name in _COMMAND.findall(content))
        or _SCRIPT.search(content) is not None
        or _SIGN_COMMAND.search(content) is not None
    )


def _is_mathematics(content: str, *, display: bool = False, alone: bool = True) -> bool:
    """Say whether rules 2 to 4 hold; `alone`: whether one letter or number is enough."""
    if _BLANK_LINE.search(content) or _MONEY.search(content) or _PROGRAM.match(content) or not _is_balanced(content):
        return False
    if _ATOM.fullmatch(content):
        return alone
    tex = _is_tex(content)
    if _WANTS_LEFT.match(content) and not content.lstrip().startswith("."):
        return False
    if _WANTS_RIGHT.search(content) and not (display and tex):
        return False
    if tex:
        return _PROSE.search(_IN_WORDS.sub(" ", content)) is None or "\\" in content
    if _PROSE.search(content) or (content[:1].isdigit() and re.search(r"[a-z]{3,}", content)):
        return False
    has_letter = re.search(r"[^\W\d_]", content) is not None
    return (has_letter and _OPERATION.search(content) is not None) or _is_sum(content)


def _is_sum(content: str) -> bool:
    """Say whether numbers stand in a whole equation or sum (`2 + 2 = 4`)."""
    return (
        re.fullmatch(r"[\d.,\s()+*/=<>≤≥≠≈−×·±!%^-]+", content) is not None
        and re.search(r"[=<>+×·*]", content) is not None
    )


def _is_balanced(content: str) -> bool:
    """Say whether brackets close what they open; half-open intervals `[0, 1)` count as balanced."""
    open_braces, depth = 0, 0
    position = 0
    while position < len(content):
        char = content[position]
        if char == "\\":
            position += 1
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char in "{}":
            open_braces += 1 if char == "{" else -1
        if open_braces < 0 or (depth < 0 and "\\left" not in content and content[0] not in "])"):
            return False
        position += 1
    return open_braces == 0 and (depth == 0 or "\\left" in content or "\\right" in content)
