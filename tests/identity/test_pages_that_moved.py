"""Pages that were renamed, copied or joined, and sentences that moved: what keeps its note, what must not take one."""

import random

import pytest

from factories import Build, Workshop, key_term
from pipeline.identity import prune
from pipeline.records import KeyTerm

KITCHEN, BAKERY = "Kitchen", "Bakery"
BROWN = "Brown roux takes 12 minutes and white roux takes 4 on a low flame."
MILK = "Cold milk must go into hot roux within 30 seconds, or lumps will form."
STEAM = "Steam of 220 °C in the oven gives a loaf its thick crust."
SPOON = "Most bakers weigh it 3 times a day and never use a spoon."


def roux(*facts: str, term: str = "roux", course: str = KITCHEN, what: str = "thick") -> KeyTerm:
    return key_term(term, f"A {what} sauce made from fat and flour.", facts or (BROWN, MILK), course=course)


def poolish(*facts: str, course: str = KITCHEN) -> KeyTerm:
    return key_term(
        "poolish", "A dough that has been left to rise for one night.", facts or (STEAM, SPOON), course=course
    )


def rebuilt(*versions: list[KeyTerm]) -> list[Build]:
    workshop = Workshop()
    return [workshop.build(version) for version in versions]


def guids(build: Build, record: KeyTerm) -> dict[str, str]:
    """Return the GUIDs of a record's notes by their texts; the term's by ""."""
    texts = {fact.key: fact.text for fact in record.facts}
    return {
        texts.get(ref.key, ""): one.guid
        for ref, one in build.assignment.identities.items()
        if ref.record_id == record.id
    }


def counts(build: Build) -> tuple[int, int, int, int]:
    found = build.assignment
    return found.new, found.updated, found.retired_now, found.missing


def test_a_copy_in_another_course_never_takes_the_notes_of_a_page_that_is_only_missing() -> None:
    one, two, three = rebuilt(
        [roux(), poolish()], [roux(course=BAKERY), poolish()], [roux(course=BAKERY), roux(), poolish()]
    )
    assert counts(two) == (3, 0, 0, 3)
    assert two.assignment.taken_over == ()
    assert guids(three, roux()) == guids(one, roux())
    assert counts(three) == (0, 0, 0, 0)


def test_a_copy_takes_nothing_where_only_its_own_course_was_read() -> None:
    """Two courses, one lock, a run for each: the whole other course is only missing."""
    others = [
        poolish(),
        key_term("brine", "Salt in water.", ["A brine keeps a cucumber for 5 months of winter."], course=KITCHEN),
    ]
    known = key_term(
        "loaf", "A shaped bread.", ["A loaf is cut when it has cooled for 90 minutes on a rack."], course=BAKERY
    )
    one, two, three = rebuilt(
        [roux(), *others, known], [roux(course=BAKERY), known], [roux(), *others, roux(course=BAKERY), known]
    )
    assert counts(two) == (3, 0, 0, 8)
    assert guids(three, roux()) == guids(one, roux())


def test_a_course_that_was_renamed_takes_its_pages_along_and_that_is_told() -> None:
    one, two = rebuilt([roux(), poolish()], [roux(course=BAKERY), poolish(course=BAKERY)])
    assert guids(two, roux(course=BAKERY)) == guids(one, roux())
    assert two.assignment.taken_over == (
        ("own-words/kitchen/poolish", "own-words/bakery/poolish"),
        ("own-words/kitchen/roux", "own-words/bakery/roux"),
    )


def test_a_page_that_was_missing_when_its_course_was_renamed_is_the_same_when_it_is_back() -> None:
    names = ("brine", "curd", "glaze", "must", "whey")
    asked = {name: (f"Why is {name} of the second day stronger?", "It rested.") for name in names}

    def pages(course: str, *terms: str) -> list[KeyTerm]:
        return [key_term(name, f"What a cook calls {name}.", (), [asked[name]], course=course) for name in terms]

    one, two, three, four = rebuilt(
        pages(KITCHEN, *names),
        pages(BAKERY, *names[:3]),
        pages(BAKERY, *names[:4]),
        pages(BAKERY, *names),
    )
    assert counts(two) == (0, 0, 0, 4)
    assert (counts(three), counts(four)) == ((0, 0, 0, 2), (0, 0, 0, 0))
    for old, new in zip(pages(KITCHEN, *names), pages(BAKERY, *names), strict=True):
        assert guids(four, new) == guids(one, old)


