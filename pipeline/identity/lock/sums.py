"""What a file of a lock holds, in sum: known by its signature, a file need not be read to know it."""

import json
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pipeline.identity.guid import short_id
from pipeline.identity.lock.lines import FORMAT, LockLine, NoteTypeLine, head_text
from pipeline.identity.lock.places import Place, PlaceSum, course_of, file_of
from pipeline.identity.lock.reading import LineReader, parse_files, same_id
from pipeline.notes import Blank

__all__ = ["FileSum", "Summing", "line_of", "record_of", "scan", "signature_of"]


@dataclass(frozen=True, slots=True)
class FileSum:
    """What a file of a lock holds; while `signature` is the file's, so is all else."""

    signature: str
    version: int
    types: tuple[NoteTypeLine, ...]
    places: Mapping[Place, tuple[int, str]]  # how many lines, and their digest
    ties: tuple[tuple[Place, Place], ...]  # places of terms whose keys name another course, with that
    live: int
    canonical: bool  # its bytes are what this program writes
    misplaced: bool = False  # lines of it belong into another file
    told: tuple[str, ...] = ()  # what stands in it twice, and which of it holds

    def dumps(self) -> str:
        """Return it as JSON."""
        places = {"/".join(place): told for place, told in self.places.items()}
        types = [[one.name, one.mod, one.digest] for one in self.types]
        rest = [self.ties, self.live, self.canonical, self.misplaced, self.told]
        return json.dumps([self.signature, self.version, types, places, *rest])

    @classmethod
    def loads(cls, text: str) -> Self:
        """Return what `dumps` gave."""
        signature, version, types, places, ties, live, canonical, misplaced, told = json.loads(text)
        return cls(
            signature,
            version,
            tuple(NoteTypeLine(*one) for one in types),
            {tuple(place.split("/", 1)): (count, digest) for place, (count, digest) in places.items()},
            tuple((tuple(one), tuple(other)) for one, other in ties),
            live,
            canonical,
            misplaced,
            tuple(told),
        )


def signature_of(status: os.stat_result) -> str:
    """Return size, times and inode of a file as text: while it is equal, so are the bytes."""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


class Summing:
    """Sums up the lines of a file while they go by."""

    def __init__(self) -> None:
        self._places: dict[Place, PlaceSum] = {}
        self._ties: set[tuple[Place, Place]] = set()
        self._live = 0

    def add(self, raw: bytes) -> None:
        """Count a line as this program writes it, without its newline."""
        parts = raw.split(b'"', 10)
        if b"\\" in parts[5] or b"\\" in parts[7]:
            _, kind, record_id, key, _, _, state, *_ = json.loads(raw)
        else:
            kind, record_id, key, state = (parts[at].decode() for at in (3, 5, 7, 9))
        place = course_of(record_id)
        self._places.setdefault(place, PlaceSum()).add(raw)
        self._live += state == "live"
        if kind == "key_term" and course_of(key) != place:
            self._ties.add((place, course_of(key)))

    def sum(
        self,
        signature: str,
        types: Iterable[NoteTypeLine] = (),
        version: int = FORMAT,
        *,
        canonical: bool = True,
        misplaced: bool = False,
        told: tuple[str, ...] = (),
    ) -> FileSum:
        """Return the sum of what went by."""
        places = {place: one.told for place, one in self._places.items()}
        ties = tuple(sorted(self._ties))
        return FileSum(signature, version, tuple(types), places, ties, self._live, canonical, misplaced, told)


def scan(shown: str, name: str, file: Path, version: int) -> FileSum:
    """Return the sum of a file of a lock; `name` is its own in a folder, `version` that of the head there.

    Raises LockError, with line numbers, and OSError. A file that this program wrote is read line by line.
    """
    reader, summing = LineReader(shown, version), Summing()
    before = short = ""
    with file.open("rb") as handle:
        signature = signature_of(os.fstat(handle.fileno()))
        for number, raw in enumerate(handle, 1):
            line = reader.read(number, raw[:-1] if raw.endswith(b"\n") else raw)
            if line is None:
                continue
            text = line.as_json().encode()
            if line.guid <= before or raw != text + b"\n" or (name and file_of(line.record_id) != name):
                return _scan_whole(shown, name, file, version)
            if short == (short := short_id(line.guid)):
                reader.refuse(number, same_id(line.guid, before, f"line {number - 1} of {shown}"))
            before = line.guid
            summing.add(text)
        reader.end()
        head = b"" if version else head_text({one.name: one for one in reader.types}).encode()
        handle.seek(0)
        if handle.read(len(head)) != head or reader.blank:
            return _scan_whole(shown, name, file, version)
    return summing.sum(signature, reader.types, reader.version)


def _scan_whole(shown: str, name: str, file: Path, version: int) -> FileSum:
    with file.open("rb") as handle:
        signature = signature_of(os.fstat(handle.fileno()))
        lock = parse_files({shown: handle.read()}, version)
    summing = Summing()
    for line in lock.lines:
        summing.add(line.as_json().encode())
    misplaced = bool(name) and any(file_of(line.record_id) != name for line in lock.lines)
    types = lock.note_types.values()
    return summing.sum(signature, types, lock.version, canonical=False, misplaced=misplaced, told=lock.twice)


def line_of(raw: bytes) -> LockLine:
    """Return a line as this program wrote it; it was found right before."""
    values = json.loads(raw)
    values[-1] = Blank(*values[-1]) if values[-1] else None
    return LockLine(*values)


def record_of(raw: bytes) -> str:
    """Return the record id of a line as this program wrote it."""
    found = raw.split(b'"', 6)[5]
    return str(json.loads(raw)[2]) if b"\\" in found else found.decode()
