"""The settings of a run: flags go before the environment (`GUIDEPRESS_*`), that before `guidepress.toml`."""

import os
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipeline.config.anki import AnkiSettings
from pipeline.config.layouts import DefaultsRule, LayoutSpec, Shells
from pipeline.config.limits import Limits
from pipeline.config.pdf import PdfSettings

__all__ = ["Settings"]


class Settings(BaseSettings):
    """Every key of `guidepress.toml`; folders in that file are relative to it."""

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="GUIDEPRESS_", env_nested_delimiter="__")

    raw: Annotated[tuple[Path, ...], NoDecode] = Field((Path("raw"),), description="Folders of raw pages.")
    build: Path = Field(Path("build"), description="Where everything is written.")
    lock: Path = Field(Path("cards.lock"), description="The cards' identities; commit this file.")
    jobs: int = Field(0, ge=0, description="Worker processes; 0 means one for each processor.")
    strict: bool = Field(default=False, description="Reject a page with text that nothing claims.")
    frozen: bool = Field(default=False, description="Fail, with exit code 4, if the lock would change.")
    language: str = Field("en", min_length=1, description="The language of pages that do not say it (BCP 47).")
    shells: Shells = Field(
        "auto",
        description='Publishing systems whose furniture is known by its markup ("wordpress", "notion", …): "auto" for '
        "those whose signature a page shows, `[]` for none, or names.",
    )
    limits: Limits = Field(default_factory=Limits, description="What one page may cost.")
    anki: AnkiSettings = Field(default_factory=AnkiSettings, description="Decks and cards.")
    pdf: PdfSettings = Field(default_factory=PdfSettings, description="Handouts.")
    defaults: tuple[DefaultsRule, ...] = Field((), description="Fields that pages below a path lack.")
    layouts: tuple[LayoutSpec, ...] = Field((), description="Pages of other sites.")

    @field_validator("raw", mode="before")
    @classmethod
    def _folders(cls, value: Any) -> Any:
        """Accept one folder, or (as the environment has it) several joined like those of `PATH`."""
        if isinstance(value, str):
            value = [part for part in value.split(os.pathsep) if part]
        if isinstance(value, Path):
            value = [value]
        if not value:
            raise ValueError("at least one folder is needed")
        return value

    @property
    def workers(self) -> int:
        """Return how many worker processes to use: `jobs`, or one for each processor that this process may use."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
