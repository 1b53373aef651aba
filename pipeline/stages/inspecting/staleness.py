"""What is stale: what the next run would parse, write and delete. Nothing is parsed and nothing is written for it."""

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.config import Settings, SurroundingsError
from pipeline.pages import RawFile, RawFolderError, discover
from pipeline.records import Reject
from pipeline.stages.build import edition_source
from pipeline.stages.exporting import export_digest, failed_before, load_exporters
from pipeline.stages.fingerprint import parsing_fingerprint
from pipeline.stages.parsing import (
    NOT_PARSED,
    Outcome,
    Part,
    ProcessPool,
    file_signature,
    is_settled,
    reject_key,
    rejected,
)
from pipeline.stages.resolving import STAGE, Resolved, failing_names, refusal_of_lock, resolved_before, resolving_digest
from pipeline.stages.writing import unchanged
from pipeline.store import ArtifactIndex, FindingIndex, PageIndex, State, StateDamagedError, StateFolder

__all__ = ["ArtifactStatus", "Status", "status"]

# "may-change": what it is made from changed, or will with the pages; "changed": it is not what we wrote.
ArtifactStatus = Literal["current", "may-change", "changed", "missing"]


@dataclass(slots=True)
class Status:
    """Pages by what the next run would do with them, and artifacts by what they are on disk."""

    pages: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)  # records of the last build
    new: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    artifacts: dict[str, ArtifactStatus] = field(default_factory=dict)
    not_made: list[str] = field(default_factory=list)  # exporters that have not been run yet
    reject_codes: Mapping[str, int] = field(default_factory=dict)  # of the last build
    refused: str = ""  # what the next run would end with: the lock lost lines

    @property
    def pages_changed(self) -> bool:
        """Say whether a page is new, changed or gone."""
        return bool(self.new or self.stale or self.gone)

    @property
    def current(self) -> bool:
        """Say whether the next run would change nothing."""
        settled = all(one == "current" for one in self.artifacts.values())
        return bool(self.artifacts) and settled and not (self.pages_changed or self.not_made or self.refused)


def status(settings: Settings) -> Status:
    """Return what is stale. Raises SurroundingsError if a raw folder is missing, UserError for a damaged lock."""
    try:
        if state := StateFolder(settings.build).look():
            with state:
                return _since(settings, state)
    except StateDamagedError:
        pass  # the next run makes it anew, and everything with it
    found = Status(not_made=sorted(load_exporters()))
    _compare_pages(settings, None, found)
    return found


def _since(settings: Settings, state: State) -> Status:
    found = Status()
    index = PageIndex(state)
    _compare_pages(settings, index, found)
    _compare_artifacts(settings, state, index, found)
    return found


def _files(settings: Settings) -> Iterator[RawFile | Reject]:
    try:
        yield from discover(settings.raw, settings.url)
    except RawFolderError as error:
        raise SurroundingsError(str(error), hint=error.hint) from error


def _compare_pages(settings: Settings, index: PageIndex | None, found: Status) -> None:
    comparison = _Comparison(settings, index, found)
    with contextlib.closing(ProcessPool(settings, NOT_PARSED)) as pool:
        files = comparison.files_to_read()
        for part, event in pool.run(lambda: next(files, None)):
            if isinstance(event, Outcome):
                comparison.page(part.file.path, event)
    comparison.end()


class _Comparison:
    """Pages as they are, read by watched workers, beside what is known of them."""

    def __init__(self, settings: Settings, index: PageIndex | None, found: Status) -> None:
        self._settings = settings
        self._index = index
        self._found = found
        self._there: set[str] = set()  # files
        self._now: dict[str, set[str]] = {}  # the pages of those that were read

    def files_to_read(self) -> Iterator[Part]:
        fingerprint = parsing_fingerprint(self._settings)
        for file in _files(self._settings):
            self._there.add(file.path)
            known = self._index.file(file.path) if self._index else None
            if isinstance(file, Reject):
                if self._index:  # of a folder, perhaps: what is below it is not known to be gone
                    self._there.update(self._index.known_files(f"{file.path}/"))
                self.page(file.path, Outcome(0, file.path, reject_key(file, fingerprint), rejected(file)))
            elif self._index and is_settled(known, file_signature(file), fingerprint):
                self._found.pages += len(self._index.pages_of(file.path))
            else:
                self._now[file.path] = set()
                yield Part(file, known=self._index.pages(file.path, -1) if self._index else {})

    def page(self, file: str, now: Outcome) -> None:
        self._found.pages += 1
        self._now.setdefault(file, set()).add(now.path)
        known = self._index.page(file, now.path) if self._index else None
        if known is None:
            self._found.new.append(now.path)
        elif now.parsed or (now.entry and known.key != now.key):
            self._found.stale.append(now.path)

    def end(self) -> None:
        found, index = self._found, self._index
        if index:
            for file, pages in self._now.items():
                found.gone += [path for path in index.pages_of(file) if path not in pages]
            found.gone += [p for file in index.known_files() if file not in self._there for p in index.pages_of(file)]
        for paths in (found.new, found.stale, found.gone):
            paths.sort()


def _compare_artifacts(settings: Settings, state: State, index: PageIndex, found: Status) -> None:
    courses = resolved_before(state)
    exporters = load_exporters()
    if courses is None:
        found.not_made = sorted(exporters)
        return
    resolved = Resolved(courses, {})
    found.kinds = resolved.kinds
    found.reject_codes = FindingIndex(state).reject_counts()
    source = edition_source(settings, resolved, state)
    if error := refusal_of_lock(settings):
        found.refused = str(error)
    current = {
        name for name, one in exporters.items() if state.meta(f"exported {name}") == export_digest(source.digest(), one)
    }
    failed = {one.path for name in exporters for one in failed_before(state, name)}
    resolving = resolving_digest(index, failing_names(settings))
    made = set()
    for known in ArtifactIndex(state).all():
        made.add(known.exporter)
        unresolved = known.exporter == STAGE and known.digest != resolving
        fresh = (
            not unresolved
            and known.path not in failed
            and (known.exporter in current or known.exporter not in exporters)
        )
        if not (settings.build / known.path).exists():
            found.artifacts[known.path] = "missing"
        elif not unchanged(settings.build, known):
            found.artifacts[known.path] = "changed"
        else:
            found.artifacts[known.path] = "current" if fresh and not found.pages_changed else "may-change"
    # Without records, or with all its parts switched off, an exporter has run and made nothing.
    found.not_made = sorted(set(exporters) - made - current)
