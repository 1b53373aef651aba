"""The stage `verify`: every artifact is what was written, and says what the records say."""

import traceback
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from pipeline.config import UserError
from pipeline.stages.exporting.stage import Failure
from pipeline.stages.fingerprint import code_fingerprint, digest_of
from pipeline.stages.progress import Progress
from pipeline.stages.resolving import RECORDS, EditionSource
from pipeline.stages.writing import ArtifactWriter
from pipeline.store import State, StateDamagedError, WrittenArtifact
from pipeline.verify import Difference, verify_artifact

__all__ = ["VerifyCounts", "verify"]

_MODULES = ("pipeline.records", "pipeline.notes", "pipeline.exporters", "pipeline.verify")
_HINT = "run `guidepress all` to write it again"
_DEFECT = "it is as it was written: a defect of guidepress, report it"


@dataclass(slots=True)
class VerifyCounts:
    """How many artifacts were read back, how many were known to be right, and what differs."""

    read: int = 0
    known: int = 0
    differences: list[Difference] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def verify(
    source: EditionSource,
    writer: ArtifactWriter,
    state: State,
    progress: Progress,
    *,
    skip: Collection[str] = (),
    current: Collection[str] = (),
    again: bool = False,
) -> VerifyCounts:
    """Read artifacts back and compare them with the edition.

    Bytes that were found right against the same records, lock and settings are not read again, unless `again` is
    set. `skip` names artifacts, or exporters, whose failure was reported already, `current` artifacts that this run has
    brought up to date: to write one of these again would give the same bytes.
    """
    artifacts = [known for known in writer.index.all() if known.path not in skip and known.exporter not in skip]
    progress.start("verify", len(artifacts))
    run = _Verification(source, writer, state, current)
    # First, for all others are compared with what it says.
    artifacts.sort(key=lambda known: known.path != RECORDS)
    for known in artifacts:
        run.one(known, again=again)
        progress.advance()
    return run.counts


class _Verification:
    def __init__(self, source: EditionSource, writer: ArtifactWriter, state: State, current: Collection[str]) -> None:
        self._source = source
        self._current = current
        self._against = digest_of([source.digest(), code_fingerprint(_MODULES)])
        self._writer = writer
        self._state = state
        self._records_are_whole = True
        self.counts = VerifyCounts()

    def one(self, known: WrittenArtifact, *, again: bool) -> None:
        """Compare one artifact, unless its bytes are known to be right."""
        path = self._writer.build / known.path
        if not path.is_file():
            self._records_are_whole &= known.path != RECORDS
            self.counts.differences.append(Difference(known.path, "the file is missing", hint=_HINT))
            return
        ours = self._writer.is_ours(known)
        self._records_are_whole &= ours or known.path != RECORDS
        if ours and not again and self._writer.index.verified(known.path) == (known.sha256, self._against):
            self.counts.known += 1
            return
        self.counts.read += 1
        found = [] if ours else [Difference(known.path, "the file was changed after it was written", hint=_HINT)]
        if not self._records_are_whole:  # nothing is left to compare with
            self.counts.differences += found
            return
        try:
            differences = verify_artifact(known.exporter, path, known.path, self._source.edition)
            is_defect = ours and known.path in self._current
            found += (replace(difference, hint=_DEFECT) if is_defect else difference for difference in differences)
        except (UserError, StateDamagedError):
            raise
        except Exception as error:  # noqa: BLE001 (told in full: its traceback is kept, the exit code is 1)
            told = f"{known.path}\n{''.join(traceback.format_exception(error))}"
            message = f"a defect of guidepress while reading it back: {type(error).__name__}: {error}"
            self.counts.failures.append(Failure(known.path, message, "report it", 1, told))
            return
        self.counts.differences += found
        with self._state.transaction():
            if not found:
                self._writer.index.set_verified(known.path, known.sha256, self._against)
            elif ours:  # what it was made from may be damaged: the next run makes it again, and from nothing kept
                self._source.chunks.drop(known.path)
                self._writer.index.put(replace(known, digest=""))
                self._state.set_meta(f"exported {known.exporter}", "")
