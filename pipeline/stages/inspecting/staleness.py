"""What is stale: what the next run would parse, write and delete. Nothing is parsed and nothing is written for it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from pipeline.config import Settings, SurroundingsError
from pipeline.pages import RawFile, RawFolderError, RawPage, discover, read_pages
from pipeline.records import Reject
from pipeline.stages.build import edition_source
from pipeline.stages.exporting import export_digest, failed_before, load_exporters
from pipeline.stages.fingerprint import parsing_fingerprint
from pipeline.stages.parsing import file_signature, is_settled, page_key, reject_key, same_assets
from pipeline.stages.resolving import STAGE, Resolved, failing_names, resolved_before, resolving_digest
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

    @property
    def pages_changed(self) -> bool:
        """Say whether a page is new, changed or gone."""
        return bool(self.new or self.stale or self.gone)

    @property
    def current(self) -> bool:
        """Say whether the next run would change nothing."""
        settled = all(one == "current" for one in self.artifacts.values())
        return bool(self.artifacts) and settled and not self.pages_changed and not self.not_made


def status(settings: Settings) -> Status:
    """Return what is stale. Raises SurroundingsError if a raw folder is missing, UserError for a damaged lock."""
    try:
        if state := StateFolder(settings.build).look():
            with state:
                return _since(settings, state)
    except StateDamagedError:
        pass  # the next run makes it anew, and everything with it
    found = Status(not_made=sorted(load_exporters()))
    for _, page in _raw(settings):
        found.pages += 1
        found.new.append(page.path)
    return found


def _since(settings: Settings, state: State) -> Status:
    found = Status()
    index = PageIndex(state)
    _compare_pages(settings, index, found)
    _compare_artifacts(settings, state, index, found)
    return found


def _raw(settings: Settings) -> Iterator[tuple[RawFile | Reject, RawPage | Reject]]:
    for file in _files(settings):
        if isinstance(file, Reject):
            yield file, file
        else:
            for page in read_pages(file, settings.limits):
                yield file, page


def _files(settings: Settings) -> Iterator[RawFile | Reject]:
    try:
        yield from discover(settings.raw, settings.url)
    except RawFolderError as error:
        raise SurroundingsError(str(error), hint=error.hint) from error


def _compare_pages(settings: Settings, index: PageIndex, found: Status) -> None:
    fingerprint = parsing_fingerprint(settings)
    there = set()
    for file in _files(settings):
        there.add(file.path)
        if isinstance(file, Reject):  # of a folder, perhaps: what is below it is not known to be gone
            there.update(index.known_files(f"{file.path}/"))
        pages_before = index.pages_of(file.path)
        if isinstance(file, RawFile) and is_settled(index.file(file.path), file_signature(file), fingerprint):
            found.pages += len(pages_before)
            continue
        pages_now = set()
        for page in [file] if isinstance(file, Reject) else read_pages(file, settings.limits):
            pages_now.add(page.path)
            _compare_page(page, file.path, fingerprint, index, found)
        found.gone += [path for path in pages_before if path not in pages_now]
    found.gone += [path for file in index.known_files() if file not in there for path in index.pages_of(file)]


def _compare_page(page: RawPage | Reject, file: str, fingerprint: str, index: PageIndex, found: Status) -> None:
    found.pages += 1
    known = index.page(file, page.path)
    if known is None:
        found.new.append(page.path)
    elif isinstance(page, Reject):
        if known.key != reject_key(page, fingerprint):
            found.stale.append(page.path)
    elif known.key != page_key(page, fingerprint) or not known.settled or not same_assets(page, known):
        found.stale.append(page.path)


def _compare_artifacts(settings: Settings, state: State, index: PageIndex, found: Status) -> None:
    courses = resolved_before(state)
    exporters = load_exporters()
    if courses is None:
        found.not_made = sorted(exporters)
        return
    resolved = Resolved(courses, {})
    found.kinds = resolved.kinds
    found.reject_codes = FindingIndex(state).reject_counts()
    source = edition_source(settings, resolved, index)
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
