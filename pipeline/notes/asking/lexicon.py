"""What a course calls things, and how often: its terms, its related terms, and the words of its facts."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from math import log
from typing import Final, NamedTuple

from pipeline.notes.asking.words import FEWEST_WORDS, Word, begins, words_of
from pipeline.notes.refs import NoteTexts
from pipeline.notes.study_note import StudyNote
from pipeline.records import plain_text

__all__ = ["Found", "Lexicon", "Name", "names_of"]

Name = tuple[str, ...]  # what a term's words are compared by

_BRACKETS: Final = re.compile(r"(?<!\s)\s*+[(\[]([^()\[\]]*)[)\]]\s*+")
_JOINS: Final = re.compile(r"(?:as|at|by|for|from|in|of|on|or|to|with)\b")  # (of an atom), (or inputs)
_BEFORE_NOUN: Final = frozenset(
    ["a", "an", "the", "of", "its", "their", "his", "her", "our", "your", "this", "these", "each", "every", "no"]
)
_FIXED: Final = 0.3
_SAME: Final = 2 / 3
_FEWEST_SAME: Final = 4
_MOST_LOOKED_UP: Final = 4  # words, and the texts that each is looked up in
_MOST_TEXTS: Final = 20
_LONGEST_NAME: Final = 6  # words
# A term that stands in more of the facts than this is one of the subject's common words.
_COMMON_SHARE: Final = 0.05
_COMMON_FACTS: Final = 3


class Found(NamedTuple):
    """A term that a text holds: its words from `first` to `last`, and what it is."""

    first: int
    last: int
    name: Name


class Lexicon:
    """Terms by their first word, so that a text is looked through once, whatever the number of terms."""

    def __init__(self, notes: Sequence[StudyNote | NoteTexts]) -> None:
        """Learn the terms of `notes`, all of one course, then count in how many facts each stands."""
        self.nouns: set[str] = set()  # keys of words that stand alone behind an article or the like somewhere
        self.lower: set[str] = set()  # stems that are written small somewhere: no names
        self.capital: set[str] = set()  # stems that are written with a capital within a sentence
        self.stems: Counter[str] = Counter()  # in how many texts a stem stands
        self._names: dict[str, tuple[list[int], set[Name]]] = {}  # first word -> lengths, the longest first; names
        self._facts: Counter[Name] = Counter()
        self._pages: defaultdict[str, Counter[str]] = defaultdict(Counter)  # in how many texts of a page a stem stands
        self._definitions: dict[str, frozenset[str]] = {}
        self._near: set[tuple[Name, Name]] = set()
        self._pairs: Counter[tuple[str, str]] = Counter()  # stems of words that stand side by side
        self._firsts: Counter[str] = Counter()  # … and how often each is the first of two
        self._said: list[tuple[str, frozenset[str]]] = []  # each fact's page and stems
        self._where: defaultdict[str, list[int]] = defaultdict(list)  # in which of these a stem stands
        terms = [(note, plain_text(note.front)) for note in notes if note.kind == "key_term"]
        self.terms = len(terms)
        names: defaultdict[str, set[Name]] = defaultdict(set)
        for name in (name for note, term in terms for said in (term, *note.related) for name in names_of(said)):
            names[name[0]].add(name)
        self._names = {
            first: (sorted({len(name) for name in known}, reverse=True), known) for first, known in names.items()
        }
        self.texts = 0
        count = 0
        for note in notes:
            if note.kind != "question":
                text = plain_text(note.back)
                words = words_of(text)
                found = {one.name for one in self.terms_in(words)}
                stems = {word.stem for word in words if word.says_something}
                if note.kind == "fact":
                    for stem in stems:
                        self._where[stem].append(len(self._said))
                    self._said.append((note.record_id, frozenset(stems)))
                    self._facts.update(found)
                    count += 1
                self.texts += 1
                self.nouns.update(
                    word.key
                    for before, word, after in zip(words, words[1:], [*words[2:], None], strict=False)
                    if before.shown.lower() in _BEFORE_NOUN
                    and (not after or not after.says_something or text[word.end : after.start] != " ")
                )
                self.stems.update(stems)
                pairs = [
                    (before.stem, word.stem)
                    for before, word in pairwise(words)
                    if before.says_something and word.says_something and text[before.end : word.start] == " "
                ]
                self._pairs.update(pairs)
                self._firsts.update(first for first, _ in pairs)
                self._pages[note.record_id].update(stems)
                if note.kind == "key_term":
                    self._definitions[note.record_id] = frozenset(stems)
                self.lower.update(word.stem for word in words if word.shown.islower())
                self.capital.update(word.stem for word in words if word.shown[0].isupper() and not begins(text, word))
        self._common = max(_COMMON_FACTS, _COMMON_SHARE * count)
        for note, term in terms:
            said = {name for other in note.related for name in names_of(other)}
            for own in names_of(term):
                self._near |= {pair for name in said for pair in ((own, name), (name, own))}

    def terms_in(self, words: Sequence[Word]) -> Iterator[Found]:
        """Yield the terms in a text, each the longest that begins where it begins, none within another."""
        keys = [word.key for word in words]
        at = 0
        while at < len(keys):
            lengths, known = self._names.get(keys[at], ((), ()))
            found = (tuple(keys[at : at + length]) for length in lengths)
            name = next((name for name in found if name in known), ())
            if name:
                yield Found(at, at + len(name) - 1, name)
            at += max(len(name), 1)

    def facts_with(self, name: Name) -> int:
        """Return in how many facts of the course a term stands."""
        return self._facts[name]

    def is_pair(self, before: Word, word: Word) -> bool:
        """Say whether two words are a fixed expression: the first stands often before the second, and seldom else."""
        count = self._pairs[before.stem, word.stem]
        return count > 1 and count >= _FIXED * self._firsts[before.stem]

    def said_of_others(self, stems: Set[str], record_id: str) -> list[Set[str]]:
        """Return, for each fact of another page that says the same of something else, which of `stems` it lacks.

        The same is two thirds of the words, four at least. Who is asked for just what it lacks may as well say what
        stands there: "the law of supply assumes …" and "the law of demand assumes …".
        """
        rarest = sorted(stems, key=lambda stem: (self.stems[stem], stem))[:_MOST_LOOKED_UP]
        near = {at for stem in rarest for at in self._where[stem][:_MOST_TEXTS]}
        lacking = (stems - self._said[at][1] for at in near if self._said[at][0] != record_id)
        fewest = max(_SAME * len(stems), _FEWEST_SAME)
        return [lacks for lacks in lacking if lacks and len(stems) - len(lacks) >= fewest]

    def is_common(self, word: Word) -> bool:
        """Say whether so many of the course's texts have a word that it tells nothing of one of them."""
        return self.stems[word.stem] > max(_COMMON_FACTS, _COMMON_SHARE * self.texts)

    def is_of_page(self, word: Word, record_id: str) -> bool:
        """Say whether more than one text of a page has a word: then the page is about it."""
        return self._pages[record_id][word.stem] > 1

    def is_like_page(self, words: Iterable[Word], record_id: str) -> bool:
        """Say whether one of a sentence's `words` is what its page is about; without a definition it does not say."""
        definition = self._definitions.get(record_id)
        return definition is None or any(
            word.stem in definition or (self.is_of_page(word, record_id) and not self.is_common(word)) for word in words
        )

    def defining(self, stems: Iterable[str], record_id: str) -> int:
        """Return how many of `stems` stand in the definition of a page's term."""
        return len(self._definitions.get(record_id, frozenset()).intersection(stems))

    def fewest_telling(self) -> int:
        """Return how many words it takes to tell one term from the others: one more for four times as many terms."""
        return max(FEWEST_WORDS, int(1 + log(max(self.terms, 1), 4)))

    def is_worth_asking(self, name: Name, page: Iterable[Name]) -> bool:
        """Say whether a term tells of what a page is about: rare, of several words, or a related one."""
        return len(name) > 1 or self._facts[name] <= self._common or any((own, name) in self._near for own in page)


def names_of(term: str) -> set[Name]:
    """Return the names that plain `term` has: as a whole, without its brackets, and in them."""
    parts = {
        term,
        _BRACKETS.sub(" ", term),
        *(inside for inside in _BRACKETS.findall(term) if not _JOINS.match(inside)),
    }
    found = set()
    for part in parts:
        words = words_of(part)
        if 0 < len(words) <= _LONGEST_NAME and any(word.says_something for word in words):
            found.add(tuple(word.key for word in words))
    return found
