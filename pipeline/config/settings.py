"""The settings of a run, as one value; `loading` makes it of flags, the environment and `guidepress.toml`."""

import os
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field, field_validator
from pydantic_core import PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from pipeline.config.anki import AnkiSettings
from pipeline.config.layouts import DefaultsRule, LayoutSpec, Shells, layout_mistakes
from pipeline.config.limits import Limits
from pipeline.config.pdf import PdfSettings

__all__ = ["LAYOUTS", "Settings"]

LAYOUTS: Final = "layouts"  # the type of the error that holds what is wrong with layouts


class Settings(BaseSettings):
    """Every key of `guidepress.toml`, each with a default: docs/configuration.md.

    >>> pipeline.Settings(jobs=2, strict=True).build.as_posix()
    'build'

    Made directly it has what it is given, and reads neither file nor environment: `load_settings` does.
    Raises pydantic.ValidationError for values that are not valid.
    """

    model_config = SettingsConfigDict(frozen=True, extra="forbid", env_prefix="GUIDEPRESS_", env_nested_delimiter="__")

    raw: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(Path("raw"),), description="Folders of raw pages; lists and indexes of crawls."
    )
    url: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Of crawls (WARC, WACZ, their indexes), only the pages at addresses that begin so; `*` stands for "
        "any characters, inputs.md says more. In the environment: addresses with commas between them.",
    )
    build: Path = Field(default=Path("build"), description="Where everything is written.")
    lock: Path = Field(default=Path("cards.lock"), description="The cards' identities; commit this file.")
    wait: float = Field(default=600, ge=0, description="Seconds to wait for another run that is writing the lock.")
    jobs: int = Field(default=0, ge=0, description="Worker processes; 0 means one for each processor.")
    executor: Literal["processes", "dask"] = Field(
        default="processes",
        description="Where pages are parsed and PDFs drawn: in processes of this machine, or on a Dask cluster; see "
        "scale.md.",
    )
    scheduler: str | None = Field(
        default=None,
        min_length=1,
        description="The address of a Dask scheduler (`tcp://…`); without one, a cluster on this machine is started "
        "for the run.",
    )
    strict: bool = Field(default=False, description="Reject a page with a doubt, or with text that nothing claims.")
    fail_on: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="Reject a page with one of these findings: codes, or a level (`info`, `warning`, `doubt`) that "
        "stands for graver ones as well; see findings.md. In the environment: names with commas between them.",
    )
    frozen: bool = Field(default=False, description="Fail, with exit code 4, if the lock would change.")
    language: str = Field(default="en", min_length=1, description="The language of pages that do not say it (BCP 47).")
    shells: Shells = Field(
        default="auto",
        description='Publishing systems whose furniture is known by its markup ("wordpress", "notion", …): "auto" for '
        "those whose signature a page shows, `[]` for none, or names.",
    )
    limits: Limits = Field(default_factory=Limits, description="What one page may cost.")
    anki: AnkiSettings = Field(default_factory=AnkiSettings, description="Decks and cards.")
    pdf: PdfSettings = Field(default_factory=PdfSettings, description="Handouts.")
    defaults: tuple[DefaultsRule, ...] = Field(default=(), description="Fields that pages below a path lack.")
    layouts: tuple[LayoutSpec, ...] = Field(
        default=(), description="Pages of other sites; layouts.md says how to write one."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Leave the environment to `load_settings`, which tells a mistake in it with the variable's name."""
        return (init_settings,)

    @field_validator("layouts")
    @classmethod
    def _can_be_meant(cls, value: tuple[LayoutSpec, ...]) -> tuple[LayoutSpec, ...]:
        """Refuse layouts that no key forbids and that cannot be meant; `load_settings` tells them with their lines."""
        mistakes = list(layout_mistakes(value))
        if mistakes:
            told = "; ".join(mistake.message for mistake in mistakes)
            raise PydanticCustomError(LAYOUTS, "{told}", {"told": told, "mistakes": mistakes})
        return value

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

    @field_validator("fail_on", "url", mode="before")
    @classmethod
    def _names(cls, value: Any) -> Any:
        """Accept names joined by commas, as the environment has them."""
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

    @property
    def workers(self) -> int:
        """Return how many worker processes to use: `jobs`, or one for each processor that this process may use."""
        if self.jobs:
            return self.jobs
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
