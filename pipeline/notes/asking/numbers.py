"""Numbers with their units, and years, that a sentence may be asked for."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from pipeline.notes.asking.sentence import NUMBER, Piece, Sentence

__all__ = ["numbers"]

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
    rf"(?<![\w.,/^–(-])[$€£¥]?(?:{_DIGITS}(?:\s?[×x·]\s?{_DIGITS})*|(?:{_SPELLED})(?=\s[a-z]))(?:\s?(?:{_UNIT})(?![\w-]))*"
    r"(?:s(?!\w))?(?![\w/–-]|:\d)",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"1\d\d\ds?|20\d\ds?")
_MONEY: Final = re.compile(r"[$€£¥]|.*\b(?:dollars|cents)$", re.IGNORECASE)
_MONTH: Final = r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY_AFTER: Final = re.compile(rf"\s(?:of\s)?{_MONTH}\b")
# A number that names a place of the book, a day, a part of a list or one end of a range.
_LABEL_BEFORE: Final = re.compile(
    r"\b(?:amendment|article|chapter|class|equation|example|fact|figure|grade|group|item|level|number|page|part|phase"
    r"|question|section|stage|step|table|type|unit|volume)s?\s+(?:\d+(?:,| and| or)+\s)*$"
    rf"|\b{_MONTH}\s+$|\b(?:between|from)\s+$|\b(?:between|from)\s+\S+(?:\s\w+){{0,2}}\s(?:and|to)\s+$",
    re.IGNORECASE,
)
# What was counted follows, so that anybody can count it.
_LISTED: Final = re.compile(r":|\b(?:are|include|were)\b[^.;,]{0,99},[^.;]{0,300}\b(?:and|or)\b")
_EXAMPLE: Final = re.compile(
    r"\b(?:for example|for instance|say|suppose|imagine|if)\b"
    r"|\b(?:in|of) (?:an?|another|one|that|the|this) (?:\w+ ){0,2}(?:experiment|study|survey)\b",
    re.IGNORECASE,
)


def numbers(sentence: Sentence) -> Iterator[Piece]:
    """Yield numbers with their units, and years: all that says how much, where the sentence is no worked example.

    None that stands twice, in brackets or quoted; none that only numbers a thing, a day, or an end of a range.
    """
    text = sentence.text
    found = [
        match
        for match in _AMOUNT.finditer(text)
        if any(word.start < match.end() and match.start() < word.end for word in sentence.words)
        and not sentence.is_aside(*match.span())
    ]
    if len(found) > _MOST_NUMBERS:
        return
    count = Counter(match[0].lower() for match in found)
    years = sum(_YEAR.fullmatch(match[0]) is not None for match in found)
    example = _EXAMPLE.search(text)
    for match in found:
        start, end = match.span()
        is_year = _YEAR.fullmatch(match[0]) is not None
        if (
            count[match[0].lower()] > 1
            or sentence.is_quoted(start, end)
            or _LABEL_BEFORE.search(text, 0, start)
            or _DAY_AFTER.match(text, end)
            or (example and (not is_year or example.start() < start))
            or (match[0][0].isalpha() and _LISTED.search(text, end))
        ):
            continue
        # A year that only dates another number is asked after it; a line of a chronicle begins with its year.
        dates = is_year and len(found) > 1 and not text.startswith(f"{match[0]}:")
        # Sums of money are of one day, and of the years of a trend none is the one asked.
        passing = years >= _TREND if is_year else _MONEY.match(match[0]) is not None
        if sentence.is_of_term or not passing:
            yield Piece(start, end, NUMBER, dates, passing)
