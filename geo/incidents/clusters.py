"""Groups out of scored pairs, without chains.

Pairs with positive log-odds connect events; inside each connected part, groups are joined from the
strongest bond on, as long as the mean over all their pairs speaks for it. A pair that was not worth
comparing counts as `FLOOR`, so a chain of near misses never becomes one incident. Rows of datasets are
seated last, so that a dataset never changes which reports tell one incident.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.incidents.columns import Floats, Ints
from geo.incidents.model import FLOOR

MOST_TOGETHER = 2000
"""A connected part with more events is cut at higher bonds until its parts are smaller."""
SURE = 100.0
"""Mean log-odds that no words reach, only decisions."""
STEP = 0.5
"""By how much the bond rises at each cut."""

Scores = dict[tuple[int, int], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """What the rows are that are to be grouped."""

    report: Ints
    """Report of each row; rows of one report never join, unless somebody has decided so."""
    dataset: npt.NDArray[np.bool_]
    """Rows of datasets: seated with the groups of the others, they never bring two of these together."""

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.report)


def clusters(of: Members, left: Ints, right: Ints, scores: Floats, threshold: float = 0.0) -> list[list[int]]:
    """Return groups of rows, each sorted, in order of their first row.

    Parameters
    ----------
    of
        The rows.
    left, right
        Rows of each scored pair.
    scores
        Log-odds of each pair.
    threshold
        Mean log-odds above which two groups are joined.
    """
    groups: list[list[int]] = []
    for part, inner in _parts(len(of), left, right, scores, threshold):
        groups += _joined(part, inner, of, threshold) if len(part) > 1 else [part]
    return sorted(groups)


def _parts(
    n: int, left: Ints, right: Ints, scores: Floats, threshold: float
) -> Iterator[tuple[list[int], Scores]]:
    """Yield the connected parts with the scores inside each, one part at a time."""
    if not n:
        return
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


def _joined(part: list[int], scores: Scores, of: Members, threshold: float) -> list[list[int]]:
    """Join groups from the strongest mean bond on; then seat the rows of datasets."""
    groups = _Groups(part, scores, of)
    heap = [groups.entry(a, b) for (a, b), s in scores.items() if s > threshold]
    heapq.heapify(heap)
    while heap:
        mean, a, b, size = heapq.heappop(heap)
        if groups.sizes(a, b) == size and groups.may_join(a, b, -mean):
            for other in groups.join(a, b):
                if groups.mean(a, other) > threshold:
                    heapq.heappush(heap, groups.entry(*sorted((a, other))))
    if of.dataset[part].any():
        _seat(groups, scores, threshold)
    return sorted(groups.members.values())


def _seat(groups: _Groups, scores: Scores, threshold: float) -> None:
    """Give each row of a dataset the incident of which it fits one version best, the surest rows first."""
    head = {i: first for first, group in groups.members.items() for i in group}
    for (a, b), s in sorted(scores.items(), key=lambda x: (-x[1], x[0])):
        if s <= threshold:
            return
        x, y = sorted((head[a], head[b]))
        if x != y and groups.may_seat(x, y):
            head |= dict.fromkeys(groups.members[y], x)
            groups.join(x, y)


Entry = tuple[float, int, int, tuple[int, int]]


class _Groups:
    """Groups by their first row, with the bonds between them."""

    def __init__(self, part: list[int], scores: Scores, of: Members) -> None:
        self.members = {i: [i] for i in part}
        self.reports = {i: {int(of.report[i])} for i in part}
        self.told = {i: not of.dataset[i] for i in part}
        self.bonds: dict[int, dict[int, float]] = {i: {} for i in part}
        for (a, b), s in scores.items():
            self.bonds[a][b] = self.bonds[b][a] = s - FLOOR

    def entry(self, a: int, b: int) -> Entry:
        """Return what ranks a bond, strongest first, and tells later whether it still is."""
        return -self.mean(a, b), a, b, self.sizes(a, b)

    def sizes(self, a: int, b: int) -> tuple[int, int]:
        """Count the members of two groups; none where one has gone into another."""
        return len(self.members.get(a, ())), len(self.members.get(b, ()))

    def mean(self, a: int, b: int) -> float:
        """Return the mean log-odds over the pairs between two groups."""
        return self.bonds[a][b] / (len(self.members[a]) * len(self.members[b])) + FLOOR

    def may_join(self, a: int, b: int, mean: float) -> bool:
        """Tell whether two groups can be one: told by different reports, or somebody has decided so."""
        return mean > SURE or (self.told[a] and self.told[b] and self.reports[a].isdisjoint(self.reports[b]))

    def may_seat(self, a: int, b: int) -> bool:
        """Tell whether rows of datasets can be of a group that has no row of the same dataset."""
        free = not (self.told[a] and self.told[b]) and self.reports[a].isdisjoint(self.reports[b])
        return free and (b not in self.bonds[a] or self.mean(a, b) > -SURE)

    def join(self, a: int, b: int) -> list[int]:
        """Move the members and bonds of b to a; return whom a is bound to."""
        self.members[a] = sorted(self.members[a] + self.members.pop(b))
        self.reports[a] |= self.reports.pop(b)
        self.told[a] |= self.told.pop(b)
        for other, s in self.bonds.pop(b).items():
            if other != a:
                self.bonds[a][other] = self.bonds[a].get(other, 0.0) + s
                self.bonds[other][a] = self.bonds[a][other]
            self.bonds[other].pop(b, None)
        return sorted(self.bonds[a])
