"""Headings that no layout knows and that stand on several pages of a folder."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from pipeline.records import Finding
from pipeline.survey.counting import LAST, Hashes, Pages

__all__ = ["unknown_headings"]

_FEWEST_HEADINGS: Final = 3


def unknown_headings(pages: Callable[[str, str], Iterable[tuple[str, Sequence[str]]]]) -> Iterator[Finding]:
    """Yield the headings that no layout knew and nothing claimed, for those on several pages of a folder.

    `pages` gives the paths from one to another with their headings, by path.
    """
    for folder, group in groupby(pages("", LAST), key=lambda page: page[0].rpartition("/")[0]):
        seen = Hashes()
        first = last = ""
        for path, headings in group:
            first, last = first or path, path
            for heading in {heading.casefold() for heading in headings}:
                seen.add(heading)
        _, often = seen.often(_FEWEST_HEADINGS)
        paths: defaultdict[str, Pages] = defaultdict(Pages)
        spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for path, headings in pages(first, last) if often else ():
            for heading in dict.fromkeys(headings):
                if hash(heading.casefold()) in often:
                    paths[heading.casefold()].add(path)
                    spelt[heading.casefold()][heading] += 1
        for key in sorted(paths, key=lambda key: (-paths[key].count, key)):
            if paths[key].count >= _FEWEST_HEADINGS:
                yield _unknown(folder, _usual(spelt[key]), paths[key])


def _usual(spellings: Mapping[str, int]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def _unknown(folder: str, heading: str, pages: Pages) -> Finding:
    return Finding.of(
        "unknown-heading",
        pages.first[0],
        f"no layout knows the heading {heading!r}, which stands on {pages.count} pages of {folder or 'the folder'}",
        value=heading,
        count=pages.count,
        examples=tuple(pages.first),
    )
