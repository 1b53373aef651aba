"""TeX read as characters: what a formula's text is once its commands, braces and scripts are set.

This is how KaTeX's output reads when only its text is kept, and so it tells which TeX repeats the characters in
front of it. Nothing is typeset; TeX that is not understood has no reading.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from pipeline.blocks.math.signatures import (
    DELIMITER_SIZES,
    ENVIRONMENTS,
    INFIX,
    NOTHING,
    SPACES,
    TEMPLATES,
    TEXTUAL,
    Template,
    is_command,
)
from pipeline.blocks.math.symbols import FUNCTIONS, SIGN_OF

__all__ = ["Reading", "TexReader", "canonical", "is_dropped", "may_be_lost", "same_sign"]

_DEEPEST: Final = 40
_ESCAPED: Final = frozenset("{}%$&#_")
_NO_NUCLEUS: Final = frozenset("}&%#$")
_LONG_FUNCTIONS: Final[Mapping[str, str]] = {"limsup": "lim sup", "liminf": "lim inf"}
_SPACED_ARROWS: Final = frozenset(("iff", "implies", "impliedby"))
_INVISIBLE: Final = frozenset("\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u0338\ue020")
# Signs that extractions write in several ways, and accents, which KaTeX draws in several.
_ALIKE: Final = str.maketrans("-–'’ʹ|*·‖^~¯‾\u0304\u0305\u20d7´`•", "−−′′′∣∗⋅∥ˆ˜ˉˉˉˉ→ˊˋ∙")
_ACCENTS: Final = frozenset("ˆ˜ˉ˙¨ˇ˘ˊˋ˚")
_REPLACED: Final = frozenset("-'|*")  # ASCII that KaTeX sets as a sign of its own: `−`, `′`, `∣`, `∗`


class Reading(NamedTuple):
    """What a piece of TeX shows, in the order of MathML and in that of KaTeX's HTML, and where the piece ends.

    A space stands where white space may show.
    """

    linear: str
    drawn: str
    end: int


@lru_cache(maxsize=4096)
def canonical(char: str) -> str:
    """Return a character in the form in which signs are compared."""
    plain = unicodedata.normalize("NFKC", char)
    return (plain if len(plain) == 1 and not plain.isspace() else char).translate(_ALIKE)


def same_sign(shown: str, read: str) -> bool:
    """Say whether a character of a page is the one that TeX reads as. `≠` may have lost its stroke."""
    return shown == read or canonical(shown) == canonical(read) or (read == "≠" and shown == "=")


def may_be_lost(read: str) -> bool:
    """Say whether a sign may be missing in a text: extractors drop lone signs beyond U+2000 (measured: resiliparse),
    and KaTeX draws accents and roots as pictures.
    """
    return read >= "\u2000" or read == " " or read in _ACCENTS or read in _REPLACED


def is_dropped(shown: str) -> bool:
    """Say whether a character of a page shows nothing (function application, zero-width spaces, KaTeX's strokes)."""
    return shown in _INVISIBLE


def _fill(template: Template, arguments: list[Reading], extra: Reading | None, end: int) -> Reading:
    linear, drawn = template.linear, template.drawn
    optional = extra or Reading("", "", end)
    return Reading(
        linear.format(*(argument.linear for argument in arguments), x=optional.linear),
        drawn.format(*(argument.drawn for argument in arguments), x=optional.drawn),
        end,
    )


class TexReader:
    """Reads TeX at any place of one text; what was read once is remembered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._items: dict[int, Reading | None] = {}
        self._depth = 0

    def item(self, start: int) -> Reading | None:
        """Return the reading of one element with its scripts (or of white space); None where there is no TeX."""
        if start not in self._items:
            self._items[start] = self._read_item(start)
        return self._items[start]

    # -- one element ---------------------------------------------------------------------------------------------

    def _read_item(self, start: int) -> Reading | None:
        text = self.text
        if start >= len(text):
            return None
        if text[start].isspace():
            return Reading("", "", self._after_space(start))
        nucleus = Reading("", "", start) if text[start] in "^_" else self._nucleus(start)
        return self._with_scripts(nucleus, loose=text[start] == "\\") if nucleus else None

    def _with_scripts(self, nucleus: Reading, *, loose: bool) -> Reading | None:
        """Return an element with what is set below and above it: MathML and KaTeX have the lower one first."""
        text, end = self.text, nucleus.end
        below: Reading | None = None
        above: Reading | None = None
        primes = ""
        while True:
            at = self._after_space(end) if loose else end
            for word in ("\\limits", "\\nolimits"):
                if text.startswith(word, at):
                    at = self._after_space(at + len(word))
            mark = text[at : at + 1]
            if mark == "'" and not above:
                primes, end = primes + "'", at + 1
            elif mark == "_" and below is None:
                below = self._argument(at + 1)
                if below is None:
                    return None
                end = below.end
            elif mark == "^" and above is None:
                above = self._argument(at + 1)
                if above is None:
                    return None
                end = above.end
            else:
                break
        lower, upper = below or Reading("", "", end), above or Reading("", "", end)
        return Reading(
            nucleus.linear + lower.linear + primes + upper.linear,
            nucleus.drawn + lower.drawn + primes + upper.drawn,
            end,
        )

    def _nucleus(self, start: int) -> Reading | None:
        if self._depth >= _DEEPEST:
            return None
        self._depth += 1
        try:
            return self._read_nucleus(start)
        finally:
            self._depth -= 1

    def _read_nucleus(self, start: int) -> Reading | None:
        char = self.text[start]
        if char == "{":
            return self._group(start)
        if char == "\\":
            return self._command(start)
        if char in _NO_NUCLEUS:
            return None
        sign = " " if char == "~" else char
        return Reading(sign, sign, start + 1)

    def _after_space(self, position: int) -> int:
        text = self.text
        while position < len(text) and text[position].isspace():
            position += 1
        return position

    def _argument(self, start: int) -> Reading | None:
        start = self._after_space(start)
        if start >= len(self.text) or self.text[start] in "^_":
            return None
        return self._nucleus(start)

    def _group(self, start: int, closing: str = "}") -> Reading | None:
        """Return what stands in the braces (or brackets) that open at `start`."""
        inner = self._sequence(start + 1, closing)
        if inner is None or self.text[inner.end : inner.end + 1] != closing:
            return None
        return inner._replace(end=inner.end + 1)

    def _sequence(self, start: int, closing: str) -> Reading | None:
        r"""Return elements up to (and without) `closing`, a cell's or a row's end, or `\end`; `\over` divides them."""
        text, end = self.text, start
        linear, drawn = "", ""
        left: tuple[Template, Reading] | None = None
        while end < len(text) and text[end] != closing and text[end] not in "&}":
            if text[end] == "\\":
                name = self._name(end + 1)
                if name == "end" or (name == "\\" and closing == ""):
                    break
                if name in INFIX and left is None:
                    left = INFIX[name], Reading(linear, drawn, end)
                    linear, drawn, end = "", "", end + 1 + len(name)
                    continue
            item = self.item(end)
            if item is None:
                return None
            linear, drawn, end = linear + item.linear, drawn + item.drawn, item.end
        whole = Reading(linear, drawn, end)
        return _fill(left[0], [left[1], whole], None, end) if left else whole

    # -- commands ------------------------------------------------------------------------------------------------

    def _name(self, start: int) -> str:
        """Return the name of the command whose backslash stands before `start`."""
        text, end = self.text, start
        while end < len(text) and text[end].isascii() and text[end].isalpha():
            end += 1
        name = text[start : max(end, start + 1)]
        while end > start + 1 and not is_command(text[start:end]):
            end -= 1  # a third copy may run on: `\\thetasin`
        return text[start:end] if end > start + 1 else name

    def _command(self, start: int) -> Reading | None:
        name = self._name(start + 1)
        end = start + 1 + len(name)
        if name in TEMPLATES:
            return self._templated(TEMPLATES[name], end + (self.text[end : end + 1] == "*"))
        sign = self._sign_of(name)
        if sign is not None:
            return Reading(sign, sign, end)
        if name in DELIMITER_SIZES:
            return self._delimiter(self._after_space(end))
        if name in TEXTUAL:
            return self._words(end)
        if name == "begin":
            return self._environment(end)
        return None

    def _delimiter(self, start: int) -> Reading | None:
        """Return a fence: one character, or a command that is one sign; `.` is none at all."""
        char = self.text[start : start + 1]
        if char != "\\":
            sign = "" if char == "." else char
            return Reading(sign, sign, start + 1) if char and char not in _NO_NUCLEUS else None
        name = self._name(start + 1)
        shown = self._sign_of(name)
        return Reading(shown, shown, start + 1 + len(name)) if shown else None

    def _sign_of(self, name: str) -> str | None:
        if name in SIGN_OF:
            return f" {SIGN_OF[name]} " if name in _SPACED_ARROWS else SIGN_OF[name]
        if name in FUNCTIONS:
            return _LONG_FUNCTIONS.get(name, name)
        if name in _ESCAPED:
            return name
        if name in SPACES or name.isspace():
            return " "
        if name == "|":
            return "∥"
        return "" if name in NOTHING or name == "\\" else None

    def _templated(self, template: Template, end: int) -> Reading | None:
        extra = None
        at = self._after_space(end)
        if "{x}" in template.linear and self.text[at : at + 1] == "[":
            extra = self._group(at, "]")
            if extra is None:
                return None
            end = extra.end
        arguments = []
        for _ in range(template.arguments):
            argument = self._argument(end)
            if argument is None:
                return None
            arguments.append(argument)
            end = argument.end
        return _fill(template, arguments, extra, end)

    def _words(self, start: int) -> Reading | None:
        r"""Return the words of a `\text{…}`: their spaces show."""
        start = self._after_space(start)
        if self.text[start : start + 1] != "{":
            return None
        shown, at = "", start + 1
        while at < len(self.text) and self.text[at] != "}":
            char = self.text[at]
            if char == "\\" and self.text[at + 1 : at + 2] in _ESCAPED:
                at += 1
                char = self.text[at]
            elif char in "\\${":
                inner = self._nucleus(at) if char != "$" else None
                if inner is None:
                    return None
                shown, at = shown + inner.linear, inner.end
                continue
            shown += " " if char.isspace() or char == "~" else char
            at += 1
        return Reading(shown, shown, at + 1) if at < len(self.text) else None

    def _environment(self, start: int) -> Reading | None:
        """Return an environment's rows: MathML reads them one after the other, KaTeX's HTML column by column."""
        name_end = self.text.find("}", start)
        name = self.text[start + 1 : name_end] if self.text[start : start + 1] == "{" else ""
        if name not in ENVIRONMENTS:
            return None
        at = name_end + 1
        if (
            name in ("array", "subarray", "darray", "alignedat", "alignat", "alignat*")
            and self.text[at : at + 1] == "{"
        ):
            at = self.text.find("}", at) + 1
        rows: list[list[Reading]] = [[]]
        while True:
            cell = self._sequence(at, "")
            if cell is None:
                return None
            rows[-1].append(cell)
            at = cell.end
            if self.text.startswith("&", at):
                at += 1
            elif self.text.startswith("\\\\", at):
                rows.append([])
                at += 2
            else:
                break
        closing = f"\\end{{{name}}}"
        if not self.text.startswith(closing, at):
            return None
        opened, closed = ENVIRONMENTS[name]
        width = max(map(len, rows))
        linear = "".join(cell.linear for row in rows for cell in row)
        drawn = "".join(row[column].drawn for column in range(width) for row in rows if column < len(row))
        return Reading(opened + linear + closed, opened + drawn + closed, at + len(closing))
