"""Which record of this run is which record of the lock: equal ids, then vanished ids that came back under another."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.identity.lock import LockLine, course_of, is_guide
from pipeline.identity.similarity import RareWords, likeness, normalise_keeping_tab, pair_texts, same_term, words
from pipeline.notes import NoteSummary

__all__ = ["RecordPairs", "pair_records"]

_SHARED_TEXTS: Final = 0.5
_SHARED_WORDS: Final = 0.75  # pages of one make share most of their small words
_NEARLY_ALL_WORDS: Final = 0.9
_NONE: Final = frozenset[str]()
# A sentence that stands on very many pages tells nothing of which page this is.
_MOST_CANDIDATES: Final = 50
_MOST_COMPARED: Final = 5
_SHORT: Final = 3  # words: a definition of so few may be that of another term

_Pair = tuple[str, str]  # the id of now, the id of the lock


@dataclass(frozen=True, slots=True)
class RecordPairs:
    """Which record is which, and what else has another id since a course was renamed."""

    old_ids: Mapping[str, str]  # of each record of this run that the lock knows -> its id there
    renamed: Mapping[str, str]  # ids of the lock that are another id now -> that id


def pair_records(
    groups: Mapping[str, Sequence[NoteSummary]], lines: Mapping[str, Sequence[LockLine]], read: Collection[str]
) -> RecordPairs:
    """Return for each record of this run the id under which the lock knows it; new records are left out.

    `lines` are the lock's, by record id. A vanished id is paired with a new one of the same kind that shares at
    least half of the items' texts, or whose term and definition are both at least 85 % similar, or (of those left
    over) whose items and definition together keep at least 75 % of their words; one to one, the most alike first
    (DESIGN section 4). The course is the same, or has another name now: a page that is only missing keeps its notes,
    whatever copy of it is new elsewhere.
    """
    paired = {record_id: record_id for record_id in groups if record_id in lines}
    vanished = sorted(record_id for record_id in lines if record_id not in read)
    fresh = sorted(record_id for record_id in groups if record_id not in lines)
    if not vanished or not fresh:
        return RecordPairs(paired, {})
    sides = _Sides(groups, lines)
    leftovers = _Leftovers(sides, fresh, vanished, lambda new, old: course_of(new) == course_of(old))
    found = leftovers.by_texts() | leftovers.by_words()
    at_work = {course_of(record_id) for record_id in read}
    absent = [old for old in vanished if course_of(old) not in at_work]
    # Words alone do not say that a course was renamed: pages of one make share most of them.
    across = _Leftovers(sides, [new for new in fresh if new not in found], absent, lambda *_: True).by_texts()
    courses = _renamed_courses(across, groups, lines, absent)
    found |= {new: old for new, old in across.items() if (course_of(new), course_of(old)) in courses}
    taken = set(found.values())
    rest = [new for new in fresh if new not in found], [old for old in absent if old not in taken]
    found |= _Leftovers(sides, *rest, lambda new, old: (course_of(new), course_of(old)) in courses).by_words()
    renamed = {old: new for new, old in found.items()}
    for old in absent:
        for new_course, old_course in courses:
            new = "/".join((*new_course, *old.split("/")[2:]))
            if course_of(old) == old_course and old not in renamed and new not in lines and new not in groups:
                renamed[old] = new
    return RecordPairs(paired | found, renamed)


def _renamed_courses(
    pairs: Mapping[str, str], groups: Iterable[str], lines: Mapping[str, Sequence[LockLine]], absent: Iterable[str]
) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return new and old name of each course that has another one, the likeliest first.

    None of its pages is there under the old name; more than half of them are there under the new one, or are half
    of what a course that the lock does not know has.
    """
    known = {course_of(record_id) for record_id in lines}
    given = Counter(course_of(record_id) for record_id in groups)
    waiting = Counter(course_of(old) for old in absent if any(line.state == "live" for line in lines[old]))
    moved = Counter((course_of(new), course_of(old)) for new, old in pairs.items())
    return [
        (new, old)
        for (new, old), count in sorted(moved.items(), key=lambda item: (-item[1], item[0]))
        if 2 * count > waiting[old] or (new not in known and 2 * count >= given[new])
    ]


class _Sides:
    """What records are compared by, on both sides."""

    def __init__(self, groups: Mapping[str, Sequence[NoteSummary]], lines: Mapping[str, Sequence[LockLine]]) -> None:
        self._groups = groups
        self._lines = lines

    def of_new(self, record_id: str) -> list[tuple[str, str]]:
        return [(note.kind, note.identity_text) for note in self._groups[record_id]]

    def of_old(self, record_id: str) -> list[tuple[str, str]]:
        lines = self._lines[record_id]
        live = [line for line in lines if line.state == "live"]
        return [(line.kind, line.identity_text) for line in live or lines]


