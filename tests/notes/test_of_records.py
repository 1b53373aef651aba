"""Which notes a record gives, and what stands on them."""

import random

from factories import items, key_term, question, rich
from pipeline.config import AnkiSettings
from pipeline.notes import BLANK, StudyNote, notes_of, says_too_little
from pipeline.notes.question import shown_order
from pipeline.records import Course, NamedIn, Source, StudyGuide, Unit, VocabularyItem


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


def test_the_masked_course_does_not_tell_the_term() -> None:
    note = only(notes_of(key_term("bread", "Baked.", course="Bread & Butter")), "key_term")
    assert (note.course_title, note.masked_course) == ("Bread & Butter", "[…] & Butter")


def test_a_definition_that_tells_nothing_without_its_term_is_not_asked_backwards() -> None:
    for definition in ("Risk.", "risks", "<p><strong>Risk</strong></p>", "It is a risk that varies."):
        note = only(notes_of(key_term("risk", definition)), "key_term")
        assert (note.masked, note.recognise, note.recall) == ("", True, False)
        assert says_too_little(note)


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
    counted = question("What?", "Salt", ["Water", "Salt", "Air"], "Only the second holds water.")
    assert [choice.text for choice in shown_order(counted)] == ["Water", "Salt", "Air"]


def test_the_digest_sees_what_is_studied_and_nothing_else() -> None:
    def digest(**changes: object) -> str:
        return only(notes_of(key_term("yeast", "Alive.", **changes)), "key_term").digest  # type: ignore[arg-type]

    assert digest() == digest(url="https://e.org/x", license="CC BY 4.0", notices=("© Own",), course="Elsewhere")
    assert digest() != digest(related=[("bread", "Baked.")])
    assert digest() != digest(also=["Biology"])


def test_a_direction_that_is_switched_is_a_change_of_what_is_studied() -> None:
    record = key_term("yeast", "What lives in warm dough.")
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
    course = "course::kitchen-science"
    assert {f"{course}::unit::03", f"{course}::unit::05", f"{course}::topic::3.1"} < set(note.tags)
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
            VocabularyItem(key="a", term=rich("yeast"), definition=rich("Yeast lives in warm dough.")),
            VocabularyItem(key="b", term=rich("salt"), definition=None),
        ),
        questions=(question("Why rest?", "So that it rises."),),
        publisher="Own Words",
        language="en",
        source=Source(path="g.html", sha256="0" * 64, media_type="text/html", encoding="utf-8", layout="guide"),
    )
    word, asked = notes_of(guide)
    assert word.identity_key == only(notes_of(key_term("yeast")), "key_term").identity_key
    assert (word.masked, word.unit, word.topic) == (f"{BLANK} lives in warm dough.", "2", "2.4")
    assert asked.kind == "question"
