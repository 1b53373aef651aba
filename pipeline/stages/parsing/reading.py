"""What a worker does with a part of a raw file: it reads the pages, and parses those that are not what they were."""

import hashlib
import itertools
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pipeline.config import Settings
from pipeline.pages import (
    Cursor,
    Found,
    Ignored,
    Mark,
    MemoryAssets,
    NoAssets,
    RawFile,
    RawPage,
    picture_places,
    read_found,
)
from pipeline.records import Reject
from pipeline.stages.fingerprint import digest_of
from pipeline.stages.parsing.memory import memory
from pipeline.stages.parsing.packing import pack, rejected
from pipeline.stages.parsing.parts import Done, Outcome, Part, Stretch
from pipeline.stages.parsing.rejecting import defect, out_of_memory
from pipeline.store import KnownPage, PageEntry

if TYPE_CHECKING:  # with it come the parser's libraries, which only a worker needs
    from pipeline.stages.page import ParseOutcome

__all__ = [
    "READING",
    "Leaving",
    "Message",
    "ParsePage",
    "Parsing",
    "Reader",
    "is_self_contained",
    "not_parsed",
    "page_key",
    "reject_key",
    "same_assets",
]

ParsePage = Callable[[RawPage, Settings], "ParseOutcome | None"]
# Reading takes time and memory with the size of a file (an archive's directory, parts in base64), parsing a page does
# not: a file of so many bytes is given what one page is given once more.
READING: Final = 16_000_000
_MEGABYTE: Final = 1_000_000
_PER_BYTE: Final = 8  # of memory, for each byte of a file
# A stretch ends with one of these: pages, their bytes, things; a walk with so many stretches.
_PAGES: Final = 64
_BYTES: Final = 4_000_000
_THINGS: Final = 4096
_STRETCHES: Final = 64


@dataclass(frozen=True, slots=True)
class Parsing:
    """The worker begins to parse this page, which is thing number `index` of its part."""

    index: int
    path: str


@dataclass(frozen=True, slots=True)
class Leaving:
    """The worker ends: after a page that took all its memory, nobody knows what of that it gave back.

    `over`: its part cannot be read on by others either.
    """

    over: bool = False


Message = Parsing | Outcome | Stretch | Done | Leaving


