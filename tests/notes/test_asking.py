"""A fact asks for one thing of its sentence: what it is, what is shown around it, and when there is no card."""

import sys
from collections import Counter

import pytest

from factories import Workshop, key_term
from pipeline.notes import BLANK, StudyNote, ask, notes_of
from pipeline.records import KeyTerm

HEADLINE = '<div class="term">{}</div><div class="cue">{}</div>'

COURSE = [
    key_term("charter", "A paper in which a lord gives a town its rights.", ["A guild held its charter in a chest."]),
    key_term("toll", "What is paid at a gate.", [f"A toll was taken at the gate of town {n}." for n in "abcdef"]),
    key_term("guild", "The masters of one craft.", ["The guild of bakers met under one roof for a common purse."]),
]


def facts(*pages: KeyTerm) -> list[StudyNote]:
    """Return the fact notes of the first page, in a course of all of them."""
    notes = {note.ref: note for page in pages for note in notes_of(page)}
    return [note for note in ask(notes, {}).values() if note.kind == "fact" and note.record_id == pages[0].id]


def asked(sentence: str, term: str = "market town", course: list[KeyTerm] = COURSE) -> str | None:
    """Return what a fact of `term` asks for; None if it makes no card."""
    found = facts(key_term(term, "A town with a weekly market.", [sentence]), *course)
    return found[0].blank.text if found and found[0].blank else None


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        # Another term of the course, rare before common; whole names, in any number.
        ("A market town paid a toll to the guild in 1348.", "guild"),
        # A common word of the course is not asked.
        ("Tolls were paid twice by each market town in 1348.", "1348"),
        # A number with its unit, a year, before a name.
        ("A market town lay about 12 miles from Oldham and its mill.", "12 miles"),
        ("1348: the market town lost half of its people to the plague of Oldham.", "1348"),
        ("About 5 × 10<sup>6</sup> loaves are eaten in the houses of a market town.", "5 × 106"),
        # A name: within a sentence, of several words; never the word that only begins it.
        ("Most of what a market town lived from came down the river from Great Oldham.", "Great Oldham"),
        # The object at a clause's end, which the course knows.
        ("A market town kept all of its silver and wax under the roof.", "roof"),
        # The term itself, where nothing else is asked and the sentence tells it.
        ("Where peasants sold butter weekly without paying a priest, people call it a market town.", "market town"),
    ],
)
def test_what_a_fact_asks_for(sentence: str, answer: str) -> None:
    assert asked(sentence) == answer


@pytest.mark.parametrize(
    "sentence",
    [
        "Market town.",
        "It varies.",
        "Yes",
        "It is the market town that does it.",
        "This is called a market town.",
        "In this chapter, we look at what a market town paid to its guild.",
        "Let’s see what a market town paid to its guild every year.",
        "shows a market town and the house of its guild of bakers.",
    ],
)
def test_a_sentence_that_tells_too_little_or_speaks_of_the_book_makes_no_card(sentence: str) -> None:
    assert asked(sentence) is None


def test_sentences_that_do_not_name_the_term_ask_for_one_thing_and_never_for_their_rest() -> None:
    sentences = {
        "The bishop took it back about ten weeks later, and unrest followed.": "ten weeks",
        "1948: the north bridge began to pay for the rebuilding of the lower market.": "1948",
        "Most towns have different rights, but not all.": None,
        "Guilds and the council shared the toll of the river, which paid for the wall.": "Guilds",
    }
    assert {sentence: asked(sentence, "charter", COURSE[1:]) for sentence in sentences} == sentences


def test_the_front_shows_the_sentence_with_its_term_above_and_the_back_the_same_with_the_answer_marked() -> None:
    sentence = (
        "Ca<sup>2+</sup> of a <em>market town</em> went to the "
        '<a href="https://e.org/">guilds</a>; a guild lived by it.'
    )
    (note,) = facts(key_term("market town", facts=[sentence]), *COURSE)
    shown = f"Ca<sup>2+</sup> of a <em>market town</em> went to the {BLANK}; a {BLANK} lived by it."
    assert note.front == HEADLINE.format("market town", shown)
    assert note.back == (
        "Ca<sup>2+</sup> of a <em>market town</em> went to the "
        '<a href="https://e.org/"><mark>guilds</mark></a>; a <mark>guild</mark> lived by it.'
    )


