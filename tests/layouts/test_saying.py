"""What somebody said beats what is guessed: course, term and publisher by who says them."""

import pytest

from parsed_pages import codes, finding, only_record, parse, term_html
from pipeline.config import DefaultsRule, LayoutSpec, Settings
from pipeline.layouts.reading import Basis, best
from pipeline.records import StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

SAID = Settings(defaults=(DefaultsRule(path="**", course="Economics"),))
OWN = LayoutSpec.model_validate(
    {
        "name": "acme",
        "path": ["**"],
        "headings": {"definition": ["meaning"], "facts": ["worth knowing"]},
        "evidence": {
            "term": [{"from": "title", "pattern": r"^(?P<value>.+?) \| Acme"}],
            "course": [{"from": "url", "pattern": "/terms/(?P<value>[^/]+)/"}],
        },
    }
)
PAGE = """<!doctype html><html lang="en"><title>{term} | Acme</title>
<link rel="canonical" href="https://acme.example/terms/sewing/{term}"><h1>{term}</h1>
{below}<h2>Meaning</h2><p>A fold that is sewn to shape a flat cloth.</p>
<footer>© 2026 Acme Crafts</footer>"""


def course(outcome: ParseOutcome) -> str:
    return only_record(outcome).course.title


# -- the order -------------------------------------------------------------------------------------------------------


def test_the_surest_basis_wins_and_of_equal_ones_the_first() -> None:
    found = best([(Basis.PLACED, "line"), (Basis.AGREED, "title"), (Basis.SAID, None), (Basis.AGREED, "folder")])
    assert found == (Basis.AGREED, "title")
    assert best([(Basis.LABELLED, None)]) is None


@pytest.mark.parametrize(
    "line",
    ["<p>Trade words</p>", "<p>By Ada Byron</p>", "<h2>At a glance</h2>", "<h3>Part Two</h3><p>Prices at home.</p>"],
)
def test_what_defaults_say_beats_a_line_below_the_term(line: str) -> None:
    page = term_html(head="<title>Tariff</title>", term="<h1>Tariff</h1>", course=line)
    outcome = parse(page, "tariff.html", SAID)
    assert course(outcome) == "Economics"
    assert only_record(outcome).source.given == ("course",)
    assert line.split(">")[1].split("<", maxsplit=1)[0] in finding(outcome, "unclaimed-text").message


@pytest.mark.parametrize(
    "below", ["", "<p>By Ada</p>", "<h2>At a glance</h2><p>Small and round.</p>", "<p>A word of the trade</p>"]
)
def test_a_place_that_a_layout_believes_alone_beats_a_line_below_the_term(below: str) -> None:
    outcome = parse(PAGE.format(term="dart", below=below), "dart.html", Settings(layouts=(OWN,)))
    assert course(outcome) == "Sewing"
    assert only_record(outcome).source.inferred == ("course",)


def test_a_layouts_course_beats_a_line_below_the_term_and_defaults_beat_it() -> None:
    own = OWN.model_copy(update={"course": "Tailoring", "evidence": {"term": OWN.evidence["term"]}})
    page = PAGE.format(term="dart", below="<p>Notions</p>")
    assert course(parse(page, "dart.html", Settings(layouts=(own,)))) == "Tailoring"
    both = parse(page, "dart.html", Settings(layouts=(own,), defaults=SAID.defaults))
    assert (course(both), only_record(both).source.given) == ("Economics", ("course",))


def test_what_a_page_says_behind_a_label_beats_what_defaults_say() -> None:
    outcome = parse(term_html(), "tariff.html", SAID)
    assert course(outcome) == "AP Biology"
    assert only_record(outcome).source.given == ()


def test_defaults_beat_what_title_and_address_agree_on() -> None:
    page = term_html(
        course="",
        head='<title>osmosis - (AP Biology) - Vocab</title><link rel="canonical" href='
        '"https://fiveable.me/key-terms/ap-biology/osmosis">',
    )
    assert course(parse(page, "x.html")) == "AP Biology"
    assert course(parse(page, "x.html", SAID)) == "Economics"


