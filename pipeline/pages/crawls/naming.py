"""The files of a crawl that a list or an index names: what each is called, where it lies, what of it is to be read."""

import posixpath
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.pages.crawls.cdx import CrawlFile, CrawlIndex
from pipeline.pages.crawls.lists import is_index, is_list, listed
from pipeline.pages.found import UNREADABLE, PageError, unreadable
from pipeline.pages.names import member_path, printable, unique

__all__ = ["NamedFile", "named_files"]


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that a list or an index names, or why it cannot be read; `part` is what an index asks for of it."""

    name: str
    location: Path | PageError
    part: CrawlFile | None = None


def named_files(location: Path, wanted: Sequence[str], ignored: Counter[str]) -> Iterator[NamedFile]:
    """Yield what the list or index at `location` names, sorted by name; what of an index is no page is counted.

    Paths are relative to the folder of the list or index; those of an index may also lie as they do in a WACZ. A list
    may name indexes.
    """
    naming = _Naming(location.parent, wanted, ignored)
    if is_list(location.name):
        naming.read_list(location)
    else:
        naming.read_index(location)
    yield from naming.files()


class _Naming:
    def __init__(self, folder: Path, wanted: Sequence[str], ignored: Counter[str]) -> None:
        self._folder = folder
        self._wanted = wanted
        self._ignored = ignored
        self._whole: dict[str, None] = {}  # files as a list names them, in its order
        self._parts: dict[str, CrawlFile] = {}  # files as indexes name them
        self._folders = [folder]
        self._problems: list[NamedFile] = []

    def read_list(self, location: Path) -> None:
        try:
            for path in listed(location):
                if isinstance(path, PageError):
                    self._problems.append(NamedFile(location.name, path))
                elif is_index(posixpath.basename(path)):
                    self.read_index(self._folder / path)
                else:
                    self._whole[path] = None
        except OSError as error:
            self._problems.append(NamedFile(location.name, unreadable(error)))

    def read_index(self, location: Path) -> None:
        self._folders += [location.parent, location.parent.parent, location.parent.parent / "archive"]
        index = CrawlIndex(location, self._wanted, self._parts)
        try:
            index.read()
        except OSError as error:
            self._problems.append(NamedFile(location.name, unreadable(error)))
        if index.problem is not None:
            self._problems.append(NamedFile(location.name, index.problem))
        self._ignored.update(index.ignored)

    def files(self) -> Iterator[NamedFile]:
        taken: set[str] = set()
        found = [
            NamedFile(unique(printable(problem.name), taken), problem.location)
            for problem in sorted(self._problems, key=lambda one: one.name)
        ]
        for path in sorted(self._whole):
            location = self._folder / path
            name = unique(printable(member_path(path) or location.name), taken)
            found.append(NamedFile(name, location if location.exists() else _missing(path)))
        for path in sorted(path for path, part in self._parts.items() if part.numbers):
            inner = member_path(path)
            name = unique(printable(inner or posixpath.basename(path)), taken)
            found.append(NamedFile(name, self._indexed(inner, path), self._parts[path]))
        yield from sorted(found, key=lambda one: one.name)

    def _indexed(self, inner: str | None, path: str) -> Path | PageError:
        """Return where the file lies that an index names: as it says, or by its last name, in the folders around it."""
        if inner is None:
            return PageError(
                "unsafe-path",
                f"expected an index to name files below its folder, found {path[:200]!r}",
                "where is the index from? Name the WARC files yourself if you trust it",
            )
        for name in (inner, posixpath.basename(inner)):
            for folder in self._folders:
                if (folder / name).is_file():
                    return folder / name
        return _missing(inner)


def _missing(path: str) -> PageError:
    return PageError(
        UNREADABLE,
        f"expected the file {path[:200]!r}, which a list or an index names, found nothing there",
        "put it where that is looked for, below the folder of the list or index, or take its lines out",
    )
