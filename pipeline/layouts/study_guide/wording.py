"""How a line is worded: as a title, as a name or a question in the words of a sentence, or as a part of a sentence."""

import re
from enum import Enum
from typing import Final

from pipeline.records import formula_spans

__all__ = ["Wording", "holds_formula", "is_title_case", "is_two_sentences", "states", "wording_of"]

_WEIGHT: Final = 4  # letters of a word that a title capitalises
_MOST_WORDS: Final = 12  # of a name or a question in sentence case
_MOST_SMALL_WORDS: Final = 4  # of a name that begins small: "bool data type"
_WORD: Final = re.compile(r"[^\W\d_][^\W_]*(?:['’][^\W\d_]+)*")
_ABBREVIATIONS: Final = re.compile(r"\b(?:[A-Z]|[IVX]+|vs?|Dr|Mr|Mrs|Ms|St|No|Jr|Sr|Inc|Co|Corp|Ltd|Bros)\.")
_SENTENCE: Final = re.compile(r"[.!?][”\"’')]*+\s++[^\sA-Z]*+[A-Z]")
_ORDINAL: Final = re.compile(r"(?:Step|Part|Rule|Phase|Stage|Example|Principle|Theorem|Law) (?:\d+|[IVX]+)\.")
_RELATION: Final = re.compile(r"[=≈≤≥→⟶⇌]|\\[(\[]")
_EQUATION: Final = re.compile(r"[=≈≤≥]")
_SYMBOL: Final = 2  # letters of a formula's word before its sign; behind it there may be one more
# Words that begin small in a title: articles, conjunctions, prepositions; those of less than four letters need no list.
_SMALL: Final = frozenset((
    "about", "above", "across", "after", "against", "along", "amid", "among", "around", "because", "before",
    "behind", "below", "beneath", "beside", "besides", "between", "beyond", "during", "except", "from",
    "inside", "into", "like", "near", "onto", "outside", "over", "past", "since", "than", "that", "their",
    "through", "throughout", "toward", "towards", "under", "underneath", "until", "upon", "versus", "what",
    "when", "where", "which", "while", "with", "within", "without", "your",
))  # fmt: skip
_STATEMENTS: Final = frozenset(("for", "if", "while", "with"))  # of a program: "while loops"
_ASKING: Final = frozenset(("how", "what", "when", "where", "which", "who", "whose", "whom", "why"))
# A line that begins with these goes on from the text before it, or is a sentence.
_OPENERS: Final = frozenset((
    "again", "also", "although", "and", "as", "assume", "assuming", "because", "but", "consequently", "finally",
    "he", "hence", "here", "however", "i", "it", "its", "let", "moreover", "nor", "or", "our", "she", "similarly",
    "since", "so", "suppose", "that", "then", "there", "therefore", "these", "they", "this", "those", "thus",
    "unless", "we", "yet", "you",
))  # fmt: skip
_SAYS: Final = re.compile(
    r"(?:first|second|third|next|now),|for (?:example|instance)\b|"
    r"(?:consider|given|note|notice|observe|recall|remember) (?:that|the|an?)\b",
    re.IGNORECASE,
)
_CONNECTIVES: Final = _OPENERS | {"if", "where", "with"}
# A name in the words of a sentence has none of these, unless it begins with a word that asks ("How we see colours").
_PREDICATES: Final = frozenset((
    "am", "are", "be", "been", "can", "cannot", "could", "did", "does", "had", "has", "have", "is", "it", "may",
    "might", "must", "shall", "should", "they", "was", "we", "were", "will", "would", "you",
))  # fmt: skip
_POINTING: Final = frozenset(("he", "it", "she", "that", "them", "these", "they", "this", "those", "we", "you"))
# No sentence ends with these: it went on in a formula or a picture that was lost.
_OPEN_END: Final = frozenset((
    "become", "becomes", "because", "called", "equal", "find", "following", "form", "formula", "get", "gets",
    "give", "given", "gives", "has", "hence", "if", "implies", "into", "its", "let", "means", "namely", "obtain",
    "obtains", "our", "satisfies", "such", "than", "their", "therefore", "these", "this", "thus", "using", "when",
    "which", "while", "write", "written", "yield", "yields",
))  # fmt: skip


class Wording(Enum):
    """What a line's words are like."""

    TITLE = "title"  # its words of weight begin with capitals
    NAME = "name"  # only the first does, if at all, and they state nothing
    QUESTION = "question"  # a sentence that asks and points at nothing before it
    OTHER = "other"