def test_a_card_that_asks_for_its_term_has_no_headline_and_none_of_its_forms_on_the_front() -> None:
    sentence = "Absorbed salt goes before water, and what is called absorption by doctors needs both in the gut."
    (note,) = facts(key_term("absorption", "How food gets in.", [sentence], course="Absorption and Loss"))
    assert note.blank == ("absorption", 1)
    assert "bsor" not in note.front.replace("&nbsp;", "")
    assert note.masked_course == "[…] and Loss"


def test_a_piece_that_the_headline_tells_is_not_asked() -> None:
    course = [key_term("town", "Houses with a wall."), *COURSE]
    assert asked("A market town, unlike a town of the king, paid 12 pounds each year.", course=course) == "12 pounds"


def test_a_part_of_a_list_is_asked_after_what_stands_alone() -> None:
    course = [key_term(word, f"What {word} is.") for word in ("butter", "cheese", "wool", "wharf")]
    assert asked("Butter, cheese, and wool of a market town went over the wharf.", course=course) == "wharf"


def test_what_was_asked_once_is_asked_on_whatever_the_course_calls_a_term_later() -> None:
    workshop = Workshop()
    page = key_term("market town", facts=["A market town paid 12 pounds for its stone bridge."])
    more = key_term("bridge", "What leads over a river.", ["A bridge was a market town's pride for 80 years."])
    first = workshop.build([page]).lock
    second = workshop.build([page, more]).lock
    assert {line.blank for line in first.lines if line.kind == "fact"} == {("12 pounds", 1)}
    assert {line for line in first.lines if line.kind == "fact"} < set(second.lines)


def test_choosing_takes_a_time_that_grows_with_the_course_and_not_with_its_square() -> None:
    def calls(count: int) -> int:
        pages = [
            key_term(f"word{n}", f"What word{n} is.", [f"A word{n} is near the big word{n + 1} of 12 towns."])
            for n in range(count)
        ]
        notes = {note.ref: note for page in pages for note in notes_of(page)}
        counted = Counter[str]()
        sys.setprofile(lambda _, event, __: counted.update([event]))
        try:
            assert len(ask(notes, {})) == 2 * count
        finally:
            sys.setprofile(None)
        return counted["call"] + counted["c_call"]

    calls(200)  # what is remembered of words is remembered for both
    assert calls(200) < 2.3 * calls(100)


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        # The name of an example is not asked, nor the sign in brackets for what stands before it.
        ("A large market town like Oldham sold its cloth, silk and butter weekly.", "market town"),
        ("Each market town kept a weekly register (Wr) of butter and cloth.", "market town"),
        # A whole name, not the term that it ends with.
        ("Every market town paid what it owed to the Great Guild of its own county.", "Great Guild"),
        # A sum of money, and one year of many, only where nothing else can be asked.
        ("A weekly market town took £300 from peasants who sold butter there.", "market town"),
        ("Every weekly market town grew in 1348, shrank in 1450 and grew until 1601 by its butter.", "market town"),
        # Sentences that are given as remembered are sentences.
        ("Recall that a weekly place where peasants sold butter is called a market town.", "market town"),
    ],
)
def test_what_nobody_would_ask_is_not_asked(sentence: str, answer: str) -> None:
    assert asked(sentence) == answer


@pytest.mark.parametrize(
    "sentence",
    [
        # Nothing of it is what the page of the term is about.
        "In terms of law, the case for a market town is weak.",
        # It points to what was a link or a picture.
        "In , the guild of a market town paid three pounds for its charter.",
        "The guild of each market town is clearly visible in the figure.",
        "Suppose that a market town had a guild of bakers.",
    ],
)
def test_sentences_that_lean_on_what_is_not_there_make_no_card(sentence: str) -> None:
    assert asked(sentence) is None


CRAFTS = [
    *COURSE,
    key_term("wheel guild", "Those who made wheels.", ["A wheel guild of Oldham sold carts, and it grew rich by it."]),
    key_term(
        "plough guild", "Those who made ploughs.", ["The plough guild fed its sick with bread from a common pot."]
    ),
]


