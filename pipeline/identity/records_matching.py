"""Which record of this run is which record of the lock: equal ids, then vanished ids that came back under another."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from pipeline.identity.lock import LockLine
from pipeline.identity.similarity import normalise_keeping_tab, same_term, words
from pipeline.notes import StudyNote
from pipeline.records import normalise

__all__ = ["pair_records"]

_SHARED_TEXTS: Final = 0.5
# How many of a definition's rarest words lead to the terms with which it is compared.
_LEADING_WORDS: Final = 8
_MOST_CANDIDATES: Final = 50


def pair_records(
    groups: Mapping[str, Sequence[StudyNote]], lines: Mapping[str, Sequence[LockLine]], read: Collection[str]
) -> dict[str, str]:
    """Return for each record id of this run the id under which the lock knows it; new records are left out.

    `lines` are the lock's, by record id. A vanished id is paired with a new one of the same kind that shares at
    least half of the items' texts, or whose term and definition are both at least 85 % similar; one to one, the
    most alike first (DESIGN section 4).
    """
    paired = {record_id: record_id for record_id in groups if record_id in lines}
    vanished = sorted(record_id for record_id in lines if record_id not in read)
    fresh = sorted(record_id for record_id in groups if record_id not in lines)
    if not vanished or not fresh:
        return paired
    scores = _shared_texts(fresh, vanished, groups, lines)
    scores.update(_same_terms(fresh, vanished, groups, lines, scores))
    taken: set[str] = set()
    for (new, old), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if new not in paired and old not in taken:
            paired[new] = old
            taken.add(old)
    return paired


def _is_guide(record_id: str) -> bool:
    """Say whether an id is a study guide's: `…/unit-3/<title>` or `…/guide/<title>` (DESIGN section 2)."""
    above = record_id.split("/")[-2:-1]
    return bool(above) and re.fullmatch(r"guide|unit-[^/]*", above[0]) is not None


def _live(lines: Sequence[LockLine]) -> list[LockLine]:
    live = [line for line in lines if line.state == "live"]
    return live or list(lines)


def _shared_texts(
    fresh: list[str],
    vanished: list[str],
    groups: Mapping[str, Sequence[StudyNote]],
    lines: Mapping[str, Sequence[LockLine]],
) -> dict[tuple[str, str], float]:
    """Return the pairs that share at least half of their items' texts, with the share."""
    holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    sizes: Counter[str] = Counter()
    for old in vanished:
        for item in _items((line.kind, line.identity_text) for line in _live(lines[old])):
            holders[item].append(old)
            sizes[old] += 1
    scores: dict[tuple[str, str], float] = {}
    for new in fresh:
        items = _items((note.kind, note.identity_text) for note in groups[new])
        shared: Counter[str] = Counter()
        for item in items:
            # A sentence that stands on very many pages tells nothing of which page this is.
            if len(holders.get(item, ())) <= _MOST_CANDIDATES:
                shared.update(holders.get(item, ()))
        for old, count in shared.items():
            share = 2 * count / (len(items) + sizes[old])
            if share >= _SHARED_TEXTS and _is_guide(old) == _is_guide(new):
                scores[new, old] = share
    return scores


def _items(texts: object) -> set[tuple[str, str]]:
    return {(kind, normalise(text)) for kind, text in texts if kind != "key_term"}  # type: ignore[attr-defined]


def _same_terms(
    fresh: list[str],
    vanished: list[str],
    groups: Mapping[str, Sequence[StudyNote]],
    lines: Mapping[str, Sequence[LockLine]],
    scored: Mapping[tuple[str, str], float],
) -> dict[tuple[str, str], float]:
    """Return the pairs of key-term pages, not yet scored, whose term and definition are both nearly the same."""
    old_terms = {
        old: line.identity_text
        for old in vanished
        if not _is_guide(old)
        for line in _live(lines[old])
        if line.kind == "key_term"
    }
    new_terms = {
        new: note.identity_text
        for new in fresh
        if not _is_guide(new)
        for note in groups[new]
        if note.kind == "key_term"
    }
    exact: defaultdict[str, list[str]] = defaultdict(list)
    postings: defaultdict[str, list[str]] = defaultdict(list)
    for old, text in old_terms.items():
        exact[normalise_keeping_tab(text)].append(old)
        for word in words(text):
            postings[word].append(old)
    scores: dict[tuple[str, str], float] = {}
    for new, text in new_terms.items():
        same = exact.get(normalise_keeping_tab(text), ())
        for old in same or _candidates(text, postings):
            if (new, old) not in scored and (same or same_term(old_terms[old], text)):
                # Below every pair that shares texts: those are the surer sign.
                scores[new, old] = 0.4 if same else 0.3
    return scores


def _candidates(text: str, postings: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the records that share one of a text's rarest words, those that share most first."""
    known = sorted((word for word in words(text) if word in postings), key=lambda word: (len(postings[word]), word))
    shared: Counter[str] = Counter()
    for word in known[:_LEADING_WORDS]:
        shared.update(postings[word])
    best = sorted(shared.items(), key=lambda item: (-item[1], item[0]))
    return [old for old, _ in best[:_MOST_CANDIDATES]]
