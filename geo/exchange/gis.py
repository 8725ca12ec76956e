"""FlatGeobuf through GDAL and GeoParquet through Arrow."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

import pandas as pd
import shapely

from geo.errors import OutputError
from geo.tables.schema import CRS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.tables.sheet import Sheet

PARQUET_VERSION = "1.1.0"
"""GeoParquet with the covering box of each row, by which readers skip what lies elsewhere."""


def write_flatgeobuf(sheet: Sheet, path: Path) -> None:
    """Write FlatGeobuf, with its spatial index unless a place is unknown: the index cannot hold that."""
    import pyogrio

    shapes = sheet.where()
    indexed = len(sheet) > 0 and not (shapely.is_missing(shapes) | shapely.is_empty(shapes)).any()
    options = {"SPATIAL_INDEX": "YES" if indexed else "NO"}
    kind = {"geometry_type": "Unknown"} if sheet.shapes is not None else {}
    pyogrio.write_dataframe(
        _frame(sheet), path, driver="FlatGeobuf", layer=sheet.name, layer_options=options, **kind
    )
    _tell(sheet)


def write_parquet(sheet: Sheet, path: Path) -> None:
    """Write GeoParquet 1.1, or plain Parquet where the layer has no geometry; days are dates.

    Raises
    ------
    OutputError
        If pyarrow is not installed.
    """
    try:
        pa = importlib.import_module("pyarrow")
    except ImportError as error:
        raise OutputError(f"{path.name} needs pyarrow: `pip install conflictmap[parquet]`.") from error
    types = {
        "date": pa.date32(),
        "datetime": pa.timestamp("ms", "UTC"),
        "text": pa.string(),
        "json": pa.string(),
    }
    data = _frame(sheet).astype(
        {column.name: pd.ArrowDtype(types[column.type]) for column in sheet.columns if column.type in types},
    )
    if sheet.shapes is None:
        data.to_parquet(path, index=False)
    else:
        data.to_parquet(path, index=False, schema_version=PARQUET_VERSION, write_covering_bbox=True)
    _tell(sheet)


def _tell(sheet: Sheet) -> None:
    """Tell who watches that all is written: both formats are written at one go."""
    if sheet.watch is not None:
        sheet.watch(len(sheet))


def _frame(sheet: Sheet) -> pd.DataFrame:
    plain = pd.DataFrame({column.name: sheet.data[column.name] for column in sheet.columns})
    if sheet.shapes is None:
        return plain
    import geopandas as gpd

    layer: pd.DataFrame = gpd.GeoDataFrame(plain, geometry=sheet.shapes, crs=CRS)
    return layer
