"""The key-term layout: counts are checked, lost fields inferred or given, evidence that differs is told."""

import pytest

from parsed_pages import codes, finding, only_record, parse, term_html
from pipeline.config import DefaultsRule, LayoutSpec, Settings
from pipeline.stages.page.outcome import ParseOutcome

LINES = [
    "from class:",
    "AP Biology",
    "Definition",
    "Water crosses a membrane.",
    "congrats on reading the definition of osmosis. now let's actually learn it.",
    "2 Must Know Facts For Your Next Test",
    "- It is passive.",
    "- It needs a membrane.",
    "Review Questions",
    "- Why?",
    "  - Because of the solute.",
    '"osmosis" also found in:',
    "Subjects (1)",
    "- Chemistry",
]


def text(*lost: str) -> str:
    """Return a text page of osmosis without the lines `lost`, whose term stands in no line of its own."""
    assert set(lost) <= set(LINES)
    return "\n".join(line for line in LINES if line not in lost)


def parse_text(source: str, settings: Settings | None = None, path: str = "b/p.txt") -> ParseOutcome:
    return parse(source, path, settings)


# -- counts ---------------------------------------------------------------------------------------------------------


def test_a_count_of_facts_that_differs_is_a_finding_with_file_and_line() -> None:
    page = term_html().replace("2 Must Know Facts", "5 Must Know Facts")
    found = finding(parse(page), "count-differs")
    assert (found.path, found.line) == ("biology/osmosis.html", page[: page.index("5 Must")].count("\n") + 1)
    assert "5" in found.message
    assert "2" in found.message
    assert found.field == "facts"


def test_a_count_of_subjects_that_differs_is_a_finding_with_its_line() -> None:
    found = finding(parse_text(text().replace("Subjects (1)", "Subjects (3)")), "count-differs")
    assert found.line == LINES.index("Subjects (1)") + 1


def test_counts_that_agree_are_no_finding() -> None:
    assert parse(term_html()).findings == ()
    assert parse_text(text()).findings == ()


# -- text that nothing claims ---------------------------------------------------------------------------------------


FOUND_IN = '<h2>"osmosis" also found in:</h2><h3>Subjects (1)</h3><ul><li>Chemistry</li></ul>'


@pytest.mark.parametrize(
    ("lost", "told"),
    [
        ("<button>How many are there?</button><div hidden><p>Two: salt and sugar.</p></div>", "How many are there?"),
        (
            '<a href="https://example.org/k/ebb"><div>ebb</div><div>the fall of the sea to its lowest</div></a>'
            '<a href="https://example.org/k/flood"><div>flood</div><div>the rise of the sea to its highest</div></a>',
            "the fall of the sea",
        ),
    ],
)
def test_what_lost_its_heading_is_told_and_no_furniture(lost: str, told: str) -> None:
    found = finding(parse(term_html(found=f"{FOUND_IN}<section>{lost}</section>")), "unclaimed-text")
    assert told in found.message


@pytest.mark.parametrize(
    "furniture",
    [
        "<button>Log in</button><div hidden><p>Two ways to sign in.</p></div>",
        "<button>Need help?</button>",
        '<a href="https://example.org/a"><div>About</div></a><a href="https://example.org/b"><div>Careers</div></a><a href="https://example.org/c"><div>Press</div></a>',
        '<a href="#"><div>About</div></a><a href="#"><div>Careers</div></a><a href="#"><div>Press</div></a>',
    ],
)
def test_buttons_and_menus_are_furniture(furniture: str) -> None:
    assert parse(term_html(found=f"{FOUND_IN}<section>{furniture}</section>")).findings == ()


STRAY = (
    "<h2>Our Sponsors This Week</h2><p>This sentence belongs to no field and to no rule, however long one looks.</p>"
)


def test_text_that_nothing_claims_is_reported_with_file_and_line() -> None:
    page = term_html(related=STRAY)
    outcome = parse(page)
    line = page[: page.index("This sentence")].count("\n") + 1
    assert only_record(outcome).definition.text == "Water crosses a membrane."
    assert ("This sentence", line) in {(piece.text[:13], piece.line) for piece in outcome.ledger.unclaimed}
    assert finding(outcome, "unclaimed-text").line == line


