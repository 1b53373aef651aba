"""The stage `parse`: find the raw pages, and parse those that are new or not what they were."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.config import Settings, SurroundingsError
from pipeline.pages import (
    UNREADABLE,
    MemoryAssets,
    NoAssets,
    RawFile,
    RawFolderError,
    RawPage,
    discover,
    read_pages,
)
from pipeline.records import Reject
from pipeline.stages.fingerprint import digest_of, parsing_fingerprint
from pipeline.stages.parsing.executor import Executor, Job
from pipeline.stages.parsing.packing import rejected
from pipeline.stages.parsing.worker import defect
from pipeline.stages.progress import Progress, Silent
from pipeline.store import KnownFile, KnownPage, PageIndex, signature

__all__ = ["ParseCounts", "file_signature", "is_settled", "page_key", "parse", "reject_key", "same_assets"]


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
    """A file of which pages are being parsed: it is settled when it is read through and none is out any more."""

    signature: str
    out: int = 0
    read: bool = False
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
        self._counts = ParseCounts()
        self._readable = False  # whether the system let us read anything

    def all(self, executor: Executor) -> ParseCounts:
        self._progress.start("parse", self._files())
        self._index.begin()
        for done in executor.run(self._jobs()):
            self._index.put_page(done.job.file, done.job.key, done.entry)
            self._counts.parsed += 1
            if done.traceback:
                self._counts.tracebacks.append(done.traceback)
            opened = self._open[done.job.file]
            opened.out -= 1
            opened.self_contained &= is_self_contained(done.job.page, done.entry.assets)
            self._close_if_done(done.job.file)
            self._progress.advance()
        if not self._index.any_seen():
            raise self._nothing()
        if not self._readable:
            raise self._closed()
        self._counts.gone = self._index.drop_unseen()
        return self._counts

    def _files(self) -> int | None:
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

    def _jobs(self) -> Iterator[Job]:
        """Yield each page that has to be parsed, in the order of files and of pages in them."""
        discovery = discover(self._settings.raw, self._settings.url)
        for found in discovery:
            if isinstance(found, Reject):
                # If it is a folder, what is known of the files below it is not known to be gone.
                for path in (found.path, *self._index.known_files(f"{found.path}/")):
                    self._index.see(path)
                self._put_reject(found.path, found)
                self._index.settle(found.path)
                self._counts.unread.append(found.path)
            else:
                yield from self._of_file(found)
        self._counts.ignored.update(discovery.ignored)
        for label, folder in discovery.empty:
            if label and self._index.known_files(f"{label}/"):
                hint = "is it mounted? If its pages are gone for good, do not name it any more (`raw`, --raw)"
                raise SurroundingsError("the raw folder is empty, and was not", where=str(folder), hint=hint)

    def _of_file(self, file: RawFile) -> Iterator[Job]:
        self._index.see(file.path)
        known = self._index.file(file.path)
        now = file_signature(file)
        if is_settled(known, now, self._fingerprint):
            self._readable = True
            self._counts.ignored.update(known.ignored if known else {})
            self._progress.advance()
            return
        opened = self._open[file.path] = _OpenFile(now)
        for found in self._reading(file, opened):
            if isinstance(found, Reject) and found.code == UNREADABLE:
                self._counts.unread.append(found.path)
            else:
                self._readable = True
            if isinstance(found, Reject):
                self._put_reject(file.path, found)
            else:
                yield from self._of_page(file.path, found, opened)
        opened.read = True
        self._counts.ignored.update(opened.ignored)
        self._close_if_done(file.path)

    def _reading(self, file: RawFile, opened: _OpenFile) -> Iterator[RawPage | Reject]:
        """Yield what the file holds; a defect of ours ends that file, not the run."""
        try:
            yield from read_pages(file, self._settings.limits, ignored=opened.ignored)
        except Exception as error:  # noqa: BLE001 (told in full: its traceback is kept, the run ends with exit code 1)
            entry, told = defect(file.path, error)
            self._index.put_page(file.path, "", entry)
            self._counts.tracebacks.append(told)

    def _of_page(self, file: str, page: RawPage, opened: _OpenFile) -> Iterator[Job]:
        key = page_key(page, self._fingerprint)
        known = self._index.page(file, page.path)
        if known and known.key == key and known.settled and same_assets(page, known):
            self._index.keep_page(known.number)
            opened.self_contained &= is_self_contained(page, known.assets)
            self._progress.advance()
            return
        opened.out += 1
        yield Job(file, key, page)

    def _put_reject(self, file: str, reject: Reject) -> None:
        self._progress.advance()
        key = reject_key(reject, self._fingerprint)
        known = self._index.page(file, reject.path)
        if known and known.key == key:
            self._index.keep_page(known.number)
        else:
            self._index.put_page(file, key, rejected(reject))
            self._counts.parsed += 1

    def _close_if_done(self, file: str) -> None:
        opened = self._open[file]
        if opened.out or not opened.read:
            return
        del self._open[file]
        settled = self._index.settle(file) and opened.self_contained
        self._index.put_file(file, KnownFile(opened.signature, self._fingerprint, settled, opened.ignored))


def file_signature(file: RawFile) -> str:
    """Return what is equal as long as what is read of a file is: its signature, and what of it is asked for."""
    now = signature(file.location)
    return f"{now} {file.selection}" if now and file.selection else now


def is_settled(known: KnownFile | None, now: str, fingerprint: str) -> bool:
    """Say whether a file with the signature `now` need not even be read."""
    return bool(known and now and known.settled and (known.signature, known.fingerprint) == (now, fingerprint))


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
