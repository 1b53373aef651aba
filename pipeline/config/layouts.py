"""`[[defaults]]` and `[[layouts]]`: what a page's text lacks, and how another site's pages are read."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["DefaultsRule", "UserLayout"]


class DefaultsRule(BaseModel):
    """`[[defaults]]`: fields that pages below a path lack; they are marked in `source.given`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = Field(description='A glob over the path within the raw folder: "ap-bio/**".')
    course: str | None = Field(None, description="The class, where the page does not say it.")
    term: str | None = Field(None, description="The term, where the page does not say it (one page: an exact path).")
    publisher: str | None = Field(None, description="The publisher; it goes before what the page says.")
    language: str | None = Field(None, description="A BCP 47 tag; it goes before `language`, after what the page says.")
    license: str | None = Field(None, description="A licence's name or SPDX id, shown on cards and handouts.")
    id_prefix: str | None = Field(
        None, description="Takes the place of `<publisher>/<course slug>` in the record's id."
    )


class UserLayout(BaseModel):
    """`[[layouts]]`: a page of another site, told by what its headings say."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Shown as `source.layout`.")
    kind: Literal["key_term"] = Field("key_term", description="The kind of record these pages give.")