class _Leftovers:
    """Pairs ids that are left over on both sides, one to one, the most alike first."""

    def __init__(
        self, sides: _Sides, fresh: Sequence[str], vanished: Sequence[str], may_be: Callable[[str, str], bool]
    ) -> None:
        self._new = {record_id: sides.of_new(record_id) for record_id in fresh}
        self._old = {record_id: sides.of_old(record_id) for record_id in vanished}
        self._allowed = may_be

    def _may_be(self, new: str, old: str) -> bool:
        return is_guide(new) == is_guide(old) and self._allowed(new, old)

    def by_texts(self) -> dict[str, str]:
        """Return the old id of each new one that has one by whole texts, or by its term and definition."""
        return self._paired(self._shared_texts, self._same_terms)

    def by_words(self) -> dict[str, str]:
        """Return the old id of each new one that has one by the words of its texts: it was renamed and edited."""
        return self._paired(self._shared_words)

    def _paired(self, *scorings: Callable[[], dict[_Pair, float]]) -> dict[str, str]:
        found: dict[str, str] = {}
        for scored in scorings:
            for (new, old), _ in sorted(scored().items(), key=lambda item: (-item[1], item[0])):
                if new in self._new and old in self._old:
                    found[new] = old
                    del self._new[new], self._old[old]
        return found

    def _shared_texts(self) -> dict[_Pair, float]:
        """Return the pairs that share at least half of their items' texts, with the share.

        A guide's vocabulary counts with them or not, whichever says more: words get pages of their own, or guides
        have nothing else.
        """
        whole, items = self._shares(vocabulary=True), self._shares(vocabulary=False)
        return {pair: max(whole.get(pair, 0), items.get(pair, 0)) for pair in whole | items}

    def _shares(self, *, vocabulary: bool) -> dict[_Pair, float]:
        holders: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        sizes: dict[str, int] = {}
        for old, texts in self._old.items():
            items = _items(old, texts, vocabulary=vocabulary)
            sizes[old] = len(items)
            for item in items:
                holders[item].append(old)
        scores: dict[_Pair, float] = {}
        for new, texts in self._new.items():
            items = _items(new, texts, vocabulary=vocabulary)
            shared: Counter[str] = Counter()
            for item in items:
                if len(holders.get(item, ())) <= _MOST_CANDIDATES:
                    shared.update(holders.get(item, ()))
            for old, count in shared.items():
                share = 2 * count / (len(items) + sizes[old])
                if share >= _SHARED_TEXTS and self._may_be(new, old):
                    scores[new, old] = share
        return scores

    def _same_terms(self) -> dict[_Pair, float]:
        """Return the pairs of key-term pages whose term and definition are both nearly the same."""
        old_terms, new_terms = _terms(self._old), _terms(self._new)
        exact: defaultdict[str, list[str]] = defaultdict(list)
        for old, text in old_terms.items():
            exact[normalise_keeping_tab(text)].append(old)
        index = RareWords(old_terms.items())
        scores: dict[_Pair, float] = {}
        for new, text in new_terms.items():
            same = exact.get(normalise_keeping_tab(text), ())
            for old in same or index.like(text):
                if self._may_be(new, old) and (same or same_term(old_terms[old], text)):
                    scores[new, old] = 1.0 if same else 0.5
        return scores

    def _shared_words(self) -> dict[_Pair, float]:
        """Return the pairs whose texts, each with the one that it may be an edit of, keep 75 % of all words.

        It is 90 % where the terms have no word in common: another page of the same make may differ in its term alone.
        """
        old_texts, new_texts = _compared(self._old), _compared(self._new)
        names_old, names_new = _names(self._old), _names(self._new)
        index = RareWords((old, text) for old, texts in old_texts.items() for text in texts)
        scores: dict[_Pair, float] = {}
        for new, texts in new_texts.items():
            near: Counter[str] = Counter()
            for text in texts:
                near.update([old for old in index.like(text) if self._may_be(new, old)][:_MOST_COMPARED])
            for old, _ in near.most_common(_MOST_COMPARED):
                before = old_texts[old]
                pairs = pair_texts(before, texts)
                score = 2 * sum(likeness(before[at], texts[now]) for now, at in pairs.items())
                share = score / (len(before) + len(texts))
                least = _SHARED_WORDS if names_old.get(old, _NONE) & names_new.get(new, _NONE) else _NEARLY_ALL_WORDS
                # One text alone may be any page's, unless it is a whole definition, word for word.
                if share >= least and (len(pairs) > 1 or (share == 1 and len(texts[0].split()) > _SHORT)):
                    scores[new, old] = share
        return scores


def _items(record_id: str, texts: Iterable[tuple[str, str]], *, vocabulary: bool) -> set[tuple[str, str]]:
    """Return a record's facts and questions, and a guide's vocabulary if that counts, as they are compared."""
    guide = vocabulary and is_guide(record_id)
    return {(kind, normalise_keeping_tab(text)) for kind, text in texts if guide or kind != "key_term"}


def _terms(sides: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, str]:
    return {
        record_id: text
        for record_id, texts in sides.items()
        if not is_guide(record_id)
        for kind, text in texts
        if kind == "key_term"
    }


def _names(sides: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, frozenset[str]]:
    return {record_id: frozenset(words(text.partition("\t")[0])) for record_id, text in _terms(sides).items()}


def _compared(sides: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, list[str]]:
    """Return items, and a term's definition: the term itself may have another name."""
    return {
        record_id: [text.partition("\t")[2] or text if kind == "key_term" else text for kind, text in texts]
        for record_id, texts in sides.items()
    }
