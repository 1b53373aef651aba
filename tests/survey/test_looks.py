"""What does not look like a field is doubted, with the reason; what is only unusual is left in peace."""

import pytest

from guide_factories import choice_question, study_guide
from pdf_factories import key_term
from pipeline.records import KeyTerm, StudyGuide
from pipeline.survey import doubts_of

SENTENCE = "The moon pulls the water towards it."
PROSE = f"<p>{SENTENCE}</p><p>So does the sun, though less.</p>"


def reasons(record: KeyTerm | StudyGuide) -> list[tuple[str, str]]:
    """Return field (without its item's key) and reason of each doubt."""
    return [(doubt.field.partition("[")[0], doubt.why) for doubt in doubts_of(record)]


@pytest.mark.parametrize(
    ("definition", "why"),
    [
        ("• The rise of the sea.", "it begins with the sign of a list"),
        ("– The rise of the sea.", "it begins with the sign of a list"),
        ("→ The rise of the sea.", "it begins with the sign of a list"),
        ("A: The rise of the sea.", "it begins with a label"),
        ("Answer 2. The rise of the sea.", "it begins with a label"),
        ("<p>The rise.</p><p>Q: How often?</p>", "a label stands within it"),
        ("The rise of the sea.[3]", "it ends with a mark that is no part of it"),
        ("The rise of the sea [edit]", "it ends with a mark that is no part of it"),
        (
            "<p>The rise of the sea.</p><p>Share this page</p>",
            "a short line that ends no sentence stands among its paragraphs",
        ),
        ("<p>The rise.</p><p>Written by Ada Lund • May 2025</p>", "a byline stands in it"),
    ],
)
def test_a_text_with_foreign_signs_is_doubted(definition: str, why: str) -> None:
    assert reasons(key_term("Tide", definition)) == [("definition", why)]


@pytest.mark.parametrize(
    "definition",
    [
        "rise and fall of the sea",  # many definitions are no sentences
        "-5 °C is where sea water may freeze.",
        "*Nix systems count tides in seconds.",
        "A function f: A → B is odd [or skew].",
        f"<p>{SENTENCE}</p><ul><li>twice a day</li><li>more at full moon</li></ul>",
        f"<p>There are two kinds:</p><ul><li>spring tides</li></ul><p>{SENTENCE}</p>",
        f"<p>{SENTENCE}</p><p>\\(h = a \\cos t\\)</p>",
        f"<p><strong>In short</strong></p><p>{SENTENCE}</p>",
        f"<p>{SENTENCE}</p><pre>sea rises</pre>",
        "Question marks end questions: who asks?",
    ],
)
def test_an_unusual_text_is_left_in_peace(definition: str) -> None:
    assert reasons(key_term("Tide", definition)) == []


def test_an_item_unlike_its_list_is_doubted() -> None:
    facts = [SENTENCE, "It does so twice a day.", "Sponsored message", "Spring tides are higher."]
    assert reasons(key_term("Tide", facts=facts)) == [("facts", "it ends no sentence, as the others of its list do")]


def test_items_without_full_stops_are_left_in_peace() -> None:
    assert reasons(key_term("Tide", facts=["twice a day", "higher at full moon", "driven by the moon"])) == []


def test_a_question_among_the_facts_is_doubted() -> None:
    facts = [SENTENCE, "<p>How often does it rise?</p><ul><li>Twice a day.</li></ul>"]
    assert reasons(key_term("Tide", facts=facts)) == [("facts", "a question stands in it")]


def test_terms_at_the_end_of_an_answer_are_doubted() -> None:
    answer = "<p>The moon pulls.</p><p>ebb: the fall of the sea.</p><p>flood: its rise.</p>"
    assert reasons(key_term("Tide", questions=[("Why does it rise?", answer)])) == [
        ("questions", "it ends with pairs of a term and a definition")
    ]


def test_a_byline_is_no_course() -> None:
    record = key_term("Tide")
    course = record.course.model_copy(update={"title": "Posted by Ada on Monday"})
    assert reasons(record.model_copy(update={"course": course})) == [("course.title", "it looks like a byline")]