def wording_of(text: str) -> Wording:
    """Return how a line is worded; a part of a sentence, or a word such as "Therefore", is OTHER."""
    words = _WORD.findall(text)
    if not words or (len(words) == 1 and words[0].lower() in _CONNECTIVES):
        return Wording.OTHER
    if is_title_case(text):
        return Wording.TITLE
    small = [word.lower() for word in words]
    if len(words) > _MOST_WORDS or small[0] in _OPENERS or _SAYS.match(text):
        return Wording.OTHER
    if small[-1] in _OPEN_END or re.search(r":\s+[a-z]", text):
        return Wording.OTHER
    asking = small[0] in _ASKING
    if text.endswith("?"):
        return Wording.QUESTION if asking and not _POINTING & set(small) else Wording.OTHER
    if states(text) or re.search(r"\d\W*$", text):
        return Wording.OTHER
    return Wording.NAME if _is_capital(words[0]) or _is_small_name(text) else Wording.OTHER


def states(text: str) -> bool:
    """Say whether a line has a verb that states something, and does not begin with a word that asks."""
    words = _WORD.findall(text)
    return bool(_PREDICATES & set(words)) and words[0].lower() not in _ASKING


def is_title_case(text: str) -> bool:
    """Say whether a line begins with a capital, and so do at least half of its words of weight behind the first.

    A word may hold its capital (mRNA), and a number or a Greek letter may stand before the first (20th-Century Art).
    What begins small is a title if all its words of weight do not (de Broglie Waves).
    """
    words = _WORD.findall(re.sub(r"^\W*(?:\d[\w,./]*|[α-ω])(?=\W)", "", text))
    if not words:
        return False
    weighty = [word for word in words[1:] if len(word) >= _WEIGHT and word.lower() not in _SMALL]
    capital = sum(1 for word in weighty if _is_capital(word))
    if _is_capital(words[0]):
        return 2 * capital >= len(weighty)
    if text[:1].isdigit():
        return len(words[0]) < _WEIGHT and capital == len(weighty) and any(_is_capital(word) for word in words[1:])
    may_begin = len(words[0]) < _WEIGHT and words[0].lower() not in _CONNECTIVES
    return may_begin and 0 < len(weighty) == capital


def is_two_sentences(text: str) -> bool:
    """Say whether a sentence ends within a line; a title may ask first ("Who Rules? Elites and Masses")."""
    plain = _ABBREVIATIONS.sub("", _ORDINAL.sub("", text))
    if not _SENTENCE.search(plain):
        return False
    parts = [part for part in re.split(r"\?[”\"]?(?:\s+|$)", plain) if part]
    return not all(is_title_case(part) and not re.search(r"[.!]", part) for part in parts)


def holds_formula(text: str) -> bool:
    """Say whether a line is or holds a formula; a title may end with one ("Solving ax + b = c")."""
    if not _RELATION.search(text):
        return False
    outside, at = "", 0
    for start, end in formula_spans(text):
        if text.startswith("\\(", start):
            outside, at = outside + text[at:start], end
    outside += text[at:]
    if not _RELATION.search(outside):
        return not any(len(word) >= _WEIGHT for word in _WORD.findall(outside))
    words = _WORD.findall(_before_formula(text))
    named = sum(1 for word in words if len(word) >= _WEIGHT)
    title_of = is_title_case(text) and re.search(r"\s(?:of|for)\s", text)
    return not (named > 1 or (named == 1 and (words[0].endswith("ing") or title_of)))


def _before_formula(text: str) -> str:
    r"""Return what stands before the formula with which a line ends, nothing if it does not end with one.

    That is all from `\(` on; or words that are symbols, one with the sign of an equation, and symbols behind it.
    """
    words = [(found.start(), found[0]) for found in re.finditer(r"\S+", text)]
    marked = next((n for n, (_, word) in enumerate(words) if n and word.startswith(("\\(", "\\["))), None)
    first = None
    for n in range(len(words) - 1, 0, -1):
        first = n if _EQUATION.search(words[n][1]) else first
        if len(words[n][1]) > _SYMBOL + 1:
            break
    while first is not None and first > 1 and len(words[first - 1][1]) <= _SYMBOL:
        first -= 1
    begins = min((n for n in (marked, first) if n is not None), default=0)
    return text[: words[begins][0]]


def _is_small_name(text: str) -> bool:
    """Say whether a line that begins small is a few whole words, as names of a program's parts are."""
    small = text.split()
    if re.match(r"\w+(?:\.+\w+)*\(\)$|\w+\.{3}\w+$", small[0]):  # "print()", "if...else"
        return len(small) <= _MOST_SMALL_WORDS
    return (
        1 < len(small) <= (2 if small[0] in _STATEMENTS else _MOST_SMALL_WORDS)
        and all(word.replace("-", "").isalpha() and len(word) > 1 for word in small)
        and small[0] not in _SMALL - _STATEMENTS
        and not any(word in _OPENERS or word in ("the", "an", "all", "each", "every", "any") for word in small)
    )


def _is_capital(word: str) -> bool:
    return any(char.isupper() for char in word)
