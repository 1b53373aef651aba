"""Tables whose rows are items, words or questions: columns that only number or name the rows are none of them."""

import pytest

from parsed_pages import only_record, parse, term_html
from pipeline.records import StudyGuide

AIMS = ["Explain why the sea rises twice a day.", "Compare spring tides with neap tides."]
WORDS = [("ebb", "The fall of the water."), ("flood", "The rise of the water.")]
ASKED = [("Why does it fall?", "The moon."), ("Why does it rise?", "The moon again.")]
FACTS = ["The ebb is slow.", "It ends."]
HEADS = [("th", True), ("td", True), ("td", False)]


def table(heads: list[str], rows: list[list[str]], tag: str = "th", *, headed: bool = True) -> str:
    head = "".join(f"<{tag}>{cell}</{tag}>" for cell in heads)
    lines = [head] * headed + ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return "<table>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"


def guide(body: str) -> StudyGuide:
    page = (
        "<!doctype html><title>Tides</title><main><p>Sea Unit 3 Review</p><h1>Tides</h1><p>Written by Ann Lee</p>"
        f"{body}<h2>Overview</h2><p>Water moves up and down.</p><h2>What Moves</h2><p>The moon pulls.</p></main>"
    )
    (record,) = parse(page, "sea/tides.html").records
    assert isinstance(record, StudyGuide)
    return record


def term(**parts: str) -> str:
    facts = "<h2>2 Must Know Facts For Your Next Test</h2><ol><li>It is passive.</li><li>It is slow.</li></ol>"
    return term_html(**({"facts": facts} | parts))


@pytest.mark.parametrize(
    ("heads", "codes"),
    [
        (["Code", "Objective"], ["OC-1.1", "OC-1.2"]),
        (["#", "Learning objective"], ["1", "2"]),
        (["Standard", "Description"], ["OC-1.1", "OC-1.2"]),
        (["Unit", "You will"], ["Unit 1", "Unit 2"]),
    ],
)
@pytest.mark.parametrize("lead", ["", "<p>By the end you will be able to:</p>"])
@pytest.mark.parametrize("tag", ["th", "td"])
def test_objectives_with_their_codes(heads: list[str], codes: list[str], lead: str, tag: str) -> None:
    rows = [list(row) for row in zip(codes, AIMS, strict=True)]
    body = "<h2>Learning Objectives</h2>" + lead + table(heads, rows, tag)
    assert [aim.text for aim in guide(body).objectives] == AIMS
    turned = "<h2>Learning Objectives</h2>" + table(heads[::-1], [row[::-1] for row in rows], tag)
    assert [aim.text for aim in guide(turned).objectives] == AIMS


def test_a_column_beside_objectives_is_told() -> None:
    rows = [[aim, act] for aim, act in zip(AIMS, ["Drawing the moon.", "Measuring each hour."], strict=True)]
    page = term(facts="<h2>Must Know Facts For Your Next Test</h2>" + table(["Fact", "Activity"], rows))
    outcome = parse(page)
    assert [fact.text for fact in only_record(outcome).facts] == AIMS
    assert [piece.text for piece in outcome.ledger.unclaimed] == ["Drawing the moon.", "Measuring each hour."]


@pytest.mark.parametrize(("tag", "headed"), HEADS)
def test_numbers_of_rows_are_no_facts_words_or_questions(tag: str, headed: bool) -> None:
    facts = table(["#", "Fact"], [[f"{n}", fact] for n, fact in enumerate(FACTS, 1)], tag, headed=headed)
    related = table(
        ["No.", "Term", "Definition"], [[f"{n}", *word] for n, word in enumerate(WORDS, 1)], tag, headed=headed
    )
    asked = table(["#", "Question", "Answer"], [[f"{n}", *one] for n, one in enumerate(ASKED, 1)], tag, headed=headed)
    outcome = parse(
        term(
            facts="<h2>Must Know Facts For Your Next Test</h2>" + facts,
            questions="<h2>Review Questions</h2>" + asked,
            related="<h2>Related Terms</h2>" + related,
        )
    )
    record = only_record(outcome)
    assert not outcome.ledger.unclaimed
    assert [fact.text for fact in record.facts] == FACTS
    assert [(one.question.text, one.answer and one.answer.text) for one in record.questions] == ASKED
    assert [(one.term.text, one.definition and one.definition.text) for one in record.related_terms] == WORDS


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
def test_columns_are_known_by_their_heads(order: tuple[int, int, int]) -> None:
    rows = [["Term", "Definition", "Page"], *([*word, f"{n}"] for n, word in enumerate(WORDS, 11))]
    heads, *body = [[row[place] for place in order] for row in rows]
    record = guide("<h2>Vocabulary</h2>" + table(heads, body))
    assert [(word.term.text, word.definition and word.definition.text) for word in record.vocabulary] == WORDS
