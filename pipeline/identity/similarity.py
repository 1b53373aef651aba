"""When an edited text is the same text still, and which of several edited texts is which."""

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import islice
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
# How many of a text's rarest words lead to the texts with which it is compared, and to how many at most.
_LEADING_WORDS: Final = 8
_MOST_CANDIDATES: Final = 50
_MOST_LOOKED_AT: Final = 1_000
# An old text that is only a small part of the new one is there by chance: "it is a" is in most sentences.
_SHARE_OF_NEW: Final = 0.4
# Spelling corrected in a text of few words leaves few whole words, and nearly all characters.
_SAME_SPELLING: Final = 90.0

# Words; each sign of the scripts that write none apart; else any sign: TeX has hardly words.
_WORD: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]|[^\W_]+|[^\w\s]")


def words(text: str) -> Counter[str]:
    """Return the words of a text and how often each stands in it; signs count only where there is no word."""
    found = _WORD.findall(normalise(text))
    real = [word for word in found if word[0].isalnum()]
    return Counter(real or found)


def likeness(old: str, new: str) -> float:
    """Return the share of the words of both texts that stands in both, from 0 to 1."""
    before, after = words(old), words(new)
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
        for key, text in texts:
            for word in words(text):
                self._keys[word][key] = None

    def like(self, text: str, most: int = _MOST_CANDIDATES) -> list[_Key]:
        """Return the keys of texts that share one of the rarest words of `text`, those that share most first."""
        known = sorted(
            (word for word in words(text) if word in self._keys), key=lambda word: (len(self._keys[word]), word)
        )
        shared: Counter[_Key] = Counter()
        looked_at = 0
        for word in known[:_LEADING_WORDS]:
            looked_at += len(self._keys[word])
            if shared and looked_at > _MOST_LOOKED_AT:
                break
            shared.update(islice(self._keys[word], _MOST_LOOKED_AT))  # a word of all texts tells them not apart
        return [key for key, _ in shared.most_common(most)]


def pair_moved_texts(old: Sequence[str], new: Sequence[str]) -> Mapping[int, int]:
    """Return for indices of `new` the index of the old text that it is, with a typo corrected; each is used once.

    For texts that share no page, or at no time: three quarters of the words of both are the same, and five at least.
    """
    index = RareWords(enumerate(old))
    scores: dict[tuple[int, int], float] = {}
    for at, text in enumerate(new):
        for candidate in index.like(text):
            alike = likeness(old[candidate], text)
            if alike >= _MOVED_SHARE and min(words(old[candidate]).total(), words(text).total()) >= _MOVED_WORDS:
                scores[at, candidate] = alike
    return best_assignment(scores)
