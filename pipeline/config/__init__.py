"""One typed settings model: every key of `guidepress.toml`, with its description and default."""

from pipeline.config.anki import AnkiSettings
from pipeline.config.errors import ConfigError, SurroundingsError, UserError
from pipeline.config.globs import path_matches
from pipeline.config.layouts import DefaultsRule, LayoutSpec
from pipeline.config.limits import Limits
from pipeline.config.loading import CONFIG_NAME, load_settings, unknown_variables
from pipeline.config.pdf import PdfPart, PdfSettings
from pipeline.config.reference import sample
from pipeline.config.settings import Settings

__all__ = [
    "CONFIG_NAME",
    "AnkiSettings",
    "ConfigError",
    "DefaultsRule",
    "LayoutSpec",
    "Limits",
    "PdfPart",
    "PdfSettings",
    "Settings",
    "SurroundingsError",
    "UserError",
    "load_settings",
    "path_matches",
    "sample",
    "unknown_variables",
]
