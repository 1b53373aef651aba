"""A revision of the git repository that holds the lock: the lock, the settings and the pages as they were then."""

import contextlib
import os
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from pipeline.config import CONFIG_NAME, Settings, SurroundingsError, UserError, load_settings
from pipeline.identity import Lock, LockError, parse_lock
from pipeline.processes import scratch_folder

__all__ = ["Revision"]

# What git sets for its hooks: it names the repository at work, which need not be that of the lock.
_LOCAL: Final = frozenset(("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR"))


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit. Git is only read: nothing is checked out, and no ref or index of the repository changes."""

    name: str
    commit: str
    top: Path  # of the work tree
    place: Path  # of the lock, below it
    scratch: Path

    @classmethod
    @contextlib.contextmanager
    def open(cls, name: str, lock: Path) -> Iterator[Self]:
        """Give the revision `name` of the repository that `lock` is in.

        Raises SurroundingsError if there is no git, no repository, or no such revision.
        """
        folder = lock.absolute().parent
        top = _git(folder, "rev-parse", "--show-toplevel", otherwise="no git repository holds the lock").decode()
        hint = "fetch it first (`git fetch origin main`); in CI, check out with the whole history (fetch-depth: 0)"
        missing = f"git knows no revision `{name}`"
        asked = ("rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
        commit = _git(folder, *asked, otherwise=missing, hint=hint)
        root = Path(top.removesuffix("\n"))
        place = folder.resolve().relative_to(root.resolve()) / lock.name
        with scratch_folder() as scratch:
            yield cls(name, commit.decode().strip(), root, place, scratch)

    @property
    def short(self) -> str:
        """Return what a person calls the commit."""
        return self.commit[:9]

    def lock(self) -> Lock | None:
        """Return the lock as it was; None if there was none. Raises UserError if it is damaged."""
        place = self.place.as_posix()
        listing = ("ls-tree", "--name-only", "--full-tree", self.commit, "--", f":(literal){place}")
        if not _git(self.top, *listing, otherwise=f"{self.name} cannot be read"):
            return None
        data = _git(self.top, "show", f"{self.commit}:{place}", otherwise=f"{self.name}:{place} cannot be read")
        try:
            return parse_lock(data, f"{self.name}:{place}")
        except LockError as error:
            raise UserError(str(error), hint=error.hint) from error

    def settings(self, now: Settings) -> Settings | None:
        """Return the settings of then, with the pages of then unpacked; None if that revision has no pages to read.

        Where it has no settings file beside the lock, those of now stand for it.
        """
        config = self.place.with_name(CONFIG_NAME)
        then = now
        if self._unpack(config):
            try:
                then = load_settings(self.scratch / config)
            except UserError:
                then = now  # of a later or an earlier program: the pages may be read all the same
        else:
            (self.scratch / config.parent).mkdir(parents=True, exist_ok=True)
        lock = self.scratch / self.place
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.write_text((self.lock() or Lock()).dumps(), encoding="utf-8")
        inside = [self._inside(folder) for folder in then.raw]
        raw = [folder for folder in inside if folder is not None and self._unpack(folder)]
        if len(raw) != len(inside):
            return None
        return then.model_copy(update={"raw": tuple(self.scratch / folder for folder in raw), "lock": lock})

    def _inside(self, folder: Path) -> Path | None:
        for root in (self.scratch, self.top):
            with contextlib.suppress(ValueError):
                return folder.absolute().resolve().relative_to(root.resolve())
        return None

    def _unpack(self, path: Path) -> bool:
        """Write what the revision has at `path` into the scratch folder; say whether it has anything there.

        Git writes it by an index of our own, so that filters (line ends, large files) are at work as in a checkout.
        """
        aside = {"GIT_INDEX_FILE": str(self.scratch / ".index")}
        try:
            if not (self.scratch / ".index").exists():
                _git(self.top, "read-tree", self.commit, otherwise="no tree", environment=aside)
            listing = ("ls-files", "-z", "--", f":(top,literal){path.as_posix()}")
            names = _git(self.top, *listing, otherwise="not there", environment=aside)
            writing = ("checkout-index", "-z", "--stdin", f"--prefix={self.scratch.as_posix()}/")
            _git(self.top, *writing, otherwise="not written", environment=aside, given=names)
        except SurroundingsError:
            return False
        return bool(names)


def _git(
    folder: Path,
    *arguments: str,
    otherwise: str,
    hint: str = "",
    environment: Mapping[str, str] | None = None,
    given: bytes = b"",
) -> bytes:
    """Return what git prints. Raises SurroundingsError with `otherwise` if it fails."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            input=given,
            capture_output=True,
            check=False,
            env={**{name: value for name, value in os.environ.items() if name not in _LOCAL}, **(environment or {})},
        )
    except OSError as error:
        raise SurroundingsError(f"git cannot be run: {error.strerror}", hint="install git, or name a lock") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise SurroundingsError(otherwise, where=str(folder), detail=said[0] if said else "", hint=hint)
    return done.stdout
