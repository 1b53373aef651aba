"""A field that is marked as read behind a label needs nothing else to be shown."""

from typing import Annotated

from pdf_factories import key_term
from pipeline.exporters.pdf.kinds.key_term import KeyTermPiece
from pipeline.notes.placing import placing_of
from pipeline.records import KeyTerm, Labelled


class Graded(KeyTerm):
    """A key term with one field more."""

    difficulty: Annotated[str | None, Labelled()] = None


def graded(difficulty: str | None) -> Graded:
    return Graded.model_validate({**key_term("Tide").model_dump(), "difficulty": difficulty})


def test_a_labelled_field_is_a_tag_and_a_line_of_the_handout():
    record = graded("Very hard")
    assert "difficulty::very-hard" in placing_of(record)["tags"]
    assert "Difficulty: Very hard" in KeyTermPiece().passages(record, "handout")


def test_a_record_without_it_shows_nothing():
    assert placing_of(graded(None))["tags"] == placing_of(key_term("Tide"))["tags"]
    assert list(KeyTermPiece().passages(graded(None), "handout")) == list(
        KeyTermPiece().passages(key_term("Tide"), "handout")
    )


def test_a_licence_is_credited_and_not_shown_as_a_property():
    assert graded(None).model_copy(update={"license": "CC BY 4.0"}).details() == []
