"""Builds whenever a page or the settings change: each build is a process of its own, and a line on the screen."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

__all__ = ["Watched", "watch"]

_TICK: Final = (
    500  # milliseconds between two looks at what no watcher sees: the settings file, folders that come and go
)
_QUIET: Final = 200  # milliseconds without a further change, before a build begins
_LONGEST: Final = 3000  # milliseconds that changes may go on, before a build begins all the same
_PATIENCE: Final = 10  # seconds for a build that is told to end


@dataclass(frozen=True, slots=True)
class Watched:
    """What a build depends on, and what it writes itself."""

    roots: tuple[Path, ...]  # files and folders of raw pages, whether they are there or not
    file: Path  # the settings file, likewise
    own: tuple[Path, ...]  # the build folder and the lock

    def there(self) -> tuple[Path, ...]:
        """Return the roots that can be watched."""
        return tuple(root for root in self.roots if root.exists())

    def stamp(self) -> tuple[object, ...]:
        """Return what is different if the settings file was written, or if a root came or went."""
        try:
            status = self.file.stat()
        except OSError:
            return (None, self.there())
        return (status.st_mtime_ns, status.st_size, self.there())


def watch(arguments: Sequence[str], watched: Callable[[], Watched]) -> int:
    """Run `guidepress all ARGUMENTS` now and after each change, until interrupted; return 0 then.

    `watched` is asked again after each build, for it may have changed with the settings.
    """
    try:
        now = watched()
        stamp = now.stamp()
        _build(arguments, ())
        while True:
            now, stamp = _until_other_roots(arguments, watched, now, stamp)
    except KeyboardInterrupt:
        click.echo("\nno longer watching", err=True)
        return 0


def _until_other_roots(
    arguments: Sequence[str], watched: Callable[[], Watched], now: Watched, stamp: tuple[object, ...]
) -> tuple[Watched, tuple[object, ...]]:
    """Build after each change, until something else is to be watched; return that."""
    roots = now.there()
    for changed in _changes(now):
        new = now.stamp()
        if not changed and new == stamp:
            continue
        stamp = new
        _build(arguments, changed)
        after = watched()
        if after != now or after.there() != roots:
            return after, after.stamp()
    return now, stamp


def _changes(now: Watched) -> Any:
    """Yield sets of changed paths, and an empty one every now and then."""
    from watchfiles import Change, DefaultFilter
    from watchfiles import watch as changes_in

    if not now.there():
        while True:
            time.sleep(_TICK / 1000)
            yield ()

    own = [path.absolute() for path in now.own]

    class OfPages(DefaultFilter):
        # Dotfiles are no pages, and vim tries with a file of that name whether it may write.
        ignore_entity_patterns = (*DefaultFilter.ignore_entity_patterns, r"^\.", r"^4913$")

        def __call__(self, change: Change, path: str) -> bool:
            return super().__call__(change, path) and not any(Path(path).is_relative_to(one) for one in own)

    for found in changes_in(
        *now.there(),
        watch_filter=OfPages(),
        debounce=_LONGEST,
        step=_QUIET,
        rust_timeout=_TICK,
        yield_on_timeout=True,
    ):
        yield sorted({Path(path) for _, path in found})


def _build(arguments: Sequence[str], changed: Sequence[Path]) -> None:
    """Run a build to its end, and print one line of it."""
    began = time.monotonic()
    # -P: a folder named like our package, where the user happens to work, is not meant.
    command = [sys.executable, "-P", "-m", "pipeline", "all", "--json", *arguments]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", start_new_session=True
    ) as process:
        try:
            out, err = process.communicate()
        except KeyboardInterrupt:
            process.terminate()
            try:
                process.communicate(timeout=_PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
            raise
    about = "" if not changed else f"{changed[0].name}: " if len(changed) == 1 else f"{len(changed)} files: "
    told, colour = _told(process.returncode, out, err, changed)
    seconds = click.style(f"({time.monotonic() - began:.1f} s)", dim=True)
    clock = click.style(time.strftime("%H:%M:%S"), dim=True)
    click.echo(f"{clock}  {about}{click.style(told, fg=colour)} {seconds}")


def _told(code: int, out: str, err: str, changed: Sequence[Path]) -> tuple[str, str | None]:
    """Return what a build did, and the colour of it."""
    try:
        report = json.loads(out)
        numbers = {
            "page": report["pages"],
            "record": report["records"],
            "doubt": report["finding_levels"]["doubt"],
            "warning": report["finding_levels"]["warning"],
        }
        written = report["artifacts"]["written"]
    except (ValueError, KeyError):
        said = [line for line in err.splitlines() if line.strip() and not line.startswith(" ")]
        return (said[-1] if said else f"exit code {code}"), "red"
    numbers = {name: number for name, number in numbers.items() if number or name in {"page", "record"}}
    told = ", ".join(_counted(number, name) for name, number in numbers.items())
    told += f", {_counted(written, 'file')} written" if written else ", nothing to write"
    if code == 4:
        return f"{told}; differences: see report.html", "red"
    if code not in {0, 3}:
        return f"{told}; exit code {code}: see report.html", "red"
    if rejects := report["rejects"]:
        shown = report["shown"]["rejects"]
        mine = [one for one in shown if any(path.as_posix().endswith(f"/{one['path']}") for path in changed)]
        first = f" ({mine[0]['path']}: {mine[0]['message'].splitlines()[0]})" if mine else ""
        return f"{told}; {rejects:,} rejected{first}", "yellow"
    return told, "green"


def _counted(number: int, name: str) -> str:
    return f"{number:,} {name}{'s' if number != 1 else ''}"
