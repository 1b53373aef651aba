"""The site's guides of today: unit pages with sales text, and topic pages with a jump mark above their text."""

import pytest

from parsed_pages import codes, parse
from pipeline.records import StudyGuide
from pipeline.stages.page.outcome import ParseOutcome

SALES = """Pep mascot
Upgrade your Acme account to print any study guide

Hand out PDFs to your class

Open the billing page → change your plan → pick Yearly→ and take the "Class Plan". You pay the rest

This plan suits pupils, teachers, families"""
UNIT = """{head}

{sales}

{above}Oceans cover most of the earth and carry heat from the warm belt to the cold poles.

unit 1 review

What's an Ocean?

  • Body of salt water between the continents
  • Covers about seventy percent of the earth's surface
{words}"""
WORDS = "\nKey Terms to Review (2)\n\nEbb: The fall of the water after high tide.\n\nFlood: The rise of the water.\n"
GLUED = "Ocean Systems Unit 1 ReviewIntroduction to Oceans"


def guide(outcome: ParseOutcome) -> StudyGuide:
    assert [reject.message for reject in outcome.rejects] == []
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert outcome.ledger.unclaimed == ()
    assert [one.message for one in outcome.findings if one.code in ("doubtful-name", "doubtful-heading")] == []
    return record


# -- unit pages -----------------------------------------------------------------------------------------------------

SALES_OF_OTHERS = {
    "as the site has it": SALES,
    "its own words": (
        "Upgrade your Fiveable account to print any study guide\n\n"
        "Download study guides as beautiful PDFs See example\n\nPrint or share PDFs with your students\n\n"
        "Always prints our latest, updated content\n\nMark up and annotate as you study\n\n"
        'Click below to go to billing portal → update your plan → choose Yearly → and select "Share Plan". '
        "Only pay the difference\n\nPlan is open to all students, teachers, parents, etc"
    ),
    "without arrows": "Upgrade your Acme account to save notes\n\nNow with colours\n\nFor teachers and their pupils",
    "none": "Pep mascot",
}


@pytest.mark.parametrize("sales", SALES_OF_OTHERS.values(), ids=SALES_OF_OTHERS)
@pytest.mark.parametrize("words", [WORDS, ""], ids=["with words", "outline alone"])
def test_a_unit_page_is_named_by_its_first_line_and_sales_are_no_text(sales: str, words: str) -> None:
    record = guide(parse(UNIT.format(head=GLUED, sales=sales, above="", words=words), "oceans.txt"))
    assert (record.course.title, record.title.text) == ("Ocean Systems", "Introduction to Oceans")
    assert record.unit is not None
    assert (record.unit.number, record.unit.title) == (1, "Introduction to Oceans")
    assert record.lead is not None
    assert record.lead.text.startswith("Oceans cover most of the earth")
    assert record.lead.text.endswith("cold poles.")
    assert [section.heading.text for section in record.sections] == ["What's an Ocean?"]
    assert [word.term.text for word in record.vocabulary] == (["Ebb", "Flood"] if words else [])


@pytest.mark.parametrize("heading", ["Overview", "The Great Oceans"])
def test_a_heading_between_sales_and_text_stays_one(heading: str) -> None:
    page = UNIT.format(head=GLUED, sales=SALES, above=f"{heading}\n\n", words=WORDS)
    record = guide(parse(page, "oceans.txt"))
    assert [section.heading.text for section in record.sections] == [heading, "What's an Ocean?"]


@pytest.mark.parametrize("mark", ["<h2>unit 1 review</h2>", "<p>unit 1 review</p>", ""])
def test_a_unit_page_in_html_has_no_section_that_is_its_name(mark: str) -> None:
    lines = "".join(f"<p>{line}</p>" for line in SALES.replace("\n\n", "\n").split("\n"))
    page = f"<h1>Ocean Systems Unit 1 Review: Oceans</h1>{lines}<p>Oceans cover most of the earth.</p>{mark}"
    page += "<h3>What's an Ocean?</h3><ul><li>Salt water</li></ul><h2>Key Terms to Review (1)</h2>"
    record = guide(parse(f"{page}<p><b>Ebb</b>: The fall of the water.</p>", "oceans.html"))
    assert (record.course.title, record.title.text) == ("Ocean Systems", "Oceans")
    assert record.lead is not None
    assert record.lead.text == "Oceans cover most of the earth."
    assert [section.heading.text for section in record.sections] == ["What's an Ocean?"]


# -- sentences with arrows --------------------------------------------------------------------------------------------

TOPIC = """{above}

🌊Ocean Science Unit 3 Review

3.4 Waves

Written by the Acme Team • Last updated June 2026

Overview

Waves carry energy, not water, and what breaks them is the sea's floor where it rises toward the beach.

Key Terms to Review (1)

swell: A train of long waves.
"""


