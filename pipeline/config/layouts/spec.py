"""`[[defaults]]` and `[[layouts]]`: what a page's text lacks, and how a site's pages are read."""

import re
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr

from pipeline.config.layouts.fields import Kind
from pipeline.config.layouts.selectors import Css, CssOrAttribute

__all__ = ["INSTEAD", "DefaultsRule", "LayoutSpec", "Pattern", "PatternFrom", "Region", "ShellName", "Shells"]

INSTEAD: Final = "!"  # as the first of a list of patterns: those of the extended layout are not kept


def _compiles(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        message = f"not a regular expression: {error}"
        raise ValueError(message) from None
    return pattern


Pattern = Annotated[str, AfterValidator(_compiles)]
# Publishing systems whose furniture is known: the files of `layouts/shells`.
ShellName = Literal[
    "blogger", "canvas", "confluence", "docusaurus", "drupal", "firefox-reader", "ghost", "google-docs", "google-sites",
    "hugo", "jekyll", "mediawiki", "medium", "mkdocs", "moodle", "notion", "obsidian", "pressbooks", "sphinx",
    "squarespace", "substack", "wix", "wordpress",
]  # fmt: skip
Shells = Literal["auto"] | tuple[ShellName, ...]


class Placed(BaseModel):
    """A table of the settings that knows where it stands, for what is told of it later."""

    _place: str = PrivateAttr("")

    @property
    def place(self) -> str:
        """Return `guidepress.toml:12`; "" for one that no file says."""
        return self._place

    def put(self, place: str) -> None:
        """Remember where it stands."""
        self._place = place


class DefaultsRule(Placed):
    """`[[defaults]]`: fields that pages below a path lack; they are marked in `source.given`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = Field(description='A glob over the path within the raw folder: "ap-bio/**".')
    course: str | None = Field(
        None, description="The class, where no label, heading or unit's line of the page says it; it beats any guess."
    )
    unit: int | str | None = Field(
        None, description='The unit of a study guide, where the page does not say it: `3`, or "Unit 3: Cells".'
    )
    title: str | None = Field(
        None, description="A study guide's title, where the page does not say it (give an exact path)."
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


class Region(BaseModel):
    """A stretch of blocks that is no content: comments, a share bar, the site's own exercises."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    start: tuple[Pattern, ...] = Field(description="Patterns of the block with which it begins.", alias="from")
    to: Literal["end", "heading", "block"] = Field(
        "end",
        description="Where it ends: with the page (but for its footer); before the next heading (one no deeper, if it "
        "begins with one); or with the block itself, as a boilerplate rule does.",
    )
    headed: bool = Field(
        default=False, description="Whether it begins with headings alone, not with lines of the text."
    )


class LayoutSpec(Placed):
    """`[[layouts]]`: how pages of one site are read, told by what they say. The built-in layouts have this form too.

    Patterns are regular expressions that match a whole block; case, kinds of quotes and a final colon do not count.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$", description="Shown as `source.layout`.")
    extends: str | None = Field(
        None,
        description='"key-term", "study-guide" or the name of another layout: its words are kept, these are added. '
        'A list that begins with "!" stands in place of the other\'s.',
    )
    kind: Kind = Field(
        "key_term", description="The kind of record these pages give; if not given, that of the layout it extends."
    )
    publisher: str | None = Field(None, description="Who publishes these pages, where a page does not say it.")
    course: str | None = Field(None, description="The class of all these pages, if they do not say it.")
    unit: int | str | None = Field(None, description="The unit of all these guides, if they do not say it.")
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
        description="Field -> words right before it; a group `value` catches a field of one "
        "line itself (`course: (?P<value>.+)`).",
    )
    synonyms: dict[str, tuple[Pattern, ...]] = Field(
        default={},
        description="Field -> words that head it only where nothing speaks against it: alone, in place, in order.",
    )
    boilerplate: dict[str, tuple[Pattern, ...]] = Field(
        default={}, description="Name -> blocks that are no content, of any length, cells of tables too."
    )
    shell: dict[str, tuple[Pattern, ...]] = Field(
        default={}, description="Name -> words of the site around the page: no content outside the sections."
    )
    sites: dict[str, tuple[Pattern, ...]] = Field(
        default={},
        description="Publisher -> words or addresses that only its pages have: it publishes a page that names nobody.",
    )
    notices: tuple[Pattern, ...] = Field((), description="Copyright and trademark lines, kept as `notices`.")
    shells: Shells | None = Field(
        None, description="As at the top level, for the pages of this layout; if not given, what stands there holds."
    )
    content: tuple[Css, ...] = Field((), description="CSS selectors: only what is within counts as content.")
    drop: tuple[Css, ...] = Field(
        (), description="CSS selectors of what is no content; the ledger has each under the selector's own name."
    )
    select: dict[str, CssOrAttribute] = Field(
        default={},
        description='Field of one value -> CSS selector of the element that says it, or "CSS @attribute".',
    )
    regions: dict[str, Region] = Field(default={}, description="Name -> a stretch of blocks that is no content.")
    evidence: dict[str, tuple[PatternFrom, ...]] = Field(default={}, description="Field -> where else it stands.")

    @property
    def selects(self) -> bool:
        """Say whether it decides itself what of a page's markup is read."""
        return bool(self.content or self.drop or self.select or self.shells is not None)
