"""Find raw inputs below one or more folders, in the order of their paths, without opening any of them."""

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from pipeline.pages.crawls import address_pattern, is_index, is_list, named_files
from pipeline.pages.found import UNREADABLE, PageError, unreadable
from pipeline.pages.names import is_style_or_script, page_names_of_folder, printable, unique
from pipeline.pages.page import SentFile
from pipeline.records import Reject

__all__ = ["Discovery", "RawFile", "RawFolderError", "discover"]


class RawFolderError(Exception):
    """A raw folder that cannot be searched at all: the run has nothing to start from."""

    def __init__(self, message: str, *, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True, slots=True)
class RawFile:
    """A file that holds one raw page or more. `path` is what reports and records call it."""

    path: str  # POSIX, relative to its raw root, printable
    location: Path  # absolute; what is opened
    size: int
    mtime_ns: int
    root: Path | None = None  # absolute; pictures are read from below it only. None: from the file's own folder
    addresses: re.Pattern[str] | None = None  # of a crawl, the pages that are to be read; None for all
    ranges: tuple[tuple[int, int], ...] | None = None  # of a WARC, the records to be read: offset, size; None for all
    sent: SentFile | None = None  # what it holds, where it cannot be opened
    pictures: tuple[tuple[str, int, int], ...] | None = None  # those that an index knows: address, offset, size

    @property
    def selection(self) -> str:
        """Return a digest of what of the file is to be read; "" if all of it is."""
        if self.ranges is None and self.addresses is None:
            return ""
        said = repr((self.addresses and self.addresses.pattern, self.ranges, self.pictures))
        return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


class Discovery:
    """The raw inputs below `roots`. Iterating walks them; `ignored` counts by reason what that walk passed by.

    `empty` has the labels and folders of roots in which that walk found nothing.
    """

    def __init__(self, roots: Sequence[tuple[str, Path]], addresses: Sequence[str] = ()) -> None:
        self._roots = roots
        self._wanted = addresses
        self._addresses = address_pattern(addresses)
        self._real_roots = [os.path.realpath(location) for _, location in roots]
        self._linked: set[tuple[int, int]] = set()
        self.ignored: Counter[str] = Counter()
        self.empty: list[tuple[str, Path]] = []

    def __iter__(self) -> Iterator[RawFile | Reject]:
        """Yield files and rejects sorted by `path`; memory holds one folder's names for each level of depth.

        A reject of a folder that cannot be listed has the folder's path. Raises RawFolderError for such a root.
        """
        self.ignored.clear()
        self._linked.clear()
        self.empty.clear()
        for label, location in self._roots:
            found = 0
            for one in self._below(label, location):
                found += 1
                yield one
            if not found:
                self.empty.append((label, location))

    def _below(self, label: str, location: Path) -> Iterator[RawFile | Reject]:
        if os.path.isdir(location):  # noqa: PTH112  (a closed one is False, not an error)
            return self._walk(label, location)
        if is_list(location.name) or is_index(location.name):
            return self._named(label, location)
        return self._entry(label or location.name, location, location.parent)

    def _named(self, label: str, location: Path) -> Iterator[RawFile | Reject]:
        """Yield the files that a list or an index names."""
        for named in named_files(location, self._wanted, self.ignored):
            path = f"{label}/{named.name}" if label else named.name
            if isinstance(named.location, PageError):
                yield named.location.reject(path)
                continue
            for found in self._entry(path, named.location, named.location.parent):
                if isinstance(found, RawFile) and named.part is not None:
                    pictures = tuple(named.part.pictures)
                    yield replace(found, ranges=named.part.ranges(), pictures=pictures)
                else:
                    yield found

    def _walk(self, label: str, top: Path) -> Iterator[RawFile | Reject]:
        # An explicit stack: folders may be nested deeper than Python's own.
        stack = [(iter(self._listing(str(top), label, top=True)), str(top), label, top)]
        while stack:
            listing, folder, prefix, root = stack[-1]
            item = next(listing, None)
            if item is None:
                stack.pop()
                continue
            if isinstance(item, Reject):
                yield item
                continue
            path = f"{prefix}/{item.shown}" if prefix else item.shown
            location = f"{folder}/{item.name}"
            if not item.is_folder:
                yield from self._entry(path, Path(location), root)
                continue
            inner = self._enter(Path(location)) if item.is_link else root
            if inner is not None:
                stack.append((iter(self._listing(location, path, top=False)), location, path, inner))

    def _listing(self, folder: str, prefix: str, *, top: bool) -> "Sequence[_Item | Reject]":
        """Return what is to be read of a folder, sorted as the paths of the files are; count the rest."""
        items: list[_Item] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        self.ignored["dotfile"] += 1
                    else:
                        name = printable(entry.name)
                        items.append(_Item(name, entry.name, _is_folder(entry), entry.is_symlink()))
        except OSError as error:
            if top:
                raise _closed(Path(folder), error) from error
            return [_unlisted(error).reject(prefix)]
        items = self._without_saved_page_files(folder, [item for item in items if not self._is_ignored(item, top=top)])
        # A folder sorts as its files' paths do: `a-b` comes before `a/x`.
        items.sort(key=lambda item: (f"{item.shown}/" if item.is_folder else item.shown, item.name))
        if any(item.shown != item.name for item in items):
            taken = {item.name for item in items if item.shown == item.name}
            items = [i if i.shown == i.name else i._replace(shown=unique(i.shown, taken)) for i in items]
        return items

    def _is_ignored(self, item: "_Item", *, top: bool) -> bool:
        if item.is_folder:
            return False
        if top and item.name.startswith("README"):
            self.ignored["readme"] += 1
        elif is_list(item.name) or is_index(item.name):
            self.ignored["index"] += 1
        elif is_style_or_script(item.name):
            self.ignored["style-or-script"] += 1
        else:
            return False
        return True

    def _without_saved_page_files(self, folder: str, items: "list[_Item]") -> "list[_Item]":
        candidates = [item for item in items if item.is_folder and page_names_of_folder(item.name)]
        if not candidates:
            return items
        pages = {item.name for item in items if not item.is_folder}
        saved = {item.name for item in candidates if not pages.isdisjoint(page_names_of_folder(item.name))}
        for name in saved:
            self.ignored["saved-page-file"] += sum(len(files) for _, _, files in os.walk(f"{folder}/{name}"))
        return [item for item in items if item.name not in saved]

    def _enter(self, link: Path) -> Path | None:
        """Return the root that pictures below a linked folder are held to, or None if it is not to be entered.

        It is followed once, and not if it lies in a root (it is read there) or holds one (a loop).
        """
        real = os.path.realpath(link)
        status = link.stat()
        inode = (status.st_dev, status.st_ino)
        if inode in self._linked or any(_within(real, other) or _within(other, real) for other in self._real_roots):
            self.ignored["folder-link"] += 1
            return None
        self._linked.add(inode)
        return link

    def _entry(self, path: str, location: Path, root: Path) -> Iterator[RawFile | Reject]:
        try:
            status = location.stat()
        except OSError as error:
            if os.path.islink(location):  # noqa: PTH114  (a dead mount is False, not an error)
                yield PageError(
                    "broken-link",
                    "expected a file, found a symbolic link that leads nowhere",
                    "restore what it points to, or delete the link",
                ).reject(path)
            else:
                yield unreadable(error).reject(path)
            return
        if stat.S_ISREG(status.st_mode):
            yield RawFile(path, location, status.st_size, status.st_mtime_ns, root, self._addresses)
        else:
            yield PageError(
                UNREADABLE,
                "expected a regular file, found a device, a pipe or a socket",
                "move it out of the raw folder",
            ).reject(path)


