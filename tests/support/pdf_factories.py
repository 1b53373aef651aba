"""Records for the tests of handouts, in our own words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from pipeline.config import PdfSettings, Settings
from pipeline.exporters import CourseEdition, Edition
from pipeline.identity import NoteIdentity
from pipeline.notes import ask, notes_of
from pipeline.records import (
    Course,
    Item,
    KeyTerm,
    Media,
    Question,
    RelatedTerm,
    RichText,
    Source,
    course_slug,
    dump_record,
    item_keys,
    key_term_id,
)

NOTICE = "© 2025 The Handout Test Guild."


def key_term(
    term: str,
    definition: str = "<p>A short sentence that says what it is.</p>",
    *,
    facts: Sequence[str] = (),
    questions: Sequence[tuple[str, str | None]] = (),
    related: Sequence[tuple[str, str | None]] = (),
    also: Sequence[str] = (),
    media: Sequence[Media] = (),
    course: str = "Life Science",
    language: str = "en",
) -> KeyTerm:
    """Return a record whose texts are the given canonical fragments."""
    rich_term = RichText.of(term)
    return KeyTerm(
        id=key_term_id("Guild", course, rich_term.text),
        course=Course(slug=course_slug(course), title=course),
        publisher="Guild",
        notices=(NOTICE,),
        language=language,
        media=tuple(media),
        source=Source(path="a.html", sha256="0" * 64, media_type="text/html", encoding="utf-8", layout="test"),
        term=rich_term,
        definition=RichText.of(definition),
        facts=tuple(
            Item.model_validate({"key": key, "html": fact}) for key, fact in zip(item_keys(facts), facts, strict=True)
        ),
        questions=tuple(
            Question(key=key, question=RichText.of(asked), answer=None if answer is None else RichText.of(answer))
            for key, (asked, answer) in zip(item_keys(asked for asked, _ in questions), questions, strict=True)
        ),
        related_terms=tuple(
            RelatedTerm(term=RichText.of(name), definition=None if meaning is None else RichText.of(meaning))
            for name, meaning in related
        ),
        also_found_in=tuple(Course(slug=course_slug(title), title=title) for title in also),
    )


@dataclass
class MemoryCache:
    """A cache that remembers which drawings were asked for in vain."""

    values: dict[str, bytes] = field(default_factory=dict)
    missed: list[str] = field(default_factory=list)

    def get(self, key: str) -> bytes | None:
        """Return the value."""
        if key not in self.values and not key.startswith("failed"):
            self.missed.append(key)
        return self.values.get(key)

    def put(self, key: str, value: bytes) -> None:
        """Keep the value."""
        self.values[key] = value


def course_edition(records: Sequence[KeyTerm], slug: str | None = None) -> CourseEdition:
    """Return the edition of one course, sorted by id."""
    ordered = sorted(records, key=lambda record: record.id)
    digest = sha256("\n".join(dump_record(record) for record in ordered).encode()).hexdigest()

    def lines() -> Iterator[bytes]:
        return (dump_record(record).encode() + b"\n" for record in ordered)

    # Asked with what the course says, and without an id that cards would show.
    notes = ask({note.ref: note for record in ordered for note in notes_of(record)}, {})
    identities = {ref: NoteIdentity("", "", 0, 0, note.blank) for ref, note in notes.items()}
    course = ordered[0].course
    return CourseEdition(slug or course.slug, course.title, digest, len(ordered), lines, identities=lambda: identities)


def edition_of(
    *courses: Sequence[KeyTerm],
    pdf: PdfSettings | None = None,
    jobs: int = 2,
    media: Mapping[str, bytes] | None = None,
    cache: MemoryCache | None = None,
) -> Edition:
    """Return an edition of these courses."""
    settings = Settings(pdf=pdf or PdfSettings(), jobs=jobs)
    files = dict(media or {})
    return Edition(
        settings=settings,
        courses=sorted(map(course_edition, courses), key=lambda course: course.slug),
        note_type_mods={},
        retired=(),
        media=files.__getitem__,
        cache=cache or MemoryCache(),
    )
