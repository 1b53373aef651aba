"""The lines of a section of questions, and which of them are the choices that a question offers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from pipeline.blocks import BOXES, Frame, frames_of
from pipeline.layouts.questions.asking import asks
from pipeline.layouts.questions.practice_answers import ANSWER, EXPLANATION, is_marked_right, names_right
from pipeline.layouts.questions.practice_parts import Atom, letter_at, without_letter
from pipeline.layouts.reading import Reading, end_of_marked, innermost

__all__ = ["Group", "offered_choices"]

_INLINE: Final = re.compile(r"(?:(?<=\s)|^)(?:\(([A-Ha-h])\)|([A-Ha-h])[.)])\s+(?=\S)")
_INLINE_ANSWER: Final = re.compile(r"\s(?=(?:correct )?answer\s*:\s)", re.IGNORECASE)
_LETTER_ALONE: Final = re.compile(r"\(?[A-Ha-h][.):]?\)?")
_BOX: Final = re.compile(r"\[[ xX]\]\s|[☐☑☒]\s?")
_FEWEST: Final = 3  # in one line, or with small letters, and no word of which is right: two may be parts of an exercise
_LONGEST_CHOICE: Final = 20  # words, of choices in lists without letters and without an answer
_USUAL: Final = (4, 5)  # choices to a question


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one question's choices, and of letters that stand alone before them."""

    choices: tuple[int, ...]
    letters: tuple[int, ...] = ()

    @property
    def first(self) -> int:
        """Return the first of its lines."""
        return min((*self.letters, *self.choices))

    @property
    def last(self) -> int:
        """Return the last of its lines."""
        return max((*self.letters, *self.choices))


def offered_choices(
    reading: Reading, blocks: Sequence[int], *, has_key: bool = False
) -> tuple[list[Atom], list[Group]]:
    """Return the lines of `blocks`, and the choices among them.

    Choices are lines, or parts of one, that count A, B, C…; else the items of a list of which a line below, a mark or
    the key at the section's end says which is right; else lists of four or five short items below each question.
    Letters that nothing says to be choices may be the parts of an exercise, or of its answer: (a) …, (b) ….
    """
    whole: set[int] = set()  # blocks whose letters are words of their text
    while True:
        atoms = [atom for index in blocks for atom in _atoms(reading, index, whole=index in whole)]
        groups = _lettered(atoms)
        refused = [group for group in groups if not _are_choices(atoms, group, groups, has_key=has_key)]
        within = {atoms[group.first].block for group in refused if _is_inline(atoms, group)} - whole
        if not within:
            break
        whole |= within
    lettered = [group for group in groups if group not in refused]
    return atoms, lettered or _listed(reading, atoms) or _uniform(reading, atoms)


def _atoms(reading: Reading, index: int, *, whole: bool) -> Iterator[Atom]:
    """Yield the lines of a block: cut at line breaks and, unless `whole`, at letters that count and at "Answer:"."""
    block = reading.blocks[index]
    text = block.text
    cuts = {0, len(text), *(match.start() for match in re.finditer("\n", text))}
    run = [] if whole else _inline_run(text)
    if run:
        cuts |= {match.start() for match in run}
        cuts |= {match.start() for match in _INLINE_ANSWER.finditer(text, run[-1].end())}
    seam = block.seams[0] if block.seams else 0
    if seam and not run and not letter_at(text) and _LETTER_ALONE.fullmatch(text[:seam].strip()):
        cuts.add(seam)  # a letter in a box of its own
    cuts |= {end for end in (seam, end_of_marked(block, "strong")) if EXPLANATION.fullmatch(text[:end].strip())}
    for start, end in pairwise(sorted(cuts)):
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        stop = start + len(text[start:end].rstrip())
        if stop > start + lead:
            box = block.marker if block.marker in BOXES and not start else ""
            yield Atom(index, start + lead, stop, text[start + lead : stop], box)


def _inline_run(text: str) -> list[re.Match[str]]:
    """Return the letters within a text that count A, B, C…, at least two."""
    letters = list(_INLINE.finditer(text))
    run = [match for match in letters if (match[1] or match[2]).upper() == "A"][:1]
    for match in letters:
        if run and (match[1] or match[2]).upper() == chr(ord("A") + len(run)) and match.start() > run[-1].start():
            run.append(match)
    return run if len(run) > 1 else []


def _lettered(atoms: Sequence[Atom]) -> list[Group]:
    """Return the groups of lines that count A, B, C…; where letters stand alone, the lines behind them are meant."""
    groups: list[Group] = []
    run: list[int] = []
    alone = False
    for position, atom in enumerate([*atoms, None]):
        letter = letter_at(atom.text) if atom is not None else None
        if run and alone and position == run[-1] + 1 and atom is not None:
            continue  # the text of the letter above, whatever it is
        if letter is not None and letter == chr(ord("A") + len(run)):
            alone = _is_letter_alone(atom.text) if not run and atom is not None else alone
            run.append(position)
            continue
        if len(run) > 1:
            groups.append(_group(run, len(atoms), alone=alone))
        run = [position] if letter == "A" else []
        alone = bool(run) and atom is not None and _is_letter_alone(atom.text)
    return groups


def _group(run: Sequence[int], end: int, *, alone: bool) -> Group:
    if not alone:
        return Group(tuple(run))
    return Group(tuple(n + 1 for n in run if n + 1 < end), tuple(run))


def _is_letter_alone(text: str) -> bool:
    return bool(_LETTER_ALONE.fullmatch(text))


