"""The larger towns around a project's places, for a map to write on its base."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.tables.schema import CRS

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd
    import pandas as pd

    from gazetteer import Gazetteer

Rows = NDArray[np.int64]

MOST = 240
"""Towns given at most."""
AROUND_DEG = 3.0
"""How far around the events towns are looked for."""
LEAST_POPULATION = 5_000
_CELL_DEG = 0.35
"""Of towns nearer than this only the largest is given; the base is no gazetteer."""
_RANKS = (20_000, 60_000, 200_000, 700_000, 2_500_000)
_LOWEST_RANK = 8
_TOWN, _QUARTER = "P.PPL", "P.PPLX"


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


def _candidates(names: Gazetteer, tables: Mapping[str, pd.DataFrame]) -> Rows:
    """Find rows of towns in the box around all events, the largest first."""
    shapes = np.asarray(tables["events"].geometry, dtype=object)
    placed = shapes[~shapely.is_missing(shapes)]
    if not len(placed):
        return np.array([], dtype=np.int64)
    west, south, east, north = shapely.total_bounds(placed).tolist()
    columns = names.columns
    inside = (
        (columns.lon >= west - AROUND_DEG)
        & (columns.lon <= east + AROUND_DEG)
        & (columns.lat >= south - AROUND_DEG)
        & (columns.lat <= north + AROUND_DEG)
        & (columns.population >= LEAST_POPULATION)
    )
    settled = np.array([feature.startswith(_TOWN) and feature != _QUARTER for feature in names.features])
    rows = np.flatnonzero(inside)
    rows = rows[settled[columns.feature[rows]]]
    found: Rows = rows[np.argsort(-columns.population[rows].astype(np.int64), kind="stable")]
    return found


def _thinned(names: Gazetteer, rows: Rows) -> Rows:
    """Keep the first town of each cell of a grid."""
    columns = names.columns
    cells = np.floor(np.column_stack([columns.lon[rows], columns.lat[rows]]) / _CELL_DEG)
    _, first = np.unique(cells, axis=0, return_index=True) if len(rows) else (None, np.array([], dtype=int))
    found: Rows = rows[np.sort(first)]
    return found
