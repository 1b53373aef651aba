"""The title of a study guide and its topic's number: "3.5 Cellular Respiration"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Final

from pipeline.config import LayoutSpec
from pipeline.layouts.reading import Basis, Origin, Reading, Witness, is_inside, witnesses
from pipeline.layouts.study_guide.head.crumbs import (
    LONGEST_NAME,
    TOPIC,
    Crumb,
    is_ornament,
    is_sentence,
    linked_back,
    unit_groups,
    without_ornament,
)
from pipeline.records import normalise

__all__ = ["TitleLine", "named_part", "names_itself", "split_title", "stated_title", "title_of", "week_of"]

_FEWEST_TOP: Final = 2  # headings of the first level, of which then none need be the title

# "AP Biology Unit 3 Review: Cells" is the review of a unit that is called "Cells"; an extraction may lose the space.
_REVIEW: Final = re.compile(
    r"(?:.{2,80}?\s)?unit\s+\d{1,2}\s+(?:(?:review|overview|summary|notes|study guide)\s*(?::|\s[–—-])\s+(?=\S)"
    r"|review(?=(?-i:[A-Z])))",
    re.IGNORECASE,
)
# What says where in the class's course a page comes, before its title: "Week 7: Erosion". A week counts as a unit.
_PLACE: Final = re.compile(
    r"(?P<word>week|lecture|lesson|session|class|day)\s+(?P<number>\d{1,3})\s*(?:[:|.]|[–—-](?=\s))\s*(?=[^\W\d_])",
    re.IGNORECASE,
)
# A line that says of itself which part of the class it is about.
_TOPIC_ALONE: Final = re.compile(
    r"(?:topic\s*)?(?P<topic>\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)\s*+(?:[:.–—|-]\s*+)?$", re.IGNORECASE
)
_PART: Final = re.compile(r"\b(?:unit|topic|chapter|lesson|module|section)\s+\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TitleLine:
    """The line that says a guide's title, on what that rests, and another line that may be it."""

    crumb: Crumb
    basis: Basis = Basis.LABELLED
    rival: str | None = None


def stated_title(reading: Reading) -> TitleLine | None:
    """Return the title that a selector marked, or that stands behind its label; or None."""
    span = reading.stated_span("title")
    if span is None:
        return None
    index, start, end = span
    return TitleLine(Crumb(index, start, end, " ".join(reading.blocks[index].text[start:end].split())))


def named_part(reading: Reading, spec: LayoutSpec, title: Crumb, origin: Origin) -> Crumb:
    """Return the part of a title that another place, which the layout names, says is the whole of it."""
    block = reading.blocks[title.block]
    for witness in witnesses(reading, spec, "title", origin):
        at = block.text.casefold().find(witness.value.casefold(), title.start, title.end)
        if at >= 0 and witness.is_evidence and not witness.is_slug:
            return Crumb(title.block, at, at + len(witness.value), witness.value)
    return title


