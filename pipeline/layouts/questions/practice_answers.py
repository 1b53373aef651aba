"""Which choice is right, and why: by a letter, a number, the choice's own words, a mark on it, or a key at the end."""

import re
from collections.abc import Sequence
from typing import Final

from pipeline.layouts.questions.practice_parts import LETTER, Atom, PracticeDraft, part_of, without_letter
from pipeline.records import normalise

__all__ = [
    "ANSWER",
    "EXPLANATION",
    "heads_key",
    "is_key",
    "is_marked_right",
    "names_right",
    "take_answer",
    "take_key",
    "take_marks",
]

ANSWER: Final = re.compile(
    r"(?:[✅✓✔☑💡👉]\ufe0f?\s*)?(?:the\s+)?(?:(?:correct|right)\s+)?(?:answer|ans|solution|choice|option|key)(?:\s+(?:key|choice))?"
    r"(?:\s*[:–—-]\s*|\s+is:?\s+|\.\s+|\s*$|\s+(?=\(?[A-H]\)?\.?$))"
    r"|correct\s*[:–—]\s*|[✅✓✔☑]\ufe0f?\s*(?=\(?[A-H]\)?(?:[.):]|\s*$))",
    re.IGNORECASE,
)
EXPLANATION: Final = re.compile(
    r"(?:explanation|rationale|reason(?:ing)?|why)\s*+(?:[:–—]\s*+|$)"
    r"|why (?:it|this) is (?:correct|right)\s*+(?:[:–—]\s*+)?",
    re.IGNORECASE,
)
_RIGHT: Final = re.compile(
    r"(?:choice |option )?"
    r"(?:\((?P<a>[A-H])\)|(?P<b>[A-H])(?=[.):,;]|\s*[–—-]|\s*$|\s+is\s+(?:the\s+)?(?:correct|right)))"
    r"[.):,;]?\s*(?:[–—-]\s*)?(?:is\s+(?:the\s+)?(?:correct|right)(?:\s+(?:answer|choice|option))?[.:,]?\s*)?",
    re.IGNORECASE,
)
# A line that says it without the word "answer": the letter alone, or "B is correct.".
_NAMED_RIGHT: Final = re.compile(
    r"(?:choice |option )?\(?[A-H]\)?[.):]?(?:\s+is\s+(?:the\s+)?(?:correct|right)\b.*)?", re.IGNORECASE
)
_MARKED: Final = re.compile(
    r"^(?:\[[xX]\]|[✅✓✔☑]\ufe0f?)\s*"
    r"|(?:(?<!\s)\s++)?(?:[✅✓✔☑]\ufe0f?|\((?:correct|right)(?: answer)?\)|[–—-]\s*+correct(?: answer)?)$",
    re.IGNORECASE,
)
_UNMARKED: Final = re.compile(r"^(?:\[ \]|[☐☒])\s*")
_KEY: Final = re.compile(r"(?:answers?|answer key|key|solutions?)\s*:?", re.IGNORECASE)
_KEY_LINE: Final = re.compile(r"(?:(?:question |q)?(\d{1,3})\s*+(?:[.):–-]\s*+)?)?\(?([A-H])\)?[.)]?", re.IGNORECASE)
# A text page's first number is its list sign, and no text of the line's.
_KEYS_IN_LINE: Final = re.compile(
    r"(?:\(?[A-H]\)?[.,;]?\s++)?(?:\d{1,3}\s*+(?:[.):–-]\s*+)?\(?[A-H]\)?[.,;]?\s*+)+", re.IGNORECASE
)


def is_marked_right(choice: Atom) -> bool:
    """Say whether a choice is marked as the right one where it stands."""
    return choice.box == "☑" or _MARKED.search(LETTER.sub("", choice.text, count=1)) is not None


def names_right(below: Sequence[str], choices: Sequence[str]) -> bool:
    """Say whether the lines below choices say which of them is right."""
    first = below[0]
    label = ANSWER.match(first)
    if label is None:
        return _NAMED_RIGHT.fullmatch(first) is not None or _place_of(first, choices) is not None
    said = first[label.end() :].strip() or (below[1] if len(below) > 1 else "")
    named = _RIGHT.match(said)
    if named and ord(str(named["a"] or named["b"]).upper()) - ord("A") < len(choices):
        return True
    return _place_of(said, choices) is not None


def _place_of(text: str, choices: Sequence[str]) -> int | None:
    """Return the number of the choice that says just this, from 0."""
    wanted = normalise(text).rstrip(".")
    same = (n for n, choice in enumerate(choices) if normalise(choice).rstrip(".") == wanted)
    return next(same, None) if wanted else None


