"""The words of a text as the choice of a blank sees them: where each stands, its stem, whether it says anything."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from pipeline.notes.inflection import stem
from pipeline.notes.term_forms import fold

__all__ = [
    "BEFORE_NOUN",
    "EMPTY",
    "FEWEST_WORDS",
    "FUNCTION_WORDS",
    "UNSPACED",
    "Word",
    "begins",
    "content_words",
    "points_elsewhere",
    "words_of",
]

_LONGEST_ACRONYM: Final = 6
_PLURALS: Final = (
    ("ies", "y"),
    ("sses", "ss"),
    ("xes", "x"),
    ("ches", "ch"),
    ("shes", "sh"),
    ("ss", "ss"),
    ("us", "us"),
    ("ics", "ics"),
    ("is", "is"),
    ("s", ""),
)
FEWEST_WORDS: Final = 3  # that say something: with less on a front nobody can tell what is asked
_TOKEN: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# The closed classes of English: articles, pronouns, prepositions, conjunctions, auxiliaries, adverbs that only point.
_FUNCTION_LIST: Final = """
    a about above across after again against all almost along already also although always am among an and another
    any anyone anything are aren't around as at away back be because been before being below between both but by
    call called calls can can't cannot could did didn't do does doesn't doing don't done down during each either
    else enough
    even ever every everyone everything few first for from further get gets getting goes had hadn't has hasn't
    have haven't having he her here hers herself him himself his however i if in indeed instead into is isn't it
    it's its itself just kind known last least less let let's like likely made make makes making many may me might mine
    more moreover most much must my myself named near neither never no none nor not nothing now of off often on once one
    ones only onto or other others otherwise our ours ourselves out over own per perhaps quite rather same several
    shall she should since so some someone something sometimes soon still such than that that's the their theirs
    them themselves then there these they they're this those though through throughout thus till to together too
    toward towards typically under unless unlike until up upon us usually very via was wasn't we well were
    whatever when whenever where whereas wherever whether which while who whoever whole whom whose why will with
    within without won't would yes yet you your yours yourself
"""
FUNCTION_WORDS: Final = frozenset(_FUNCTION_LIST.split())
# What makes a noun of what stands behind it. "To" makes a verb as well.
_BEFORE_NOUN_LIST: Final = """
    a an the of in on for by from with without into as than between through its their his her any each every
"""
BEFORE_NOUN: Final = frozenset(_BEFORE_NOUN_LIST.split())
# Nouns that name nothing: nobody is asked for them.
_EMPTY_LIST: Final = """
    amount aspect basis case circumstance concept condition day decade degree effect end example extent fact
    feature form goal half idea instance kind lot manner means moment month number order part people period person
    place point position problem question reason result role sense set side situation sort step story table term
    theory thing time type use way whole word work world year
    certain different dollar gallon given important large main new other particular similar small various
    two three four five six seven eight nine ten
