"""A project's layer as a file: format by the suffix, columns as they are or in a researchers' layout."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from geo.errors import OutputError
from geo.exchange import excel, geojson, gis, kml, postgis, spreadsheet
from geo.exchange.boundaries import drawn, labelled, load
from geo.exchange.layouts import arranged
from geo.project import geopackage
from geo.project.atomic import replacing
from geo.project.store import extent, read_parts
from geo.tables.sheet import Sheet, of_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import pandas as pd


def export(
    tables: Mapping[str, pd.DataFrame],
    path: Path | str,
    layer: str = "incidents",
    as_: str | None = None,
    *,
    boundaries: Path | None = None,
    hxl: bool = False,
    watch: Callable[[int], None] | None = None,
) -> int:
    """Write a layer to a file and give the number of its rows.

    Parameters
    ----------
    tables
        The project's tables, or the part of them that `geo.project.select` gives.
    path
        The file; its suffix says the format. What stands there is replaced at once, or stays if this fails.
        The address of a PostGIS database ("postgresql://...") takes all layers and tables.
    layer
        Which layer or table.
    as_
        A researchers' layout ("acled", "ucdp"); `None`: the columns as they are.
    boundaries
        A polygon file: its names and p-codes are added, footprints get its polygons.
    hxl
        Whether a CSV gets a row of HXL hashtags.
    watch
        Told the number of rows written, every thousand and at the end.

    Raises
    ------
    OutputError
        If no format has this suffix, or the file cannot be written.
    ProjectError
        If there is no such layer.
    ReportError
        If the boundaries cannot be read.
    """
    if isinstance(path, str) and postgis.is_database(path):
        return postgis.write(tables, path, watch=watch)
    target = Path(path)
    write = _hxl_writer(target) if hxl else writer(target)
    sheet = _sheet(tables, layer, as_, boundaries)
    with replacing(target) as part:
        write(replace(sheet, watch=watch), part)
    return len(sheet)


def export_parts(project: Path, path: Path, layer: str) -> None:
    """Write a layer of a project to a GeoJSON file as `export` does, holding one part of it at a time.

    Raises
    ------
    OutputError
        If the file cannot be written.
    ProjectError
        If the project cannot be read.
    """
    parts = (of_layer({layer: part}, layer) for part in read_parts(project, layer))
    with replacing(path) as file:
        geojson.write_parts(parts, layer, extent(project, layer), file)


def _hxl_writer(path: Path) -> Callable[[Sheet, Path], None]:
    if path.suffix.casefold() != ".csv":
        raise OutputError(f"{path}: HXL hashtags are written into .csv only: name such a file.")
    return spreadsheet.write_hxl


def _sheet(tables: Mapping[str, pd.DataFrame], layer: str, as_: str | None, boundaries: Path | None) -> Sheet:
    areas = None if boundaries is None else load(boundaries)
    whole = tables if areas is None else drawn(tables, areas)
    sheet = of_layer(whole, layer) if as_ is None else arranged(whole, layer, as_)
    return sheet if areas is None or as_ is not None else labelled(sheet, areas)


def writer(path: Path) -> Callable[[Sheet, Path], None]:
    """Find what writes the format which a file's suffix names.

    Raises
    ------
    OutputError
        If none does; the message lists the formats.
    """
    suffix = path.suffix.casefold()
    if suffix in _WRITERS:
        return _WRITERS[suffix]
    there = f"There are {', '.join(_WRITERS)}."
    if not suffix:
        raise OutputError(f"{path} has no suffix to say its format. {there}")
    close = difflib.get_close_matches(suffix, _WRITERS, n=1)
    hint = f" Did you mean {path.with_suffix(close[0]).name}?" if close else ""
    raise OutputError(f"{path}: no format is called {suffix!r}.{hint} {there}")


def _write_geopackage(sheet: Sheet, path: Path) -> None:
    geopackage.write([sheet], path)


_WRITERS: Mapping[str, Callable[[Sheet, Path], None]] = MappingProxyType(
    {
        ".geojson": geojson.write_collection,
        ".geojsonl": geojson.write_lines,
        ".gpkg": _write_geopackage,
        ".parquet": gis.write_parquet,
        ".fgb": gis.write_flatgeobuf,
        ".kml": kml.write_kml,
        ".kmz": kml.write_kmz,
        ".csv": spreadsheet.write_csv,
        ".xlsx": excel.write_excel,
    },
)

FORMATS = tuple(_WRITERS)
"""Suffixes of the formats that can be written."""