def title_of(reading: Reading, crumbs: Sequence[Crumb], end: int, origin: Origin) -> TitleLine | None:
    """Return the title: a heading of the first level, or in text the line nearest above who wrote it and when.

    Of several, the one that has a topic's number; else the one that the breadcrumb or the page's title names too.
    """
    blocks = reading.blocks
    whole = [
        Crumb(index, 0, len(block.text), block.spaced)
        for index, block in enumerate(blocks)
        if block.text and not block.hidden and len(block.text) <= LONGEST_NAME
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
        return _over_sections(reading, whole, marked, origin) or TitleLine(best)
    anchor = next((index for index in range(min(end + 1, len(blocks))) if _is_credit(reading, index)), end)
    lines = [crumb for crumb in reversed(whole) if crumb.block < anchor and _may_be_title(reading, crumb.block)]
    headings = [crumb for crumb in lines if blocks[crumb.block].kind == "heading"]
    if best := _best_title(reading, headings or _unmarked(reading, lines, crumbs, origin, anchor), crumbs):
        listed = [crumb for crumb in crumbs if TOPIC.match(crumb.text)]
        if listed and not TOPIC.match(best.text):
            return TitleLine(listed[-1])
        if headings or blocks[best.block].line is not None or TOPIC.match(best.text):
            return TitleLine(best)
    return next((TitleLine(crumb) for crumb in reversed(crumbs) if TOPIC.match(crumb.text)), None)


def _unmarked(
    reading: Reading, lines: Sequence[Crumb], crumbs: Sequence[Crumb], origin: Origin, anchor: int
) -> Sequence[Crumb]:
    """Return those of the lines (the lowest first) that may be the title: by their place, or by what else tells it.

    The places are right above who wrote the page, and between the class's line and "Unit 3 Review".
    """
    if named := _named_units(reading, lines):
        return named
    if anchor < len(reading.blocks) and _is_credit(reading, anchor):
        return lines
    return [crumb for crumb in lines if _is_told(reading, crumb, crumbs, origin)]


def _is_credit(reading: Reading, index: int) -> bool:
    """Say whether a line tells who wrote the page or when: the title's place is right above it."""
    label = reading.labels[index]
    return label is not None and label.name in ("byline", "updated")


def _is_told(reading: Reading, line: Crumb, crumbs: Sequence[Crumb], origin: Origin) -> bool:
    """Say whether anything but its place tells that a line is the title: one unlabelled line alone is none."""
    return (
        TOPIC.match(line.text) is not None
        or _PART.search(line.text) is not None
        or any(other.block != line.block and normalise(other.text) == normalise(line.text) for other in crumbs)
        or _is_named(reading, line.text, origin)
    )


def _is_named(reading: Reading, text: str, origin: Origin) -> bool:
    """Say whether the page's title or the file's name says a text."""
    name = PurePosixPath(origin.path).name.partition(".")[0]
    return normalise(text) in normalise(reading.page.title or "") or Witness("path", name, is_slug=True).confirms(text)


def _over_sections(
    reading: Reading, whole: Sequence[Crumb], marked: Sequence[Crumb], origin: Origin
) -> TitleLine | None:
    """Return the line above headings that are all of the first level, its sections' too, as word processors write them.

    A heading that the page's title or the file's name says is the title all the same.
    """
    top = [n for n, block in enumerate(reading.blocks) if block.kind == "heading" and block.level == 1 and block.text]
    first = marked[0]
    if len(top) < _FEWEST_TOP or any(
        _is_named(reading, crumb.text, origin) or TOPIC.match(crumb.text) for crumb in marked
    ):
        return None
    course = normalise(origin.given.get("course", ""))
    above = [crumb for crumb in whole if crumb.block < top[0] and _may_head_page(reading, crumb, course)]
    if not above:
        return None
    named = next((crumb for crumb in above if _is_named(reading, crumb.text, origin)), None)
    return TitleLine(named, Basis.AGREED) if named else TitleLine(above[0], Basis.PLACED, first.text)


def _may_head_page(reading: Reading, line: Crumb, course: str) -> bool:
    """Say whether a line may be a document's title: a paragraph of its own that is not its `course`."""
    block, text = reading.blocks[line.block], without_ornament(line.text)
    return (
        block.kind == "paragraph"
        and block.region == "main"
        and reading.labels[line.block] is None
        and not is_inside(block, "li", "td")
        and not block.is_link
        and text == line.text
        and normalise(text) != course
        and not is_sentence(text)
        and linked_back(text) is None
        and reading.shell_rule(line.block) is None
    )


def _named_units(reading: Reading, lines: Sequence[Crumb]) -> Sequence[Crumb]:
    """Return lines (the lowest first) from a unit's name on, where its class stands above and "Unit 3 Review" below."""
    units = [unit_groups(reading, crumb.text) for crumb in lines]
    for number, (below, between, above) in enumerate(zip(units, units[1:], units[2:], strict=False)):
        if (
            below is not None
            and between is None
            and above is not None
            and above.get("course")
            and below.get("number") == above.get("number")
            and not (below.get("course") or below.get("title"))
        ):
            return lines[number + 1 :]
    return ()


def _may_be_title(reading: Reading, index: int) -> bool:
    block, label = reading.blocks[index], reading.labels[index]
    return (
        not is_inside(block, "li", "td")
        and block.region in ("main", "header")
        and block.kind in ("heading", "paragraph")
        and (label is None or label.name == "unit")
        and reading.shell_rule(index) is None
    )


def _best_title(reading: Reading, found: Sequence[Crumb], crumbs: Sequence[Crumb]) -> Crumb | None:
    """Return the line with a topic's number; else a unit's review; else one that stands above or in the title tag too.

    If there is none of them, the first.
    """
    tag = normalise(reading.page.title or "")

    def is_named(crumb: Crumb) -> bool:
        text = normalise(crumb.text)
        again = any(other.block != crumb.block and normalise(other.text) == text for other in crumbs)
        return (again or text in tag) and reading.shell_rule(crumb.block) is None

    numbered = [crumb for crumb in found if TOPIC.match(crumb.text)]
    numbered = numbered or [crumb for crumb in found if _REVIEW.match(without_ornament(crumb.text))]
    return next(iter(numbered or [crumb for crumb in found if is_named(crumb)] or found), None)


def split_title(reading: Reading, title: Crumb) -> tuple[str | None, int, int]:
    """Return a title's topic, and where ornament and topic end: two offsets in its block (equal without a topic).

    What says of which unit a page is the review, or that it is the seventh week's, stands in the topic's place, but is
    none.
    """
    block = reading.blocks[title.block]
    shown = block.text[title.start : title.end]
    lead = len(shown) - len(_lstripped(shown))
    match = TOPIC.match(shown, lead) or _seamed_topic(block.seams, shown, title.start)
    if match is None:
        review = _REVIEW.match(shown, lead) or _PLACE.match(shown, lead)
        return None, title.start + lead, title.start + (review.end() if review else lead)
    return match["topic"], title.start + lead, title.start + match.end()


def week_of(title: Crumb) -> int | None:
    """Return the number of the week that a title begins with, or None."""
    match = _PLACE.match(_lstripped(title.text))
    return int(match["number"]) if match and match["word"].lower() == "week" else None


def _lstripped(text: str) -> str:
    while text and is_ornament(text[0]):
        text = text[1:]
    return text


def _seamed_topic(seams: Sequence[int], shown: str, start: int) -> re.Match[str] | None:
    """Return a topic's number in a box of its own: `<span>3.5</span><span>Cellular Respiration</span>`."""
    if not seams or not start <= seams[0] < start + len(shown):
        return None
    return _TOPIC_ALONE.match(shown, 0, seams[0] - start)


def names_itself(reading: Reading) -> bool:
    """Say whether a page is named as a guide is, which no other page has.

    A topic's number and title stand right above who wrote the page and when; or a line says of which unit the page is
    the review; or two lines name one unit, one of them with its class.
    """
    lines = [
        (block.text, label)
        for block, label in zip(reading.blocks, reading.labels, strict=True)
        if block.text and not block.hidden and block.region in ("main", "header") and len(block.text) <= LONGEST_NAME
    ]
    if any(
        TOPIC.match(text) and label is not None and label.name in ("byline", "updated")
        for (text, _), (_, label) in pairwise(lines)
    ):
        return True
    units = [(text, label.groups) for text, label in lines if label is not None and label.name == "unit"]
    classed = {groups.get("number") for _, groups in units if groups.get("course")}
    return any(_REVIEW.match(text) and groups.get("course") for text, groups in units) or any(
        groups.get("number") in classed and not groups.get("course") for _, groups in units
    )
