"""Says of a regular expression's structure whether its time can grow with the square of a text, and on which text.

A backtracking engine takes time with the square of a text's length, or worse, where a text can be read in ever more
ways: where a loop p and a loop q behind it both read one word, and that word also leads from p to q (A. Weber and
H. Seidl, "On the degree of ambiguity of finite automata", 1991), or where one loop reads it in two ways. A search is
such a loop before the pattern. What the engine never tries again is no way: possessive repeats, atomic groups, and all
that would come behind a match.
"""

import re._parser as parser
from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import product
from typing import Any, Literal

from pattern_characters import is_endless
from pattern_positions import Edges, Positions, When

__all__ = ["Growth", "How", "growth_of"]

How = Literal["search", "match", "fullmatch"]
_State = tuple[int, frozenset[int]]  # a position, and those within what must not follow that have been reached


@dataclass(frozen=True)
class Growth:
    """A text on which the time of a pattern grows: `before`, then `word` again and again, then what nothing matches."""

    before: str
    word: str


class _Machine:
    """A pattern at work: its states, and what each does with a character."""

    def __init__(self, positions: Positions, how: How) -> None:
        self.positions = positions
        self.letters = positions.letters
        self.how = how
        self.ends: dict[int, list[When]] = {}
        for p, when in positions.whole.last:
            self.ends.setdefault(p, []).append(when)
        self._forbidden = {p for part in positions.aheads for p, when in part.last if when == positions.always}
        self._steps: dict[tuple[_State, int], dict[int, list[_State]]] = {}
        self.search: _State | None = None
        self.begins = [
            state
            for ways in self._followed(positions.whole.first, positions.edge, frozenset()).values()
            for state in ways
        ]
        starts = list(self.begins)
        if how == "search":
            number = len(positions.kinds)
            positions.kinds.append(positions.text)
            positions.follow[number] = [(number, positions.always), *positions.whole.first]
            self.search = (number, frozenset())
            starts.append(self.search)
        self._reads = [[n for n in range(positions.edge) if kinds >> n & 1] for kinds in positions.kinds]
        self.after: dict[_State, dict[_State, set[int]]] = {}  # state -> next one -> the characters that lead there
        waiting = starts
        while waiting:
            state = waiting.pop()
            if state not in self.after:
                following = self.after[state] = {}
                for before in self.reads(state):
                    for letter, ways in self.step(state, before).items():
                        for to in ways:
                            following.setdefault(to, set()).add(letter)
                waiting += following
        self.done = self._done()
        self.circles = self._circles()

    def reads(self, state: _State) -> list[int]:
        """Return the characters that a state may have read last."""
        return self._reads[state[0]]

    def step(self, state: _State, before: int) -> dict[int, list[_State]]:
        """Return character -> the states that it leads to from `state`, which has just read `before`."""
        key = (state, before)
        if key not in self._steps:
            self._steps[key] = self._followed(self.positions.follow[state[0]], before, state[1])
        return self._steps[key]

    def _followed(self, edges: Edges, before: int, pending: frozenset[int]) -> dict[int, list[_State]]:
        positions = self.positions
        found: dict[int, list[_State]] = {}
        row = (1 << positions.edge) - 1
        for q, when in edges:
            allowed = when.pairs >> before * positions.size & row & positions.kinds[q]
            for letter in range(positions.edge) if allowed else ():
                if allowed >> letter & 1 and (ahead := self._ahead(when.never, pending, before, letter)) is not None:
                    found.setdefault(letter, []).append((q, ahead))
        return found

    def _ahead(self, never: frozenset[int], pending: frozenset[int], before: int, letter: int) -> frozenset[int] | None:
        """Return what is reached of what must not follow; None if it does follow."""
        if not never and not pending:
            return pending
        positions = self.positions
        edges = [edge for number in never for edge in positions.aheads[number].first]
        edges += [edge for p in pending for edge in positions.follow[p]]
        reached = frozenset(
            q for q, when in edges if positions.kinds[q] >> letter & 1 and positions.holds(when, before, letter)
        )
        return None if reached & self._forbidden else reached

    def ends_at(self, state: _State, before: int, behind: int) -> bool:
        """Say whether the pattern matches up to here, `before` having been read and `behind` being next."""
        if self.how == "fullmatch" and behind != self.positions.edge:
            return False
        return any(self.positions.holds(when, before, behind) for when in self.ends.get(state[0], ()))

    def _done(self) -> set[_State]:
        """Return the states from which the pattern matches whatever follows, at once or after more of the same."""
        done = {state for state in self.after if state[0] in self.ends}

        def ends_well(state: _State) -> bool:
            return all(
                self.ends_at(state, before, behind)
                or any(to in done for to in self.step(state, before).get(behind, ()))
                for before in self.reads(state)
                for behind in range(self.positions.size)
                if self.positions.may_follow(before, behind)
            )

        while lost := {state for state in done if not ends_well(state)}:
            done -= lost
        return done

    def _circles(self) -> dict[_State, frozenset[_State]]:
        """Return the strongly connected states of each state that can be reached from itself."""
        self.reach = {state: self._reached(state) for state in self.after}
        return {
            state: frozenset(other for other in found if state in self.reach[other])
            for state, found in self.reach.items()
            if state in found
        }

    def _reached(self, state: _State) -> set[_State]:
        seen: set[_State] = set()
        waiting = [state]
        while waiting:
            new = self.after[waiting.pop()].keys() - seen
            seen |= new
            waiting += new
        return seen

    def way_to(self, goal: _State) -> str:
        """Return a text that leads from the pattern's beginning to a state."""
        came: dict[tuple[_State, int], tuple[_State, int] | None] = {
            (state, letter): None for state in self.begins for letter in self.reads(state)
        }
        waiting = list(came)
        for state, before in waiting:
            if state == goal:
                return _told(self.letters, came, (state, before))
            for letter, ways in self.step(state, before).items():
                for to in ways:
                    if (to, letter) not in came:
                        came[to, letter] = (state, before)
                        waiting.append((to, letter))
        return ""


