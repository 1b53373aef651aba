"""The stage `parse`: find the raw pages, and parse those that are new or not what they were."""

import itertools
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.config import Settings, SurroundingsError
from pipeline.pages import UNREADABLE, RawFile, RawFolderError, discover
from pipeline.records import Reject
from pipeline.stages.fingerprint import parsing_fingerprint
from pipeline.stages.parsing.packing import rejected
from pipeline.stages.parsing.parts import Done, Executor, Outcome, Part, Stretch
from pipeline.stages.parsing.reading import reject_key
from pipeline.stages.progress import Progress, Silent
from pipeline.store import KnownFile, KnownPage, PageEntry, PageIndex, signature

__all__ = ["ParseCounts", "file_signature", "is_settled", "parse"]

# Names of files that may hold so many pages that one worker should not parse them all, and from which size on they do;
# what they are, their content says. Other files as large are walked as well.
_ARCHIVES: Final = frozenset((".zip", ".warc", ".wacz", ".gz", ".zst"))
_LARGE_ARCHIVE: Final = 500_000
_LARGE: Final = 8_000_000
_FEW: Final = 256  # pages of a file of which what is known goes with it to the worker
_AHEAD: Final = 256  # parts that wait
_OPEN: Final = 16  # files that are walked at a time: that is work for some hundred workers


@dataclass(slots=True)
class ParseCounts:
    """What the stage did: pages parsed and gone; what was ignored, by reason; tracebacks of our own defects.

    `unread` are the files and folders that the system did not let us read: what they hold is not known to be gone.
    """

    parsed: int = 0
    gone: int = 0
    unread: list[str] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    tracebacks: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _OpenFile:
    """A file that is being read: it is settled when no part of it is out any more."""

    signature: str
    file: RawFile
    new: bool  # nothing is known of its pages
    walked: bool  # it is read in parts
    out: int = 1  # parts
    self_contained: bool = True
    ignored: Counter[str] = field(default_factory=Counter)


def parse(settings: Settings, index: PageIndex, executor: Executor, progress: Progress) -> ParseCounts:
    """Bring `index` up to date with the raw folders; return what that took.

    What is known of the pages below a folder that cannot be listed stays as it was. Raises SurroundingsError if a raw
    folder is missing or closed to us, or if there is nothing in them that can be read.
    """
    run = _ParseRun(settings, index, progress)
    try:
        return run.all(executor)
    except RawFolderError as error:
        raise SurroundingsError(str(error), hint=error.hint) from error
    finally:
        # Whatever ends the run, what was parsed so far need not be parsed again.
        index.flush()


