"""Practice questions with choices: the question, its choices, which one is right, and why."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from pipeline.blocks import Frame, Piece, frames_of
from pipeline.layouts.reading import Reading
from pipeline.records import normalise

__all__ = ["Atom", "PracticeDraft", "practice_of"]

_LETTER: Final = re.compile(r"(?:\((?P<a>[A-H])\)|(?P<b>[A-H])[.):])(?:\s+|$)", re.IGNORECASE)
_INLINE: Final = re.compile(r"(?:(?<=\s)|^)(?:\(([A-Ha-h])\)|([A-Ha-h])[.)])\s+(?=\S)")
_ANSWER: Final = re.compile(
    r"(?:the\s+)?(?:(?:correct|right)\s+)?(?:answer|ans|solution|choice|option)(?:\s+(?:key|choice))?"
    r"(?:\s*[:–—-]\s*|\s+is:?\s+|\.\s+|\s*$|\s+(?=\(?[A-H]\)?\.?$))",
    re.IGNORECASE,
)
_INLINE_ANSWER: Final = re.compile(r"\s(?=(?:correct )?answer\s*:\s)", re.IGNORECASE)
_EXPLANATION: Final = re.compile(r"(?:explanation|rationale|reason(?:ing)?|why)\s*[:–—]\s*", re.IGNORECASE)
_RIGHT: Final = re.compile(
    r"(?:choice |option )?(?:\((?P<a>[A-H])\)|(?P<b>[A-H])(?=[.):,;–—-]|\s*$))[.):,;]?\s*(?:[–—-]\s*)?", re.IGNORECASE
)
_NUMBER: Final = re.compile(
    r"(?:q(?:uestion)?\s*)?[(#]?(\d{1,3})[.):]\s+(?=\S)|(?:question|q)\s*(\d{1,3})\s*[.:)]?\s*$", re.IGNORECASE
)
_KEY: Final = re.compile(r"(?:answers?|answer key|key|solutions?)\s*:?", re.IGNORECASE)
_KEY_LINE: Final = re.compile(r"(?:(\d{1,3})[.):]?\s*)?\(?([A-H])\)?[.)]?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Atom:
    """A line of the section: a block, or a part of one between line breaks or printed letters."""

    block: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Group:
    """The lines of one question's choices, and of letters that stand alone before them."""

    choices: tuple[int, ...]
    letters: tuple[int, ...] = ()

    @property
    def first(self) -> int:
        return min((*self.letters, *self.choices))

    @property
    def last(self) -> int:
        return max((*self.letters, *self.choices))


@dataclass(slots=True)
class PracticeDraft:
    """A question with choices, as pieces (block, start, end); `marks` are letters, numbers and "Answer:"."""

    question: list[Atom] = field(default_factory=list)
    choices: list[Atom] = field(default_factory=list)
    answer: list[Atom] = field(default_factory=list)
    explanation: list[Atom] = field(default_factory=list)
    right: int | None = None  # which choice
    letter: Atom | None = None  # where the page says so, if by a letter
    marks: list[Atom] = field(default_factory=list)


def practice_of(reading: Reading, blocks: Sequence[int]) -> list[PracticeDraft]:
    """Return the questions of a section that offers choices; nothing if it offers none.

    Choices are told by printed letters in order, A first, or, where an answer names one by its letter, as the items of
    the list above that answer.
    """
    atoms, key = _answer_key([atom for index in blocks for atom in _atoms(reading, index)])
    groups = _lettered(atoms) or _listed(reading, atoms)
    drafts: list[PracticeDraft] = []
    previous = 0
    for group in groups:
        start = _question_start(reading, atoms, previous, group.first, first=not drafts)
        draft = PracticeDraft(atoms[start : group.first], [atoms[n] for n in group.choices])
        draft.marks = [atoms[n] for n in group.letters]
        if drafts:
            _take_answer(drafts[-1], atoms[previous:start])
        else:
            draft.question = atoms[:start] + draft.question
        drafts.append(draft)
        previous = group.last + 1
    if not drafts:
        return []
    _take_answer(drafts[-1], atoms[previous:])
    for draft in drafts:
        _strip_numbers(draft)
        draft.choices = [_without_letter(draft, choice) for choice in draft.choices]
    if key is not None:
        _take_key(drafts, key)
    return drafts


