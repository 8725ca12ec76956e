"""The larger towns around a project's places, for a map to write on its base."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.tables.schema import CRS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from gazetteer import Gazetteer

MOST = 240
"""Towns given at most."""
AROUND_DEG = 3.0
"""How far around the events towns are looked for."""
LEAST_POPULATION = 5_000
_CELL_DEG = 0.35
"""Of towns nearer than this only the largest is given; the base is no gazetteer."""
_RANKS = (20_000, 60_000, 200_000, 700_000, 2_500_000)
_LOWEST_RANK = 8
_TOWN = "PPL"


def towns(names: Gazetteer, tables: Mapping[str, pd.DataFrame]) -> gpd.GeoDataFrame:
    """Give the largest towns around the events as the map's `basemap` table: name, rank, kind, point.

    `rank` is 3 for the greatest cities to 8 for small towns: the higher, the nearer it is shown.
    """
    import geopandas as gpd

    rows = _thinned(names, _candidates(names, tables))[:MOST]
    columns = names.columns
    ranks = _LOWEST_RANK - np.searchsorted(_RANKS, columns.population[rows], side="right")
    return gpd.GeoDataFrame(
        {"name": [names.place(int(row)).name for row in rows], "rank": ranks, "kind": "town"},
        geometry=shapely.points(columns.lon[rows].astype(float), columns.lat[rows].astype(float)),
        crs=CRS,
    )


def _candidates(names: Gazetteer, tables: Mapping[str, pd.DataFrame]) -> np.ndarray[Any, Any]:
    """Find rows of towns in the box around all events, the largest first."""
    shapes = np.asarray(tables["events"].geometry, dtype=object)
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    columns = names.columns
    # Without an event that has a place the bounds are NaN, and nothing lies within them.
    inside = (
        (columns.lon >= west - AROUND_DEG)
        & (columns.lon <= east + AROUND_DEG)
        & (columns.lat >= south - AROUND_DEG)
        & (columns.lat <= north + AROUND_DEG)
        & (columns.population >= LEAST_POPULATION)
    )
    settled = np.array([feature.startswith(_TOWN) for feature in names.features])
    rows = np.flatnonzero(inside)
    rows = rows[settled[columns.feature[rows]]]
    return rows[np.argsort(-columns.population[rows].astype(np.int64), kind="stable")]


def _thinned(names: Gazetteer, rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Keep the first town of each cell of a grid."""
    columns = names.columns
    cells = np.floor(np.column_stack([columns.lon[rows], columns.lat[rows]]) / _CELL_DEG)
    _, first = np.unique(cells, axis=0, return_index=True) if len(rows) else (None, np.array([], dtype=int))
    return rows[np.sort(first)]
