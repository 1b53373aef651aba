"""Two pages with one id: both are told, and what decided between them."""

from dataclasses import replace

import pytest

from pipeline.survey import Candidate, duplicates

FIRST = Candidate("acme/knots/bowline", "a.html", fields=9, characters=400, captured="")


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({"fields": 7}, "a.html has 9 fields that are not empty, b.html 7"),
        ({"characters": 20}, "a.html has 400 characters of text, b.html 20"),
        ({}, "both are equally full: the first path was taken"),
    ],
)
def test_both_paths_are_told_and_the_first_sign_that_decided(changes: dict[str, int], sign: str) -> None:
    (found,) = duplicates([FIRST, replace(FIRST, path="b.html", **changes)])
    assert (found.path, found.examples, found.record) == ("b.html", ("a.html",), FIRST.id)
    assert found.signs == (sign,)


def test_the_later_capture_is_told() -> None:
    (found,) = duplicates([replace(FIRST, captured="2024"), replace(FIRST, path="b.html")])
    assert found.signs == ("a.html was captured later",)


def test_records_with_ids_of_their_own_are_no_duplicates() -> None:
    others = [replace(FIRST, id=f"acme/knots/{number}") for number in range(3)]
    assert list(duplicates([FIRST, *others])) == []


def test_each_page_that_was_not_taken_has_a_finding_of_its_own() -> None:
    found = list(duplicates([FIRST, replace(FIRST, path="b.html"), replace(FIRST, path="c.html")]))
    assert [one.path for one in found] == ["b.html", "c.html"]
    assert len({one.id for one in found}) == 2
