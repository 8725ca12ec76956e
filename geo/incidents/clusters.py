"""Groups out of scored pairs, without chains.

Pairs with positive log-odds connect events; inside each connected part, groups are joined from the
strongest bond on, as long as the mean over all their pairs speaks for it. A pair that was not worth
comparing counts as `FLOOR`, so a chain of near misses never becomes one incident.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from geo.incidents.columns import Floats, Ints

FLOOR = -3.0
"""Log-odds of a pair that shares no block."""
MOST_TOGETHER = 3000
"""A connected part with more events is cut at higher bonds until its parts are smaller."""

Scores = dict[tuple[int, int], float]


def clusters(n: int, left: Ints, right: Ints, scores: Floats, threshold: float = 0.0) -> list[list[int]]:
    """Return groups of rows, each sorted, in order of their first row.

    Parameters
    ----------
    n
        How many rows there are.
    left, right
        Rows of each scored pair.
    scores
        Log-odds of each pair.
    threshold
        Mean log-odds above which two groups are joined.
    """
    groups = []
    for part, inner in _parts(n, left, right, scores, threshold):
        groups += _joined(part, inner, threshold) if len(part) > 1 else [part]
    return sorted(groups)


def _parts(
    n: int, left: Ints, right: Ints, scores: Floats, threshold: float
) -> Iterator[tuple[list[int], Scores]]:
    """Yield the connected parts with the scores inside each."""
    root = _connected(n, left, right, scores, threshold)
    inside = root[left] == root[right]
    inner: dict[int, Scores] = defaultdict(dict)
    kept = zip(left[inside].tolist(), right[inside].tolist(), scores[inside].tolist(), strict=True)
    for a, b, s in kept:
        inner[int(root[a])][a, b] = s
    members: dict[int, list[int]] = defaultdict(list)
    for row, r in enumerate(root.tolist()):
        members[r].append(row)
    for r, part in members.items():
        yield part, inner.get(r, {})


def _connected(n: int, left: Ints, right: Ints, scores: Floats, threshold: float) -> Ints:
    """Return a root for each row; parts are cut at higher and higher bonds until none is too large."""
    root = np.zeros(n, np.int64)
    cut = threshold
    while True:
        bond = (scores > cut) & (root[left] == root[right])
        found = _roots(n, left[bond], right[bond])
        sizes = np.bincount(found, minlength=n)
        large = sizes[found] > MOST_TOGETHER
        root = found
        if not large.any():
            return root
        cut += 0.5
        keep = ~large[left]
        scores = np.where(keep & (scores > threshold), np.inf, scores)


def _roots(n: int, left: Ints, right: Ints) -> Ints:
    """Return the smallest connected row of each row."""
    parent = list(range(n))
    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        x, y = _find(parent, a), _find(parent, b)
        parent[max(x, y)] = min(x, y)
    return np.array([_find(parent, i) for i in range(n)], np.int64)


def _find(parent: list[int], i: int) -> int:
    while parent[i] != i:
        parent[i] = parent[parent[i]]
        i = parent[i]
    return i


def _joined(part: list[int], scores: Scores, threshold: float) -> list[list[int]]:
    """Join groups from the strongest mean bond on."""
    bonds: dict[int, dict[int, float]] = {i: {} for i in part}
    for (a, b), s in scores.items():
        bonds[a][b] = bonds[b][a] = s - FLOOR
    groups = {i: [i] for i in part}
    heap = [(-(s), a, b, 1, 1) for (a, b), s in scores.items() if s > threshold]
    heapq.heapify(heap)
    while heap:
        _, a, b, size_a, size_b = heapq.heappop(heap)
        if a in groups and b in groups and len(groups[a]) == size_a and len(groups[b]) == size_b:
            groups[a] = sorted(groups[a] + groups.pop(b))
            for bond in _merge(bonds, a, b):
                mean = bonds[a][bond] / (len(groups[a]) * len(groups[bond])) + FLOOR
                if mean > threshold:
                    x, y = min(a, bond), max(a, bond)
                    heapq.heappush(heap, (-mean, x, y, len(groups[x]), len(groups[y])))
    return sorted(groups.values())


def _merge(bonds: dict[int, dict[int, float]], a: int, b: int) -> list[int]:
    """Move the bonds of b to a; return whom a is bound to."""
    for other, s in bonds.pop(b).items():
        if other != a:
            bonds[a][other] = bonds[a].get(other, 0.0) + s
            bonds[other][a] = bonds[a][other]
        bonds[other].pop(b, None)
    return sorted(bonds[a])
