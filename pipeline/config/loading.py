"""Load the settings of a run: flags, then `GUIDEPRESS_*`, then the file; a mistake is told with file and line."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_settings import EnvSettingsSource
from pydantic_settings.exceptions import SettingsError

from pipeline.config.discovery import CONFIG_NAME, find_config
from pipeline.config.errors import ConfigError
from pipeline.config.keys import keys, names_of, table_of, type_name
from pipeline.config.layouts import nearest
from pipeline.config.settings import LAYOUTS, Place, Settings
from pipeline.config.toml_lines import line_of

__all__ = ["load_settings", "settings_file", "unknown_variables"]

_PREFIX: Final = "GUIDEPRESS_"
_JUDGED_LATER: Final = ("raw", "build", "fail_on")  # what is wrong with them is seen when they are used


def load_settings(config: Path | None = None, flags: Mapping[str, Any] | None = None) -> Settings:
    """Return the settings from `flags` (None values count as not given), the environment and the file `config`.

    >>> pipeline.load_settings(flags={"jobs": 2, "pdf": {"paper": "Letter"}}).pdf.paper
    'Letter'

    Without `config`, `guidepress.toml` is looked for in the working directory, then in the folders above it, then in
    and above the `raw` folders of `flags`. Paths in the file are relative to it, and so are the defaults of `raw`,
    `build` and `lock`; paths in flags and variables are as given.
    Raises ConfigError, with file and line, for what does not make valid settings.
    """
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    path = config or find_config(given.get("raw", ()))
    text = _read(path, required=config is not None)
    file = _parse(text, path)
    values = {"raw": ["raw"], "build": "build", "lock": "cards.lock"} | file
    _relative_to(path.parent, values)
    environment = _environment()
    try:
        settings = Settings(**_merge(_merge(values, environment), given))
    except ValidationError as error:
        raise _explain(error, path, text, environment, given) from error
    said = [name for name in _JUDGED_LATER if name in given or name in environment or name in file]
    settings.put({name: _place((name,), path, text, environment, given) for name in said})
    for name, tables in (("defaults", settings.defaults), ("layouts", settings.layouts)):
        for number, table in enumerate(tables):
            line = line_of(text, (name, number, "path")) or line_of(text, (name, number))
            table.put(f"{path}:{line}" if line else str(path))
    return settings


def settings_file(config: Path | None = None, raw: Sequence[Path] = ()) -> Path | None:
    """Return the file that `load_settings` reads, given these flags; None if there is none."""
    path = config or find_config(raw)
    return path if path.exists() else None


def unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """Return the variables that begin with `GUIDEPRESS_` and name no setting: probably a slip of the pen."""
    known = {name for name, field in Settings.model_fields.items()} | {key.table.split(".")[0] for key in keys()}
    return sorted(
        name
        for name in environment
        if name.startswith(_PREFIX) and name[len(_PREFIX) :].lower().split("__")[0] not in known
    )


def _read(path: Path, *, required: bool) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        if not required:
            return ""
        hint = f"`guidepress init` writes a commented {CONFIG_NAME}"
        raise ConfigError("there is no such settings file", where=str(path), hint=hint) from error
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        raise ConfigError("not UTF-8 text", where=str(path), line=line, hint="save the file as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path), hint="check --config") from error


def _parse(text: str, path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        line = None
        if "(at line " in message:
            message, _, place = message.rpartition(" (at line ")
            line = int(place.split(",")[0])
        elif "(at end of document)" in message:
            message = message.replace("(at end of document)", "at the end of the file")
            line = max(1, text.count("\n") + (not text.endswith("\n")))
        hint = 'text stands in quotes (`course = "Soil Science"`); what TOML looks like: https://toml.io'
        raise ConfigError(f"not valid TOML: {message}", where=str(path), line=line, hint=hint) from error


def _relative_to(folder: Path, values: dict[str, Any]) -> None:
    """Put `folder` before every relative path among the file's values."""
    for key in keys():
        table: Any = values
        for name in key.table.split(".") if key.table else ():
            table = table.get(name) if isinstance(table, dict) else None
        if (
            not isinstance(table, dict)
            or key.name not in table
            or "path" not in type_name(key.field.annotation).split()
        ):
            continue
        value = table[key.name]
        if isinstance(value, str) and value:
            table[key.name] = str(folder / value)
        elif isinstance(value, list):
            table[key.name] = [str(folder / item) if isinstance(item, str) else item for item in value]


