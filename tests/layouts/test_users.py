"""Layouts that users write in `guidepress.toml`: other sites' pages, and pages with many terms."""

from pathlib import Path

import pytest

from parsed_pages import codes, only_record, parse
from pipeline.config import ConfigError, Settings, load_settings
from pipeline.records import KeyTerm, StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

PAIRS = """
[[layouts]]
name = "garden-glossary"
url = ["^https://garden\\\\.example/glossary/"]
many = "pairs"
publisher = "Garden Club"

[layouts.boilerplate]
"page heading" = ["words of the .+"]
feedback = ["did we forget one\\\\? .*"]

[[layouts.evidence.course]]
from = "title"
pattern = "^(?P<value>.+?): Glossary"
"""
GLOSSARY = """<!doctype html><html><head><title>Soil and Seeds: Glossary | Garden Club</title>
<link rel=canonical href="https://garden.example/glossary/soil"></head><body>
<h1>Words of the garden</h1>
{body}
<p>Did we forget one? Write to us.</p>
<footer>© 2025 Garden Club Ltd. All rights reserved.</footer></body></html>"""
AS_LIST = """<h2>C</h2><dl><dt>compost</dt><dd>What heaps become, <em>slowly</em>.</dd>
<dt>cutting</dt><dd>A twig that will root.</dd><dd>Also: the act of taking one.</dd></dl>
<h2>M</h2><dl><dt>mulch</dt><dd>A cover for the soil.</dd></dl>"""
TERMS = {
    "compost": "What heaps become, slowly.",
    "cutting": "A twig that will root. Also: the act of taking one.",
    "mulch": "A cover for the soil.",
}


def settings(tmp_path: Path, toml: str) -> Settings:
    path = tmp_path / "guidepress.toml"
    path.write_text(toml, encoding="utf-8")
    return load_settings(path)


def terms(outcome: ParseOutcome) -> dict[str, str]:
    assert outcome.rejects == ()
    assert all(isinstance(record, KeyTerm) for record in outcome.records)
    return {
        record.term.text: " ".join(record.definition.text.split())
        for record in outcome.records
        if isinstance(record, KeyTerm)
    }


@pytest.mark.parametrize(
    "body",
    [
        AS_LIST,
        "<p><b>compost</b>: What heaps become, slowly.</p><p><b>cutting</b>: A twig that will root."
        " Also: the act of taking one.</p><p><b>mulch</b>: A cover for the soil.</p>",
        "<ul><li>compost – What heaps become, slowly.</li><li>cutting – A twig that will root. Also: the act of"
        " taking one.</li><li>mulch – A cover for the soil.</li></ul>",
        "<table><tr><th>Term<th>Definition<tr><td>compost<td>What heaps become, slowly.<tr><td>cutting<td>A twig"
        " that will root. Also: the act of taking one.<tr><td>mulch<td>A cover for the soil.</table>",
    ],
    ids=["definition list", "bold words", "dashes", "table"],
)
def test_each_pair_of_a_glossary_page_is_a_record(tmp_path: Path, body: str) -> None:
    outcome = parse(GLOSSARY.format(body=body), "soil.html", settings(tmp_path, PAIRS))
    assert terms(outcome) == TERMS
    assert outcome.ledger.unclaimed == ()


def test_the_terms_of_a_page_share_its_course_publisher_and_notices(tmp_path: Path) -> None:
    outcome = parse(GLOSSARY.format(body=AS_LIST), "soil.html", settings(tmp_path, PAIRS))
    assert [record.id for record in outcome.records] == [
        "garden-club/soil-and-seeds/compost",
        "garden-club/soil-and-seeds/cutting",
        "garden-club/soil-and-seeds/mulch",
    ]
    assert {record.notices for record in outcome.records} == {("© 2025 Garden Club Ltd. All rights reserved.",)}
    assert {record.source.layout for record in outcome.records} == {"garden-glossary"}
    first = outcome.records[0]
    assert isinstance(first, KeyTerm)
    assert first.definition.html == "What heaps become, <em>slowly</em>."


def test_each_heading_of_a_page_with_what_follows_is_a_record(tmp_path: Path) -> None:
    body = "".join(f"<h3>{term}</h3><p>{text}</p>" for term, text in TERMS.items())
    body = body.replace("root. Also", "root.</p><p>Also")
    toml = PAIRS.replace('"pairs"', '"headings"')
    outcome = parse(GLOSSARY.format(body=body), "soil.html", settings(tmp_path, toml))
    assert terms(outcome) == TERMS
    assert outcome.ledger.unclaimed == ()


