"""The head of a study guide: course, unit, topic and title, authors and date, above the first section."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from pipeline.blocks import Piece, frames_of
from pipeline.config import LayoutSpec
from pipeline.layouts.evidence import agreed, witnesses
from pipeline.layouts.reading import Reading
from pipeline.layouts.study_guide_byline import authors_of, date_of, doubled, looks_like_person
from pipeline.records import normalise

__all__ = ["GuideHead", "guide_head", "without_ornament"]

_TOPIC: Final = re.compile(
    r"(?:topic\s+)?(?P<topic>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\s*[:.–—|-]?\s+(?=\S)", re.IGNORECASE
)
_CRUMB_SIGNS: Final = re.compile(r"\n|\s*[>›»→]\s*|\s+[/|]\s+")
_SIGNS: Final = " \t\n>›»→/|·•"
_SITE_WORDS: Final = frozenset(
    (
        "home",
        "subjects",
        "all subjects",
        "courses",
        "library",
        "study guides",
        "guides",
        "units",
        "classes",
        "ap",
        "explore",
    )
)
_LONGEST_TITLE: Final = 200
_PROSE: Final = 160  # characters of a block that can be no name


@dataclass(slots=True)
class GuideHead:
    """What stands above a guide's text; `start` is the first block behind it. Each claim is (block, start, end, field)."""

    title: Piece | None = None
    topic: str | None = None
    course: str | None = None
    course_url: str | None = None
    unit_number: int | None = None
    unit_title: str | None = None
    authors: list[str] = field(default_factory=list)
    updated: str | None = None
    start: int = 0
    inferred: list[str] = field(default_factory=list)
    repeated: set[int] = field(default_factory=set)  # blocks above the text that only say these names again
    claims: list[tuple[int, int, int, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Crumb:
    """A name above the title: a block, or a part of a breadcrumb's line."""

    block: int
    start: int
    end: int
    text: str


def without_ornament(text: str) -> str:
    """Return a name without the emoji that a site puts before or behind it."""
    signs = [char for char in text]
    while signs and _is_ornament(signs[0]):
        signs.pop(0)
    while signs and _is_ornament(signs[-1]):
        signs.pop()
    return "".join(signs)


def _is_ornament(char: str) -> bool:
    return (
        char.isspace() or unicodedata.category(char) in ("So", "Sk", "Cf", "Mn", "Me", "Co", "Cn") or char in "•·|–—→"
    )


def guide_head(reading: Reading, spec: LayoutSpec, *, path: str) -> GuideHead:
    """Return the names of a guide: from breadcrumb, unit line and title line; the class, if need be, from the title tag."""
    head = GuideHead()
    end = _first_content(reading)
    crumbs = list(_crumbs(reading, end))
    title = _title(reading, crumbs, end)
    if title is not None:
        _take_title(reading, head, title)
    above = [crumb for crumb in crumbs if title is None or crumb.block != title.block]
    _take_unit(reading, head, above, title)
    _take_course(reading, head, above)
    _take_byline(reading, head, end)
    if head.unit_number is None and head.topic:
        head.unit_number = int(head.topic.split(".")[0])
    if head.course is None:
        found = witnesses(reading, spec, "course", path=path)
        named = agreed(found) or next((witness for witness in found if witness.place == "title"), None)
        if named is not None:
            head.course = named.value
            head.inferred.append("course")
        else:
            head.course = spec.course
    head.repeated = _repeated(reading, head, crumbs)
    return head


def _repeated(reading: Reading, head: GuideHead, crumbs: Sequence[_Crumb]) -> set[int]:
    """Return the blocks above the text all of whose parts are names of this guide, or words that any site has there."""
    title = "".join(run.text for run in head.title.runs) if head.title else ""
    names = {
        normalise(name) for name in (title, f"{head.topic} {title}", head.topic, head.course, head.unit_title) if name
    }
    parts: dict[int, list[bool]] = {}
    for crumb in crumbs:
        text = without_ornament(crumb.text)
        unit = _unit(reading, text)
        known = (
            normalise(text) in names
            or normalise(text) in _SITE_WORDS
            or (unit is not None and unit.get("number") == str(head.unit_number))
        )
        parts.setdefault(crumb.block, []).append(known)
    return {block for block, known in parts.items() if all(known) and block < head.start}


def _first_content(reading: Reading) -> int:
    """Return the first block that can be no name: under a heading of the layout, or prose."""
    seen_name = False
    for index, (block, label) in enumerate(zip(reading.blocks, reading.labels, strict=True)):
        if block.hidden or block.region in ("nav", "footer", "aside", "dialog"):
            continue
        if label is not None and label.kind == "heading":
            if seen_name and reading.shell_rule(index) is None:
                return index
        elif label is not None and label.kind in ("label", "boilerplate"):
            seen_name = seen_name or label.kind == "label"
        elif label is None and len(block.text) >= _PROSE and block.kind != "heading":
            return index
        seen_name = seen_name or block.kind == "heading"
    return len(reading.blocks)


def _crumbs(reading: Reading, end: int) -> Iterator[_Crumb]:
    """Yield the names that stand above the text, each part of a breadcrumb by itself."""
    for index in range(end):
        block, label = reading.blocks[index], reading.labels[index]
        if not block.text or len(block.text) > _LONGEST_TITLE or block.region in ("dialog", "footer") or block.hidden:
            continue
        if label is not None and label.kind not in ("label", "heading"):
            continue
        cuts = {0, len(block.text)}
        if all(frame.tag != "li" for frame in frames_of(block.frame)):  # there each name has an item of its own
            for match in _CRUMB_SIGNS.finditer(block.text):
                cuts |= {match.start(), match.end()}
        edges = sorted(cuts | set(block.seams))
        for start, stop in zip(edges, edges[1:], strict=False):
            shown = block.text[start:stop]
            text = " ".join(shown.strip(_SIGNS).split())
            if text and any(char.isalnum() for char in text):
                lead = len(shown) - len(shown.lstrip(_SIGNS))
                yield _Crumb(index, start + lead, start + len(shown.rstrip(_SIGNS)), text)


# -- title and topic ---------------------------------------------------------------------------------------------


def _title(reading: Reading, crumbs: Sequence[_Crumb], end: int) -> _Crumb | None:
    """Return the title: a heading of the first level, or in text the line nearest above who wrote it and when.

    Of several, the one that has a topic's number; else the one that the breadcrumb or the page's title names too.
    """
    blocks = reading.blocks
    whole = [
        _Crumb(index, 0, len(block.text), block.spaced)
        for index, block in enumerate(blocks)
        if block.text and not block.hidden and len(block.text) <= _LONGEST_TITLE
    ]
    marked = [
        crumb
        for crumb in whole
        if blocks[crumb.block].kind == "heading"
        and blocks[crumb.block].level == 1
        and blocks[crumb.block].region in ("main", "header")
        and (reading.labels[crumb.block] is None or reading.labels[crumb.block].kind == "label")  # type: ignore[union-attr]
    ]
    if best := _best_title(reading, marked, crumbs):
        return best
    anchor = next(
        (
            index
            for index in range(end + 1)
            if index < len(blocks)
            and (label := reading.labels[index]) is not None
            and label.name in ("byline", "updated")
        ),
        end,
    )
    lines = [crumb for crumb in reversed(whole) if crumb.block < anchor and _may_be_title(reading, crumb.block)]
    headings = [crumb for crumb in lines if blocks[crumb.block].kind == "heading"]
    plain = [crumb for crumb in lines if blocks[crumb.block].line is not None]
    if best := _best_title(reading, headings or lines, crumbs):
        listed = [crumb for crumb in crumbs if _TOPIC.match(crumb.text)]
        if listed and not _TOPIC.match(best.text):
            return listed[-1]
        if headings or plain or _TOPIC.match(best.text):
            return best
    return next((crumb for crumb in reversed(crumbs) if _TOPIC.match(crumb.text)), None)


def _may_be_title(reading: Reading, index: int) -> bool:
    block, label = reading.blocks[index], reading.labels[index]
    listed = any(frame.tag in ("li", "td") for frame in frames_of(block.frame))
    return (
        not listed
        and block.region in ("main", "header")
        and block.kind in ("heading", "paragraph")
        and (label is None or label.name == "unit")
        and reading.shell_rule(index) is None
    )


def _best_title(reading: Reading, found: Sequence[_Crumb], crumbs: Sequence[_Crumb]) -> _Crumb | None:
    named = [normalise(reading.page.title or "")]
    for crumb in found:
        if _TOPIC.match(crumb.text):
            return crumb
    for crumb in found:
        text = normalise(crumb.text)
        if any(other.block != crumb.block and normalise(other.text) == text for other in crumbs) or text in named[0]:
            if reading.shell_rule(crumb.block) is None:
                return crumb
    return found[0] if found else None


def _take_title(reading: Reading, head: GuideHead, title: _Crumb) -> None:
    block = reading.blocks[title.block]
    start, stop = title.start, title.end
    shown = block.text[start:stop]
    lead = len(shown) - len(_lstripped(shown))
    match = _TOPIC.match(shown, lead) or _seamed_topic(block.seams, shown, start)
    if match is not None:
        head.topic = match["topic"]
        head.claims.append((title.block, start, start + match.end(), "topic"))
        start += match.end()
    elif lead:
        head.claims.append((title.block, start, start + lead, "[ornament]"))
        start += lead
    head.title = Piece(block, start, stop)
    head.claims.append((title.block, start, stop, "title"))
    head.start = title.block + 1


def _lstripped(text: str) -> str:
    while text and _is_ornament(text[0]):
        text = text[1:]
    return text


def _seamed_topic(seams: Sequence[int], shown: str, start: int) -> re.Match[str] | None:
    """Return a topic's number in a box of its own: `<span>3.5</span><span>Cellular Respiration</span>`."""
    if not seams or not start <= seams[0] < start + len(shown):
        return None
    return re.compile(r"(?:topic\s*)?(?P<topic>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\s*[:.–—|-]?\s*$", re.IGNORECASE).match(
        shown, 0, seams[0] - start
    )


# -- unit and course ---------------------------------------------------------------------------------------------


def _unit(reading: Reading, text: str) -> dict[str, str | None] | None:
    """Return what the layout's patterns read in a line that names a unit, in the line's own spelling."""
    found = reading.patterns.labels.match(without_ornament(text))
    return found[1].groupdict() if found and found[0] == "unit" else None


def _take_unit(reading: Reading, head: GuideHead, above: Sequence[_Crumb], title: _Crumb | None) -> None:
    """Take the unit from a line that names it, and the class from that line or the one before it."""
    courses: list[tuple[_Crumb, str]] = []
    lines = [*above, *([title] if title is not None and head.topic is None else [])]
    for position, crumb in enumerate(lines):
        groups = _unit(reading, crumb.text)
        if groups is None or not groups.get("number"):
            continue
        number = int(groups["number"] or 0)
        if head.topic and not head.topic.startswith(f"{number}."):
            continue  # a menu's unit, not this one
        head.unit_number = number
        if groups.get("title") and head.unit_title is None:
            head.unit_title = without_ornament(groups["title"] or "")
            if crumb is not title:
                head.claims.append((crumb.block, crumb.start, crumb.end, "unit"))
        if groups.get("course"):
            courses.insert(0, (crumb, without_ornament(groups["course"] or "")))
        elif position and crumb is not title and _may_be_course(reading, lines[position - 1]):
            courses.append((lines[position - 1], without_ornament(lines[position - 1].text)))
    if courses:
        names = [normalise(name) for _, name in courses]
        best = max(range(len(courses)), key=lambda n: (names.count(names[n]), -n))
        head.course = courses[best][1]
        block = reading.blocks[courses[best][0].block]
        linked = next(
            (
                reading.blocks[c.block].link()
                for c, n in courses
                if normalise(n) == names[best] and _unit(reading, c.text) is None
            ),
            None,
        )
        head.course_url = linked
        if courses[best][0] is not title:
            _claim_once(head, courses[best][0], "course", len(block.text))


def _claim_once(head: GuideHead, crumb: _Crumb, name: str, length: int) -> None:
    if not any(
        block == crumb.block and start < crumb.end and crumb.start < end for block, start, end, _ in head.claims
    ):
        head.claims.append((crumb.block, crumb.start, min(crumb.end, length), name))


def _may_be_course(reading: Reading, crumb: _Crumb) -> bool:
    text = without_ornament(crumb.text)
    return (
        bool(text)
        and normalise(text) not in _SITE_WORDS
        and _unit(reading, text) is None
        and reading.blocks[crumb.block].kind != "button"
        and (
            reading.patterns.shell.match(text) is None
            or crumb.end - crumb.start < len(reading.blocks[crumb.block].text)
        )
        and len(text) <= 80
    )


def _take_course(reading: Reading, head: GuideHead, above: Sequence[_Crumb]) -> None:
    """Take the class from the line above "Bookmarked …", from the one that bears an emoji, or before the title."""
    if head.course is not None:
        return
    marked = [
        crumb
        for crumb in above
        if without_ornament(crumb.text) != crumb.text
        and reading.labels[crumb.block] is None
        and _may_be_course(reading, crumb)
    ]
    for position, crumb in enumerate(above[1:], 1):
        label = reading.labels[crumb.block]
        if label is not None and label.name == "bookmarks" and _may_be_course(reading, above[position - 1]):
            marked.insert(0, above[position - 1])
    before_title = [crumb for crumb in above if head.title is None or crumb.block < head.start]
    for crumb in marked:
        if crumb in before_title:
            head.course = without_ornament(crumb.text)
            head.course_url = reading.blocks[crumb.block].link()
            _claim_once(head, crumb, "course", crumb.end)
            return
    crumbs = [crumb for crumb in before_title if crumb.start or crumb.end < len(reading.blocks[crumb.block].text)]
    chained = [crumb for crumb in crumbs if _may_be_course(reading, crumb) and not _TOPIC.match(crumb.text)]
    if chained:
        head.course = without_ornament(chained[0].text)
        _claim_once(head, chained[0], "course", chained[0].end)


# -- who and when ------------------------------------------------------------------------------------------------


def _take_byline(reading: Reading, head: GuideHead, end: int) -> None:
    """Take authors and date from their lines, and the names (each often twice) that stand behind the date."""
    last = head.start - 1
    dated = False
    for index in range(min(end, len(reading.blocks))):
        label = reading.labels[index]
        if label is None or label.kind != "label" or label.name not in ("byline", "updated"):
            continue
        found = reading.patterns.labels.match(" ".join(reading.blocks[index].spaced.split()))
        groups = found[1].groupdict() if found and found[0] == label.name else label.groups
        if groups.get("authors"):
            head.authors += [name for name in authors_of(groups["authors"] or "") if name not in head.authors]
        if groups.get("updated") and head.updated is None:
            head.updated = date_of(groups["updated"] or "")
        head.claims.append(
            (index, 0, len(reading.blocks[index].text), "authors" if groups.get("authors") else "updated")
        )
        dated = dated or label.name == "updated"
        last = max(last, index)
    if dated:
        last = max(last, _take_names(reading, head, last + 1))
    head.start = max(head.start, last + 1)


def _take_names(reading: Reading, head: GuideHead, index: int) -> int:
    """Take the names behind the date line; return the last of their blocks."""
    last = index - 1
    blocks = reading.blocks
    while index < len(blocks):
        block = blocks[index]
        if not block.text or reading.labels[index] is not None or block.kind == "button":
            if index - last > 3 or (reading.labels[index] is not None and reading.labels[index].kind == "heading"):  # type: ignore[union-attr]
                break
            index += 1
            continue
        text = block.spaced
        following = next((n for n in range(index + 1, len(blocks)) if blocks[n].text), None)
        twice = following is not None and normalise(blocks[following].text) == normalise(block.text)
        name = doubled(text) or text
        if block.kind == "heading" or not looks_like_person(name):
            break
        if not (twice or name != text or (not head.authors and _is_strange(reading, index, name))):
            break
        taken = [index, following] if twice and following is not None else [index]
        head.authors += [name] if name not in head.authors else []
        head.claims += [(n, 0, len(blocks[n].text), "authors") for n in taken]
        last = taken[-1]
        index = last + 1
    return last


def _is_strange(reading: Reading, index: int, name: str) -> bool:
    """Say whether none of a line's words stands elsewhere on the page: a name, then, and no heading of its text."""
    rest = " ".join(block.text for number, block in enumerate(reading.blocks) if number != index).casefold()
    words = re.findall(r"[^\W\d_]{2,}", name.casefold())
    return bool(words) and not any(re.search(rf"\b{re.escape(word)}\b", rest) for word in words)