@pytest.mark.parametrize(
    "above",
    [
        "Open the app → choose a class → and press Start",
        "Wind pushes water → the water piles up → a wave is born.",
        "Log in > pick your school > ask your teacher for a code.",
    ],
)
def test_a_sentence_with_arrows_is_no_breadcrumb(above: str) -> None:
    (record,) = parse(TOPIC.format(above=above), "waves.txt").records
    assert isinstance(record, StudyGuide)
    assert (record.course.title, record.title.text, record.topic) == ("Ocean Science", "Waves", "3.4")


@pytest.mark.parametrize(
    "above",
    ["Home > Ocean Science > Unit 3 – Moving Water > 3.4 Waves", "home › ocean science › unit 3 – moving water"],
)
def test_a_line_of_names_is_one(above: str) -> None:
    page = TOPIC.format(above=above).replace("🌊Ocean Science Unit 3 Review\n\n", "")
    record = guide(parse(page, "waves.txt"))
    assert record.unit is not None
    assert (record.course.title.lower(), record.unit.number) == ("ocean science", 3)


@pytest.mark.parametrize(
    "line",
    [
        "Practice Ocean Science Unit 7 — ebb, flood, slack water, and neap tides. Build skills for tide tables.",
        "Core Topics in Unit 7",
        "Study Ocean Science Unit 7: what floods, what ebbs",
    ],
)
def test_a_sentence_about_a_unit_names_neither_class_nor_page(line: str) -> None:
    page = (
        f"Unit 7: Tides\n{line}\nWhat Unit 7 Covers in Ocean Science\nTides is one of the longest units of the class.\n"
    )
    assert codes(parse(page, "tides.txt")) == ["no-layout"]


# -- jump marks -----------------------------------------------------------------------------------------------------

MARKED = """Fiveable

🌊AP Ocean Science Unit 3 Review

Tides Review

Written by the Fiveable Content Team • Last updated June 2026
🌊AP Ocean Science
Unit & Topic Study Guides

{mark}

{between}Overview

Tides are the slow rise and fall of the sea. Most coasts see two high tides in a day.

Two bulges of water

The moon pulls at the near side of the earth more than at its middle.
{end}"""
ASKED = "\nFrequently Asked Questions\n\nWhat is a swell?\n\nA train of long waves from a far storm.\n"


@pytest.mark.parametrize("end", ["", ASKED], ids=["no questions", "questions below"])
@pytest.mark.parametrize("mark", ["Frequently Asked Questions", "FAQs", "Common Questions"])
@pytest.mark.parametrize("between", ["Pep mascot\n\n", ""], ids=["mascot", "nothing"])
def test_a_jump_mark_above_the_text_heads_no_questions(mark: str, between: str, end: str) -> None:
    end = end.replace("Frequently Asked Questions", mark)
    record = guide(parse(MARKED.format(mark=mark, between=between, end=end), "tides.txt"))
    assert [section.heading.text for section in record.sections] == ["Overview", "Two bulges of water"]
    assert [one.question.text for one in record.questions] == (["What is a swell?"] if end else [])


def test_questions_above_a_text_are_questions() -> None:
    page = MARKED.format(mark=ASKED.strip(), between="", end="")
    assert [one.question.text for one in guide(parse(page, "tides.txt")).questions][:1] == ["What is a swell?"]


HTML = """<!doctype html><html lang="en"><head><title>Waves | AP Ocean Science Unit 3 Review | Fiveable</title></head>
<body><div><a href="#">🌊AP Ocean Science Unit 3 Review</a></div>
<main><h1>Waves</h1><p>Written by the Fiveable Content Team • Last updated June 2026</p>
{mark}
<h2 id="o">Overview</h2><p>Waves carry energy, not water.</p><h2>Breakers</h2><p>A wave breaks in shallow water.</p>
<h2 id="faq">Frequently Asked Questions</h2><h3>What is a swell?</h3><p>A train of long waves.</p>
</main></body></html>"""


@pytest.mark.parametrize(
    "mark",
    [
        '<div><a href="#faq">Frequently Asked Questions</a></div>',
        '<ul><li><a href="#faq">Frequently Asked Questions</a></li></ul>',
        "<p>Frequently Asked Questions</p>",
        "",
    ],
)
def test_a_link_to_the_questions_is_no_heading_of_them(mark: str) -> None:
    record = guide(parse(HTML.format(mark=mark), "waves.html"))
    assert record.lead is None
    assert [section.heading.text for section in record.sections] == ["Overview", "Breakers"]
    assert [one.question.text for one in record.questions] == ["What is a swell?"]
