"""The head of a study guide: class, unit, topic and title, in the forms in which pages of several years print them."""

import pytest

from parsed_pages import parse
from pipeline.records import StudyGuide

BODY = """Inside the Wall

A wall keeps the weather out and the warmth in. It does so only as long as nobody leaves the door open, as they say.

Doors and Windows

Every door is a hole in the wall, and so is every window. What they let in depends on who closes them, and on when.
"""
WORDS = "Key Terms to Review (1)\n\nwall: what is around a room\n"
FOOT = "© 2024 Fiveable Inc. All rights reserved.\n"


def guide(head: str, *, words: str = WORDS, body: str = BODY, path: str = "page.txt") -> StudyGuide:
    outcome = parse(f"{head}\n\n{body}\n{words}\n{FOOT}", path)
    assert [reject.message for reject in outcome.rejects] == []
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert outcome.ledger.unclaimed == ()
    return record


def names(record: StudyGuide) -> tuple[str, int | None, str | None, str | None, str]:
    unit = record.unit
    return (
        record.course.title,
        unit.number if unit else None,
        unit.title if unit else None,
        record.topic,
        record.title.text,
    )


HEADS = {
    "pill and crumbs": (
        "  1. Rooms and Halls\n  2. Unit 3 – Walls\n  3. 3.4 What Is a Wall?\n🧱Rooms and Halls Unit 3 Review\n\n"
        "3.4 What Is a Wall?\n\nWritten by the Fiveable Content Team • Last updated June 2026",
        ("Rooms and Halls", 3, "Walls", "3.4", "What Is a Wall?"),
    ),
    "unit that is called a review": (
        "  1. Rooms and Halls\n  2. Unit 3 – Exam Review\n  3. 3.4 Walls\n🧱Rooms and Halls Unit 3 Review\n\n"
        "3.4 Walls\n\nLast updated June 2026",
        ("Rooms and Halls", 3, "Exam Review", "3.4", "Walls"),
    ),
    "topic that is called a unit's review": (
        "  1. Rooms and Halls\n  2. Unit 3 – Walls\n  3. 3.9 Unit 3 Review\n🧱Rooms and Halls Unit 3 Review\n\n"
        "3.9 Unit 3 Review\n\nLast updated June 2026",
        ("Rooms and Halls", 3, "Walls", "3.9", "Unit 3 Review"),
    ),
    "unit zero": (
        "Rooms and Halls > Unit 0 – Before You Build > 0.1 Plans\n\n0.1 Plans\n\nLast updated June 2026",
        ("Rooms and Halls", 0, "Before You Build", "0.1", "Plans"),
    ),
    "no unit in the breadcrumb": (
        "Fiveable\n  1. Rooms and Halls\n  2. Walls\n\nWalls\n\nLast updated June 2026",
        ("Rooms and Halls", None, None, None, "Walls"),
    ),
    "link back and guides of the unit": (
        "← back to rooms and halls\n\nRooms and Halls Unit 3 Study Guides\n\nUnit 3 – Walls\n\n3.4 Brick\n\n"
        "Written by Ana Cruz • Last updated July 2024",
        ("Rooms and Halls", 3, "Walls", "3.4", "Brick"),
    ),
    "review of a unit, named below its class": (
        "← back to rooms and halls\n\nrooms and halls unit 3 study guides\n\nwalls of brick\n\nunit 3 review",
        ("rooms and halls", 3, None, None, "walls of brick"),
    ),
    "review of a unit, in one line": (
        "AP exam review verified for 2027\n\nAP® Rooms: Old & New Unit 3 Review: Walls: Why and How",
        ("AP® Rooms: Old & New", 3, "Walls: Why and How", None, "Walls: Why and How"),
    ),
    "review of a unit, below its pill": (
        "🧱Rooms and Halls Unit 3 Review\n\nUnit 3 Review: Walls",
        ("Rooms and Halls", 3, "Walls", None, "Walls"),
    ),
    "names said again below the byline": (
        "🧱Rooms and Halls Unit 3 Review\n\n3.4 Walls\n\n3.4 Walls\n\nWritten by the Fiveable "
        "Content Team • Last updated "
        "June 2026\nVerified for the 2027 exam\nVerified for the 2027 examWritten by the Fiveable Content Team • Last "
        "updated June 2026\n🧱Rooms and Halls\nUnit & Topic Study Guides\n\nFrequently Asked Questions\n\nPep mascot",
        ("Rooms and Halls", 3, None, "3.4", "Walls"),
    ),
    "course with signs of its own": (
        "C++ & C#: Build It 👷🏽‍♀️\n\nBookmarked 4.6k • 272 resources\n\nSee Units\n\n11.10 if … else?\n\n6 min read",
        ("C++ & C#: Build It", 11, None, "11.10", "if … else?"),
    ),
    "course that ends in an accent of two characters": (
        "Le Cafe\u0301 ☕️\n\nBookmarked 4.6k • 272 resources\n\nSee Units\n\n2.1 Tables\n\n6 min read",
        ("Le Cafe\u0301", 2, None, "2.1", "Tables"),
    ),
}


