"""The block reader for HTML: what lexbor left, through BeautifulSoup, as one flat sequence of blocks."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from pipeline.blocks.html.apparatus import drawn_list_sign, is_note_reference
from pipeline.blocks.html.cut import precut
from pipeline.blocks.html.elements import (
    IGNORED,
    INLINE,
    MARKS,
    SEAMLESS,
    is_box,
    is_drawn_heading,
    is_hidden,
    is_permalink,
    is_seen_in_sentence,
    is_within_sentence,
    outward_address,
    second_half,
)
from pipeline.blocks.html.lazy_pictures import picture_address
from pipeline.blocks.html.place import Place
from pipeline.blocks.html.positioned import soup_of
from pipeline.blocks.html.select import FIELD, missed
from pipeline.blocks.html.table_grid import TableGrid
from pipeline.blocks.inline import RunBuilder
from pipeline.blocks.math import drawn_script, is_visual_copy, loss_of_formula, may_be_math, read_math
from pipeline.blocks.model import Block, Cut, Frame, Mark, Page, Remark
from pipeline.blocks.selection import Selecting, nothing_selected
from pipeline.blocks.signs import BOXES, bold_lines_apart, items_out_of_boxes, listed_lines, without_lone_boxes
from pipeline.config import Limits

__all__ = ["read_html"]

_CALLS_PER_ELEMENT: Final = 4


def read_html(
    source: str,
    *,
    limits: Limits,
    url: str | None = None,
    encoding: str = "utf-8",
    utf8: bytes | None = None,
    selecting: Selecting = nothing_selected,
) -> Page:
    """Return an HTML page as blocks. `url` is what its container says, if it says it; `utf8` is `source`, if at hand.

    `selecting` says what of the page is to be read, and as what.

    Raises TooDeepError or TooManyTagsError (see `cut`).
    """
    cut = precut(source, max_depth=limits.depth, max_tags=limits.tags, utf8=utf8, url=url, selecting=selecting)
    address = cut.head.url or url
    with _deep_recursion(limits.depth):
        walker = _Walker(address)
        walker.walk(soup_of(cut.html, "lxml"))
        if walker.letters != cut.letters:
            # libxml2 drops what it cannot nest; the slower parser keeps every word.
            walker = _Walker(address)
            walker.walk(soup_of(cut.html, "html.parser"))
    return Page(
        blocks=tuple(listed_lines(items_out_of_boxes(without_lone_boxes(bold_lines_apart(walker.blocks))))),
        cuts=(*cut.cuts, *walker.cuts),
        title=cut.head.title,
        url=address,
        site=cut.head.site,
        language=cut.head.language,
        encoding=encoding,
        source=source,
        remarks=(*cut.remarks, *missed(cut.selected), *walker.remarks),
        said=cut.selected.values,
        systems=cut.systems,
    )


@contextmanager
def _deep_recursion(depth: int) -> Iterator[None]:
    """Let Python recurse as deep as a page within the limits is nested: a few calls for each element."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, _CALLS_PER_ELEMENT * depth + before))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class _Walker:
    """Walks a tree in document order and cuts it into blocks."""

    def __init__(self, url: str | None) -> None:
        self.url = url
        self.blocks: list[Block] = []
        self.remarks: list[Remark] = []
        self.cuts: list[Cut] = []
        self.letters = 0
        self._builder = RunBuilder()
        self._place = Place()
        self._grid = TableGrid()
        self._field = self._furniture = ""
        self._skip = 0
        self._second: Tag | None = None  # of the two spans that a block consists of
        self._halves = 0
        self._sign: tuple[str, int] | None = None  # the list sign that Word draws before the block, and its level

    def walk(self, soup: BeautifulSoup) -> None:
        """Walk the body."""
        self._children(soup.body or soup, ())
        self._flush()

    def _flush(self) -> None:
        builder = self._builder
        runs = builder.finish()
        seams, builder.seams = builder.seams, []
        indents, builder.indents = builder.indents, {}
        halves, self._halves = self._halves, 0
        if not runs:
            return
        (marker, level), self._sign = self._sign or ("", 0), None
        block = replace(
            self._place.block(runs),
            seams=tuple(seams),
            halves=halves,
            indents=((0, level),) if marker else tuple(indents.items()),
            marker=marker,
            field=self._field,
            furniture=self._furniture,
        )
        self.blocks.append(block)

    def _children(self, parent: Tag, marks: tuple[Mark, ...]) -> None:
        touching = False  # the last thing was an inline element, with nothing after it
        for child in parent.contents:
            if isinstance(child, Tag):
                if self._skip:
                    self._skip -= 1
                    self._count(child)
                    continue
                name = child.name
                if child is self._second:
                    self._halves, self._second = self._builder.length, None
                if touching and name in INLINE and name not in SEAMLESS:
                    self._builder.add_seam()
                self._element(child, name, marks)
                touching = name in INLINE and name not in SEAMLESS
            elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                self._text(str(child), marks)
                touching = False

    def _text(self, text: str, marks: tuple[Mark, ...]) -> None:
        self.letters += len("".join(text.split()))
        add = self._builder.add_raw if self._place.pre else self._builder.add
        add(text, marks)

    def _count(self, tag: Tag) -> None:
        """Count the letters of an element that is not walked, so that none seems lost."""
        self.letters += sum(len("".join(text.split())) for text in tag.find_all(string=True))

    def _is_cut(self, tag: Tag) -> bool:
        """Say whether an element was taken out: what it says is no text of the page's."""
        sign = drawn_list_sign(tag) if not self._builder.length else None
        if sign is None and not is_note_reference(tag):
            return False
        self._sign = sign or self._sign
        self._count(tag)
        self.cuts.append(Cut("list sign" if sign else "footnote mark", " ".join(tag.get_text().split())))
        return True

    def _element(self, tag: Tag, name: str, marks: tuple[Mark, ...]) -> None:
        if may_be_math(tag) and self._math(tag, marks):
            return
        if name in IGNORED:
            self._count(tag)
        elif FIELD in tag.attrs:
            self._marked(tag, name, marks)
        elif name in INLINE or ("-" in name and not is_box(tag)) or (name == "button" and is_within_sentence(tag)):
            self._inline(tag, name, marks)
        elif name == "br":
            self._break(marks)
        elif name == "img":
            self._image(tag, marks)
        elif name == "input":
            self._box(tag)
        else:
            self._block(tag, name, marks)

    def _marked(self, tag: Tag, name: str, marks: tuple[Mark, ...]) -> None:
        """Walk an element that says a field: a block of its own, wherever it stands."""
        self._flush()
        self._field, _, self._furniture = str(tag.attrs.pop(FIELD)).partition("|")
        self._element(tag, name, marks)
        self._flush()
        self._field = self._furniture = ""

    def _math(self, tag: Tag, marks: tuple[Mark, ...]) -> bool:
        found = read_math(tag)
        if found is not None:
            self._count(tag)
            self._builder.add_math(found.tex, marks, display=found.display)
            self._skip = found.skip_next
            return True
        if is_visual_copy(tag):
            self._count(tag)
            return True
        if (loss := loss_of_formula(tag)) is not None:
            self.remarks.append(Remark("formula-without-source", loss))
        return False

    def _inline(self, tag: Tag, name: str, marks: tuple[Mark, ...]) -> None:
        if tag.get("role") == "heading":
            self._block(tag, name, marks)
            return
        if name == "a" and self._place.kind == "heading" and is_permalink(tag):
            self._count(tag)
            return
        if self._is_cut(tag):
            return
        mark = MARKS.get(name) or (drawn_script(tag) if name == "span" else None)
        if mark and all(outer.tag != mark for outer in marks):
            marks = (*marks, Mark(mark))
        elif name == "a" and (href := outward_address(tag, self.url)):
            marks = (*(outer for outer in marks if outer.tag != "a"), Mark("a", href))
        if tag.attrs and not self._place.hidden and is_hidden(tag) and not is_seen_in_sentence(tag):
            self._aside(tag, marks)
        else:
            self._children(tag, marks)

    def _aside(self, tag: Tag, marks: tuple[Mark, ...]) -> None:
        """Keep what is hidden in a sentence in a block of its own, before the sentence, which goes on behind it."""
        sentence, halves, place, sign = self._builder, self._halves, self._place, self._sign
        self._builder, self._place, self._sign = RunBuilder(), place.out_of_sight(), None
        self._children(tag, marks)
        self._flush()
        self._builder, self._halves, self._place, self._sign = sentence, halves, place, sign

    def _block(self, tag: Tag, name: str, marks: tuple[Mark, ...]) -> None:
        self._flush()
        is_cell = name in ("td", "th")
        if is_cell:
            self._keep_places(self._grid.before_cell(), self._place.frame)
        outer, self._place = self._place, self._place.within(tag)
        grid = self._grid
        if name == "table":
            self._grid = TableGrid()
        self._grid.begin(name)
        before = len(self.blocks)
        self._second = second_half(tag)
        self._children(tag, marks)
        self._flush()
        if is_cell:
            if len(self.blocks) == before:
                self._keep_place(self._place.frame)
            self._keep_places(self._grid.cell(tag), outer.frame)
        elif name == "tr":
            self._keep_places(self._grid.end_row(), self._place.frame)
        self._place, self._grid = outer, grid

    def _keep_places(self, tags: list[str], row: Frame | None) -> None:
        """Keep the places of a row that cells take which reach into them."""
        for tag in tags:
            self._keep_place(Frame(tag, row, row.depth + 1 if row else 1))

    def _keep_place(self, cell: Frame | None) -> None:
        place = self._place
        self.blocks.append(Block("paragraph", (), "", cell, region=place.region, hidden=place.hidden))

    def _break(self, marks: tuple[Mark, ...]) -> None:
        """One `br` is a line break, two in a row are a paragraph's end."""
        if self._place.pre:
            self._builder.add_raw("\n", marks)
        elif self._builder.ends_in_break:
            self._flush()
        else:
            self._builder.add_break()

    def _box(self, tag: Tag) -> None:
        """Begin a block at a form's field: a box to be ticked is a list sign, and only its author ticks a dead one."""
        self._flush()
        if tag.get("type") in ("radio", "checkbox"):
            self._sign = BOXES["checked" in tag.attrs and "disabled" in tag.attrs], 0

    def _image(self, tag: Tag, marks: tuple[Mark, ...]) -> None:
        src, alt = picture_address(tag.attrs.get), str(tag.get("alt") or "")
        if self._place.kind == "heading" and alt.strip() and is_drawn_heading(tag):
            self._builder.add(alt, marks)
        elif src or alt.strip():
            self._builder.add_image(src, alt, marks)
