"""A page's tree in reading order: lines that a converter set one by one made paragraphs, tabs before their panels."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.element import PageElement

from pipeline.blocks.signs import MARKER

__all__ = ["soup_of"]

_PLACE: Final = re.compile(
    r"(?:^|[;\s])(top|left)\s*:\s*(?:calc\([^()]{0,60}(?:\([^()]{0,40}\))?\s*\*\s*)?(-?\d{1,6}(?:\.\d{1,6})?)\s*(px|pt|%|em|mm|cm|in)?",
    re.IGNORECASE,
)
_FOLDED: Final = ", ".join(f"{tag} [aria-controls]" for tag in ("h2", "h3", "h4", "[role=heading]"))
_HEADINGS: Final = ("h1", "h2", "h3", "h4")
_BOLD: Final = ("b", "strong")
_NO_BOX: Final = "rp"  # an inline element that is no mark, and sets nothing off
_PARTED: Final = ["p", "div", *_HEADINGS, "ul", "ol", "table", "br"]  # what is more than a line has them
_FEWEST: Final = 4  # lines of a sheet
_FEWEST_BROKEN: Final = 2  # lines of a page that were broken off, where no place tells
_RARE: Final = 20  # lines to each of them at the most
_NARROWEST: Final = 20  # sizes of letters: about 40 of them
_LINE_HEIGHT: Final = 1.2  # of the size of letters
_SHEET: Final = 1.414  # height of a sheet by its width, where places are parts of it
# How wide letters are by their height, in the fonts of print: narrow and wide ones; all others are half as wide.
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]-’‘ \u00a0")
_WIDE: Final = frozenset("mwMW@%—") | frozenset("ABCDEGHKNOQRUVXYZ")
_ALMOST: Final = 0.94  # of a line's right edge at the most: no measure of letters is exact
_UNFINISHED: Final = 0.7  # and of one whose sentence goes on in lower case
_TERM_LINE: Final = re.compile(r"[^\W_][^:.;!?]{0,60}: \S")
_HYPHENATED: Final = re.compile(r"\w-$")
_CHANCE: Final = frozenset("-–—o·*+")  # signs that a text may have too
_OPENING: Final = re.compile(r"[\w*·\"'“‘„«(\[$€£+−–—-]")  # how the middle of a sentence may begin
_ENDS: Final = re.compile(r"[.?!][\"'”’)]*$")


@dataclass
class _Line:
    """A line of a sheet: what it consists of, and its place, the unit being the size of its letters."""

    tag: Tag  # its element, or the break before it
    text: str
    is_bold: bool
    top: float = 0
    left: float = 0
    begins: bool = False  # with a list sign, or a number that counts

    @classmethod
    def of(cls, parts: Sequence[PageElement], tag: Tag, top: float = 0, left: float = 0) -> "_Line":
        """Return the line that `parts` are."""
        bold = (part.get_text() for part in parts if isinstance(part, Tag) and part.name in _BOLD)
        text = " ".join("".join(part.get_text() for part in parts).split())
        is_bold = bool(text) and "".join("".join(bold).split()) == text.replace(" ", "")
        return cls(tag, text, is_bold, top, left)

    @property
    def right(self) -> float:
        """Return where it ends."""
        return self.left + _width(self.text)


def soup_of(html: str, parser: str) -> BeautifulSoup:
    """Return a page's tree, its lines made paragraphs again where places or breaks set them one by one."""
    soup = BeautifulSoup(html, parser, multi_valued_attributes=None)
    if "top:" in html and "left:" in html:
        _join_positioned_lines(soup)
    if "<br" in html:
        _join_broken_lines(soup)
    if "tabpanel" in html:
        _head_panels(soup)
    if "aria-controls" in html:
        _unfold(soup)
    return soup


def _unfold(soup: BeautifulSoup) -> None:
    """Show the panels that buttons in headings unfold: they are those headings. Source: WAI-ARIA, accordion pattern."""
    panels = {str(panel["id"]): panel for panel in soup.find_all(id=True, hidden=True)}
    for button in soup.select(_FOLDED) if panels else ():
        if (panel := panels.get(str(button["aria-controls"]))) is not None:
            panel.attrs.pop("hidden", None)
            button.name = "span"


