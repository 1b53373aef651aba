"""Practice questions: those with choices, and those without that stand among them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.blocks import Frame, frames_of
from pipeline.layouts.questions.answers import questions_of
from pipeline.layouts.questions.asking import asks, ends_asking
from pipeline.layouts.questions.draft import QuestionDraft
from pipeline.layouts.questions.practice_answers import ANSWER, EXPLANATION, is_key, take_answer, take_key, take_marks
from pipeline.layouts.questions.practice_lines import Group, offered_choices
from pipeline.layouts.questions.practice_parts import Atom, PracticeDraft, part_of
from pipeline.layouts.reading import Reading

__all__ = ["all_questions_of"]

_NUMBER: Final = re.compile(
    r"(?:q(?:uestion)?\s*+)?[(#]?(\d{1,3})[.):]\s++(?=\S)|(?:question|q)\s*+(\d{1,3})\s*+(?:[.:)]\s*+)?$", re.IGNORECASE
)
# An exercise in a word that no explanation of a right choice begins with.
_TASK: Final = re.compile(
    r"(?:analy[sz]e|calculate|compare|contrast|define|describe|determine|discuss|distinguish|evaluate|explain|identify|"
    r"justify|summari[sz]e)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _OpenQuestions:
    """The blocks of questions that offer no choices, and the number that the first has, if the page counts on."""

    blocks: tuple[int, ...]
    number: int = 1


def all_questions_of(
    reading: Reading, blocks: Sequence[int], heading: int | None
) -> tuple[list[QuestionDraft], list[int]]:
    """Return the questions of a section, with choices or without, and the blocks that belong to none."""
    texts = [index for index in blocks if reading.blocks[index].text]
    questions: list[QuestionDraft] = []
    left: list[int] = []
    for asked in _practice_of(reading, texts) or [_OpenQuestions(tuple(blocks))]:
        if isinstance(asked, PracticeDraft):
            questions.append(asked.finished(reading))
        else:
            drafts, rest = questions_of(reading, asked.blocks, heading, number=asked.number)
            questions += drafts
            left += rest
    return questions, left


def _practice_of(reading: Reading, blocks: Sequence[int]) -> list[PracticeDraft | _OpenQuestions]:
    """Return the questions of a section that offers choices, in page order; nothing if it offers no choices."""
    lines = [Atom(index, 0, len(reading.blocks[index].text), reading.blocks[index].text) for index in blocks]
    behind = next((n for n in range(len(lines)) if is_key(lines, n)), len(lines))
    key = lines[behind:]
    atoms, groups = offered_choices(reading, [line.block for line in lines[:behind]], has_key=bool(key))
    if not groups:
        return []
    found: list[PracticeDraft | _OpenQuestions] = []
    drafts: list[PracticeDraft] = []
    cards = _cards(reading, atoms, groups)
    previous = 0
    for number, group in enumerate(groups):
        start = _question_start(reading, atoms, previous, group, cards[number])
        draft = PracticeDraft(atoms[start : group.first], [atoms[n] for n in group.choices])
        draft.marks = [atoms[n] for n in group.letters]
        rest = _between(reading, atoms[previous:start], drafts[-1] if drafts else None, cards[number - 1], found)
        draft.question = rest + draft.question
        drafts.append(draft)
        found.append(draft)
        previous = group.last + 1
    _between(reading, atoms[previous:], drafts[-1], cards[-1], found)
    for draft in drafts:
        _strip_numbers(draft)
        take_marks(draft)
    if key:
        take_key(drafts, key)
    return found


def _between(
    reading: Reading,
    atoms: Sequence[Atom],
    draft: PracticeDraft | None,
    card: Frame | None,
    found: list[PracticeDraft | _OpenQuestions],
) -> list[Atom]:
    """Assign the lines between two questions with choices: the first one's answer and explanation, then open questions.

    `draft` is the first, None above all; `card` the container that holds it alone. What stands above all and asks
    nothing belongs to the question below it, and is returned.
    """
    asked = _number_of(reading, draft.question[0]) if draft is not None and draft.question else None
    at = _open_at(reading, atoms, card, answering=draft is not None, asked=asked)
    if draft is not None:
        take_answer(draft, atoms[:at])
    elif at:
        return list(atoms)
    blocks = tuple(dict.fromkeys(atom.block for atom in atoms[at:]))
    if blocks:
        found.append(_OpenQuestions(blocks, _number_of(reading, atoms[at]) or 1))
    return []


def _open_at(
    reading: Reading, atoms: Sequence[Atom], card: Frame | None, *, answering: bool, asked: int | None = None
) -> int:
    """Return the first of the lines with which an open question begins; their number if there is none.

    That is a question, or a task with something behind it; outside of the container that holds the question with
    choices above, whatever may be one. Where the page counts, it is what has the number after `asked`, the one above.
    """
    labelled = False  # right behind "Answer:": whatever it is, it is the answer
    counted = [_number_of(reading, atom) for atom in atoms]
    for n, atom in enumerate(atoms):
        block = reading.blocks[atom.block]
        is_label = bool(ANSWER.match(atom.text) or EXPLANATION.match(atom.text))
        begins = not block.text[: atom.start].strip() and not is_label and not labelled
        labelled = is_label and bool(re.fullmatch(r"[^:]*+(?::\s*+)?", atom.text))
        if not begins:
            continue
        if asked is not None and counted[n] == asked + 1 and asked not in counted[:n]:
            return n  # an explanation's own list would have begun before
        text = _without_number(atom.text)
        outside = answering and card is not None and card not in frames_of(block.frame)
        if outside and n and asks(text):
            return n
        if ends_asking(text) or (_TASK.match(text) and n + 1 < len(atoms)):
            return n
    return len(atoms)


def _number_of(reading: Reading, atom: Atom) -> int | None:
    """Return the number of a question, in its text or as a list sign."""
    match = _NUMBER.match(atom.text)
    sign = reading.blocks[atom.block].marker.strip("()[].") if not atom.start else ""
    said = (match[1] or match[2]) if match else sign
    return int(said) if said.isdecimal() else None


def _without_number(text: str) -> str:
    match = _NUMBER.match(text)
    return text[match.end() :] if match else text


def _cards(reading: Reading, atoms: Sequence[Atom], groups: Sequence[Group]) -> list[Frame | None]:
    """Return for each group of choices the outermost container that holds no other's."""
    chains = [list(frames_of(reading.blocks[atoms[group.first].block].frame))[::-1] for group in groups]
    if len(chains) < 2:
        return [None] * len(chains)
    holds = Counter(frame for chain in chains for frame in chain)
    return [next((frame for frame in chain if holds[frame] == 1), None) for chain in chains]


