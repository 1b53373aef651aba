"""Runs the command as a user does: its own folder, its exit code and what it says."""

import contextlib
import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.cli.app import execute

__all__ = ["artifact_sums", "command", "guidepress", "guidepress_process"]


def command() -> list[str]:
    return [str(Path(sys.executable).with_name("guidepress"))]


def guidepress(arguments: Sequence[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `guidepress ARGUMENTS` in `folder`, within this process: the imports are paid for once."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = execute(list(arguments))
    return subprocess.CompletedProcess(list(arguments), code, out.getvalue(), err.getvalue())


def guidepress_process(
    arguments: Sequence[str],
    folder: Path,
    *,
    environment: Mapping[str, str] | None = None,
    seconds: int = 240,
    before: Sequence[str] = (),
) -> subprocess.CompletedProcess[str]:
    """Run `guidepress ARGUMENTS` in `folder` in an interpreter of its own, which takes most of a second to start.

    `before` stands before it (`setpriv …`).
    """
    return subprocess.run(
        [*before, *command(), *arguments],
        cwd=folder,
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


def artifact_sums(build: Path) -> dict[str, str]:
    """Return the SHA-256 of every artifact: all files but the reports and the state."""
    return {
        path.relative_to(build).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(build.rglob("*"))
        if path.is_file() and ".state" not in path.parts and not path.name.startswith("report.")
    }
