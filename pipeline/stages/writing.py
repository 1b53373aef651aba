"""Artifacts on disk: written beside the target and renamed, kept if they are what they should be, deleted when gone."""

import contextlib
import errno
import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Final, Literal

from pipeline.config import SurroundingsError
from pipeline.identity import put_in_place
from pipeline.stages.deleting import delete_below, leads_out
from pipeline.store import ArtifactIndex, State, StateFolder, WrittenArtifact, signature

__all__ = ["ArtifactWriter", "Fate", "sha256_of", "unchanged"]

Fate = Literal["written", "kept"]
_PART: Final = ".guidepress-part"
_FULL: Final = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class ArtifactWriter:
    """Writes the files of one build folder. A run killed at any moment leaves the old file or the new one.

    `refused` are paths that were listed as ours and are not deleted: `pipeline.stages.deleting` says why.
    """

    def __init__(self, folder: StateFolder, state: State) -> None:
        self.build = folder.build
        self.index = ArtifactIndex(state)
        self._folder = folder
        self._state = state
        self._listed = folder.written()
        self.refused = self._refuse()

    def _refuse(self) -> list[str]:
        """Forget what is listed and can be no file of ours; return it."""
        known = {artifact.path for artifact in self.index.all()}
        refused = sorted(path for path in self._listed | known if leads_out(path))
        with self._state.transaction():
            for path in refused:
                self.index.forget(path)
        if not self._listed.isdisjoint(refused):
            self._listed.difference_update(refused)
            self._folder.set_written(self._listed)
        return refused

    def is_current(self, path: str, digest: str) -> bool:
        """Say whether the file at `path` was made from what has this digest, and is still what we wrote."""
        known = self.index.get(path)
        return known is not None and known.digest == digest and self.is_ours(known)

    def is_ours(self, known: WrittenArtifact) -> bool:
        """Say whether the file on disk holds the bytes that we wrote: by its stat, else by its SHA-256."""
        now = unchanged(self.build, known)
        if now and now != known.signature:
            # Copied or touched, not changed: the next run need not read it again.
            with self._state.transaction():
                self.index.put(replace(known, signature=now))
        return bool(now)

    def write(self, path: str, exporter: str, digest: str, make: Callable[[Path], None]) -> Fate:
        """Let `make` write the artifact, and put it in its place. If the bytes are those on disk, that file stays.

        Raises what `make` raises, and SurroundingsError if the disk is full or closed; the old file is then as it was.
        """
        target = self.build / path
        part = target.with_name(f".{target.name}{_PART}")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            make(part)
            sha256, size = sha256_of(part), part.stat().st_size
            known = self.index.get(path)
            same = known is not None and (known.sha256, known.size) == (sha256, size) and self.is_ours(known)
            if not same:
                if path not in self._listed:
                    self._folder.will_write(path)
                    self._listed.add(path)
                put_in_place(part, target)
        except OSError as error:
            if error.errno is None:  # not from the system: a library that does not load, say
                raise
            raise _surroundings(error, str(target)) from error
        finally:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
        with self._state.transaction():
            self.index.put(WrittenArtifact(path, exporter, digest, sha256, size, signature(target)))
        return "kept" if same else "written"

    def delete_others(self, exporters: Iterable[str], produced: set[str]) -> list[str]:
        """Delete the files of these exporters that we wrote once and that are produced no more; return their paths."""
        chosen = set(exporters)
        gone = [known.path for known in self.index.all() if known.exporter in chosen and known.path not in produced]
        # Listed, but not in the state: the state was discarded since.
        known_paths = {known.path for known in self.index.all()}
        gone += [path for path in self._listed - known_paths - produced if PurePosixPath(path).parts[0] in chosen]
        deleted = [path for path in sorted(gone) if self._delete(path)]
        if gone:
            self._folder.set_written(self._listed)
        return deleted

    def _delete(self, path: str) -> bool:
        """Delete one file of ours, and the folders that it leaves empty; say whether it is gone."""
        try:
            refused = delete_below(self.build, path) == "refused"
        except OSError as error:
            raise _surroundings(error, str(self.build / path)) from error
        if refused:
            self.refused.append(path)
        self._listed.discard(path)
        with self._state.transaction():
            self.index.forget(path)
        return not refused

    def delete_parts(self) -> None:
        """Delete what killed runs left half-written."""
        for folder, folders, names in os.walk(self.build):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in names:
                if name.startswith(".") and name.endswith(_PART):
                    with contextlib.suppress(OSError):
                        (Path(folder) / name).unlink()


def unchanged(build: Path, known: WrittenArtifact) -> str:
    """Return the file's signature of now if it holds the bytes that were written, else ""."""
    target = build / known.path
    now = signature(target)
    if not now or now == known.signature:
        return now
    same = target.stat().st_size == known.size and sha256_of(target) == known.sha256
    return now if same else ""


def sha256_of(path: Path) -> str:
    """Return the SHA-256 (hex) of a file's bytes."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _surroundings(error: OSError, where: str) -> SurroundingsError:
    if error.errno in _FULL:
        message, hint = f"no room to write it: {error.strerror}", "make room, then run again: nothing is lost"
    else:
        message, hint = f"cannot be written: {error.strerror}", "choose another folder with --build"
    return SurroundingsError(message, where=where, hint=hint)
