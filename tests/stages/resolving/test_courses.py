"""The courses of a build: titles, and file names that no two of them share."""

from hypothesis import given
from hypothesis import strategies as st

from pipeline.stages.resolving.courses import CourseTally, courses_from_json, courses_to_json, file_slugs

slugs = st.sampled_from(["all", "manifest", "schema", "media", "biology", "biology-a", "a", "b"])


def test_a_course_has_its_slug_as_file_name() -> None:
    assert file_slugs([("biology", "p")]) == {("biology", "p"): "biology"}


def test_a_slug_that_a_file_of_ours_has_gets_a_suffix() -> None:
    assert file_slugs([("all", "p"), ("schema", "p")]) == {("all", "p"): "all-p", ("schema", "p"): "schema-p"}


def test_of_two_publishers_with_one_slug_the_second_gets_a_suffix() -> None:
    names = file_slugs([("biology", "z"), ("biology", "a")])
    assert names == {("biology", "a"): "biology", ("biology", "z"): "biology-z"}


def test_a_suffix_that_is_another_courses_slug_is_not_taken() -> None:
    names = file_slugs([("biology", "a"), ("biology", "b"), ("biology-b", "a")])
    assert names["biology-b", "a"] == "biology-b"
    assert names["biology", "b"] == "biology-b-2"


@given(st.lists(st.tuples(slugs, slugs), unique=True))
def test_no_two_courses_share_a_file_name_and_their_order_does_not_matter(keys: list[tuple[str, str]]) -> None:
    names = file_slugs(keys)
    assert names.keys() == set(keys)
    assert len(set(names.values())) == len(names)
    assert not {"all", "manifest", "schema", "media"} & set(names.values())
    assert names == file_slugs(reversed(keys))


def test_most_records_decide_how_a_course_is_written() -> None:
    tally = CourseTally()
    for number, title in enumerate(["AP biology", "AP Biology", "AP Biology"]):
        tally.add(b"x\n", number * 2, record_id="p/ap-biology/x", kind="key_term", title=title, url=None)
    summed = tally.sum("ap-biology", ("ap-biology", "p"))
    assert (summed.title, summed.count, summed.kinds) == ("AP Biology", 3, {"key_term": 3})
    assert summed.spans == ((0, 6),)


def test_records_that_stand_apart_are_found_by_several_spans() -> None:
    tally = CourseTally()
    for offset, line in ((0, b"aa\n"), (10, b"b\n"), (12, b"c\n")):
        tally.add(line, offset, record_id="p/c/x", kind="key_term", title="C", url=None)
    summed = tally.sum("c", ("c", "p"))
    assert summed.spans == ((0, 3), (10, 4))
    assert courses_from_json(courses_to_json([summed])) == (summed,)
