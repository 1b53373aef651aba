"""Names that a sentence may be asked for: of people, places, organisations, laws and books."""

import re
from collections.abc import Iterator
from typing import Final

from pipeline.notes.asking.lexicon import Lexicon
from pipeline.notes.asking.sentence import NAME, Piece, Sentence
from pipeline.notes.asking.words import Word, begins

__all__ = ["names"]

_JOINTS: Final = frozenset(("of", "the", "de", "la", "van", "von"))
_ARTICLES: Final = frozenset(("a", "an", "the", "his", "her", "its", "their"))
_DATE_LIST: Final = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
"""
_DATES: Final = frozenset(_DATE_LIST.split())
_EXAMPLE_BEFORE: Final = re.compile(
    r"\b(?:e\.g\.|except|for (?:example|instance)|including|like|such as|when)\b"
    r"(?:[^.;:]{0,200}\b(?:and|or))?[\s,(]{0,9}$",
    re.IGNORECASE,
)
# What a text was taken from: "Moss & Reed (1999)", "Moss et al. (1999)"; a number that it has: "Article 5".
_SOURCE_AFTER: Final = re.compile(r"(?:,? (?:&|and) [^\W\d_]+| et al\.)*,? \((?:\w+ )?\d{4}[,;)]|\s\d{1,3}\b")


def names(sentence: Sentence, lexicon: Lexicon) -> Iterator[Piece]:
    """Yield runs of capitalised words, one of which the course never writes small; each as a whole.

    No names of examples, none in a quotation or in brackets, none that the whole course is about. Where the sentence
    does not tell of the term, or the name only says which one of what stands behind it, it is asked last.
    """
    words, text = sentence.words, sentence.text
    capital = [word.shown[0].isupper() and (word.says_something or len(word.shown) == 1) for word in words]
    true = [
        is_capital and len(word.shown) > 1 and word.stem not in lexicon.lower
        for is_capital, word in zip(capital, words, strict=True)
    ]
    at = 0
    while at < len(words):
        if not capital[at]:
            at += 1
            continue
        first, last = at, _run_end(sentence, capital, true, at)
        at = last + 1
        first = _name_start(sentence, true, first, last)
        if not any(true[first : last + 1]):
            continue
        start, end = words[first].start, words[last].end
        known = words[last if true[last] else true.index(True, first)]
        if (
            (first == last and begins(text, words[first]) and words[first].stem not in lexicon.capital)
            or lexicon.is_common(known)
            or known.shown.lower() in _DATES
            or sentence.is_aside(start, end)
            or sentence.is_quoted(start, end)
            or _EXAMPLE_BEFORE.search(text, 0, start)
            or _SOURCE_AFTER.match(text, end)
            or (text[start - 1 : start] == "(" and text[end : end + 1] == ")")
        ):
            continue
        following = _following(sentence, last) if first == last else None
        if following and sum(word.stem == following.stem for word in words) > 1:
            continue  # Spanish ships and French ships
        weak = (following is not None and _is_attribute(sentence, first, following, lexicon)) or not sentence.is_of_term
        if first < last or sentence.is_of_term:
            yield Piece(start, end, NAME, lexicon.stems[known.stem], weak)


def _run_end(sentence: Sentence, capital: list[bool], true: list[bool], at: int) -> int:
    """Return the last word of the run of capitalised words that begins at word `at`."""
    words = sentence.words
    last = at
    while last + 1 < len(words):
        initial = len(words[last].shown) == 1 and sentence.between(last) == ". "
        if not initial and sentence.between(last) not in (" ", "-"):
            break
        following = last + 1
        while following < len(words) and words[following].shown in _JOINTS and sentence.between(following) == " ":
            following += 1
        if following == len(words) or not capital[following]:
            break
        if following > last + 1 and last > at and all(true[at : last + 1]):
            break  # somebody "of" a place
        last = following
    return last


def _name_start(sentence: Sentence, true: list[bool], first: int, last: int) -> int:
    """Return where a run's name begins: not with what somebody is, where two names follow that."""
    words = sentence.words
    start = last + 1
    while start > first and (true[start - 1] or len(words[start - 1].shown) == 1):
        start -= 1
    return start if sum(true[start : last + 1]) > 1 and not any(true[first:start]) else first


def _following(sentence: Sentence, at: int) -> Word | None:
    """Return the word behind the word `at` that may be the noun to it."""
    after = sentence.words[at + 1] if at + 1 < len(sentence.words) and sentence.between(at) == " " else None
    return after if after and after.shown.islower() and after.says_something else None


def _is_attribute(sentence: Sentence, at: int, following: Word, lexicon: Lexicon) -> bool:
    """Say whether a name only tells which one of what stands behind it: the Confederate states."""
    before = sentence.words[at - 1] if at and sentence.between(at - 1) == " " else None
    is_modified = before is not None and (before.shown.lower() in _ARTICLES or before.says_something)
    return is_modified or following.key in lexicon.nouns
