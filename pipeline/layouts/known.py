"""What comes with the program: the built-in layouts, and the publishing systems whose furniture is known."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from pipeline.config import Css, CssOrAttribute, LayoutSpec, PatternFrom, ShellName

__all__ = ["ShellSpec", "builtin_layouts", "known_shells", "site_words"]


class ShellSpec(BaseModel):
    """The furniture of one publishing system, by its own markup: a file of `shells/`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: ShellName
    title: str = Field(description="As people call it.")
    signature: tuple[Css, ...] = Field(min_length=1, description="A page that shows any of these is made with it.")
    drop: dict[str, tuple[Css, ...]] = Field(default={}, description="Name in the ledger -> what is no content.")
    select: dict[str, CssOrAttribute] = Field(default={}, description="Field -> the element that says it.")
    headings: dict[str, tuple[Css, ...]] = Field(
        default={}, description="Level (1 to 6) -> what looks like a heading, and is marked up otherwise."
    )
    notes: tuple[Css, ...] = Field(default=(), description="Boxes beside the text: no words or questions are in them.")
    unwrap: tuple[Css, ...] = Field(default=(), description="Elements of which only what is within counts.")
    evidence: dict[str, tuple[PatternFrom, ...]] = Field(default={}, description="Field -> where else it stands.")


@cache
def builtin_layouts() -> tuple[LayoutSpec, ...]:
    """Return the layouts that come with the program, from `builtin/*.toml` in alphabetical order."""
    return tuple(LayoutSpec.model_validate(data) for data in _tomls("builtin") if "kind" in data)


@cache
def site_words() -> LayoutSpec:
    """Return the words that any site has around and between its pages' parts, as a layout that has nothing else."""
    (data,) = (data for data in _tomls("builtin") if "kind" not in data)
    return LayoutSpec.model_validate({"name": "site", **data})


@cache
def known_shells() -> tuple[ShellSpec, ...]:
    """Return the publishing systems, from `shells/*.toml` in alphabetical order."""
    return tuple(ShellSpec.model_validate(data) for data in _tomls("shells"))


def _tomls(folder: str) -> list[dict[str, Any]]:
    entries = sorted((files("pipeline.layouts") / folder).iterdir(), key=lambda entry: entry.name)
    return [tomllib.loads(entry.read_text("utf-8")) for entry in entries if entry.name.endswith(".toml")]
