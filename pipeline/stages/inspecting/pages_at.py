"""The raw pages at paths that a person names: below the raw folder or anywhere else."""

import difflib
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from pipeline.config import Settings, SurroundingsError
from pipeline.pages import RawFile, RawFolderError, RawPage, discover, read_pages
from pipeline.records import Reject

__all__ = ["pages_at"]


def pages_at(paths: Sequence[Path], settings: Settings) -> Iterator[RawPage | Reject]:
    """Yield the pages of files and folders, each with the path that globs see: that below its raw folder.

    What lies in no raw folder has its path below the folder that is named; a file, its name.
    Raises SurroundingsError for a path where nothing is.
    """
    for path in paths:
        prefix = _prefix(path, settings)
        try:
            discovery = discover([path], settings.url)
        except RawFolderError as error:
            message = f"neither a page nor a folder of pages: {path}"
            raise SurroundingsError(message, hint=_near(path) or "name a raw page, or a folder of them") from error
        for found in discovery:
            if isinstance(found, Reject):
                yield found
            elif isinstance(found, RawFile):
                inner = "" if found.location == path.absolute() else found.path
                name = "/".join(part for part in (prefix, inner) if part) or path.name
                pages = read_pages(replace(found, path=name), settings.limits)
                yield from (page for page in pages if isinstance(page, RawPage | Reject))


def _prefix(path: Path, settings: Settings) -> str:
    """Return where a path is below a raw folder (with its name, if there are several); "" where it is in none."""
    for root in settings.raw:
        if path.absolute().is_relative_to(root.absolute()):
            inner = path.absolute().relative_to(root.absolute()).parts
            return "/".join(itertools.chain([root.name] if len(settings.raw) > 1 else [], inner))
    return ""


def _near(path: Path) -> str:
    """Return a hint that names what stands beside a path where nothing is, if it has almost its name."""
    try:
        beside = {other.name: other for other in path.parent.iterdir()}
    except OSError:
        return ""
    near = difflib.get_close_matches(path.name, beside, 1, cutoff=0.6)
    return f"did you mean `{beside[near[0]]}`?" if near else ""
