"""What `guidepress init` makes: a settings file with every key in it, and the folders."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.config import SurroundingsError, load_settings, sample

__all__ = ["begin"]


def begin(config: Path, given: Mapping[str, Any]) -> list[str]:
    """Write what is missing; return a line for each thing, written or kept. Raises SurroundingsError."""
    told = []
    try:
        if config.exists():
            told.append(f"kept {config.as_posix()}")
        else:
            config.parent.mkdir(parents=True, exist_ok=True)
            config.write_text(sample(given), encoding="utf-8")
            told.append(f"wrote {config.as_posix()}")
        settings = load_settings(config)
        for folder in (*settings.raw, settings.build):
            told.append(f"{'kept' if folder.is_dir() else 'made'} {folder.as_posix()}/")
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        where = str(error.filename or config)
        message = f"cannot be written: {error.strerror}"
        raise SurroundingsError(message, where=where, hint="is the folder yours to write in?") from error
    told.append(f"next: put saved guide pages into {settings.raw[0].as_posix()}/ and run `guidepress all`")
    return told