@pytest.mark.parametrize(
    ("sentence", "answer"),
    [
        # What the sentence itself gives a name, or says what it is.
        ("Each market town kept a chest of coins, known as the common purse, for bad years.", "common purse"),
        (
            "What peasants paid twice for was termed “the lord’s second loaf” by a market town.",
            "the lord’s second loaf",
        ),
        ("A tally stick is a piece of wood that a market town split with whoever owed it silver.", "tally stick"),
        # The source of a statement is none of it; the year of a thing is.
        ("Each market town had a wall of stone in its first years (Moss & Reed, 1981).", "market town"),
        ("Moss and Reed (1981) counted how often a market town burnt down in its first years.", "market town"),
        ("A market town burnt down in 1348, as its priest wrote (Moss, 1981).", "1348"),
        # A number that stands twice, a day, an end of a range, a label.
        ("A market town gave 12 loaves to its priest and 12 loaves to the poor of the mill.", "market town"),
        ("On May 3, 1348, a market town lost its mill to a fire that no priest had foreseen.", "1348"),
        ("A market town had between 40 and 60 houses, and the guild lived in one of them.", "guild"),
        ("By article 5 of its law a market town gave its peasants butter and wood weekly.", "market town"),
        # What is counted and then listed is counted by anybody.
        ("A weekly market town had three gates for peasants: a mill gate, a wall gate, and the king’s.", "market town"),
        # Whole names, of more than one word and with initials; not what somebody was.
        ("A market town took its law from Lord John B. Hale, who came from the north.", "John B. Hale"),
        (
            "In the end a market town lived from what the North Wall Company of Oldham gave.",
            "North Wall Company",
        ),
        # Nothing of a quotation or of brackets but a term.
        ("A market town sang “The Fair of Great Oldham” when its peasants sold butter weekly.", "market town"),
        # A name that only says which of several things of a kind.
        ("A market town sold Flemish cloth and Frisian cloth, and peasants paid weekly in butter.", "market town"),
        # Not a part of a list, with a preposition before each.
        ("A market town cared for the sick, for the old, for widows, and for the guild of bakers.", "market town"),
        # A blank that covers another word as well is asked after one that does not.
        ("A chartered market town got its charter from one lord in 1348.", "1348"),
        # The rest of a fixed expression is a part of the answer.
        ("A market town gave its law to the wheel guild, which kept it in a chest.", "wheel guild"),
    ],
)
def test_what_is_asked_is_a_whole_thing_that_the_sentence_tells(sentence: str, answer: str) -> None:
    assert asked(sentence, course=CRAFTS) == answer


@pytest.mark.parametrize(
    "sentence",
    [
        "Why did a market town pay a toll to the guild of its own bakers?",
        "A market town paid its guild of bakers by the law of Senator John B.",
        "“A market town paid a toll to the guild of bakers for bread.",
        "“The Guild of a Market Town.” Bread and Butter 12:34–56.",
        "The toll of a market town was paid to those whose names are:",
        "However, that same market town paid its toll to the guild of bakers.",
        "The chapter on Bread says more of what a market town paid to its guild.",
        "Again, we see what a market town paid to the guild of its bakers.",
    ],
)
def test_questions_sources_and_texts_that_were_cut_make_no_card(sentence: str) -> None:
    assert asked(sentence) is None


def test_what_the_course_says_of_something_else_as_well_is_not_asked() -> None:
    wheel = "The law of the wheel guild says that all other silver of the house is held in a chest."
    plough = "The law of the plough guild says that all other silver of the house is held in a chest."
    course = [
        *COURSE,
        key_term("wheel guild", "Those who made wheels.", [wheel]),
        key_term("plough guild", "Those who made ploughs.", [plough]),
    ]
    assert asked(wheel, "guild law", course) is None
    alone = [page for page in course if page.term.text != "plough guild"]
    assert asked(wheel, "guild law", alone) == "wheel guild"


def test_the_term_is_asked_where_the_sentence_has_the_words_of_its_definition() -> None:
    term, definition = "balanced budget", "A state in which government spending and taxes are equal."
    page = key_term(term, definition, ["If government spending and taxes are equal, it has a balanced budget."])
    assert [note.blank.text for note in facts(page, *COURSE) if note.blank] == [term]


def test_what_the_title_of_the_course_says_is_not_asked() -> None:
    sentence = "A market town was the place where a kitchen bought butter and cloth."
    course = [*COURSE, key_term("kitchen", "Where food is made.", [])]
    assert course[0].course.title == "Kitchen Science"
    assert asked(sentence, course=course) == "market town"


def test_a_sentence_may_end_in_a_term_with_which_a_longer_one_begins() -> None:
    course = [*COURSE, key_term("guild hall", facts=[]), key_term("guild hall floor", facts=[])]
    assert asked("A market town paid its masons for the roof of its guild hall", course=course) == "guild hall"