@pytest.mark.parametrize(("head", "said"), HEADS.values(), ids=HEADS)
def test_a_guide_is_named_as_its_head_says(
    head: str, said: tuple[str, int | None, str | None, str | None, str]
) -> None:
    questions = "Frequently Asked Questions\n\nWhy is a wall?\n\nBecause of the wind.\n\n" if "Asked" in head else ""
    record = guide(head, words=questions + WORDS)
    assert names(record) == said
    assert record.lead is None
    assert [one.heading.text for one in record.sections] == ["Inside the Wall", "Doors and Windows"]
    assert [one.question.text for one in record.questions] == (["Why is a wall?"] if questions else [])


@pytest.mark.parametrize(
    "head",
    [
        "Rooms 🧱\n\nBookmarked 4.6k • 272 resources\n\nSee Units\n\n3.4 Walls\n\n5 min "
        "read•june 14, 2021\n\nJo Ng\n\nJo Ng",
        "Rooms 🧱\n\nSee Units\n\n3.4 Walls\n\n5 min read•june 14, 2021\n\nJo Ng\n\nJo Ng",
        "Rooms 🧱\n\nBookmarked 4.6k • 272 resources\n\nSee Units\n\nWalls\n\n5 min read•june "
        "14, 2021\n\nJo Ng\n\nJo Ng",
        "🧱Rooms Unit 3 Review\n\nUnit 3 Review: Walls",
        "🧱Rooms Unit 3 Review\n\n3.4 Walls\n\nLast updated June 2026",
    ],
)
def test_a_guide_needs_no_vocabulary_to_be_one(head: str) -> None:
    record = guide(head, words="")
    assert record.course.title == "Rooms"
    assert record.vocabulary == ()
    assert len(record.sections) == 2


@pytest.mark.parametrize(
    "page",
    [
        "Rooms 🧱\n\nBookmarked 4.6k • 272 resources\n\nSee Units\n\nLog in\n",
        "Our Walls\n\nBy Jo Ng\n\nThey are new. They are high, and they have been painted, and we like them.\n",
        "3.4 Walls\n\nThis page could not be found.\n\nUnit 3\n",
        "Home\n\nAP Rooms Unit 1\n\nAP Rooms Unit 2\n\nAP Rooms Unit 3\n\nPractice\n",
    ],
)
def test_a_page_with_one_sign_of_a_guide_is_none(page: str) -> None:
    (reject,) = parse(page, "page.txt").rejects
    assert reject.code == "no-layout"


@pytest.mark.parametrize(
    "title",
    [
        "Walls - Rooms and Halls | Fiveable",
        "Walls | Rooms and Halls Class Notes | Fiveable",
        "3.4 Walls - Rooms and Halls Study Guide 2026 | Fiveable",
        "Walls – Rooms and Halls Unit 3 Review | Fiveable",
        "Walls | Rooms and Halls Revision Notes | Fiveable",
    ],
)
def test_the_title_tag_names_the_class_of_a_page_without_breadcrumb(title: str) -> None:
    page = (
        f"<html><head><title>{title}</title></head><body><main><h1>3.4 Walls</h1><p>Last updated June 2026</p>"
        "<h2>Brick</h2><p>It is red.</p><h2>Glossary</h2><p>wall: what is around a room</p></main></body></html>"
    )
    (record,) = parse(page, "page.html").records
    assert record.course.title == "Rooms and Halls"


def test_front_matter_names_what_the_text_of_a_markdown_page_does_not_say() -> None:
    page = (
        '---\ntitle: "3.4 Walls"\ncourse: Rooms and Halls\nunit: "Unit 3 – Walls and Doors"\nauthor: Ana Cruz, PhD\n'
        "updated: 2026-06-14\n---\n\n# 3.4 Walls\n\n## Brick {#brick .unnumbered}\n\nIt is "
        "red.\n\n## Key Terms to Review (1)\n\n"
        "**wall**: what is around a room\n\n## Frequently Asked Questions\n\n### Why?\n\nBecause of the wind.\n"
    )
    (record,) = parse(page, "walls.md").records
    assert isinstance(record, StudyGuide)
    assert names(record) == ("Rooms and Halls", 3, "Walls and Doors", "3.4", "Walls")
    assert (record.authors, record.updated) == (("Ana Cruz, PhD",), "2026-06-14")
    assert [one.heading.text for one in record.sections] == ["Brick"]


@pytest.mark.parametrize(
    "heading",
    [
        "Skills you’ll gain in this topic:",
        "Learning Objectives",
        "By the end of this section, you will be able to:",
        "After reading this section, you should be able to:",
        "After completing this chapter, students will be able to:",
        "In this topic, you'll learn how to:",
        "In this section, you will learn to:",
        "You will be able to:",
        "You'll learn how to:",
        "Upon completion of this unit, you should be able to",
        "What You'll Learn",
        "Goals",
        "Key Skills",
        "Essential Knowledge",
    ],
)
def test_objectives_stand_under_any_of_their_headings(heading: str) -> None:
    record = guide(
        f"🧱Rooms Unit 3 Review\n\n3.4 Walls\n\n6 min read\n\n{heading}\n\n  • Describe a wall\n  • Explain: why?"
    )
    assert [one.text for one in record.objectives] == ["Describe a wall", "Explain: why?"]
    assert [one.heading.text for one in record.sections] == ["Inside the Wall", "Doors and Windows"]


