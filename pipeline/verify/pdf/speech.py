"""What a record's fragment says on paper: its text as it is set, formulas and pictures by what they are called."""

from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Final, Protocol

from pipeline.exporters.pdf.content import Formula, Mathematician, is_remote, printable_picture, split_mathematics
from pipeline.exporters.pdf.kinds import Passage
from pipeline.verify.pdf.equality import PICTURE, Said

__all__ = ["LOGO", "Drawable", "Hopeful", "Known", "Listed", "is_beyond_measure", "spoken"]

LOGO: Final = "logo"  # the address of the school's own picture

_BLOCKS: Final = frozenset(["p", "br", "li", "td", "th", "tr", "pre", "blockquote", "div", "h1", "table"])
_SCRIPTS: Final = {"sup": "^", "sub": "_"}
_MAX_SCRIPTS: Final = 2
# A picture that has no name is called this, for a figure without a name would be read out as nothing.
_NAMELESS: Final = "picture"
# In texts with so many tags some are left out (see `printable`), `sup` and `sub` among them.
_MANY_TAGS: Final = 400


class Drawable(Protocol):
    """Knows what is drawn: all else stands as text."""

    def formula(self, formula: Formula) -> bool:
        """Say whether a formula is drawn."""

    def picture(self, source: str) -> bool:
        """Say whether a picture of the page is drawn."""


class Hopeful:
    """Takes everything for drawn that may be: nearly always right, and nothing has to be tried."""

    def formula(self, formula: Formula) -> bool:
        """Say yes."""
        return bool(formula.tex)

    def picture(self, source: str) -> bool:
        """Say yes to what may have been saved with the page."""
        return bool(source) and not is_remote(source)


class Known:
    """Tries what can be drawn; each formula once."""

    def __init__(self, media: Callable[[str], bytes]) -> None:
        self._media = media
        self._mathematician = Mathematician()

    def formula(self, formula: Formula) -> bool:
        """Say whether the formula can be drawn."""
        return self._mathematician.draw(formula) is not None

    def picture(self, source: str) -> bool:
        """Say whether the picture was saved, and can be drawn."""
        if not source or is_remote(source):
            return False
        try:
            data = self._media(source)
        except KeyError:
            return False
        return printable_picture(data) is None


@dataclass(frozen=True, slots=True)
class Listed:
    """Knows what is drawn in the title block, in lists and in an index: of pictures but the school's own."""

    known: Drawable

    def formula(self, formula: Formula) -> bool:
        """Say whether the formula can be drawn."""
        return self.known.formula(formula)

    def picture(self, source: str) -> bool:
        """Say whether it is the school's."""
        return source == LOGO


class _Speech(HTMLParser):
    def __init__(self, drawable: Drawable) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[Said] = []
        self._drawable = drawable
        self._how = ""
        self._code = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SCRIPTS:
            self._how += _SCRIPTS[tag]
        elif tag in {"code", "pre"}:
            self._code += 1
        if tag == "img":
            self._picture(dict(attrs))
        elif tag in _BLOCKS:
            self.said.append(Said(" "))

    def handle_endtag(self, tag: str) -> None:
        if tag in _SCRIPTS:
            self._how = self._how[:-1]
        elif tag in {"code", "pre"}:
            self._code -= 1
        if tag in _BLOCKS:
            self.said.append(Said(" "))

    def handle_data(self, data: str) -> None:
        how = self._how[:_MAX_SCRIPTS]
        if self._code or "\\" not in data:
            self.said.append(Said(data, how))
            return
        for piece in split_mathematics(data):
            if isinstance(piece, str):
                self.said.append(Said(piece, how))
            elif self._drawable.formula(piece):
                self.said.append(Said(piece.tex, PICTURE))
            else:
                opening, closing = ("\\[", "\\]") if piece.display else ("\\(", "\\)")
                self.said.append(Said(f"{opening}{piece.tex}{closing}", how))

    def _picture(self, attrs: dict[str, str | None]) -> None:
        name = (attrs.get("alt") or "").strip()
        if self._drawable.picture(attrs.get("src") or ""):
            self.said.append(Said(name or _NAMELESS, PICTURE))
        else:
            self.said.append(Said(name, self._how[:_MAX_SCRIPTS]))


def spoken(passage: Passage, drawable: Drawable) -> list[Said]:
    """Return what a passage says: our own words as they are, a record's text piece by piece."""
    if isinstance(passage, str):
        return [Said(passage)]
    if "<" not in passage.html and "&" not in passage.html and "\\" not in passage.html:
        return [Said(passage.html)]
    speech = _Speech(drawable)
    speech.feed(passage.html)
    speech.close()
    return speech.said


def is_beyond_measure(passage: Passage) -> bool:
    """Say whether a text has more tags than are all printed: whether it is raised or lowered is then not known."""
    return not isinstance(passage, str) and passage.html.count("<") > _MANY_TAGS