# -- cutting into lines ------------------------------------------------------------------------------------------


def _atoms(reading: Reading, index: int) -> Iterator[Atom]:
    """Yield the lines of a block: cut at line breaks, before letters that count A, B, C…, and before "Answer:"."""
    block = reading.blocks[index]
    text = block.text
    cuts = {0, len(text), *(match.start() for match in re.finditer("\n", text))}
    letters = list(_INLINE.finditer(text))
    run = [match for match in letters if (match[1] or match[2]).upper() == "A"][:1]
    for match in letters:
        if run and (match[1] or match[2]).upper() == chr(ord("A") + len(run)) and match.start() > run[-1].start():
            run.append(match)
    if len(run) > 1:
        cuts |= {match.start() for match in run}
        cuts |= {match.start() for match in _INLINE_ANSWER.finditer(text, run[-1].end())}
    seams = [seam for seam in block.seams if re.fullmatch(r"\(?[A-H][.):]?\)?", text[:seam].strip())]
    if seams and len(run) < 2 and not _LETTER.match(text):
        cuts.add(seams[0])
    edges = sorted(cuts)
    for start, end in pairwise(edges):
        lead = len(text[start:end]) - len(text[start:end].lstrip())
        stop = start + len(text[start:end].rstrip())
        if stop > start + lead:
            yield Atom(index, start + lead, stop, text[start + lead : stop])


def _letter_of(atom: Atom) -> str | None:
    if match := _LETTER.match(atom.text):
        return (match["a"] or match["b"]).upper()
    return atom.text.upper() if re.fullmatch("[A-H]", atom.text, re.IGNORECASE) else None


def _lettered(atoms: Sequence[Atom]) -> list[_Group]:
    """Return the groups of lines that count A, B, C…; where letters stand alone, the lines behind them are meant."""
    groups: list[_Group] = []
    run: list[int] = []
    alone = False
    for position, atom in enumerate([*atoms, None]):
        letter = _letter_of(atom) if atom is not None else None
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


def _group(run: Sequence[int], end: int, *, alone: bool) -> _Group:
    if not alone:
        return _Group(tuple(run))
    return _Group(tuple(n + 1 for n in run if n + 1 < end), tuple(run))


def _is_letter_alone(text: str) -> bool:
    return bool(re.fullmatch(r"\(?[A-Ha-h][.):]?\)?", text))


def _listed(reading: Reading, atoms: Sequence[Atom]) -> list[_Group]:
    """Return the list items right above each line that names the right one."""
    groups: list[_Group] = []
    for position, atom in enumerate(atoms):
        if not _ANSWER.match(atom.text):
            continue
        items: list[int] = []
        holder: Frame | None = None
        for n in range(position - 1, -1, -1):
            frames = list(frames_of(reading.blocks[atoms[n].block].frame))
            above = next((frame.parent for frame in frames if frame.tag == "li"), None)
            if above is None or (holder is not None and above is not holder):
                break
            holder = above
            items.insert(0, n)
        inside = holder is not None and holder in frames_of(reading.blocks[atom.block].frame)
        if len(items) > 1 and not inside:
            groups.append(_Group(tuple(items)))
    return groups


# -- whose is it -------------------------------------------------------------------------------------------------


def _question_start(reading: Reading, atoms: Sequence[Atom], previous: int, first_choice: int, *, first: bool) -> int:
    """Return where the question above a group of choices begins: at its number or mark, else at the line above them."""
    if first:
        return next((n for n in range(previous, first_choice) if _NUMBER.match(atoms[n].text)), previous)
    for n in range(first_choice - 1, previous - 1, -1):
        block = reading.blocks[atoms[n].block]
        if _ANSWER.match(atoms[n].text) or _EXPLANATION.match(atoms[n].text):
            return n + 1
        if _NUMBER.match(atoms[n].text) or block.kind == "heading" or block.marker[:1].isdigit() or block.is_bold:
            return n
    return max(first_choice - 1, previous)


