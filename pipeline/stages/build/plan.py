"""The steps in order: parse, resolve, identities, export, verify. One object is one run on one build folder."""

import contextlib
import itertools
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.config import Settings, SurroundingsError, UserError
from pipeline.exporters import Exporter
from pipeline.processes import scratch_folder
from pipeline.records import LEVELS, Finding
from pipeline.stages.comparing import what_would_change
from pipeline.stages.resolving import EditionSource, course_editions
from pipeline.stages.parsing import Executor
from pipeline.stages.deleting import refusal
from pipeline.stages.build.unused import unused_rules
from pipeline.stages.build.usable import refuse_unusable
from pipeline.stages.exporting import Failure, export, load_exporters
from pipeline.stages.resolving import identify
from pipeline.stages.parsing import unpack
from pipeline.stages.parsing import parse
from pipeline.stages.progress import Progress, Silent
from pipeline.stages.resolving import (
    RECORDS,
    CourseSum,
    Resolved,
    failing_names,
    refuse_lock_of_others,
    resolve,
    resolved_before,
)
from pipeline.stages.build.place import Workplace, workplace
from pipeline.stages.build.result import FindingGroup, RunResult, Unclaimed
from pipeline.stages.exporting import verify
from pipeline.stages.writing import ArtifactWriter
from pipeline.store import ChunkStore, FindingCount, FindingIndex, PageIndex, State, StateDamagedError, StateFolder

__all__ = ["Plan", "edition_source", "run"]

# As many rejects, findings and pieces of text as a person may still look through; their files hold them all.
_SHOWN: Final = 1000
_SHOWN_OF_EACH: Final = 100  # findings of one code


@dataclass(frozen=True, slots=True)
class Plan:
    """How far to go. Each step brings up to date what it needs."""

    parse: bool = True
    export: tuple[str, ...] | None = None  # exporters by name; () is none, None is all
    verify: bool = True
    adopt_lock: bool = False  # go on, though the lock belongs to other records
    again: bool = False  # read every artifact back, also those that are known to be right


def run(
    settings: Settings, plan: Plan | None = None, progress: Progress | None = None, executor: Executor | None = None
) -> RunResult:
    """Run the steps of `plan` (without one: all of them) and return what they did.

    >>> _ = Path("raw/diffusion.html").write_text("<h1>diffusion</h1><h2>Definition</h2>")
    >>> result = pipeline.run(settings, pipeline.Plan(export=()))
    >>> result.kinds, result.exit_code
    ({'key_term': 1}, 3)
    >>> [(reject.path, reject.code) for reject in result.rejects]
    [('diffusion.html', 'no-layout')]

    Worker processes parse the pages, so a script calls this below `if __name__ == "__main__":`; `progress` is told how
    far they are. Raises UserError for what the user can put right: then nothing is half-written, and the exit code is
    the error's. A state file that turns out to be damaged is discarded, and the run begins again: it is only a cache.
    """
    refuse_unusable(settings)
    folder = StateFolder(settings.build)
    folder.create()
    shown = progress or Silent()
    chosen = plan or Plan()
    with folder.alone():
        try:
            return _once(settings, chosen, shown, executor, folder)
        except StateDamagedError as error:
            shown.note(f"the state in {folder.path} is damaged ({error}): it is discarded, and all is made anew")
            folder.discard()
            return _once(settings, chosen, shown, executor, folder)


def _once(
    settings: Settings, plan: Plan, progress: Progress, executor: Executor | None, folder: StateFolder
) -> RunResult:
    with (
        folder.opened() as state,
        scratch_folder(folder.path) as scratch,
        workplace(settings, progress, scratch) as place,
    ):
        try:
            build = _Build(settings, plan, progress, folder, state, place)
            build.run(executor or place.executor)
        except (UserError, StateDamagedError):
            raise
        except Exception as error:
            if state.whole:
                raise
            # An earlier run was killed, and nothing says that this state is as it left it: if it is not the state's
            # fault, the second run, without it, ends in the same way.
            raise StateDamagedError(f"{type(error).__name__}: {error}") from error
        if not state.whole and any(failure.exit_code == 1 for failure in build.result.failures):
            raise StateDamagedError(build.result.failures[0].message)
        return build.result


def edition_source(
    settings: Settings,
    resolved: Resolved,
    index: PageIndex,
    records: Path | None = None,
    place: Workplace | None = None,
) -> EditionSource:
    """Return what makes the edition of the records as they were resolved, in the build folder or in the file given."""
    courses = course_editions(records or settings.build / RECORDS, resolved.courses)
    scratch, elsewhere = (place.scratch, place.elsewhere) if place else (None, None)
    chunks = ChunkStore(StateFolder(settings.build).chunks)
    return EditionSource(settings, courses, resolved.digest, index.media, chunks, scratch=scratch, elsewhere=elsewhere)


