"""What is known of a note in one state, whatever it was read from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from pipeline.records import plain_text

__all__ = ["PLACING", "KnownNote", "field_text", "plain_pair", "said"]

# Fields that place, credit or name a note: they ride along with a real change, and are none.
PLACING: Final = frozenset(
    ("Id", "Course", "Masked course", "Unit", "Topic", "Source link", "Attribution", "Record id", "Language", "Given")
)

# Of each note type: the fields that its identity is judged by, and those that say what it is about.
_TELLING = {"Key term": ("Term", "Definition"), "Fact": ("Back",), "Review question": ("Question",)}


@dataclass(frozen=True, slots=True)
class KnownNote:
    """A note of a lock, a deck or an edition. `fields` are HTML, None where only a lock tells of the note."""

    guid: str
    note_type: str
    record_id: str
    identity_text: str
    text: str
    mod: int = 0
    digest: str = ""  # of what is studied; "" in a deck, which does not say
    deck: str = ""
    page: str = ""
    fields: Mapping[str, str] | None = None


def field_text(html: str) -> str:
    """Return a field as plain text, with a colon between what a card shows in boxes one above the other."""
    return plain_text(html.replace("</div><div", "</div>: <div"))


def plain_pair(old: str, new: str) -> tuple[str, str]:
    """Return two fields as plain text; where only markup differs, the markup is what there is to show."""
    before, after = field_text(old), field_text(new)
    return (before, after) if before != after else (old, new)


def said(note_type: str, fields: Mapping[str, str]) -> tuple[str, str]:
    """Return a note's identity text, and what names it to a person: a sentence stands behind its term."""
    telling = [_line(fields.get(name, "")) for name in _TELLING.get(note_type, ())]
    term = _line(fields.get("Term", ""))
    if note_type == "Key term" or not telling:
        return "\t".join(telling), term
    return telling[0], f"{term}: {telling[0]}" if note_type == "Fact" and term else telling[0]


def _line(html: str) -> str:
    return " ".join(field_text(html).split())
