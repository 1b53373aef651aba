"""MathML's tokens (identifiers, numbers, operators, words, spaces) as TeX."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final

from bs4 import Tag

from pipeline.blocks.math.symbols import COMMAND_OF, FUNCTIONS

__all__ = ["INVISIBLE", "TOKENS", "attribute", "join", "primes", "signs", "text_of", "words"]

INVISIBLE: Final = dict.fromkeys(map(ord, "\u2061\u2062\u2063\u2064\u200b\u2060\ufeff\u00ad"))
_ESCAPED: Final = {char: f"\\{char}" for char in "{}%$&#_"} | {"\\": "\\backslash", "~": "\\sim", "^": "\\wedge"}
_IN_TEXT: Final = str.maketrans(
    {char: f"\\{char}" for char in "{}%$&#_"} | {"\\": "\\backslash{}", "^": "\\^{}", "~": "\\~{}"}
)
_VARIANTS: Final = {
    "normal": "\\mathrm", "bold": "\\mathbf", "bold-italic": "\\boldsymbol", "double-struck": "\\mathbb",
    "script": "\\mathcal", "bold-script": "\\mathcal", "fraktur": "\\mathfrak", "bold-fraktur": "\\mathfrak",
    "sans-serif": "\\mathsf", "monospace": "\\mathtt",
}  # fmt: skip
# How Unicode names a letter that carries its own style (`𝐱`, `ℝ`, `ℒ`, `𝔤`); the first that fits counts.
_STYLED_NAMES: Final = (
    ("DOUBLE-STRUCK", "\\mathbb"), ("FRAKTUR", "\\mathfrak"), ("BLACK-LETTER", "\\mathfrak"),
    ("SCRIPT", "\\mathcal"), ("BOLD ITALIC", "\\boldsymbol"), ("BOLD", "\\mathbf"),
    ("SANS-SERIF", "\\mathsf"), ("MONOSPACE", "\\mathtt"),
)  # fmt: skip
_BARS: Final = {"∣": "|", "∥": "\\|"}  # as identifiers: KaTeX's `|x|`; as operators they relate two sides
_BLANKS: Final = {
    "\u2009": "\\,",
    "\u2005": "\\:",
    "\u2005\u200a": "\\;",
    "\u2003": "\\quad ",
    "\u2003\u2003": "\\qquad ",
}
_PRIMES: Final = re.compile("[′'’″‴]+")
_WIDTH: Final = re.compile(r"(-?\d*\.?\d+)\s*(em|ex|px|pt)?")
_EMS: Final = {"em": 1.0, "ex": 0.5, "px": 1 / 16, "pt": 0.1}
_SPACES: Final = ((1.5, "\\qquad "), (0.6, "\\quad "), (0.25, "\\;"), (0.2, "\\:"), (0.1, "\\,"), (-0.05, ""))
_LONGEST_NAME: Final = 40  # characters of a command: to look further back would take ever longer


def text_of(tag: Tag) -> str:
    """Return an element's visible characters, white space collapsed, `=` with a stroke as one sign."""
    return " ".join(unicodedata.normalize("NFC", tag.get_text().translate(INVISIBLE)).split())


def attribute(tag: Tag, name: str) -> str:
    """Return an attribute in lower case, or an empty string."""
    return str(tag.get(name) or "").strip().lower()


def join(parts: Sequence[str]) -> str:
    """Return parts side by side, with a space where a command's name would run into a letter."""
    joined = ""
    for part in parts:
        if part and part[0].isalpha() and re.search(r"\\[A-Za-z]+$", joined[-_LONGEST_NAME:]):
            joined += " "
        joined += part
    return joined


def signs(text: str) -> str:
    """Return characters of mathematics as TeX."""
    return join([_sign(char) for char in text])


def primes(text: str) -> str | None:
    """Return a string of prime signs as TeX's apostrophes, or None if it is anything else."""
    if not _PRIMES.fullmatch(text):
        return None
    return "'" * sum({"″": 2, "‴": 3}.get(char, 1) for char in text)


def _sign(char: str) -> str:
    if char in _ESCAPED:
        return _ESCAPED[char]
    if char.isascii():
        return char
    if char in COMMAND_OF:
        return COMMAND_OF[char]
    plain = unicodedata.normalize("NFKC", char)
    if plain != char and len(plain) == 1:
        name = unicodedata.name(char, "")
        command = next((command for style, command in _STYLED_NAMES if style in name), "")
        return f"{command}{{{_sign(plain)}}}" if command else _sign(plain)
    return char


def _identifier(tag: Tag) -> str:
    text = text_of(tag)
    if text in FUNCTIONS:
        return f"\\{text}"
    if text in _BARS:
        return _BARS[text]
    variant = _VARIANTS.get(attribute(tag, "mathvariant"), "")
    if len(text) > 1 and text.isalpha() and text.isascii():
        follower = tag.find_next_sibling()
        is_function = isinstance(follower, Tag) and "\u2061" in follower.get_text()
        command = "\\operatorname" if is_function else variant or "\\mathrm"
        return f"{command}{{{text}}}"
    tex = signs(text)
    return f"{variant}{{{tex}}}" if variant and tex.isalnum() and tex.isascii() else tex


def _number(tag: Tag) -> str:
    return signs(text_of(tag)).replace(",", "{,}")


def _operator(tag: Tag) -> str:
    text = text_of(tag)
    if text in FUNCTIONS:
        return f"\\{text}"
    if len(text) > 1 and text.isalpha() and text.isascii():
        return "\\bmod " if text == "mod" else f"\\operatorname{{{text}}}"
    return primes(text) or signs(text)


def _words(tag: Tag) -> str:
    return words(tag.get_text())


def words(source: str) -> str:
    """Return words of a formula, with the spaces at their ends, as TeX."""
    raw = source.translate(INVISIBLE)
    text = re.sub(r"\s+", " ", raw)
    if not text.strip():
        return _BLANKS.get(raw, "\\ ") if raw else ""
    return f"\\text{{{text.translate(_IN_TEXT)}}}"


def _space(tag: Tag) -> str:
    match = _WIDTH.match(attribute(tag, "width"))
    if match is None:
        return ""
    width = float(match[1]) * _EMS[match[2] or "em"]
    return next((space for least, space in _SPACES if width >= least), "\\!")


TOKENS: Final[dict[str, Callable[[Tag], str]]] = {
    "mi": _identifier,
    "mn": _number,
    "mo": _operator,
    "mtext": _words,
    "ms": _words,
    "mspace": _space,
}