def _head_panels(soup: BeautifulSoup) -> None:
    """Put each tab before its panel, which it heads; where there are none, what the panels are called for the ear.

    A tab names its panel, or a panel its tab; else there are as many. Source of the roles: WAI-ARIA, tabs pattern.
    """
    tabs, panels = (soup.find_all(role=role) for role in ("tab", "tabpanel"))
    targets = {str(panel.get("id") or ""): panel for panel in panels}
    labelled = {str(panel.get("aria-labelledby") or ""): panel for panel in panels}
    for place, tab in enumerate(tabs):
        target = str(tab.get("aria-controls") or tab.get("href") or "-").removeprefix("#")
        panel = targets.get(target) or labelled.get(str(tab.get("id") or "-"))
        panel = panels[place] if panel is None and len(tabs) == len(panels) else panel
        if panel is not None and tab not in panel.descendants and panel not in tab.descendants:
            panel.attrs.pop("hidden", None)
            panel.insert_before(tab.extract())
            if panel.find(_HEADINGS) is None:
                tab.name, tab.attrs = "h2", {}
    labels = [str(panel.get("aria-label") or "") for panel in panels]
    if not tabs and len(panels) > 1 and len(set(filter(None, labels))) == len(panels):
        for panel, label in zip(panels, labels, strict=True):
            head = soup.new_tag("button")
            head.string = label
            panel.insert_before(head)


def _join_broken_lines(soup: BeautifulSoup) -> None:
    """Make spaces of the breaks (`br`) that stand where a line was full, as converters from PDF leave them.

    A page is taken to have such lines if some of them are full, and their sentences go on in lower case.
    """
    broken = {id(tag.parent): tag.parent for tag in soup.find_all("br") if tag.parent is not None}
    groups = [group for parent in broken.values() if len(group := list(_between_breaks(parent))) > 1]
    margin = max((line.right for group in groups for line in group), default=0)
    pairs = [pair for group in groups for pair in pairwise(group)]
    wrapped = [
        before
        for before, line in pairs
        if before.right > margin * _ALMOST and not _ENDS.search(before.text) and line.text[:1].islower()
    ]
    if margin < _NARROWEST or len(wrapped) < _FEWEST_BROKEN or _RARE * len(wrapped) < len(pairs):
        return
    for group in groups:
        _tell_signs(group)
        first = before = group[0]
        for line in group[1:]:
            if before.text and line.text and _goes_on(first, before, line, margin):
                # In its place: to replace one of very many children takes time for each of the others.
                line.tag.name, line.tag.string = _NO_BOX, "" if _HYPHENATED.search(before.text) else " "
            else:
                first = line
            before = line


def _between_breaks(parent: Tag) -> Iterator[_Line]:
    """Yield the lines of an element, each with the break before it; the first with the element itself."""
    tag = parent
    parts: list[PageElement] = []
    for child in parent.contents:
        if isinstance(child, Tag) and child.name == "br":
            yield _Line.of(parts, tag)
            tag, parts = child, []
        else:
            parts.append(child)
    yield _Line.of(parts, tag)


def _join_positioned_lines(soup: BeautifulSoup) -> None:
    """Make paragraphs of lines that have places, each line's text moved into the first of its paragraph.

    Lines of one left edge, at the usual distance, are one paragraph as long as they are full. How far a line is set in
    is kept as blanks before it, which list signs are read with.
    """
    sheets: dict[int, list[Tag]] = {}
    for tag in soup.find_all(style=_PLACE):
        if tag.parent is not None and tag.find(style=_PLACE) is None:
            sheets.setdefault(id(tag.parent), []).append(tag)
    for tags in sheets.values():
        if len(tags) >= _FEWEST:
            _join(tags)


def _join(tags: Sequence[Tag]) -> None:
    lines = _rows(list(_lines(tags)))
    if len(lines) < _FEWEST:
        return
    margin = max(line.right for line in lines)
    if margin - min(line.left for line in lines) >= _NARROWEST and _is_wrapped(lines, margin):
        _tell_signs(lines)
        _make_paragraphs(lines, margin)
    _set_in(lines)


def _make_paragraphs(lines: Sequence[_Line], margin: float) -> None:
    usual = _usual_distance([line.top for line in lines])
    first = before = lines[0]
    for line in lines[1:]:
        is_next = 0 < line.top - before.top <= _LINE_HEIGHT * usual
        if is_next and _goes_on(first, before, line, margin):
            _append(first.tag, line.tag, "" if _HYPHENATED.search(before.text) else " ")
        else:
            first = line
        before = line


def _is_wrapped(lines: Sequence[_Line], margin: float) -> bool:
    """Say whether a full line ends within its sentence: else each line may be one for itself."""
    return any(line.right > margin * _ALMOST and not _ENDS.search(line.text) for line in lines[:-1])


