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
    written = path.read_bytes()
    manifest: dict[str, Any] = json.loads(written)
    listed = {entry["slug"]: entry for entry in manifest["courses"]}
    for course in edition.courses:
        entry = listed.pop(course.slug, None)
        if entry is None:
            yield Difference(artifact, f"the course {course.slug} is missing", hint=_HINT)
            continue
        content = {
            "file": f"{course.slug}.json",
            "slug": course.slug,
            "title": course.title,
            "url": course.url,
            "records": course.count,
            "kinds": dict(course.kinds),
            "content_digest": course.digest,
        }
        if entry != {**content, "sha256": entry["sha256"], "bytes": entry["bytes"]}:
            yield Difference(artifact, f"another content of {course.slug} is listed than was resolved", hint=_HINT)
        else:
            yield from _file(path.parent / entry["file"], entry, artifact)
    for slug in listed:
        yield Difference(artifact, f"{slug} is listed, but no such course was resolved", hint=_HINT)
    expected = [
        {"file": f"media/{name}", "media_type": one.media_type, "sha256": one.sha256, "bytes": one.size}
        for name, one in sorted(_pictures(edition).items())
    ]
    if manifest["media"] != expected:
        yield Difference(artifact, "other pictures are listed than the records name", hint=_HINT)
    kinds = sum((Counter(course.kinds) for course in edition.courses), Counter[str]())
    rest = {
        "schema_version": SCHEMA_VERSION,
        "generator": "guidepress",
        "schema": "schema.json",
        "records": sum(course.count for course in edition.courses),
        "kinds": dict(sorted(kinds.items())),
    }
    if manifest != {**rest, "courses": manifest["courses"], "media": manifest["media"]}:
        yield Difference(artifact, f"expected {rest} besides courses and pictures", hint=_HINT)
    if (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode() != written:
        yield Difference(artifact, "not in the form that it is written in", hint=_HINT)


def _file(path: Path, entry: dict[str, Any], artifact: str) -> Iterator[Difference]:
    try:
        with path.open("rb") as handle:
            found = hashlib.file_digest(handle, "sha256").hexdigest(), handle.tell()
    except FileNotFoundError:
        yield Difference(artifact, f"{entry['file']} is listed, but not there", hint=_HINT)
        return
    if found != (entry["sha256"], entry["bytes"]):
        yield Difference(artifact, f"{entry['file']} has other bytes than are listed", hint=_HINT)