def _is_inline(atoms: Sequence[Atom], group: Group) -> bool:
    return len({atoms[n].block for n in group.choices}) == 1


def _are_choices(atoms: Sequence[Atom], group: Group, groups: Sequence[Group], *, has_key: bool) -> bool:
    """Say whether lettered lines are choices, and not the parts of an exercise or of an answer.

    They are if something says which is right. If nothing does, capital letters are where what stands above asks or is
    left open, and they do not ask themselves; small letters only where those of another question are choices.
    """
    texts = [atoms[n].text for n in group.choices]
    if _is_answered(atoms, group) or any(is_marked_right(atoms[n]) for n in group.choices):
        return True
    letters = [atoms[n].text for n in (group.letters or group.choices)]
    small = letters[0].lstrip("(")[:1].islower()
    if has_key:
        return True
    few = len(texts) < _FEWEST and (small or _is_inline(atoms, group))
    if few or sum(map(asks, (without_letter(text) for text in texts))) > len(texts) // 2:
        return False
    if small:
        return not _is_inline(atoms, group) and any(
            _is_answered(atoms, other) and atoms[other.first].text[:1] == atoms[group.first].text[:1]
            for other in groups
            if other is not group
        )
    return group.first > 0 and _is_open(atoms[group.first - 1].text)


def _is_open(stem: str) -> bool:
    """Say whether a line asks, or leaves a sentence to be ended: what a question with choices does."""
    return asks(stem) or "__" in stem or not stem.rstrip().endswith((".", "!"))


def _is_answered(atoms: Sequence[Atom], group: Group) -> bool:
    """Say whether the lines right below choices say which is right."""
    below = [atom.text for atom in atoms[group.last + 1 : group.last + 3]]
    choices = [without_letter(atoms[n].text) for n in group.choices]
    return bool(below) and names_right(below, choices)


def _listed(reading: Reading, atoms: Sequence[Atom]) -> list[Group]:
    """Return the list items right above each line that names the right one, and lists with one item marked so.

    Where nothing stands above the items, nothing asks: they are questions themselves, and below them are their answers.
    """
    groups: list[Group] = []
    for position, atom in enumerate(atoms):
        items = _items_above(reading, atoms, position) or _lines_above(atoms, position)
        texts = [atoms[n].text for n in items]
        if items[:1] > [0] and (ANSWER.match(atom.text) or (len(items) >= _FEWEST and names_right([atom.text], texts))):
            groups.append(Group(tuple(items)))
    if groups:
        return groups
    lists = _lists(reading, atoms)
    return [
        Group(tuple(items))
        for items in lists
        if len(items) > 1
        and (
            sum(is_marked_right(atoms[n]) for n in items) == 1
            or all(atoms[n].box or _BOX.match(atoms[n].text) for n in items)
        )
    ]


def _has_box(atom: Atom) -> bool:
    return bool(atom.box or _BOX.match(atom.text))


def _items_above(reading: Reading, atoms: Sequence[Atom], position: int) -> list[int]:
    """Return the items of the list that ends right above a line that does not stand in it; at least two."""
    items: list[int] = []
    holder: Frame | None = None
    for n in range(position - 1, -1, -1):
        above = _list_of(reading, atoms[n])
        if above is None or (holder is not None and above is not holder):
            break
        holder = above
        items.insert(0, n)
    inside = holder is not None and holder in frames_of(reading.blocks[atoms[position].block].frame)
    return items if len(items) > 1 and not inside else []


def _lines_above(atoms: Sequence[Atom], position: int) -> list[int]:
    """Return the lines of a block between the one that asks and the line that says which of them is right."""
    if not position or not ANSWER.match(atoms[position].text):
        return []
    lines: list[int] = []
    for n in range(position - 1, -1, -1):
        if atoms[n].block != atoms[position - 1].block:
            return []
        if asks(atoms[n].text):
            break
        lines.insert(0, n)
    below = [atom.text for atom in atoms[position : position + 2]]
    return lines if len(lines) >= _FEWEST and names_right(below, [atoms[n].text for n in lines]) else []


def _list_of(reading: Reading, atom: Atom) -> Frame | None:
    """Return the innermost list in which a line is an item."""
    item = innermost(reading.blocks[atom.block], "li")
    return item.parent if item is not None else None


def _lists(reading: Reading, atoms: Sequence[Atom]) -> list[list[int]]:
    """Return the lines of each list, those of nested lists apart."""
    lists: dict[Frame, list[int]] = {}
    for n, atom in enumerate(atoms):
        holder = _list_of(reading, atom)
        if holder is not None:
            lists.setdefault(holder, []).append(n)
    return list(lists.values())


def _uniform(reading: Reading, atoms: Sequence[Atom]) -> list[Group]:
    """Return the lists below questions where each question has one of four or five short items, all as many."""
    lists = [items for items in _lists(reading, atoms) if len(items) > 1 and items[-1] - items[0] == len(items) - 1]
    inner = [
        items
        for items in lists
        if items[0] > 0
        and asks(atoms[items[0] - 1].text)
        and all(len(atoms[n].text.split()) <= _LONGEST_CHOICE and not asks(atoms[n].text) for n in items)
    ]
    sizes = {len(items) for items in inner}
    covered = sum(len(items) + 1 for items in inner)
    if len(inner) < 2 or len(sizes) != 1 or not sizes <= set(_USUAL) or covered < len(atoms):
        return []
    return [Group(tuple(items)) for items in inner]