def test_a_glossary_page_without_terms_is_told_the_other_way_to_read_it(tmp_path: Path) -> None:
    page = GLOSSARY.format(body="<p>Soon.</p>")
    (reject,) = parse(page, "soil.html", settings(tmp_path, PAIRS)).rejects
    assert reject.message == 'the layout "garden-glossary" found no term on this page, by its `many = "pairs"`'
    assert reject.hint.splitlines()[-2:] == ["[[layouts]]", 'many = "headings"']


def test_a_page_that_a_layout_does_not_mean_is_read_by_the_others(tmp_path: Path) -> None:
    page = GLOSSARY.format(body=AS_LIST).replace("garden.example/glossary", "garden.example/news")
    assert codes(parse(page, "soil.html", settings(tmp_path, PAIRS))) == ["no-layout"]


HEADINGS = """
[[layouts]]
name = "garden-term"
path = ["garden/**"]

[layouts.headings]
definition = ["what it is"]
facts = ["good to know", "(?P<count>\\\\d+) things? to know"]
questions = ["ask yourself"]
related_terms = ["see also"]

[[layouts.evidence.term]]
from = "title"
pattern = "^(?P<value>.+?) \\\\| Garden"

[[layouts.evidence.course]]
from = "url"
pattern = "/terms/(?P<value>[^/]+)/"
"""
TERM_PAGE = """<!doctype html><html><head><title>mulch | Garden Club</title>
<link rel=canonical href="https://garden.example/terms/soil-care/mulch"></head><body><h1>mulch</h1>
<h2>What it is</h2><p>A cover for the soil.</p>
<h2>3 things to know</h2><ul><li>It keeps water in.</li><li>It keeps weeds down.</li></ul>
<h2>Ask yourself</h2><dl><dt>Why bark?</dt><dd>It lasts.</dd></dl>
<h2>See also</h2><p>compost: what heaps become</p></body></html>"""


def test_a_layout_of_headings_reads_another_sites_term_pages(tmp_path: Path) -> None:
    outcome = parse(TERM_PAGE, "garden/mulch.html", settings(tmp_path, HEADINGS))
    record = only_record(outcome)
    assert (record.term.text, record.definition.text) == ("mulch", "A cover for the soil.")
    assert [fact.text for fact in record.facts] == ["It keeps water in.", "It keeps weeds down."]
    assert record.questions[0].answer is not None
    assert (record.questions[0].question.text, record.questions[0].answer.text) == ("Why bark?", "It lasts.")
    assert [(pair.term.text, pair.definition.text) for pair in record.related_terms if pair.definition] == [
        ("compost", "what heaps become")
    ]
    assert [one.code for one in outcome.findings] == ["count-differs"]
    assert outcome.ledger.unclaimed == ()


def test_a_course_that_stands_only_in_the_address_is_read_from_it(tmp_path: Path) -> None:
    record = only_record(parse(TERM_PAGE, "garden/mulch.html", settings(tmp_path, HEADINGS)))
    assert record.course.slug == "soil-care"


def test_a_page_that_lacks_a_field_is_told_in_the_words_of_its_own_layout(tmp_path: Path) -> None:
    page = TERM_PAGE.replace("<h2>What it is</h2><p>A cover for the soil.</p>", "")
    (reject,) = parse(page, "garden/mulch.html", settings(tmp_path, HEADINGS)).rejects
    assert reject.message.startswith(
        'no definition found: the layout "garden-term" expects it under a heading like “what it is”; '
    )
    assert reject.hint.endswith('add to "garden-term":\n[layouts.headings]\ndefinition = ["…"]')


def test_a_page_that_lacks_what_evidence_gives_is_told_where_that_was_looked_for(tmp_path: Path) -> None:
    page = TERM_PAGE.replace("terms/soil-care/", "")
    (reject,) = parse(page, "garden/mulch.html", settings(tmp_path, HEADINGS)).rejects
    assert 'the layout "garden-term" expects it in its url, by ' in reject.message
    assert reject.hint.endswith('add to "garden-term":\n[layouts.select]\ncourse = "…"')


def test_the_lines_that_would_help_name_a_heading_of_the_page_that_no_word_knows(tmp_path: Path) -> None:
    page = TERM_PAGE.replace("<h2>What it is</h2><p>A cover for the soil.</p>", "")
    page = page.replace("</body>", "<h2>In other words (short)</h2><p>A cover for the soil.</p></body>")
    (reject,) = parse(page, "garden/mulch.html", settings(tmp_path, HEADINGS)).rejects
    *_, table, line = reject.hint.splitlines()
    assert table == "[layouts.headings]"
    mended = HEADINGS.replace('definition = ["what it is"]', line)
    assert only_record(parse(page, "garden/mulch.html", settings(tmp_path, mended))).definition.text


