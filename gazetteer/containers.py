"""What lies in what."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gazetteer.names import fold
from gazetteer.rules import table
from gazetteer.sphere import distance_km

if TYPE_CHECKING:
    from gazetteer.index import Index

_SLACK = 1.1
"""A circle is a crude outline: a tenth more counts as inside."""


@cache
def _regions() -> dict[str, frozenset[str]]:
    return {
        name: frozenset(row["countries"].split())
        for row in table("regions")
        for name in row["region"].split("|")
    }


def contains(index: Index, parent: int, row: int) -> bool:
    """Tell whether a row lies in a country, a division, a region or, by its circle, another place."""
    view = index.views
    feature = index.features[view["feature"][parent]]
    if parent == row:
        return True
    if feature.startswith("A.PCL") or feature == "A.TERR":
        return bool(view["country"][parent] == view["country"][row] != 0)
    if feature in {"A.ADM1", "A.ADM2"}:
        return parent in {view["admin1"][row], view["admin2"][row]}
    if feature.startswith("L.") and not view["country"][parent]:
        countries = _regions().get(fold(index.names(parent)[0]))
        if countries is not None and view["country"][row]:
            return index.countries[view["country"][row]] in countries
    distance = distance_km(view["lat"][parent], view["lon"][parent], view["lat"][row], view["lon"][row])
    return bool(distance <= view["radius_km"][parent] * _SLACK)
