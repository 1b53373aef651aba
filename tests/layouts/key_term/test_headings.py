"""Key-term pages of other sites: headings in other words and forms, and what only looks like a heading."""

import pytest

from parsed_pages import finding, only_record, parse, term_html
from pipeline.records import KeyTerm

DEFINITION = "<p>Water crosses a membrane.</p>"
FACTS = "<ol><li>It is passive.</li><li>It needs a membrane.</li></ol>"
QUESTIONS = "<ul><li>Why?<ul><li>Because of the solute.</li></ul></li></ul>"
RELATED = (
    "<p><strong>diffusion</strong>: Spreading of a substance.</p><p><strong>solute</strong>: What is dissolved.</p>"
)
FOUND = "<ul><li>Marine Biology</li><li>Chemistry of Food</li></ul>"
LINES = """\
osmosis

from class:

AP Biology

Definition

Water crosses a membrane.

congrats on reading the definition of osmosis. now let's actually learn it.

2 Must Know Facts For Your Next Test

  1. It is passive.
  2. It needs a membrane.

Review Questions

  • Why?
    • Because of the solute.

Related terms

diffusion: Spreading of a substance.

solute: What is dissolved.

"osmosis" also found in:

  • Marine Biology
  • Chemistry of Food

© 2024 Fiveable Inc. All rights reserved.
"""
HEADS = ("Definition", "2 Must Know Facts For Your Next Test", "Review Questions", "Related terms")


def whole_page(**heads: str) -> str:
    """Return a page with all sections; `heads` replace the inside of their headings."""
    words = {
        "definition": "Definition",
        "facts": "Must Know Facts",
        "questions": "Review Questions",
        "related": "Related terms",
        "found": "Also found in",
    } | heads
    body = {
        "definition": DEFINITION,
        "facts": FACTS,
        "questions": QUESTIONS,
        "related": RELATED,
        "found": FOUND,
    }
    return term_html(**{field: f"<h2>{words[field]}</h2>{body[field]}" for field in body})


def assert_is_whole(record: KeyTerm) -> None:
    assert (record.term.text, record.course.title) == ("osmosis", "AP Biology")
    assert record.definition.text == "Water crosses a membrane."
    assert [fact.text for fact in record.facts] == ["It is passive.", "It needs a membrane."]
    assert [(one.question.text, one.answer.text if one.answer else "") for one in record.questions] == [
        ("Why?", "Because of the solute.")
    ]
    assert [(one.term.text, one.definition.text if one.definition else "") for one in record.related_terms] == [
        ("diffusion", "Spreading of a substance."),
        ("solute", "What is dissolved."),
    ]
    assert [subject.title for subject in record.also_found_in] == ["Marine Biology", "Chemistry of Food"]


# -- other words ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("field", "words"),
    [
        *(
            ("definition", words)
            for words in ("Meaning", "What is osmosis?", "Definition of osmosis", "Key definition")
        ),
        *(("definition", words) for words in ("Explanation", "Definition &amp; meaning", "What does osmosis mean?")),
        *(("facts", words) for words in ("Facts", "2 Facts", "Key points", "Key takeaways", "Fast facts")),
        *(("facts", words) for words in ("Must Know Facts For Your Next Test (2)", "Two Must Know Facts")),
        *(("facts", words) for words in ("2 things to know", "Facts about osmosis")),
        *(
            ("questions", words)
            for words in ("Questions", "Review", "Check your understanding", "Q&amp;A", "Self-check")
        ),
        *(("questions", words) for words in ("Study questions", "Discussion questions", "Test yourself")),
        *(
            ("related", words)
            for words in ("See also", "Related", "Similar terms", "Key related terms", "Linked ideas")
        ),
        *(("found", words) for words in ("“osmosis” also found in these subjects:", "Other subjects", "Found in")),
    ],
)
def test_a_heading_in_other_words_heads_its_field(field: str, words: str) -> None:
    outcome = parse(whole_page(**{field: words}))
    assert_is_whole(only_record(outcome))
    assert outcome.findings == ()