class _Item(NamedTuple):
    """An entry of a folder; a tuple, for there may be a million."""

    shown: str
    name: str
    is_folder: bool
    is_link: bool


def discover(roots: Sequence[Path], addresses: Sequence[str] = ()) -> Discovery:
    """Return the raw inputs below `roots` (folders, or single files), to be iterated.

    A root that is a list of files, or an index of a crawl, by its name, stands for the files that it names. Of crawls
    are read the pages at `addresses` (see `address_pattern`), without any, all.

    With several roots each path begins with its root's name (a second root of that name is `name#2`).
    Raises RawFolderError if a root does not exist, or is closed to us.
    """
    absolute = list(dict.fromkeys(Path(os.path.abspath(root)) for root in roots))  # noqa: PTH100  (links stay links)
    for given in absolute:
        _open(given)
    if len(absolute) == 1:
        return Discovery([("", absolute[0])], addresses)
    taken: set[str] = set()
    labelled = [(unique(printable(root.name) or "root", taken), root) for root in absolute]
    return Discovery(sorted(labelled, key=lambda pair: pair[0] + "/"), addresses)


def _open(root: Path) -> None:
    """Raise RawFolderError if a root is not there, or cannot be read: what it held is not gone for that."""
    try:
        if stat.S_ISDIR(root.stat().st_mode):
            os.scandir(root).close()
        else:
            root.open("rb").close()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise RawFolderError(
            f"expected a folder of raw pages, found nothing at {root.name}/",
            hint="give the folder with --raw, or `raw` in guidepress.toml",
        ) from error
    except OSError as error:
        raise _closed(root, error) from error


def _unlisted(error: OSError) -> PageError:
    return PageError(
        UNREADABLE,
        f"expected to list the folder, found: {error.strerror or error}",
        "check its permissions, and whether it is mounted; until then what earlier builds know of its pages stays",
    )


def _closed(root: Path, error: OSError) -> RawFolderError:
    return RawFolderError(
        f"the raw folder {root.name}/ cannot be read: {error.strerror or error}",
        hint="check its permissions, and whether it is mounted; what was made of its pages stays as it is",
    )


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _within(inner: str, outer: str) -> bool:
    return inner == outer or inner.startswith(outer.rstrip("/") + "/")
