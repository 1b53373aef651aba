"""When an edited text is the same text still, and which of several edited texts is which."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence, Set
from itertools import pairwise
from typing import Final, Generic, TypeVar

from rapidfuzz import fuzz

from pipeline.identity.best_assignment import best_assignment
from pipeline.records import normalise

__all__ = [
    "KEPT_SHARE",
    "SURELY_ONE",
    "RareWords",
    "likeness",
    "normalise_keeping_tab",
    "pair_moved_texts",
    "pair_texts",
    "same_term",
    "words",
]

_Key = TypeVar("_Key", bound=Hashable)

# DESIGN section 4: at least 60 % of the words kept, and term and definition both at least 85 % similar.
KEPT_SHARE: Final = 0.6
_TERM_SIMILARITY: Final = 85.0
# Two texts that share less of their words are told: they may be one fact, edited, or two that are parallel.
SURELY_ONE: Final = 0.85
# Without a page that vouches for it, a text has to keep more: parallel sentences share most of their words.
_MOVED_SHARE: Final = 0.75
_MOVED_WORDS: Final = 5
# How many of a text's rarest words lead to the texts with which it is compared, and to how many at most. Where a word
# stands in more texts than these, two words side by side lead on.
_LEADING_WORDS: Final = 8
_MOST_CANDIDATES: Final = 50
_MOST_LOOKED_AT: Final = 1_000
_LOOKED_AT_AMONG_MANY: Final = 200
# Of more pairs than these (200 to 200, each with each) only those that share rare words are compared, with a few each.
_MOST_PAIRS: Final = 40_000
_FEW_CANDIDATES: Final = 10
# An old text that is only a small part of the new one is there by chance: "it is a" is in most sentences.
_SHARE_OF_NEW: Final = 0.4
# Spelling corrected in a text of few words leaves few whole words, and nearly all characters.
_SAME_SPELLING: Final = 90.0

# Words; each sign of the scripts that write none apart; else any sign: TeX has hardly words.
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]|[^\W_]+|[^\w\s]")


def words(text: str) -> Counter[str]:
    """Return the words of a text and how often each stands in it; signs count only where there is no word."""
    return Counter(_in_order(text))


def _in_order(text: str) -> list[str]:
    found = _WORD.findall(normalise(text))
    return [word for word in found if word[0].isalnum()] or found


def likeness(old: str, new: str) -> float:
    """Return the share of the words of both texts that stands in both, from 0 to 1."""
    return _shared_part(words(old), words(new))


def _shared_part(before: Counter[str], after: Counter[str]) -> float:
    return 2 * (before & after).total() / max(before.total() + after.total(), 1)


def same_term(old: str, new: str) -> bool:
    """Say whether two identity texts of Key term notes (term, tab, definition) are one term, corrected."""
    old_term, _, old_definition = (normalise_keeping_tab(old)).partition("\t")
    new_term, _, new_definition = (normalise_keeping_tab(new)).partition("\t")
    return (
        fuzz.ratio(old_definition, new_definition, score_cutoff=_TERM_SIMILARITY) >= _TERM_SIMILARITY
        and fuzz.ratio(old_term, new_term, score_cutoff=_TERM_SIMILARITY) >= _TERM_SIMILARITY
    )


def normalise_keeping_tab(text: str) -> str:
    """Return `text` normalised, the tab between its parts kept."""
    return "\t".join(normalise(part) for part in text.split("\t"))


def pair_texts(old: Sequence[str], new: Sequence[str]) -> Mapping[int, int]:
    """Return for indices of `new` the index of the old text that it is an edit of, each used once.

    The best assignment: the sum of similarities is as great as it can be. A text that is an edit of none is left out.
    """
    if not old or not new:
        return {}
    if len(old) * len(new) > _MOST_PAIRS:
        return best_assignment(_scores_of_few(old, new))
    old_words = [words(text) for text in old]
    postings: dict[str, list[tuple[int, int]]] = {}
    for index, counted in enumerate(old_words):
        for word, count in counted.items():
            postings.setdefault(word, []).append((index, count))
    scores: dict[tuple[int, int], float] = {}
    for at, text in enumerate(new):
        counted = words(text)
        shared: Counter[int] = Counter()
        for word, count in counted.items():
            for index, old_count in postings.get(word, ()):
                shared[index] += min(count, old_count)
        for index in range(len(old)) if len(old) <= 20 else shared:
            score = _score(shared[index], old_words[index].total(), counted.total(), old[index], text)
            if score is not None:
                scores[at, index] = score
    return best_assignment(scores)


def _scores_of_few(old: Sequence[str], new: Sequence[str]) -> dict[tuple[int, int], float]:
    """Return the scores of (new, old), each new text compared with those old ones that share its rarest words."""
    index = RareWords(enumerate(old))
    old_words = [words(text) for text in old]
    scores: dict[tuple[int, int], float] = {}
    for at, text in enumerate(new):
        counted = words(text)
        for candidate in index.like(text, _FEW_CANDIDATES):
            before = old_words[candidate]
            score = _score((before & counted).total(), before.total(), counted.total(), old[candidate], text)
            if score is not None:
                scores[at, candidate] = score
    return scores


def _score(shared: int, old_total: int, new_total: int, old: str, new: str) -> float | None:
    kept = shared >= KEPT_SHARE * old_total and shared >= _SHARE_OF_NEW * new_total
    spelling = fuzz.ratio(old, new) / 100
    if not (kept and shared) and spelling * 100 < _SAME_SPELLING:
        return None
    # The order of words decides between texts of the same words, and never against one that keeps more of them.
    return 2 * shared / max(old_total + new_total, 1) + spelling / 1000


class RareWords(Generic[_Key]):
    """Texts by their words: finds those that share the rarest ones with a text, in a time that does not grow with all.

    A key may have several texts.
    """

    def __init__(self, texts: Iterable[tuple[_Key, str]]) -> None:
        self._keys: defaultdict[str, dict[_Key, None]] = defaultdict(dict)
        said = [(key, _in_order(text)) for key, text in texts]
        for key, found in said:
            for word in found:
                self._keys[word][key] = None
        common = {word for word, keys in self._keys.items() if len(keys) > _MOST_LOOKED_AT}
        for key, found in said if common else ():
            for pair in _neighbours(found, common):
                self._keys[pair][key] = None
        self._common = common
        self._most = _MOST_LOOKED_AT if len(said) <= _MOST_LOOKED_AT else _LOOKED_AT_AMONG_MANY

    def like(self, text: str, most: int = _MOST_CANDIDATES) -> list[_Key]:
        """Return the keys of texts that share one of the rarest words of `text`, those that share most first."""
        found = _in_order(text)
        said = dict.fromkeys([*found, *_neighbours(found, self._common)]) if self._common else dict.fromkeys(found)
        holders = {word: len(self._keys[word]) for word in said if word in self._keys}
        known = sorted(
            (word for word, count in holders.items() if count <= _MOST_LOOKED_AT),
            key=lambda word: (holders[word], word),
        )
        shared: Counter[_Key] = Counter()
        looked_at = 0
        for word in known[:_LEADING_WORDS]:
            looked_at += holders[word]
            if shared and looked_at > self._most:
                break
            shared.update(self._keys[word].keys())
        return [key for key, _ in shared.most_common(most)]


def _neighbours(found: Sequence[str], common: Set[str]) -> list[str]:
    """Return the words side by side of which one is common."""
    return [f"{one} {two}" for one, two in pairwise(found) if one in common or two in common]


def pair_moved_texts(old: Sequence[str], new: Sequence[str]) -> Mapping[int, int]:
    """Return for indices of `new` the index of the old text that it is, with a typo corrected; each is used once.

    For texts that share no page, or at no time: three quarters of the words of both are the same, and five at least.
    """
    if not old or not new:
        return {}
    index = RareWords(enumerate(old))
    most = _MOST_CANDIDATES if len(old) * len(new) <= _MOST_PAIRS else _FEW_CANDIDATES
    old_words = [words(text) for text in old]
    scores: dict[tuple[int, int], float] = {}
    for at, text in enumerate(new):
        after = words(text)
        for candidate in index.like(text, most) if after.total() >= _MOVED_WORDS else ():
            before = old_words[candidate]
            alike = _shared_part(before, after)
            if alike >= _MOVED_SHARE and before.total() >= _MOVED_WORDS:
                scores[at, candidate] = alike
    return best_assignment(scores)
