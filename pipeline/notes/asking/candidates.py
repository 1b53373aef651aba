"""The pieces of a sentence that may be asked for, of five kinds, each with what it is ranked by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.notes.asking.lexicon import Lexicon, Name
from pipeline.notes.asking.words import Word, begins
from pipeline.notes.fragment import Span

__all__ = ["LAST", "Candidate", "Sentence", "candidates"]

_TERM, _NUMBER, _NAME, _OBJECT, LAST = range(5)
_MOST_PLACES: Final = 2  # of one sentence that one answer may be covered in
_TREND: Final = 3  # years
_MOST_NUMBERS: Final = 3  # more figures than these are a worked example, of which nobody learns one
_UNIT_LIST: Final = """
    % percent hundred thousand million billion trillion dollars cents euros pounds bar kilograms kilometres
    kilometers metres meters grams litres liters degrees °C °F K kg g mg km m cm mm nm L mL s ms h Hz V W J N Pa
    mol years year months weeks days hours minutes seconds miles feet times
"""
_UNIT: Final = "|".join(re.escape(unit) for unit in sorted(_UNIT_LIST.split(), key=len, reverse=True))
_SPELLED: Final = "three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
_DIGITS: Final = r"\d+(?:[.,]\d+)*"
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,/^–(-])[$€£¥]?(?:{_DIGITS}(?:\s?[×x·]\s?{_DIGITS}){{0,8}}|(?:{_SPELLED})(?=\s[a-z]))(?:\s?(?:{_UNIT})(?![\w-]))*"
    r"(?:s(?!\w))?(?![\w/–-])",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"1\d\d\ds?|20\d\ds?")
# A number that names a place of the book and not a thing of the world.
_PLACE_BEFORE: Final = re.compile(
    r"\b(?:chapter|equation|example|fact|figure|item|page|part|question|section|step|table|unit)s?\s+$", re.IGNORECASE
)
_IN_NAMES: Final = frozenset(("of", "the", "de", "la", "van", "von"))
_CLAUSE_END: Final = re.compile(
    r"(?<!\b[A-Z])[.;:?!](?=\s|$)|,(?=\s)|\s[—–]\s|—|\b(?:because|although|whereas|while|but|so that|if|when)\b"
)
# What an object stands behind: what makes a noun of it. "To" makes a verb as well.
_BEFORE_NOUN_LIST: Final = """
    a an the of in on for by from with without into as than between through its their his her any each every
"""
_BEFORE_NOUN: Final = frozenset(_BEFORE_NOUN_LIST.split())
_BEGINS_ASIDE_LIST: Final = """
    about after among as at before between by despite during for from in into on through to under until with
    without
"""
_BEGINS_ASIDE: Final = frozenset(_BEGINS_ASIDE_LIST.split())
# Nouns that name nothing: nobody is asked for them.
_EMPTY_LIST: Final = """
    amount aspect basis case circumstance concept condition day decade degree effect end example extent fact
    feature form half idea instance kind lot manner means moment month number order part people period person
    place point position problem question reason result role sense set side situation sort step story table term
    theory thing time type use way whole word work world year
    certain different dollar gallon main new other various