def test_a_layout_that_knows_a_pages_words_but_is_not_meant_for_it_is_named(tmp_path: Path) -> None:
    (reject,) = parse(TERM_PAGE, "elsewhere/mulch.html", settings(tmp_path, HEADINGS)).rejects
    assert reject.message.endswith(
        '; "garden-term" knows its definition, facts, questions, related_terms, but is only for paths of its `path`'
    )
    by_address = settings(tmp_path, HEADINGS.replace('path = ["garden/**"]', 'url = ["/terms/"]'))
    (reject,) = parse(TERM_PAGE.replace("rel=canonical", "rel=none"), "mulch.html", by_address).rejects
    assert reject.message.endswith("is only for pages of its `url`: this page says none")


LICENSE = """
[layouts.labels]
license = ["licen[cs]e: (?P<value>.+)"]
"""
LICENSED = "<h2>Ask yourself</h2><p>License: CC BY 4.0</p>"


def test_a_field_of_one_line_is_read_behind_its_label(tmp_path: Path) -> None:
    page = TERM_PAGE.replace("<h2>Ask yourself</h2>", LICENSED)
    outcome = parse(page, "garden/mulch.html", settings(tmp_path, HEADINGS + LICENSE))
    record = only_record(outcome)
    assert record.license == "CC BY 4.0"
    assert [question.question.text for question in record.questions] == ["Why bark?"]
    assert outcome.ledger.fields["license"] == len("License:CCBY4.0")


def test_a_field_behind_its_label_goes_before_one_that_the_configuration_gives(tmp_path: Path) -> None:
    given = '[[defaults]]\npath = "garden/**"\nlicense = "all rights reserved"\n'
    page = TERM_PAGE.replace("<h2>Ask yourself</h2>", LICENSED)
    told = only_record(parse(page, "garden/mulch.html", settings(tmp_path, given + HEADINGS + LICENSE)))
    untold = only_record(parse(TERM_PAGE, "garden/mulch.html", settings(tmp_path, given + HEADINGS + LICENSE)))
    assert (told.license, untold.license) == ("CC BY 4.0", "all rights reserved")


def test_all_terms_of_a_page_have_the_field_behind_its_label(tmp_path: Path) -> None:
    page = GLOSSARY.format(body=f"<p>License: CC BY 4.0</p>{AS_LIST}")
    outcome = parse(page, "soil.html", settings(tmp_path, PAIRS + LICENSE))
    assert terms(outcome) == TERMS
    assert {record.license for record in outcome.records} == {"CC BY 4.0"}


GUIDE = """
[[layouts]]
name = "garden-guide"
kind = "study_guide"
path = ["guides/**"]
course = "Soil Care"

[layouts.headings]
objectives = ["you will learn"]
"""
GUIDE_PAGE = """<h1>Mulching</h1><h2>You will learn</h2><p>License: CC BY 4.0</p><ul><li>Choose bark.</li></ul>
<h2>Why mulch</h2><p>A cover keeps the water in the soil.</p>"""


def test_a_guides_list_goes_on_behind_a_field_of_one_line(tmp_path: Path) -> None:
    outcome = parse(GUIDE_PAGE, "guides/mulch.html", settings(tmp_path, GUIDE + LICENSE))
    assert outcome.rejects == ()
    (guide,) = outcome.records
    assert isinstance(guide, StudyGuide)
    assert guide.license == "CC BY 4.0"
    assert [objective.text for objective in guide.objectives] == ["Choose bark."]
    assert [section.heading.text for section in guide.sections] == ["Why mulch"]


def test_a_page_that_no_layout_knows_is_rejected_with_the_nearest_and_what_it_lacks() -> None:
    page = "<h1>Contact</h1><h2>Review Questions</h2><p>Write to us, and we will answer what you ask.</p>"
    outcome = parse(page)
    (reject,) = outcome.rejects
    assert reject.code == "no-layout"
    assert "fiveable-key-term" in reject.message
    assert "questions" in reject.message.split("neither")[0]
    assert "definition" in reject.message.split("neither")[1]
    assert "Contact" in reject.message
    assert "trace" in reject.hint


def test_a_pattern_that_is_no_regular_expression_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        settings(tmp_path, '[[layouts]]\nname = "x"\n[layouts.headings]\ndefinition = ["("]\n')
    assert "not a regular expression" in str(caught.value)
    assert caught.value.line in (3, 4)
