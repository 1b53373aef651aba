"""`guidepress check`: which settings and layouts are in force, and which of them mean nothing that is there."""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pipeline.config import LayoutSpec, Settings, SurroundingsError
from pipeline.pages import RawFile, RawFolderError, RawPage, discover, read_pages
from pipeline.stages.build import refuse_unusable, unused_rules

if TYPE_CHECKING:
    from pipeline.blocks import Block

__all__ = ["Checked", "CheckedLayout", "check"]

_MOST_PAGES: Final = 500  # that are read for layouts' patterns


@dataclass(slots=True)
class CheckedLayout:
    """One of the user's layouts: where it stands, how many of the pages looked at are read by it, and what is idle."""

    name: str
    kind: str
    place: str
    pages: int = 0
    idle: list[str] = field(default_factory=list)  # `headings.facts: "…"`: patterns that none of its pages says


@dataclass(slots=True)
class Checked:
    """What is in force for the raw pages that there are."""

    files: dict[str, int]  # raw folder -> files
    layouts: list[CheckedLayout]
    looked_at: int = 0  # pages that were read to see which layout means them
    other_pages: int = 0  # of these, pages that a built-in layout, or none, reads
    idle_paths: list[tuple[str, str]] = field(default_factory=list)  # place, message


def check(settings: Settings) -> Checked:
    """Return what is in force. Nothing is written; pages are read only if there are layouts of the user's.

    Raises SurroundingsError if a raw folder is missing, ConfigError for settings with which no build would begin.
    """
    refuse_unusable(settings)
    paths: list[str] = []
    files: dict[str, int] = {}
    try:
        for root in settings.raw:
            files[root.as_posix()] = sum(isinstance(one, RawFile) for one in discover([root], settings.url))
        pages = _pages(settings, paths)
        layouts, others, looked_at = _try_layouts(settings, pages)
        for _ in pages:  # the paths of the rest
            pass
    except RawFolderError as error:
        raise SurroundingsError(str(error), hint=error.hint) from error
    idle = [(rule.place, rule.message) for rule in unused_rules(settings, paths)]
    return Checked(files, layouts, looked_at, others, idle)


def _pages(settings: Settings, paths: list[str]) -> Iterator[RawPage]:
    """Yield all pages, and keep the path of each that was asked for."""
    if not (settings.layouts or settings.defaults):
        return
    for file in discover(settings.raw, settings.url):
        for page in read_pages(file, settings.limits) if isinstance(file, RawFile) else ():
            paths.append(page.path)
            if isinstance(page, RawPage):
                yield page


def _try_layouts(settings: Settings, pages: Iterator[RawPage]) -> tuple[list[CheckedLayout], int, int]:
    if not settings.layouts:
        return [], 0, 0
    # The readers of pages take their time to load.
    from pipeline.blocks import TooDeepError, TooManyTagsError
    from pipeline.layouts import Fit
    from pipeline.stages.page import read_page

    found = {spec.name: CheckedLayout(spec.name, spec.kind, spec.place) for spec in settings.layouts}
    idle = {spec.name: dict(_patterns(spec)) for spec in settings.layouts}
    others = looked_at = 0
    for page in itertools.islice(pages, _MOST_PAGES):
        looked_at += 1
        try:
            read = read_page(page, settings)
        except (TooDeepError, TooManyTagsError):
            continue
        if not isinstance(read.fit, Fit) or read.fit.spec.name not in found:
            others += 1
            continue
        name = read.fit.spec.name
        found[name].pages += 1
        for said in _said(idle[name], read.page.blocks):
            del idle[name][said]
    for name, layout in found.items():
        layout.idle = list(idle[name]) if layout.pages else []
    return list(found.values()), others, looked_at


def _patterns(spec: LayoutSpec) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield the patterns that the layout itself gives for blocks, each with its name."""
    groups: dict[str, Mapping[str, tuple[str, ...]]] = {
        **{name: getattr(spec, name) for name in ("headings", "labels", "synonyms", "boilerplate", "shell")},
        "regions": {name: region.start for name, region in spec.regions.items()},
        "notices": {"": spec.notices},
    }
    for group, named in groups.items():
        for name, patterns in named.items():
            for pattern in patterns:
                if pattern != "!":
                    where = f"{group}.{name}" if name else group
                    yield f'{where}: "{pattern}"', re.compile(pattern, re.IGNORECASE | re.DOTALL)


def _said(patterns: Mapping[str, re.Pattern[str]], blocks: "Sequence[Block]") -> list[str]:
    """Return the names of patterns that some block says, be it within more: what is left is idle beyond doubt."""
    from pipeline.layouts import comparable

    texts = [comparable(block.text) for block in blocks]
    return [name for name, pattern in patterns.items() if any(map(pattern.search, texts))]