"""
_EMPTY: Final = frozenset(_EMPTY_LIST.split())
_EXAMPLE: Final = re.compile(r"\b(?:for example|for instance|say|suppose|imagine|such as|if)\b", re.IGNORECASE)
# Right before a name, or before the first of those that "and" and "or" join.
_EXAMPLE_WORD: Final = r"\b(?:e\.g\.|except|for (?:example|instance)|including|like|such as|when)\b"
_BEFORE_EXAMPLE: Final = re.compile(rf"{_EXAMPLE_WORD}[\s,(]*$", re.IGNORECASE)
_EXAMPLE_IN_CLAUSE: Final = re.compile(_EXAMPLE_WORD, re.IGNORECASE)
_JOINED: Final = re.compile(r"\b(?:and|or)[\s,(]*$", re.IGNORECASE)
_POINTING: Final = re.compile(
    r"\b(?:(?:chapter|module|section|unit) (?:on )?"
    r"|(?:described?|discuss(?:ed)?|explain(?:ed)?|learn(?:ed)?|saw|seen?) (?:about )?in "
    r"(?-i:(?:[A-Z]\w+|and|of),? ){0,12})$",
    re.IGNORECASE,
)
_NEAR: Final = 400  # characters before a piece in which something may point at it
_PRONOUN: Final = re.compile(r"(?:he|her|his|it|its|she|their|these|they|this|those)\b", re.IGNORECASE)
_LONGEST_OBJECT: Final = 3
_COMMON_OBJECT: Final = 0.03  # of the course's texts


@dataclass(frozen=True, slots=True)
class Sentence:
    """A fact's plain text, its words (none of formulas), and the page's own term: its places, words and names."""

    record_id: str
    text: str
    words: Sequence[Word]
    own: Sequence[Span]
    headline: frozenset[str]  # stems
    names: frozenset[Name]
    subject: frozenset[str]  # stems of the course's title

    @property
    def is_of_term(self) -> bool:
        """Say whether it tells of the page's term: by name, or by the pronoun that it begins with."""
        return bool(self.own) or _PRONOUN.match(self.text) is not None

    def between(self, at: int) -> str:
        """Return what stands between the word `at` and the next."""
        return self.text[self.words[at].end : self.words[at + 1].start]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A piece of a sentence, and its rank: the least is asked for."""

    start: int
    end: int
    rank: tuple[float, ...]


def candidates(sentence: Sentence, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what may be blanked in a sentence but the page's own term.

    In the order of kinds: a term (rare before common, alone before one of a list), a number, a name, the object at a
    clause's end. What the headline or the
    title of the course says is never asked.
    """
    for start, end, kind, weight in (
        *_terms(sentence, lexicon),
        *_numbers(sentence),
        *_names(sentence, lexicon),
        *_objects(sentence, lexicon),
    ):
        if any(start < last and first < end for first, last in sentence.own):
            continue
        if _POINTING.search(sentence.text, max(start - _NEAR, 0), start):
            continue
        said = [word.stem for word in sentence.words if start <= word.start and word.end <= end and word.says_something]
        if said and (sentence.headline | sentence.subject).issuperset(said):
            continue
        shared = sum(stem in sentence.headline for stem in said)
        places = min((sum(word.stem == stem for word in sentence.words) for stem in said), default=1)
        listed = _in_list(sentence.text, start, end)
        if listed and kind in (_NAME, _OBJECT):
            continue
        rank = (kind, shared > 0, places > _MOST_PLACES, listed, weight, -len(said), start)
        yield Candidate(*_whole(sentence.text, start, end), rank)


def _whole(text: str, start: int, end: int) -> Span:
    """Return a piece with the signs that belong to it: Mg2+, C#, .NET."""
    while end < len(text) and text[end] in "+#′″*\N{MINUS SIGN}":
        end += 1
    end += text[end : end + 1] == ")" and text.count("(", start, end) > text.count(")", start, end)
    return start - (start > 1 and text[start - 1] == "." and text[start - 2].isspace()), end


def _in_list(text: str, start: int, end: int) -> bool:
    """Say whether a piece is one of three or more: of "patents, copyrights and trademarks" none is the one asked."""
    before = re.search(r"(,|,?\s(?:and|or))\s$", text[:start])
    after = re.match(r",|,?\s(?:and|or)\s", text[end:])
    return bool(
        (before and after)
        or (before and "," in before[1])
        or (after and after[0].startswith(",") and re.search(r" (?:and|or) ", text[end:]))
    )


_Piece = tuple[int, int, int, float]  # start, end, kind, weight: less is asked sooner


def _terms(sentence: Sentence, lexicon: Lexicon) -> Iterator[_Piece]:
    for found in lexicon.terms_in(sentence.words):
        first, last, name = _whole_name(sentence, *found[:2]), found.last, found.name
        if not _EMPTY.issuperset(name) and lexicon.is_worth_asking(name, sentence.names):
            yield sentence.words[first].start, sentence.words[last].end, _TERM, lexicon.facts_with(name)


def _whole_name(sentence: Sentence, first: int, last: int) -> int:
    """Return where a term begins that is the end of a name: the Great Depression."""
    words = sentence.words
    if all(word.shown.istitle() for word in words[first : last + 1]):
        while (
            first > 0
            and sentence.between(first - 1) == " "
            and words[first - 1].shown.istitle()
            and words[first - 1].says_something
            and not begins(sentence.text, words[first - 1])
        ):
            first -= 1
    return first


