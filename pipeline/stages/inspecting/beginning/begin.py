"""A project that works at once: settings with every key, a page of each kind, and what git and CI need."""

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from pipeline.config import Settings, SurroundingsError, load_settings, sample

__all__ = ["begin"]

_WORKFLOW: Final = ".github/workflows/guidepress.yml"
_LACKS: Final = ": it lacks the line "
_SAMPLES: Final = ("sample-key-term.html", "sample-study-guide.html")


def begin(config: Path, given: Mapping[str, Any]) -> list[str]:
    """Write what is missing of the project of the settings file `config`; return a line for each thing, made or kept.

    The settings `given` are written into that file; paths among them are as the working directory sees them. Sample
    pages are written into a raw folder that is made or empty. Raises SurroundingsError.
    """
    top = config.parent
    told = []
    try:
        written = {name: _seen_from(top, value) for name, value in given.items()}
        told.append(_put(config, sample(written)))
        settings = load_settings(config)
        for folder in (*settings.raw, settings.build):
            told.append(f"{'kept' if folder.is_dir() else 'made'} {_shown(folder)}/")
            folder.mkdir(parents=True, exist_ok=True)
        told += [_put(path, text) for path, text in _contents(top, settings)]
    except OSError as error:
        where = str(error.filename or config)
        message = f"cannot be written: {error.strerror}"
        raise SurroundingsError(message, where=where, hint="is the folder yours to write in?") from error
    return [*told, _next(top, settings.raw[0], told)]


def _next(top: Path, raw: Path, told: Sequence[str]) -> str:
    """Return what to do next: where a project was before, its pages are there, and it is known how to build them."""
    place = "" if top == Path() else f" in {top.as_posix()}/"
    if all(line.startswith("kept ") and _LACKS not in line for line in told):
        return f"nothing was missing: `guidepress all`{place} builds what is in {_shown(raw)}/"
    if {path.name for path in raw.iterdir()} <= {*_SAMPLES}:
        return f"next: run `guidepress all`{place}, then put saved guide pages into {_shown(raw)}/"
    return f"next: run `guidepress all`{place}"


def _contents(top: Path, settings: Settings) -> Iterator[tuple[Path, str]]:
    """Yield each file of a new project but its settings, and what it says."""
    raw = settings.raw[0]
    if not any(raw.iterdir()):
        yield from ((raw / name, _text(name)) for name in _SAMPLES)
    for name, line, path in (
        (".gitignore", "/{}/\n", settings.build),
        (".gitattributes", "{} merge=union\n", settings.lock),
    ):
        inner = Path(os.path.relpath(path, top))
        if ".." not in inner.parts:  # what lies elsewhere is no matter of this folder
            yield top / name, line.format(inner.as_posix())
    yield top / "README.md", _text("readme.md")
    yield top / _WORKFLOW, _text("workflow.yml").replace("VERSION", version("guidepress"))


def _text(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _put(path: Path, text: str) -> str:
    """Write a file that is not there yet; of one that is, tell what it lacks if that is a line."""
    if not os.path.lexists(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return f"wrote {_shown(path)}"
    if text.count("\n") == 1 and path.is_file() and text.strip() not in path.read_text("utf-8", "replace").splitlines():
        return f"kept {_shown(path)}{_LACKS}`{text.strip()}`"
    return f"kept {_shown(path)}"


def _seen_from(top: Path, value: Any) -> Any:
    """Return paths as a file in the folder `top` names them; absolute ones, and what is no path, as they are."""
    if isinstance(value, tuple):
        return tuple(_seen_from(top, one) for one in value)
    if not isinstance(value, Path) or value.is_absolute():
        return value
    return Path(os.path.relpath(value, top))


def _shown(path: Path) -> str:
    return Path(os.path.normpath(path)).as_posix()