def test_all_unclaimed_text_of_a_page_is_one_finding_with_the_places_of_the_first_pieces() -> None:
    page = term_html(related=STRAY)
    found = finding(parse(page), "unclaimed-text")
    line = page[: page.index("Our Sponsors")].count("\n") + 1
    assert (found.level, found.line, found.count, found.value) == ("warning", line, 2, "Our Sponsors This Week")
    assert found.record == "fiveable/ap-biology/osmosis"
    assert found.examples == (f"biology/osmosis.html:{line}",) * 2


# -- fields whose heading is lost -----------------------------------------------------------------------------------


def test_a_term_without_its_line_is_found_where_two_pieces_of_evidence_agree() -> None:
    record = only_record(parse_text(text()))
    assert record.term.text == "osmosis"
    assert record.source.inferred == ("term",)


@pytest.mark.parametrize("lost", [LINES[4], LINES[11]])
def test_a_term_is_never_guessed_from_one_piece_of_evidence(lost: str) -> None:
    assert codes(parse_text(text(lost))) == ["no-term"]


def test_evidence_that_does_not_agree_is_no_evidence() -> None:
    assert codes(parse_text(text().replace('"osmosis" also', '"diffusion" also'))) == ["no-term"]


def test_a_title_is_a_piece_of_evidence() -> None:
    page = term_html(term="", head="<title>osmosis - (AP Biology) - Vocab | Fiveable</title>", course="")
    congratulation = "<p>congrats on reading the definition of osmosis. now let's actually learn it.</p>"
    record = only_record(parse(page.replace("<h2>2 Must", f"{congratulation}<h2>2 Must"), "ap-biology/y.html"))
    assert (record.term.text, record.course.title) == ("osmosis", "AP Biology")
    assert record.source.inferred == ("term", "course")


def test_a_course_is_the_titles_where_the_title_names_the_pages_own_term() -> None:
    page = term_html(course="", head="<title>osmosis - (AP Biology) - Vocab | Fiveable</title>")
    record = only_record(parse(page, "x/y.html"))
    assert (record.course.title, record.source.inferred) == ("AP Biology", ("course",))


def test_a_course_is_never_guessed_from_a_title_that_names_another_term() -> None:
    page = term_html(course="", head="<title>diffusion - (AP Biology) - Vocab | Fiveable</title>")
    assert codes(parse(page, "x/y.html")) == ["no-course"]


def test_a_definition_without_its_heading_is_what_stands_before_the_congratulation() -> None:
    record = only_record(parse_text(text("Definition")))
    assert record.definition.text == "Water crosses a membrane."
    assert record.source.inferred == ("term", "definition")


def test_nothing_is_inferred_where_nothing_is_lost() -> None:
    assert only_record(parse(term_html())).source.inferred == ()


def test_a_title_that_names_another_term_is_a_finding() -> None:
    outcome = parse(term_html(head="<title>diffusion - (AP Biology) - Vocab</title>"))
    assert only_record(outcome).term.text == "osmosis"
    message = finding(outcome, "evidence-differs").message
    assert "osmosis" in message
    assert "diffusion" in message


# -- fields that are given ------------------------------------------------------------------------------------------


def test_a_course_that_the_page_lacks_is_given_by_its_path_and_marked() -> None:
    settings = Settings(defaults=(DefaultsRule(path="bio/**", course="General Biology"),))
    page = term_html(course="", head="<title>osmosis</title>")
    record = only_record(parse(page, "bio/unit-1/p.html", settings))
    assert record.course.title == "General Biology"
    assert record.source.given == ("course",)
    assert codes(parse(page, "chem/p.html", settings)) == ["no-course"]


def test_what_the_page_says_goes_before_what_is_given_but_for_the_publisher() -> None:
    rule = DefaultsRule(path="**", course="Given", term="given", publisher="Given Press", license="CC-BY-4.0")
    record = only_record(parse(term_html(), settings=Settings(defaults=(rule,))))
    assert (record.course.title, record.term.text) == ("AP Biology", "osmosis")
    assert (record.publisher, record.license) == ("Given Press", "CC-BY-4.0")
    assert record.source.given == ("license", "publisher")
    assert record.id == "given-press/ap-biology/osmosis"