def test_a_line_that_says_what_the_user_says_is_the_courses() -> None:
    outcome = parse(term_html(course="<p>Economics</p>", head=""), "osmosis.html", SAID)
    assert course(outcome) == "Economics"
    assert only_record(outcome).source.inferred == ()
    assert outcome.ledger.unclaimed == ()


def test_a_line_that_is_the_whole_title_is_the_term() -> None:
    page = term_html(head="<title>Osmosis</title>", term="<p>Osmosis</p><p>Week 4</p>", course="")
    outcome = parse(page.replace("h2>", "h1>"), "page7.html", SAID)
    assert (only_record(outcome).term.text, course(outcome)) == ("Osmosis", "Economics")
    assert [piece.text for piece in outcome.ledger.unclaimed] == ["Week 4"]


# -- the course that nobody says ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["<p>Trade words</p>", "<p>By Ada</p>", "<h2>In short</h2>", "<p>Chapter Two</p>"])
def test_a_line_alone_is_no_course(line: str) -> None:
    facts = "<h2>5 Must Know Facts</h2><ul><li>It is passive.</li></ul>"
    page = term_html(head="", course=line, facts=facts, end="")
    assert codes(parse(page, "osmosis.html")) == ["no-course"]


@pytest.mark.parametrize("line", ["<p>Trade words</p>", "<h3>Trade words</h3>"])
def test_the_place_of_a_lost_label_is_a_witness_in_the_sites_own_form(line: str) -> None:
    outcome = parse(term_html(head="", course=line), "osmosis.html")
    assert course(outcome) == "Trade words"
    assert only_record(outcome).source.inferred == ("course",)


LINE = """{above}

Unit 3: Roots

3.1 How roots drink

Last updated May 2026

Overview

Roots pull water from the soil through thin cells, and they do so day and night and in any weather that comes.

Key Terms to Review (1)

hair: A thin cell.
"""


def test_a_line_above_the_unit_is_the_class_by_its_place_and_that_is_told() -> None:
    record = guide(parse(LINE.format(above="Botany for everyone"), "x.txt"))
    assert (record.course.title, record.source.inferred[:1]) == ("Botany for everyone", ("course",))


@pytest.mark.parametrize("above", ["Share this page with your class", "By Ana Cruz", "Spring term", "Botany Basics"])
def test_defaults_beat_a_line_above_the_unit(above: str) -> None:
    record = guide(parse(LINE.format(above=above), "x.txt", SAID))
    assert (record.course.title, record.source.given) == ("Economics", ("course",))


def test_a_by_line_above_the_unit_is_no_class() -> None:
    assert codes(parse(LINE.format(above="By Ana Cruz"), "x.txt")) == ["no-course"]


def test_a_line_above_the_unit_is_in_doubt_where_the_title_names_another_class() -> None:
    lines = LINE.format(above="Spring term").replace("Overview\n", "<h2>Overview</h2>").split("\n\n")
    page = f"<title>Roots - Botany Notes | School</title>{''.join(f'<p>{line}</p>' for line in lines)}"
    outcome = parse(page, "x.html")
    doubt = finding(outcome, "doubtful-name")
    assert (doubt.level, doubt.field, doubt.value) == ("doubt", "course", "Spring term")
    assert doubt.signs == ("it stands right above the unit's line", 'the title names "Botany"')
    given = parse(page, "x.html", SAID)
    assert [one.code for one in given.findings if one.level == "doubt"] == []


def test_a_name_that_a_user_writes_small_stays_small() -> None:
    own = OWN.model_copy(update={"course": "sewing by hand", "evidence": {"term": OWN.evidence["term"]}})
    assert course(parse(PAGE.format(term="dart", below=""), "dart.html", Settings(layouts=(own,)))) == "sewing by hand"


def test_the_place_of_a_lost_label_is_in_doubt_where_another_name_stands_beside_it() -> None:
    outcome = parse(term_html(head="", course="<p>Trade words</p><p>Cell Biology</p>"), "osmosis.html")
    assert course(outcome) == "Trade words"
    doubt = finding(outcome, "doubtful-name")
    assert (doubt.level, doubt.field, doubt.value, doubt.line) == ("doubt", "course", "Trade words", 5)
    assert doubt.signs[1:] == ('below it stands "Cell Biology"',)


