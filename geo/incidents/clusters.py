"""Groups out of scored pairs, without chains.

Pairs with positive log-odds connect events; inside each connected part, groups are joined from the
strongest bond on, as long as the mean over all their pairs speaks for it. A pair that was not worth
comparing counts as `FLOOR`, so a chain of near misses never becomes one incident.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import numpy as np

from geo.incidents.columns import Floats, Ints
from geo.incidents.model import FLOOR

MOST_TOGETHER = 2000
"""A connected part with more events is cut at higher bonds until its parts are smaller."""
STEP = 0.5
"""By how much the bond rises at each cut."""

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
    groups: list[list[int]] = []
    if n == 0:
        return groups
    for part, inner in _parts(n, left, right, scores, threshold):
        groups += _joined(part, inner, threshold) if len(part) > 1 else [part]
    return sorted(groups)


def _parts(
    n: int, left: Ints, right: Ints, scores: Floats, threshold: float
) -> Iterator[tuple[list[int], Scores]]:
    """Yield the connected parts with the scores inside each, one part at a time."""
    root = _connected(n, left, right, scores, threshold)
    inside = np.flatnonzero(root[left] == root[right])
    inside = inside[np.argsort(root[left[inside]], kind="stable")]
    rows = np.argsort(root, kind="stable")
    heads, starts = np.unique(root[rows], return_index=True)
    ends = np.append(starts[1:], n)
    first = np.searchsorted(root[left[inside]], heads, "left").tolist()
    last = np.searchsorted(root[left[inside]], heads, "right").tolist()
    for start, end, low, high in zip(starts.tolist(), ends.tolist(), first, last, strict=True):
        own = inside[low:high]
        bonds = zip(left[own].tolist(), right[own].tolist(), scores[own].tolist(), strict=True)
        yield rows[start:end].tolist(), {(a, b): s for a, b, s in bonds}


def _connected(n: int, left: Ints, right: Ints, scores: Floats, threshold: float) -> Ints:
    """Return a root for each row; parts are cut at higher and higher bonds until none is too large."""
    bond, cut = scores > threshold, threshold
    while True:
        root = _roots(n, left[bond], right[bond])
        large = np.bincount(root, minlength=n)[root] > MOST_TOGETHER
        if not large.any():
            return root
        cut += STEP
        bond &= ~large[left] | (scores > cut)


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
