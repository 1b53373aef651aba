"""The pieces of a sentence that may be asked for, of four kinds, each with what it is ranked by."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.notes.asking.lexicon import Lexicon
from pipeline.notes.asking.words import FUNCTION_WORDS, Word, begins

__all__ = ["Candidate", "candidates"]

_TERM, _NUMBER, _NAME, _OBJECT = range(4)
_MOST_COVERED: Final = 2  # places of one sentence that one answer may stand in
_MOST_NUMBERS: Final = 3  # more figures than these are a worked example, of which nobody learns one
_UNIT_LIST: Final = """
    % percent per hundred thousand million billion trillion dollars cents euros pounds degrees °C °F K kg g mg km m cm mm
    nm L mL s ms h Hz V W J N Pa mol years year months weeks days hours minutes seconds miles feet times
"""
_UNIT: Final = "|".join(re.escape(unit) for unit in sorted(_UNIT_LIST.split(), key=len, reverse=True))
_SPELLED: Final = "three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|hundred|thousand"
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,/^–-])[$€£¥]?(?:\d+(?:[.,]\d+)*(?:\s?[×x·]\s?\d+(?:[.,]\d+)*)*|(?:{_SPELLED})(?=\s[a-z]))s?"
    rf"(?:(?:\s?-?)(?:{_UNIT})(?![A-Za-z]))?(?![\w/])"
)
# A number that names a place of the book and not a thing of the world.
_PLACE_BEFORE: Final = re.compile(
    r"\b(?:chapter|example|equation|figure|page|part|question|section|step|table|unit)s?\s+$", re.I
)
_JOINTS: Final = frozenset(("of", "the", "and", "de", "van", "von", "la"))
_CLAUSE_END: Final = re.compile(
    r"[.;:?!]|,\s+(?:which|who|where|because|so|and|but|while|although)\b|\s[—–]\s|—|\b(?:because|although|whereas)\b"
)
_LONGEST_OBJECT: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of a sentence, and its rank: the least is asked for."""

    start: int
    end: int
    rank: tuple[float, ...]


def candidates(
    text: str, words: Sequence[Word], lexicon: Lexicon, own: Sequence[tuple[int, int]], term: frozenset[str]
) -> Iterator[Candidate]:
    """Yield what may be blanked in plain `text` but the page's own term.

    `own` are the places of that term, and `term` the stems of its words, which stand over the sentence as a headline.
    """
    free = [not any(word.start < end and start < word.end for start, end in own) for word in words]
    stems = Counter(word.stem for word in words)
    for kind, run, count in (
        *_terms(words, lexicon),
        *_numbers(text, words),
        *_names(text, words, lexicon),
        *_objects(text, words, lexicon),
    ):
        if not all(free[run.start : run.stop]):
            continue
        chosen = words[run.start : run.stop]
        said = [word.stem for word in chosen if word.says_something]
        shared = sum(stem in term for stem in said)
        if said and shared == len(said):
            continue
        places = min((stems[stem] for stem in said), default=1)
        start, end = chosen[0].start, chosen[-1].end
        if kind == _NUMBER:
            match = next(
                match
                for match in _AMOUNT.finditer(text)
                if (match.start() <= start and end <= match.end()) or start <= match.start() < end
            )
            start, end = match.span()
        yield Candidate(start, end, (kind, shared > 0, places > _MOST_COVERED, count, -len(said), start))


def _terms(words: Sequence[Word], lexicon: Lexicon) -> Iterable[tuple[int, range, int]]:
    for found in lexicon.terms_in(words):
        yield _TERM, range(found.first, found.last + 1), found.count


def _numbers(text: str, words: Sequence[Word]) -> Iterable[tuple[int, range, int]]:
    matches = [match for match in _AMOUNT.finditer(text) if not _PLACE_BEFORE.search(text, 0, match.start())]
    if len(matches) > _MOST_NUMBERS:
        return
    for match in matches:
        inside = [at for at, word in enumerate(words) if word.start < match.end() and match.start() < word.end]
        if inside:
            yield _NUMBER, range(inside[0], inside[-1] + 1), 0


def _names(text: str, words: Sequence[Word], lexicon: Lexicon) -> Iterable[tuple[int, range, int]]:
    """Yield runs of capitalised words that the course never writes small."""
    capital = [
        word.shown[0].isupper()
        and len(word.shown) > 1
        and word.stem not in lexicon.lower
        and word.shown.lower() not in FUNCTION_WORDS
        for word in words
    ]
    at = 0
    while at < len(words):
        if not capital[at]:
            at += 1
            continue
        last = at
        while last + 1 < len(words) and text[words[last].end : words[last + 1].start] == " ":
            if capital[last + 1]:
                last += 1
            elif (
                words[last + 1].shown in _JOINTS
                and last + 2 < len(words)
                and capital[last + 2]
                and text[words[last + 1].end : words[last + 2].start] == " "
                and words[last + 1].shown != "and"
            ):
                last += 2
            else:
                break
        if last > at or not begins(text, words[at]) or words[at].stem in lexicon.capital:
            yield _NAME, range(at, last + 1), lexicon.stems[words[last].stem]
        at = last + 1


def _objects(text: str, words: Sequence[Word], lexicon: Lexicon) -> Iterable[tuple[int, range, int]]:
    """Yield what stands at the end of each clause: the last words that say something, behind a joint or a verb.

    Only what the course says more than once is worth asking; the last such clause is taken first.
    """
    ends = [match.start() for match in _CLAUSE_END.finditer(text)] or [len(text)]
    if ends[-1] < len(text.rstrip()) - 1:
        ends.append(len(text))
    begin = 0
    for end in ends:
        inside = [at for at, word in enumerate(words) if begin <= word.start and word.end <= end]
        begin = end
        if len(inside) < 4:
            continue
        first = last = inside[-1]
        if not words[last].says_something:
            continue
        while (
            first - 1 > inside[1]
            and last - first + 1 < _LONGEST_OBJECT
            and words[first - 1].says_something
            and text[words[first - 1].end : words[first].start] in (" ", "-")
        ):
            first -= 1
        if first == inside[0] or lexicon.stems[words[last].stem] < 2:
            continue
        yield _OBJECT, range(first, last + 1), lexicon.stems[words[last].stem]
