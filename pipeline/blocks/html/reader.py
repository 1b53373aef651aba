"""The block reader for HTML: what lexbor left, through BeautifulSoup, as one flat sequence of blocks."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from pipeline.blocks.html.cut import precut
from pipeline.blocks.html.elements import (
    FRAMES,
    IGNORED,
    INLINE,
    MARKS,
    REGION_ROLES,
    REGION_TAGS,
    SEAMLESS,
    classes,
    is_hidden,
    is_permalink,
    is_within_sentence,
    second_half,
)
from pipeline.blocks.html.select import FIELD
from pipeline.blocks.inline import RunBuilder
from pipeline.blocks.markers import listed_lines
from pipeline.blocks.math import is_visual_copy, may_be_math, read_math
from pipeline.blocks.model import Block, BlockKind, Frame, Mark, Page, Region
from pipeline.blocks.selection import Selecting, nothing_selected
from pipeline.config import Limits

__all__ = ["read_html"]

_BLANK_PIXEL: Final = "data:image/gif;base64,R0lGOD"
_MOST_COLUMNS: Final = 50
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
        walker.walk(BeautifulSoup(cut.html, "lxml", multi_valued_attributes=None))
        if walker.letters != cut.letters:
            # libxml2 drops what it cannot nest; the slower parser keeps every word.
            walker = _Walker(address)
            walker.walk(BeautifulSoup(cut.html, "html.parser", multi_valued_attributes=None))
    return Page(
        blocks=tuple(listed_lines(walker.blocks)),
        cuts=cut.cuts,
        title=cut.head.title,
        url=address,
        site=cut.head.site,
        language=cut.head.language,
        encoding=encoding,
        source=source,
        notes=(*walker.notes, *(("selector", f"`{css}` finds nothing on this page") for css in cut.selected.missed)),
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
        self.notes: list[tuple[str, str]] = []
        self.letters = 0
        self._builder = RunBuilder()
        self._kind: BlockKind = "paragraph"
        self._level = 0
        self._frame: Frame | None = None
        self._region: Region = "main"
        self._hidden = False
        self._shape = ""
        self._pre = False
        self._field = self._furniture = ""
        self._inside_main = False
        self._skip = 0
        self._second: Tag | None = None  # of the two spans that a block consists of
        self._halves = 0

    def walk(self, soup: BeautifulSoup) -> None:
        """Walk the body."""
        self._children(soup.body or soup, ())
        self._flush()

    # -- one block -----------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        builder = self._builder
        runs = builder.finish()
        seams, builder.seams = builder.seams, []
        indents, builder.indents = builder.indents, {}
        halves, self._halves = self._halves, 0
        if not runs:
            return
        text = "".join(run.text for run in runs)
        kind = self._kind
        if not text.strip() and kind != "pre":
            kind = "figure"
        if kind == "pre":
            text = text.strip("\n")
        self.blocks.append(
            Block(
                kind=kind,
                runs=runs,
                text=text,
                frame=self._frame,
                level=self._level,
                region=self._region,
                hidden=self._hidden,
                seams=tuple(seams),
                shape=self._shape,
                halves=halves,
                indents=tuple(indents.items()),
                field=self._field,
                furniture=self._furniture,
            )
        )

    # -- the tree ------------------------------------------------------------------------------------------------

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
        if self._pre:
            self._builder.add_raw(text, marks)
        else:
            self._builder.add(text, marks)

    def _count(self, tag: Tag) -> None:
        """Count the letters of an element that is not walked, so that none seems lost."""
        self.letters += sum(len("".join(text.split())) for text in tag.find_all(string=True))

    def _element(self, tag: Tag, name: str, marks: tuple[Mark, ...]) -> None:
        if may_be_math(tag) and self._math(tag, marks):
            return
        if name in IGNORED:
            self._count(tag)
        elif FIELD in tag.attrs:
            self._marked(tag, name, marks)
        elif name in INLINE or "-" in name or (name == "button" and is_within_sentence(tag)):
            self._inline(tag, name, marks)
        elif name == "br":
            self._break(marks)
        elif name == "img":
            self._image(tag, marks)
        elif name != "wbr":
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
        return False

    def _inline(self, tag: Tag, name: str, marks: tuple[Mark, ...]) -> None:
        if tag.get("role") == "heading":
            self._block(tag, name, marks)
            return
        if name == "a" and self._kind == "heading" and is_permalink(tag):
            self._count(tag)
            return
        mark = MARKS.get(name)
        if mark and all(outer.tag != mark for outer in marks):
            marks = (*marks, Mark(mark))
        elif name == "a" and (href := self._address(tag.get("href"))):
            marks = (*(outer for outer in marks if outer.tag != "a"), Mark("a", href))
        if tag.attrs and is_hidden(tag) != self._hidden and not self._hidden:
            self._flush()
            self._hidden = True
            self._children(tag, marks)
            self._flush()
            self._hidden = False
        else:
            self._children(tag, marks)

    def _block(self, tag: Tag, name: str, marks: tuple[Mark, ...]) -> None:
        self._flush()
        saved = (
            self._kind,
            self._level,
            self._frame,
            self._region,
            self._hidden,
            self._shape,
            self._pre,
            self._inside_main,
        )
        if name in FRAMES or name not in ("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "summary", "button"):
            tag_name = name if name in FRAMES else "div"
            self._frame = Frame(tag_name, self._frame, self._frame.depth + 1 if self._frame else 1)
        attrs = tag.attrs
        role = str(attrs.get("role", "")) if attrs else ""
        if name[0] == "h" and len(name) == 2 and name[1] in "123456":
            self._kind, self._level = "heading", int(name[1])
        elif role == "heading":
            level = str(attrs.get("aria-level", "2"))
            self._kind, self._level = "heading", int(level) if level in "123456" and level else 2
        elif name in ("pre", "listing", "xmp"):
            self._kind, self._pre = "pre", True
        elif name in ("summary", "button"):
            self._kind = "summary" if name == "summary" else "button"
        elif self._kind not in ("summary", "button", "heading") or name in FRAMES:
            self._kind, self._level = "paragraph", 0
        self._region = self._region_of(name, role)
        self._inside_main = self._inside_main or name in ("main", "article") or role == "main"
        self._hidden = self._hidden or (bool(attrs) and is_hidden(tag))
        self._shape = f"{name}.{classes(tag)}" if attrs else name
        before = len(self.blocks)
        self._second = second_half(tag)
        self._children(tag, marks)
        self._flush()
        if name in ("td", "th"):
            self._cell(tag, empty=len(self.blocks) == before)
        (
            self._kind,
            self._level,
            self._frame,
            self._region,
            self._hidden,
            self._shape,
            self._pre,
            self._inside_main,
        ) = saved

    def _cell(self, tag: Tag, *, empty: bool) -> None:
        """Keep an empty cell's place, and the places that a wide cell takes."""
        frames = [self._frame] if empty else []
        span = str(tag.get("colspan", "1"))
        wide = min(int(span), _MOST_COLUMNS) if span.isascii() and span.isdigit() else 1
        parent = self._frame.parent if self._frame else None
        depth = self._frame.depth if self._frame else 1
        frames += [Frame(tag.name, parent, depth) for _ in range(wide - 1)]
        self.blocks += [Block("paragraph", (), "", frame, region=self._region, hidden=self._hidden) for frame in frames]

    def _region_of(self, name: str, role: str) -> Region:
        region = REGION_ROLES.get(role) or REGION_TAGS.get(name)
        if region is not None:
            return region if region != "main" or self._region != "dialog" else self._region
        if name == "header" and not self._inside_main:
            return "header"
        return "main" if name in ("main", "article") else self._region

    def _break(self, marks: tuple[Mark, ...]) -> None:
        """One `br` is a line break, two in a row are a paragraph's end."""
        if self._pre:
            self._builder.add_raw("\n", marks)
        elif self._builder.ends_in_break:
            self._flush()
        else:
            self._builder.add_break()

    def _image(self, tag: Tag, marks: tuple[Mark, ...]) -> None:
        src = str(tag.get("src") or "").strip()
        if not src or src.startswith(_BLANK_PIXEL):
            src = str(tag.get("data-src") or tag.get("data-lazy-src") or src).strip()
        if src:
            self._builder.add_image(src, str(tag.get("alt") or ""), marks)

    def _address(self, href: object) -> str | None:
        """Return an absolute http(s) or mailto address, or None for one that leads nowhere outside this page."""
        text = "".join(str(href or "").split())
        if not text or text.startswith("#"):
            return None
        try:
            text = urljoin(self.url or "", text)
        except ValueError:
            return None
        return text if re.match(r"(?:https?://|mailto:)", text, re.IGNORECASE) else None
