"""One typed settings model: every key of `guidepress.toml`, with its description and default."""

from pipeline.config.anki import AnkiSettings
from pipeline.config.discovery import CONFIG_NAME
from pipeline.config.errors import ConfigError, SurroundingsError, UserError
from pipeline.config.globs import path_matches
from pipeline.config.in_force import GivenKey, given_keys
from pipeline.config.layouts import (
    BUILTIN_NAMES,
    INSTEAD,
    Css,
    CssOrAttribute,
    DefaultsRule,
    Kind,
    LayoutSpec,
    PatternFrom,
    Region,
    ShellName,
    Shells,
    fields_of,
    kind_of,
    split_attribute,
)
from pipeline.config.limits import Limits
from pipeline.config.loading import load_settings, unknown_variables
from pipeline.config.pdf import PdfPart, PdfSettings
from pipeline.config.reference import sample
from pipeline.config.settings import Settings

__all__ = [
    "BUILTIN_NAMES",
    "CONFIG_NAME",
    "INSTEAD",
    "AnkiSettings",
    "ConfigError",
    "Css",
    "CssOrAttribute",
    "DefaultsRule",
    "GivenKey",
    "Kind",
    "LayoutSpec",
    "Limits",
    "PatternFrom",
    "PdfPart",
    "PdfSettings",
    "Region",
    "Settings",
    "ShellName",
    "Shells",
    "SurroundingsError",
    "UserError",
    "fields_of",
    "given_keys",
    "kind_of",
    "load_settings",
    "path_matches",
    "sample",
    "split_attribute",
    "unknown_variables",
]
