"""Practice questions: however choices and answers are printed, the answer is the right choice's text."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsed_pages import parse
from pipeline.records import Question, StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

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


ASKED = "What is a cell?\n\nA. a room\n\nB. a wall\n\nC. a door\n\n"


@pytest.mark.parametrize(
    "answer",
    ["B", "(B)", "B.", "Correct: B", "Key: B", "✅ B", "B is correct.", "Answer: B — a wall", "Answer is B", "a wall"],
)
def test_which_is_right_may_be_said_without_the_word_answer(answer: str) -> None:
    (question,) = questions_of(f"{ASKED}{answer}")
    assert said(question) == (*CELL, "a wall", None)


@pytest.mark.parametrize("wall", ["B. a wall (correct)", "B. a wall ✓", "B. ✅ a wall", "B. a wall – correct"])
def test_the_right_choice_may_be_marked_where_it_stands(wall: str) -> None:
    (question,) = questions_of(ASKED.replace("B. a wall", wall))
    assert said(question) == (*CELL, "a wall", None)


def test_a_box_that_is_ticked_is_the_right_choice() -> None:
    page = f"# {HEAD}## Practice Questions\n\nWhat is a cell?\n\n- [ ] a room\n- [x] a wall\n- [ ] a door\n"
    (record,) = parse(page.replace("# Biology", "Biology").replace("3.5", "# 3.5"), "cells.md").records
    assert isinstance(record, StudyGuide)
    assert said(record.questions[0]) == (*CELL, "a wall", None)


@pytest.mark.parametrize("key", ["1. B\n2. A", "1. B  2. A", "B\nA", "1) (B)\n2) (A)"])
def test_a_key_at_the_end_gives_the_right_choice_of_each_question(key: str) -> None:
    first, second = questions_of(f"1. {ASKED}2. What is a wall?\n\nA. a side\n\nB. a floor\n\nAnswer Key\n\n{key}")
    assert said(first) == (*CELL, "a wall", None)
    assert said(second) == ("What is a wall?", ["a side", "a floor"], "a side", None)


def test_a_number_names_a_choice_of_a_numbered_list() -> None:
    (question,) = questions_of("What is a cell?\n\n  1. a room\n  2. a wall\n  3. a door\n\nAnswer: 2")
    assert said(question) == (*CELL, "a wall", None)


OPEN = ("Why do cells have walls?", [], "Walls hold them up.", None)
OPEN_TEXT = "Why do cells have walls?\n\nWalls hold them up.\n\n"


@pytest.mark.parametrize("answer", ["Answer: B", "Answer: B\n\nExplanation: It is one.", "B"])
def test_a_question_without_choices_among_others_is_a_question_of_its_own(answer: str) -> None:
    reason = "It is one." if "It is one." in answer else None
    before, between, behind, last = questions_of(
        f"{OPEN_TEXT}{ASKED}{answer}\n\n{OPEN_TEXT}What is a wall?\n\nA. a side\n\nB. a floor\n\n{answer}"
    )
    assert said(before) == said(behind) == OPEN
    assert said(between) == (*CELL, "a wall", reason)
    assert said(last) == ("What is a wall?", ["a side", "a floor"], "a floor", reason)


def test_a_task_without_choices_behind_others_is_a_question_of_its_own() -> None:
    first, second = questions_of(f"{ASKED}Answer: A\n\nExplain how doors work.\n\nThey turn on hinges.")
    assert said(first)[2:] == ("a room", None)
    assert said(second) == ("Explain how doors work.", [], "They turn on hinges.", None)


@pytest.mark.parametrize(
    ("asked", "answer"),
    [
        ("A ball falls 20 m. (a) How long does it fall? (b) How fast does it land?", "(a) 2.0 s; (b) 19.6 m/s"),
        ("(a) Find the time. (b) Find the speed.", "It takes two seconds, and lands at 19.6 m/s."),
        ("Which is larger: (a) 2/3 or (b) 3/4?", "3/4"),
        ("Find the mean and the median.", "a. 5.2\n\nb. 4.9"),
        ("Who wrote the letter?", "A. Stone wrote it in a cold winter."),
    ],
)
def test_letters_that_count_the_parts_of_an_exercise_are_no_choices(asked: str, answer: str) -> None:
    first, second = questions_of(f"{asked}\n\n{answer}\n\n{OPEN_TEXT}")
    assert said(first) == (asked, [], answer.replace("\n\n", "\n"), None)
    assert said(second) == OPEN


def test_lists_of_four_below_each_question_are_choices_though_nothing_says_which_is_right() -> None:
    def item(asked: str, *choices: str) -> str:
        return f"<li><p>{asked}</p><ol>{''.join(f'<li>{choice}</li>' for choice in choices)}</ol></li>"

    asked = item("What is a cell?", "a room", "a wall", "a door", "a key")
    page = (
        "<main><p>Biology Unit 3 Review</p><h1>3.5 Cells</h1><p>6 min read</p><h2>Practice Questions</h2>"
        f"<ol>{asked}{item('What is a wall?', 'a side', 'a floor', 'a roof', 'a step')}</ol></main>"
    )
    (record,) = parse(page, "cells.html").records
    assert isinstance(record, StudyGuide)
    assert [len(question.choices) for question in record.questions] == [4, 4]
    assert [question.answer for question in record.questions] == [None, None]


@pytest.mark.parametrize(
    "answer",
    [
        "There are two:\n\n  • thick walls\n  • thin walls",
        "It depends. Is the wall thin? If so, it falls.\n\nIf the wall is thick, it stands.",
        "Step 1: Build it.\n\nStep 2: Paint it.\n\nx = 2",
        "It prints three numbers:\n\n0\n\n1\n\n2",
        "These do:\n\nWall\tThick\nDoor\tThin",
    ],
)
def test_an_answer_holds_lists_steps_tables_and_rhetorical_questions(answer: str) -> None:
    first, second = questions_of(f"Which walls are there?\n\n{answer}\n\n{OPEN_TEXT}")
    assert first.question.text == "Which walls are there?"
    assert first.answer is not None
    assert "".join(first.answer.text.split()) == "".join(answer.replace("•", "").split())
    assert said(second) == OPEN


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
