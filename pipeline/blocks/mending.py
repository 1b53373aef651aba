"""Damage that is seen in a page's source and no longer in its blocks, undone where the page itself says how."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from html.entities import html5
from typing import Final

from pipeline.blocks.model import Remark
from pipeline.blocks.verbatim import comments

__all__ = ["Mended", "mended_markup", "mended_text"]

_REFERENCE: Final = r"#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31}"
_ENTITY: Final = re.compile(rf"&({_REFERENCE});")
_TWICE: Final = re.compile(rf"&amp;({_REFERENCE});")
_PLAIN_AMPERSAND: Final = re.compile(rf"&amp;(?!(?:{_REFERENCE});)")
# A page that speaks of these may mean what it writes.
_OF_MARKUP: Final = re.compile(r"(?<![\w./-])(?:html5?|xml|xhtml|entity|entities|ampersands?|escap(?:ed?|ing))\b", re.I)
_TAG: Final = re.compile(r"<[^<>]*>")
# Within these elements `<` and `&` are plain characters.
_RAW: Final = re.compile(r"<(script|style|textarea|title)\b", re.I)
_BLOCK: Final = re.compile(r"<(?:p|h[1-6]|ul|ol|li|div|section|table|dl)\b", re.I)
# "If a<b then": what follows is taken for a tag, and all up to the next ">" is lost. A tag has no "<" within it; one
# that lost its end has attributes with values, or is nothing but its name.
_UNENDED: Final = re.compile(r"<[A-Za-z][^<>]*+(?=<)")
_ENDED_TOO_LATE: Final = re.compile(r"""=\s*["']|\A<[A-Za-z][A-Za-z0-9]+\s*/?\Z""")
# pdf2htmlEX keeps the places of lines in classes: `.x1{left:72px;}`, `.y2{bottom:700px;}`, `<div class="t x1 h2 y2">`.
_PLACE_CLASS: Final = re.compile(r"\.([xy][0-9a-f]+)\{(left|bottom):(-?\d+(?:\.\d+)?)px;?\}")
_PLACED_LINE: Final = re.compile(r'<div class="t ([^"<>]*)"(?=>)')
_BEFORE_SIGN: Final = re.compile(r"[\w)\]}]\s?\Z")


@dataclass(frozen=True, slots=True)
class Mended:
    """A source, and remarks on what was undone in it or left in doubt."""

    source: str
    remarks: tuple[Remark, ...] = ()


def mended_text(source: str) -> Mended:
    """Return a text without the character references that its writer left in it (`it&#39;s`)."""
    found = [match[0] for match in _ENTITY.finditer(source) if _is_known(match[1])]
    if not found:
        return Mended(source)
    # A writer who escapes does so everywhere: a bare `&`, `<` or `>` says that these references are meant as text.
    loose = source.count("&") > len(found)
    mixed = bool({"&lt;", "&gt;"} & set(found)) and re.search(r"[<>]", source) is not None
    if loose or mixed or _OF_MARKUP.search(source):
        return Mended(source, (_doubt(found[0]),))
    text = _ENTITY.sub(lambda match: unescape(match[0]) if _is_known(match[1]) else match[0], source)
    return Mended(
        text, (Remark("character-references", f"escaped characters were read as what they stand for: {found[0]}"),)
    )


def mended_markup(source: str) -> Mended:
    """Return HTML in which comments end, "<" signs are signs, and no reference is escaped once more."""
    remarks: list[Remark] = []
    for mend in (_with_closed_comments, _with_stray_signs, _escaped_once):
        source, remark = mend(source)
        remarks += [remark] if remark else []
    return Mended(_with_places(source) if "{bottom:" in source else source, tuple(remarks))


def _with_places(source: str) -> str:
    """Return a page of pdf2htmlEX with the place of each line beside it; a place's distance from the bottom is kept."""
    places = {name: float(size) for name, _, size in _PLACE_CLASS.findall(source)}

    def placed(line: re.Match[str]) -> str:
        # The classes say it in this order: `m0 x1 h2 y3 ff4`.
        words = line[1].split()
        left, bottom = ([places[word] for word in words if word[0] == side and word in places] for side in "xy")
        return f'{line[0]} style="left:{left[-1]}px;top:{-bottom[-1]}px"' if left and bottom else line[0]

    return _PLACED_LINE.sub(placed, source)


def _doubt(seen: str) -> Remark:
    message = f"{seen} stands on the page: a character, or text? It is left as it is"
    return Remark("doubtful-character-references", message, seen)


