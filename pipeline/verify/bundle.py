"""Read the JSON bundle back: every record equal to ours, and the manifest true of the files beside it."""

import hashlib
import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from pipeline.exporters import CourseEdition, Edition
from pipeline.exporters.bundle import course_schema
from pipeline.records import SCHEMA_VERSION
from pipeline.verify.difference import Difference

__all__ = ["verify"]

_HINT: Final = "run `guidepress export json` to write it again"


def verify(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    """Yield every difference between one file of the bundle and the records."""
    name = artifact.removeprefix("json/")
    try:
        if name == "manifest.json":
            yield from _manifest(path, artifact, edition)
        elif name == "schema.json":
            if json.loads(path.read_bytes()) != course_schema():
                yield Difference(artifact, "not the schema of this version", hint=_HINT)
        elif name.startswith("media/"):
            yield from _media(path, artifact, edition)
        else:
            course = next((one for one in edition.courses if f"{one.slug}.json" == name), None)
            if course is None:
                yield Difference(artifact, "no course of this build has that name", hint=_HINT)
            else:
                yield from _course(path, artifact, course)
    except (OSError, ValueError) as error:
        yield Difference(artifact, f"cannot be read: {error}", hint=_HINT)


def _course(path: Path, artifact: str, course: CourseEdition) -> Iterator[Difference]:
    """Read a course record by record, as it was written: a line each, between a head and a tail."""
    with path.open(encoding="utf-8", newline="\n") as handle:
        head = json.loads(handle.readline() + "]}")
        if head["schema_version"] != SCHEMA_VERSION or head["course"]["title"] != course.title:
            found = f"{head['course']['title']!r}, schema version {head['schema_version']}"
            yield Difference(artifact, f"expected the course {course.title!r}, found {found}", hint=_HINT)
        written = (line for line in handle)
        for record, line in zip_longest(course.records(), _without_tail(written)):
            if record is None or line is None:
                yield Difference(
                    artifact, f"expected {course.count} records, found {'more' if line else 'fewer'}", hint=_HINT
                )
                return
            try:
                same = json.loads(line.rstrip().removesuffix(",")) == record.model_dump(mode="json")
            except ValueError:
                same = False
            if not same:
                yield Difference(artifact, "not the record as it was resolved", record.id, _HINT)


def _without_tail(lines: Iterator[str]) -> Iterator[str]:
    for line in lines:
        if line == "]}\n":
            if next(lines, None) is not None:
                raise ValueError("something stands after the end")
            return
        yield line
    raise ValueError("the file ends too early")


def _media(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    media = next((one for course in edition.courses for one in course.media if one.name == path.name), None)
    if media is None:
        yield Difference(artifact, "no record names this picture", hint=_HINT)
    elif hashlib.sha256(path.read_bytes()).hexdigest() != media.sha256:
        yield Difference(artifact, "not the picture's bytes", hint=_HINT)


def _manifest(path: Path, artifact: str, edition: Edition) -> Iterator[Difference]:
    manifest: dict[str, Any] = json.loads(path.read_bytes())
    listed = {entry["slug"]: entry for entry in manifest["courses"]}
    for course in edition.courses:
        entry = listed.pop(course.slug, None)
        if entry is None:
            yield Difference(artifact, f"the course {course.slug} is missing", hint=_HINT)
            continue
        listed_content = entry["content_digest"], entry["records"], entry["kinds"]
        if listed_content != (course.digest, course.count, dict(course.kinds)):
            yield Difference(artifact, f"another content of {course.slug} is listed than was resolved", hint=_HINT)
        yield from _file(path.parent / entry["file"], entry, artifact)
    for slug in listed:
        yield Difference(artifact, f"{slug} is listed, but no such course was resolved", hint=_HINT)
    for entry in manifest["media"]:
        yield from _file(path.parent / entry["file"], entry, artifact)


def _file(path: Path, entry: dict[str, Any], artifact: str) -> Iterator[Difference]:
    try:
        with path.open("rb") as handle:
            found = hashlib.file_digest(handle, "sha256").hexdigest()
    except FileNotFoundError:
        yield Difference(artifact, f"{entry['file']} is listed, but not there", hint=_HINT)
        return
    if found != entry["sha256"]:
        yield Difference(artifact, f"{entry['file']} has other bytes than are listed", hint=_HINT)
