"""Which settings are not their defaults, and who says so."""

import os
from collections.abc import Collection, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.config.keys import default_of, keys
from pipeline.config.reference import toml
from pipeline.config.settings import Settings
from pipeline.config.toml_lines import line_of

__all__ = ["GivenKey", "given_keys"]


class GivenKey(NamedTuple):
    """A key whose value is not its default: both as TOML ("" for none), and where the value is from."""

    key: str
    value: str
    default: str
    place: str  # `--jobs`, `GUIDEPRESS_JOBS`, `guidepress.toml:7`


def given_keys(
    settings: Settings, flags: Collection[str], environment: Mapping[str, str] = os.environ
) -> Iterator[GivenKey]:
    """Yield the keys that differ from their defaults; `flags` are the top-level ones that the command line gave.

    Tables that may be given again (`[[defaults]]`, `[[layouts]]`) have no default, and are left out.
    """
    text = settings.file.read_text(encoding="utf-8-sig") if settings.file else ""
    for key in keys():
        if key.optional:
            continue
        location = tuple(key.dotted.split("."))
        value: Any = settings
        for name in location:
            value = getattr(value, name)
        shown, default = toml(value), toml(default_of(key.field))
        variable = "GUIDEPRESS_" + "__".join(location).upper()
        line = line_of(text, location)
        if key.dotted in flags:
            place = "--" + key.dotted.replace("_", "-")
        elif variable in environment:
            place = variable
        elif line:
            place = f"{settings.file}:{line}"
        else:
            continue  # a default that depends on where the settings file is
        if shown != default:
            yield GivenKey(key.dotted, shown, default, place)