def test_all_headings_in_other_words_are_read_in_a_text_too() -> None:
    text = LINES
    for old, new in zip(HEADS, ("Meaning", "2 facts to remember", "Self-check", "See also"), strict=True):
        text = text.replace(f"\n{old}\n", f"\n{new}\n")
    assert_is_whole(only_record(parse(text.replace("2 facts", "2 Facts"), "b/p.txt")))


def test_a_count_in_words_is_checked() -> None:
    message = finding(parse(whole_page(facts="Three Must Know Facts")), "count-differs").message
    assert "3" in message


# -- what only looks like a heading -----------------------------------------------------------------------------------


@pytest.mark.parametrize("word", ["definition", "review", "facts", "meaning", "related", "subjects"])
def test_a_term_may_be_called_like_a_heading(word: str) -> None:
    text = LINES.replace("osmosis", word)
    record = only_record(parse(text, "b/p.txt"))
    assert record.term.text == word
    assert (record.definition.text, len(record.facts), len(record.questions)) == ("Water crosses a membrane.", 2, 1)
    html = term_html(term=f"<h1>{word}</h1>", head="", found=f'<h2>"{word}" also found in:</h2>')
    assert only_record(parse(html)).term.text == word


def test_words_of_headings_within_items_are_items() -> None:
    pairs = "<dt>meaning</dt><dd>What a sign stands for.</dd><dt>review</dt><dd>A second look.</dd>"
    record = only_record(parse(term_html(related=f"<h2>Related terms</h2><dl>{pairs}</dl>")))
    assert [one.term.text for one in record.related_terms] == ["meaning", "review"]
    facts = "<h2>2 Must Know Facts</h2><ol><li>Related</li><li>Questions</li></ol>"
    assert [fact.text for fact in only_record(parse(term_html(facts=facts))).facts] == ["Related", "Questions"]


def test_a_synonym_out_of_the_fields_order_is_no_heading() -> None:
    questions = "<h2>Review Questions</h2><h3>Why?</h3><p>Because of the solute.</p><p>Explanation</p><p>It pulls.</p>"
    (question,) = only_record(parse(term_html(questions=questions))).questions
    assert question.answer is not None
    assert question.answer.text.startswith("Because of the solute.")
    assert only_record(parse(term_html(questions=questions))).definition.text == "Water crosses a membrane."


@pytest.mark.parametrize("place", ["definition", "facts", "questions"])
def test_an_unknown_heading_of_the_sections_rank_is_no_content_and_is_reported(place: str) -> None:
    page = whole_page().replace(
        {"definition": DEFINITION, "facts": FACTS, "questions": QUESTIONS}[place],
        {"definition": DEFINITION, "facts": FACTS, "questions": QUESTIONS}[place]
        + "<h2>Where the Word Comes From</h2><p>From a Greek word for a push.</p>",
    )
    outcome = parse(page)
    assert_is_whole(only_record(outcome))
    assert {piece.text for piece in outcome.ledger.unclaimed} == {
        "Where the Word Comes From",
        "From a Greek word for a push.",
    }


def test_an_unknown_heading_over_the_definition_is_no_part_of_it() -> None:
    page = whole_page(definition="In One Breath").replace(
        DEFINITION, DEFINITION + "<p>congrats on reading the definition of osmosis. now let's actually learn it.</p>"
    )
    outcome = parse(page)
    assert_is_whole(only_record(outcome))
    assert [piece.text for piece in outcome.ledger.unclaimed] == ["In One Breath"]


@pytest.mark.parametrize(
    "contents",
    [
        '<div role="tablist"><button>Definition</button><button>Facts</button><button>Review Questions</button></div>',
        "<ul><li>Definition</li><li>Must Know Facts</li><li>Review Questions</li></ul>",
    ],
)
def test_a_table_of_contents_is_none_of_the_headings_below(contents: str) -> None:
    page = whole_page()
    assert_is_whole(only_record(parse(page.replace("<h1>", f"{contents}<h1>"))))
    assert_is_whole(only_record(parse(page.replace("<h2>Definition", f"{contents}<h2>Definition"))))