def take_answer(draft: PracticeDraft, atoms: Sequence[Atom]) -> None:
    """Read what stands behind a question's choices: which is right, and why."""
    rest = list(atoms)
    while rest:
        atom = rest.pop(0)
        if match := EXPLANATION.match(atom.text):
            draft.marks.append(part_of(atom, 0, match.end()))
            _append(draft.explanation, part_of(atom, match.end(), len(atom.text)))
        elif (match := ANSWER.match(atom.text)) and not draft.is_answered:
            draft.marks.append(part_of(atom, 0, match.end()))
            if not atom.text[match.end() :].strip() and rest:
                _take_right(draft, rest.pop(0))
            else:
                _take_right(draft, part_of(atom, match.end(), len(atom.text)))
        elif not draft.is_answered and not draft.explanation and names_right([atom.text], _texts(draft)):
            _take_right(draft, atom)
        else:
            _append(draft.explanation, atom)


def _append(atoms: list[Atom], atom: Atom) -> None:
    if atom.text.strip():
        atoms.append(atom)


def _texts(draft: PracticeDraft) -> list[str]:
    return [without_letter(choice.text) for choice in draft.choices]


def _take_right(draft: PracticeDraft, atom: Atom) -> None:
    """Read the right choice: a letter, with its text or a reason behind it, its number, or the text itself."""
    # Choices may be letters themselves: there "B" is the second one, not the one that says "b".
    same = None if re.fullmatch(r"\(?[A-Ha-h]\)?\.?", atom.text) else _place_of(atom.text, _texts(draft))
    if same is None and (match := _RIGHT.match(atom.text)):
        _choose(draft, match["a"] or match["b"])
        if draft.right is not None:
            draft.letter = part_of(atom, 0, match.end())
            rest = part_of(atom, match.end(), len(atom.text))
            chosen = without_letter(draft.choices[draft.right].text)
            if normalise(rest.text).rstrip(".").startswith(normalise(chosen).rstrip(".")):
                said = len(chosen.rstrip("."))
                tail = re.match(r"[.,;:\s–—-]*", rest.text[said:])
                draft.marks.append(part_of(rest, 0, said + (tail.end() if tail else 0)))
                rest = part_of(rest, said + (tail.end() if tail else 0), len(rest.text))
            _append(draft.explanation, rest)
            return
    number = re.fullmatch(r"\(?(\d)[.)]?", atom.text.strip())
    if same is None and number and 0 < int(number[1]) <= len(draft.choices):
        same = int(number[1]) - 1
    if same is not None:
        draft.right, draft.letter = same, atom
    else:
        draft.answer.append(atom)


def _choose(draft: PracticeDraft, letter: str) -> None:
    number = ord(letter.upper()) - ord("A")
    if number < len(draft.choices):
        draft.right = number


def take_marks(draft: PracticeDraft) -> None:
    """Take letters, boxes and marks of being right off the choices; the one that is marked so is right."""
    draft.choices = [_bare(draft, number, choice) for number, choice in enumerate(draft.choices)]


def _bare(draft: PracticeDraft, number: int, choice: Atom) -> Atom:
    if choice.box == "☑" and not draft.is_answered:
        draft.right = number
    for find in (LETTER.match, _UNMARKED.match, _MARKED.search):
        match = find(choice.text)
        if match is None or match.end() - match.start() >= len(choice.text):
            continue
        draft.marks.append(part_of(choice, match.start(), match.end()))
        if match.re is _MARKED and not draft.is_answered:
            draft.right = number
        start, end = (0, match.start()) if match.start() else (match.end(), len(choice.text))
        choice = part_of(choice, start, end)
    return choice


def heads_key(text: str) -> bool:
    """Say whether a line is the heading of the answers at a section's end."""
    return _KEY.fullmatch(text) is not None


def is_key(atoms: Sequence[Atom], position: int) -> bool:
    """Say whether the key begins at a line: its heading, and behind it nothing but lines like "1. C"."""
    if not heads_key(atoms[position].text):
        return False
    lines = [atom.text for atom in atoms[position + 1 :]]
    one_line = len(lines) == 1 and _KEYS_IN_LINE.fullmatch(lines[0])
    return bool(one_line) or (len(lines) > 1 and all(_KEY_LINE.fullmatch(line) for line in lines))


def take_key(drafts: Sequence[PracticeDraft], key: Sequence[Atom]) -> None:
    """Read the right choices from the key at the end, one for each question in turn."""
    drafts[0].marks.append(key[0])
    letters: list[str] = []
    for number, line in enumerate(key[1:]):
        drafts[min(number, len(drafts) - 1)].marks.append(line)
        letters += re.findall(r"\b[A-Ha-h]\b", line.text)
    for draft, letter in zip(drafts, letters, strict=False):
        if not draft.is_answered:
            _choose(draft, letter)
