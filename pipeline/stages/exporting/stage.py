"""The stage `export`: every exporter's artifacts, each written again only if what it is made of changed."""

import importlib.metadata
import json
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Final

from pipeline.config import ConfigError, UserError
from pipeline.exporters import Artifact, Exporter, ExportError, NotHereError
from pipeline.stages.fingerprint import code_fingerprint, digest_of
from pipeline.stages.progress import Progress
from pipeline.stages.resolving import EditionSource
from pipeline.stages.writing import ArtifactWriter, Fate
from pipeline.store import State, StateDamagedError

__all__ = ["ExportCounts", "Failure", "export", "export_digest", "failed_before", "load_exporters"]

_GROUP: Final = "guidepress.exporters"
# What every exporter reads besides its own package.
_SHARED: Final = ("pipeline.records", "pipeline.notes", "pipeline.identity", "pipeline.exporters.protocol")


@dataclass(frozen=True, slots=True)
class Failure:
    """An artifact, or all of an exporter's, that could not be made; `lasting`: nor could it be from the same again."""

    path: str
    message: str
    hint: str
    exit_code: int
    traceback: str | None = None
    lasting: bool = False


@dataclass(slots=True)
class ExportCounts:
    """What became of each artifact, and what was deleted."""

    fates: dict[str, Fate] = field(default_factory=dict)
    deleted: list[str] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def load_exporters(names: Sequence[str] | None = None) -> dict[str, Exporter]:
    """Return the exporters of these names, or all that are installed, by name.

    >>> pipeline.load_exporters(["json"])["json"].name
    'json'

    They are found by the entry points `guidepress.exporters`. Raises ConfigError for a name that is none.
    """
    points = {point.name: point for point in importlib.metadata.entry_points(group=_GROUP)}
    unknown = [name for name in names or () if name not in points]
    if unknown:
        known = ", ".join(sorted(points))
        raise ConfigError(f"no exporter is named `{unknown[0]}`", hint=f"there are: {known}")
    return {name: points[name].load()() for name in sorted(names or points)}


def export(
    exporters: Mapping[str, Exporter],
    source: EditionSource,
    writer: ArtifactWriter,
    state: State,
    progress: Progress,
    *,
    keep: bool = False,
) -> ExportCounts:
    """Write what is not current and delete what is no longer made; one artifact's failure leaves the others alone.

    With `keep` nothing is deleted: not all pages could be read, and what they gave is not known to be gone.

    Raises SurroundingsError if the build folder is full or closed.
    """
    run = _Export(source, writer, state, progress, keep=keep)
    for name, exporter in exporters.items():
        run.all_of(name, exporter)
    source.chunks.evict({known.path for known in writer.index.all()})
    return run.counts


def export_digest(source: str, exporter: Exporter) -> str:
    """Return a digest of all that an exporter makes its artifacts from; `source` is that of the edition."""
    return digest_of([source, _fingerprint(exporter)])


def failed_before(state: State, name: str) -> list[Failure]:
    """Return what an exporter could not make when it was last asked, and could not make from the same again."""
    return [Failure(**one) for one in json.loads(state.meta(f"failed {name}") or "[]")]


class _Export:
    def __init__(
        self, source: EditionSource, writer: ArtifactWriter, state: State, progress: Progress, *, keep: bool
    ) -> None:
        self._source = source
        self._writer = writer
        self._state = state
        self._progress = progress
        self._keep = keep
        self._source_digest = source.digest()
        self.counts = ExportCounts()

    def all_of(self, name: str, exporter: Exporter) -> None:
        """Make an exporter's artifacts, and delete what it made once and makes no more, if it could name them all."""
        fingerprint = _fingerprint(exporter)
        digest = export_digest(self._source_digest, exporter)
        if self._nothing_to_do(name, digest):
            return
        # Forgotten before the first file is written: a killed run must not look complete to a later one.
        self._remember(name, "", [])
        before = len(self.counts.failures)
        try:
            artifacts = list(exporter.artifacts(replace(self._source.edition, program=fingerprint)))
            self._progress.start(f"export {name}", len(artifacts))
            for artifact in artifacts:
                self._make(artifact, name, digest_of([artifact.digest, fingerprint]))
                self._progress.advance()
        except (UserError, StateDamagedError):
            raise
        except ExportError as error:
            self.counts.failures.append(Failure(name, str(error), error.hint, error.exit_code))
            return
        except Exception as error:  # noqa: BLE001 (told in full: its traceback is kept, the exit code is 1)
            self.counts.failures.append(_defect(name, error))
            return
        if self._keep:  # there is something left to do: to delete what is no longer made
            return
        produced = {*self.counts.fates, *(failure.path for failure in self.counts.failures)}
        self.counts.deleted += self._writer.delete_others([name], produced)
        failures = self.counts.failures[before:]
        if all(one.lasting for one in failures):
            self._remember(name, digest, failures)

    def _nothing_to_do(self, name: str, digest: str) -> bool:
        """Say whether all that the exporter reads is as it was, and all that it wrote is still there; count that.

        What could not be made then cannot be made now, and is told again.
        """
        if self._state.meta(f"exported {name}") != digest:
            return False
        failures = failed_before(self._state, name)
        failed = {one.path for one in failures}
        known = [one for one in self._writer.index.all() if one.exporter == name and one.path not in failed]
        if not all(self._writer.is_ours(one) for one in known):
            return False
        self.counts.fates.update({one.path: "kept" for one in known})
        self.counts.failures += failures
        return True

    def _remember(self, name: str, digest: str, failures: Sequence[Failure]) -> None:
        with self._state.transaction():
            self._state.set_meta(f"exported {name}", digest)
            self._state.set_meta(f"failed {name}", json.dumps([asdict(one) for one in failures]))

    def _make(self, artifact: Artifact, name: str, digest: str) -> None:
        if self._writer.is_current(artifact.path, digest):
            self.counts.fates[artifact.path] = "kept"
            return
        failed = {failure.path: failure for failure in self.counts.failures}
        if cause := next((failed[part] for part in artifact.parts if part in failed), None):
            message = f"it is made from {cause.path}, which could not be made"
            self.counts.failures.append(Failure(artifact.path, message, cause.hint, cause.exit_code))
            return
        try:
            self.counts.fates[artifact.path] = self._writer.write(artifact.path, name, digest, artifact.write)
        except (UserError, NotHereError, StateDamagedError):
            raise
        except ExportError as error:
            told = Failure(artifact.path, str(error), error.hint, error.exit_code, lasting=error.lasting)
            self.counts.failures.append(told)
        except Exception as error:  # noqa: BLE001 (told in full: its traceback is kept, the exit code is 1)
            self.counts.failures.append(_defect(artifact.path, error))
        else:
            self._source.chunks.written(artifact.path)
            return
        self._source.chunks.kept()


def _defect(path: str, error: Exception) -> Failure:
    told = f"{path}\n{''.join(traceback.format_exception(error))}"
    return Failure(path, f"a defect of guidepress: {type(error).__name__}: {error}", "report it", 1, told)


def _fingerprint(exporter: Any) -> str:
    module = type(exporter).__module__
    # pipeline.exporters.anki.exporter -> pipeline.exporters.anki; another's package as a whole.
    parts = module.split(".")
    package = ".".join(parts[:3]) if parts[0] == "pipeline" else parts[0]
    return code_fingerprint((*_SHARED, package))