@pytest.mark.parametrize("heading", ["Goals", "Learning Objectives", "Essential Knowledge", "Objectives"])
def test_a_section_of_the_text_may_be_called_as_objectives_are(heading: str) -> None:
    told = (
        "A house has many of them. Some are written down, and some are only found out when the "
        "roof comes off again, in the first storm of a long and windy fall."
    )
    page = (
        "<main><p>🧱Rooms Unit 3 Review</p><h1>3.4 Walls</h1><p>6 min read</p><h2>What You'll Learn</h2>"
        f"<ul><li>Describe a wall</li></ul><h2>Brick</h2><p>{told}</p><h2>{heading}</h2><p>{told}</p>"
        "<h2>Glossary</h2><p>wall: what is around a room</p></main>"
    )
    (record,) = parse(page, "page.html").records
    assert isinstance(record, StudyGuide)
    assert [one.text for one in record.objectives] == ["Describe a wall"]
    assert [one.heading.text for one in record.sections] == ["Brick", heading]


FURNITURE = [
    "Cram Mode",
    "Ask Fiveable AI",
    "Save to Google Drive",
    "Join our Discord for live help",
    "Was this guide helpful?",
    "Share this guide",
    "Study vocabulary with flashcards",
    "Get a 5 on your exam",
    "Related study guides",
    "Cite this guide",
    "Advertisement",
]


@pytest.mark.parametrize("line", FURNITURE)
def test_furniture_between_sections_is_no_text(line: str) -> None:
    body = BODY.replace("\n\nDoors and", f"\n\n{line}\n\nDoors and")
    record = guide("🧱Rooms Unit 3 Review\n\n3.4 Walls\n\n6 min read", body=body)
    assert [(one.heading.text, line in one.body.text) for one in record.sections] == [
        ("Inside the Wall", False),
        ("Doors and Windows", False),
    ]


SENTENCES = [
    "Get a 5 percent raise and prices follow.",
    "Share this guide's main idea with a friend: walls cost money.",
    "Back to the door, then, which is where the wind comes in.",
    "Written by hand in 1776, the plan of the house was lost.",
    "By June 1776 the walls stood.",
    "Advertisement raises demand.",
    "Updated for the war, the wall was higher.",
    "Join our two beams with a nail.",
    "Related study guides the builder's hand.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_begins_like_furniture_stays_in_the_text(sentence: str) -> None:
    lead = "Walls are old. People built them long before they built roofs, and they built roofs long before they wrote."
    for head in ("3.4 Walls\n\n6 min read", "3.4 Walls\n\n6 min read•june 14, 2021\n\nJo Ng\n\nJo Ng"):
        record = guide(f"🧱Rooms Unit 3 Review\n\n{head}\n\n{lead}\n\n{sentence}", body=f"{lead}\n\n{BODY}")
        assert record.lead is not None
        assert sentence in record.lead.text
        body = BODY.replace("\n\nDoors", f"\n\n{sentence}\n\nDoors")
        assert sentence in guide(f"🧱Rooms Unit 3 Review\n\n{head}", body=body).sections[0].body.text


def test_the_lines_below_on_this_page_are_no_lead() -> None:
    for lines in (
        "  • Inside the Wall\n  • Doors and Windows",
        "Inside the Wall\n\nDoors and Windows\n\nKey Terms to Review (1)",
    ):
        record = guide(f"🧱Rooms Unit 3 Review\n\n3.4 Walls\n\n6 min read\n\nOn this page\n\n{lines}")
        assert record.lead is None
        assert [one.heading.text for one in record.sections] == ["Inside the Wall", "Doors and Windows"]
        assert [one.term.text for one in record.vocabulary] == ["wall"]


@pytest.mark.parametrize("sign", ["#", "¶", "🔗", ""])
def test_the_link_of_a_heading_to_itself_is_no_part_of_it(sign: str) -> None:
    page = (
        "<main><p>🧱Rooms Unit 3 Review</p><h1>3.4 Walls</h1><p>6 min read</p>"
        f"<h2><a href='#brick' aria-label='Permalink'>{sign}</a>C# and Brick #1</h2><p>It is red.</p>"
        f"<h2>Glue<a href='#glue'>{sign}</a></h2><p>It holds.</p><h2>Glossary</h2><p>wall: "
        "what is around a room</p></main>"
    )
    outcome = parse(page, "page.html")
    (record,) = outcome.records
    assert isinstance(record, StudyGuide)
    assert [one.heading.text for one in record.sections] == ["C# and Brick #1", "Glue"]
    assert outcome.ledger.unclaimed == ()