def test_the_last_of_several_rules_wins_field_by_field() -> None:
    rules = (
        DefaultsRule(path="**", license="CC-BY-4.0", publisher="First"),
        DefaultsRule(path="biology/*", publisher="Second"),
    )
    record = only_record(parse(term_html(), settings=Settings(defaults=rules)))
    assert (record.publisher, record.license) == ("Second", "CC-BY-4.0")


def test_a_language_is_the_pages_else_the_rules_else_the_configured_one() -> None:
    rule = DefaultsRule(path="**", language="de")
    said, unsaid = term_html().replace('lang="en"', 'lang="fr"'), term_html().replace(' lang="en"', "")
    assert only_record(parse(said, settings=Settings(defaults=(rule,)))).language == "fr"
    assert only_record(parse(unsaid, settings=Settings(defaults=(rule,)))).language == "de"
    assert only_record(parse(unsaid, settings=Settings(language="es"))).language == "es"


# -- publisher and notices ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("© 2024 Fiveable Inc. All rights reserved.", "Fiveable"),
        ("Copyright © 2019-2024 Own Words, LLC. All rights reserved.", "Own Words"),
        ("(c) 2020 by Ada Press", "Ada Press"),
        ("Ada Press © 2020. All rights reserved.", None),
    ],
)
def test_the_publisher_is_who_has_the_copyright(line: str, publisher: str | None) -> None:
    record = only_record(parse(term_html(end=f"<footer><p>{line}</p></footer>")))
    assert record.notices == (line,)
    assert publisher is None or record.publisher == publisher


def test_a_page_that_lost_its_footer_has_the_publisher_of_its_layout() -> None:
    record = only_record(parse(term_html(end="")))
    assert (record.publisher, record.notices) == ("Fiveable", ())


# -- what is missing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "code"), [("term", "no-term"), ("course", "no-course"), ("definition", "no-definition")]
)
def test_a_page_without_a_needed_field_is_rejected_for_it_with_what_was_expected(part: str, code: str) -> None:
    outcome = parse(term_html(**{part: ""}, head=""), "p.html")
    assert codes(outcome) == [code]
    assert "expected" in outcome.rejects[0].message + outcome.rejects[0].hint
    assert "trace" in outcome.rejects[0].hint


def test_sections_that_a_page_lacks_are_empty_and_not_invented() -> None:
    record = only_record(parse(term_html(facts="", questions="")))
    assert (record.facts, record.questions, record.related_terms, record.also_found_in) == ((), (), (), ())


def test_a_question_without_an_answer_has_none_and_is_reported() -> None:
    outcome = parse(term_html(questions="<h2>Review Questions</h2><ul><li>Why?</li></ul>"))
    (question,) = only_record(outcome).questions
    assert question.answer is None
    assert finding(outcome, "no-answer").line is not None


def test_a_part_of_an_answer_outside_its_panel_is_doubted() -> None:
    asked = "<h2>Review Questions</h2><div><h3>Why?</h3><div hidden><p>Because of the solute.</p>{}</div>{}</div>"
    stray = "<p>The sea is salt, and rivers are not.</p>"
    found = finding(parse(term_html(questions=asked.format("", stray))), "doubtful-field")
    assert (found.field, found.value) == ("questions", "The sea is salt, and rivers are not.")
    assert parse(term_html(questions=asked.format(stray, ""))).findings == ()


@pytest.mark.parametrize(
    ("first", "second", "doubts"),
    [("class=a", "", 1), ("", "class=a", 1), ("class=a", "class=a", 0), ("", "", 0), ("id=x", "", 0)],
)
def test_a_paragraph_of_an_answer_without_the_class_of_the_other_is_doubted(
    first: str, second: str, doubts: int
) -> None:
    answer = f"<p {first}>Because of the solute.</p><p {second}>The sea is salt, and rivers are not.</p>"
    outcome = parse(term_html(questions=f"<h2>Review Questions</h2><details><summary>Why?</summary>{answer}</details>"))
    assert [(one.code, one.field) for one in outcome.findings] == [("doubtful-field", "questions")] * doubts


def test_a_layout_is_named_in_the_source() -> None:
    assert only_record(parse(term_html())).source.layout == "fiveable-key-term"
    assert LayoutSpec(name="own").name == "own"
