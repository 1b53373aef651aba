"""The note of a review question: the question, the choices that its page offers, the answer."""

import hashlib
import re
from collections.abc import Sequence
from typing import Final

from pipeline.notes.masking import Mask
from pipeline.notes.placing import Placing
from pipeline.notes.study_note import StudyNote, identity_text, letters
from pipeline.records import Question, RichText, normalise

__all__ = ["letter_of", "question_note", "shown_order"]

# Choices that speak of others by place, or of all others: moving them would change what they mean.
_LETTERED: Final = re.compile(
    r"\b(?:both|neither|either|only|choices?|options?|answers?)\s+\(?[A-E1-5]\b|^\(?[A-E]\)?\s+(?:and|or|&)\s+\(?[A-E]\b"
    r"|\b[A-E]\s*(?:,|and|or|&)\s*[A-E]\b"
    r"|\b[Tt]he (?:first|second|third|fourth|last|former|latter)\b"
)
_NAMING_ANSWER: Final = 8  # words
_LAST: Final = re.compile(r"^\s*(?:all|none|both|neither)\s+(?:of\s+)?(?:the|these|those|them)\b", re.IGNORECASE)


def question_note(placing: Placing, question: Question, term: str = "", mask: Mask | None = None) -> StudyNote | None:
    """Return the Review question note, or None where the page gives no answer: half a card teaches nothing.

    `term` (HTML) is what the question is about, shown with it, but not where it is the answer: `mask` covers it.
    """
    back = question.answer or question.explanation
    if back is None or not back or not question.question:
        return None
    text = " ".join(question.question.text.split())
    explanation = question.explanation.html if question.explanation and question.answer else ""
    choices = shown_order(question)
    return StudyNote(
        kind="question",
        key=question.key,
        identity_key=question.key,
        identity_text=identity_text(text),
        front=question.question.html,
        back=back.html,
        term="" if mask and _is_answer(back, question, mask) else term,
        choices=tuple(choice.html for choice in choices),
        right=_right(question, choices),
        explanation=explanation,
        **placing,
    )


def _is_answer(answer: RichText, question: Question, mask: Mask) -> bool:
    """Say whether an answer comes to naming the term: a short one that has it, or the choice that has it."""
    asks_for_a_name = bool(question.choices) or len(answer.text.split()) <= _NAMING_ANSWER
    return asks_for_a_name and mask.html(answer.html).hits > 0


def shown_order(question: Question) -> tuple[RichText, ...]:
    """Return the choices in the order in which every output shows them: cards and handouts call each by one letter.

    By a hash of each choice's own text: so the place of the right one says nothing, no build changes it, and an
    edited choice moves alone. "All of the above" stays last; where a text names choices by letter, the
    page's order stays.
    """
    if len(question.choices) < 2:
        return question.choices
    texts = [part for part in (question.answer, question.explanation, *question.choices) if part]
    if any(_LETTERED.search(part.text) for part in texts):
        return question.choices
    return tuple(sorted(question.choices, key=_place))


def _place(choice: RichText) -> tuple[bool, str]:
    digest = hashlib.sha256(normalise(choice.text or choice.html).encode("utf-8", "surrogatepass")).hexdigest()
    return bool(_LAST.search(choice.text)), digest


def letter_of(question: Question) -> str:
    """Return the letter of the choice that is the answer, in `shown_order`; "" if none says just the same."""
    place = _right(question, shown_order(question))
    return "" if place is None else letters(place)


def _right(question: Question, choices: Sequence[RichText]) -> int | None:
    if question.answer is None:
        return None
    wanted = normalise(question.answer.text)
    for place, choice in enumerate(choices):
        if choice.html == question.answer.html or (wanted and normalise(choice.text) == wanted):
            return place
    return None