def _take_answer(draft: PracticeDraft, atoms: Sequence[Atom]) -> None:
    """Read what stands behind a question's choices: which is right, by letter or in words, and why."""
    rest = list(atoms)
    into = draft.explanation
    while rest:
        atom = rest.pop(0)
        if (match := _EXPLANATION.match(atom.text)) and match.end() <= len(atom.text):
            into = draft.explanation
            draft.marks.append(_part(atom, 0, match.end()))
            _append(into, _part(atom, match.end(), len(atom.text)))
        elif (match := _ANSWER.match(atom.text)) and not draft.answer and draft.right is None:
            draft.marks.append(_part(atom, 0, match.end()))
            if not atom.text[match.end() :].strip() and rest:
                _take_right(draft, rest.pop(0))
            else:
                _take_right(draft, _part(atom, match.end(), len(atom.text)))
        else:
            _append(into, atom)


def _append(atoms: list[Atom], atom: Atom) -> None:
    if atom.text.strip():
        atoms.append(atom)


def _take_right(draft: PracticeDraft, atom: Atom) -> None:
    """Read the right choice: a letter, with its text or a reason behind it, or the text itself."""
    if match := _RIGHT.match(atom.text):
        _choose(draft, match["a"] or match["b"])
        if draft.right is not None:
            draft.letter = _part(atom, 0, match.end())
            rest = _part(atom, match.end(), len(atom.text))
            chosen = _plain(draft.choices[draft.right].text)
            if normalise(rest.text).rstrip(".").startswith(normalise(chosen).rstrip(".")):
                said = len(chosen.rstrip("."))
                tail = re.match(r"[.,;:\s–—-]*", rest.text[said:])
                draft.marks.append(_part(rest, 0, said + (tail.end() if tail else 0)))
                rest = _part(rest, said + (tail.end() if tail else 0), len(rest.text))
            _append(draft.explanation, rest)
            return
    for number, choice in enumerate(draft.choices):
        if normalise(_plain(choice.text)).rstrip(".") == normalise(atom.text).rstrip("."):
            draft.right, draft.letter = number, atom
            return
    draft.answer.append(atom)


def _choose(draft: PracticeDraft, letter: str) -> None:
    number = ord(letter.upper()) - ord("A")
    if number < len(draft.choices):
        draft.right = number


def _answer_key(atoms: Sequence[Atom]) -> tuple[list[Atom], list[Atom] | None]:
    """Return the lines without the answer key at their end, and the key: its heading, and lines like "1. C"."""
    for position, atom in enumerate(atoms):
        lines = atoms[position + 1 :]
        if _KEY.fullmatch(atom.text) and len(lines) > 1 and all(_KEY_LINE.fullmatch(line.text) for line in lines):
            return list(atoms[:position]), list(atoms[position:])
    return list(atoms), None


def _take_key(drafts: Sequence[PracticeDraft], key: Sequence[Atom]) -> None:
    """Read the right choices from the key at the end, one line for each question in turn."""
    drafts[0].marks.append(key[0])
    for number, line in enumerate(key[1:]):
        draft = drafts[min(number, len(drafts) - 1)]
        draft.marks.append(line)
        match = _KEY_LINE.fullmatch(line.text)
        if match and draft.right is None and not draft.answer:
            _choose(draft, match[2])


def _plain(text: str) -> str:
    match = _LETTER.match(text)
    return text[match.end() :] if match else text


def _part(atom: Atom, start: int, end: int) -> Atom:
    return Atom(atom.block, atom.start + start, atom.start + end, atom.text[start:end])


def _without_letter(draft: PracticeDraft, choice: Atom) -> Atom:
    match = _LETTER.match(choice.text)
    if match is None or match.end() >= len(choice.text):
        return choice
    draft.marks.append(_part(choice, 0, match.end()))
    return _part(choice, match.end(), len(choice.text))


def _strip_numbers(draft: PracticeDraft) -> None:
    first = draft.question[0] if draft.question else None
    match = _NUMBER.match(first.text) if first else None
    if first is None or match is None:
        return
    draft.marks.append(_part(first, 0, match.end()))
    rest = _part(first, match.end(), len(first.text))
    draft.question = [*([rest] if rest.text.strip() else []), *draft.question[1:]]


def piece_of(reading: Reading, atom: Atom) -> Piece:
    """Return an atom as a piece of its block."""
    return Piece(reading.blocks[atom.block], atom.start, atom.end)
