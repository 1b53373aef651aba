"""The head of a key-term page: the term and the class it is from, before the first section."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.config import LayoutSpec
from pipeline.layouts.reading import GAP, Outline, Reading, Witness, agreed, end_of_name, witnesses

__all__ = ["Head", "Name", "head_of", "looks_like_name"]

_LONGEST_NAME: Final = 200
_SENTENCE_END: Final = re.compile(r"[.!?;:]$")
# What a title says around its term.
_TITLE_LEAD: Final = re.compile(
    r"(?:(?:key |vocab(?:ulary)? )?(?:term|word|definition|meaning)s?(?: of)?\s*:?\s*)?", re.IGNORECASE
)
_TITLE_REST: Final = re.compile(
    r"\s*[-–—|:,(]?\s*(?:(?:key term|vocab(?:ulary)?|definition|meaning|explanation|example|overview|fact)s?"
    r"\W*(?:(?:and|&)\W+)?)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Name:
    """A term or a course: the block that says it, or, where that is lost, the text that two witnesses agree on."""

    block: int | None
    text: str
    inferred: bool = False
    start: int = 0  # where in the block it stands
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the first section: names, and blocks that may be a definition whose heading is lost."""

    term: Name | None
    course: Name | None
    definition: tuple[int, ...]
    disagreeing: Witness | None = None  # furniture that names another term than the one read


def looks_like_name(text: str) -> bool:
    """Say whether a text has the shape of a course's title: short, begun with a capital or digit, no sentence."""
    return (
        len(text) <= 80
        and len(text.split()) <= 12
        and not _SENTENCE_END.search(text)
        and (text[:1].isupper() or text[:1].isdigit())
    )


def head_of(reading: Reading, outline: Outline, spec: LayoutSpec, *, path: str) -> Head:
    """Return the term and the course of a page, and the definition's blocks where no heading stands over them."""
    zone = sorted(
        outline.sections[0].blocks
        + [i for i in outline.outside if reading.blocks[i].region == "header" and _before_content(outline, i)]
    )
    for_term = witnesses(reading, spec, "term", path=path, end=outline.end)
    for_course = witnesses(reading, spec, "course", path=path)
    labels = [index for index in zone if _label(reading, index) == "course"]
    plain = [
        index for index in zone if reading.labels[index] is None and len(reading.blocks[index].text) <= _LONGEST_NAME
    ]
    course = term = None
    if labels:
        after = next((index for index in plain if index > labels[0]), None)
        course = after
        term = _term_around(reading, plain, labels[0], course, for_term)
    else:
        term = next((index for index in plain if any(w.confirms(reading.blocks[index].text) for w in for_term)), None)
        course = _unlabelled_course(reading, outline, zone, term, for_course)
        if term is None and course is not None:
            term = _heading_before(reading, plain, course)
        if term is None and outline.named("definition") and agreed(for_term) is None:
            term = _only_title(reading, plain)
    term = next(iter(reading.stated("term")), term)
    course = None if reading.stated("course") else course
    definition = _definition(reading, outline, zone, (term, course, *labels[:1]))
    term_name = (
        _stated_term(reading)
        or _part_named(reading, term, for_term)
        or _name(reading, term, inferred=False)
        or _inferred(for_term)
    )
    course_name = _name(reading, course, inferred=not labels)
    if course_name is None and term_name is not None and term_name.block is not None:
        course_name = _from_title(for_course, for_term, term_name.text)
    if course_name is None and (course_name := _inferred(for_course)) and course_name.text.islower():
        course_name = replace(course_name, text=course_name.text.title())  # a course's title, from a slug
    wrong = next((w for w in for_term if not w.is_slug and term_name and not w.confirms(term_name.text)), None)
    return Head(term_name, course_name, definition, wrong)


def _before_content(outline: Outline, index: int) -> bool:
    first = next((section.heading for section in outline.sections if section.heading is not None), None)
    return first is None or index < first


def _label(reading: Reading, index: int) -> str | None:
    label = reading.labels[index]
    return label.name if label is not None and label.kind == "label" else None


def _term_around(
    reading: Reading, plain: Sequence[int], label: int, course: int | None, found: Sequence[Witness]
) -> int | None:
    """Return the block with the term: what witnesses name, nearest before the label first; else by its place."""
    before = [index for index in reversed(plain) if index < label]
    behind = [index for index in plain if index > label and index != course]
    for index in (*before, *behind):
        if any(witness.confirms(reading.blocks[index].text) for witness in found):
            return index
    headings = [index for index in before if reading.blocks[index].kind == "heading"]
    bare = [index for index in before if reading.shell_rule(index) is None]
    if headings or bare:
        return (headings or bare)[0]
    if found and not before:
        return None
    first_level = [
        index for index in behind if reading.blocks[index].kind == "heading" and reading.blocks[index].level == 1
    ]
    return next(iter(first_level), None)


