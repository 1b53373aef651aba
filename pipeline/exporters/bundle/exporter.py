"""The bundle's artifacts. A course's records are copied line by line; the manifest, made last, describes the files."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from pipeline.exporters.bundle.schemas import course_schema
from pipeline.exporters.protocol import Artifact, CourseEdition, Edition, ExportError
from pipeline.records import SCHEMA_VERSION, Course, Media, load_record

__all__ = ["BundleExporter"]

_GENERATOR: Final = "guidepress"


class BundleExporter:
    """Makes `json/`: a file for each course, `media/`, `schema.json` and `manifest.json`."""

    name = "json"

    def artifacts(self, edition: Edition) -> Iterator[Artifact]:
        """Yield the courses' files by slug, their pictures by name, the schema, the manifest."""
        pictures = _pictures(edition)
        for course in edition.courses:
            digest = _digest("course", course.slug, course.title, course.url, course.digest)
            yield Artifact(f"json/{course.slug}.json", digest, _course_writer(course))
        for media in pictures:
            yield Artifact(f"json/media/{media.name}", media.sha256, _media_writer(media, edition.media))
        schema = _pretty(course_schema())
        yield Artifact("json/schema.json", _digest(schema), _text_writer(schema))
        manifest = _digest(
            "manifest",
            [[course.slug, course.title, course.url, course.digest] for course in edition.courses],
            [media.sha256 for media in pictures],
        )
        paths = [f"json/{course.slug}.json" for course in edition.courses]
        yield Artifact("json/manifest.json", manifest, lambda part: _write_manifest(part, edition, pictures), paths)


def _course_writer(course: CourseEdition) -> Callable[[Path], None]:
    def write(part: Path) -> None:
        with part.open("wb") as handle:
            handle.writelines(_course_json(course))

    return write


def _course_json(course: CourseEdition) -> Iterator[bytes]:
    """Yield a course's file: one record a line, as `records.jsonl` has it, so that a person's diff shows records."""
    lines = course.lines()
    first = next(lines)
    about = Course(slug=load_record(first, trusted=True).course.slug, title=course.title, url=course.url)
    head = f'{{"schema_version":{SCHEMA_VERSION},"course":{_compact(about.model_dump(mode="json"))},"records":[\n'
    yield head.encode()
    yield first.rstrip(b"\n")
    for line in lines:
        yield b",\n" + line.rstrip(b"\n")
    yield b"\n]}\n"


def _media_writer(media: Media, read: Callable[[str], bytes]) -> Callable[[Path], None]:
    def write(part: Path) -> None:
        try:
            data = read(media.name)
        except KeyError:
            hint = "run `guidepress clean`, then again; if the picture is still missing, its page no longer has it"
            raise ExportError(f"the picture {media.name} is missing", hint=hint) from None
        part.write_bytes(data)

    return write


def _text_writer(text: str) -> Callable[[Path], None]:
    return lambda part: _write_text(part, text)


def _write_text(part: Path, text: str) -> None:
    part.write_text(text, encoding="utf-8", newline="\n")


def _write_manifest(part: Path, edition: Edition, pictures: list[Media]) -> None:
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "generator": _GENERATOR,
        "schema": "schema.json",
        "records": sum(course.count for course in edition.courses),
        "kinds": _kinds(edition),
        "courses": [_entry(course, part.with_name(f"{course.slug}.json")) for course in edition.courses],
        "media": [
            {"file": f"media/{one.name}", "media_type": one.media_type, "sha256": one.sha256, "bytes": one.size}
            for one in pictures
        ],
    }
    _write_text(part, _pretty(manifest))


def _entry(course: CourseEdition, written: Path) -> dict[str, Any]:
    """Return what the manifest says of a course and its file, which is written before."""
    with written.open("rb") as handle:
        sha256 = hashlib.file_digest(handle, "sha256").hexdigest()
    return {
        "file": written.name,
        "slug": course.slug,
        "title": course.title,
        "url": course.url,
        "records": course.count,
        "kinds": dict(course.kinds),
        "content_digest": course.digest,
        "sha256": sha256,
        "bytes": written.stat().st_size,
    }


def _kinds(edition: Edition) -> dict[str, int]:
    """Return how many records of each kind all courses have."""
    total: Counter[str] = Counter()
    for course in edition.courses:
        total.update(course.kinds)
    return dict(sorted(total.items()))


def _pictures(edition: Edition) -> list[Media]:
    """Return every picture that a record names, once, by name."""
    found = {media.name: media for course in edition.courses for media in course.media}
    return [found[name] for name in sorted(found)]


def _digest(*values: Any) -> str:
    return hashlib.sha256(_compact([SCHEMA_VERSION, *values]).encode()).hexdigest()


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _pretty(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
