"""The files of a lock as they lie on the disk: one, or those of a folder; their lines by place, and as they go by."""

import errno
import hashlib
import json
import os
from array import array
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final, Self, TypeVar

from pipeline.identity.lock.lines import FORMAT, Lock, LockLine, NoteTypeLine, head_text
from pipeline.identity.lock.places import HEAD, Place, PlaceSum, course_of, file_of
from pipeline.identity.lock.putting import Write, files_in_place, put_file, put_files
from pipeline.identity.lock.reading import REPAIR, LockError, parse_files
from pipeline.identity.lock.sums import FileSum, Summing, line_of, record_of, scan, signature_of
from pipeline.identity.lock.twice import settle_note_types, settle_notes

__all__ = ["Changes", "LockFiles", "read_lock"]

_T = TypeVar("_T")
_SAMPLE: Final = 1_000
_ATTEMPTS: Final = 5  # at files that another run is moving

# Of each file that changes, by its name: the GUIDs of lines that are others now, in order, with these or None.
Changes = Iterable[tuple[str, Iterable[tuple[str, bytes | None]]]]


def read_lock(path: Path) -> Lock:
    """Return the lock of a file or a folder, or an empty one if there is none.

    Raises LockError, with line numbers, if it is damaged, holds a merge's conflict marks, or is of a version that this
    program does not know. Raises OSError if it cannot be read. What stands twice is settled, and named in `twice`.
    """
    return _patiently(partial(_read_lock, path))


def _read_lock(path: Path) -> Lock:
    files = files_in_place(path)
    return parse_files({_shown(path, name): file.read_bytes() for name, file in files.items()}) if files else Lock()


def _patiently(read: Callable[[], _T]) -> _T:
    for _ in range(_ATTEMPTS - 1):
        try:
            return read()
        except FileNotFoundError:  # it was moved since the folder was read
            continue
    return read()


def _shown(path: Path, name: str) -> str:
    return f"{path.name}/{name}" if name else path.name


