"""The head of a key-term page: the term and the class it is from, before the first section."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.config import LayoutSpec
from pipeline.layouts.key_term.course import CourseLines, course_of, ends_with_congratulation
from pipeline.layouts.key_term.headline import Headline
from pipeline.layouts.key_term.name import Name, name_of_block, name_of_witness
from pipeline.layouts.reading import Basis, Note, Origin, Outline, Reading, Witness, agreed, best, said, witnesses
from pipeline.records import normalise

__all__ = ["Head", "head_of", "head_of_headline"]

_LONGEST_NAME: Final = 200
_SENTENCE_ENDS: Final = (".", "!", ".)", '."', ".”")
# What a title says around its term.
_TITLE_LEAD: Final = re.compile(
    r"(?:(?:key |vocab(?:ulary)? )?(?:term|word|definition|meaning)s?(?: of)?\s*+(?::\s*+)?)?", re.IGNORECASE
)
_TITLE_REST: Final = re.compile(
    r"\s*+(?:[-–—|:,(]\s*+)?(?:(?:key term|vocab(?:ulary)?|definition|meaning|explanation|example|overview|fact)s?"
    r"\W*+(?:and\W++)?)*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands before the first section: names, and blocks that may be a definition whose heading is lost."""

    term: Name | None
    course: Name | None
    definition: tuple[int, ...]
    disagreeing: Witness | None = None  # furniture that names another term than the one read
    notes: tuple[Note, ...] = ()


def head_of(reading: Reading, outline: Outline, spec: LayoutSpec, origin: Origin) -> Head:
    """Return the term and the course of a page, and the definition's blocks where no heading stands over them."""
    zone = sorted(
        outline.sections[0].blocks
        + [i for i in outline.outside if reading.blocks[i].region == "header" and _before_content(outline, i)]
    )
    for_term = witnesses(reading, spec, "term", origin, end=outline.end)
    for_course = witnesses(reading, spec, "course", origin)
    labels = [index for index in zone if _label(reading, index) == "course"]
    plain = [
        index for index in zone if reading.labels[index] is None and len(reading.blocks[index].text) <= _LONGEST_NAME
    ]
    if labels:
        lines = CourseLines(next((index for index in plain if index > labels[0]), None))
        term = _term_around(reading, plain, labels[0], lines.labelled, for_term)
    else:
        term = next((index for index in plain if _is_confirmed(reading, index, for_term)), None)
        lines = CourseLines.unlabelled(reading, outline, zone, term, for_course)
        if term is None and lines.first is not None:
            term = _heading_before(reading, plain, lines.first)
        if term is None and outline.named("definition") and not (agreed(for_term) or said(for_term)):
            term = _only_title(reading, plain)
    term = next(iter(reading.stated("term")), term)
    term_name = _stated_term(reading) or _term(reading, term, for_term)
    from_title = _title_course(for_course, for_term, term_name)
    course_name, notes = course_of(reading, lines, for_course, from_title)
    if reading.stated("course"):
        course_name, lines, notes = None, CourseLines(None), []
    definition = _definition(reading, outline, zone, (term, lines.first, *labels[:1]))
    wrong = next((w for w in for_term if not w.is_slug and term_name and not w.confirms(term_name.text)), None)
    return Head(term_name, course_name, definition, wrong, tuple(notes))


def head_of_headline(reading: Reading, outline: Outline, headline: Headline) -> Head:
    """Return the term and the course of a headline that says both, and the text right below it."""
    text = reading.blocks[headline.block].text
    term, course = (
        Name(headline.block, text[start:end], start=start, end=end, is_part=True)
        for start, end in (headline.term, headline.course)
    )
    return Head(term, course, () if outline.named("definition") else _text_below(reading, headline.block))


def _text_below(reading: Reading, index: int) -> tuple[int, ...]:
    """Return the paragraphs right below a block, up to the first that is no sentence, or that the layout knows."""
    found: list[int] = []
    for number in range(index + 1, len(reading.blocks)):
        block = reading.blocks[number]
        if not block.text:
            continue
        if block.kind != "paragraph" or reading.labels[number] is not None or not block.text.endswith(_SENTENCE_ENDS):
            break
        found.append(number)
    return tuple(found)


def _term(reading: Reading, index: int | None, found: list[Witness]) -> Name | None:
    """Return the term: its block, or the part of it that is the term; else what was said or agreed on."""
    chosen = best(
        [
            (Basis.LABELLED, _part_named(reading, index, found) or name_of_block(reading, index)),
            (Basis.SAID, name_of_witness(said(found))),
            (Basis.AGREED, name_of_witness(agreed(found))),
        ]
    )
    return replace(chosen.value, inferred=chosen.value.inferred or chosen.basis.is_guess) if chosen else None


def _is_confirmed(reading: Reading, index: int, found: Sequence[Witness]) -> bool:
    """Say whether anything else names what a block says; the page's title does, if it says nothing more."""
    text = reading.blocks[index].text
    is_title = bool(text) and normalise(text) == normalise(reading.page.title or "")
    return is_title or any(witness.confirms(text) for witness in found)


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
    if ends_with_congratulation(outline):
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


def _title_course(for_course: Sequence[Witness], for_term: Sequence[Witness], term: Name | None) -> Witness | None:
    """Return what the page's title says of the course, if the title names the page's own term as well."""
    if term is None or term.block is None:
        return None
    is_own = any(witness.place == "title" and witness.confirms(term.text) for witness in for_term)
    return next((witness for witness in for_course if is_own and witness.place == "title"), None)


def _part_named(reading: Reading, index: int | None, found: list[Witness]) -> Name | None:
    """Return the term within a title that says more: `osmosis - Definition`, `Key term: osmosis`.

    That is what two other places agree on, if nothing else is left of the title but such words.
    """
    witness = agreed(found) or said(found)
    if index is None or witness is None or any(other.confirms(reading.blocks[index].text) for other in found):
        return None
    text = reading.blocks[index].text
    start = text.casefold().find(witness.name.casefold())
    end = start + len(witness.name)
    if start < 0 or not _TITLE_LEAD.fullmatch(text[:start]) or not _TITLE_REST.fullmatch(text[end:]):
        return None
    return Name(index, text[start:end], start=start, end=end)
