"""What a report as a whole speaks for: countries, first-level divisions, points.

A name never votes for itself. A name's second use counts half, its third a third, and so on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.places.options import Namesakes

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Votes = dict[int, float]
KM_PER_DEGREE = 111.2
MOST_POINTS = 256
"""First choices that others may lie near, the surest of a report; more would cost their square."""
STEP = 4096
"""Candidates that are compared with all points at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What the other names of a report say for the candidates of a name."""

    countries: Votes
    """By country the share of their belief that falls on it."""
    named: Votes
    """By country the share that names it itself."""
    divisions: Votes
    """By first-level division the share that falls on it."""
    near: list[float]
    """By candidate how near their first choices lie: 1 at 0 km, 0 beyond 1,000 km, times their belief."""


def support(names: Mapping[str, tuple[Namesakes, int]]) -> dict[str, Support]:
    """Count the votes of a report.

    Parameters
    ----------
    names
        By key the candidates, and how often the report uses the name.

    Returns
    -------
    dict
        By key what the other names say for each candidate.
    """
    weights = {key: _weight(uses) for key, (_, uses) in names.items()}
    total = max(1.0, sum(weights.values()))
    countries: Votes = {}
    named: Votes = {}
    divisions: Votes = {}
    for key, (n, _) in names.items():
        _add(countries, n.countries, weights[key])
        _add(named, n.named, weights[key])
        _add(divisions, n.divisions, weights[key])
    near = _nearness({key: n for key, (n, _) in names.items()})
    found: dict[str, Support] = {}
    for key, (n, _) in names.items():
        own = weights[key]
        found[key] = Support(
            countries=_others(n.of_countries, countries, n.countries, own, total),
            named=_others(n.of_countries, named, n.named, own, total),
            divisions=_others(n.of_divisions, divisions, n.divisions, own, total),
            near=near[key],
        )
    return found


@lru_cache(maxsize=1024)
def _weight(uses: int) -> float:
    return sum(1.0 / i for i in range(1, uses + 1))


def _add(votes: Votes, more: Votes, weight: float) -> None:
    for of, belief in more.items():
        votes[of] = votes.get(of, 0.0) + weight * belief


def _others(wanted: Sequence[int], votes: Votes, own: Votes, weight: float, total: float) -> Votes:
    """Return the share of the others' votes for each of some countries or divisions; none for the rest."""
    get = own.get
    return {of: max(0.0, votes[of] - weight * get(of, 0.0)) / total for of in wanted if of in votes}


def _nearness(names: Mapping[str, Namesakes]) -> dict[str, list[float]]:
    """Return by key how near the other names' first choices lie to each candidate."""
    import numpy as np

    keys = list(names)
    points = [(*n.point, i) for i, n in enumerate(names.values()) if n.point is not None]
    points = sorted(points, key=lambda p: (-p[2], p[3]))[:MOST_POINTS]
    if len(keys) < 2 or not points:
        return {key: [0.0] * len(n.options) for key, n in names.items()}
    lengths = [len(n.options) for n in names.values()]
    where = np.concatenate([n.coordinates for n in names.values()], axis=1)
    owners = np.repeat(np.arange(len(keys)), lengths)
    table = np.array(points).T
    steps = range(0, len(owners), STEP)
    flat = [_nearest(where[:, i : i + STEP], owners[i : i + STEP], table) for i in steps]
    near = [x for part in flat for x in part]
    found, at = {}, 0
    for key, length in zip(keys, lengths, strict=True):
        found[key] = near[at : at + length]
        at += length
    return found


def _nearest(
    where: NDArray[np.float64], owners: NDArray[np.int64], points: NDArray[np.float64]
) -> list[float]:
    """Return for each candidate the best of belief and nearness over the points of other names."""
    import numpy as np

    lats, lons, narrow = where
    lat, lon, belief, owner = points
    east = np.abs(lons - lon[:, None])
    east = np.minimum(east, 360.0 - east) * narrow
    km = KM_PER_DEGREE * np.hypot(lats - lat[:, None], east)
    value = belief[:, None] * (1.0 - np.log10(1.0 + km) / 3.0)
    value[owners == owner[:, None]] = 0.0
    best: list[float] = np.maximum(value.max(axis=0), 0.0).tolist()
    return best
