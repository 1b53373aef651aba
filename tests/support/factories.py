"""Key terms of our own, made directly: what a test says about a record is all that it needs to know."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.config import AnkiSettings, Settings
from pipeline.exporters import CourseEdition, Edition
from pipeline.exporters.anki import AnkiExporter, note_type_digests
from pipeline.identity import Assignment, Lock, assign
from pipeline.notes import notes_of
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
    slug,
)
from pipeline.stages.resolving.courses import file_slugs

COURSE = "Kitchen Science"


def rich(html: str) -> RichText:
    return RichText.of(html)


def items(texts: Iterable[str]) -> tuple[Item, ...]:
    parts = [rich(text) for text in texts]
    keys = item_keys(part.text for part in parts)
    return tuple(Item.model_validate({"key": key, "html": part.html}) for key, part in zip(keys, parts, strict=True))


def question(text: str, answer: str | None, choices: Sequence[str] = (), explanation: str | None = None) -> Question:
    asked = rich(text)
    return Question(
        key=item_keys([asked.text])[0],
        question=asked,
        choices=tuple(rich(choice) for choice in choices),
        answer=None if answer is None else rich(answer),
        explanation=None if explanation is None else rich(explanation),
    )


def key_term(
    term: str,
    definition: str = "A word of this course.",
    facts: Iterable[str] = (),
    questions: Iterable[tuple[str, str] | Question] = (),
    *,
    course: str = COURSE,
    publisher: str = "Own Words",
    related: Iterable[tuple[str, str | None]] = (),
    also: Iterable[str] = (),
    language: str = "en",
    media: Sequence[Media] = (),
    captured_at: str | None = None,
    url: str | None = None,
    license: str | None = None,  # noqa: A002 (the field's name)
    notices: Sequence[str] = (),
) -> KeyTerm:
    word = rich(term)
    record_id = key_term_id(publisher, course, word.text or term)
    asked = [one if isinstance(one, Question) else question(*one) for one in questions]
    keys = item_keys(one.question.text for one in asked)
    return KeyTerm(
        id=record_id,
        term=word,
        course=Course(slug=course_slug(course), title=course),
        definition=rich(definition),
        facts=items(facts),
        questions=tuple(one.model_copy(update={"key": key}) for one, key in zip(asked, keys, strict=True)),
        related_terms=tuple(
            RelatedTerm(term=rich(name), definition=None if text is None else rich(text)) for name, text in related
        ),
        also_found_in=tuple(Course(slug=course_slug(title), title=title) for title in also),
        publisher=publisher,
        language=language,
        media=tuple(media),
        license=license,
        notices=tuple(notices),
        source=Source(
            path=f"{course_slug(course)}/{record_id.rsplit('/', 1)[-1]}.html",
            sha256=hashlib.sha256(definition.encode()).hexdigest(),
            media_type="text/html",
            encoding="utf-8",
            layout="fiveable-key-term",
            url=url,
            captured_at=captured_at,
        ),
    )


def picture(data: bytes, alt: str = "") -> Media:
    digest = hashlib.sha256(data).hexdigest()
    return Media(name=f"{digest[:16]}.png", media_type="image/png", alt=alt, sha256=digest, size=len(data))


class NoCache:
    def get(self, key: str) -> bytes | None:
        return None

    def put(self, key: str, value: bytes) -> None:
        pass


@dataclass
class Build:
    """One build of records: its assignment, its edition, its Anki artifacts."""

    records: Sequence[KeyTerm]
    assignment: Assignment
    edition: Edition

    def write(self, folder: Path) -> Path:
        """Write every artifact below `folder`, as the stage does; return the folder of the decks."""
        for artifact in AnkiExporter().artifacts(self.edition):
            target = folder / artifact.path
            target.parent.mkdir(parents=True, exist_ok=True)
            artifact.write(target)
        return folder / "anki"

    @property
    def lock(self) -> Lock:
        return self.assignment.lock


@dataclass
class Workshop:
    """Makes build after build of one project: keeps its lock, and lets the clock go on by a day each time."""

    anki: AnkiSettings = field(default_factory=AnkiSettings)
    lock: Lock = field(default_factory=Lock)
    now: int = 1_750_000_000
    media: Mapping[str, bytes] = field(default_factory=dict)
    note_types: Mapping[str, str] | None = None

    def build(self, records: Iterable[KeyTerm]) -> Build:
        self.now += 86_400
        ordered = sorted(records, key=lambda record: record.id)
        assignment = assign(
            {record.id: notes_of(record, self.anki) for record in ordered},
            self.lock,
            now=self.now,
            note_types=self.note_types or note_type_digests(),
        )
        self.lock = assignment.lock
        return Build(ordered, assignment, self._edition(ordered, assignment))

    def _edition(self, records: Sequence[KeyTerm], assignment: Assignment) -> Edition:
        by_course: dict[tuple[str, str], list[KeyTerm]] = {}
        for record in records:
            by_course.setdefault((record.course.slug, slug(record.publisher)), []).append(record)
        names = file_slugs(by_course)
        courses = [_course(names[key], own, assignment) for key, own in by_course.items()]
        return Edition(
            settings=Settings(anki=self.anki),
            courses=sorted(courses, key=lambda course: course.slug),
            note_type_mods={name: line.mod for name, line in assignment.lock.note_types.items()},
            retired=assignment.retired,
            media=self.media.__getitem__,
            cache=NoCache(),
        )


def _course(name: str, records: Sequence[KeyTerm], assignment: Assignment) -> CourseEdition:
    ids = {record.id for record in records}
    own = {ref: one for ref, one in assignment.identities.items() if ref.record_id in ids}

    lines = [dump_record(record).encode() + b"\n" for record in records]
    digest = hashlib.sha256(b"".join(lines)).hexdigest()
    return CourseEdition(
        slug=name,
        title=records[0].course.title,
        digest=digest,
        count=len(records),
        lines=lambda: iter(lines),
        identities=lambda: own,
        identities_digest=hashlib.sha256(repr(sorted(own.items())).encode()).hexdigest(),
    )
