"""What programs that save a page as text put into it: numbers and addresses of links, signs of bold and of quoting."""

import re
from dataclasses import dataclass
from typing import Final

from pipeline.blocks.model import Cut, Remark
from pipeline.blocks.signs import MARKER

__all__ = ["Undumped", "undumped"]

# Lynx numbers the links, and prints their addresses at the end.
_REFERENCES: Final = re.compile(
    r"\n[ \t]*+References[ \t]*+\n\s*+(?:(?:Visible|Hidden) links:?\s*+\n)?"
    r"(?P<links>(?>(?:[ \t]*+\d{1,4}\. \w+:\S++[ \t]*+(?:\n\s*+|\Z)){1,9999}))\Z"
)
_REFERENCE: Final = re.compile(r"^[ \t]*(\d{1,4})\. ", re.MULTILINE)
_LINK_NUMBER: Final = re.compile(r"(?<!\w)\[(\d{1,4})\](?=\S)")  # but H[2]O is how it prints a subscript
_BUTTON: Final = re.compile(r"^([ \t]*)\(BUTTON\)[ \t]+", re.MULTILINE)
# Firefox and mail programs print an address behind its link, and signs around what is bold, slanted or underlined.
_ADDRESS: Final = re.compile(r"(?<!\s)\s*+<(?:https?://|mailto:|file:)[^<>\s]*>")
_EMPHASIS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\w*])\*(?=[^\s*])([^*\n]{0,120}(?:\n[^*\n]{1,120})?)(?<=[^\s*])\*(?![\w*])",
        r"(?<![\w/:.<])/(?=[^\W\d])([^/\n<>]{0,80})(?<=[\w.,!?)])/(?![\w/])",
        r"(?<![\w_])_(?=[^\W_])([^_\n]{0,80})(?<=[^\W_])_(?![\w_])",
    )
)
# `|x|` may be code or an absolute value, `a_1` a subscript or a name: these are left, and noted.
_LEFT: Final = re.compile(r"(?<!\w)\|\S[^|\n]{0,80}\|(?!\w)|[A-Za-z)]_\d")
_WRAPPED_AT: Final = 72
_QUOTED: Final = re.compile(r"^[ \t]*>[ \t]?", re.MULTILINE)
_FEW_LINES: Final = 5


@dataclass(frozen=True, slots=True)
class Undumped:
    """A text as its page reads, what was taken out of it, and remarks on what is left."""

    text: str
    cuts: tuple[Cut, ...] = ()
    remarks: tuple[Remark, ...] = ()


def undumped(source: str) -> Undumped:
    """Return a text without what the program that saved it put into it."""
    text = _unquoted(source)
    cuts: list[Cut] = []
    remarks: list[Remark] = []
    if found := _REFERENCES.search(text):
        text = _BUTTON.sub(r"\1", _without_link_numbers(text[: found.start()] + "\n", found["links"]))
        cuts.append(Cut("link addresses", " ".join(found[0].split())))
    if addresses := _ADDRESS.findall(text):
        for emphasis in _EMPHASIS:
            text = emphasis.sub(r"\1", text)
        text = _without_addresses(text)
        cuts.append(Cut("link addresses", " ".join(address.strip() for address in addresses)))
        if left := _LEFT.search(text):
            message = f"signs of a browser for code and subscripts are left: {left[0][:60]!r}"
            remarks.append(Remark("dumped-text", message, left[0]))
    return Undumped(text, tuple(cuts), tuple(remarks))


def _unquoted(source: str) -> str:
    """Return a text without `> ` at the head of its lines, if all have it, as in a mail's answer."""
    lines = [line for line in source.split("\n") if line.strip()]
    if len(lines) < _FEW_LINES or not all(line.lstrip().startswith(">") for line in lines):
        return source
    return _QUOTED.sub("", source)


def _without_link_numbers(text: str, links: str) -> str:
    """Return a text without the numbers of its links, which rise; `[3]` that does not is its own."""
    count = len(_REFERENCE.findall(links))
    last = 0

    def number(match: re.Match[str]) -> str:
        nonlocal last
        if not last < int(match[1]) <= count:
            return match[0]
        last = int(match[1])
        return ""

    return _LINK_NUMBER.sub(number, text)


def _without_addresses(text: str) -> str:
    """Return a text without its links' addresses; a line that was wrapped because of one goes on with the next."""
    kept: list[str] = []
    width = 0  # of the line before, if it had an address
    # An address on a line of its own belongs to the line before.
    for line in re.sub(r"\n[ \t]*(?=<(?:https?://|mailto:|file:))", " ", text).split("\n"):
        bare = _ADDRESS.sub("", line)
        words = bare.split()
        if words and width and width + len(words[0]) >= _WRAPPED_AT and not MARKER.match(bare.lstrip()):
            kept[-1] += f" {bare.strip()}"
        else:
            kept.append(bare)
        width = len(line) if bare != line else 0
    return "\n".join(kept)