def test_a_page_that_is_renamed_and_edited_at_once_is_one_page() -> None:
    edited = roux(
        "Brown roux takes just 12 minutes and white roux takes 4 on a low flame.",
        "Cold milk has to go into hot roux within 30 seconds, or lumps will form.",
        term="white roux",
        what="heavy",
    )
    one, two = rebuilt([roux()], [edited])
    assert counts(two) == (0, 3, 0, 0)
    assert set(guids(two, edited).values()) == set(guids(one, roux()).values())
    assert two.assignment.taken_over == (("own-words/kitchen/roux", "own-words/kitchen/white-roux"),)


def test_another_page_of_the_same_make_takes_no_notes_of_one_that_is_missing() -> None:
    def page(term: str, *words: str) -> KeyTerm:
        a, b, c = words
        facts = [f"The {a} of a {b} rises by 10 % when its {c} falls.", f"A {b} without {c} has lost 100 % of its {a}."]
        return key_term(term, f"A {b} that is known by its {a}.", facts)

    _, two = rebuilt([page("anode", "charge", "metal", "mass")], [page("delta", "bank", "river", "speed")])
    assert counts(two) == (3, 0, 0, 3)


def test_pages_of_one_make_that_differ_in_their_term_alone_take_nothing_of_each_other() -> None:
    def page(term: str, course: str) -> KeyTerm:
        facts = [f"The first thing to know about {term} was said in 1847.", f"The second about {term} came in 1850."]
        definition = f"{term} is what this page explains in one plain sentence."
        return key_term(term, definition, facts, [(f"Why does {term} matter?", "It does.")], course=course)

    for course in (KITCHEN, BAKERY):
        _, two = rebuilt([page("basting", KITCHEN)], [page("folding", course)])
        assert two.assignment.taken_over == ()
        assert two.assignment.new == two.assignment.missing > 2


def test_a_definition_word_for_word_is_the_page_under_another_name() -> None:
    one, two = rebuilt(
        [key_term("poolish", "A dough that rises for one night.")],
        [key_term("sponge", "A dough that rises for one night.")],
    )
    assert counts(two) == (0, 1, 0, 0)
    assert len({line.guid for line in one.lock.lines} | {line.guid for line in two.lock.lines}) == 1


def test_a_sentence_that_moved_with_a_typo_corrected_is_kept() -> None:
    corrected = "Cold milk must go into the hot roux within 30 seconds, or lumps will form."
    one, two = rebuilt([roux(), poolish()], [roux(BROWN), poolish(STEAM, SPOON, corrected)])
    assert counts(two) == (0, 1, 0, 0)
    assert guids(two, poolish(STEAM, SPOON, corrected))[corrected] == guids(one, roux())[MILK]


def test_a_sentence_that_moved_takes_its_own_note_and_not_that_of_a_like_one_that_the_page_had_once() -> None:
    once = "Steam of 90 °C in the oven gives a cake its thick crust."
    one, two, three = rebuilt(
        [roux(BROWN, MILK, STEAM), poolish(SPOON, once)],
        [roux(BROWN, MILK, STEAM), poolish(SPOON)],
        [roux(BROWN, MILK), poolish(SPOON, STEAM)],
    )
    assert two.assignment.retired_now == 1
    assert guids(three, poolish(SPOON, STEAM))[STEAM] == guids(one, roux(BROWN, MILK, STEAM))[STEAM]
    assert (three.assignment.new, three.assignment.retired_now) == (0, 0)


def test_a_sentence_like_one_that_a_missing_page_has_is_another() -> None:
    alike = "Cold milk must go into the hot roux within 30 seconds, or lumps will form."
    one, two, three = rebuilt(
        [roux(), poolish()], [poolish(STEAM, SPOON, alike)], [roux(), poolish(STEAM, SPOON, alike)]
    )
    assert counts(two) == (1, 0, 0, 3)
    assert guids(three, roux()) == guids(one, roux())


