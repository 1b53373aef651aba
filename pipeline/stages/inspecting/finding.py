"""Records of the last build, found by what they are called."""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from pipeline.config import SurroundingsError
from pipeline.records import KeyTerm, Record, StudyGuide, load_record, normalise
from pipeline.stages.resolving import RECORDS

__all__ = ["heading", "read_records"]


def heading(record: Record) -> str:
    """Return what a record is about: its term, or a guide's title."""
    match record:
        case KeyTerm():
            return record.term.text
        case StudyGuide():
            return record.title.text


def read_records(build: Path, *, text: str = "", course: str = "", kind: str = "") -> Iterator[Record]:
    """Yield the records of a build folder, by id; those that match all that is given.

    >>> for record in pipeline.read_records(Path("build"), text="osmo", course="science", kind="key_term"):
    ...     print(record.id, record.source.path)
    fiveable/kitchen-science/osmosis osmosis.html

    `text` is looked for in the id and in the term or title, `course` in the course's slug and title, whatever their
    case. Raises SurroundingsError, when the first record is asked for, if there are none yet or the file is damaged.
    """
    path = build / RECORDS
    text, course = normalise(text), normalise(course)
    try:
        with path.open(encoding="utf-8", newline="\n") as handle:
            for number, line in enumerate(handle, 1):
                try:
                    record = load_record(line, trusted=True)
                except ValidationError as error:
                    hint = "run `guidepress all` to write it again"
                    raise SurroundingsError("no valid record", where=str(path), line=number, hint=hint) from error
                if _matches(record, text, course, kind):
                    yield record
    except FileNotFoundError as error:
        raise SurroundingsError("there are no records yet", where=str(path), hint="run `guidepress all`") from error
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read: {error}"
        raise SurroundingsError(message, where=str(path), hint="run `guidepress all`") from error


def _matches(record: Record, text: str, course: str, kind: str) -> bool:
    return (
        (not kind or record.kind == kind)
        and (not text or text in record.id or text in normalise(heading(record)))
        and (not course or course in record.course.slug or course in normalise(record.course.title))
    )
