"""Indexes of crawls, CDX and CDXJ: a line for each record, with its address, and where in which WARC file it lies.

CDX names its columns in a first line (https://iipc.github.io/warc-specifications/specifications/cdx-format/), CDXJ has
JSON behind key and time. Lines are sorted by key: of a large index that is not compressed, those alone are read among
which an address that is asked for may be.
"""

import gzip
import json
import zlib
from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from pipeline.pages.crawls.addresses import address_pattern, sort_prefixes
from pipeline.pages.found import PageError

__all__ = ["CrawlFile", "CrawlIndex"]

_COLUMNS: Final = {11: "N b a m s k r M S V g", 9: "N b a m s k r V g"}
_LONGEST_LINE: Final = 1 << 16
_SMALL: Final = 1 << 24  # read as a whole, sorted or not
_TEXT_TYPES: Final = frozenset(("text/html", "application/xhtml+xml", "text/plain", "text/markdown", "text/x-markdown"))
_UNKNOWN: Final = frozenset(("", "-", "unk"))
_HINT: Final = "make the index again, or name the WARC files themselves"
_SORT: Final = "sort it: `LC_ALL=C sort`"


@dataclass(slots=True)
class CrawlFile:
    """What an index knows of one WARC file: records of pages, and pictures."""

    numbers: "array[int]" = field(default_factory=lambda: array("q"))  # offset, size, offset, size …
    pictures: list[tuple[str, int, int]] = field(default_factory=list)  # address, offset, size

    def ranges(self) -> tuple[tuple[int, int], ...]:
        """Return the records of pages, each once, as (offset, size), by offset; a size of 0 is unknown."""
        return tuple(sorted(dict(zip(self.numbers[::2], self.numbers[1::2], strict=True)).items()))


class CrawlIndex:
    """An index at `location`, of which the pages at the addresses `wanted` are asked for (none: all).

    `read` puts what it knows of each WARC file into `files`, by the names it calls them; then `ignored` counts what is
    no page, by reason, and `problem` says what of it could not be read.
    """

    def __init__(self, location: Path, wanted: Sequence[str], files: dict[str, CrawlFile]) -> None:
        self._location = location
        self._wanted = wanted
        self._pattern = address_pattern(wanted)
        self._columns = ""
        self._files = files
        self.ignored: Counter[str] = Counter()
        self.problem: PageError | None = None

    def read(self) -> None:
        """Read it. Raises OSError if it cannot be opened."""
        with self._location.open("rb") as file:
            try:
                for at, line in self._lines(file):
                    self._take(at, line)
            except (EOFError, zlib.error, gzip.BadGzipFile) as error:
                self._tell(f"expected an index of a crawl, found it damaged ({error})", _HINT)

    def _lines(self, file: BinaryIO) -> Iterator[tuple[int, bytes]]:
        """Yield lines among which are all that are asked for, and where each begins."""
        packed = file.read(2) == b"\x1f\x8b"
        size = file.seek(0, 2)
        file.seek(0)
        prefixes = [one.encode() for one in sort_prefixes(self._wanted)]
        if packed or size <= _SMALL or prefixes == [b""]:
            yield from _from(gzip.GzipFile(fileobj=file) if packed else file, 0)
            return
        self._take(0, file.readline(_LONGEST_LINE))  # the names of columns, if there are any
        for prefix in prefixes:
            last = b""
            for at, line in _from(file, _first_at(file, prefix, size)):
                if not line.startswith(prefix):
                    break
                if line < last:
                    self._tell(
                        f"expected a sorted index, found that the line at byte {at:,} sorts before the last", _SORT
                    )
                last = line
                yield at, line

    def _take(self, at: int, line: bytes) -> None:
        if line.startswith(b" CDX "):
            self._columns = line[5:].decode("ascii", "replace").strip()
            return
        if not line.strip() or line.startswith(b"!"):
            return
        try:
            entry = self._entry(line.decode("utf-8"))
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            self._tell(f"expected a line of an index of a crawl (CDX, CDXJ) at byte {at:,}, found {line[:60]!r}", _HINT)
            return
        reason = self._reason(entry)
        if reason:
            self.ignored[reason] += 1
        elif entry.media_type.startswith("image/"):
            self._file(entry).pictures.append((entry.address, entry.offset, entry.size))
        else:
            self._file(entry).numbers.extend((entry.offset, entry.size))

    def _reason(self, entry: "_Entry") -> str | None:
        """Return why a record is no page and no picture, as reading it would say."""
        if entry.media_type == "warc/revisit":
            return "warc-record"
        if entry.status not in ("200", "-", ""):
            return "http-status"
        if entry.media_type.startswith("image/"):
            return None
        if self._pattern and not self._pattern.match(entry.address):
            return "address"
        known = entry.media_type in _TEXT_TYPES or entry.media_type in _UNKNOWN
        return None if known else "content-type"

    def _entry(self, line: str) -> "_Entry":
        fields = line.split()
        if len(fields) > 2 and fields[2].startswith("{"):
            said = json.loads(line.split(" ", 2)[2])
            return _Entry(
                said["url"].strip(),
                said.get("mime", "").lower(),
                str(said.get("status", "")),
                said["filename"].strip(),
                _number(said["offset"]),
                _number(said.get("length") or 0),
            )
        columns = dict(zip((self._columns or _COLUMNS[len(fields)]).split(), fields, strict=True))
        size = columns.get("S", "-")
        return _Entry(
            columns["a"],
            columns["m"].lower(),
            columns["s"],
            columns["g"],
            _number(columns["V"]),
            0 if size == "-" else _number(size),
        )

    def _file(self, entry: "_Entry") -> CrawlFile:
        return self._files.setdefault(entry.file, CrawlFile())

    def _tell(self, message: str, hint: str) -> None:
        self.problem = self.problem or PageError("corrupt-archive", message, hint)


class _Entry(NamedTuple):
    address: str
    media_type: str
    status: str
    file: str
    offset: int
    size: int  # 0: unknown


def _number(value: object) -> int:
    number = int(str(value))
    if not 0 <= number < 1 << 62:
        raise ValueError(number)
    return number


def _from(file: BinaryIO | gzip.GzipFile, start: int) -> Iterator[tuple[int, bytes]]:
    """Yield the lines from `start` on, where one begins, and where each begins; one that is too long in pieces."""
    file.seek(start)
    at = start
    while line := file.readline(_LONGEST_LINE):
        yield at, line
        at += len(line)


def _first_at(file: BinaryIO, key: bytes, size: int) -> int:
    """Return where the first line begins that sorts at `key` or behind it."""
    low, high = 0, size  # the line that begins at or behind `low` may be it; none from `high` on is before it
    while low < high:
        middle = (low + high) // 2
        begin = _line_behind(file, middle)
        file.seek(begin)
        line = file.readline(_LONGEST_LINE)
        if not line or line[: len(key)] >= key:
            high = middle
        else:
            low = begin + len(line)
    return _line_behind(file, low)


def _line_behind(file: BinaryIO, at: int) -> int:
    """Return where the first line begins at `at` or behind it."""
    if at == 0:
        return 0
    file.seek(at - 1)
    while (line := file.readline(_LONGEST_LINE)) and not line.endswith(b"\n"):
        pass
    return file.tell()
