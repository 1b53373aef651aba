"""Notes that a person renews or joins, where no rule can tell, and what later builds make of it."""

import pytest

from factories import Build, Workshop, key_term
from pipeline.identity import LockLine, UnknownNoteError, find_note, join, renew, short_id
from pipeline.records import KeyTerm

SODIUM = "Sodium flows into the cell in 1 ms when the membrane depolarises."
POTASSIUM = "Potassium flows out of the cell in 1 ms when the membrane repolarises."
CHARGE = "It has a charge of 1.6 units in the usual system."
ANEW = "Ions of one element differ in how many of 92 electrons went away."


def ion(*facts: str) -> KeyTerm:
    return key_term("ion", "A charged atom.", facts, course="Biology")


def line_of(build: Build | Workshop, text: str, state: str = "live") -> LockLine:
    (found,) = (line for line in build.lock.lines if line.identity_text == text and line.state == state)
    return found


def test_a_renewed_note_is_another_from_the_next_build_on_and_the_old_one_is_retired() -> None:
    workshop = Workshop()
    one = workshop.build([ion(SODIUM, CHARGE)])
    workshop.build([ion(POTASSIUM, CHARGE)])
    old = line_of(workshop, POTASSIUM)
    assert old.guid == line_of(one, SODIUM).guid  # taken for an edit
    workshop.lock, new = renew(workshop.lock, find_note(workshop.lock, short_id(old.guid)))
    for _ in range(2):
        build = workshop.build([ion(POTASSIUM, CHARGE)])
        assert (build.assignment.new, build.assignment.updated, build.assignment.retired_now) == (0, 0, 0)
        assert line_of(build, POTASSIUM).guid == new.guid != old.guid
        assert [guid for _, guid, _ in build.assignment.retired] == [old.guid]
        assert new.guid in {identity.guid for identity in build.assignment.identities.values()}


def test_a_renewed_note_is_the_one_that_is_revived() -> None:
    workshop = Workshop()
    workshop.build([ion(SODIUM, CHARGE)])
    workshop.build([ion(POTASSIUM, CHARGE)])
    workshop.lock, new = renew(workshop.lock, line_of(workshop, POTASSIUM))
    edited = POTASSIUM.replace("1 ms", "2 ms")
    workshop.build([ion(edited, CHARGE)])
    workshop.build([ion(CHARGE)])
    assert line_of(workshop.build([ion(edited, CHARGE)]), edited).guid == new.guid


def test_joined_notes_go_on_under_the_old_identity_with_a_time_that_reaches_learners() -> None:
    workshop = Workshop()
    one = workshop.build([ion(SODIUM, CHARGE)])
    workshop.build([ion(ANEW, CHARGE)])
    old, new = line_of(workshop, SODIUM, "retired"), line_of(workshop, ANEW)
    workshop.lock = join(workshop.lock, old, new, {ion().id}, workshop.now)
    build = workshop.build([ion(ANEW, CHARGE)])
    assert (build.assignment.new, build.assignment.updated, build.assignment.retired_now) == (0, 0, 0)
    joined = line_of(build, ANEW)
    assert joined.guid == line_of(one, SODIUM).guid
    assert joined.mod > old.mod
    assert [guid for _, guid, _ in build.assignment.retired] == [new.guid]


def test_notes_of_a_page_that_is_missing_can_be_joined() -> None:
    workshop = Workshop()
    workshop.build(
        [
            ion(SODIUM),
            key_term(
                "atom",
                "The least of an element.",
                facts=["An atom of gold has 79 protons in its nucleus."],
                course="Biology",
            ),
        ]
    )
    workshop.build(
        [
            ion(SODIUM),
            key_term(
                "gold", "A yellow metal.", facts=["Each nucleus in a bar of gold counts 79 protons."], course="Biology"
            ),
        ]
    )
    old, new = (
        line_of(workshop, "An atom of gold has 79 protons in its nucleus."),
        line_of(workshop, "Each nucleus in a bar of gold counts 79 protons."),
    )
    present = {ion().id, new.record_id}
    workshop.lock = join(workshop.lock, old, new, present, workshop.now)
    assert line_of(workshop, "Each nucleus in a bar of gold counts 79 protons.").guid == old.guid


def test_what_cannot_be_done_is_said() -> None:
    workshop = Workshop()
    workshop.build([ion(SODIUM, CHARGE)])
    workshop.build([ion(ANEW)])
    lock, present = workshop.lock, {ion().id}
    retired, live = line_of(workshop, SODIUM, "retired"), line_of(workshop, ANEW)
    term = line_of(workshop, "ion\tA charged atom.")
    with pytest.raises(UnknownNoteError, match="no note of the lock has the Id or GUID 'nothing'"):
        find_note(lock, "nothing")
    with pytest.raises(UnknownNoteError, match="is retired: no page has it"):
        renew(lock, retired)
    for old, new, said in (
        (live, live, "are one note"),
        (term, live, "two kinds: key_term and fact"),
        (live, retired, "is retired: name the note first"),
    ):
        with pytest.raises(UnknownNoteError, match=said):
            join(lock, old, new, present, workshop.now)
    both = Workshop()
    both.build([ion(SODIUM, CHARGE)])
    with pytest.raises(UnknownNoteError, match="both on pages of the last build"):
        join(both.lock, line_of(both, SODIUM), line_of(both, CHARGE), present, both.now)