class _Build:
    def __init__(
        self, settings: Settings, plan: Plan, progress: Progress, folder: StateFolder, state: State, place: Workplace
    ) -> None:
        self._settings = settings
        self._plan = plan
        self._progress = progress
        self._state = state
        self._folder = folder
        self._place = place
        self._writer = ArtifactWriter(folder, state)
        self._index = PageIndex(state)
        self._failing = failing_names(settings)
        self._unread: Sequence[str] = ()
        self.result = RunResult()

    def run(self, executor: Executor) -> None:
        self._writer.delete_parts()
        # Loaded first: a mistyped name of an exporter need not wait for the parser.
        exporters = {} if self._plan.export == () else load_exporters(self._plan.export)
        resolved = self._up_to_records(executor) if self._plan.parse else self._resolved_before()
        self._describe(resolved)
        source = edition_source(self._settings, resolved, self._index, place=self._place)
        with contextlib.closing(source.chunks):
            self._from_records(exporters, source)
        self._keep_tracebacks()
        if self._writer.refused:
            self._progress.note(refusal(self._settings.build, self._writer.refused))

    def _from_records(self, exporters: Mapping[str, Exporter], source: EditionSource) -> None:
        with self._timed("identities"):
            allowed = not exporters or self._identities(source)
        if exporters and allowed:
            with self._timed("export"):
                self._export(exporters, source)
        if self._plan.verify and allowed:
            with self._timed("verify"):
                self._verify(source)

    @contextlib.contextmanager
    def _timed(self, stage: str) -> Iterator[None]:
        began = time.perf_counter()
        try:
            yield
        finally:
            self.result.seconds[stage] = round(time.perf_counter() - began, 3)

    def _up_to_records(self, executor: Executor) -> Resolved:
        with self._timed("parse"):
            counts = parse(self._settings, self._index, executor, self._progress)
        self.result.parsed = counts.parsed
        self.result.gone = counts.gone
        self.result.ignored = dict(sorted(counts.ignored.items()))
        self.result.tracebacks += counts.tracebacks
        self._unread = counts.unread
        with self._timed("resolve"):
            resolved = resolve(
                self._index, self._state, self._writer, self._progress, self._failing, approve=self._approve
            )
        self.result.fates.update(resolved.fates)
        return resolved

    def _approve(self, records: Path, courses: Sequence[CourseSum]) -> None:
        """Refuse records that have nothing to do with the lock, before they take the place of others."""
        if self._plan.export != () and not self._plan.adopt_lock:
            source = edition_source(self._settings, Resolved(tuple(courses), {}), self._index, records)
            refuse_lock_of_others(source, {key.id for key in self._index.record_keys()})

    def _resolved_before(self) -> Resolved:
        courses = resolved_before(self._state)
        if courses is None:
            hint = "run `guidepress all` first"
            raise SurroundingsError("there is nothing to read back", where=str(self._settings.build), hint=hint)
        return Resolved(courses, {})

    def _describe(self, resolved: Resolved) -> None:
        result, index = self.result, self._index
        result.pages, result.visible, result.unclaimed_characters, result.unclaimed_pages = index.totals()
        result.courses, result.kinds = resolved.courses, resolved.kinds
        result.unused = tuple(unused_rules(self._settings, index.page_paths()))
        told = FindingIndex(self._state)
        result.reject_codes = told.reject_counts()
        result.rejects = tuple(itertools.islice(told.rejects(), _SHOWN))
        result.causes = told.rejects_by_cause(_SHOWN_OF_EACH)
        groups = map(_group, told.finding_counts(_SHOWN_OF_EACH))
        result.findings = sorted(groups, key=lambda group: (-LEVELS.index(group.level), group.code))
        result.unclaimed = tuple(itertools.islice(self._unclaimed(), _SHOWN))

    def _unclaimed(self) -> Iterator[Unclaimed]:
        for path, ledger in self._index.ledgers(unclaimed_only=True):
            for piece in json.loads(unpack(ledger)).get("unclaimed", ()):
                yield Unclaimed(path, piece["line"], piece["text"])

    def _identities(self, source: EditionSource) -> bool:
        """Bring the lock up to date; say whether the run may go on (with `frozen` it ends if the lock would change)."""
        adopt = self._plan.adopt_lock
        self.result.identity, allowed = identify(source, self._settings, self._state, self._progress.note, adopt=adopt)
        if not allowed:
            self.result.would_change = what_would_change(source, self._settings.build)
        return allowed

    def _export(self, exporters: Mapping[str, Exporter], source: EditionSource) -> None:
        keep = bool(self._unread)
        counts = export(exporters, source, self._writer, self._state, self._progress, keep=keep)
        self.result.fates.update(counts.fates)
        self.result.deleted = counts.deleted
        if source.chunks.damage:
            drawn = f"parts of artifacts that are kept in {self._folder.chunks} were damaged ({source.chunks.damage})"
            self._progress.note(f"{drawn}: they are made anew")
        self._fail(counts.failures)

    def _verify(self, source: EditionSource) -> None:
        skip = {failure.path for failure in self.result.failures} | self._not_of_this_run()
        counts = verify(
            source,
            self._writer,
            self._state,
            self._progress,
            skip=skip,
            current=self.result.fates.keys(),
            again=self._plan.again,
        )
        self.result.verified = counts.read + counts.known
        self.result.differences = counts.differences
        self._fail(counts.failures)

    def _not_of_this_run(self) -> set[str]:
        """Return the artifacts that are none of this edition: of other exporters than those named, or kept for now."""
        names, fates = self._plan.export, self.result.fates
        others = [known for known in self._writer.index.all() if known.path not in fates]
        return {known.path for known in others if self._unread or (names and known.exporter not in names)}

    def _fail(self, failures: Sequence[Failure]) -> None:
        self.result.failures += failures
        self.result.tracebacks += [failure.traceback for failure in failures if failure.traceback]

    def _keep_tracebacks(self) -> None:
        if self.result.tracebacks:
            self._folder.traceback.write_text("\n".join(self.result.tracebacks), encoding="utf-8")
        else:
            self._folder.traceback.unlink(missing_ok=True)


def _group(counted: FindingCount) -> FindingGroup:
    examples = tuple(Finding.model_validate_json(body) for body in counted.examples)
    return FindingGroup(examples[0].level, examples[0].code, counted.count, counted.pages, examples)
