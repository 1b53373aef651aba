"""What places and credits a note, the same for every kind: course, tags, where it is from, whose it is."""

import re
from collections.abc import Iterable, Sequence
from typing import Final, TypedDict

from pipeline.notes.masking import Mask
from pipeline.records import RecordBase, escape, slug

__all__ = ["Placing", "credits_of", "link", "placing_of", "web_url"]

_WEB: Final = ("http://", "https://")
# Whose names are whose is said once, where a deck describes itself; who made a note, on each.
_TRADEMARK: Final = re.compile(r"\btrademarks?\b", re.IGNORECASE)
_SENTENCES: Final = re.compile(r"(?<=\w{2}[.!])\s+(?=[^\W\d_])")


class Placing(TypedDict):
    """The fields of a StudyNote that say where it belongs."""

    record_id: str
    language: str
    publisher: str
    course_slug: str
    course_title: str
    masked_course: str
    unit: str
    topic: str
    tags: tuple[str, ...]
    source_url: str
    source_path: str
    attribution: str
    trademarks: str
    captured_at: str | None


def web_url(url: str | None) -> str:
    """Return `url` if it is a web address, else ""."""
    return url if url and url.lower().startswith(_WEB) else ""


def link(text: str, url: str | None) -> str:
    """Return plain `text` as HTML, a link if `url` is a web address."""
    address = escape(web_url(url)).replace('"', "&quot;")
    return f'<a href="{address}">{escape(text)}</a>' if address else escape(text)


def placing_of(
    record: RecordBase, mask: Mask | None = None, *, places: Sequence[tuple[int | None, str | None]] = ()
) -> Placing:
    """Return what places a record's notes; `mask` covers its term in the course's title.

    `places` are the units and topics that have them; unit and topic are the first's. Tags are `course::…`,
    `publisher::…`, one for each detail (`difficulty::hard`) and, below the course's for each unit and topic, `unit::03`
    and `topic::3.2`; the note's kind is added by the output.
    """
    course = f"course::{record.course.slug}"
    tags = {course, f"publisher::{slug(record.publisher)}"}
    tags.update(f"{name}::{slug(value)}" for name, value in record.details())
    tags.update(f"{course}::unit::{unit:02}" for unit, _ in places if unit is not None)
    tags.update(f"{course}::topic::{'-'.join(topic.split())}" for _, topic in places if topic)
    unit, topic = places[0] if places else (None, None)
    title = record.course.title
    attribution, trademarks = credits_of(record)
    return Placing(
        record_id=record.id,
        language=record.language,
        publisher=record.publisher,
        course_slug=record.course.slug,
        course_title=title,
        masked_course=mask.plain(title) if mask else title,
        unit="" if unit is None else str(unit),
        topic=topic or "",
        tags=tuple(sorted(tags)),
        source_url=web_url(record.source.url),
        source_path=record.source.path,
        attribution=attribution,
        trademarks=trademarks,
        captured_at=record.source.captured_at,
    )


def credits_of(record: RecordBase) -> tuple[str, str]:
    """Return whose a record's notes are (publisher, licence, copyright lines), and its trademarks, each as HTML."""
    notices = [_SENTENCES.split(notice) for notice in record.notices]
    own = [" ".join(part for part in parts if not _TRADEMARK.search(part)) for parts in notices]
    said = [record.publisher if record.publisher != "unknown" else "", record.license or "", *own]
    return _line(said), _line(part for parts in notices for part in parts if _TRADEMARK.search(part))


def _line(parts: Iterable[str]) -> str:
    """Return plain texts as one line of HTML, each once."""
    return " · ".join(dict.fromkeys(escape(" ".join(part.split())) for part in parts if part.strip()))
