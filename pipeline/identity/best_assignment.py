"""The one-to-one pairing with the greatest sum of scores, where only some pairs are allowed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from heapq import heappop, heappush
from math import inf
from typing import Final

__all__ = ["best_assignment"]

# Where more pairs than these hang together (141 to 141, each with each), the best are taken first: the best way may
# take a time that grows with the cube of the indices.
_MOST_EXACT: Final = 20_000


def best_assignment(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return for each left index its right index, of the allowed pairs (left, right) that `scores` (above 0) holds.

    Indices are 0 or more. The same scores give the same pairs, whatever their order.
    """
    choices: dict[int, list[tuple[int, float]]] = {}
    for (left, right), score in sorted(scores.items()):
        # Each left index may also stay alone, at a place of its own (a number below 0) that scores nothing.
        choices.setdefault(left, [(~left, 0.0)]).append((right, score))
    pairing = _Pairing(choices)
    pairs: dict[int, int] = {}
    for together in _parts(choices):
        if sum(len(choices[left]) - 1 for left in together) > _MOST_EXACT:
            pairs |= _best_first(choices, together)
            continue
        for left in together:
            pairing.add(left)
    pairs |= {left: right for left, right in pairing.right_of.items() if right >= 0}
    return dict(sorted(pairs.items()))


def _parts(choices: Mapping[int, list[tuple[int, float]]]) -> list[list[int]]:
    """Return the left indices, those together that hang together by the right ones they may have."""
    first: dict[int, int] = {}  # right index -> the first left index that may have it
    above = {left: left for left in choices}

    def top(left: int) -> int:
        while above[left] != left:
            above[left] = left = above[above[left]]
        return left

    for left, rights in choices.items():
        for right, _ in rights:
            one, two = top(left), top(first.setdefault(right, left))
            above[max(one, two)] = min(one, two)
    parts: defaultdict[int, list[int]] = defaultdict(list)
    for left in choices:
        parts[top(left)].append(left)
    return list(parts.values())


def _best_first(choices: Mapping[int, list[tuple[int, float]]], lefts: Sequence[int]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    allowed = [(-score, left, right) for left in lefts for right, score in choices[left] if right >= 0]
    for _, left, right in sorted(allowed):
        if left not in pairs and right not in taken:
            pairs[left] = right
            taken.add(right)
    return pairs


class _Pairing:
    """The best pairing of the left indices added so far: the Hungarian method, with a heap, over allowed pairs only."""

    def __init__(self, choices: Mapping[int, list[tuple[int, float]]]) -> None:
        self._choices = choices
        self.right_of: dict[int, int] = {}
        self._left_of: dict[int, int] = {}
        self._left_price: defaultdict[int, float] = defaultdict(float)
        self._right_price: defaultdict[int, float] = defaultdict(float)

    def add(self, added: int) -> None:
        """Pair one more left index; others make place along the cheapest path to a free right index."""
        right, came_from = self._cheapest_path(added)
        left = came_from[right]
        while left != added:
            given_up = self.right_of[left]
            self.right_of[left], self._left_of[right] = right, left
            right, left = given_up, came_from[given_up]
        self.right_of[added], self._left_of[right] = right, added

    def _cheapest_path(self, left: int) -> tuple[int, dict[int, int]]:
        """Return the free right index that ends the path, and for each one reached the left index before it."""
        came_from: dict[int, int] = {}
        cost: dict[int, float] = {}
        passed = {left: 0.0}  # left indices on the way, and what it costs to come to them
        heap: list[tuple[float, int]] = []
        total = 0.0
        while True:
            for right, score in self._choices[left]:
                reached = total - score - self._left_price[left] - self._right_price[right]
                if reached < cost.get(right, inf) and self._left_of.get(right) not in passed:
                    cost[right], came_from[right] = reached, left
                    heappush(heap, (reached, right))
            total, right = heappop(heap)
            while self._left_of.get(right) in passed:  # come to before, on a cheaper way
                total, right = heappop(heap)
            if right not in self._left_of:
                break
            left = self._left_of[right]
            passed[left] = total
        for left, so_far in passed.items():
            self._left_price[left] += total - so_far
            if left in self.right_of:
                self._right_price[self.right_of[left]] -= total - so_far
        return right, came_from