"""
EMPTY: Final = frozenset(_EMPTY_LIST.split())
# Sentences that speak of the book, or to its reader, and tell nothing of their own; those that point to a picture, or
# begin with a link whose text was no text ("In , the price is…").
_ASIDE: Final = re.compile(r"(?<!\s)\s*+\([^()]*\)|\bas (?:we|you) (?:have )?\w{1,30} in [^,]{0,200},", re.IGNORECASE)
_TO_READER: Final = re.compile(
    r"^(?:\w+, )?(?:that|the|this) same\b|^(?:again, we|let[’']s|let us|notice)\b"
    r"|^recall(?! (?:can|is|means|refers|that|was)\b)|^now,? (?:consider|imagine|let|look|suppose|think|turn|we|you)\b"
    r"|\bwe (?:begin by|now|shall|will) (?:discuss|examin|explor|look|review|think|turn)"
    r"|(?:^|, )(?:consider|imagine|suppose|think)\b"
    r"|^(?:finally|first|next|second|then),? (?:however, )?(?:consider|let|we|you)\b",
    re.IGNORECASE,
)
_OF_THE_BOOK: Final = re.compile(
    r"\bthe latter\b|\bthe former(?=[,.;:]| (?:and|group|is|of|one|or|question|was)\b)"
    r"|\b(?:this|next|previous|following|preceding|last|earlier|later)(?:\s+(?-i:[A-Z])\w+|\s+it){0,4}\s+(?:appendix|book"
    r"|chapter|example|diagram|exercise|feature|figure|graph|lecture|lesson|module|page|paragraph|section|table|text|topic|unit|video)s?\b"
    r"|^(?:in|see) (?:the )?(?:appendix|chapter|module|section)\b|(?:^|[.)] )the (?:appendix|chapter|section) on\b"
    r"|^(?:as|at|by|from|in)\s+[,(]|\b(?:as and|(?:by|from|in|of)\s+\.(?=\s))"
    r"|\b(?:appears?|described|illustrated|listed|presented|provided|seen?|shown|visible) in "
    r"(?:[,.(]|the (?:figure|graph|table)\b)",
    re.IGNORECASE,
)
# No statements: a question, an entry of a list of sources; what was cut: in a quotation, behind "is:" or "Senator J.".
_CUT: Final = re.compile(
    r"\b\d+:\d+[–-]\d|^[“\"][^”\"]*[.?!,][”\"] [A-Z]|[?:？：][”\"’)]*$"
    r"|^“[^”]*$|^\"[^\"]*$|\b[A-Z][\w.]{0,30} [A-HJ-UWZ]\.$|\b(?:Dr|Gen|Gov|Mrs?|Ms|Prof|Rep|Sen|St|vs?)\.$"
)
# Scripts that write no spaces: two signs count as a word.
UNSPACED: Final = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is shown, from `start` to `end`; `stem` is folded and without its ending."""

    shown: str
    start: int
    end: int
    stem: str

    @property
    def key(self) -> str:
        """Return what names are compared by: the singular; an acronym as it is written, for "IT" is not "it"."""
        return _key(self.shown)

    @property
    def says_something(self) -> bool:
        """Say whether it is more than a joint of the sentence; figures are no words here."""
        return _says_something(self.shown)


@lru_cache(maxsize=65_536)
def _stem(shown: str) -> str:
    return stem(fold(shown)[0].removesuffix("'s"))


@lru_cache(maxsize=65_536)
def _key(shown: str) -> str:
    bare = shown.removesuffix("s")
    if 1 < len(bare) <= _LONGEST_ACRONYM and bare.isascii() and bare.isupper():
        return bare
    word = fold(shown)[0].removesuffix("'s")
    for ending, singular in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + singular
    return word


@lru_cache(maxsize=65_536)
def _says_something(shown: str) -> bool:
    if shown[0].isdigit() or not any(map(str.isalpha, shown)):
        return False
    return shown.lower().replace("’", "'") not in FUNCTION_WORDS


def words_of(text: str) -> list[Word]:
    """Return the words of plain text in order; "break-even" is two."""
    return [Word(match[0], *match.span(), _stem(match[0])) for match in _TOKEN.finditer(text)]


def begins(text: str, word: Word) -> bool:
    """Say whether a word stands at the beginning of a sentence or line, where every word has a capital."""
    at = word.start
    while at and text[at - 1] in " \"'“‘([":
        at -= 1
    return not at or text[at - 1] in ".!?:•\n"


def content_words(text: str) -> int:
    """Return how many words of plain text say something: the closed classes and lone letters are none.

    Formulas and figures count, for much of what is asked in mathematics is nothing else.
    """
    unspaced = len(UNSPACED.findall(text))
    tokens = _TOKEN.findall(UNSPACED.sub(" ", text) if unspaced else text)
    return unspaced // 2 + sum(
        1 for token in tokens if token[0].isdigit() or (len(token) > 1 and _says_something(token))
    )


def points_elsewhere(text: str, term: str) -> bool:
    """Say whether a sentence cannot be asked alone: it speaks of the book, or begins in the middle of another.

    One that begins with a pronoun may speak of the term over it; one that begins small may begin with the term (pH).
    """
    bare = _ASIDE.sub("", text)
    if _CUT.search(text) or _OF_THE_BOOK.search(bare):
        return True
    first = term.split(" ", 1)[0]
    if _TO_READER.search(bare) and not text.casefold().startswith(first.casefold()):
        return True
    return text[:1].isascii() and text[:1].islower() and not text.startswith(first)