def _is_known(name: str) -> bool:
    return name.startswith("#") or f"{name};" in html5


def _with_closed_comments(source: str) -> tuple[str, Remark | None]:
    """End a comment that has taken in the page behind it: one that never ends, or ends where another one does.

    One that begins with markup was meant to hide it.
    """
    runaways = dict(_runaway_comments(source))
    parts, at, seen = [], 0, ""
    lost: Remark | None = None
    for start in _outside_raw(source, runaways):
        inside = source[start : runaways[start]]
        if start < at or _BLOCK.search(inside) is None:
            continue
        remark = inside[: inside.index("<", 4)]
        if _is_cut_short(remark[4:]):
            parts += [source[at:start], "<!---->"]
            at, seen = start + len(remark), seen or remark
        elif runaways[start] == len(source):
            lost = Remark("unclosed-comment", f"a comment has no end, what it holds is lost: {_shown(inside)!r}")
    if not seen:
        return source, lost
    message = f"a comment has no end, what follows was read: {_shown(seen)!r}"
    return "".join([*parts, source[at:]]), Remark("unclosed-comment", message)


def _is_cut_short(remark: str) -> bool:
    """Say whether a comment is some words, and then what was to be its end, or the end of its line."""
    words = remark.strip()
    ends_line = "\n" in remark[len(remark.rstrip()) :]
    return words[:1].isalnum() and (ends_line or words.endswith(("-", "->", ">")))


def _shown(text: str) -> str:
    return " ".join(text.split())[:60]


def _runaway_comments(source: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each comment that has no end, or within which another one begins."""
    start, end = source.find("<!--"), 0
    while start >= 0:
        if 0 <= end < start + 2:
            end = source.find("-->", start + 2)
        inner = source.find("<!--", start + 4)
        if end < 0 or 0 <= inner < end:
            yield start, inner if inner >= 0 else len(source)
        start = inner if end < 0 or inner < 0 or inner < end else source.find("<!--", end)


def _outside_raw(source: str, places: Iterable[int]) -> Iterator[int]:
    """Yield those of `places` (in order) that lie in no script, style, text area or title."""
    begin, end = 0, 0
    for place in places:
        while end <= place:
            opened = _RAW.search(source, end)
            if opened is None:
                begin = end = len(source) + 1
                break
            closed = re.compile(f"</{opened[1]}", re.IGNORECASE).search(source, opened.end())
            begin, end = opened.start(), closed.end() if closed else len(source) + 1
        if place < begin:
            yield place


def _with_stray_signs(source: str) -> tuple[str, Remark | None]:
    """Escape each "<" of the text that a parser would take for a tag's."""
    strays = [
        match.start()
        for match in _UNENDED.finditer(source)
        if _BEFORE_SIGN.search(source, max(match.start() - 2, 0), match.start())
        and not _ENDED_TOO_LATE.search(match[0])
    ]
    strays = list(_outside_raw(source, strays))
    if not strays:
        return source, None
    parts, at = [], 0
    for stray in strays:
        parts += [source[at:stray], "&lt;"]
        at = stray + 1
    shown = _shown(source[max(strays[0] - 20, 0) : strays[0] + 20])
    return "".join([*parts, source[at:]]), Remark("stray-sign", f'"<" was read as a sign, not as a tag: {shown!r}')


def _tags(source: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each tag and each comment."""
    at = 0
    for start, end in [*comments(source), (len(source), len(source))]:
        yield from (tag.span() for tag in _TAG.finditer(source, at, start))
        yield start, end
        at = end


def _escaped_once(source: str) -> tuple[str, Remark | None]:
    """Undo escaping that was done twice over, so that a page shows `&#8211;`."""
    if "&amp;" not in source or not _TWICE.search(source):
        return source, None
    parts, at = [], 0
    for start, end in _tags(source):
        parts += [source[at:start], source[start:end]]
        at = end
    parts.append(source[at:])
    texts = "\n".join(parts[::2])
    found = next((match for match in _TWICE.finditer(texts) if _is_known(match[1])), None)
    if found is None:
        return source, None
    if _PLAIN_AMPERSAND.search(texts) or _OF_MARKUP.search(texts):
        return source, _doubt(f"&{found[1]};")
    parts[::2] = [_TWICE.sub(lambda match: f"&{match[1]};", text) for text in parts[::2]]
    return "".join(parts), Remark(
        "character-references", f"characters escaped twice were read as one: &amp;{found[1]};"
    )
