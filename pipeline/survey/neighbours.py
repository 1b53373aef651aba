"""Pages of one folder judge each other: what stands on many of them word for word, and what one alone has otherwise.

A folder may have a million pages, as an archive has: they go by once, and again where something may have to be told.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import groupby
from typing import Final

from pipeline.records import Finding
from pipeline.survey.counting import EXAMPLES, LAST, Frequent, Hashes, Pages, Place, Places
from pipeline.survey.marks import EDGE, SurveyRow

__all__ = ["RowsOf", "TextOf", "neighbours"]

# (path, record id, field) -> the text that stands there.
TextOf = Callable[[str, str, str], str]
# The rows of the paths from the first to the last, by path.
RowsOf = Callable[[str, str], Iterable[SurveyRow]]

_FEWEST: Final = 8  # pages of a folder that can judge each other
_SHARE: Final = 0.3  # of them, that makes a text furniture
_UNKNOWN: Final = "unknown"
_WORDS: Final = {
    "all": "the same text",
    "begin": "a text with the same first words",
    "end": "a text with the same last words",
}

_Key = tuple[str, str, str]  # name, part and digest of a mark


def neighbours(rows: RowsOf, text_of: TextOf) -> Iterator[Finding]:
    """Yield a finding for each cause; `text_of` is asked only for what is told.

    In memory is what pages have in common, and some bytes for each page of one folder.
    """
    for name, group in groupby(rows("", LAST), key=lambda row: row.path.rpartition("/")[0]):
        folder = _Folder(name)
        for row in group:
            folder.see(row)
        yield from folder.findings(rows, text_of)


class _Folder:
    """Pages that stand beside each other."""

    def __init__(self, name: str) -> None:
        self._name = name or "the folder"
        self._range = ("", "")
        self._pages = Pages()
        self._ids = Hashes()
        self._texts = Hashes()  # that are told if two records have them
        self._marks: defaultdict[tuple[str, str], Frequent] = defaultdict(Frequent)
        self._values: dict[str, defaultdict[str, Pages]] = {
            name: defaultdict(Pages) for name in ("course", "publisher")
        }
        self._classes: defaultdict[str, defaultdict[str, Pages]] = defaultdict(lambda: defaultdict(Pages))

    def see(self, row: SurveyRow) -> None:
        """Look at a record."""
        self._range = (self._range[0] or row.path, row.path)
        self._pages.add(row.path)
        self._ids.add(row.id)
        for mark in row.unpacked():
            self._marks[mark.name, mark.part].add(mark.digest)
            if mark.name in ("title", "definition") and mark.part == "all":
                self._texts.add((row.course, mark.name, mark.digest))
        self._values["course"][row.course].add(row.path)
        self._values["publisher"][row.publisher].add(row.path)
        self._classes[row.course][row.publisher].add(row.path)

    def findings(self, rows: RowsOf, text_of: TextOf) -> Iterator[Finding]:
        """Yield what is found, once all records went by."""
        records, twice = self._ids.often(2)
        if self._pages.count >= _FEWEST:
            yield from self._repeated(rows, text_of, records, twice)
            yield from self._odd(rows)
        yield from self._shared(rows, text_of, twice)
        yield from self._parted()

    def _repeated(self, rows: RowsOf, text_of: TextOf, records: int, twice: Collection[int]) -> Iterator[Finding]:
        """Tell of texts, and of beginnings and ends of texts, that stand on more than the share of a folder's pages.

        Pages that give one record are one page in other markup. Of a text that is told as a whole nothing more is told.
        """
        least = max(_SHARE * records, EXAMPLES - 1)
        wanted = {(*kind, digest) for kind, counted in self._marks.items() for digest in counted.over(least)}
        if not wanted:
            return
        found: defaultdict[_Key, Places] = defaultdict(Places)
        beside: defaultdict[_Key, set[_Key]] = defaultdict(set)  # what stands in the same place
        for row in rows(*self._range):
            here: dict[_Key, Place] = {}
            for mark in row.unpacked():
                key = mark.name, mark.part, mark.digest
                if key in wanted and key not in here:
                    here[key] = Place(row.path, row.id, mark.field)
            may_be_seen = hash(row.id) in twice
            here = {key: at for key, at in here.items() if found[key].add(at, may_be_seen=may_be_seen)}
            for key, place in here.items():
                beside[key].update(other for other, at in here.items() if at == place)
        told: set[_Key] = set()
        for key, places in sorted(found.items(), key=lambda item: (item[0][1] != "all", item[0])):
            name, part, _ = key
            if places.count <= least or told & beside[key] or places.first is None:
                continue
            told.add(key)
            text = text_of(*places.first)
            shown = text if part == "all" else _edge(text, part)
            said = f"`{name}` on {places.count} of {records} pages of {self._name}"
            yield Finding.of(
                "repeated-text",
                places.first.path,
                f"{_WORDS[part]} is {said}: {shown[:80]!r}",
                field=name,
                value=shown,
                signs=(f"{places.count} of {records} records of the folder have it",),
                count=places.count,
                examples=tuple(places.pages.first),
            )

    def _odd(self, rows: RowsOf) -> Iterator[Finding]:
        """Tell of the one page whose course or publisher is another than that of all other pages of its folder."""
        for name, pages in self._values.items():
            values = sorted(pages, key=lambda value: (-pages[value].count, value))
            if len(values) != 2 or pages[values[1]].count != 1:
                continue
            usual, odd = values
            (path,) = pages[odd].first
            ids = [row.id for row in rows(path, path)]
            said = f"{usual!r} on the other {pages[usual].count} pages of {self._name}"
            yield Finding.of(
                "unlike-its-folder",
                path,
                f"the {name} is {odd!r}, and {said}",
                record=ids[0] if len(ids) == 1 else None,
                field=name,
                value=odd,
                signs=(f"{pages[usual].count} pages beside it say {usual!r}",),
                examples=tuple(pages[usual].first),
            )

    def _shared(self, rows: RowsOf, text_of: TextOf, twice: Collection[int]) -> Iterator[Finding]:
        """Tell of different records of a course that have one title or one definition."""
        _, wanted = self._texts.often(2)
        found: defaultdict[_Key, Places] = defaultdict(Places)
        for row in rows(*self._range) if wanted else ():
            for mark in row.unpacked():
                key = row.course, mark.name, mark.digest
                if mark.name in ("title", "definition") and mark.part == "all" and hash(key) in wanted:
                    found[key].add(Place(row.path, row.id, mark.field), may_be_seen=hash(row.id) in twice)
        for (_, name, _), places in sorted(found.items()):
            if places.count > 1 and places.first:
                text = text_of(*places.first)
                yield Finding.of(
                    "shared-text",
                    places.first.path,
                    f"{places.count} records have one {name}: {text[:80]!r}",
                    field=name,
                    value=text,
                    count=places.count,
                    examples=tuple(places.pages.first),
                )

    def _parted(self) -> Iterator[Finding]:
        """Tell of a class that is two, since some of its pages in a folder say who publishes them and others do not."""
        for course, publishers in sorted(self._classes.items()):
            silent = publishers.pop(_UNKNOWN, None)
            if silent and len(publishers) == 1:
                (publisher,) = publishers
                yield Finding.of(
                    "parted-course",
                    silent.first[0],
                    f"{silent.count} pages of {course} in {self._name} name no publisher, the others "
                    f"say {publisher!r}: two classes, with decks of their own",
                    field="publisher",
                    value=_UNKNOWN,
                    count=silent.count,
                    examples=tuple(silent.first),
                )


def _edge(text: str, part: str) -> str:
    words = text.split()
    return " ".join(words[:EDGE] if part == "begin" else words[-EDGE:])