def _told(letters: Sequence[str], came: Any, state: Any) -> str:
    text = ""
    while state is not None:
        text, state = letters[state[-1]] + text, came[state]
    return text


def growth_of(pattern: str | bytes, flags: int = 0, *, how: How = "search", collapsed: bool = False) -> Growth | None:
    """Return a text on which the time of `pattern` grows with its square or more, or None if there is none.

    `how` it is asked: "search" (anywhere in a text), "match" (at its beginning) or "fullmatch". In `collapsed` texts
    no white space stands beside another.
    """
    if not is_endless(parser.parse(pattern, int(flags))):
        return None
    machine = _Machine(Positions(pattern, flags, collapsed=collapsed), how)
    if (twice := _read_twice(machine)) is not None:
        return twice
    loops = [state for state in machine.circles if state not in machine.done]
    for p, q in product(loops, repeat=2):
        if q in machine.reach[p] and q not in machine.circles[p] and (word := _word(machine, p, q)) is not None:
            return Growth("" if p == machine.search else machine.way_to(p), word)
    return None


def _read_twice(machine: _Machine) -> Growth | None:
    """Return a text that one loop reads in two ways at each turn."""
    for circle in set(machine.circles.values()):
        open_ = circle - machine.done
        came: Any = {(p, p, letter): None for p in open_ for letter in machine.reads(p)}
        waiting = list(came)
        for state in waiting:
            x, y, before = state
            one, two = machine.step(x, before), machine.step(y, before)
            for letter in one.keys() & two.keys():
                ways = [to for to in one[letter] if to in open_], [to for to in two[letter] if to in open_]
                doubled = x == y and len(set(ways[0])) < len(ways[0])
                for x2, y2 in product(*ways):
                    if (x2 == y2 and x != y) or doubled:
                        word = _told(machine.letters, came, state)
                        back = state
                        while came[back] is not None:
                            back = came[back]
                        return Growth(machine.way_to(back[0]), word[1:] + machine.letters[letter])
                    if (x2, y2, letter) not in came:
                        came[x2, y2, letter] = state
                        waiting.append((x2, y2, letter))
    return None


def _between(machine: _Machine, p: _State, q: _State, first: Set[_State], third: Set[_State]) -> set[_State]:
    """Return the states on ways from p to q on which nothing is read but what both circles read."""
    read = [{letter for state in circle for letter in machine.reads(state)} for circle in (first, third)]
    letters = read[0] & read[1]
    seen: set[_State] = {p}
    before: dict[_State, list[_State]] = {}
    waiting = [p]
    for state in waiting if letters else ():
        for to, by in machine.after[state].items():
            if not letters.isdisjoint(by) and (to == q or q in machine.reach[to]):
                before.setdefault(to, []).append(state)
                if to not in seen:
                    seen.add(to)
                    waiting.append(to)
    useful = {q}
    waiting = [q]
    for state in waiting:
        for one in before.get(state, ()):
            if one not in useful:
                useful.add(one)
                waiting.append(one)
    return useful & seen


def _word(machine: _Machine, p: _State, q: _State) -> str | None:
    """Return a word that leads from p to p, from p to q, and from q to q without a match on the way."""
    first, third = machine.circles[p] - machine.done, machine.circles[q] - machine.done
    starts = set(machine.reads(p)).intersection(machine.reads(q))
    passed = set() if p == machine.search else machine.done
    between = _between(machine, p, q, first, third) - passed if starts else set()
    for start in starts if q in between else ():
        begin = (p, p, q, frozenset([q]), start)
        came: Any = {begin: None}
        waiting = [begin]
        for state in waiting:
            x, y, z, held, before = state
            one, two, three = machine.step(x, before), machine.step(y, before), machine.step(z, before)
            for letter in one.keys() & two.keys() & three.keys():
                xs = [to for to in one[letter] if to in first]
                zs = [to for to in three[letter] if to in third]
                if not xs or not zs or any(machine.ends_at(one_, before, letter) for one_ in held):
                    continue
                held2 = frozenset(to for one_ in held for to in machine.step(one_, before).get(letter, ()))
                if held2 & machine.done:
                    continue
                for x2, y2, z2 in product(xs, [to for to in two[letter] if to in between], zs):
                    if (x2, y2, z2, letter) == (p, q, q, start):
                        return _told(machine.letters, came, state)[1:] + machine.letters[letter]
                    step = (x2, y2, z2, held2, letter)
                    if step not in came:
                        came[step] = state
                        waiting.append(step)
    return None
