"""The characters of a regular expression as positions, and which may follow which (Glushkov's automaton)."""

import re
import re._constants as sre
import re._parser as parser
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any, Final

from pattern_characters import ONE, READING, REPEATS, UNBOUNDED, WORD, letters_of, reads

__all__ = ["Edges", "Part", "Positions", "When"]

# How many copies stand for what is repeated some times, of one character and of more: others tell nothing more.
_COPIES: Final = 4
_FEW: Final = 2
_MULTILINE: Final = int(re.MULTILINE)


@dataclass(frozen=True)
class When:
    """A condition between two characters: pairs of them as bits of a number, and what must not follow."""

    pairs: int
    never: frozenset[int] = frozenset()  # numbers of negative lookaheads

    def __and__(self, other: "When") -> "When":
        return When(self.pairs & other.pairs, self.never | other.never)


Edges = list[tuple[int, When]]


@dataclass
class Part:
    """A piece of a pattern: where it begins and ends, and when it may be empty."""

    first: Edges = field(default_factory=list)
    last: Edges = field(default_factory=list)
    empty: list[When] = field(default_factory=list)


class Positions:
    """The characters of a pattern as positions, and which may follow which (Glushkov's automaton).

    Characters stand for their kind: `letters` has one of each kind that the pattern tells apart. What is before a text
    or behind it (`edge`) counts as one.
    """

    def __init__(self, pattern: str | bytes, flags: int, *, collapsed: bool = False) -> None:
        text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
        tree = parser.parse(text, int(flags if isinstance(pattern, str) else flags | re.ASCII))
        self.flags = int(tree.state.flags)
        self._known: dict[str, int] = {}
        self.groups: dict[int, Any] = {}
        self.letters = letters_of(tree, self.flags, text, most=0x10FFFF if isinstance(pattern, str) else 0xFF)
        self.edge = len(self.letters)
        self.size = self.edge + 1
        self.always = When((1 << self.size * self.size) - 1)
        spaces = [n for n, letter in enumerate(self.letters) if letter.isspace()] if collapsed else []
        self.text = (1 << self.edge) - 1 & ~sum(1 << n for n in spaces if self.letters[n] != " ")
        one = sum(1 << n for n in spaces)
        self.always = When(self.always.pairs & ~self.when(one, one).pairs)
        self.kinds: list[int] = []  # of each position: which characters it reads, as bits
        self.follow: dict[int, Edges] = {}
        self.aheads: list[Part] = []  # negative lookaheads
        self.again = False  # within a group that is said again, of which the length is known
        self.whole = self._sequence(tree, self.flags)

    def kinds_of(self, op: Any, av: Any, flags: int) -> int:
        """Return which characters an item reads, as bits."""
        key = f"{op} {av} {flags & READING}"
        if key not in self._known:
            read = sum(1 << n for n, letter in enumerate(self.letters) if reads(op, av, flags, letter))
            self._known[key] = self.text & read
        return self._known[key]

    def when(self, before: int, behind: int) -> When:
        """Return the condition that the character before is one of `before`, the one behind one of `behind`."""
        return When(sum(behind << n * self.size for n in range(self.size) if before >> n & 1))

    def before(self, kinds: int) -> When:
        return self.when(kinds, (1 << self.size) - 1)

    def behind(self, kinds: int) -> When:
        return self.when((1 << self.size) - 1, kinds)

    def holds(self, when: When, before: int, behind: int) -> bool:
        return bool(when.pairs >> before * self.size + behind & 1)

    def may_follow(self, before: int, behind: int) -> bool:
        """Say whether a text of the kind may have one character behind another."""
        is_text = behind == self.edge or self.text >> behind & 1
        return bool(is_text) and self.holds(self.always, before, behind)

    def _at(self, where: Any, flags: int) -> When:
        edge, line = 1 << self.edge, 1 << self.letters.index("\n")
        lines = line if flags & _MULTILINE else 0
        if where in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            return self.before(edge | (lines if where is sre.AT_BEGINNING else 0))
        if where in (sre.AT_END, sre.AT_END_STRING):
            return self.behind(edge | (line if where is sre.AT_END else 0))
        word = self.kinds_of(*WORD, flags)
        other = (1 << self.size) - 1 & ~word
        one, two = (word, other) if where is sre.AT_BOUNDARY else (word, word)
        three, four = (other, word) if where is sre.AT_BOUNDARY else (other, other)
        return When(self.when(one, two).pairs | self.when(three, four).pairs)

    def _sequence(self, items: Iterable[Any], flags: int) -> Part:
        whole = Part(empty=[self.always])
        for op, av in items:
            whole = self._joined(whole, self._item(op, av, flags))
        return whole

    def _joined(self, one: Part, two: Part) -> Part:
        self._link(one.last, two.first)
        return Part(
            [*one.first, *((q, when & empty) for q, when in two.first for empty in one.empty)],
            [*two.last, *((p, when & empty) for p, when in one.last for empty in two.empty)],
            list(dict.fromkeys(a & b for a in one.empty for b in two.empty)),
        )

    def _link(self, last: Edges, first: Edges) -> None:
        for (p, one), (q, two) in product(last, first):
            if (both := one & two).pairs:
                self.follow[p].append((q, both))

    def _item(self, op: Any, av: Any, flags: int) -> Part:
        if op in ONE:
            number = len(self.kinds)
            self.kinds.append(self.kinds_of(op, av, flags))
            self.follow[number] = []
            return Part([(number, self.always)], [(number, self.always)])
        if op is sre.AT:
            return Part(empty=[self._at(av, flags)])
        if op is sre.BRANCH:
            ways = [self._sequence(way, flags) for way in av[1]]
            return Part(*([one for way in ways for one in getattr(way, name)] for name in ("first", "last", "empty")))
        if op is sre.SUBPATTERN:
            group, added, removed, inner = av
            self.groups[group] = inner
            return self._sequence(inner, (flags | added) & ~removed)
        if op is sre.ATOMIC_GROUP:
            *rest, last = _unwrapped(av)
            if last[0] in REPEATS:  # nothing of the group is tried again, its last repeat neither
                last = (sre.POSSESSIVE_REPEAT, last[1])
            return self._sequence([*rest, last], flags)
        if op in REPEATS:
            return self._repeat(*av, flags, possessive=op is sre.POSSESSIVE_REPEAT)
        if op in (sre.ASSERT, sre.ASSERT_NOT):
            return self._look(*av, flags, wanted=op is sre.ASSERT)
        if op is sre.GROUPREF:
            self.again = True
            said = self._sequence(self.groups[av], flags)
            self.again = False
            return said
        raise AssertionError(op)

    def _repeat(self, low: int, high: int, inner: Any, flags: int, *, possessive: bool) -> Part:
        endless = high > UNBOUNDED and not self.again
        copies = _COPIES if len(inner) == 1 and inner[0][0] in ONE else _FEW
        needed = [self._sequence(inner, flags) for _ in range(max(min(low, copies), endless))]
        whole = Part(empty=[self.always])
        for one in needed:
            whole = self._joined(whole, one)
        if endless:
            self._link(needed[-1].last, needed[-1].first)
            whole.empty += [] if low else [self.always]
        before = needed[-1] if needed else None
        for _ in range(0 if endless or self.again else min(high - low, copies)):
            more = self._sequence(inner, flags)
            if before is None:
                whole = Part(more.first, list(more.last), [self.always])
            else:
                self._link(before.last, more.first)
                whole.last += more.last
            before = more
        if possessive and (endless or high == 1):
            # It ends where none of its characters follows.
            begins = sum(1 << n for n in range(self.edge) if any(self.kinds[q] >> n & 1 for q, _ in whole.first))
            stop = self.behind((1 << self.size) - 1 & ~begins)
            whole.last = [(p, when & stop if endless else when) for p, when in whole.last]
            whole.empty = [when & stop for when in whole.empty]
        return whole

    def _look(self, direction: int, inner: Any, flags: int, *, wanted: bool) -> Part:
        kinds = self._looked_at(inner, flags)
        if kinds is not None:
            kinds = kinds if wanted else (1 << self.size) - 1 & ~kinds
            return Part(empty=[self.before(kinds) if direction < 0 else self.behind(kinds)])
        if direction < 0:
            op, av = _unwrapped(inner)[-1]
            while op in REPEATS:
                op, av = _unwrapped(av[2])[-1]
            last = self.kinds_of(op, av, flags) if wanted and op in ONE else (1 << self.size) - 1
            return Part(empty=[self.before(last)])
        inside = self._sequence(inner, flags)
        if not wanted:
            self.aheads.append(inside)
            return Part(empty=[replace(self.always, never=frozenset([len(self.aheads) - 1]))])
        begins = sum(1 << n for n in range(self.edge) if any(self.kinds[q] >> n & 1 for q, _ in inside.first))
        # Its characters are read aside; the pattern goes on before them.
        return Part(first=inside.first, empty=[self.always if inside.empty else self.behind(begins)])

    def _looked_at(self, inner: Any, flags: int) -> int | None:
        """Return the characters, the text's end among them, of which one is looked at; None if it is more than one."""
        items = list(inner)
        while len(items) == 1 and items[0][0] is sre.SUBPATTERN:
            flags = (flags | items[0][1][1]) & ~items[0][1][2]
            items = list(items[0][1][3])
        if len(items) != 1:
            return None
        op, av = items[0]
        if op in ONE:
            return self.kinds_of(op, av, flags)
        if op is sre.AT and av in (sre.AT_END, sre.AT_END_STRING):
            return 1 << self.edge | (1 << self.letters.index("\n") if av is sre.AT_END else 0)
        ways = [self._looked_at(way, flags) for way in av[1]] if op is sre.BRANCH else [None]
        kinds = 0
        for way in ways:
            if way is None:
                return None
            kinds |= way
        return kinds


def _unwrapped(items: Any) -> list[Any]:
    items = list(items)
    while len(items) == 1 and items[0][0] is sre.SUBPATTERN and not any(items[0][1][:3]):
        items = list(items[0][1][3])
    return items
