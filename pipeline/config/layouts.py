"""`[[defaults]]` and `[[layouts]]`: what a page's text lacks, and how a site's pages are read."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

__all__ = ["DefaultsRule", "LayoutSpec", "Pattern", "PatternFrom"]


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        message = f"not a regular expression: {error}"
        raise ValueError(message) from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]


class DefaultsRule(BaseModel):
    """`[[defaults]]`: fields that pages below a path lack; they are marked in `source.given`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = Field(description='A glob over the path within the raw folder: "ap-bio/**".')
    course: str | None = Field(
        None, description="The class, where no label, heading or unit's line of the page says it; it beats any guess."
    )
    term: str | None = Field(None, description="The term, where the page does not say it (give an exact path).")
    publisher: str | None = Field(None, description="The publisher; it goes before what the page says.")
    language: str | None = Field(None, description="A BCP 47 tag, where the page does not say it.")
    license: str | None = Field(None, description="A licence's name or SPDX id, shown on cards and handouts.")
    id_prefix: str | None = Field(
        None, description="Takes the place of `<publisher>/<course slug>` in the record's id."
    )


class PatternFrom(BaseModel):
    """Where else a field stands: the page's title, its URL or its path, and the pattern whose group is the field."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    where: Literal["title", "url", "path"] = Field(description="What is searched.", alias="from")
    pattern: Pattern = Field(description="A regular expression with a group named `value`.")
    alone: bool = Field(
        default=True, description="Believed where no label of the page says it; else only if another place agrees."
    )


class LayoutSpec(BaseModel):
    """`[[layouts]]`: how pages of one site are read, told by what they say. The built-in layouts have this form too.

    Patterns are regular expressions that match a whole block; case, kinds of quotes and a final colon do not count.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Shown as `source.layout`.")
    kind: Literal["key_term", "study_guide"] = Field("key_term", description="The kind of record these pages give.")
    publisher: str | None = Field(None, description="Who publishes these pages, where a page does not say it.")
    course: str | None = Field(None, description="The class of all these pages, if they do not say it.")
    url: tuple[Pattern, ...] = Field(
        (), description="Addresses of these pages; if given, others are not of this layout."
    )
    path: tuple[str, ...] = Field((), description="Globs over the path; if given, others are not of this layout.")
    title: tuple[Pattern, ...] = Field(
        (), description="Titles of these pages; if given, others are not of this layout."
    )
    many: Literal["no", "pairs", "headings"] = Field(
        "no",
        description="Many terms on one page: each pair of term and definition is one, or each heading.",
    )
    headings: dict[str, tuple[Pattern, ...]] = Field(default={}, description="Field -> headings over it.")
    labels: dict[str, tuple[Pattern, ...]] = Field(
        default={},
        description="Field -> words right before it; a group `value` catches a field of one line (`license`) itself.",
    )
    synonyms: dict[str, tuple[Pattern, ...]] = Field(
        default={},
        description="Field -> words that head it only where nothing speaks against it: alone, in place, in order.",
    )
    boilerplate: dict[str, tuple[Pattern, ...]] = Field(default={}, description="Name -> blocks that are no content.")
    shell: dict[str, tuple[Pattern, ...]] = Field(
        default={}, description="Name -> words of the site around the page: no content outside the sections."
    )
    sites: dict[str, tuple[Pattern, ...]] = Field(
        default={},
        description="Publisher -> words or addresses that only its pages have: it publishes a page that names nobody.",
    )
    notices: tuple[Pattern, ...] = Field((), description="Copyright and trademark lines, kept as `notices`.")
    evidence: dict[str, tuple[PatternFrom, ...]] = Field(default={}, description="Field -> where else it stands.")
