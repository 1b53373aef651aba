"""A finding's id lasts while the page is edited elsewhere, and is another's as soon as it says something else."""

import pytest
from pydantic import ValidationError

from pipeline.records import Finding


def finding(**changes: object) -> Finding:
    given = {"line": 4, "record": "acme/knots/bowline", "field": "facts", "value": "It holds."} | changes
    return Finding.of("no-answer", "knots/bowline.html", "a sentence", **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes", [{"line": 90}, {"line": None}, {"value": " it  HOLDS. "}, {"signs": ["another"]}, {"count": 3}]
)
def test_an_id_does_not_depend_on_line_case_space_signs_or_count(changes: dict[str, object]) -> None:
    assert finding(**changes).id == finding().id


@pytest.mark.parametrize("changes", [{"value": "It slips."}, {"field": "questions"}, {"record": "acme/knots/reef"}])
def test_an_id_is_that_of_record_field_and_value(changes: dict[str, object]) -> None:
    assert finding(**changes).id != finding().id


def test_without_a_record_the_path_and_without_a_value_the_message_stand_for_them() -> None:
    one, other, third = (
        Finding.of("truncated", path, message) for path, message in (("a", "x"), ("b", "x"), ("a", "y"))
    )
    assert len({one.id, other.id, third.id}) == 3


def test_a_finding_read_back_with_another_value_or_an_unknown_code_is_none() -> None:
    line = finding().model_dump_json()
    assert Finding.model_validate_json(line) == finding()
    for said, instead in (("It holds.", "It slips."), ("no-answer", "no-reason"), ('"line":4,', "")):
        with pytest.raises(ValidationError):
            Finding.model_validate_json(line.replace(said, instead))


def test_the_ids_of_findings_are_frozen() -> None:
    """Whoever notes an id down finds it again in the next version."""
    assert finding().id == "e2a21109c231"