# -- furniture of headings ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "form",
    [
        "1. {}",
        '{}<span>[<a href="/e">edit</a>]</span>',
        "<i>expand_more</i>{}",
        "{} <button>Copy link</button>",
        "<span>Section: </span>{}",
    ],
)
def test_what_stands_in_a_heading_beside_its_words_is_furniture(form: str) -> None:
    heads = {
        field: form.format(head) for field, head in (("definition", "Definition"), ("questions", "Review Questions"))
    }
    assert_is_whole(only_record(parse(whole_page(**heads))))


def test_a_heading_may_have_a_box_around_each_letter() -> None:
    boxed = "".join(f"<span>{letter}</span>" for letter in "Definition")
    assert_is_whole(only_record(parse(whole_page(definition=boxed))))


@pytest.mark.parametrize(
    "form", ["== {} ==", "**{}**", "*** {} ***", "{}\n-----", "\x1b[1m{}\x1b[0m", "## 1. {}", "{} –"]
)
def test_headings_of_a_text_are_known_however_they_are_marked(form: str) -> None:
    text = LINES
    for head in HEADS:
        text = text.replace(f"\n{head}\n", "\n" + form.format(head) + "\n")
    assert_is_whole(only_record(parse(text, "b/p.txt")))


def test_a_heading_may_stand_before_its_text_with_a_dash_or_have_a_ligature() -> None:
    assert_is_whole(only_record(parse(LINES.replace("Definition\n\n", "DEFINITION — "), "b/p.txt")))
    assert_is_whole(only_record(parse(LINES.replace("Definition", "Deﬁnition"), "b/p.txt")))


# -- the head -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<p>from class:</p><h3>AP Biology</h3>", "<p>From class – AP Biology</p>"),
        ("<p>from class:</p>", "<p>Course:</p>"),
        ("<h3>AP Biology</h3>", '<h3><a href="/c">AP Biology<span> (opens in new tab)</span></a></h3>'),
        ("<h1>osmosis</h1>", "<h1>osmosis - Definition and Explanation</h1>"),
        ("<h1>osmosis</h1>", "<h1>Key term: osmosis</h1>"),
    ],
)
def test_term_and_course_are_read_without_what_stands_around_them(old: str, new: str) -> None:
    page = whole_page(found='"osmosis" also found in:').replace(old, new)
    outcome = parse(page)
    assert_is_whole(only_record(outcome))
    assert outcome.findings == ()


# -- bits that a page shows beside its content ------------------------------------------------------------------------


def test_an_advertisement_among_the_facts_is_none_where_the_count_says_so() -> None:
    page = whole_page(facts="2 Must Know Facts").replace("</li><li>It needs", "</li><li>Advertisement</li><li>It needs")
    assert_is_whole(only_record(parse(page)))


def test_a_definition_that_stands_there_for_narrow_and_for_wide_screens_is_read_once() -> None:
    assert_is_whole(
        only_record(parse(whole_page().replace(DEFINITION, f"<div>{DEFINITION}</div><div>{DEFINITION}</div>")))
    )


def test_two_facts_that_say_the_same_are_two() -> None:
    facts = "<h2>2 Must Know Facts</h2><ol><li>It needs no energy at all.</li><li>It needs no energy at all.</li></ol>"
    assert len(only_record(parse(term_html(facts=facts))).facts) == 2


# -- two pages in one file --------------------------------------------------------------------------------------------


def test_a_page_that_stands_twice_in_its_file_is_read_once() -> None:
    outcome = parse(LINES + "\n\n" + LINES, "b/p.txt")
    assert_is_whole(only_record(outcome))
    assert outcome.findings == ()


def test_of_two_pages_in_a_file_the_first_is_read_and_the_second_reported() -> None:
    other = term_html(
        term="<h1>mean</h1>",
        course="<p>from class:</p><h3>Statistics</h3>",
        definition="<h2>Definition</h2><p>A sum by its count.</p>",
        related="<h2>Related terms</h2><p>median: The middle.</p><p>mode: The most frequent one.</p>",
    )
    outcome = parse(whole_page() + other)
    assert_is_whole(only_record(outcome))
    assert finding(outcome, "second-page").line is not None
    assert "A sum by its count." in {piece.text for piece in outcome.ledger.unclaimed}
