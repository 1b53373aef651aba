"""The note types, frozen by design: names, ids, fields, templates, and the order of all of them.

A field or template added, removed, renamed or moved makes Anki take the note type for another one: learners get
"Key term+", and their notes are never updated again. Only the text of templates and the CSS may change. What may come
later has its field already. `tests/exporters/anki/` holds all of this.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from genanki.model import Model

from pipeline.notes import NoteKind

__all__ = ["NOTE_TYPES", "NoteType", "Template", "note_type_digests"]


@dataclass(frozen=True, slots=True)
class Template:
    """One card of a note. `needs` are the fields without which there is no card: its front tests them."""

    name: str
    file: str  # `<file>-front.html` and `<file>-back.html` in `templates/`; `all-backs.html` ends each back
    needs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteType:
    """A note type. Ids are given out once: the type's own, then 1… for fields and 51… for templates behind it."""

    name: str
    id: int
    fields: tuple[str, ...]
    sort_field: str
    templates: tuple[Template, ...]

    def position(self, field: str) -> int:
        """Return the place of a field among the fields."""
        return self.fields.index(field)

    @property
    def digest(self) -> str:
        """Return 16 hex digits of all that Anki keeps of the note type: fields, templates, CSS."""
        return hashlib.sha256(json.dumps([self.name, self.shape()], sort_keys=True).encode()).hexdigest()[:16]

    def shape(self) -> dict[str, Any]:
        """Return all that Anki keeps of the note type but its name and `mod`."""
        return {
            "id": self.id,
            "fields": [(field["name"], field["id"]) for field in self.json_fields],
            "templates": [(one["name"], one["id"], one["qfmt"], one["afmt"]) for one in self.json_templates],
            "css": style(),
            "sort": self.position(self.sort_field),
        }

    @property
    def json_fields(self) -> list[dict[str, Any]]:
        """Return the fields as genanki takes them, each with its id."""
        return [{"name": name, "id": self.id * 100 + place} for place, name in enumerate(self.fields, 1)]

    @property
    def json_templates(self) -> list[dict[str, Any]]:
        """Return the templates as genanki takes them, each with its id."""
        return [
            {
                "name": template.name,
                "id": self.id * 100 + 50 + place,
                "qfmt": _file(f"{template.file}-front.html"),
                "afmt": _file(f"{template.file}-back.html") + _file("all-backs.html"),
            }
            for place, template in enumerate(self.templates, 1)
        ]

    def model(self) -> Model:
        """Return genanki's model of it."""
        return _model(self, style())


@cache  # genanki renders each template once a field for it
def _model(note_type: NoteType, css: str) -> Model:
    return Model(  # type: ignore[no-untyped-call]
        note_type.id,
        note_type.name,
        fields=note_type.json_fields,
        templates=note_type.json_templates,
        css=css,
        sort_field_index=note_type.position(note_type.sort_field),
    )


# The end of every note type: what places, explains and credits a note, and what is kept for later: docs/anki.md says
# what each is for. Behind it stand fields of one type that 0.1.0 did not have, then `Given`, which tells what a person
# edited in Anki: see `given`. So the ids of the fields before are those of 0.1.0.
_TAIL: Final = (
    "Course",
    "Unit",
    "Topic",
    "Related terms",
    "Also found in",
    "Explanation",
    "Source link",
    "Attribution",
    "Record id",
    "Extra",
    "Hint",
    "Blank",
    "Language",
    "Audio",
    "Typed",
    "Extra 2",
    "Extra 3",
)

NOTE_TYPES: Final[Mapping[NoteKind, NoteType]] = {
    "key_term": NoteType(
        name="Key term",
        id=1_720_650_371_001,
        fields=(
            "Id",
            "Term",
            "Definition",
            "Masked definition",
            "Recognise",
            "Recall",
            "Masked course",
            *_TAIL,
            "Listen",
            "Given",
        ),
        sort_field="Term",
        templates=(
            Template("Recognise", "recognise", ("Recognise", "Term")),
            Template("Recall", "recall", ("Recall", "Masked definition")),
            Template("Type", "recall-type", ("Typed", "Masked definition")),
            Template("Listen", "listen", ("Listen", "Audio")),
        ),
    ),
    "fact": NoteType(
        name="Fact",
        id=1_720_650_371_002,
        fields=("Id", "Front", "Back", "Term", "Masked course", *_TAIL, "Second front", "Second back", "Given"),
        sort_field="Front",
        templates=(
            Template("Fact", "fact", ("Front",)),
            Template("Second", "fact-second", ("Second front",)),
            Template("Type", "fact-type", ("Typed", "Front")),
        ),
    ),
    "question": NoteType(
        name="Review question",
        id=1_720_650_371_003,
        fields=("Id", "Question", "Answer", "Choices", "Term", *_TAIL, "Right choice", "Given"),
        sort_field="Question",
        templates=(
            Template("Question", "question", ("Question",)),
            Template("Type", "question-type", ("Typed", "Question")),
        ),
    ),
}


def note_type_digests() -> dict[str, str]:
    """Return the digest of each note type by its name: when one differs, its `mod` in `cards.lock` moves."""
    return {note_type.name: note_type.digest for note_type in NOTE_TYPES.values()}


def style() -> str:
    """Return the CSS of all note types."""
    return _file("cards.css")


@cache
def _file(name: str) -> str:
    return (files(__package__) / "templates" / name).read_text(encoding="utf-8")
