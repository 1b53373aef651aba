"""The head of a study guide: course, unit, topic and title, authors and date, above the first section."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.blocks import Piece
from pipeline.config import LayoutSpec
from pipeline.layouts.reading import Reading, agreed, is_inside, witnesses
from pipeline.layouts.study_guide.head.byline import authors_of, byline_of, date_of
from pipeline.layouts.study_guide.head.crumbs import (
    SITE_WORDS,
    TOPIC,
    Crumb,
    crumbs_of,
    linked_back,
    unit_groups,
    without_ornament,
)
from pipeline.layouts.study_guide.head.title import named_part, split_title, stated_title, title_of
from pipeline.records import normalise

__all__ = ["GuideHead", "guide_head"]

_REVIEW_OF: Final = re.compile(r"\s+(?:review|overview|study guide)$", re.IGNORECASE)
_PROSE: Final = 160  # characters of a block that can be no name
_SENTENCE: Final = 80  # and of one that ends as a sentence does


@dataclass(slots=True)
class GuideHead:
    """What stands above a guide's text; `start` is the first block behind it; a claim is (block, start, end, field)."""

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


def guide_head(reading: Reading, spec: LayoutSpec, *, path: str) -> GuideHead:
    """Return the names of a guide: from breadcrumb, unit line and title; the class, if need be, from the title tag."""
    head = GuideHead()
    end = _first_content(reading)
    crumbs = list(crumbs_of(reading, end))
    title = stated_title(reading) or title_of(reading, crumbs, end)
    if title is not None:
        title = named_part(reading, spec, title, path=path)
        _take_title(reading, head, title)
    head.course = next((reading.blocks[index].spaced for index in reading.stated("course")), None)
    above = [crumb for crumb in crumbs if title is None or crumb.block != title.block]
    _take_unit(reading, head, above, title)
    _take_course(reading, head, above)
    byline = byline_of(reading, head.start, end)
    head.authors, head.updated, head.start = byline.authors, byline.updated, max(head.start, byline.end)
    head.claims += byline.claims
    # A unit line may stand below the title, and a page may have lost its title: what is claimed here is no text.
    head.start = max([head.start, *(block + 1 for block, *_ in head.claims)])
    _take_front_matter(reading, head)
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
    head.start = _behind_names(reading, head)
    head.repeated = _repeated(reading, head, crumbs)
    return head


def _behind_names(reading: Reading, head: GuideHead) -> int:
    """Return the first block behind those that say the class and the unit once more, below the byline."""
    start, index = head.start, head.start
    course = normalise(head.course or "")
    while course and index < len(reading.blocks):
        block, label = reading.blocks[index], reading.labels[index]
        text = without_ornament(block.spaced)
        if block.kind == "heading" or (label is not None and label.kind in ("heading", "notice")):
            break
        unit = unit_groups(reading, text)
        again = (normalise(text) == course and text != block.spaced) or (
            unit is not None
            and unit.get("number") == str(head.unit_number)
            and normalise(unit.get("course") or "") in ("", course)
        )
        if again:
            start = index + 1
        elif block.text and (label is None or label.kind != "boilerplate"):
            break
        index += 1
    return start


def _take_front_matter(reading: Reading, head: GuideHead) -> None:
    """Take from a Markdown page's front matter what its text does not say."""
    front = reading.page.front
    groups = unit_groups(reading, front.get("unit", "")) or {}
    number = groups.get("number") or (front["unit"] if front.get("unit", "").isdigit() else None)
    if head.unit_number is None and number:
        head.unit_number = int(number)
    if head.unit_title is None and number == str(head.unit_number):
        head.unit_title = groups.get("title") or front.get("unit_title")
    if head.course is None and (front.get("course") or groups.get("course")):
        head.course = front.get("course") or groups.get("course")
        head.inferred.append("course")
    if not head.authors:
        head.authors = authors_of(front.get("authors") or front.get("author") or "")
    dates = (date_of(front.get(key, "")) for key in ("updated", "last_updated", "lastmod", "date"))
    head.updated = head.updated or next((date for date in dates if date), None)


def _repeated(reading: Reading, head: GuideHead, crumbs: Sequence[Crumb]) -> set[int]:
    """Return the blocks above the text all of whose parts are names of this guide, or words that any site has there."""
    title = head.title.text if head.title else ""
    names = {
        normalise(name) for name in (title, f"{head.topic} {title}", head.topic, head.course, head.unit_title) if name
    }
    parts: dict[int, list[bool]] = {}
    for crumb in crumbs:
        text = without_ornament(crumb.text)
        unit = unit_groups(reading, text)
        known = (
            normalise(text) in names
            or normalise(linked_back(text) or "") in names
            or normalise(text) in SITE_WORDS
            or (unit is not None and unit.get("number") == str(head.unit_number))
        )
        parts.setdefault(crumb.block, []).append(known)
    return {block for block, known in parts.items() if all(known) and block < head.start}


