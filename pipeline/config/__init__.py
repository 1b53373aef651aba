"""One typed settings model: every key of `guidepress.toml`, with its description and default."""

from pipeline.config.anki import AnkiSettings
from pipeline.config.layouts import DefaultsRule, UserLayout
from pipeline.config.limits import Limits
from pipeline.config.pdf import PdfSettings
from pipeline.config.settings import Settings

__all__ = ["AnkiSettings", "DefaultsRule", "Limits", "PdfSettings", "Settings", "UserLayout"]
