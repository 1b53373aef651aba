"""What a page is to a layout: one flat sequence of blocks, each a leaf of text with its marks and containers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.pages import Asset
from pipeline.records import FindingCode

__all__ = ["Block", "BlockKind", "Cut", "Frame", "Mark", "Page", "Region", "Remark", "Run", "frames_of", "text_of"]

BlockKind = Literal["heading", "paragraph", "summary", "button", "pre", "figure"]
Region = Literal["main", "header", "nav", "aside", "footer", "dialog", "note"]


@dataclass(frozen=True, slots=True)
class Mark:
    """An inline element around a run: `strong`, `em`, `sub`, `sup`, `code`, `a` (with `href`) or `img`."""

    tag: str
    value: str = ""  # a's href; img's src as written


@dataclass(frozen=True, slots=True)
class Run:
    """Text under the same marks, outermost first. A picture is a run without text whose last mark is `img`."""

    text: str
    marks: tuple[Mark, ...] = ()
    alt: str = ""
    math: bool = False  # text is `\\( TeX \\)` or `\\[ TeX \\]`


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A container around blocks (ul, ol, li, dl, dt, dd, blockquote, table, tr, th, td, details, div…)."""

    tag: str
    parent: "Frame | None" = None
    depth: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A leaf of the page: a run of inline content that no block boundary divides.

    `seams` are offsets at which two inline elements meet without white space between them: where a page puts
    a number or a label in a box of its own (`<span>5</span><span>Must Know Facts</span>`). `shape` is opaque: two
    blocks that a page marks up alike have the same shape.
    """

    kind: BlockKind
    runs: tuple[Run, ...]
    text: str  # of all runs; white space collapsed but for line breaks, and but in `pre`
    frame: Frame | None = None
    level: int = 0  # of a heading: 1 to 6
    region: Region = "main"
    hidden: bool = False  # aria-hidden, hidden, display:none, a closed panel: there, but not seen at first
    seams: tuple[int, ...] = ()
    shape: str = ""
    halves: int = 0  # where the second of two spans begins that are all it consists of; 0 if it does not
    indents: tuple[tuple[int, int], ...] = ()  # (where a line begins, no-break spaces before it): no visible text
    marker: str = ""  # the bullet or number that a text page printed before it: no visible text
    line: int | None = None  # in the decoded source, where the reader knows it
    field: str = ""  # the field that it says, if a selection marked it
    furniture: str = ""  # and the name under which it is no content where there is no such field

    @property
    def is_bold(self) -> bool:
        """Say whether all of its text is bold."""
        return bool(self.text) and all(
            not run.text.strip() or any(mark.tag == "strong" for mark in run.marks) for run in self.runs
        )

    @property
    def is_link(self) -> bool:
        """Say whether all of its text is a link's."""
        return bool(self.text) and all(
            not run.text.strip() or any(mark.tag == "a" for mark in run.marks) for run in self.runs
        )

    @property
    def spaced(self) -> str:
        """Its text with a space at each seam, white space collapsed: what a reader of the page sees."""
        text, last = "", 0
        for seam in self.seams:
            text += self.text[last:seam] + " "
            last = seam
        return " ".join((text + self.text[last:]).split())

    def link(self) -> str | None:
        """Return the address of its first link."""
        return next((mark.value for run in self.runs for mark in run.marks if mark.tag == "a"), None)


@dataclass(frozen=True, slots=True)
class Cut:
    """Visible text that was taken out before reading, because it can be no content: a navigation, a noscript."""

    name: str  # the boilerplate rule that owns it
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """What reading a page undid, or left in doubt: a finding's code, a sentence, and what stands in the page."""

    code: FindingCode
    message: str
    value: str | None = None
    signs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page as blocks, with what its head says of it."""

    blocks: tuple[Block, ...]
    cuts: tuple[Cut, ...] = ()
    title: str | None = None
    url: str | None = None
    site: str | None = None  # og:site_name
    language: str | None = None
    front: Mapping[str, str] = field(
        default_factory=dict
    )  # what a Markdown page's front matter says, keys in lower case
    encoding: str = "utf-8"
    source: str = field(default="", repr=False)  # the decoded page, to find lines in
    remarks: tuple[Remark, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)  # fields that a selection read from attributes
    systems: tuple[str, ...] = ()  # the publishing systems that a selection was made for
    assets: dict[str, Asset | None] = field(default_factory=dict, repr=False)  # src as written -> file, if found


def text_of(runs: Sequence[Run]) -> str:
    """Return the text of `runs`."""
    return "".join(run.text for run in runs)


def frames_of(frame: Frame | None) -> Iterator[Frame]:
    """Yield a frame and what contains it, innermost first."""
    while frame is not None:
        yield frame
        frame = frame.parent
