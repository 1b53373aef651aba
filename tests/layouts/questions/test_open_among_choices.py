"""Questions without choices among others that have them: the page's own numbers tell where one begins."""

from collections.abc import Sequence

import pytest

from parsed_pages import parse
from pipeline.records import StudyGuide

HEAD = (
    "<!doctype html><title>t</title><p>Sea Unit 3 Review</p><h1>Tides</h1><p>Written by Ann Lee</p>"
    "<h2>What moves</h2><p>The moon pulls.</p><h2>Practice Questions</h2>"
)
TEXT_HEAD = "Sea Unit 3 Review\n\n3.5 Tides\n\n6 min read\n\nThe moon pulls. So does the sun, and so it turns.\n\n"
PULLS = ("What pulls most?", ["The moon", "The sun"], "The moon")
FEARED = ("Sailors have feared the tides for ages. Describe what they did about it.", [], "They made tables.")
NEAP = ("Why is a neap tide low?", [], "Sun and moon pull apart.")
TABLE = ("The table of a harbour shows two high waters in a day.", [], "So it is half a day from one to the next.")
TURNS = ("How often does it turn?", ["Twice a day", "Four times a day"], "Four times a day")
Asked = tuple[str, list[str], str]


def lines(asked: Sequence[Asked], number: str, answer: str) -> list[str]:
    made = []
    for n, (question, choices, answered) in enumerate(asked, 1):
        made.append(f"{number.format(n)}{question}")
        made += [f"{letter}. {choice}" for letter, choice in zip("ABCD", choices, strict=False)]
        made.append(f"{answer}{'ABCD'[choices.index(answered)] if choices else answered}")
    return made


def said(page: str, path: str = "sea/p.html") -> list[tuple[str, list[str], str | None, str | None]]:
    outcome = parse(page, path)
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert not outcome.ledger.unclaimed
    return [
        (
            one.question.text,
            [choice.text for choice in one.choices],
            one.answer.text if one.answer else None,
            one.explanation.text if one.explanation else None,
        )
        for one in record.questions
    ]


MIXES = {
    "after choices": [PULLS, FEARED, NEAP],
    "between choices": [PULLS, FEARED, TURNS],
    "two between choices": [PULLS, NEAP, FEARED, TURNS],
    "before choices": [NEAP, PULLS],
    "no wording of a question": [PULLS, TABLE],
    "at the end": [PULLS, TURNS, TABLE, FEARED],
}


@pytest.mark.parametrize("number", ["{}. ", "{}) ", "({}) ", "Question {}: ", "Q{}. "])
@pytest.mark.parametrize("answer", ["Answer: ", "Correct answer: "])
@pytest.mark.parametrize("asked", MIXES.values(), ids=MIXES)
def test_a_number_that_counts_on_begins_a_question(asked: list[Asked], number: str, answer: str) -> None:
    body = "".join(f"<p>{line}</p>" for line in lines(asked, number, answer))
    assert said(HEAD + body) == [(*one, None) for one in asked]


@pytest.mark.parametrize("asked", MIXES.values(), ids=MIXES)
def test_it_does_in_a_text_extraction(asked: list[Asked]) -> None:
    body = "\n\n".join(lines(asked, "{}. ", "Answer: "))
    assert said(f"{TEXT_HEAD}Practice Questions\n\n{body}\n", "sea/p.txt") == [(*one, None) for one in asked]


@pytest.mark.parametrize("one", [FEARED, NEAP])
def test_one_open_question_alone_has_no_number(one: Asked) -> None:
    body = "".join(f"<p>{line}</p>" for line in lines([one], "{}. ", "Answer: "))
    assert said(HEAD + body) == [(*one, None)]


def test_the_numbers_of_an_explanation_begin_no_question() -> None:
    steps = "<p>Explanation: Two steps.</p><p>1. Look at the moon.</p><p>2. Look at the sun.</p>"
    first, second = lines([PULLS], "{}. ", "Answer: "), lines([PULLS, TURNS], "{}. ", "Answer: ")[4:]
    body = "".join(f"<p>{line}</p>" for line in first) + steps + "".join(f"<p>{line}</p>" for line in second)
    (one, two) = said(HEAD + body)
    assert one[3] == "Two steps.\n1. Look at the moon.\n2. Look at the sun."
    assert two[:3] == TURNS