def _environment() -> dict[str, Any]:
    try:
        return dict(EnvSettingsSource(Settings)())
    except SettingsError as error:
        raise ConfigError(f"an environment variable is wrong: {error}", hint=f"see `{_PREFIX}*`") from error


def _merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, value in above.items():
        under = merged.get(name)
        merged[name] = _merge(under, value) if isinstance(under, Mapping) and isinstance(value, Mapping) else value
    return merged


def _dotted(location: tuple[int | str, ...]) -> str:
    dotted = ""
    for part in location:
        dotted += f"[{part}]" if isinstance(part, int) else f".{part}" if dotted else part
    return dotted


def _nearest(location: tuple[int | str, ...]) -> str:
    """Return a hint that names the known key nearest to the unknown one: in its own table first, then anywhere."""
    name = str(location[-1])
    hint = nearest(name, names_of(table_of(location[:-1])))
    elsewhere = [key for key in keys() if key.name == name]
    if elsewhere and hint.startswith("known"):
        return f"did you mean `{elsewhere[0].dotted}`?"
    return hint


def _explain(
    error: ValidationError, path: Path, text: str, environment: Mapping[str, Any], given: Mapping[str, Any]
) -> ConfigError:
    """Return the first mistake of `error` as a person would tell it; the others follow in its detail."""
    told = []
    for mistake in error.errors(include_url=False):
        if mistake["type"] == LAYOUTS:
            told += [
                ConfigError(one.message, where=str(path), line=line_of(text, one.location), hint=one.hint)
                for one in mistake["ctx"]["mistakes"]
            ]
            continue
        location = tuple(mistake["loc"])
        if mistake["type"] == "extra_forbidden":
            message, hint = f"unknown key `{_dotted(location)}`", _nearest(location)
        else:
            message, hint = _said(mistake, location)
        where, line = _place(location, path, text, environment, given)
        told.append(ConfigError(message, where=where, line=line, hint=hint))
    return _first(told)


def _place(
    location: tuple[int | str, ...], path: Path, text: str, environment: Mapping[str, Any], given: Mapping[str, Any]
) -> Place:
    """Return who says the value at `location`: a flag, a variable, or the file with its line."""
    top = str(location[0]) if location else ""
    if top in given:
        return f"--{top.replace('_', '-')}", None
    if top in environment:
        return _PREFIX + top.upper(), None
    return str(path), line_of(text, location)


def _said(mistake: Mapping[str, Any], location: tuple[str | int, ...]) -> tuple[str, str]:
    """Return what is wrong with a value, and what would help."""
    name, value = _dotted(location), mistake["input"]
    if mistake["type"] == "tuple_type" and isinstance(value, Mapping):
        return f"`{name}` is a list of tables", f"write `[[{name}]]`, with two brackets at each side"
    said = mistake["msg"].removeprefix("Value error, ")
    said = said[0].lower() + said[1:]
    shown = f"found {str(value)[:80]!r}" if said.startswith("not ") else f"not {value!r:.80}"
    return f"`{name}`: {said}, {shown}", "what each key means: `guidepress docs configuration`"


def _first(told: Iterable[ConfigError]) -> ConfigError:
    """Return the mistake that stands first in the file, the others in its detail."""
    first, *others = sorted(told, key=lambda one: one.line or 0)
    if others:
        for other in others:
            if other.hint == first.hint:  # said once, at the end
                other.hint = ""
        more = "\n".join(str(other).replace("\n  hint: ", " — ") for other in others)
        return ConfigError(first.message, where=first.where, line=first.line, detail=more, hint=first.hint)
    return first
