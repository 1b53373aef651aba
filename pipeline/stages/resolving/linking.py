"""Links between kinds: the words of guides' vocabularies and the key-term pages of the same course.

A word has a page if a key term of the same publisher and course has its slug, the last part of the page's id. Slugs
are of normalised texts (NFKC, casefolded, white space collapsed), so that case, hyphens and quotes do not matter and
everything else does: "Black-Scholes model" is the page "Black Scholes Model", "enzymes" is not "enzyme". Where two
pages of a course have one slug, which only `id_prefix` makes possible, the first by id has the words.
"""

import re
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final, NamedTuple

from pipeline.records import (
    Finding,
    FindingCode,
    KeyTerm,
    Media,
    NamedIn,
    RichText,
    StudyGuide,
    VocabularyItem,
    normalise,
    slug,
)

__all__ = ["DEFINITION_DIFFERS", "Links", "TermKey"]

DEFINITION_DIFFERS: Final[FindingCode] = "definition-differs"

_SHOWN: Final = 90  # characters of each of two texts that are compared
_BEFORE: Final = 30  # and how many of them may stand before the first difference
_NUMBERS: Final = re.compile(r"(\d+)")


class TermKey(NamedTuple):
    """What a word and its page have in common: the slugs of publisher, course and term."""

    publisher: str
    course: str
    term: str

    @classmethod
    def of_page(cls, publisher: str, course: str, record_id: str) -> "TermKey":
        """Return the key of a key-term page: an id ends with the term's slug (DESIGN section 2)."""
        return cls(publisher, course, record_id.rpartition("/")[2])

    @classmethod
    def of_word(cls, guide: StudyGuide, word: VocabularyItem) -> "TermKey":
        """Return the key of a word in a guide's vocabulary."""
        return cls(slug(guide.publisher), guide.course.slug, slug(word.term.text or word.term.html))


@dataclass(frozen=True, slots=True)
class _Page:
    """What guides need of a key-term page."""

    id: str
    path: str
    definition: RichText
    media: tuple[Media, ...]


@dataclass(slots=True)
class Links:
    """Who names whom. Every guide goes through `add_guide`, then every page that `names` through `add_page`; only
    then does `linked` know all. What it holds grows with the words of guides, not with the records of the build.
    """

    findings: list[Finding] = field(default_factory=list)  # of the guides that went through `linked`
    _guides: dict[TermKey, dict[str, NamedIn]] = field(default_factory=dict)
    _pages: dict[TermKey, _Page] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Say whether any guide names anything."""
        return bool(self._guides)

    def add_guide(self, guide: StudyGuide) -> None:
        """Note which words a guide's vocabulary names."""
        place = NamedIn(record_id=guide.id, unit=guide.unit.number if guide.unit else None, topic=guide.topic)
        for word in guide.vocabulary:
            self._guides.setdefault(TermKey.of_word(guide, word), {})[guide.id] = place

    def names(self, key: TermKey) -> bool:
        """Say whether a guide names the term."""
        return key in self._guides

    def add_page(self, key: TermKey, page: KeyTerm) -> None:
        """Note a page that a guide names, with its definition and the pictures in it."""
        shown = tuple(one for one in page.media if one.name in page.definition.html)
        self._pages.setdefault(key, _Page(page.id, page.source.path, page.definition, shown))

    def linked_page(self, key: TermKey, page: KeyTerm) -> KeyTerm:
        """Return a key-term page with the guides that name it: by unit, then topic; what has none comes last."""
        known = self._pages.get(key)
        if known is None or known.id != page.id:
            return page
        return page.model_copy(update={"named_in": tuple(sorted(self._guides[key].values(), key=_order))})

    def linked_guide(self, guide: StudyGuide) -> StudyGuide:
        """Return a guide whose words lead to their pages; a word without definition has its page's.

        Definitions that differ are noted in `findings`.
        """
        media = {one.name: one for one in guide.media}
        words = []
        for word in guide.vocabulary:
            page = self._pages.get(TermKey.of_word(guide, word))
            if page is None:
                words.append(word)
            elif word.definition:
                words.append(word.model_copy(update={"record_id": page.id}))
                if normalise(word.definition.text) != normalise(page.definition.text):
                    self.findings.append(_disagreement(guide, word.term, word.definition, page))
            else:
                given = {"record_id": page.id, "definition": page.definition, "definition_from": page.id}
                words.append(word.model_copy(update=given))
                for one in page.media:
                    media.setdefault(one.name, one)
        pictures = tuple(media[name] for name in sorted(media))
        return guide.model_copy(update={"vocabulary": tuple(words), "media": pictures})


def _order(place: NamedIn) -> tuple[bool, int, bool, list[tuple[int, str]], str]:
    unit, topic = place.unit, place.topic
    return unit is None, unit or 0, topic is None, _by_numbers(topic or ""), place.record_id


def _by_numbers(text: str) -> list[tuple[int, str]]:
    """Return what sorts "3.10" behind "3.9"."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in _NUMBERS.split(text) if part]


def _disagreement(guide: StudyGuide, term: RichText, definition: RichText, page: _Page) -> Finding:
    here, there = _apart(" ".join(definition.text.split()), " ".join(page.definition.text.split()))
    return Finding.of(
        DEFINITION_DIFFERS,
        guide.source.path,
        f"{term.text!r} is defined otherwise than in {page.id}\n  here: {here}\n  there: {there}",
        record=guide.id,
        field="vocabulary",
        value=f"{term.text}: {here}",
        signs=(f"{page.id}: {there}",),
        examples=(page.path,),
        hint="cards have the key-term page's definition, the guide keeps its own",
    )


def _apart(one: str, other: str) -> tuple[str, str]:
    """Return two texts shortened, both from shortly before where they begin to differ."""
    pairs = zip(one.casefold(), other.casefold(), strict=False)
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    start = 0
    if same > _BEFORE and max(len(one), len(other)) > _SHOWN:
        start = one.rfind(" ", 0, same - _BEFORE // 2) + 1
    return _shortened(one, start), _shortened(other, start)


def _shortened(text: str, start: int) -> str:
    cut = text[start : start + _SHOWN]
    return f"{'… ' if start else ''}{cut}{'…' if start + _SHOWN < len(text) else ''}"