class LockFiles:
    """A lock. Of files that are `known`, by name, only the lines are read that are asked for.

    In memory is what is said of places, and where each line of one file stands; of files that another program wrote
    (git, after a merge) all lines. Raises LockError, with line numbers, and OSError.
    """

    def __init__(self, path: Path, known: Mapping[str, FileSum]) -> None:
        self._path = path
        self._held: dict[str, list[LockLine]] = {}  # files whose lines are in disorder, or others than on the disk
        self._told: tuple[str, ...] = ()
        self._index: tuple[str, _Index] | None = None
        self.dirty: set[str] = set()  # files that have to be written, whatever else changes
        files = files_in_place(path)
        self.is_folder = files is not None and "" not in files
        self.files = files or {}
        self.sums: dict[str, FileSum] = {}  # of what is on the disk
        self.fresh: set[str] = set()  # files that were not known
        version = 0
        for name, file in self.files.items():
            if self.is_folder and not version and name != HEAD:
                what = "the file with the format's version is missing"
                raise LockError(_shown(path, HEAD), [(1, what)], REPAIR)
            one = known.get(name)
            if one is None or one.signature != signature_of(file.stat()):
                one = scan(_shown(path, name), name, file, version)
                self.fresh.add(name)
            self.sums[name] = one
            version = version or one.version
        self.version = version or FORMAT  # of its format
        self.dirty.update(name for name, one in self.sums.items() if one.told or self.version < FORMAT)
        self._sum_up(self.sums)
        if wrong := [name for name, one in self.sums.items() if one.misplaced]:
            self.settle(wrong)

    @classmethod
    def open(cls, path: Path, known: Mapping[str, FileSum]) -> Self:
        """Return the lock; another run may be moving its files."""
        return _patiently(partial(cls, path, known))

    @property
    def note_types(self) -> dict[str, NoteTypeLine]:
        """Return the note types by name."""
        return settle_note_types(line for one in self.sums.values() for line in one.types)[0]

    @property
    def told(self) -> tuple[str, ...]:
        """Return what stands in it twice, and which of it holds."""
        return (*(said for one in self.sums.values() for said in one.told), *self._told)

    @property
    def digest(self) -> str:
        """Return a digest of all that it says, and of whether it has to be written."""
        types = [[one.name, one.mod, one.digest] for _, one in sorted(self.note_types.items())]
        places = [[*place, *told] for place, told in self.places.items()]
        said = [self.version, types, places, sorted(self.dirty)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()

    def _sum_up(self, sums: Mapping[str, FileSum]) -> None:
        self.live = sum(one.live for one in sums.values())
        # the places of terms whose keys name another course, with that course
        self.ties = sorted({tie for one in sums.values() for tie in one.ties})
        self._names: defaultdict[Place, list[str]] = defaultdict(list)
        found: dict[Place, PlaceSum] = {}
        for name, one in sums.items():
            for place, told in one.places.items():
                found.setdefault(place, PlaceSum()).plus(*told)
                self._names[place].append(name)
        # how many lines each place has, and their digest
        self.places = {place: one.told for place, one in sorted(found.items())}

    def of(self, places: Collection[Place]) -> list[LockLine]:
        """Return the lines of some places, by GUID."""
        wanted = frozenset(places)
        found: list[LockLine] = []
        for name in sorted({name for place in wanted for name in self._names.get(place, ())}):
            if self._is_orderly(name):
                found += self._indexed(name).of(wanted)
            else:
                found += (line for line in self._hold(name) if course_of(line.record_id) in wanted)
        return sorted(found, key=lambda line: line.guid)

    def lines(self, name: str) -> Iterator[tuple[str, bytes]]:
        """Yield the lines of a file by GUID, with it, as they are written."""
        if not self._is_orderly(name):
            yield from ((line.guid, line.as_json().encode()) for line in self._hold(name))
        elif name in self.files:
            with self.files[name].open("rb") as handle:
                yield from ((raw[2:13].decode(), raw[:-1]) for raw in handle if raw.startswith(b"["))

    def sample(self) -> Iterator[LockLine]:
        """Yield lines from all of it: some thousands, or all if there are no more."""
        step = max(1, sum(count for count, _ in self.places.values()) // _SAMPLE)
        every = (raw for name in sorted(self.files.keys() | self._held.keys()) for _, raw in self.lines(name))
        return map(line_of, islice(every, 0, None, step))

    def settle(self, names: Collection[str]) -> None:
        """Settle what stands in two of these files, and put each line into the file where it belongs."""
        lines, told = settle_notes(line for name in names for line in self._hold(name))
        for name in names:
            self._held[name] = []
        for line in lines.values():
            name = file_of(line.record_id) if self.is_folder else ""
            self._hold(name).append(line)
            self.dirty.add(name)
        self.dirty.update(names)
        for name in self.dirty & self._held.keys():
            self._held[name].sort(key=lambda line: line.guid)
        self._told += told
        held = {name: self._sum_of(lines) for name, lines in self._held.items()}
        self._sum_up({**self.sums, **held})

    @staticmethod
    def _sum_of(lines: Iterable[LockLine]) -> FileSum:
        summing = Summing()
        for line in lines:
            summing.add(line.as_json().encode())
        return summing.sum("")

    def _is_orderly(self, name: str) -> bool:
        return name not in self._held and (name not in self.sums or self.sums[name].canonical)

    def _indexed(self, name: str) -> "_Index":
        if self._index is None or self._index[0] != name:
            self._index = None
            self._index = name, _Index(self.files[name], self.sums[name].signature)
        return self._index[1]

    def _hold(self, name: str) -> list[LockLine]:
        """Return all lines of a file, in memory from now on."""
        if name not in self._held:
            file = self.files.get(name)
            lock = (
                parse_files({_shown(self._path, name): file.read_bytes()}, self._version_for(name)) if file else Lock()
            )
            self._held[name] = sorted(lock.lines, key=lambda line: line.guid)
        return self._held[name]

    def _version_for(self, name: str) -> int:
        return self.version if name not in ("", HEAD) else 0

    def write(self, changes: Changes, types: Mapping[str, NoteTypeLine]) -> dict[str, FileSum | None]:
        """Write the lock with these changes; return the sums of what was written, None of a file that is gone.

        Whatever moment it is killed at, the lock is the old one or the new one. Raises OSError.
        """
        written: dict[str, _Written] = {}

        def writer(name: str, changed: Iterable[tuple[str, bytes | None]]) -> Write:
            head = types if name in ("", HEAD) else None
            written[name] = _Written(_merged(self.lines(name), changed), head)
            return written[name].write

        if not self.is_folder:
            put_file(self._path, writer("", (one for _, some in changes for one in some)))
        else:
            put_files(self._path, self._parts(changes, types, writer))
        files = files_in_place(self._path) or {}
        return {
            name: one.sum(signature_of(files[name].stat())) if name in files else None for name, one in written.items()
        }

    def _parts(
        self,
        changes: Changes,
        types: Mapping[str, NoteTypeLine],
        writer: Callable[[str, Iterable[tuple[str, bytes | None]]], Write],
    ) -> Iterator[tuple[str, Write | None]]:
        """Yield the files of a folder that change, with what writes them."""
        if HEAD in self.dirty or self.note_types != types or HEAD not in self.files:
            yield HEAD, writer(HEAD, ())
        done = {HEAD}
        for name, changed in changes:
            done.add(name)
            yield name, writer(name, changed)
        for name in sorted(self.dirty - done):
            yield name, writer(name, ())


class _Written:
    """One file that is written, and its sum."""

    def __init__(self, lines: Iterable[bytes], head: Mapping[str, NoteTypeLine] | None) -> None:
        self._lines = lines
        self._head = head
        self._summing = Summing()

    def write(self, handle: BinaryIO) -> None:
        """Write it: one without head and lines is to be deleted."""
        if self._head is not None:
            handle.write(head_text(self._head).encode())
        for raw in self._lines:
            self._summing.add(raw)
            handle.write(raw + b"\n")

    def sum(self, signature: str) -> FileSum:
        """Return its sum, once it is in its place."""
        return self._summing.sum(signature, [one for _, one in sorted((self._head or {}).items())])


def _merged(lines: Iterable[tuple[str, bytes]], changes: Iterable[tuple[str, bytes | None]]) -> Iterator[bytes]:
    """Yield the lines with the changes, both by GUID."""
    changed = iter(changes)
    following = next(changed, None)
    for guid, raw in lines:
        while following and following[0] < guid:
            if following[1] is not None:
                yield following[1]
            following = next(changed, None)
        if following and following[0] == guid:
            if following[1] is not None:
                yield following[1]
            following = next(changed, None)
        else:
            yield raw
    while following:
        if following[1] is not None:
            yield following[1]
        following = next(changed, None)


class _Index:
    """Where the lines of each place stand in a file that this program wrote; 8 bytes a line."""

    def __init__(self, file: Path, signature: str) -> None:
        self._handle = file.open("rb")
        if signature_of(os.fstat(self._handle.fileno())) != signature:
            raise OSError(errno.ESTALE, "it changed while it was read", str(file))
        self._offsets: defaultdict[Place, array[int]] = defaultdict(lambda: array("Q"))
        at = 0
        for raw in self._handle:
            if raw.startswith(b"["):
                self._offsets[course_of(record_of(raw))].append(at)
            at += len(raw)

    def of(self, places: Collection[Place]) -> Iterator[LockLine]:
        """Yield the lines of some places."""
        for offset in sorted(offset for place in places for offset in self._offsets.get(place, ())):
            self._handle.seek(offset)
            yield line_of(self._handle.readline())
