"""The pieces of a sentence that may be asked for, of five kinds, each with what it is ranked by."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pipeline.notes.asking.clauses import named, objects, subjects
from pipeline.notes.asking.lexicon import Found, Lexicon
from pipeline.notes.asking.names import names
from pipeline.notes.asking.numbers import numbers
from pipeline.notes.asking.sentence import NAME, OBJECT, TERM, Piece, Sentence
from pipeline.notes.asking.words import BEFORE_NOUN, EMPTY, begins
from pipeline.notes.fragment import Span

__all__ = ["Candidate", "candidates"]

_MOST_PLACES: Final = 2  # of one sentence that one answer may be covered in
# Titles of chapters, and what was told there.
_POINTING: Final = re.compile(
    r"\b(?:(?:chapter|module|section|unit) (?:on )?"
    r"|(?:described?|discuss(?:ed)?|explain(?:ed)?|learn(?:ed)?|saw|seen?) (?:about )?(?:\w{1,30} with regard to|in) )"
    r"(?-i:(?:[A-Z][\w-]{0,30}|an?|and|for|in|of|on|the|to),? ){0,12}$",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[.;:()—](?=\s|$)|\s[–—]\s|—")
_JOINED: Final = re.compile(r"(?<!\s)\s*+\b(?:and|or)\s+")
_LEADING: Final = re.compile(r"\s*(?:(?:and|or)\s+)?(?:(?:an?|by|for|from|in|of|on|the|their|to|with)\s+)*")
_ASIDE_LIST: Final = "after as at by during finally first for however if in on then thus under when while with"
_ASIDES: Final = frozenset(_ASIDE_LIST.split())
_SHORT: Final = 5  # words of one that is listed


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of a sentence, and its rank: the least is asked for."""

    start: int
    end: int
    rank: tuple[float, ...]


def candidates(sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what may be blanked in a sentence but the page's own term.

    In the order of kinds: a term or what the sentence itself names (rare before common, alone before one of a list), a
    number, a name, the object at a clause's end. What the headline or the title of the course says is never asked.
    """
    for start, end, kind, weight, last in (
        *_terms(sentence, lexicon),
        *named(sentence),
        *subjects(sentence),
        *numbers(sentence),
        *names(sentence, lexicon),
        *objects(sentence, lexicon),
    ):
        if any(start < until and since < end for since, until in sentence.own) or _POINTING.search(
            sentence.text, 0, start
        ):
            continue
        said = {word.stem for word in sentence.words if start <= word.start and word.end <= end and word.says_something}
        if said and ((sentence.headline | sentence.subject) >= said or any(lacks <= said for lacks in sentence.others)):
            continue
        shared = sum(stem in sentence.headline for stem in said)
        places = min((sum(word.stem == stem for word in sentence.words) for stem in said), default=1)
        listed = _in_list(sentence.text, start, end)
        if (listed and kind in (NAME, OBJECT)) or (kind == OBJECT and places > 1):
            continue
        at_last = last or listed or sentence.is_aside(start, end)
        rank = (at_last, kind, shared > 0, places > _MOST_PLACES, weight, -len(said), start)
        yield Candidate(*_whole(sentence.text, start, end), rank)


def _whole(text: str, start: int, end: int) -> Span:
    """Return a piece with the signs that belong to it: Mg2+, C#, .NET."""
    while end < len(text) and text[end] in "+#′″*\N{MINUS SIGN}":
        end += 1
    end += text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end)
    return start - (start > 1 and text[start - 1] == "." and text[start - 2].isspace()), end


def _in_list(text: str, start: int, end: int) -> bool:
    """Say whether a piece is one of three or more: of "patents, copyrights and trademarks" none is the one asked."""
    before = _CLAUSE.split(text[:start])[-1].split(", ")
    after = _CLAUSE.split(text[end:])[0].split(",")
    begins, ends = _LEADING.fullmatch(before[-1]) is not None, not after[0].strip()
    follows = len(before) > 1 and before[-2].split(" ", 1)[0].lower() not in _ASIDES
    if begins and _JOINED.match(before[-1]):
        return len(before) > 2 and _is_short(before[-2])
    joined = (ends and _JOINED.search(before[-1])) or (begins and _JOINED.match(after[0]))
    if joined and follows and _is_short(before[-1] + after[0]):  # a, "b and c"
        return True
    if ends:
        for at, following in enumerate(after[1:]):
            if _JOINED.match(following):
                return begins or at > 0
            if not _is_short(following):
                return False
            if _JOINED.search(following):
                return True
    return False


def _is_short(segment: str) -> bool:
    return len(segment.split()) <= _SHORT


def _terms(sentence: Sentence, lexicon: Lexicon) -> Iterator[Piece]:
    """Yield the terms that a sentence holds; one that is a part of a fixed expression with the rest of it."""
    words = sentence.words
    for found in lexicon.terms_in(words):
        first, last, name = _whole_name(sentence, found, lexicon), found.last, found.name
        if EMPTY.issuperset(name) or not lexicon.is_worth_asking(name, sentence.names):
            continue
        end = words[last].end - 2 * words[last].shown.endswith(("'s", "’s"))
        yield Piece(words[first].start, end, TERM, lexicon.facts_with(name))


def _whole_name(sentence: Sentence, found: Found, lexicon: Lexicon) -> int:
    """Return where what a term is the end of begins: the Great Depression, social anxiety disorder."""
    words, first = sentence.words, found.first
    is_title = all(word.shown.istitle() for word in words[first : found.last + 1])
    while (
        first > 0
        and sentence.between(first - 1) == " "
        and words[first - 1].says_something
        and not words[first - 1].shown.endswith("ing")
        and not begins(sentence.text, words[first - 1])
        and ((is_title and words[first - 1].shown.istitle()) or lexicon.is_pair(words[first - 1], words[first]))
    ):
        first -= 1
    before = words[first - 1].shown.lower() if first > 0 and sentence.between(first - 1) == " " else "the"
    return first if is_title or before in BEFORE_NOUN else found.first
