"""The reference page and the sample file, made from the settings' model: neither can say what the model does not.

`python -m pipeline.config` prints the page, which is kept as `docs/configuration.md`.
"""

import json
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pipeline.config.keys import Key, default_of, keys, type_name
from pipeline.config.settings import Settings

__all__ = ["reference", "sample", "toml"]

_HEAD: Final = """# Configuration

<!-- Made from the settings' model by `make docs`: edit the descriptions there. -->

`guidepress` reads the file that `--config` names, else `guidepress.toml` in the working directory or, as git does, in
the nearest folder above it; where there is none, in or above the folder of pages that is named. Every key has a
default, so the file may be missing: then the working directory is the project. `guidepress init` writes one with all
keys, commented out.

A value is taken from the first of these that has it:

1. the flag on the command line (`--jobs 4`);
2. the environment: `GUIDEPRESS_` and the key in capitals, `__` between a table and its key
   (`GUIDEPRESS_JOBS=4`, `GUIDEPRESS_LIMITS__SECONDS=5`; several `raw` folders joined as in `PATH`);
3. the file.

Folders and files in the settings file are relative to it, and so are the defaults; on the command line and in the
environment, to the working directory. An unknown key is an error that names its line and the key that may have been
meant.
"""
_SAMPLE_HEAD: Final = """# Settings of guidepress. Every key is here with its default, commented out.
# docs/configuration.md says more. Folders are relative to this file.
"""


def reference() -> str:
    """Return the reference page: Markdown, a table for each table of the settings."""
    lines = [_HEAD]
    for table, members in _tables():
        lines.append(f"## {_heading(members[0])}\n")
        about = _about(table)
        if about:
            lines.append(f"{about}\n")
        lines.append("| key | type | default | meaning |\n|---|---|---|---|")
        for key in members:
            shown = toml(default_of(key.field)) if not key.field.is_required() else None
            default = f"`{_cell(shown)}`" if shown else "required" if key.field.is_required() else "none"
            kind = _cell(type_name(key.field.annotation))
            lines.append(f"| `{key.name}` | {kind} | {default} | {_cell(key.field.description or '')} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def sample(given: Mapping[str, Any] | None = None) -> str:
    """Return a settings file with every key commented out, but for the top-level ones `given` a value."""
    values = given or {}
    lines = [_SAMPLE_HEAD]
    for table, members in _tables():
        if table:
            mark = "# " if members[0].optional else ""
            lines.append(f"{mark}{_heading(members[0]).strip('`')}")
        for key in members:
            lines += textwrap.wrap(key.field.description or "", 98, initial_indent="# ", subsequent_indent="# ")
            if not table and key.name in values:
                lines.append(f"{key.name} = {toml(values[key.name])}")
            else:
                default = toml(default_of(key.field))
                lines.append(f"# {key.name} = {default}" if default else f"# {key.name} = …")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _tables() -> Iterator[tuple[str, list[Key]]]:
    tables: dict[str, list[Key]] = {}
    for key in keys():
        tables.setdefault(key.table, []).append(key)
    yield from tables.items()


def _heading(key: Key) -> str:
    if not key.table:
        return "Top level"
    return f"`[[{key.table}]]`" if key.repeated else f"`[{key.table}]`"


def _about(table: str) -> str:
    first = table.split(".", maxsplit=1)[0]
    field = Settings.model_fields.get(first)
    return (field.description or "") if field and table == first else ""


def toml(value: Any) -> str:
    """Return a value as TOML; "" for what TOML cannot say (no value)."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Path):
        return json.dumps(value.as_posix(), ensure_ascii=False)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name} = {toml(part)}" for name, part in value.items()) + "}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "[" + ", ".join(toml(part) for part in value) + "]"
    return json.dumps(str(value), ensure_ascii=False)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
