"""Runs a document that is a transcript: writes its files, types its commands, and compares or writes what comes out.

A fenced block with a name behind its language is a file (`>>NAME`: lines added to one); in a block `console` a command
stands behind `$`, its output below. `python tests/support/transcripts.py docs/tutorial.md` writes the outputs anew.
"""

import contextlib
import io
import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from pipeline.cli.app import execute

__all__ = ["without_seconds", "written_anew"]

_BLOCK = re.compile(r"^```(\w+) ?(>>)?(.*?)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_GIT = {f"GIT_{who}_{what}": "you@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


class _Shell:
    """A folder that commands are typed in, and the exit code of the last one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.code = 0

    def types(self, line: str) -> str:
        """Run one command; return what the screen shows of both streams."""
        words = shlex.split(line)
        if words[0] == "cd":
            self.folder /= words[1]
            return ""
        if words[0] == "guidepress":
            screen = io.StringIO()
            with contextlib.chdir(self.folder), contextlib.redirect_stdout(screen), contextlib.redirect_stderr(screen):
                self.code = execute(words[1:])
            return screen.getvalue()
        done = subprocess.run(
            ["bash", "-c", f"(exit {self.code}); {line}"],
            cwd=self.folder,
            env={**os.environ, **_GIT},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.code = done.returncode
        return done.stdout

    def writes(self, name: str, text: str, *, add: bool) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a" if add else "w", encoding="utf-8") as stream:
            stream.write(text)


def written_anew(document: str, folder: Path) -> str:
    """Return the document with the output that its commands have now, typed one after the other in a folder."""
    shell = _Shell(folder)

    def block(found: re.Match[str]) -> str:
        language, add, name, body = found.groups()
        if language != "console":
            shell.writes(name, body, add=bool(add))
            return found.group()
        shown = ""
        for line in body.splitlines():
            if line.startswith("$ "):
                output = shell.types(line.removeprefix("$ "))
                shown += line + "\n" + "".join(f"{one.rstrip()}\n" for one in output.splitlines())
        return f"```console\n{shown}```"

    return _BLOCK.sub(block, document)


def without_seconds(document: str) -> list[str]:
    """Return a document's lines without what no clock says twice: seconds, and how wide their column is."""
    lines = [re.sub(r"\d+\.\d", "…", line) if line.startswith("Seconds ") else line for line in document.splitlines()]
    return [re.sub(r" {2,}", "  ", line) if re.match(r"[A-Z][a-z ]+ {2,}", line) else line for line in lines]


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        with tempfile.TemporaryDirectory() as scratch:
            path.write_text(written_anew(path.read_text(encoding="utf-8"), Path(scratch)), encoding="utf-8")
