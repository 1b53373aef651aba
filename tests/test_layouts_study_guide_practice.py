"""Practice questions: however choices and answers are printed, the answer is the right choice's text."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsed_pages import parse

from pipeline.records import Question, StudyGuide
from pipeline.stages.outcome import ParseOutcome

HEAD = "Biology Unit 3 Review\n\n3.5 Cells\n\n6 min read\n\nCells are rooms. They have walls, and some have doors.\n\n"


def outcome_of(section: str) -> ParseOutcome:
    return parse(f"{HEAD}Practice Questions\n\n{section}\n", "cells.txt")


def questions_of(section: str) -> tuple[Question, ...]:
    outcome = outcome_of(section)
    assert outcome.ledger.unclaimed == ()
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record.questions


def said(question: Question) -> tuple[str, list[str], str | None, str | None]:
    return (
        question.question.text,
        [choice.text for choice in question.choices],
        question.answer.text if question.answer else None,
        question.explanation.text if question.explanation else None,
    )


CELL = ("What is a cell?", ["a room", "a wall", "a door"])


@pytest.mark.parametrize(
    "choices",
    ["A. a room\nB. a wall\nC. a door", "(A) a room\n(B) a wall\n(C) a door", "a) a room\nb) a wall\nc) a door"],
)
@pytest.mark.parametrize(
    "answer", ["Answer: A", "Correct answer: (A) a room", "Correct Answer: A. a room", "Answer: a room"]
)
def test_letters_and_answers_in_every_form_give_the_choices_text(choices: str, answer: str) -> None:
    (question,) = questions_of(f"1. What is a cell?\n{choices}\n{answer}\nExplanation: It has walls.")
    assert said(question) == (*CELL, "a room", "It has walls.")


def test_choices_in_one_line_are_told_by_their_letters() -> None:
    (question,) = questions_of("What is a cell? A. a room B. a wall C. a door\n\nAnswer: C")
    assert said(question) == (*CELL, "a door", None)


def test_a_reason_behind_the_letter_is_the_explanation() -> None:
    (question,) = questions_of("What is a cell?\n\nA. a room\n\nB. a wall\n\nAnswer: A. Walls are around it.")
    assert said(question) == ("What is a cell?", ["a room", "a wall"], "a room", "Walls are around it.")


def test_choices_may_be_letters_themselves() -> None:
    (question,) = questions_of("Which letter begins “cell”?\n\nA. b\n\nB. c\n\nC. d\n\nAnswer: B")
    assert said(question)[1:3] == (["b", "c", "d"], "c")


def test_a_question_between_two_groups_belongs_to_the_second() -> None:
    first, second = questions_of(
        "What is a cell?\n\nA. a room\n\nB. a wall\n\nAnswer: A\n\nExplanation: It has walls.\n\n"
        "What is a wall?\n\nA. a room\n\nB. a wall\n\nAnswer: B"
    )
    assert said(first)[2:] == ("a room", "It has walls.")
    assert said(second) == ("What is a wall?", ["a room", "a wall"], "a wall", None)


def test_a_missing_answer_is_null_and_told() -> None:
    outcome = outcome_of("What is a cell?\n\nA. a room\n\nB. a wall")
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert record.questions[0].answer is None
    assert [finding.code for finding in outcome.findings] == ["no-answer"]


def test_an_ordered_list_without_letters_holds_choices_where_an_answer_names_one() -> None:
    page = (
        "<main><p>Biology Unit 3 Review</p><h1>3.5 Cells</h1><p>6 min read</p><h2>Practice Questions</h2>"
        "<p>What is a cell?</p><ol type='A'><li>a room</li><li>a wall</li></ol><p>Answer: B</p></main>"
    )
    (record,) = parse(page, "cells.html").records
    assert isinstance(record, StudyGuide)
    assert said(record.questions[0]) == ("What is a cell?", ["a room", "a wall"], "a wall", None)


LINES = st.sampled_from(
    [
        "What is a cell?", "1. What is a wall?", "2. Name a door.", "A. a room", "B. a wall", "C. a door", "(A) a",
        "(B) b", "A", "B", "a room", "Answer: A", "Answer: H", "Answer: a room", "Answer", "Explanation: It has walls.",
        "Correct answer: (B) a wall. So it is.", "Explanation:", "Answer Key", "1. A", "2. B", "  • a room",
        "  • a wall", "A. x B. y C. z", "Question 2", "Show answer", "It depends.",
    ]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(LINES, max_size=14), st.booleans())
def test_no_order_of_lines_breaks_the_reading_or_loses_a_character(lines: list[str], tight: bool) -> None:
    outcome = outcome_of(("\n" if tight else "\n\n").join(lines))
    ledger: Any = outcome.ledger
    unclaimed = sum(len("".join(piece.text.split())) for piece in ledger.unclaimed)
    assert sum(ledger.fields.values()) + sum(ledger.boilerplate.values()) + unclaimed == ledger.visible
