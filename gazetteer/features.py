"""What the sort of a place tells where nothing else is known."""

from __future__ import annotations

from functools import cache
from math import log10
from typing import NamedTuple

from gazetteer.rules import table


class Worth(NamedTuple):
    """What a sort of feature is worth."""

    rank: float
    """How much a place of the sort is spoken of, on the scale of the common logarithm of inhabitants."""
    score: float
    """What it adds in look-up, common logarithm of odds."""
    radius_km: float
    """Radius where the source gives none, kilometres."""


MOST = 7.5
"""Largest size that an extent gives."""
AREAS = "AHLT"
"""Feature classes of areas."""
_NOTHING = Worth(0.0, 0.0, 1.0)


@cache
def _prefixes() -> dict[str, Worth]:
    return {
        row["prefix"]: Worth(float(row["rank"]), float(row["score"]), float(row["radius_km"]))
        for row in table("features")
    }


@cache
def worth(feature: str) -> Worth:
    """Return the worth of a feature ("P.PPLA3"): that of the longest prefix which the table names."""
    for end in range(len(feature), 1, -1):
        found = _prefixes().get(feature[:end])
        if found is not None:
            return found
    return _NOTHING


def size(feature: str, population: int, radius_km: float) -> float:
    """Say how big a place is, on the scale of the common logarithm of its people; areas also by their extent.

    A sea has no inhabitants and is still more than a province of its name.
    """
    people = log10(population + 1)
    if feature[:1] not in AREAS:
        return people
    return max(people, min(MOST, 2 * log10(radius_km + 1) + 1))
