"""The settings of a run: flags go before the environment (`GUIDEPRESS_*`), that before `guidepress.toml`."""

from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.config.anki import AnkiSettings
from pipeline.config.layouts import DefaultsRule, UserLayout
from pipeline.config.limits import Limits
from pipeline.config.pdf import PdfSettings

__all__ = ["Settings"]


class Settings(BaseSettings):
    """Every key of `guidepress.toml`; folders are relative to that file."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="GUIDEPRESS_", env_nested_delimiter="__")

    raw: tuple[Path, ...] = Field((Path("raw"),), description="Folders of raw pages.")
    build: Path = Field(Path("build"), description="Where everything is written.")
    lock: Path = Field(Path("cards.lock"), description="The cards' identities; commit this file.")
    jobs: int = Field(0, ge=0, description="Worker processes; 0 means one for each processor.")
    strict: bool = Field(default=False, description="Reject a page with text that nothing claims.")
    frozen: bool = Field(default=False, description="Fail, with exit code 4, if the lock would change.")
    language: str = Field("en", description="The language of pages that do not say it (BCP 47).")
    limits: Limits = Field(default_factory=Limits, description="What one page may cost.")
    anki: AnkiSettings = Field(default_factory=AnkiSettings, description="Decks and cards.")
    pdf: PdfSettings = Field(default_factory=PdfSettings, description="Handouts.")
    defaults: tuple[DefaultsRule, ...] = Field((), description="Fields that pages below a path lack.")
    layouts: tuple[UserLayout, ...] = Field((), description="Pages of other sites.")
