"""Records of the last build, found by what they are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.config import SurroundingsError
from pipeline.records import KeyTerm, StudyGuide, load_record, normalise
from pipeline.stages.resolving import RECORDS

__all__ = ["Query", "find_records", "heading"]


@dataclass(frozen=True, slots=True)
class Query:
    """What records are asked for; what is empty does not matter. Texts match within, whatever their case."""

    text: str = ""  # in the id, or in the term or title
    course: str = ""  # in the course's slug or title
    kind: str = ""


def heading(record: KeyTerm | StudyGuide) -> str:
    """Return what a record is about: its term, or a guide's title."""
    match record:
        case KeyTerm():
            return record.term.text
        case StudyGuide():
            return record.title.text


def find_records(build: Path, query: Query) -> Iterator[KeyTerm | StudyGuide]:
    """Yield the records of `records.jsonl` that match, by id.

    Raises SurroundingsError if there are none yet, or if the file is damaged.
    """
    path = build / RECORDS
    text, course = normalise(query.text), normalise(query.course)
    try:
        with path.open(encoding="utf-8", newline="\n") as handle:
            for number, line in enumerate(handle, 1):
                try:
                    record = load_record(line, trusted=True)
                except ValidationError as error:
                    hint = "run `guidepress all` to write it again"
                    raise SurroundingsError("no valid record", where=str(path), line=number, hint=hint) from error
                if _matches(record, text, course, query.kind):
                    yield record
    except FileNotFoundError as error:
        raise SurroundingsError("there are no records yet", where=str(path), hint="run `guidepress all`") from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read: {error}"
        raise SurroundingsError(message, where=str(path), hint="run `guidepress all`") from error


def _matches(record: KeyTerm | StudyGuide, text: str, course: str, kind: str) -> bool:
    return (
        (not kind or record.kind == kind)
        and (not text or text in record.id or text in normalise(heading(record)))
        and (not course or course in record.course.slug or course in normalise(record.course.title))
    )
