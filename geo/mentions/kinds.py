"""The coarse sort of a gazetteer row: country, capital, division, settlement by size, water ..."""

from __future__ import annotations

from functools import cache

from gazetteer import Gazetteer

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
    return _kind_of_code(gazetteer.features[int(gazetteer.columns.feature[row])])


@cache
def _kind_of_code(feature: str) -> str:
    code = feature.partition(".")[2]
    if code in FEATURE_KINDS:
        return FEATURE_KINDS[code]
    return next((kind for prefix, kind in FEATURE_PREFIXES if code.startswith(prefix)), "spot")


def kind(gazetteer: Gazetteer, row: int) -> str:
    """Return the sort of a place, settlements by their size."""
    kind = kind_of(gazetteer, row)
    if kind != "ppl":
        return kind
    population = int(gazetteer.columns.population[row])
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
