"""A study note: what is asked and what is answered, before any output has given it a form."""

import hashlib
import json
import re
from dataclasses import dataclass
from typing import Final, Literal

from pipeline.notes.refs import Blank, NotePlace, NoteRef, NoteSummary

__all__ = ["IDENTITY_TEXT_LENGTH", "NoteKind", "StudyNote", "identity_text", "letters"]

NoteKind = Literal["key_term", "fact", "question"]

# DESIGN section 4: enough to judge whether an edited sentence is the same one; a lock must stay small.
IDENTITY_TEXT_LENGTH: Final = 400
# What may differ between two texts that are word for word the same. A raised figure is another word.
_SAME_WORDS: Final = re.compile(r"</?(?:strong|em|p|a)\b[^>]*>|\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyNote:
    """One note that a record gives. All texts but `identity_*` are canonical HTML, or "" where there is none.

    `front` and `back` are what a learner is asked and shows that she knows: term and definition, a fact's
    sentence with a blank and the sentence with that text marked, question and answer. A fact that is not asked yet has
    no `front`. `masked` is a definition without its term, "" if too little is left of it to tell the term.
    """

    kind: NoteKind
    record_id: str
    key: str  # the item's key; "" for the term of a key-term page
    identity_key: str  # what names the note for good: see DESIGN section 4
    identity_text: str  # plain, at most 400 characters

    front: str
    back: str
    term: str  # the term that a note is about; "" where there is none
    blank: Blank | None = None  # fact only
    names: tuple[str, ...] = ()  # fact only: words of the term that its page calls it by alone
    masked: str = ""  # key_term only
    related: tuple[str, ...] = ()  # key_term only: the names of related terms, plain
    recognise: bool = False  # key_term only: ask for the definition
    recall: bool = False  # key_term only: ask for the term
    choices: tuple[str, ...] = ()  # question only, in the order in which they are shown
    right: int | None = None  # question only: the place of the choice that is the answer
    explanation: str = ""
    related_terms: str = ""
    also_found_in: str = ""

    language: str
    publisher: str
    course_slug: str
    course_title: str  # plain text
    masked_course: str  # the course's title with the term masked, for fronts that ask for the term
    unit: str = ""
    topic: str = ""
    tags: tuple[str, ...] = ()  # without the kind of spaces that Anki forbids, sorted
    source_url: str = ""
    source_path: str  # for messages: the page that the note is from
    attribution: str = ""
    trademarks: str = ""  # notices of whose names are whose: no part of what credits the note itself
    captured_at: str | None = None  # ISO 8601

    @property
    def ref(self) -> NoteRef:
        """Return the note's name within this build."""
        return NoteRef(self.record_id, self.kind, self.key)

    @property
    def letter(self) -> str:
        """Return the letter of the right choice, "" if none is."""
        return "" if self.right is None else letters(self.right)

    @property
    def digest(self) -> str:
        """Return 16 hex digits over what is studied.

        What only places or credits the note is left out: an update in Anki replaces the learner's tags, so no
        note is updated for that alone (DESIGN section 4). Pictures count by their names, which are in the HTML.
        """
        studied = [
            self.kind,
            self.front,
            self.back,
            self.term,
            self.masked,
            [self.recognise, self.recall],
            self.choices,
            self.explanation,
            self.related_terms,
            self.also_found_in,
        ]
        return hashlib.sha256(json.dumps(studied, ensure_ascii=True).encode()).hexdigest()[:16]

    @property
    def place(self) -> NotePlace:
        """Return what places and credits the note, as all others of its record."""
        return NotePlace(
            self.publisher,
            self.course_slug,
            self.course_title,
            self.unit,
            self.topic,
            self.tags,
            self.source_path,
            self.captured_at,
        )

    def summary(self, place: NotePlace | None = None) -> NoteSummary:
        """Return the note in brief; `place` is its own, where that is at hand."""
        return NoteSummary(
            self.kind,
            self.record_id,
            self.key,
            self.identity_key,
            self.identity_text,
            "" if self.kind == "key_term" else self._words(),
            "" if self.kind == "fact" else self.digest,
            self.kind != "key_term" or self.recognise or self.recall,
            self.kind == "key_term" and not self.masked,
            place or self.place,
        )

    def _words(self) -> str:
        texts = (self.back,) if self.kind == "fact" else (self.front, self.back)
        said = [self.publisher, self.course_slug, self.kind, *(_SAME_WORDS.sub(" ", text).strip() for text in texts)]
        return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()[:24]


def identity_text(text: str) -> str:
    """Return plain `text`, which is on one line, cut at 400 characters."""
    return text[:IDENTITY_TEXT_LENGTH]


def letters(index: int) -> str:
    """Return a list mark as CSS's `upper-alpha` counts: A … Z, AA, AB …"""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text
