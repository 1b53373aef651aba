"""TeX read as characters: what a formula's text is once its commands, braces and scripts are set.

This is how KaTeX's output reads when only its text is kept, and so it tells which TeX repeats the characters in
front of it. Nothing is typeset; TeX that is not understood has no reading.
"""

from typing import Final

from pipeline.blocks.math.reading.contents import read_environment, read_words
from pipeline.blocks.math.reading.names import name_at, sign_of
from pipeline.blocks.math.reading.pieces import Reading, filled
from pipeline.blocks.math.reading.signatures import DELIMITER_SIZES, INFIX, TEMPLATES, TEXTUAL, Template

__all__ = ["TexReader"]

_DEEPEST: Final = 40
_NO_NUCLEUS: Final = frozenset("}&%#$")


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
                name = name_at(self.text, end + 1)
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
        return filled(left[0], [left[1], whole], None, end) if left else whole

    # -- commands ------------------------------------------------------------------------------------------------

    def _command(self, start: int) -> Reading | None:
        name = name_at(self.text, start + 1)
        end = start + 1 + len(name)
        if name in TEMPLATES:
            return self._templated(TEMPLATES[name], end + (self.text[end : end + 1] == "*"))
        sign = sign_of(name)
        if sign is not None:
            return Reading(sign, sign, end)
        if name in DELIMITER_SIZES:
            return self._delimiter(self._after_space(end))
        if name in TEXTUAL:
            return read_words(self.text, self._after_space(end), self._nucleus)
        if name == "begin":
            return read_environment(self.text, end, lambda at: self._sequence(at, ""))
        return None

    def _delimiter(self, start: int) -> Reading | None:
        """Return a fence: one character, or a command that is one sign; `.` is none at all."""
        char = self.text[start : start + 1]
        if char != "\\":
            sign = "" if char == "." else char
            return Reading(sign, sign, start + 1) if char and char not in _NO_NUCLEUS else None
        name = name_at(self.text, start + 1)
        shown = sign_of(name)
        return Reading(shown, shown, start + 1 + len(name)) if shown else None

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
        return filled(template, arguments, extra, end)
