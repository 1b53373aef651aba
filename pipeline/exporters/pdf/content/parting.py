"""Where a text too long for one card is parted: between items, rows or paragraphs, else between words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final, Literal

from pipeline.records import formula_spans

__all__ = ["CONTINUED", "halves"]

# The class of a list's item whose beginning is on the card before: it has no mark of its own.
CONTINUED: Final = "continued"
# A word may have a formula in it: "v\(_0 + a\)".
_PIECES: Final = re.compile(r"\S+|\s+")
_FORMULA: Final = ("\\(", "\\[")
_VOID: Final = frozenset(["br", "img"])
_ITEMS: Final = frozenset(["li", "tr"])
_PARAGRAPHS: Final = frozenset(["p", "blockquote", "pre", "table", "ul", "ol"])
# Paragraphs are kept whole where the parting is no farther from the middle than this part of the words.
_UNEVEN: Final = 0.2


@dataclass(frozen=True, slots=True)
class _Token:
    """A tag, a word, a picture, or what stands between words; `value` is a tag's name, else the text as written."""

    kind: Literal["start", "end", "word", "between"]
    value: str
    attrs: dict[str, str | None] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return the markup."""
        if self.kind == "end":
            return f"</{self.value}>"
        return _start_tag(self.value, self.attrs) if self.kind == "start" else self.value


def _start_tag(tag: str, attrs: dict[str, str | None]) -> str:
    return f"<{tag}" + "".join(f' {name}="{escape(value or "")}"' for name, value in attrs.items()) + ">"


class _Tokens(HTMLParser):
    """Reads a fragment as its tokens."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[_Token] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag; a picture counts as a word."""
        if tag in _VOID:
            self.found.append(_Token("word" if tag == "img" else "between", _start_tag(tag, dict(attrs))))
        else:
            self.found.append(_Token("start", tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Keep the tag."""
        if tag not in _VOID:
            self.found.append(_Token("end", tag))

    def handle_data(self, data: str) -> None:
        """Keep the text word by word; a formula is one."""
        whole, at = [], 0
        for start, end in formula_spans(data):
            whole += [data[at:start], "x" * (end - start)]
            at = end
        for found in _PIECES.finditer("".join([*whole, data[at:]])):
            piece = data[found.start() : found.end()]
            self.found.append(_Token("between" if piece.isspace() else "word", escape(piece, quote=False)))


def halves(fragment: str) -> tuple[str, str] | None:
    """Return a fragment in two, parted as near its middle as can be; None if it is but one formula or picture.

    Canonical but for the marks of lists that go on: `ol[start]`, and `li` of the class `CONTINUED`. An item, and a row
    of a table, is parted only where there is but one; a word where there is no other; a formula never is.
    """
    reader = _Tokens()
    reader.feed(fragment)
    reader.close()
    tokens = reader.found
    words = [place for place, token in enumerate(tokens) if token.kind == "word"]
    if not words:
        return None
    if len(words) == 1:
        return _within_word(tokens, words[0])
    return _parted(tokens, _best(tokens, words))


def _within_word(tokens: list[_Token], place: int) -> tuple[str, str] | None:
    # The words of a text are escaped: an entity is one letter.
    letters = re.findall(r"&\w+;|.", tokens[place].value, re.DOTALL)
    value = tokens[place].value
    if value.startswith("<") or any(sign in value for sign in _FORMULA) or len(letters) < 2:
        return None
    middle = len(letters) // 2
    parts = [_Token("word", "".join(part)) for part in (letters[:middle], letters[middle:])]
    return _parted([*tokens[:place], *parts, *tokens[place + 1 :]], place + 1)


def _best(tokens: Sequence[_Token], words: Sequence[int]) -> int:
    """Return before which token a text is parted."""
    items, paragraphs = [], []
    for number, place in enumerate(words[1:], start=1):
        begins = _beginning(tokens, place)
        begun = {token.value for token in tokens[begins:place] if token.kind == "start"}
        if begun & _ITEMS:
            items.append((number, begins))
        elif begun & _PARAGRAPHS:
            paragraphs.append((number, begins))
    middle = (len(words) + 1) // 2
    near = [found for found in paragraphs if abs(found[0] - middle) <= _UNEVEN * len(words)]
    whole = items or near
    if whole:
        return min(whole, key=lambda found: abs(found[0] - len(words) / 2))[1]
    return _beginning(tokens, words[middle])


def _beginning(tokens: Sequence[_Token], word: int) -> int:
    """Return the first of the tags that open right before a word."""
    place = word
    while place and tokens[place - 1].kind in {"start", "between"}:
        place -= 1
    # What stands between two words stays with the first of them.
    while place < word and tokens[place].kind == "between":
        place += 1
    return place


def _parted(tokens: Sequence[_Token], at: int) -> tuple[str, str]:
    """Return what stands before a token, and from it on; what is open there is closed, and opened again."""
    opened: list[int] = []
    items: dict[int, int] = {}  # of each open list how many items have begun
    for place, token in enumerate(tokens[:at]):
        if token.kind == "start":
            if token.value == "li" and opened:
                items[opened[-1]] = items.get(opened[-1], 0) + 1
            opened.append(place)
        elif token.kind == "end" and opened:
            opened.pop()
    first = [str(token) for token in tokens[:at]] + [f"</{tokens[place].value}>" for place in reversed(opened)]
    again = []
    for place, inner in zip(opened, [*opened, None][1:], strict=True):
        attrs = dict(tokens[place].attrs)
        if tokens[place].value == "ol":
            # An item that goes on counts again.
            goes_on = inner is not None and tokens[inner].value == "li"
            attrs["start"] = str(int(attrs.get("start") or 1) + items.get(place, 0) - goes_on)
        elif tokens[place].value == "li":
            attrs["class"] = CONTINUED
        again.append(_start_tag(tokens[place].value, attrs))
    return "".join(first), "".join([*again, *(str(token) for token in tokens[at:])])
