"""Plain text made ready for print: missing characters boxed, addresses kept free of hyphens, endless words cut."""

import re
from dataclasses import dataclass, field
from html import escape
from typing import Final

from pipeline.exporters.pdf.fonts import blank_form, boxed_form, drawable, script_of

__all__ = ["MOST_INLINE", "Letterer"]

# Marks that turn the direction of what follows, up to the end of the block: no font here has a script that needs them.
_TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What only chooses a form of the character before it: where that is boxed, or is none, a circle would be drawn.
_CHOSEN: Final = re.compile("(.?)([\u034f\ufe00-\ufe0f\U000e0100-\U000e01ef]+)", re.DOTALL)
# WeasyPrint lays the rest of a word out anew for each line that it is broken over (measured: minutes for 100,000
# letters), so a word longer than several lines is cut into blocks.
_LONG_WORD: Final = 300
_PIECE: Final = 80
_LONG: Final = re.compile(rf"\S{{{_LONG_WORD},}}")
# A noncharacter, which no font has: it marks where a long word is cut.
_CUT: Final = "\ufdd0"
# Within one block, the time that lines take grows with the square of the number of inline elements (measured: 5,000
# line breaks take three minutes): beyond so many, text is set without any.
MOST_INLINE: Final = 400
# Words shorter than this are not hyphenated, or hardly ever.
_WORDS: Final = re.compile(r"\S{8,}")
_AROUND: Final = ".,;:!?()[]{}<>\"'“”‘’«»„…—–"
_LETTER: Final = r"[^\W\d_]"
# What no word of a language has in it: an address, a file's name, an identifier, a formula's name ("C6H12O6").
_CODE: Final = re.compile(rf"[/\\_@]|{_LETTER}\.[^\W_]|{_LETTER}\d|\d{_LETTER}")
_HAS_LETTER: Final = re.compile(_LETTER)
# Where a line of an address may end without any sign; not within a number.
_BREAK: Final = re.compile(rf"(?<=[/?&=_])(?=[^/?&=_\s])|(?<={_LETTER}\.)(?=\w)|(?<=\.)(?={_LETTER})")
_MAY_BREAK: Final = "\u200b"


@dataclass(slots=True)
class Letterer:
    """Sets one record's text; `inline` counts the elements within the present block, whoever makes them.

    `scripts` are the elements around the present place that raise or lower text.
    """

    findings: list[str] = field(default_factory=list)
    inline: int = 0
    scripts: tuple[str, ...] = ()
    _missing: set[str] = field(default_factory=set)

    def prose(self, text: str) -> str:
        """Return the markup of running text."""
        return self._cut(text, code=False)

    def code(self, text: str) -> str:
        """Return the markup of program code, in which nothing is looked for."""
        return self._cut(text, code=True)

    def _cut(self, text: str, *, code: bool) -> str:
        text = _CHOSEN.sub(_chosen, _TURNS.sub("", text))
        if len(text) >= _LONG_WORD and _LONG.search(text):
            pieces = _LONG.sub(_pieces, text.replace(_CUT, "")).split(_CUT)
            return "".join(self._piece(self._run(piece, code=code)) for piece in pieces if piece)
        return self._run(text, code=code)

    def _piece(self, markup: str) -> str:
        """Return a block of a long word. Inline elements around a block end before it: what raises stands in it."""
        for tag in reversed(self.scripts):
            markup = f"<{tag}>{markup}</{tag}>"
        return f'<span class="piece">{markup}</span>'

    def _run(self, text: str, *, code: bool) -> str:
        if code:
            return self._drawn(text)
        markup, end = [], 0
        for match in _WORDS.finditer(text):
            if self.inline < MOST_INLINE and _is_code(match[0]):
                self.inline += 1
                word = self._drawn(_BREAK.sub(_MAY_BREAK, match[0]))
                markup += [self._drawn(text[end : match.start()]), f'<span class="address">{word}</span>']
                end = match.end()
        markup.append(self._drawn(text[end:]))
        return "".join(markup)

    def _drawn(self, text: str) -> str:
        if all(map(drawable, set(text))):
            return escape(text)
        markup: list[str] = []
        boxed = False  # is the character before
        for char in text:
            if drawable(char):
                markup.append(escape(char))
                boxed = False
            elif char.isspace():
                markup.append(blank_form(char))
                boxed = False
            else:
                # A box is never broken, so that a line may end between two.
                markup += [_MAY_BREAK if boxed else "", self._boxed(char)]
                boxed = True
        return "".join(markup)

    def _boxed(self, char: str) -> str:
        form = boxed_form(char)
        if char not in self._missing:
            self._missing.add(char)
            self.findings.append(
                f"printed as code points, for no bundled font has these {script_of(char)}: {char} ({form})"
            )
        self.inline += 1
        return f'<span class="boxed">{form}</span>' if self.inline <= MOST_INLINE else form


def _chosen(match: re.Match[str]) -> str:
    base = match[1]
    return match[0] if base and drawable(base) and not base.isspace() else base


def _pieces(match: re.Match[str]) -> str:
    word = match[0]
    return _CUT + _CUT.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE)) + _CUT


def _is_code(word: str) -> bool:
    core = word.strip(_AROUND)
    return _CODE.search(core) is not None and _HAS_LETTER.search(core) is not None