def _first_content(reading: Reading) -> int:
    """Return the first block that can be no name: a section's heading, or prose."""
    seen_name = seen_title = False
    for index, (block, label) in enumerate(zip(reading.blocks, reading.labels, strict=True)):
        if block.hidden or block.region in ("nav", "footer", "aside", "dialog"):
            continue
        is_title = block.kind == "heading" and block.level == 1 and reading.shell_rule(index) is None
        if label is None:
            is_section = seen_title and block.kind == "heading" and block.level > 1
            is_prose = _is_prose(block.text) and block.kind != "heading" and reading.shell_rule(index) is None
            if is_section or is_prose:
                return index
        elif label.kind == "heading" and seen_name and reading.shell_rule(index) is None:
            return index
        seen_title = seen_title or is_title
        seen_name = seen_name or block.kind == "heading" or (label is not None and label.kind == "label")
    return len(reading.blocks)


def _is_prose(text: str) -> bool:
    return len(text) >= _PROSE or (len(text) >= _SENTENCE and text.endswith((".", "!")) and text[-3:-1].islower())


def _take_title(reading: Reading, head: GuideHead, title: Crumb) -> None:
    head.topic, start, behind = split_title(reading, title)
    head.claims.append((title.block, title.start, start, "[ornament]"))
    head.claims.append((title.block, start, behind, "topic" if head.topic else "unit"))
    head.claims.append((title.block, behind, title.end, "title"))
    head.title = Piece(reading.blocks[title.block], behind, title.end)
    head.start = title.block + 1


def _take_unit(reading: Reading, head: GuideHead, above: Sequence[Crumb], title: Crumb | None) -> None:
    """Take the unit from a line that names it, and the class from that line or the one before it.

    The title's own unit, or the topic's first number, says which of several units is this guide's.
    """
    named: list[tuple[Crumb, str]] = []  # lines that name the class: unit lines first, then those before a unit
    own = [title] if title is not None and head.topic is None else []
    wanted = int(head.topic.split(".")[0]) if head.topic else None
    own_title: str | None = None
    for before, crumb in pairwise([None, *own, *above]):
        groups = unit_groups(reading, crumb.text) if crumb is not None else None
        if crumb is None or groups is None or not groups.get("number"):
            continue
        number = int(groups["number"] or 0)
        if wanted not in (None, number):
            continue
        head.unit_number = wanted = number
        if groups.get("title") and crumb is title:
            own_title = _REVIEW_OF.sub("", without_ornament(groups["title"] or ""))
        elif groups.get("title") and head.unit_title is None:
            head.unit_title = without_ornament(groups["title"] or "")
            head.claims.append((crumb.block, crumb.start, crumb.end, "unit"))
        if groups.get("course"):
            named.insert(0, (crumb, without_ornament(groups["course"] or "")))
        elif before is not None and _is_above(before, title) and _may_be_course(reading, before):
            named.append((before, without_ornament(before.text)))
    head.unit_title = head.unit_title or own_title
    if not named or head.course is not None:
        return
    names = [normalise(name) for _, name in named]
    best = max(range(len(named)), key=lambda n: (names.count(names[n]), -n))
    head.course = named[best][1]
    head.course_url = next(
        (
            reading.blocks[crumb.block].link()
            for crumb, name in named
            if normalise(name) == names[best] and unit_groups(reading, crumb.text) is None
        ),
        None,
    )
    if named[best][0] is not title:
        _claim_once(head, named[best][0])


def _is_above(crumb: Crumb, title: Crumb | None) -> bool:
    return title is None or crumb.block < title.block


def _claim_once(head: GuideHead, crumb: Crumb) -> None:
    """Claim a line as the class's name, unless it is the unit's already."""
    if not any(
        block == crumb.block and start < crumb.end and crumb.start < end for block, start, end, _ in head.claims
    ):
        head.claims.append((crumb.block, crumb.start, crumb.end, "course"))


def _may_be_course(reading: Reading, crumb: Crumb) -> bool:
    text = without_ornament(crumb.text)
    return (
        bool(text)
        and normalise(text) not in SITE_WORDS
        and linked_back(text) is None
        and unit_groups(reading, text) is None
        and reading.blocks[crumb.block].kind != "button"
        and (
            reading.patterns.shell.match(text) is None
            or crumb.end - crumb.start < len(reading.blocks[crumb.block].text)
        )
        and len(text) <= 80
    )


def _take_course(reading: Reading, head: GuideHead, above: Sequence[Crumb]) -> None:
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
    parts = [crumb for crumb in before_title if crumb.start or crumb.end < len(reading.blocks[crumb.block].text)]
    found = (
        [crumb for crumb in marked if crumb in before_title]
        or _courses(reading, parts)
        or _courses(reading, _before_title(reading, head, before_title))
    )
    if found:
        head.course = without_ornament(found[0].text)
        head.course_url = reading.blocks[found[0].block].link()
        _claim_once(head, found[0])


def _courses(reading: Reading, crumbs: Sequence[Crumb]) -> list[Crumb]:
    return [crumb for crumb in crumbs if _may_be_course(reading, crumb) and not TOPIC.match(crumb.text)]


def _before_title(reading: Reading, head: GuideHead, above: Sequence[Crumb]) -> list[Crumb]:
    """Return the names of a breadcrumb that is a list: those above the item that says the title."""
    title = head.title.text if head.title else ""
    names = {normalise(title), normalise(f"{head.topic} {title}")}
    listed = [crumb for crumb in above if is_inside(reading.blocks[crumb.block], "li")]
    last = next((number for number, crumb in enumerate(listed) if normalise(crumb.text) in names), 0)
    return listed[:last]