def _numbers(sentence: Sentence) -> Iterator[_Piece]:
    """Yield numbers with their units, and years: all that says how much, where the sentence is no worked example."""
    text = sentence.text
    found = [
        match
        for match in _AMOUNT.finditer(text)
        if not _PLACE_BEFORE.search(text, max(match.start() - _NEAR, 0), match.start())
    ]
    found = [
        match
        for match in found
        if any(word.start < match.end() and match.start() < word.end for word in sentence.words)
    ]
    if len(found) > _MOST_NUMBERS:
        return
    years = sum(_YEAR.fullmatch(match[0]) is not None for match in found)
    for match in found:
        is_year = _YEAR.fullmatch(match[0]) is not None
        if is_year or not _EXAMPLE.search(text):
            # A year that only dates another number is asked after it; a line of a chronicle begins with its year.
            dates = is_year and len(found) > 1 and not text.startswith(f"{match[0]}:")
            # Sums of money are of one day, and of the years of a trend none is the one asked.
            passing = years >= _TREND if is_year else match[0][0] in "$€£¥"
            if not (is_year and _EXAMPLE.search(text, 0, match.start())) and (sentence.is_of_term or not passing):
                yield *match.span(), LAST if passing else _NUMBER, dates


def _names(sentence: Sentence, lexicon: Lexicon) -> Iterator[_Piece]:
    """Yield runs of capitalised words that the course never writes small.

    Names of examples are none, nor a sign in brackets for what stands before them; and the sentence tells of the term.
    """
    words = sentence.words
    if not sentence.is_of_term:
        return
    capital = [
        word.shown[0].isupper() and len(word.shown) > 1 and word.says_something and word.stem not in lexicon.lower
        for word in words
    ]
    at = 0
    while at < len(words):
        last = at
        while capital[at] and last + 1 < len(words) and sentence.between(last) in (" ", "-"):
            joint = (
                last + 2 < len(words)
                and words[last + 1].shown in _IN_NAMES
                and capital[last + 2]
                and sentence.between(last + 1) == " "
            )
            if not capital[last + 1] and not joint:
                break
            last += 1 if capital[last + 1] else 2
        start, end = words[at].start, words[last].end
        if (
            capital[at]
            and (last > at or not begins(sentence.text, words[at]) or words[at].stem in lexicon.capital)
            and not _is_example(sentence.text, start)
            and not (sentence.text[start - 1 : start] == "(" and sentence.text[end : end + 1] == ")")
        ):
            kind = LAST if last == at and _is_attribute(sentence, at, lexicon) else _NAME
            yield start, end, kind, lexicon.stems[words[last].stem]
        at = last + 1


def _is_example(text: str, start: int) -> bool:
    """Say whether a name stands behind "like" or "such as", or is one of several that do."""
    if _BEFORE_EXAMPLE.search(text, max(start - _NEAR, 0), start):
        return True
    joined = _JOINED.search(text, max(start - _NEAR, 0), start)
    if joined is None:
        return False
    clause = max(text.rfind(sign, 0, joined.start()) for sign in ".;:")
    return _EXAMPLE_IN_CLAUSE.search(text, max(clause - len("e.g"), 0), joined.start()) is not None


def _is_attribute(sentence: Sentence, at: int, lexicon: Lexicon) -> bool:
    """Say whether a name only tells which one of what stands behind it: the Confederate states."""
    after = sentence.words[at + 1 : at + 2]
    return (
        bool(after)
        and sentence.between(at) == " "
        and after[0].shown.islower()
        and after[0].says_something
        and after[0].stem in lexicon.nouns
    )


def _objects(sentence: Sentence, lexicon: Lexicon) -> Iterator[_Piece]:
    """Yield what ends each clause: one to three words behind a word that makes a noun of them.

    The last of them must be a word that the course says more than once; a single one must be no common word of it,
    and is asked before the term only if the page says it more than once.
    """
    text, words = sentence.text, sentence.words
    if not sentence.is_of_term:
        return
    ends = [*(match.start() for match in _CLAUSE_END.finditer(text)), len(text)]
    begin = 0
    for end in dict.fromkeys(ends):
        clause = [at for at, word in enumerate(words) if begin <= word.start and word.end <= end]
        begin = end
        if not clause or words[clause[0]].shown.lower() in _BEGINS_ASIDE:
            continue
        last = clause[-1]
        if text[words[last].end : end].strip() or not words[last].says_something or words[last].key in _EMPTY:
            continue
        first = last
        while first > 0 and words[first - 1].says_something and sentence.between(first - 1) in (" ", "-"):
            first -= 1
        length = last - first + 1
        count = lexicon.stems[words[last].stem]
        if (
            first == 0
            or words[first - 1].shown.lower() not in _BEFORE_NOUN
            or length > _LONGEST_OBJECT
            or count < 2
            or words[last].stem not in lexicon.nouns
            or words[first].key in _EMPTY
        ):
            continue
        if length > 1 or count <= max(3, _COMMON_OBJECT * lexicon.texts):
            of_page = length > 1 or lexicon.is_of_page(words[last], sentence.record_id)
            yield words[first].start, words[last].end, _OBJECT if of_page else LAST, count
