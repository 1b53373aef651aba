"""Which notes a record gives, and what stands on them."""

import random

from factories import items, key_term, question, rich
from pipeline.config import AnkiSettings
from pipeline.notes import BLANK, StudyNote, notes_of
from pipeline.notes.question import shown_order
from pipeline.records import Course, NamedIn, Source, StudyGuide, Unit, VocabularyItem, plain_text


def only(notes: list[StudyNote], kind: str) -> StudyNote:
    (note,) = (note for note in notes if note.kind == kind)
    return note


def test_a_key_term_page_gives_its_term_then_its_facts_then_its_questions() -> None:
    notes = notes_of(key_term("yeast", "Yeast lives.", ["It eats.", "It rests."], [("Why?", "So.")]))
    assert [note.kind for note in notes] == ["key_term", "fact", "fact", "question"]
    assert len({note.ref for note in notes}) == 4


def test_the_identity_of_a_term_is_its_publisher_course_and_slug() -> None:
    note = only(notes_of(key_term("C++", "A language.", publisher="Own Words")), "key_term")
    assert note.identity_key == note.record_id
    assert note.identity_text == "C++\tA language."


def test_a_fact_that_names_its_term_asks_with_a_blank() -> None:
    note = only(notes_of(key_term("yeast", "Alive.", ["Cold <em>yeast</em> rests."])), "fact")
    assert note.front == f"Cold <em>{BLANK}</em> rests."
    assert note.back == "Cold <em>yeast</em> rests."


def test_a_fact_that_does_not_name_its_term_asks_with_the_term_and_its_own_first_words() -> None:
    sentence = "It doubles in about an hour where the room is warm."
    note = only(notes_of(key_term("yeast", "Alive.", [sentence])), "fact")
    assert note.front == f'<div class="term">yeast</div><div class="cue">It doubles in about {BLANK}</div>'


def test_a_cue_keeps_what_stands_right_behind_a_formula_there() -> None:
    fact = "If dough is \\(n \\times n\\), it rests (\\(t\\) hours) and has doubled well before it can be baked at all."
    note = only(notes_of(key_term("yeast", "Alive.", [fact])), "fact")
    assert f'<div class="cue">If dough is \\(n \\times n\\), it rests (\\(t\\) {BLANK}</div>' in note.front


def test_the_cue_depends_on_neither_position_nor_count() -> None:
    facts = [f"Sentence {word} says something of its own about bread." for word in ("one", "two", "three", "four")]
    fronts = {note.back: note.front for note in notes_of(key_term("crust", "Outside.", facts)) if note.kind == "fact"}
    random.Random(1).shuffle(facts)
    for note in notes_of(key_term("crust", "Outside.", facts[:3])):
        if note.kind == "fact":
            assert note.front == fronts[note.back]


def test_the_masked_course_does_not_tell_the_term() -> None:
    note = only(notes_of(key_term("bread", "Baked.", course="Bread & Butter")), "key_term")
    assert (note.course_title, note.masked_course) == ("Bread & Butter", "[…] & Butter")


def test_a_definition_that_is_nothing_but_the_term_still_has_a_front() -> None:
    for definition in ("Risk.", "risks", "<p><strong>Risk</strong></p>"):
        assert plain_text(only(notes_of(key_term("risk", definition)), "key_term").masked).strip(".") == "[…]"


def test_a_question_without_an_answer_makes_no_note() -> None:
    notes = notes_of(
        key_term("yeast", "Alive.", [], [question("Why?", None), question("How?", None, (), "By eating.")])
    )
    assert only(notes, "question").back == "By eating."


def test_a_question_shows_its_term_but_where_the_term_is_the_answer() -> None:
    asked = [
        (
            "Why does it foam?",
            "Because yeast that is fed breathes out gas, which stays in the dough until it is baked.",
        ),
        ("What makes dough rise?", "Yeasts."),
        question("Which of these is alive?", "Dry yeast", ["Dry yeast", "Salt"]),
    ]
    notes = [note for note in notes_of(key_term("yeast", "Alive.", [], asked)) if note.kind == "question"]
    assert [note.term for note in notes] == ["yeast", "", ""]


def test_choices_stand_in_an_order_that_depends_on_their_own_words_alone() -> None:
    choices = ["An hour", "A day", "A week", "None of the above"]
    orders = set()
    for seed in range(6):
        random.Random(seed).shuffle(choices)
        orders.add(tuple(choice.text for choice in shown_order(question("How long?", "A day", choices))))
    (order,) = orders
    assert order[-1] == "None of the above"
    edited = shown_order(question("How long?", "A day", [*choices[:3], "A month"]))
    assert [choice.text for choice in edited if choice.text in order] == [text for text in order if text in choices[:3]]


def test_choices_that_name_others_by_letter_stay_in_the_order_of_the_page() -> None:
    choices = ["Water", "Salt", "Both A and B", "Neither"]
    assert [choice.text for choice in shown_order(question("What?", "Both A and B", choices))] == choices
    reasoned = question("What?", "Salt", ["Water", "Salt", "Air"], "Option B is right, for salt holds water.")
    assert [choice.text for choice in shown_order(reasoned)] == ["Water", "Salt", "Air"]


def test_the_digest_sees_what_is_studied_and_nothing_else() -> None:
    def digest(**changes: object) -> str:
        return only(notes_of(key_term("yeast", "Alive.", **changes)), "key_term").digest  # type: ignore[arg-type]

    assert digest() == digest(url="https://e.org/x", license="CC BY 4.0", notices=("© Own",), course="Elsewhere")
    assert digest() != digest(related=[("bread", "Baked.")])
    assert digest() != digest(also=["Biology"])


def test_a_direction_that_is_switched_is_a_change_of_what_is_studied() -> None:
    record = key_term("yeast", "Alive.")
    both, one = (
        only(notes_of(record, AnkiSettings(directions=chosen)), "key_term")
        for chosen in (("recognise", "recall"), ("recall",))
    )
    assert (one.recognise, one.recall) == (False, True)
    assert both.digest != one.digest


def test_units_of_guides_that_name_a_term_are_its_tags() -> None:
    record = key_term("yeast", "Alive.").model_copy(
        update={
            "named_in": (
                NamedIn(record_id="a/b/unit-3/c", unit=3, topic="3.1"),
                NamedIn(record_id="a/b/unit-5/d", unit=5),
            )
        }
    )
    note = only(notes_of(record), "key_term")
    assert {"unit::3", "unit::5"} < set(note.tags)
    assert (note.unit, note.topic) == ("3", "3.1")


def test_a_guides_words_are_terms_and_its_prose_makes_no_notes() -> None:
    guide = StudyGuide(
        id="own-words/kitchen-science/unit-2/dough",
        title=rich("Dough"),
        course=Course(slug="kitchen-science", title="Kitchen Science"),
        unit=Unit(number=2),
        topic="2.4",
        objectives=items(["Make dough."]),
        lead=rich("Dough is old."),
        vocabulary=(
            VocabularyItem(key="a", term=rich("yeast"), definition=rich("Yeast lives.")),
            VocabularyItem(key="b", term=rich("salt"), definition=None),
        ),
        questions=(question("Why rest?", "So that it rises."),),
        publisher="Own Words",
        language="en",
        source=Source(path="g.html", sha256="0" * 64, media_type="text/html", encoding="utf-8", layout="guide"),
    )
    word, asked = notes_of(guide)
    assert word.identity_key == only(notes_of(key_term("yeast")), "key_term").identity_key
    assert (word.masked, word.unit, word.topic) == (f"{BLANK} lives.", "2", "2.4")
    assert asked.kind == "question"
