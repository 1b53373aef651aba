"""Records of the last build, found by what they are called."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from pydantic import ValidationError
from rapidfuzz import fuzz, process, utils

from pipeline.config import Settings, SurroundingsError
from pipeline.pages import RawFolderError, discover
from pipeline.records import KeyTerm, Record, StudyGuide, load_record, normalise
from pipeline.stages.resolving import RECORDS
from pipeline.store import NameIndex, StateDamagedError, StateFolder

__all__ = ["heading", "near_names", "read_records"]

_NEAR: Final = 75  # of 100: how alike a name has to be to have been meant


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
        message = f"cannot be read: {error.strerror if isinstance(error, OSError) else error}"
        raise SurroundingsError(message, where=str(path), hint="run `guidepress all`") from error


def _matches(record: Record, text: str, course: str, kind: str) -> bool:
    return (
        (not kind or record.kind == kind)
        and (not text or text in record.id or text in normalise(heading(record)))
        and (not course or course in record.course.slug or course in normalise(record.course.title))
    )


def near_names(name: str, settings: Settings) -> list[str]:
    """Return the ids of the last build's records, and the paths of raw pages, that may have been meant by `name`.

    The three nearest, the best first; paths as the shell has them, but with several raw folders as records have them.
    """
    known = _known_names(settings)
    # Who types no slash means the last part: of an id the term, of a path the file.
    parts = known if "/" in name else [one.rsplit("/", 1)[-1].rsplit(".", 1)[0] for one in known]
    found = process.extract(
        name, parts, scorer=fuzz.ratio, processor=utils.default_process, limit=3, score_cutoff=_NEAR
    )
    return [known[number] for _, _, number in found]


def _known_names(settings: Settings) -> list[str]:
    front = f"{settings.raw[0].as_posix()}/" if len(settings.raw) == 1 else ""
    try:
        if state := StateFolder(settings.build).look():
            with state:
                index = NameIndex(state)
                return [*index.ids(), *(front + path for path in index.paths())]
    except StateDamagedError:
        pass  # the folders themselves know the paths
    try:
        return [front + found.path for found in discover(settings.raw, settings.url)]
    except RawFolderError:
        return []
