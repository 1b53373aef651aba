"""Where the settings of a project are: in the folder at hand, or in one above it, as git looks for its own."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

__all__ = ["CONFIG_NAME", "find_config"]

CONFIG_NAME: Final = "guidepress.toml"


def find_config(raw: Sequence[str | Path] | str | Path = ()) -> Path:
    """Return the settings file of the project that the working directory is in, else of the one that `raw` lies in.

    The path is relative to the working directory where that is shorter to read: `../guidepress.toml`. Where no
    project is, that of a file in the working directory, which is not there.
    """
    try:
        here = Path.cwd()
    except OSError:  # it was deleted: nothing is there, and that will be told
        return Path(CONFIG_NAME)
    starts = [here]
    folders = [raw] if isinstance(raw, str | Path) else raw
    if folders:
        # Folders of several projects have none in common.
        starts.append(Path(os.path.commonpath([os.path.abspath(folder) for folder in folders])))  # noqa: PTH100
    found = next(_files(starts), None)
    if found is None:
        return Path(CONFIG_NAME)
    return Path(os.path.relpath(found, here)) if found.parent in (here, *here.parents) else found


def _files(starts: Iterable[Path]) -> Iterator[Path]:
    for start in starts:
        for folder in (start, *start.parents):
            if os.path.isfile(folder / CONFIG_NAME):  # noqa: PTH113  (a closed folder is False, not an error)
                yield folder / CONFIG_NAME
