"""What incidents add up to, once some of their versions are left out."""

from __future__ import annotations

from typing import Any

import pandas as pd

from geo.incidents.summarise import NO_SOURCE
from geo.tables.schema import typed

MEASURES = ("killed", "injured")
"""Measures that incidents sum up."""

_PARTS = ("children", "women")
_OF_ALL_VERSIONS = ("acled_", "ucdp_", "airwars_", "rollup_", "weakest_link")
"""Beginnings of columns that nothing but all the versions together can fill."""


def tolls(claims: pd.DataFrame, measure: str, by: str) -> tuple[pd.Series[Any], pd.Series[Any]]:
    """Give the lowest and highest figure that still stands, by incident or event.

    A part ("39 of them children") does not count, and an open upper end counts with its lower figure: this is
    the rule of `geo.incidents.summarise`.
    """
    gone = claims["denied"] | claims["superseded"] | claims["cumulative"] | claims["of"].isin(_PARTS)
    standing = claims[(claims["measure"] == measure) & ~gone]
    highs = standing["high"].fillna(standing["low"])
    return standing.groupby(by)["low"].min(), highs.groupby(standing[by]).max()


def resummed(cases: pd.DataFrame, events: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Sum up anew the incidents which have lost versions: their sources, counts, tolls and disputes."""
    counts = cases["id"].map(events.groupby("incident")["id"].count()).astype("Int64")
    less = counts < cases["event_count"]
    if not less.any():
        return cases
    changed = cases.copy()
    told = events["source"].fillna(NO_SOURCE).groupby(events["incident"]).unique()
    names = [sorted(found) for found in cases["id"][less].map(told)]
    changed.loc[less, "event_count"] = counts[less]
    changed.loc[less, "sources"] = typed("text", ["; ".join(found) for found in names]).to_numpy()
    changed.loc[less, "source_count"] = typed("int", [len(found) for found in names])
    for measure in MEASURES:
        for end, values in zip(("low", "high"), tolls(claims, measure, "incident"), strict=True):
            changed.loc[less, f"{measure}_{end}"] = cases["id"][less].map(values).astype("Int64")
    for column in cases.columns[cases.columns.str.startswith(_OF_ALL_VERSIONS)]:
        changed.loc[less, column] = None
    left = [_disputes(row) for row in changed[less].to_dict("records")]
    changed.loc[less, "contested_about"] = typed(
        "text", ["; ".join(found) or None for found in left]
    ).to_numpy()
    changed.loc[less, "contested"] = [bool(found) for found in left]
    return changed


def _disputes(row: dict[Any, Any]) -> list[str]:
    """Give what is still disputed: one version alone can only disagree with itself on the toll."""
    before = (row["contested_about"] or "").split("; ")
    ranges = any(pd.notna(row[f"{m}_low"]) and row[f"{m}_low"] != row[f"{m}_high"] for m in MEASURES)
    return [about for about in before if about and (ranges if about == "toll" else row["event_count"] > 1)]
