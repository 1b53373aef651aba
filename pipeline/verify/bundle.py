"""Read the JSON bundle back: every record equal to ours, and the manifest true of the files beside it."""

import functools
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from pipeline.exporters import CourseEdition, Edition
from pipeline.exporters.bundle import course_schema
from pipeline.records import SCHEMA_VERSION, Media, load_record
from pipeline.verify.difference import Difference
from pipeline.verify.proven import Proven

__all__ = ["verify"]

_HINT: Final = "run `guidepress export json` to write it again"


def verify(path: Path, artifact: str, edition: Edition, _proven: Proven) -> Iterator[Difference]:
    """Yield every difference between one file of the bundle and the records."""
    name = artifact.removeprefix("json/")
    try:
        if name == "manifest.json":
            yield from _manifest(path, artifact, edition)
        elif name == "schema.json":
            if path.read_bytes() != (json.dumps(course_schema(), ensure_ascii=False, indent=2) + "\n").encode():
                yield Difference(artifact, "not the schema of this version", hint=_HINT)
        elif name.startswith("media/"):
            yield from _media(path, artifact, edition)
        else:
            course = edition.course(name.removesuffix(".json"))
            if course is None or name != f"{course.slug}.json":
                yield Difference(artifact, "no course of this build has that name", hint=_HINT)
            else:
                yield from _course(path, artifact, course)
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        yield Difference(artifact, f"cannot be read: {error}", hint=_HINT)


def _course(path: Path, artifact: str, course: CourseEdition) -> Iterator[Difference]:
    """Read a course as it was written, a record a line between a head and a tail, each line as `records.jsonl` has it.

    That every line there is a record, in its one form, is what `verify.records` sees to.
    """
    with path.open("rb") as handle:
        yield from _head(handle.readline(), artifact, course)
        written = _without_tail(handle)
        for line, found in zip_longest(course.lines(), written):
            if line is None or found is None:
                message = f"expected {course.count} records, found {'more' if found else 'fewer'}"
                yield Difference(artifact, message, hint=_HINT)
                return
            if found != line:
                record = load_record(line, trusted=True)
                yield Difference(artifact, "not the record as it was resolved", record.id, _HINT)


def _head(line: bytes, artifact: str, course: CourseEdition) -> Iterator[Difference]:
    head = json.loads(line + b"]}")
    slug = next(course.records()).course.slug
    about = {"slug": slug, "title": course.title, "url": course.url}
    expected = {"schema_version": SCHEMA_VERSION, "course": about, "records": []}
    # Compared as text: JSON has several texts for one value, among them a key that stands twice.
    if json.dumps(expected, ensure_ascii=False, separators=(",", ":")).encode()[:-2] + b"\n" != line:
        found = f"{head['course']['title']!r}, schema version {head['schema_version']}"
        yield Difference(artifact, f"expected the course {about}, found {found}", hint=_HINT)


def _without_tail(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the lines of records, without the comma of all but the last."""
    last = next(lines, b"")
    for line in lines:
        if line == b"]}\n":
            yield last
            if next(lines, None) is not None:
                raise ValueError("something stands after the end")
            return
        if not last.endswith(b",\n"):
            raise ValueError("a comma is missing between two records")
        yield last[:-2] + b"\n"
        last = line
    raise ValueError("the file ends too early")


def _media(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    media = _pictures(edition).get(path.name)
    if media is None:
        yield Difference(artifact, "no record names this picture", hint=_HINT)
    elif hashlib.sha256(path.read_bytes()).hexdigest() != media.sha256:
        yield Difference(artifact, "not the picture's bytes", hint=_HINT)


@functools.lru_cache(maxsize=1)
def _pictures(edition: Edition) -> dict[str, Media]:
    """Return every picture that a record names, by name."""
    return {media.name: media for course in edition.courses for media in course.media}


def _manifest(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    """Compare the manifest with the courses, and with the files beside it that it describes."""
    kinds = sum((Counter(course.kinds) for course in edition.courses), Counter[str]())
    expected: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "generator": "guidepress",
        "schema": "schema.json",
        "records": sum(course.count for course in edition.courses),
        "kinds": dict(sorted(kinds.items())),
        "courses": [_entry(course, path.with_name(f"{course.slug}.json")) for course in edition.courses],
        "media": [
            {"file": f"media/{name}", "media_type": one.media_type, "sha256": one.sha256, "bytes": one.size}
            for name, one in sorted(_pictures(edition).items())
        ],
    }
    written = path.read_bytes()
    if written == (json.dumps(expected, ensure_ascii=False, indent=2) + "\n").encode():
        return
    found = json.loads(written)
    names = [name for name in {**expected, **found} if found.get(name) != expected.get(name)]
    if "courses" in names:
        listed = {entry["slug"]: entry for entry in found["courses"]}
        wrong = [one["slug"] for one in expected["courses"] if listed.pop(one["slug"], None) != one]
        for slug in [*wrong, *listed]:
            message = f"of {slug} it says something else than was resolved, or than its file holds"
            yield Difference(artifact, message, hint=_HINT)
    told = ", ".join(names) or "white space, the order of keys, or one that stands twice"
    yield Difference(artifact, f"not what it has to be: {told}", hint=_HINT)


def _entry(course: CourseEdition, path: Path) -> dict[str, Any]:
    content = {
        "file": path.name,
        "slug": course.slug,
        "title": course.title,
        "url": course.url,
        "records": course.count,
        "kinds": dict(course.kinds),
        "content_digest": course.digest,
    }
    if not path.is_file():  # which is told as a difference of its own
        return content
    with path.open("rb") as handle:
        return {**content, "sha256": hashlib.file_digest(handle, "sha256").hexdigest(), "bytes": handle.tell()}
