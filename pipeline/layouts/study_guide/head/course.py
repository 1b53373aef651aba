"""The class of a guide that no unit's line names: from a breadcrumb or a marked line; else as it is said elsewhere."""

from collections.abc import Sequence
from itertools import pairwise

from pipeline.layouts.reading import Basis, Note, Reading, Witness, agreed, best, is_inside, said
from pipeline.layouts.study_guide.head.crumbs import (
    SITE_WORDS,
    TOPIC,
    Crumb,
    is_sentence,
    linked_back,
    unit_groups,
    without_ornament,
)
from pipeline.layouts.study_guide.head.names import GuideHead
from pipeline.records import normalise

__all__ = ["course_said_elsewhere", "is_lone_line", "may_be_course", "take_course"]


def may_be_course(reading: Reading, crumb: Crumb) -> bool:
    """Say whether a line above the title may name the class: no word of the site, no unit's line, no sentence."""
    text, label = without_ornament(crumb.text), reading.labels[crumb.block]
    return (
        bool(text)
        and (label is None or label.name not in ("byline", "updated"))
        and not is_sentence(text)
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


def take_course(reading: Reading, head: GuideHead, above: Sequence[Crumb], told: Witness | None) -> None:
    """Take the class from the line above "Bookmarked …", from the one that bears an emoji, or before the title.

    But for the first, these are no labels: what the user says (`told`) goes before another name.
    """
    if head.course is not None:
        return
    before_title = [crumb for crumb in above if head.title is None or crumb.block < head.start]
    parts = [crumb for crumb in before_title if crumb.start or crumb.end < len(reading.blocks[crumb.block].text)]
    unlabelled = (
        [crumb for crumb in before_title if _is_marked(reading, crumb)]
        or _courses(reading, parts)
        or _courses(reading, _before_title(reading, head, before_title))
    )
    found = [
        *_bookmarked(reading, above, before_title),
        *(crumb for crumb in unlabelled if told is None or told.confirms(without_ornament(crumb.text))),
    ]
    if found:
        head.course = without_ornament(found[0].text)
        head.course_url = reading.blocks[found[0].block].link()
        head.claim_course(found[0])


def _bookmarked(reading: Reading, above: Sequence[Crumb], before_title: Sequence[Crumb]) -> list[Crumb]:
    """Return the lines right above "Bookmarked …", the last of them first."""
    found: list[Crumb] = []
    for before, crumb in pairwise(above):
        label = reading.labels[crumb.block]
        is_bookmarks = label is not None and label.name == "bookmarks"
        if is_bookmarks and before in before_title and may_be_course(reading, before):
            found.insert(0, before)
    return found


def _is_marked(reading: Reading, crumb: Crumb) -> bool:
    """Say whether a line bears an emoji, as the site's classes do."""
    return (
        without_ornament(crumb.text) != crumb.text
        and reading.labels[crumb.block] is None
        and may_be_course(reading, crumb)
    )


def _courses(reading: Reading, crumbs: Sequence[Crumb]) -> list[Crumb]:
    return [crumb for crumb in crumbs if may_be_course(reading, crumb) and not TOPIC.match(crumb.text)]


def _before_title(reading: Reading, head: GuideHead, above: Sequence[Crumb]) -> list[Crumb]:
    """Return the names of a breadcrumb that is a list: those above the item that says the title."""
    title = head.title.text if head.title else ""
    names = {normalise(title), normalise(f"{head.topic} {title}")}
    listed = [crumb for crumb in above if is_inside(reading.blocks[crumb.block], "li")]
    last = next((number for number, crumb in enumerate(listed) if normalise(crumb.text) in names), 0)
    return listed[:last]


def is_lone_line(reading: Reading, crumb: Crumb) -> bool:
    """Say whether a name is a line of its own that no list, link or emoji marks, and that names no unit."""
    block = reading.blocks[crumb.block]
    return (
        crumb.text == block.spaced
        and without_ornament(crumb.text) == crumb.text
        and not is_inside(block, "li")
        and not block.is_link
        and unit_groups(reading, crumb.text) is None
    )


def course_said_elsewhere(reading: Reading, head: GuideHead, found: list[Witness]) -> None:
    """Take the class that no marked line says: as the user says, as two places agree, or as the line above the unit."""
    line = head.course_line
    shown = Witness("line", line.text) if line is not None else None
    in_title = next((witness for witness in found if witness.place == "title"), None)
    course = best(
        [
            (Basis.SAID, said(found)),
            (Basis.AGREED, shown if shown and any(one.confirms(shown.value) for one in found) else None),
            (Basis.AGREED, agreed(found)),
            (Basis.PLACED, shown),
            (Basis.PLACED, in_title),
        ]
    )
    if course is None:
        return
    head.course, head.course_place = course.value.title, course.value.place
    head.inferred += ["course"] if course.basis.is_guess or course.value.is_evidence else []
    if line is None or shown is None or not course.value.confirms(shown.value):
        return
    head.claim_course(line)
    head.course_url = reading.blocks[line.block].link()
    if course.basis is Basis.PLACED and in_title is not None:
        signs = ("it stands right above the unit's line", f'the title names "{in_title.value}"')
        message = f'the class is taken to be "{shown.value}", by its place alone; {signs[1]}'
        head.notes.append(Note("doubtful-name", message, line.block, field="course", value=shown.value, signs=signs))