@pytest.mark.parametrize(
    "above", ["<p>Home / Blog / Roots</p>", "<p>Fresh Roots 🌱</p>", "<ul><li>Blog</li><li>Roots</li></ul>"]
)
def test_defaults_beat_a_breadcrumb_that_names_no_unit(above: str) -> None:
    page = (
        f"{above}<h1>Roots</h1><h2>Overview</h2><p>Roots drink.</p><h2>Key Terms</h2><p><b>hair</b>: A thin cell.</p>"
    )
    page += "<h2>FAQ</h2><p>Who drinks?</p><p>Roots.</p>"
    record = guide(parse(page, "roots.html", SAID))
    assert (record.course.title, record.source.given) == ("Economics", ("course",))


def test_a_units_line_beats_defaults() -> None:
    page = "Botany Unit 3 Review\n\n3.1 Roots\n\nLast updated May 2026\n\nOverview\n\nRoots drink all day long.\n"
    record = guide(parse(f"{page}\nKey Terms to Review (1)\n\nhair: A thin cell.\n", "roots.txt", SAID))
    assert (record.course.title, record.source.given) == ("Botany", ())


# -- the publisher -------------------------------------------------------------------------------------------------

GUIDE = """<html lang="en"><head>{head}</head><body>{above}<h1>Water in soil</h1>
<h2>Three kinds of water</h2><p>Gravity drains the widest pores within a day or two.</p>
<h2>Vocabulary</h2><ul><li><b>wilting point</b>: The water content at which plants wilt.</li></ul>
<h2>Check yourself</h2><ol><li>Which pores drain first?<ul><li>The widest.</li></ul></li></ol></body></html>"""


def guide(outcome: ParseOutcome) -> StudyGuide:
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    return record


@pytest.mark.parametrize(
    "page",
    [
        GUIDE.format(head="", above=""),
        GUIDE.format(head="<title>Unit 7: Soil</title>", above="<p>Unit 7: Soil</p>"),
        "Soil Unit 7 Review\n\nWater in soil\n\nLast updated June 2026\n\nOverview\n\nGravity drains the widest pores."
        "\n\nKey Terms to Review (1)\n\nwilting point: The water content at which plants wilt.\n",
    ],
)
def test_a_guide_without_a_sign_of_a_site_has_no_publisher(page: str) -> None:
    record = guide(parse(page, "water.txt", SAID))
    assert record.publisher == "unknown"


@pytest.mark.parametrize(
    ("head", "above"),
    [
        ("", "<p>that actually explain what's on your next test</p>"),
        ('<link rel="canonical" href="https://library.fiveable.me/soil/unit-7">', ""),
        ("", "<p>Written by the Fiveable Content Team • Last updated June 2026</p>"),
    ],
)
def test_a_sign_of_a_site_names_its_publisher(head: str, above: str) -> None:
    record = guide(parse(GUIDE.format(head=head, above=above), "water.html", SAID))
    assert record.publisher == "Fiveable"


@pytest.mark.parametrize(
    ("facts", "publisher"),
    [
        ("<h2>2 Must Know Facts For Your Next Test</h2><ol><li>One.</li></ol>", "Fiveable"),
        ("<h2>2 Must Know Facts</h2><ol><li>One.</li></ol>", "unknown"),
    ],
)
def test_a_term_page_has_the_publisher_whose_words_it_says(facts: str, publisher: str) -> None:
    page = term_html(facts=facts, course="", end="", head="")
    assert only_record(parse(page, "osmosis.html", SAID)).publisher == publisher


def test_a_layouts_publisher_is_said_and_beats_the_end_of_the_title() -> None:
    own = OWN.model_copy(update={"publisher": "Acme Crafts Guild"})
    page = PAGE.format(term="dart", below="").replace("<footer>© 2026 Acme Crafts</footer>", "")
    record = only_record(parse(page, "dart.html", Settings(layouts=(own,))))
    assert record.publisher == "Acme Crafts Guild"
    assert only_record(parse(page, "dart.html", Settings(layouts=(OWN,)))).publisher == "Acme"
