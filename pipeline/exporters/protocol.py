"""The narrow interface between the records and whatever is made of them."""

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

from pipeline.config import Settings
from pipeline.identity import NoteIdentity, NoteRef
from pipeline.notes import StudyNote, ask, asked, notes_of
from pipeline.records import Media, Record

__all__ = [
    "Artifact",
    "Cache",
    "CourseEdition",
    "Edition",
    "Elsewhere",
    "ExportError",
    "Exporter",
    "LocalWorkforce",
    "NotHereError",
    "Oddity",
    "Workforce",
]

_Job_contra = TypeVar("_Job_contra", contravariant=True)
_Result_co = TypeVar("_Result_co", covariant=True)

_SHOWN: Final = 8  # things of one cause


class ExportError(Exception):
    """One artifact could not be made; the others are. `hint` says what to do, `exit_code` what the run ends with.

    `lasting`: from what its digest is of, and with the same settings, it never can be made.
    """

    def __init__(self, message: str, *, hint: str = "", exit_code: int = 3, lasting: bool = False) -> None:
        super().__init__(message)
        self.hint = hint
        self.exit_code = exit_code
        self.lasting = lasting


class NotHereError(ExportError):
    """None of the exporter's artifacts can be made on this machine; `hint` says how to get what is missing."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message, hint=hint, exit_code=2)


@dataclass(frozen=True, slots=True)
class Oddity:
    """What an exporter logs of things that could not be shown as they stand: the cause, and each thing with a record.

    A caller may join (`|`) those of one cause that several courses and files have.
    """

    cause: str
    things: Mapping[str, str] = field(default_factory=dict)  # thing -> the first record that has it, or ""

    def __or__(self, other: "Oddity") -> "Oddity":
        """Return both as one."""
        return Oddity(self.cause, {**other.things, **self.things})

    def __str__(self) -> str:
        """Return one line with the first things of many."""
        shown = ", ".join(list(self.things)[:_SHOWN])
        more = f" and {len(self.things) - _SHOWN:,} more" if len(self.things) > _SHOWN else ""
        records = list(dict.fromkeys(filter(None, self.things.values())))  # none: it stands in titles alone
        where = f" (in {records[0]}{', …' if len(records) > 1 else ''})" if records else ""
        return f"{self.cause}: {shown}{more}{where}"


class Cache(Protocol):
    """Bytes by content key; what it forgets is made again. Keys hold a digest of everything that went in."""

    def get(self, key: str) -> bytes | None:
        """Return what was put under `key`, or None."""

    def put(self, key: str, value: bytes) -> None:
        """Keep `value`."""


class Workforce(Protocol[_Job_contra, _Result_co]):
    """Where jobs run that an exporter does not do itself: watched processes of this machine, or of others.

    Jobs and results are picklable. One thread uses it, for one queue at a time, which may hold jobs of many artifacts.
    """

    def submit(self, key: str, make: Callable[[], _Job_contra]) -> None:
        """Queue a job. What was submitted first is begun first; whoever knows which are long submits these first.

        `make` is called when its turn comes, so that a long queue does not hold what jobs hold: pictures, say.
        """

    def finished(self) -> Generator[tuple[str, _Result_co], None, None]:
        """Yield key and result of each job of the queue, as they come, until none is left.

        A job that cannot be done gives a result that says so, and does not stop the others. More may be submitted
        meanwhile. If the generator is closed, jobs that are not finished are forgotten, and stopped if they were begun.
        """


class LocalWorkforce(Protocol[_Job_contra, _Result_co]):
    """Makes a workforce of so many processes on the machine where it is called. Picklable."""

    def __call__(self, size: int, /, *, scratch: Path | None) -> Workforce[_Job_contra, _Result_co]:
        """Return the workforce; what it needs of temporary files lies in `scratch`, or in the system's folder."""


# Given what makes a workforce here, and the result of a job whose machines died over it: one of other machines.
Elsewhere = Callable[[LocalWorkforce[Any, Any], Any], Workforce[Any, Any]]


@dataclass(frozen=True, slots=True)
class CourseEdition:
    """One course of a build. `slug` is unique within the build and safe as a file name."""

    slug: str
    title: str
    digest: str  # of the course's records as JSON, in order: 64 hex digits
    count: int
    records: Callable[[], Iterator[Record]]  # sorted by id; each call reads anew
    url: str | None = None
    publisher: str = "unknown"  # its slug
    kinds: Mapping[str, int] = field(default_factory=dict)  # how many records of each kind
    media: Sequence[Media] = ()  # every picture that its records name, once, by name


@dataclass(frozen=True, slots=True)
class Edition:
    """All that an exporter may read: a build's records by course, their notes' identities, media, settings."""

    settings: Settings
    courses: Sequence[CourseEdition]  # sorted by slug
    identities: Mapping[NoteRef, NoteIdentity]  # of every note of this build
    note_type_mods: Mapping[str, int]  # note type -> seconds, from the lock
    retired: Sequence[tuple[str, str, str]]  # (course title, guid, identity text) of retired notes
    media: Callable[[str], bytes]  # the bytes of `Media.name`; raises KeyError
    cache: Cache
    scratch: Path | None = None  # a folder for temporary files that goes with the run; None: the system's
    elsewhere: Elsewhere | None = None  # makes workforces of other machines; None: there are none

    def notes_of(self, record: Record) -> list[StudyNote]:
        """Return the notes of the chosen kinds that this record supplies, in page order.

        What several pages give is one note, of the page whose `ref` has the identity: every output has it there. An
        edition without identities tells none apart, and asks with what the record alone says.
        """
        chosen = self.settings.anki
        notes = [note for note in notes_of(record, chosen) if note.kind in chosen.notes]
        if not self.identities:
            return list(ask({note.ref: note for note in notes}, {}).values())
        given = ((note, self.identities[note.ref]) for note in notes if note.ref in self.identities)
        return [asked(replace(note, tags=one.tags) if one.tags else note, one.blank) for note, one in given]


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the build: its POSIX path below it, a digest of all that its bytes depend on, and its maker.

    `write` gets a path beside the target, which the stage renames; it is called only if the digest changed.
    It may raise ExportError; then the target is left as it was. After a NotHereError the exporter is asked for no more.
    """

    path: str
    digest: str
    write: Callable[[Path], None]


class Exporter(Protocol):
    """Makes artifacts of an edition. `name` is the word of the command line and the folder below the build."""

    name: str

    def artifacts(self, edition: Edition) -> Iterator[Artifact]:
        """Yield every artifact that this edition has, in a fixed order, without making one."""