class _ParseRun:
    def __init__(self, settings: Settings, index: PageIndex, progress: Progress) -> None:
        self._settings = settings
        self._index = index
        self._progress = progress
        self._fingerprint = parsing_fingerprint(settings)
        self._open: dict[str, _OpenFile] = {}
        self._waiting: deque[Part] = deque()
        self._files = self._files_to_read()
        self._counts = ParseCounts()
        self._walked = 0  # files of which parts are out
        self._readable = False  # whether the system let us read anything

    def all(self, executor: Executor) -> ParseCounts:
        self._progress.start("parse", self._count())
        self._index.begin()
        for part, event in executor.run(self._take):
            match event:
                case Outcome():
                    self._came(part.file.path, event)
                case Stretch():
                    self._parse_stretch(part, event)
                case Done():
                    self._part_done(part, event)
        if not self._index.any_seen():
            raise self._nothing()
        if not self._readable:
            raise self._closed()
        self._counts.gone = self._index.drop_unseen()
        return self._counts

    def _count(self) -> int | None:
        """Return how many files there are, if somebody wants to see how far the stage is; an index is read but once."""
        if isinstance(self._progress, Silent) or any(root.is_file() for root in self._settings.raw):
            return None
        return sum(1 for _ in discover(self._settings.raw, self._settings.url))

    def _nothing(self) -> SurroundingsError:
        ignored = sum(self._counts.ignored.values())
        found = f"{ignored} files that are no pages by rule" if ignored else "nothing"
        folders = ", ".join(str(folder) for folder in self._settings.raw)
        return SurroundingsError(
            "no raw pages",
            where=folders,
            detail=f"expected saved guide pages (.html, .txt, .md, .mhtml, .zip, .warc), found {found}",
            hint="put pages there, or name another folder with --raw",
        )

    def _closed(self) -> SurroundingsError:
        shown = ", ".join(self._counts.unread[:3]) + (", …" if len(self._counts.unread) > 3 else "")
        return SurroundingsError(
            f"nothing here can be read: {shown}",
            where=", ".join(str(folder) for folder in self._settings.raw),
            hint="check permissions, and whether the folder is mounted; what was made of its pages stays as it is",
        )

    def _take(self) -> Part | None:
        """Return what is to be done next; of large files only some are open at a time."""
        if not self._waiting and self._walked < _OPEN:
            self._waiting.extend(itertools.islice(self._files, 1))
        return self._waiting.popleft() if self._waiting else None

    def _files_to_read(self) -> Iterator[Part]:
        """Yield each file that is not settled, in the order of their paths."""
        discovery = discover(self._settings.raw, self._settings.url)
        for found in discovery:
            if isinstance(found, Reject):
                # If it is a folder, what is known of the files below it is not known to be gone.
                for path in (found.path, *self._index.known_files(f"{found.path}/")):
                    self._index.see(path)
                self._put(found.path, found.path, reject_key(found, self._fingerprint), rejected(found))
                self._index.settle(found.path)
                self._counts.unread.append(found.path)
            else:
                yield from self._of_file(found)
        self._counts.ignored.update(discovery.ignored)
        for label, folder in discovery.empty:
            if label and self._index.known_files(f"{label}/"):
                hint = "is it mounted? If its pages are gone for good, do not name it any more (`raw`, --raw)"
                raise SurroundingsError("the raw folder is empty, and was not", where=str(folder), hint=hint)

    def _of_file(self, file: RawFile) -> Iterator[Part]:
        self._index.see(file.path)
        settled = self._index.file(file.path)
        now = file_signature(file)
        if is_settled(settled, now, self._fingerprint):
            self._readable = True
            self._counts.ignored.update(settled.ignored if settled else {})
            self._progress.advance()
            return
        known = self._index.pages(file.path, _FEW)
        walked = _is_large(file) or len(known) == _FEW
        self._walked += walked
        self._open[file.path] = _OpenFile(now, file, not known, walked)
        if walked:
            yield Part(file, walk=True, new=not known)
        else:
            yield Part(file, known=known)

    def _parse_stretch(self, walk: Part, stretch: Stretch) -> None:
        """Have the pages of a stretch parsed, but for those that are known as they are."""
        opened = self._open[walk.file.path]
        opened.ignored.update(stretch.ignored)
        if stretch.pictures is not None:
            opened.file = replace(opened.file, pictures=stretch.pictures)
        wanted, known = set(), {}
        for path, key in stretch.pages:
            page = None if opened.new else self._index.page(walk.file.path, path)
            if page and page.key == key and page.settled:
                if not page.assets:
                    self._readable = True
                    self._keep(page)
                    continue
                known[path] = page
            wanted.add(path)
        if wanted:
            opened.out += 1
            chosen = frozenset(wanted) if len(wanted) < len(stretch.pages) else None
            begin, stop = stretch.begin, stretch.things
            self._waiting.append(Part(opened.file, begin, stop=stop, walked=True, wanted=chosen, known=known))

    def _came(self, file: str, outcome: Outcome) -> None:
        opened, entry = self._open[file], outcome.entry
        if entry and any(reject.code == UNREADABLE for reject in entry.rejects):
            self._counts.unread.append(outcome.path)
        else:
            self._readable = True
        if outcome.traceback:
            self._counts.tracebacks.append(outcome.traceback)
        opened.self_contained &= outcome.self_contained
        self._put(file, outcome.path, outcome.key, entry, parsed=outcome.parsed)

    def _put(self, file: str, path: str, key: str, entry: PageEntry | None, *, parsed: bool = False) -> None:
        known = self._index.page(file, path)
        if known and known.key == key and not parsed:
            self._keep(known)
        elif entry:
            self._index.put_page(file, key, entry)
            self._counts.parsed += 1
            self._progress.advance()

    def _keep(self, page: KnownPage) -> None:
        self._index.keep_page(page.number)
        self._progress.advance()

    def _part_done(self, part: Part, done: Done) -> None:
        path = part.file.path
        opened = self._open[path]
        opened.ignored.update(done.ignored)
        if done.after:
            walk = replace(part, file=opened.file, begin=done.after)
            # Walking on is what gives others something to do, as long as not too much is waiting for them.
            self._waiting.insert(0 if len(self._waiting) < _AHEAD else len(self._waiting), walk)
            return
        opened.out -= 1
        if opened.out:
            return
        del self._open[path]
        self._walked -= opened.walked
        self._counts.ignored.update(opened.ignored)
        settled = self._index.settle(path) and opened.self_contained
        self._index.put_file(path, KnownFile(opened.signature, self._fingerprint, settled, opened.ignored))


def _is_large(file: RawFile) -> bool:
    """Say whether a file is to be walked through first, so that several workers can parse what it holds."""
    named = not _ARCHIVES.isdisjoint(suffix.lower() for suffix in file.location.suffixes)
    return file.size > (_LARGE_ARCHIVE if named else _LARGE)


def file_signature(file: RawFile) -> str:
    """Return what is equal as long as what is read of a file is: its signature, and what of it is asked for."""
    now = signature(file.location)
    return f"{now} {file.selection}" if now and file.selection else now


def is_settled(known: KnownFile | None, now: str, fingerprint: str) -> bool:
    """Say whether a file with the signature `now` need not even be read."""
    return bool(known and now and known.settled and (known.signature, known.fingerprint) == (now, fingerprint))