def _heading_before(reading: Reading, plain: Sequence[int], course: int) -> int | None:
    return next(
        (index for index in reversed(plain) if index < course and reading.blocks[index].kind == "heading"), None
    )


def _only_title(reading: Reading, plain: Sequence[int]) -> int | None:
    """Return the page's one heading of the first level: by its rank and its place over the definition, the term."""
    titles = [i for i in plain if reading.blocks[i].kind == "heading" and reading.blocks[i].level == 1]
    return titles[0] if len(titles) == 1 and reading.shell_rule(titles[0]) is None else None


def _unlabelled_course(
    reading: Reading, outline: Outline, zone: Sequence[int], term: int | None, found: Sequence[Witness]
) -> int | None:
    """Return the block with the course where "from class:" is lost, if two of three signs agree.

    The signs: it stands right before the definition (or right behind the term), it has the shape of a name, the
    page's title, address or folder names it.
    """
    plain = [index for index in zone if reading.labels[index] is None and reading.blocks[index].text]
    for index in plain:
        text = reading.blocks[index].text
        if index != term and any(witness.confirms(text) for witness in found) and looks_like_name(text):
            return index
    definition_follows = _ends_with_congratulation(reading, outline) or any(
        s.heading is not None for s in outline.sections
    )
    bare = [index for index in plain if reading.shell_rule(index) is None and (term is None or index > term)]
    if (
        bare
        and definition_follows
        and looks_like_name(reading.blocks[bare[0]].text)
        and (len(bare) > 1 or term is not None)
    ):
        return bare[0]
    return None


def _ends_with_congratulation(reading: Reading, outline: Outline) -> bool:
    return any(section.name == GAP for section in outline.sections[1:2])


def _definition(
    reading: Reading, outline: Outline, zone: Sequence[int], known: Sequence[int | None]
) -> tuple[int, ...]:
    """Return what stands between the names and the congratulation, or else the next heading: prose, nothing known."""
    if outline.named("definition"):
        return ()
    last = max((index for index in known if index is not None), default=-1)
    rest = [
        index
        for index in zone
        if index > last and reading.labels[index] is None and reading.blocks[index].region == "main"
    ]
    # A heading that no field knows is no part of the text, and what stands under a second one is another section.
    if rest and _is_section(reading, outline, rest[0]):
        del rest[0]
    rest = rest[: next((n for n, index in enumerate(rest) if _is_section(reading, outline, index)), None)]
    while rest and reading.shell_rule(rest[-1]) is not None:
        rest.pop()
    while rest and reading.shell_rule(rest[0]) is not None:
        rest.pop(0)
    if _ends_with_congratulation(reading, outline):
        return tuple(rest)
    # Else the facts must follow, and nothing of it may head anything: one sign more than the place alone.
    follows = next((section.name for section in outline.sections if section.heading is not None), "")
    heads = any(reading.blocks[index].kind == "heading" or reading.blocks[index].is_bold for index in rest)
    return tuple(rest) if last >= 0 and follows == "facts" and not heads else ()


def _is_section(reading: Reading, outline: Outline, index: int) -> bool:
    block = reading.blocks[index]
    return block.kind == "heading" and block.level in outline.levels


def _stated_term(reading: Reading) -> Name | None:
    span = reading.stated_span("term")
    if span is None:
        return None
    index, start, end = span
    return Name(index, reading.blocks[index].text[start:end], start=start, end=end)


def _name(reading: Reading, index: int | None, *, inferred: bool) -> Name | None:
    if index is None:
        return None
    text = reading.blocks[index].text
    end = end_of_name(text)
    return Name(index, text[:end], inferred, end=end)


def _from_title(for_course: Sequence[Witness], for_term: Sequence[Witness], term: str) -> Name | None:
    """Return the course that the page's title names, if the title names the page's own term as well."""
    is_own = any(witness.place == "title" and witness.confirms(term) for witness in for_term)
    title = next((witness for witness in for_course if witness.place == "title"), None)
    return Name(None, title.name, inferred=True) if is_own and title is not None else None


def _part_named(reading: Reading, index: int | None, found: list[Witness]) -> Name | None:
    """Return the term within a title that says more: `osmosis - Definition`, `Key term: osmosis`.

    That is what two other places agree on, if nothing else is left of the title but such words.
    """
    witness = agreed(found)
    if index is None or witness is None or any(other.confirms(reading.blocks[index].text) for other in found):
        return None
    text = reading.blocks[index].text
    start = text.casefold().find(witness.name.casefold())
    end = start + len(witness.name)
    if start < 0 or not _TITLE_LEAD.fullmatch(text[:start]) or not _TITLE_REST.fullmatch(text[end:]):
        return None
    return Name(index, text[start:end], start=start, end=end)


def _inferred(found: list[Witness]) -> Name | None:
    witness = agreed(found)
    return Name(None, witness.name, inferred=True) if witness else None