def test_facts_of_a_page_that_was_joined_with_another_keep_their_notes() -> None:
    joined = roux(BROWN, MILK, STEAM, SPOON)
    one, two = rebuilt([roux(), poolish()], [joined])
    assert counts(two) == (0, 2, 0, 1)  # cues name the page's term; what is missing is the other term
    old = guids(one, poolish())
    assert guids(two, joined) == {**guids(one, roux()), STEAM: old[STEAM], SPOON: old[SPOON]}
    assert two.assignment.taken_over == (("own-words/kitchen/poolish", "own-words/kitchen/roux"),)


def test_facts_of_a_joined_page_go_back_with_it() -> None:
    one, _, three = rebuilt([roux(), poolish()], [roux(BROWN, MILK, STEAM, SPOON)], [roux(), poolish()])
    assert {**guids(three, roux()), **guids(three, poolish())} == {**guids(one, roux()), **guids(one, poolish())}
    assert (three.assignment.new, three.assignment.missing) == (0, 0)


def test_a_sentence_that_moved_to_another_course_is_kept_and_a_short_one_is_not_found_there() -> None:
    asked = [("What is it?", "A sauce of flour and fat.")]

    def page(facts: tuple[str, ...], questions: list[tuple[str, str]], course: str) -> KeyTerm:
        return key_term(course, f"What a {course} is.", facts, questions, course=course)

    old = [page((BROWN, MILK), asked, KITCHEN), page((STEAM,), [], BAKERY)]
    new = [page((BROWN,), [], KITCHEN), page((STEAM, MILK), asked, BAKERY)]
    one, two = rebuilt(old, new)
    assert guids(two, new[1])[MILK] == guids(one, old[0])[MILK]
    assert (two.assignment.new, two.assignment.retired_now) == (1, 1)  # the question


def test_a_parallel_fact_is_told_as_hardly_alike() -> None:
    old = "Sodium flows into the cell in 1 ms when the membrane depolarises."
    new = "Potassium flows out of the cell in 1 ms when the membrane repolarises."
    _, two = rebuilt(
        [key_term("ion", "A charged atom.", [old, "It has a charge of 1.6 units."], course="Biology")],
        [key_term("ion", "A charged atom.", [new, "It has a charge of 1.6 units."], course="Biology")],
    )
    assert counts(two) == (0, 1, 0, 0)
    (told,) = two.assignment.least_alike
    assert (told.old, told.new, told.record_id) == (old, new, "own-words/biology/ion")
    assert told.alike == pytest.approx(18 / 25)


def test_sentences_with_a_fifth_of_their_words_replaced_are_all_told() -> None:
    dice = random.Random(7)
    heads, tails = ("bar", "cel", "dor", "fen", "gul"), ("an", "et", "il", "us", "ix")
    lexicon = [f"{head}{tail}" for head in heads for tail in tails]
    asked = [" ".join(dice.choice(lexicon) + str(number) for _ in range(10)) + "?" for number in range(12)]
    changed = [" ".join(["other", "words", *text.split()[2:]]) for text in asked]
    versions = [[key_term("roux", questions=[(text, "So it is.") for text in texts])] for texts in (asked, changed)]
    _, two = rebuilt(*versions)
    assert {note.new for note in two.assignment.least_alike} == set(changed)
    assert two.assignment.new == 0


def test_pruning_retires_the_notes_of_pages_that_are_gone_for_good() -> None:
    workshop = Workshop()
    one = workshop.build([roux(), poolish()])
    workshop.build([roux()])
    pruned, gone = prune(workshop.lock, {roux().id})
    assert {line.guid for line in gone} == set(guids(one, poolish()).values())
    assert {line.guid: line.state for line in pruned.lines} == {
        **dict.fromkeys(guids(one, roux()).values(), "live"),
        **dict.fromkeys(guids(one, poolish()).values(), "retired"),
    }
    workshop.lock = pruned
    three = workshop.build([roux()])
    assert {text for _, _, text in three.assignment.retired} >= {STEAM, SPOON}
    assert three.assignment.missing == 0
    four = workshop.build([roux(), poolish()])
    assert guids(four, poolish()) == guids(one, poolish())
    assert four.assignment.revived == 3
