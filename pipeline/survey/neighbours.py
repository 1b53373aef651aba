"""Pages of one folder judge each other: what stands on many of them word for word, and what one alone has otherwise."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from pipeline.records import Finding
from pipeline.survey.marks import EDGE, SurveyRow

__all__ = ["TextOf", "neighbours", "unknown_headings"]

# (path, record id, field) -> the text that stands there.
TextOf = Callable[[str, str, str], str]

_FEWEST: Final = 8  # pages of a folder that can judge each other
_SHARE: Final = 0.3  # of them, that makes a text furniture
_EXAMPLES: Final = 3
_UNKNOWN: Final = "unknown"
_FEWEST_HEADINGS: Final = 3
_WORDS: Final = {
    "all": "the same text",
    "begin": "a text with the same first words",
    "end": "a text with the same last words",
}


class _Place(NamedTuple):
    path: str
    id: str
    field: str


def neighbours(rows: Iterable[SurveyRow], text_of: TextOf) -> Iterator[Finding]:
    """Yield a finding for each cause. `rows` come by path; `text_of` is asked only for what is told.

    In memory is one folder at a time.
    """
    for folder, group in groupby(rows, key=lambda row: row.path.rpartition("/")[0]):
        beside = list(group)
        if len({row.path for row in beside}) >= _FEWEST:
            yield from _repeated(folder, beside, text_of)
            yield from _odd(folder, beside)
        yield from _shared(beside, text_of)
        yield from _parted(folder, beside)


def _repeated(folder: str, rows: Sequence[SurveyRow], text_of: TextOf) -> Iterator[Finding]:
    """Tell of texts, and of beginnings and ends of texts, that stand on more than the share of a folder's pages.

    Pages that give one record are one page in other markup. Of a text that is told as a whole nothing more is told.
    """
    records = len({row.id for row in rows})
    found: dict[tuple[str, str, str], dict[str, _Place]] = defaultdict(dict)
    for row in rows:
        for mark in row.unpacked():
            found[mark.name, mark.part, mark.digest].setdefault(row.id, _Place(row.path, row.id, mark.field))
    told: set[_Place] = set()
    for (name, part, _), places in sorted(found.items(), key=lambda item: (item[0][1] != "all", item[0])):
        if len(places) <= _SHARE * records or len(places) < _EXAMPLES or told & set(places.values()):
            continue
        first, *_ = sorted(places.values())
        told.update(places.values())
        text = text_of(*first)
        shown = text if part == "all" else _edge(text, part)
        said = f"`{name}` on {len(places)} of {records} pages of {folder or 'the folder'}"
        yield Finding.of(
            "repeated-text",
            first.path,
            f"{_WORDS[part]} is {said}: {shown[:80]!r}",
            field=name,
            value=shown,
            signs=(f"{len(places)} of {records} records of the folder have it",),
            count=len(places),
            examples=_examples(place.path for place in places.values()),
        )


def _edge(text: str, part: str) -> str:
    words = text.split()
    return " ".join(words[:EDGE] if part == "begin" else words[-EDGE:])


def _odd(folder: str, rows: Sequence[SurveyRow]) -> Iterator[Finding]:
    """Tell of the one page whose course or publisher is another than that of all other pages of its folder."""
    for field in ("course", "publisher"):
        pages: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            pages[getattr(row, field)].add(row.path)
        values = sorted(pages, key=lambda value: (-len(pages[value]), value))
        if len(values) != 2 or len(pages[values[1]]) != 1:
            continue
        usual, odd = values
        (path,) = pages[odd]
        ids = [row.id for row in rows if row.path == path]
        yield Finding.of(
            "unlike-its-folder",
            path,
            f"the {field} is {odd!r}, and {usual!r} on the other {len(pages[usual])} pages of {folder or 'the folder'}",
            record=ids[0] if len(ids) == 1 else None,
            field=field,
            value=odd,
            signs=(f"{len(pages[usual])} pages beside it say {usual!r}",),
            examples=_examples(pages[usual]),
        )


def _shared(rows: Sequence[SurveyRow], text_of: TextOf) -> Iterator[Finding]:
    """Tell of different records of a course that have one title or one definition."""
    found: dict[tuple[str, str, str], dict[str, _Place]] = defaultdict(dict)
    for row in rows:
        for mark in row.unpacked():
            if mark.name in ("title", "definition") and mark.part == "all":
                found[row.course, mark.name, mark.digest].setdefault(row.id, _Place(row.path, row.id, mark.field))
    for (_, name, _), places in sorted(found.items()):
        if len(places) > 1:
            first, *_ = sorted(places.values())
            text = text_of(*first)
            yield Finding.of(
                "shared-text",
                first.path,
                f"{len(places)} records have one {name}: {text[:80]!r}",
                field=name,
                value=text,
                count=len(places),
                examples=_examples(place.path for place in places.values()),
            )


def _parted(folder: str, rows: Sequence[SurveyRow]) -> Iterator[Finding]:
    """Tell of a class that is two, since some of its pages in a folder say who publishes them and others do not."""
    pages: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        pages[row.course][row.publisher].add(row.path)
    for course, publishers in sorted(pages.items()):
        silent = publishers.pop(_UNKNOWN, set())
        if silent and len(publishers) == 1:
            (publisher,) = publishers
            yield Finding.of(
                "parted-course",
                min(silent),
                f"{len(silent)} pages of {course} in {folder or 'the folder'} name no publisher, the others "
                f"say {publisher!r}: two classes, with decks of their own",
                field="publisher",
                value=_UNKNOWN,
                count=len(silent),
                examples=_examples(silent),
            )


def unknown_headings(pages: Iterable[tuple[str, Sequence[str]]]) -> Iterator[Finding]:
    """Yield the headings that no layout knew and nothing claimed, for those on several pages of a folder.

    `pages` are paths with their headings, by path.
    """
    for folder, group in groupby(pages, key=lambda page: page[0].rpartition("/")[0]):
        paths: dict[str, list[str]] = defaultdict(list)
        spelt: dict[str, Counter[str]] = defaultdict(Counter)
        for path, headings in group:
            for heading in dict.fromkeys(headings):
                paths[heading.casefold()].append(path)
                spelt[heading.casefold()][heading] += 1
        for key in sorted(paths, key=lambda key: (-len(paths[key]), key)):
            if len(paths[key]) >= _FEWEST_HEADINGS:
                yield _unknown(folder, _usual(spelt[key]), paths[key])


def _usual(spellings: Mapping[str, int]) -> str:
    return min(spellings, key=lambda spelling: (-spellings[spelling], spelling))


def _unknown(folder: str, heading: str, paths: Sequence[str]) -> Finding:
    return Finding.of(
        "unknown-heading",
        paths[0],
        f"no layout knows the heading {heading!r}, which stands on {len(paths)} pages of {folder or 'the folder'}",
        value=heading,
        count=len(paths),
        examples=_examples(paths),
    )


def _examples(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(paths))[:_EXAMPLES])