def _set_in(lines: Sequence[_Line]) -> None:
    """Put blanks before the lines that begin further in than others."""
    edge = min(line.left for line in lines)
    for line in lines:
        if line.tag.contents and (blanks := round(2 * (line.left - edge))):
            line.tag.insert(0, "\N{NO-BREAK SPACE}" * min(blanks, 80))


def _lines(tags: Sequence[Tag]) -> Iterator[_Line]:
    """Yield the lines that have both places and a text, in units of the letters' size."""
    found = [(tag, {match[1].lower(): match for match in _PLACE.finditer(str(tag.attrs["style"]))}) for tag in tags]
    placed = [
        (tag, places)
        for tag, places in found
        if len(places) == 2 and tag.get_text().strip() and tag.find(_PARTED) is None
    ]
    size = _usual_distance([float(places["top"][2]) for _, places in placed]) / _LINE_HEIGHT
    for tag, places in placed:
        across = size * _SHEET if places["left"][3] == "%" else size
        if tag.name in ("span", "a", "font"):
            tag.name = "p"
        top, left = (float(places[side][2]) for side in ("top", "left"))
        yield _Line.of(_inner(tag).contents, tag, top / size, left / across)


def _inner(tag: Tag) -> Tag:
    """Return the innermost element that is all of `tag` but for emphasis: `<div><span>…</span></div>`."""
    while len(tag.contents) == 1 and isinstance(only := tag.contents[0], Tag) and only.name not in _BOLD:
        tag = only
    return tag


def _usual_distance(tops: Sequence[float]) -> float:
    """Return the most frequent distance from one line down to the next; 1 if there is none."""
    steps = Counter(round(second - first, 1) for first, second in pairwise(tops) if second - first > 0.5)
    most = max(steps.values(), default=0)
    return min((step for step, count in steps.items() if count == most), default=1.0)


def _rows(lines: Sequence[_Line]) -> list[_Line]:
    """Return the lines, those joined that stand beside one another: a sign and its text, words of two fonts."""
    rows: list[_Line] = []
    for line in lines:
        if rows and abs(line.top - rows[-1].top) < 0.5 and line.left > rows[-1].left:
            _append(rows[-1].tag, line.tag, " ")
            rows[-1] = _Line.of(rows[-1].tag.contents, rows[-1].tag, rows[-1].top, rows[-1].left)
        else:
            rows.append(line)
    return rows


def _tell_signs(lines: Sequence[_Line]) -> None:
    """Tell which lines begin with a list sign: not with one that is a word's, wrapped to the head of its line.

    That is a number which does not count on from one above at the same edge, and a lone sign that texts have as well.
    """
    found = [(line, match) for line in lines if (match := MARKER.match(line.text))]
    counts = Counter(match["bullet"] for _, match in found)
    reached: dict[int, int] = {}
    for line, match in found:
        if match["bullet"]:
            line.begins = match["bullet"] not in _CHANCE or counts[match["bullet"]] > 1
            continue
        number, edge = int(re.sub(r"\D", "", match["number"])), round(line.left)
        line.begins = number in (1, reached.get(edge, 0) + 1)
        if line.begins:
            reached[edge] = number


def _append(tag: Tag, other: Tag, between: str) -> None:
    """Move what another element holds behind what `tag` does; the empty element is no text of the page's."""
    tag.append(between)
    tag.extend(list(other.contents))


def _goes_on(first: _Line, before: _Line, line: _Line, margin: float) -> bool:
    """Say whether a line, right below another one of the paragraph that `first` begins, goes on with it."""
    if line.is_bold != before.is_bold or line.begins or not _OPENING.match(line.text):
        return False
    if not _is_below(first, before, line) or (_TERM_LINE.match(first.text) and _TERM_LINE.match(line.text)):
        return False  # or two terms, each with its definition
    is_unfinished = line.text[:1].islower() and not _ENDS.search(before.text)
    reach = before.right + _width(" " + line.text.split(" ", 1)[0])
    return reach > margin * (_UNFINISHED if is_unfinished else _ALMOST)


def _is_below(first: _Line, before: _Line, line: _Line) -> bool:
    """Say whether a line begins where its paragraph's lines do: the first may be set in or out, a sign sets it out."""
    if before is not first:
        return abs(line.left - before.left) < 0.5
    sign = MARKER.match(first.text) if first.begins else None
    hanging = _width(sign.group()) + 1 if sign else 0.5
    return -3 < line.left - first.left < hanging


def _width(text: str) -> float:
    """Return about how wide a text is, in sizes of its letters."""
    return sum(0.28 if letter in _NARROW else 0.72 if letter in _WIDE else 0.5 for letter in text)
