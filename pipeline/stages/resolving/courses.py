"""The courses of a build: which records each has, what it is called, and a file name that no other course has."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter

from pipeline.identity import Place, course_of
from pipeline.records import Media

__all__ = ["CourseKey", "CourseSum", "CourseTally", "courses_from_json", "courses_to_json", "file_slugs"]

# File names that something else has: `all.apkg`, `manifest.json`, `schema.json`, the folder `media`.
_RESERVED: Final = frozenset({"all", "manifest", "schema", "media"})

CourseKey = tuple[str, str]  # the slugs of course and publisher


@dataclass(frozen=True, slots=True)
class CourseSum:
    """One course. `spans` are the pieces (offset, length) of `records.jsonl` that hold its records, in order."""

    slug: str  # unique in the build
    course: str  # the slug as its records have it
    title: str
    url: str | None
    publisher: str
    digest: str
    count: int
    kinds: Mapping[str, int]
    media: tuple[Media, ...]  # by name
    places: tuple[Place, ...]  # publisher and course in its records' ids: `id_prefix` may make others
    spans: tuple[tuple[int, int], ...]

    @property
    def name(self) -> str:
        """Return what the course is called whatever other courses there are."""
        return f"{self.publisher}/{self.course}"

    def lines(self, records: Path) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of its records in the file `records`, each with the offset where it begins."""
        with records.open("rb") as handle:
            for offset, length in self.spans:
                handle.seek(offset)
                at = offset
                while at < offset + length:
                    line = handle.readline()
                    if not line:
                        raise EOFError(f"{records} ends too early")
                    yield at, line
                    at += len(line)


_COURSES: Final = TypeAdapter(tuple[CourseSum, ...])


@dataclass(slots=True)
class CourseTally:
    """Sums up a course while its records go by."""

    digest: "hashlib._Hash" = field(default_factory=hashlib.sha256)
    titles: Counter[str] = field(default_factory=Counter)
    urls: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    media: dict[str, Media] = field(default_factory=dict)
    places: set[Place] = field(default_factory=set)
    spans: list[tuple[int, int]] = field(default_factory=list)

    def add(self, line: bytes, offset: int, *, record_id: str, kind: str, title: str, url: str | None) -> None:
        """Count a record: its line (with the newline), which begins at `offset` of `records.jsonl`."""
        self.places.add(course_of(record_id))
        self.digest.update(line)
        self.kinds[kind] += 1
        self.titles[title] += 1
        if url:
            self.urls[url] += 1
        if self.spans and sum(self.spans[-1]) == offset:
            self.spans[-1] = (self.spans[-1][0], self.spans[-1][1] + len(line))
        else:
            self.spans.append((offset, len(line)))

    def sum(self, slug: str, key: CourseKey) -> CourseSum:
        """Return the sum. Where records write the course's title differently, most of them decide."""
        course, publisher = key
        return CourseSum(
            slug=slug,
            course=course,
            title=_most_common(self.titles) or slug,
            url=_most_common(self.urls),
            publisher=publisher,
            digest=self.digest.hexdigest(),
            count=self.kinds.total(),
            kinds=dict(sorted(self.kinds.items())),
            media=tuple(self.media[name] for name in sorted(self.media)),
            places=tuple(sorted(self.places)),
            spans=tuple(self.spans),
        )


def _most_common(values: Counter[str]) -> str | None:
    return min(values, key=lambda value: (-values[value], value)) if values else None


def file_slugs(keys: Iterable[CourseKey]) -> dict[CourseKey, str]:
    """Return a slug for each course that is unique in the build.

    The first publisher's course of a slug has it as it is; the others', and those that a file of ours already has,
    get the publisher's slug as a suffix, and a number if that is not enough (DESIGN section 6).
    """
    ordered = sorted(set(keys))
    names: dict[CourseKey, str] = {}
    for key in ordered:
        if key[0] not in _RESERVED and key[0] not in names.values():
            names[key] = key[0]
    taken = set(names.values()) | _RESERVED
    for key in ordered:
        if key not in names:
            stem = f"{key[0]}-{key[1]}"
            number = 1
            while (name := stem if number == 1 else f"{stem}-{number}") in taken:
                number += 1
            names[key] = name
            taken.add(name)
    return names


def courses_to_json(courses: Iterable[CourseSum]) -> str:
    """Return the courses as JSON, for the store."""
    return _COURSES.dump_json(tuple(courses)).decode()


def courses_from_json(text: str) -> tuple[CourseSum, ...]:
    """Return the courses of `courses_to_json`."""
    return _COURSES.validate_json(text)
