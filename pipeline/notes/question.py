"""The note of a review question: the question, the choices that its page offers, the answer."""

from typing import Final

from pipeline.notes.masking import Mask
from pipeline.notes.placing import Placing
from pipeline.notes.study_note import StudyNote, identity_text, letters
from pipeline.records import Question, RichText, normalise

__all__ = ["letter_of", "question_note"]

_NAMING_ANSWER: Final = 8  # words


def question_note(placing: Placing, question: Question, term: str = "", mask: Mask | None = None) -> StudyNote | None:
    """Return the Review question note, or None where the page gives no answer: half a card teaches nothing.

    `term` (HTML) is what the question is about, shown with it, but not where it is the answer: `mask` covers it.
    """
    back = question.answer or question.explanation
    if back is None or not back or not question.question:
        return None
    text = " ".join(question.question.text.split())
    explanation = question.explanation.html if question.explanation and question.answer else ""
    return StudyNote(
        kind="question",
        key=question.key,
        identity_key=question.key,
        identity_text=identity_text(text),
        front=question.question.html,
        back=back.html,
        term="" if mask and _is_answer(back, question, mask) else term,
        choices=tuple(choice.html for choice in question.choices),
        right=_right(question),
        explanation=explanation,
        **placing,
    )


def _is_answer(answer: RichText, question: Question, mask: Mask) -> bool:
    """Say whether an answer comes to naming the term: a short one that has it, or the choice that has it."""
    asks_for_a_name = bool(question.choices) or len(answer.text.split()) <= _NAMING_ANSWER
    return asks_for_a_name and mask.html(answer.html).hits > 0


def letter_of(question: Question) -> str:
    """Return the letter of the choice that is the answer, in the page's order; "" if none says just the same.

    Every output keeps that order: explanations name choices by letter, or say "the first of them".
    """
    place = _right(question)
    return "" if place is None else letters(place)


def _right(question: Question) -> int | None:
    if question.answer is None:
        return None
    wanted = normalise(question.answer.text)
    for place, choice in enumerate(question.choices):
        if choice.html == question.answer.html or (wanted and normalise(choice.text) == wanted):
            return place
    return None
