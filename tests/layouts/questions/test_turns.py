"""Questions and answers told apart by labels: in one block or in many, in known words or in any two that alternate."""

import pytest

from parsed_pages import only_record, parse, term_html
from pipeline.records import StudyGuide

PAIRS = [("Why does it rise?", "The moon pulls. So it does."), ("How often?", "Twice a day.")]
LABELS = [
    ("Q:", "A:"), ("Q.", "A."), ("Question:", "Answer:"), ("Q1:", "A1:"), ("Question 1:", "Answer 1:"), ("q)", "a)"),
    ("Prompt:", "Reply:"), ("Frage:", "Antwort:"), ("Vraag:", "Uitleg:"), ("Ann:", "Bo:"),
]  # fmt: skip
BLOCKS = {
    "lines of one block": ("<div>", "<br>", "</div>", "{label} {text}"),
    "bold labels": ("<p>", "<br>", "</p>", "<b>{label}</b> {text}"),
    "spans of one block": ("<div>", "<br>", "</div>", "<span>{label}</span> <span>{text}</span>"),
    "paragraphs": ("<p>", "</p><p>", "</p>", "{label} {text}"),
    "items": ("<ul><li>", "</li><li>", "</li></ul>", "{label} {text}"),
}


def answered(page: str) -> list[tuple[str, str | None]]:
    outcome = parse(page)
    record = only_record(outcome)
    assert not outcome.ledger.unclaimed
    return [(one.question.text, one.answer.text if one.answer else None) for one in record.questions]


@pytest.mark.parametrize("labels", LABELS)
@pytest.mark.parametrize("form", BLOCKS.values(), ids=BLOCKS)
def test_labels_tell_questions_from_answers(labels: tuple[str, str], form: tuple[str, str, str, str]) -> None:
    begin, between, end, line = form
    lines = [line.format(label=label, text=text) for pair in PAIRS for label, text in zip(labels, pair, strict=True)]
    heading = "<b>Review Questions</b><br>" if between == "<br>" else ""
    body = f"{begin}{heading}{between.join(lines)}{end}"
    assert answered(term_html(questions=body if heading else f"<h2>Review Questions</h2>{body}")) == PAIRS


@pytest.mark.parametrize("labels", LABELS[:3])
def test_an_answer_may_stand_in_the_line_of_its_question(labels: tuple[str, str]) -> None:
    ask, told = labels[0].replace(".", ":"), labels[1].replace(".", ":")
    body = "".join(f"<p>{ask} {question} {told} {answer}</p>" for question, answer in PAIRS)
    assert answered(term_html(questions=f"<h2>Review Questions</h2>{body}")) == PAIRS


@pytest.mark.parametrize("labels", LABELS[:6])
def test_one_question_with_labels_among_others_without(labels: tuple[str, str]) -> None:
    first, second = PAIRS
    for pairs in ((first, second), (second, first)):
        plain = f"<p>{pairs[0][0]}</p><p>{pairs[0][1]}</p>"
        labelled = f"<p>{labels[0]} {pairs[1][0]}</p><p>{labels[1]} {pairs[1][1]}</p>"
        assert answered(term_html(questions=f"<h2>Review Questions</h2>{plain}{labelled}")) == [*pairs]
        assert answered(term_html(questions=f"<h2>Review Questions</h2>{labelled}{plain}")) == [*pairs[::-1]]


def test_choices_in_the_lines_of_a_question_are_no_answers() -> None:
    page = (
        "<!doctype html><title>t</title><p>Sea Unit 3 Review</p><h1>Tides</h1><p>Written by Ann Lee</p>"
        "<h2>What moves</h2><p>The moon pulls.</p><h2>Practice Questions</h2>"
        "<p>Q. What pulls most?<br>A. The moon<br>B. The sun<br>Answer: A</p>"
    )
    (record,) = parse(page, "sea/p.html").records
    assert isinstance(record, StudyGuide)
    (one,) = record.questions
    assert [choice.text for choice in one.choices] == ["The moon", "The sun"]
    assert one.answer is not None
    assert one.answer.text == "The moon"


@pytest.mark.parametrize(
    "line",
    ["A. Lincoln spoke.<br>B. Franklin wrote.", "Note: it rises.<br>Note: it falls.", "Ann: Why?<br>Bo: Because."],
)
def test_lines_that_have_no_two_labels_in_turn_stay_one_paragraph(line: str) -> None:
    record = only_record(parse(term_html(definition=f"<h2>Definition</h2><p>{line}</p>")))
    assert record.definition.html == line
