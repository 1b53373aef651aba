"""Find raw inputs below one or more folders, in the order of their paths, without opening any of them."""

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from pipeline.pages.found import PageError, unreadable
from pipeline.pages.names import is_style_or_script, page_names_of_folder, printable, unique
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


class Discovery:
    """The raw inputs below `roots`. Iterating walks them; `ignored` counts by reason what that walk passed by."""

    def __init__(self, roots: Sequence[tuple[str, Path]]) -> None:
        self._roots = roots
        self._real_roots = [os.path.realpath(location) for _, location in roots]
        self._linked: set[tuple[int, int]] = set()
        self.ignored: Counter[str] = Counter()

    def __iter__(self) -> Iterator[RawFile | Reject]:
        """Yield files and rejects sorted by `path`; memory holds one folder's names for each level of depth.

        A reject of a folder that cannot be listed has the folder's path. Raises RawFolderError for such a root.
        """
        self.ignored.clear()
        self._linked.clear()
        for label, location in self._roots:
            if os.path.isdir(location):  # noqa: PTH112  (a closed one is False, not an error)
                yield from self._walk(label, location)
            else:
                yield from self._entry(label or location.name, location, location.parent)

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
            return [unreadable(error).reject(prefix)]
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
            yield RawFile(path, location, status.st_size, status.st_mtime_ns, root)
        else:
            yield PageError(
                "unreadable",
                "expected a regular file, found a device, a pipe or a socket",
                "move it out of the raw folder",
            ).reject(path)


class _Item(NamedTuple):
    """An entry of a folder; a tuple, for there may be a million."""

    shown: str
    name: str
    is_folder: bool
    is_link: bool


def discover(roots: Sequence[Path]) -> Discovery:
    """Return the raw inputs below `roots` (folders, or single files), to be iterated.

    With several roots each path begins with its root's name (a second root of that name is `name#2`).
    Raises RawFolderError if a root does not exist, or is closed to us.
    """
    absolute = list(dict.fromkeys(Path(os.path.abspath(root)) for root in roots))  # noqa: PTH100  (links stay links)
    for given in absolute:
        _open(given)
    if len(absolute) == 1:
        return Discovery([("", absolute[0])])
    taken: set[str] = set()
    labelled = [(unique(printable(root.name) or "root", taken), root) for root in absolute]
    return Discovery(sorted(labelled, key=lambda pair: pair[0] + "/"))


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
