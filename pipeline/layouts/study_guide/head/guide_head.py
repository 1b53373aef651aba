"""The head of a study guide: course, unit, topic and title, authors and date, above the first section."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from pipeline.blocks import Piece
from pipeline.config import LayoutSpec
from pipeline.layouts.reading import (
    Note,
    Origin,
    Reading,
    front_course,
    said,
    witnesses,
)
from pipeline.layouts.study_guide.head.byline import authors_of, byline_of, date_of
from pipeline.layouts.study_guide.head.course import course_said_elsewhere, is_lone_line, may_be_course, take_course
from pipeline.layouts.study_guide.head.crumbs import (
    SITE_WORDS,
    Crumb,
    crumbs_of,
    linked_back,
    unit_groups,
    without_ornament,
)
from pipeline.layouts.study_guide.head.names import GuideHead
from pipeline.layouts.study_guide.head.title import TitleLine, named_part, split_title, stated_title, title_of, week_of
from pipeline.records import normalise

__all__ = ["guide_head"]

_REVIEW_OF: Final = re.compile(r"(?<!\s)\s++(?:review|overview|study guide)$", re.IGNORECASE)
_PROSE: Final = 160  # characters of a block that can be no name
_SENTENCE: Final = 80  # and of one that ends as a sentence does


def guide_head(reading: Reading, spec: LayoutSpec, origin: Origin) -> GuideHead:
    """Return the names of a guide: from breadcrumb, unit line and title; the class, if need be, from the title tag."""
    head = GuideHead()
    end = _first_content(reading)
    crumbs = list(crumbs_of(reading, end))
    line = stated_title(reading) or title_of(reading, crumbs, end, origin)
    title = line.crumb if line is not None else None
    if line is not None and title is not None:
        title = named_part(reading, spec, title, origin)
        _take_title(reading, head, replace(line, crumb=title))
    head.course = next((reading.blocks[index].spaced for index in reading.stated("course")), None)
    above = [crumb for crumb in crumbs if title is None or crumb.block != title.block]
    _take_unit(reading, head, above, title)
    found = witnesses(reading, spec, "course", origin)
    take_course(reading, head, above, said(found))
    byline = byline_of(reading, head.start, end)
    head.authors, head.updated, head.start = byline.authors, byline.updated, max(head.start, byline.end)
    head.claims += byline.claims
    # A unit line may stand below the title, and a page may have lost its title: what is claimed here is no text.
    head.start = max([head.start, *(block + 1 for block, *_ in head.claims)])
    _take_front_matter(reading, head)
    if head.unit_number is None and head.topic:
        head.unit_number = int(head.topic.split(".")[0])
    if head.unit_number is None and title is not None:
        head.unit_number = week_of(title)
    if head.course is None:
        course_said_elsewhere(reading, head, found)
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
    if head.course is None:
        head.course = front_course(reading.page) or groups.get("course")
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


def _take_title(reading: Reading, head: GuideHead, line: TitleLine) -> None:
    title = line.crumb
    head.inferred += ["title"] if line.basis.is_guess else []
    if line.rival is not None:
        signs = ("it stands above all headings, which are of one level", f'the first heading is "{line.rival}"')
        message = f'the title is taken to be "{title.text}", by its place alone; {signs[1]}'
        head.notes.append(Note("doubtful-name", message, title.block, field="title", value=title.text, signs=signs))
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
        elif before is not None and _is_above(before, title) and may_be_course(reading, before):
            named.append((before, without_ornament(before.text)))
    head.unit_title = head.unit_title or own_title
    if not named or head.course is not None:
        return
    names = [normalise(name) for _, name in named]
    best = max(range(len(named)), key=lambda n: (names.count(names[n]), -n))
    if names.count(names[best]) == 1 and is_lone_line(reading, named[best][0]):
        head.course_line = named[best][0]
        return
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
        head.claim_course(named[best][0])


def _is_above(crumb: Crumb, title: Crumb | None) -> bool:
    return title is None or crumb.block < title.block
