"""The course of a key-term page: what the page says, then the user, then what two witnesses agree on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.layouts.key_term.name import Name, looks_like_name, name_of_block, name_of_witness
from pipeline.layouts.reading import (
    GAP,
    UNKNOWN,
    Basis,
    Note,
    Outline,
    Reading,
    Witness,
    agreed,
    best,
    front_course,
    said,
    site_of,
)

__all__ = ["CourseLines", "course_of", "ends_with_congratulation"]

_SIGNS_NEEDED = 2  # of a form, before a place in it says anything


@dataclass(frozen=True, slots=True)
class CourseLines:
    """The blocks that may say the course: behind its label, named elsewhere as well, at the place of a lost label."""

    labelled: int | None
    confirmed: int | None = None
    placed: int | None = None
    rivals: tuple[int, ...] = ()  # other lines of the shape of a name, beside the placed one

    @classmethod
    def unlabelled(
        cls, reading: Reading, outline: Outline, zone: Sequence[int], term: int | None, found: Sequence[Witness]
    ) -> "CourseLines":
        """Return the lines of a page without a label, of those in the `zone` before its first section."""
        plain = [n for n in zone if reading.labels[n] is None and looks_like_name(reading.blocks[n].text) and n != term]
        by_trust = sorted(found, key=lambda witness: not witness.alone)
        confirmed = (n for witness in by_trust for n in plain if witness.confirms(reading.blocks[n].text))
        placed = _placed(reading, outline, zone, term)
        rivals = tuple(n for n in plain if placed is not None and n > placed and reading.shell_rule(n) is None)
        return cls(None, next(confirmed, None), placed, rivals)

    @property
    def first(self) -> int | None:
        """The line that most likely says it."""
        return next((n for n in (self.labelled, self.confirmed, self.placed) if n is not None), None)


def course_of(
    reading: Reading, lines: CourseLines, found: list[Witness], from_title: Witness | None
) -> tuple[Name | None, list[Note]]:
    """Return the course, and a doubt if it rests on its place while the page names another.

    `from_title` is what the title says of the course, if it names the page's own term as well.
    """
    told = said(found)
    shown = lines.confirmed if told and lines.confirmed is not None and told.confirms(_text(reading, lines)) else None
    front = front_course(reading.page)
    chosen = best(
        [
            (Basis.LABELLED, name_of_block(reading, lines.labelled)),
            (Basis.LABELLED, Name(None, front) if front else None),
            (Basis.SAID, name_of_block(reading, shown)),
            (Basis.SAID, replace(name, text=told.title) if told and (name := name_of_witness(told)) else None),
            (Basis.AGREED, name_of_block(reading, lines.confirmed)),
            (Basis.AGREED, name_of_witness(from_title)),
            (Basis.AGREED, name_of_witness(agreed(found))),
            (Basis.PLACED, name_of_block(reading, lines.placed)),
        ]
    )
    if chosen is None:
        return None, []
    name = replace(chosen.value, inferred=chosen.value.inferred or chosen.basis.is_guess)
    if name.block is None and chosen.basis.is_guess and name.text.islower():
        name = replace(name, text=name.text.title())  # no person writes a course's title small
    if chosen.basis is not Basis.PLACED or not (others := _other_names(reading, lines, found, name)):
        return name, []
    signs = ("it stands where pages of this form name the class", *others)
    message = f'the class is taken to be "{name.text}", by its place alone; {others[0]}'
    return name, [Note("doubtful-name", message, name.block, field="course", value=name.text, signs=signs)]


def _other_names(reading: Reading, lines: CourseLines, found: Sequence[Witness], name: Name) -> tuple[str, ...]:
    """Return what else on the page may name the course, as signs against the one that was read."""
    titles = [one.name for one in found if one.place == "title" and not one.confirms(name.text)]
    below = [reading.blocks[index].text for index in lines.rivals]
    return (*(f'the title names "{text}"' for text in titles), *(f'below it stands "{text}"' for text in below))


def _text(reading: Reading, lines: CourseLines) -> str:
    return reading.blocks[lines.confirmed].text if lines.confirmed is not None else ""


def _placed(reading: Reading, outline: Outline, zone: Sequence[int], term: int | None) -> int | None:
    """Return the line where "from class:" is lost: the first behind the term, before the definition.

    That is a place in one site's form: the page must show a sign of the site, and two of the form.
    """
    if site_of(reading) is None or _form_signs(reading) < _SIGNS_NEEDED:
        return None
    known = ends_with_congratulation(outline) or any(section.heading is not None for section in outline.sections)
    bare = [
        n
        for n in zone
        if reading.labels[n] is None
        and reading.blocks[n].text
        and reading.shell_rule(n) is None
        and (term is None or n > term)
    ]
    if not bare or not known or (len(bare) == 1 and term is None):
        return None
    first = bare[0]
    is_name = looks_like_name(reading.blocks[first].text) and not _heads_text(reading, outline, first)
    return first if is_name else None


def _form_signs(reading: Reading) -> int:
    """Return how many different words of the form a page says."""
    return len(
        {label.name for label in reading.labels if label is not None and label.is_sure and label.kind != "notice"}
    )


def _heads_text(reading: Reading, outline: Outline, index: int) -> bool:
    """Say whether a block is the heading of a section that no field knows: text of its own stands below it."""
    block = reading.blocks[index]
    if block.kind != "heading":
        return False
    if any(section.heading == index and section.name == UNKNOWN for section in outline.sections):
        return True
    below = next((n for n in range(index + 1, len(reading.blocks)) if reading.blocks[n].text), None)
    return below is not None and reading.labels[below] is None and bool(outline.named("definition"))


def ends_with_congratulation(outline: Outline) -> bool:
    """Say whether the congratulation, with its heading lost, stands behind what comes before the first section."""
    return any(section.name == GAP for section in outline.sections[1:2])
