"""A small source before and after an edit, built undisturbed: what killed builds are compared with."""

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from command_runs import artifact_sums, command
from guide_pages import guide_page
from pipeline.identity import parse_lock
from pipeline.verify.apkg import package_guids
from stand_ins import FORMULA
from term_pages import term_page

__all__ = ["KINDS", "World"]

KINDS: Final = ("first build", "edit", "no-op")
_REPORT: Final = "report.json"


@dataclass(slots=True)
class World:
    """The folders of one choice of exporters: the source, and each state that a run begins with or ends with."""

    folder: Path
    only: str
    terms: int
    parts: tuple[str, ...]  # of PDFs
    seconds: dict[str, float] = field(default_factory=dict)  # how long each kind of run takes, undisturbed
    sums: dict[str, dict[str, str]] = field(default_factory=dict)  # the artifacts and the lock behind each

    @classmethod
    def made(cls, folder: Path, only: str, terms: int, parts: tuple[str, ...]) -> "World":
        """Return the world with everything built undisturbed, once from each state to the next."""
        world = cls(folder, only, terms, parts)
        (folder / "temporary").mkdir(parents=True)
        previous = ""
        for kind in KINDS:
            project = world.project(kind, "undisturbed", previous)
            began = time.monotonic()
            done = world.start(project)
            _, told = done.communicate()
            assert done.returncode == 0, told.decode()
            world.seconds[kind] = time.monotonic() - began
            world.sums[kind] = _sums(project)
            previous = kind
        assert world.sums["no-op"] == world.sums["edit"] != world.sums["first build"]
        return world

    def project(self, kind: str, name: str, previous: str) -> Path:
        """Return a project in which the next run is of that kind: what the run before it left, and the pages now."""
        project = self.folder / f"{kind} {name}"
        if previous:
            # With their times: a file that seems to be another is read again, which is not what happens to users.
            shutil.copytree(self.folder / f"{previous} undisturbed", project)
        else:
            project.mkdir()
            (project / "guidepress.toml").write_text(f"[pdf]\nparts = {list(self.parts)}\n", encoding="utf-8")
        self._write_pages(project / "raw", edited=kind != "first build")
        return project

    def _write_pages(self, raw: Path, *, edited: bool) -> None:
        pages = {}
        for number in range(self.terms):
            if edited and number == 1:
                continue  # deleted
            course = ("Kitchen Science", "Harbour Studies")[number % 2]
            meaning = f"{{term}} is what page {number} explains {FORMULA if number == 2 else ''} in one sentence"
            meaning += " that was edited." if edited and number == 0 else "."
            pages[f"term{number}.txt"] = term_page(f"Term{number}", course, meaning)
        words = {"Term0": "What comes first.", "Tide": "What comes and goes." if edited else "What comes and leaves."}
        pages["guide.txt"] = guide_page("Rise and Fall", words, course="Kitchen Science")
        raw.mkdir(exist_ok=True)
        for path in raw.iterdir():
            if path.name not in pages:
                path.unlink()
        for name, text in pages.items():
            if not (raw / name).exists() or (raw / name).read_text(encoding="utf-8") != text:
                (raw / name).write_text(text, encoding="utf-8")

    def start(self, project: Path) -> subprocess.Popen[bytes]:
        """Start a run there, in a process group of its own."""
        return subprocess.Popen(
            [*command(), "all", "--only", self.only, "--jobs", "2", "--quiet"],
            cwd=project,
            env={**os.environ, "SOURCE_DATE_EPOCH": "1750000000", "TMPDIR": str(self.folder / "temporary")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def wrong_in_the_middle(self, project: Path, kind: str) -> list[str]:
        """Return what is wrong just after a kill: half a file, or a deck with a note that the lock does not know."""
        build, lock = project / "build", project / "cards.lock"
        whole: dict[str, set[str]] = {}
        for sums in (self.sums["first build"], self.sums[kind]) if kind != "first build" else (self.sums[kind],):
            for path, digest in sums.items():
                whole.setdefault(path, set()).add(digest)
        found = {path: digest for path, digest in _sums(project).items() if not _is_part(path)}
        wrong = [f"half-written: {path}" for path, digest in found.items() if digest not in whole.get(path, ())]
        known = {line.guid for line in parse_lock(lock.read_bytes(), lock.name).lines} if lock.exists() else set()
        for deck in sorted(build.glob("anki/*.apkg")):
            if unknown := package_guids(deck) - known:
                wrong.append(f"{deck.name}: {len(unknown)} notes that the lock does not know")
        if (build / _REPORT).exists():
            json.loads((build / _REPORT).read_bytes())
        return wrong

    def wrong_afterwards(self, project: Path, kind: str, run: subprocess.Popen[bytes]) -> list[str]:
        """Return what is wrong when the run after the kill has ended."""
        _, told = run.communicate()
        wrong = [f"exit code {run.returncode}: {told.decode()}"] if run.returncode else []
        now, right = _sums(project), self.sums[kind]
        wrong += [f"other bytes: {path}" for path in sorted(now.keys() | right) if now.get(path) != right.get(path)]
        state = project / "build" / ".state"
        left = [*(self.folder / "temporary").iterdir(), *(path for path in state.iterdir() if path.is_dir())]
        wrong += [f"left behind: {path}" for path in left]
        wrong += [f"left behind: {path}" for path in project.rglob(".*") if path.name != ".state"]
        return wrong


def _sums(project: Path) -> dict[str, str]:
    found = {f"build/{path}": digest for path, digest in artifact_sums(project / "build").items()}
    return found | {path: digest for path, digest in artifact_sums(project).items() if path == "cards.lock"}


def _is_part(path: str) -> bool:
    return path.rpartition("/")[2].startswith(".")