class Reader:
    """Reads parts of files; of an archive it keeps the directory, for its next part."""

    def __init__(self, parse: ParsePage, settings: Settings, fingerprint: str) -> None:
        """Take the fingerprint of all but a page that decides what parsing it gives."""
        self._parse_page = parse
        self._settings = settings
        self._fingerprint = fingerprint
        self._cursor = Cursor()

    def answer(self, part: Part) -> Iterator[Message]:
        """Yield what a part gives, as it comes, to the end, which is Done or Leaving."""
        path = part.file.path
        try:
            yield from self._walk(part) if part.walk else self._parse(part)
        except Exception as error:  # noqa: BLE001 (told in full: its traceback is kept, the run ends with exit code 1)
            # A walk that cannot go on is tried as an ordinary part, which parses what comes before, and says why.
            if not part.walk:
                short = isinstance(error, MemoryError)
                entry, told = (out_of_memory(path, self._settings.limits), None) if short else defect(path, error)
                yield Outcome(0, path, "", entry, traceback=told)
            yield Leaving(over=not part.walk)

    def _things(self, part: Part) -> Iterator[tuple[Mark | None, Found]]:
        """Yield all that a part holds, each with the place at which reading can begin before it, if there is one."""
        allowed = self._allowed(part.file)
        self._cursor.begin(part.file, part.begin)
        reading = read_found(part.file, self._settings.limits, self._cursor, bare=part.walk)
        while True:
            with memory(allowed):
                found = next(reading, None)
            if found is None:
                return
            yield self._cursor.take(), found

    def _parse(self, part: Part) -> Iterator[Message]:
        ignored: Counter[str] = Counter()
        for index, (_, found) in enumerate(itertools.islice(self._things(part), part.stop)):
            if isinstance(found, Ignored):
                ignored[found.reason] += 1
            elif index < part.first:
                continue
            elif isinstance(found, RawPage):
                yield from self._page(index, found, part)
            elif not part.walked:
                yield self._rejected(index, found)
        yield Done({} if part.walked else ignored)

    def _page(self, index: int, page: RawPage, part: Part) -> Iterator[Message]:
        if part.wanted is not None and page.path not in part.wanted:
            return
        key = page_key(page, self._fingerprint)
        known = part.known.get(page.path)
        if known and known.key == key and known.settled and same_assets(page, known):
            yield Outcome(index, page.path, key, None, self_contained=is_self_contained(page, known.assets))
            return
        yield Parsing(index, page.path)
        entry, told, whole = self._parsed(page)
        inside = is_self_contained(page, entry.assets)
        yield Outcome(index, page.path, key, entry, parsed=True, self_contained=inside, traceback=told)
        if not whole:
            yield Leaving()

    def _parsed(self, page: RawPage) -> tuple[PageEntry, str | None, bool]:
        """Return what a page gives, the traceback of a defect, and whether the memory sufficed."""
        try:
            with memory(self._settings.limits.memory_mb * _MEGABYTE):
                outcome = self._parse_page(page, self._settings)
                return pack(outcome) if outcome else PageEntry(page.path), None, True
        except MemoryError:
            return out_of_memory(page.path, self._settings.limits), None, False
        except Exception as error:  # noqa: BLE001 (told in full: its traceback is kept, the run ends with exit code 1)
            return *defect(page.path, error), True

    def _rejected(self, index: int, reject: Reject) -> Outcome:
        return Outcome(index, reject.path, reject_key(reject, self._fingerprint), rejected(reject))

    def _walk(self, part: Part) -> Iterator[Message]:
        pictures = None
        if part.begin is None and part.file.pictures is None:
            with memory(self._allowed(part.file)):
                pictures = picture_places(part.file, self._settings.limits)
        begin, things, size, told = part.begin, 0, 0, 0
        pages: list[tuple[str, str]] = []
        ignored: Counter[str] = Counter()
        for mark, found in self._things(part):
            if mark and things and (len(pages) >= _PAGES or size >= _BYTES or things >= _THINGS):
                yield Stretch(begin, things, tuple(pages), ignored, mark, pictures)
                pictures = None
                begin, things, size, told = mark, 0, 0, told + 1
                pages, ignored = [], Counter()
                if told == _STRETCHES:
                    yield Done(after=mark)
                    return
            if isinstance(found, Ignored):
                ignored[found.reason] += 1
            elif isinstance(found, RawPage):
                pages.append((found.path, "" if part.new else page_key(found, self._fingerprint)))
                size += len(found.data)
            else:
                yield self._rejected(things, found)
            things += 1
        yield Stretch(begin, things, tuple(pages), ignored, None, pictures)
        yield Done()

    def _allowed(self, file: RawFile) -> int:
        """Return the memory that reading a file may take."""
        return self._settings.limits.memory_mb * _MEGABYTE + _PER_BYTE * file.size


def not_parsed(_page: RawPage, _settings: Settings) -> None:
    """Return nothing, in a parser's place: whoever asks which pages there are to parse need not parse them."""


def is_self_contained(page: RawPage, assets: Sequence[tuple[str, str | None]]) -> bool:
    """Say whether the page names no file beside its own: that its file is unchanged would say nothing of those."""
    inside = isinstance(page.assets, MemoryAssets | NoAssets)
    return inside or all("://" in ref for ref, _ in assets)


def page_key(page: RawPage, fingerprint: str) -> str:
    """Return a digest of all that parsing this page depends on, but for the pictures it names."""
    said = [page.path, page.media_type, page.charset, page.url, page.captured_at, fingerprint]
    return hashlib.sha256(json.dumps(said).encode() + b"\0" + page.data).hexdigest()


def reject_key(reject: Reject, fingerprint: str) -> str:
    """Return what stands for the key where there is no page: a digest of the reject."""
    return digest_of([reject.model_dump(), fingerprint])


def same_assets(page: RawPage, known: KnownPage) -> bool:
    """Say whether the files that the page names are as they were when it was parsed."""
    for ref, sha256 in known.assets:
        asset = page.assets.read(ref)
        if (hashlib.sha256(asset.data).hexdigest() if asset else None) != sha256:
            return False
    return True
