"""GUIDs and short ids are frozen: a learner's reviews hang on them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import Workshop, key_term
from pipeline.identity import GuidError, short_id
from pipeline.identity.guid import guid_candidate, new_guid
from pipeline.records import KeyTerm

# If one of these differs, every note of every deck in the world is a new note. Change the code back.
GOLDEN = {
    ("key_term", "fiveable/deep-learning-systems/ml-engineer", 0): ("3FvhtmyvvKa", "exxysookbp"),
    ("fact", "own-words/kitchen-science/yeast\x1fIt eats.", 0): ("9QQmMTvdVMe", "nxfvbbdygl"),
    ("fact", "own-words/kitchen-science/yeast\x1fIt eats.", 1): ("7mpg0v0ZmpZ", "lk2rt76rzx"),
    ("question", "own-words/物理/運動量\x1fなぜ？", 0): ("LXDr859dZWx", "7llw3cjisr"),
}


@pytest.mark.parametrize(("named", "expected"), GOLDEN.items())
def test_guids_are_what_they_always_were(named: tuple[str, str, int], expected: tuple[str, str]) -> None:
    guid = guid_candidate(*named)
    assert (guid, short_id(guid)) == expected


def test_a_short_id_is_the_first_fifty_bits_of_its_guid() -> None:
    assert short_id("00000000000") == "aaaaaaaaaa"
    assert short_id("LygHa16AHYF") == "7777777777"  # 2 ** 64 - 1
    assert short_id("00000000004") == short_id("00000000000")


@pytest.mark.parametrize("text", ["", "abc", "LygHa16AHYG", "0000000000-", "000000000000"])
def test_what_is_no_guid_is_refused(text: str) -> None:
    with pytest.raises(GuidError, match="11 base62 digits"):
        short_id(text)


@given(st.text(), st.text())
def test_short_ids_are_ten_characters_that_search_can_tell_apart(kind: str, subject: str) -> None:
    short = short_id(guid_candidate(kind, subject, 0))
    assert len(short) == 10
    assert set(short) <= set("abcdefghijklmnopqrstuvwxyz234567")


def test_a_guid_whose_short_id_is_taken_counts_as_taken() -> None:
    first = guid_candidate("fact", "x", 0)
    assert new_guid("fact", "x", lambda _, short: short == short_id(first)) == guid_candidate("fact", "x", 1)


def test_two_machines_without_a_lock_agree() -> None:
    pages = [key_term(term, f"{term} is a word.", [f"The {term} fact."]) for term in ("a word", "b word", "c word")]
    one, two = Workshop().build(pages), Workshop(now=1_600_000_000).build(reversed(pages))
    assert one.lock == two.lock


def test_the_same_sentence_on_two_pages_of_a_course_is_one_note_and_of_two_courses_two() -> None:
    fact = ["It eats the sugar of the dough in 40 minutes."]

    def facts(*pages: KeyTerm) -> list[tuple[str, tuple[str, ...]]]:
        found = Workshop().build(pages).assignment.identities.items()
        return [(ref.record_id, identity.tags) for ref, identity in found if ref.kind == "fact"]

    ((supplier, tags),) = facts(key_term("yeast", facts=fact), key_term("brine", facts=fact))
    assert supplier == "own-words/kitchen-science/brine"
    assert {tag.rpartition("::term::")[2] for tag in tags if "::term::" in tag} == {"brine", "yeast"}
    assert len(facts(key_term("yeast", facts=fact), key_term("brine", facts=fact, course="Another"))) == 2
    raised = ["It eats 10<sup>2</sup> grams of sugar in 40 minutes."]
    flat = ["It eats 102 grams of sugar in 40 minutes."]
    assert len(facts(key_term("yeast", facts=raised), key_term("brine", facts=flat))) == 2