def test_a_related_term_that_is_a_sentence_is_doubted() -> None:
    related = [("ebb", "the fall of the sea"), ("We used this in class on Monday.", None)]
    assert reasons(key_term("Tide", related=related)) == [("related_terms", "it ends as a sentence does")]


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("<table><tr><td>Term</td><td>Definition</td></tr><tr><td>ebb</td><td>fall</td></tr></table>", "list of words"),
        ("<ul><li>ebb: the fall</li><li>flood: the rise</li><li>slack: the rest</li></ul>", "list of words"),
        ("<p>Why does the sea rise?</p><p>The moon pulls.</p><p>How often?</p><p>Twice a day.</p>", "questions"),
        ("<p>Explain why the sea rises.</p><p>The moon pulls.</p><p>How often?</p><p>Twice.</p>", "questions"),
        (
            "<p><strong>When the moon is full the sea is high. Think of a reason for it and say which.</strong></p>"
            "<p>Sun and moon pull together.</p><p><strong>Is it so each month?</strong></p><p>It is.</p>",
            "questions",
        ),
        (f"{PROSE}{PROSE}{PROSE}<p>Explain it.</p><p>The moon pulls.</p><p>How often?</p><p>Twice.</p>", "questions"),
        ("<ul><li>ebb: the fall</li><li>flood: the rise</li></ul>", "list of words"),
        ("<ul><li>Say why the sea rises</li><li>Read a table of tides</li></ul>", "the guide has no objectives"),
    ],
)  # fmt: skip
def test_a_section_that_looks_like_what_the_guide_lacks_is_doubted(body: str, why: str) -> None:
    found = reasons(study_guide("Tides", sections=[(2, "In a nutshell", body)]))
    assert [(field, why in reason) for field, reason in found] == [("sections", True)]


def test_where_the_guide_has_it_such_a_section_is_its_text() -> None:
    question = choice_question("k", "How often?", ["once", "twice"], "twice")
    body = "<p>Why does the sea rise?</p><p>The moon pulls.</p>"
    guide = study_guide("Tides", objectives=["Say why"], questions=[question], sections=[(2, "Why", body)])
    assert reasons(guide) == []


def test_a_heading_with_nothing_below_is_doubted_unless_deeper_ones_follow() -> None:
    over = [(2, "The sea", ""), (3, "Why it rises", PROSE), (2, "Compiled in May", "")]
    assert reasons(study_guide("Tides", sections=over)) == [("sections", "nothing stands under this heading")]


def test_a_heading_over_nothing_but_questions_is_doubted() -> None:
    asked = [(2, "Why", PROSE), (2, "In a nutshell", ""), (3, "How often does it rise?", "<p>Twice a day.</p>")]
    assert reasons(study_guide("Tides", sections=asked)) == [("sections", "only questions stand under it")]


@pytest.mark.parametrize(
    "body",
    [
        "<p>The sea rises. But what if the moon were not there?</p><p>It would rise less.</p><p>The sun pulls too.</p>",
        f"{PROSE}<p>Explain it to a child and you know it.</p>{PROSE}",
    ],
)
def test_prose_that_asks_once_is_left_in_peace(body: str) -> None:
    assert reasons(study_guide("Tides", sections=[(2, "Why", body)])) == []


def test_the_record_s_own_course_among_others_is_doubted() -> None:
    record = key_term("Tide", also=["Life Science", "Ocean Science"])
    assert reasons(record) == [("also_found_in", "it is the course of the record itself")]


def test_a_section_that_stands_twice_is_doubted() -> None:
    twice = [(2, "Why", PROSE), (2, "How", "<p>Slowly.</p>"), (2, "Why", PROSE)]
    assert reasons(study_guide("Tides", sections=twice)) == [("sections", "the record says it twice")] * 2


def test_headings_in_title_case_and_questions_as_headings_are_left_in_peace() -> None:
    heading = "How Does the Office of the Harbour Count the Tides of a Whole Long Year?"
    assert reasons(study_guide("Tides", sections=[(2, heading, PROSE)])) == []


def test_prose_at_the_end_of_the_objectives_is_doubted() -> None:
    objectives = ["Say why", "Say how", "The sea rises. The moon pulls it."]
    why = "it is several sentences, and none of the others of its list is one"
    assert reasons(study_guide("Tides", objectives=objectives)) == [("objectives", why)]
    assert reasons(study_guide("Tides", objectives=["Say why.", "Say how.", "Draw it. Name it."])) == []


def test_a_name_that_ends_as_a_label_does_is_doubted() -> None:
    assert reasons(key_term("Tide:", SENTENCE)) == [("term", "it ends with a colon, as a label does")]
