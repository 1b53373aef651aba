"""The one-to-one pairing with the greatest sum of scores, where only some pairs are allowed."""

from collections.abc import Mapping
from typing import Final

__all__ = ["best_assignment"]

# A group that hangs together beyond this is paired best first: the exact way takes the cube of its size.
_EXACT_SIZE: Final = 120


def best_assignment(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return for each left index its right index, of the allowed pairs (left, right) that `scores` (above 0) holds.

    The same scores give the same pairs, whatever their order. Groups without a pair between them are solved apart.
    """
    pairs: dict[int, int] = {}
    for group in _groups(scores):
        solve = _exact if len(group) <= _EXACT_SIZE * 2 else _best_first
        pairs.update(solve(group))
    return pairs


def _groups(scores: Mapping[tuple[int, int], float]) -> list[dict[tuple[int, int], float]]:
    """Return the scores in parts that share neither a left nor a right index."""
    parent: dict[tuple[str, int], tuple[str, int]] = {}

    def root(node: tuple[str, int]) -> tuple[str, int]:
        parent.setdefault(node, node)
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for left, right in sorted(scores):
        parent[root(("left", left))] = root(("right", right))
    groups: dict[tuple[str, int], dict[tuple[int, int], float]] = {}
    for pair in sorted(scores):
        groups.setdefault(root(("left", pair[0])), {})[pair] = scores[pair]
    return list(groups.values())


def _best_first(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for (left, right), _ in sorted(scores.items(), key=lambda item: (-item[1], item[0])):
        if left not in pairs and right not in taken:
            pairs[left] = right
            taken.add(right)
    return pairs


def _exact(scores: Mapping[tuple[int, int], float]) -> dict[int, int]:
    """Return the best pairing: the Hungarian method with potentials, as Kuhn and Munkres gave it."""
    if len(scores) == 1:
        return dict(scores.keys())
    lefts = sorted({left for left, _ in scores})
    rights = sorted({right for _, right in scores})
    # Each left index may also stay alone, at a place of its own that costs nothing.
    width = len(rights) + len(lefts)
    cost = [[-scores.get((left, right), 0.0) for right in rights] + [0.0] * len(lefts) for left in lefts]
    row_potential = [0.0] * (len(lefts) + 1)
    column_potential = [0.0] * (width + 1)
    row_of = [0] * (width + 1)  # column -> row, both from 1; 0 is none
    for row in range(1, len(lefts) + 1):
        _augment(row, cost, row_potential, column_potential, row_of)
    pairs = {}
    for column, right in enumerate(rights, 1):
        left = lefts[row_of[column] - 1] if row_of[column] else None
        if left is not None and (left, right) in scores:
            pairs[left] = right
    return pairs


def _augment(
    row: int, cost: list[list[float]], row_potential: list[float], column_potential: list[float], row_of: list[int]
) -> None:
    """Give `row` a column, moving earlier rows along the cheapest path."""
    width = len(column_potential) - 1
    row_of[0] = row
    column = 0
    cheapest = [float("inf")] * (width + 1)
    came_from = [0] * (width + 1)
    done = [False] * (width + 1)
    while row_of[column]:
        done[column] = True
        current = row_of[column]
        step, nearest = float("inf"), 0
        for other in range(1, width + 1):
            if done[other]:
                continue
            reduced = cost[current - 1][other - 1] - row_potential[current] - column_potential[other]
            if reduced < cheapest[other]:
                cheapest[other], came_from[other] = reduced, column
            if cheapest[other] < step:
                step, nearest = cheapest[other], other
        for other in range(width + 1):
            if done[other]:
                row_potential[row_of[other]] += step
                column_potential[other] -= step
            else:
                cheapest[other] -= step
        column = nearest
    while column:
        previous = came_from[column]
        row_of[column] = row_of[previous]
        column = previous