def _question_start(reading: Reading, atoms: Sequence[Atom], previous: int, group: Group, card: Frame | None) -> int:
    """Return where the question above a group of choices begins.

    At the first line of the container that holds both; else at its number, heading or bold words; else behind the
    answer of the question above, or, if another question stands between, at the line above the choices.
    """
    above = range(group.first - 1, previous - 1, -1)
    inside = [n for n in above if card is not None and card in frames_of(reading.blocks[atoms[n].block].frame)]
    if inside:
        return inside[-1]
    for n in above:
        block = reading.blocks[atoms[n].block]
        if label := ANSWER.match(atoms[n].text) or EXPLANATION.match(atoms[n].text):
            behind = n + 1 if atoms[n].text[label.end() :].strip() else n + 2
            above_last = atoms[behind : group.first - 1]
            asked_before = _open_at(reading, above_last, None, answering=False) < len(above_last)
            return group.first - 1 if asked_before else min(behind, group.first - 1)
        if _NUMBER.match(atoms[n].text) or block.kind == "heading" or block.marker[:1].isdigit() or block.is_bold:
            return n
    return max(group.first - 1, previous)


def _strip_numbers(draft: PracticeDraft) -> None:
    first = draft.question[0] if draft.question else None
    match = _NUMBER.match(first.text) if first else None
    if first is None or match is None:
        return
    draft.marks.append(part_of(first, 0, match.end()))
    rest = part_of(first, match.end(), len(first.text))
    draft.question = [*([rest] if rest.text.strip() else []), *draft.question[1:]]
