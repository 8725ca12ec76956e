"""Which rows of several sources are one place.

Two rows are one where they have the same id or are the same division by code; or where they share a
name (folded), are of the same sort, and lie together: within `NEAR_KM`, curated rows within their own
extent, divisions and countries farther, for sources place their middles differently. Curated rows win,
then rows of earlier sources.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gazetteer.sphere import distances_km

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Ints = NDArray[Any]
    Flags = NDArray[np.bool_]

NEAR_KM = 1.5
"""Rows of two sources this near, with a shared name, are one place."""
_NEAR_DIVISION_KM = 75.0
_CURATED_LEAST_KM = 2.0
_CURATED_MOST_KM = 15.0
_CURATED_DIVISION_KM = 250.0
_CURATED_COUNTRY_KM = 3000.0
_AIRFIELD_KM = 4.0
_AIRFIELD_DEG = 0.1
_KM_PER_DEG = 111.2


class Rows(NamedTuple):
    """What merging needs to know of the rows; arrays of one length."""

    lat: NDArray[np.float32]
    """Latitude, degrees; NaN: the row only lends names."""
    lon: NDArray[np.float32]
    """Longitude, degrees."""
    radius_km: NDArray[np.float32]
    """Radius, kilometres; 0: unknown."""
    sort: Ints
    """Number of the sort of feature; only equal sorts merge."""
    country: Ints
    """Number of the country."""
    source: Ints
    """Number of the source."""
    curated: Flags
    """Whether the row wins."""
    identity: NDArray[np.uint64]
    """Number that two rows with the same id share; 0: no such id."""
    division: Ints
    """Number of the code of the division that the row is; 0: it is none."""
    area: Ints
    """0: a point, 1: a division, 2: a country."""
    airfield: Flags
    """Whether it is an airfield."""


class Shared(NamedTuple):
    """Names and the rows that have them, sorted by name; arrays of one length."""

    key: Ints
    """Number of the name."""
    row: Ints
    """Row that has it."""


def targets(rows: Rows, shared: Shared) -> NDArray[np.int64]:
    """Return for each row the row it is merged into: itself where it stays."""
    target = np.arange(len(rows.lat), dtype=np.int64)
    _by_number(rows.identity, rows.curated, target)
    _by_number(rows.division, rows.curated, target)
    _by_neighbourhood(rows, shared, target)
    _by_curation(rows, shared, target)
    _airfields(rows, target)
    return _settled(target)


def _settled(target: NDArray[np.int64]) -> NDArray[np.int64]:
    while True:
        further = target[target]
        if np.array_equal(further, target):
            return target
        target = further


def _by_number(number: NDArray[Any], curated: Flags, target: Ints) -> None:
    """Merge rows with one number, 0 aside, into the first of them, a curated one before others."""
    known = np.flatnonzero(number)
    order = known[np.lexsort((known, ~curated[known], number[known]))]
    if not len(order):
        return
    first = np.r_[True, number[order[1:]] != number[order[:-1]]]
    heads = order[np.flatnonzero(first)][np.cumsum(first) - 1]
    target[order] = heads


def _distance(rows: Rows, left: Ints, right: Ints) -> NDArray[np.float64]:
    """Return the distances of pairs in kilometres; 0 where one has no place and only lends names."""
    found = distances_km(rows.lat[left], rows.lon[left], rows.lat[right], rows.lon[right])
    return np.nan_to_num(found, nan=0.0)


def _fits(rows: Rows, left: Ints, right: Ints) -> Flags:
    same_country = (rows.country[left] == rows.country[right]) | (rows.area[left] == 0)
    fits: Flags = (rows.sort[left] == rows.sort[right]) & same_country
    return fits


def _by_curation(rows: Rows, shared: Shared, target: Ints) -> None:
    """Merge rows into the curated one that shares a name, within its extent."""
    left, right = _pairs(shared, rows.curated[shared.row])
    keep = ~rows.curated[right] & _fits(rows, left, right)
    left, right = left[keep], right[keep]
    distance = _distance(rows, left, right)
    point = np.clip(rows.radius_km[left].astype(np.float64), _CURATED_LEAST_KM, _CURATED_MOST_KM)
    limit = np.select(
        [rows.area[left] == 0, rows.area[left] == 1], [point, _CURATED_DIVISION_KM], _CURATED_COUNTRY_KM
    )
    near = distance <= limit
    left, right, distance = left[near], right[near], distance[near]
    order = np.lexsort((left, -distance))
    target[right[order]] = left[order]


def _pairs(shared: Shared, chosen: Flags) -> tuple[Ints, Ints]:
    """Pair each chosen posting with every posting of the same name."""
    at = np.flatnonzero(chosen)
    first = np.searchsorted(shared.key, shared.key[at], "left")
    count = np.searchsorted(shared.key, shared.key[at], "right") - first
    left = np.repeat(shared.row[at], count)
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return left, shared.row[np.repeat(first, count) + within]


def _airfields(rows: Rows, target: Ints) -> None:
    """Merge airfields into a curated one next to them: two do not lie that close."""
    others = np.flatnonzero(rows.airfield & ~rows.curated)
    for row in np.flatnonzero(rows.airfield & rows.curated):
        close = others[np.abs(rows.lat[others] - rows.lat[row]) < _AIRFIELD_DEG]
        distance = _distance(rows, np.full(len(close), row), close)
        target[close[distance <= _AIRFIELD_KM]] = row


def _by_neighbourhood(rows: Rows, shared: Shared, target: Ints) -> None:
    """Merge rows of different sources that share a name and lie together, by shifted grids."""
    shared = _several_sources(rows, shared)
    for areas, limit in ((False, NEAR_KM), (True, _NEAR_DIVISION_KM)):
        use = (rows.area[shared.row] == 1) == areas
        part = Shared(shared.key[use], shared.row[use])
        for shift in ((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)):
            _one_grid(rows, part, target, shift, limit)


def _several_sources(rows: Rows, shared: Shared) -> Shared:
    """Keep the postings of names that rows of several sources have."""
    if not len(shared.key):
        return shared
    first = np.flatnonzero(np.r_[True, shared.key[1:] != shared.key[:-1]])
    source = rows.source[shared.row]
    several = np.minimum.reduceat(source, first) != np.maximum.reduceat(source, first)
    use = np.repeat(several, np.diff(np.r_[first, len(shared.key)])) & ~np.isnan(rows.lat[shared.row])
    return Shared(shared.key[use], shared.row[use])


def _one_grid(rows: Rows, shared: Shared, target: Ints, shift: tuple[float, float], limit: float) -> None:
    row, size = shared.row, 2 * limit / _KM_PER_DEG
    y = np.floor(rows.lat[row] / size + shift[0]).astype(np.int64)
    x = np.floor(rows.lon[row] * np.cos(np.radians(rows.lat[row])) / size + shift[1]).astype(np.int64)
    cell = y * (1 << 20) + x
    order = np.lexsort((row, cell, shared.key))
    one, other = row[order[:-1]], row[order[1:]]
    same = (shared.key[order[:-1]] == shared.key[order[1:]]) & (cell[order[:-1]] == cell[order[1:]])
    same &= (rows.source[one] != rows.source[other]) & _fits(rows, one, other)
    one, other = one[same], other[same]
    near = _distance(rows, one, other) <= limit
    for left, right in zip(one[near].tolist(), other[near].tolist(), strict=True):
        if target[right] == right and target[left] != right and not rows.curated[right]:
            target[right] = target[left]
