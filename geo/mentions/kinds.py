"""The coarse sort of a gazetteer row: country, capital, division, settlement by size, water ..."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gazetteer import Gazetteer

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Rows = NDArray[np.int32] | list[int]

RANKED = (
    "country",
    "continent",
    "capital",
    "adm1",
    "region",
    "water",
    "adm2",
    "city",
    "town",
    "spot",
    "village",
    "relief",
    "other",
)


def kind_of(gazetteer: Gazetteer, row: int) -> str:
    """Return the coarse sort of a place: country, capital, adm1, adm2, ppl, region, water, relief, spot."""
    return feature_kinds(gazetteer)[int(gazetteer.columns.feature[row])]


def _kind_of_code(feature: str) -> str:
    code = feature.partition(".")[2]
    if code in FEATURE_KINDS:
        return FEATURE_KINDS[code]
    return next((kind for prefix, kind in FEATURE_PREFIXES if code.startswith(prefix)), "spot")


def kind(gazetteer: Gazetteer, row: int) -> str:
    """Return the sort of a place, settlements by their size."""
    return kinds_of(gazetteer, [row])[0]


def kinds_of(gazetteer: Gazetteer, rows: Rows) -> list[str]:
    """Return the sorts of some places, settlements by their size."""
    sorts = feature_kinds(gazetteer)
    columns = gazetteer.columns
    features, people = columns.feature[rows].tolist(), columns.population[rows].tolist()
    return [_by_size(n) if sorts[f] == "ppl" else sorts[f] for f, n in zip(features, people, strict=True)]


@cache
def feature_kinds(gazetteer: Gazetteer) -> tuple[str, ...]:
    """Return the coarse sort of each of a gazetteer's features, by its index."""
    return tuple(_kind_of_code(feature) for feature in gazetteer.features)


def _by_size(population: int) -> str:
    return "city" if population >= 100_000 else "town" if population >= 5_000 else "village"


FEATURE_KINDS = {
    "CONT": "continent",
    "PPLC": "capital",
    "ADM1": "adm1",
    "ADM2": "adm2",
    "RGN": "region",
    "AREA": "region",
    "PEN": "region",
    "ZN": "region",
}
FEATURE_PREFIXES = (
    ("PCL", "country"),
    ("PPL", "ppl"),
    ("ADM", "adm2"),
    ("RGN", "region"),
    *((prefix, "water") for prefix in ("SEA", "OCN", "STM", "LK", "GULF", "BAY", "STRT", "CNL")),
    ("MT", "relief"),
    ("DSRT", "region"),
    ("ISL", "region"),
    ("VAL", "relief"),
)
