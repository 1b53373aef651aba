"""A canonical HTML fragment as a sequence of visible characters that can be covered without harm to its markup."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from html import escape as escape_attribute
from html.parser import HTMLParser
from typing import Final

from pipeline.records import escape, formula_spans

__all__ = ["Fragment", "Span"]

Span = tuple[int, int]

# Tags at which one line ends and the next begins: no term reaches over them.
_LINE_TAGS: Final = frozenset(
    ("p", "br", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote", "pre")
)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Markup as written, or text with its place in the fragment's visible text."""

    markup: str
    text: str = ""
    start: int = 0


class _Splitter(HTMLParser):
    """Takes a canonical fragment apart. Links may be left out: where they lead would tell what they are about."""

    def __init__(self, mask_alt: Callable[[str], str], *, links: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._links = links
        self.pieces: list[_Piece] = []
        self.length = 0
        self._mask_alt = mask_alt

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a" and not self._links:
            return
        markup = self.get_starttag_text() or ""
        if tag == "img":
            said = {name: value or "" for name, value in attrs}
            said["alt"] = self._mask_alt(said.get("alt", ""))
            markup = "<img" + "".join(f' {name}="{escape_attribute(value)}"' for name, value in said.items()) + ">"
        self._mark(tag, markup)

    def handle_endtag(self, tag: str) -> None:
        if tag != "a" or self._links:
            self._mark(tag, f"</{tag}>")

    def handle_data(self, data: str) -> None:
        text = unicodedata.normalize("NFC", data)
        self.pieces.append(_Piece("", text, self.length))
        self.length += len(text)

    def _mark(self, tag: str, markup: str) -> None:
        self.pieces.append(_Piece(markup))
        if tag in _LINE_TAGS:
            # A line break that the visible text has and the markup does not repeat.
            self.length += 1


class Fragment:
    """The visible text of a canonical fragment, and the fragment again with some of that text covered.

    Links are unwrapped (but with `links`) and an image's `alt` goes through `mask_alt`: both would tell what the text
    hides.
    """

    def __init__(self, html: str, mask_alt: Callable[[str], str] = str, *, links: bool = False) -> None:
        if "<" not in html and "&" not in html:
            text = unicodedata.normalize("NFC", html)
            self._pieces = [_Piece("", text, 0)]
            self.text = text
        else:
            splitter = _Splitter(mask_alt, links=links)
            splitter.feed(html)
            splitter.close()
            self._pieces = splitter.pieces
            characters = ["\n"] * splitter.length
            for piece in self._pieces:
                characters[piece.start : piece.start + len(piece.text)] = piece.text
            self.text = "".join(characters)
        # Within formulas is TeX, and no words.
        self.math: list[Span] = list(formula_spans(self.text)) if "\\" in self.text else []

    def in_math(self, position: int) -> bool:
        """Say whether the character at `position` is part of mathematics."""
        index = bisect_right(self.math, (position, len(self.text) + 1)) - 1
        return index >= 0 and position < self.math[index][1]

    def math_within(self, start: int, end: int) -> list[Span]:
        """Return the formulas of which some part stands between two offsets, in order."""
        first = bisect_right(self.math, (start, len(self.text) + 1))
        first -= first > 0 and self.math[first - 1][1] > start
        return self.math[first : bisect_left(self.math, (end, 0))]

    def _begins_math(self, position: int) -> bool:
        return any(start == position for start, _ in self.math_within(position, position + 1))

    def covered(self, spans: Iterable[Span], blank: str, math_blank: str) -> str:
        """Return the fragment with each of `spans` (sorted, apart from one another) replaced by one blank.

        `blank` is HTML; within mathematics plain `math_blank` stands in its place. A span that reaches over tags
        gives one blank where it begins; the tags stay, so that what was balanced is balanced still.
        """

        def instead(_: str, start: int, *, begins: bool) -> str:
            if not begins:
                return ""
            # From its first delimiter on, mathematics is covered whole.
            return math_blank if self.in_math(start) and not self._begins_math(start) else blank

        return self._changed(list(spans), instead)

    def marked(self, spans: Iterable[Span], opening: str, closing: str) -> str:
        """Return the fragment with each of `spans` (sorted, apart) between two tags, but within mathematics."""

        def instead(text: str, start: int, *, begins: bool) -> str:
            inside = self.in_math(start) and not (begins and self._begins_math(start))
            return text if inside or not text.strip() else f"{opening}{text}{closing}"

        return self._changed(list(spans), instead)

    def listed(self, starts: Sequence[int], opening: str) -> str | None:
        """Return the fragment as a list (`opening` is its tag) from the first of `starts`, each the start of an item.

        It ends with its paragraph, whose text stays as it is. None where the starts are not all in one paragraph, or
        stand within other tags.
        """
        out: list[str] = []
        stack: list[str] = []
        within: list[str] | None = None  # the tags around the list, once it has begun
        begun = 0
        for piece in self._pieces:
            name = piece.markup.strip("</>").split(" ", 1)[0]
            if name in _LINE_TAGS and name != "br" and within is not None:
                out.append("</li></ol>" if name == "p" == "".join(stack) else f"</li></ol>{piece.markup}")
                within = None
            elif piece.markup:
                out.append(piece.markup)
            if piece.markup.startswith("</"):
                stack.pop()
            elif name and name not in ("br", "img"):
                stack.append(name)
            at, end = piece.start, piece.start + len(piece.text)
            for start in (start for start in starts if at <= start < end):
                if stack not in ([], ["p"]) or (within is None and begun):
                    return None
                out.append(escape(self.text[at:start]))
                if within is None:
                    before = "".join((*out, *(f"</{tag}>" for tag in stack)))
                    out = [before.removesuffix("<p></p>"), opening]
                out.append("</li><li>" if begun else "<li>")
                within, begun, at = list(stack), begun + 1, start
            out.append(escape(self.text[at:end]))
        return "".join(out) + ("</li></ol>" if within is not None else "")

    def _changed(self, spans: Sequence[Span], instead: Callable[..., str]) -> str:
        """Return the fragment with the text of each span, tag by tag, as `instead` gives it (of HTML, its start)."""
        out: list[str] = []
        first = 0  # of the spans that do not end before the piece
        for piece in self._pieces:
            if piece.markup:
                out.append(piece.markup)
                continue
            end = piece.start + len(piece.text)
            at = piece.start
            while first < len(spans) and spans[first][1] <= at:
                first += 1
            for start, stop in map(spans.__getitem__, range(first, len(spans))):
                if start >= end:
                    break
                out.append(escape(self.text[at : max(start, at)]))
                at = max(start, at)
                out.append(instead(escape(self.text[at : min(stop, end)]), at, begins=start >= piece.start))
                at = min(stop, end)
            out.append(escape(self.text[at:end]))
        return "".join(out)
