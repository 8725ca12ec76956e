"""Administrative boundaries from the user's file: names and p-codes for points, true polygons for footprints.

COD-AB, geoBoundaries and GADM are known by their columns (`geo/data/boundary_columns.csv`); of any other file
the first column whose name says so is taken for the name.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo import lexicons
from geo.errors import ReportError
from geo.tables.schema import CRS, Column, assemble, typed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from geo.tables.schema import Tables
    from geo.tables.sheet import Sheet

LEVELS = range(5)
"""Administrative levels, 0 the country."""

_COLUMNS = "boundary_columns.csv"
_PLAIN_NAMES = ("shapeName", "name", "name_en", "admin", "label")
_PLAIN_CODES = ("shapeISO", "pcode", "p_code", "iso_3166_2", "shapeID", "code")
_NAME = "_name"
_KIND = "shapetype"
_LEVEL_OF_KIND = MappingProxyType({"country": 0, "admin1": 1, "admin2": 2})


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """Polygons of an administrative division."""

    level: int | None
    """Level of the polygons; `None`: the file does not say."""
    columns: tuple[str, ...]
    """Names of the text columns: `adm1_name`, `adm1_pcode` ..., or `boundary`, `pcode`."""
    texts: Mapping[str, tuple[str | None, ...]]
    """The texts, by column, one for each polygon."""
    shapes: np.ndarray[Any, Any]
    """Polygons in WGS 84."""


def load(path: Path) -> Boundaries:
    """Read a polygon file of any format that GDAL knows.

    Raises
    ------
    ReportError
        If it cannot be read, has no polygons, or no column that names them.
    """
    frame = _frame(path)
    polygons = frame[frame.geometry.notna() & frame.geom_type.isin(["Polygon", "MultiPolygon"])]
    if polygons.empty:
        raise ReportError(f"{path} has no polygons: name a file of administrative areas.")
    level, found = _named(polygons)
    if not found:
        listed = ", ".join(map(str, polygons.columns.drop("geometry")))
        raise ReportError(
            f"{path} has no column that names its areas: rename one to 'name'. It has {listed}."
        )
    return Boundaries(
        level=level,
        columns=tuple(found),
        texts={ours: tuple(_texts(polygons[theirs])) for ours, theirs in found.items()},
        shapes=shapely.make_valid(np.asarray(polygons.geometry, dtype=object)),
    )


def _frame(path: Path) -> Any:
    import pyogrio

    try:
        frame = pyogrio.read_dataframe(path)
        if hasattr(frame, "geometry"):
            # A file that does not say its CRS is taken for WGS 84, which GeoJSON is by definition.
            return frame.set_crs(CRS) if frame.crs is None else frame.to_crs(CRS)
    except (RuntimeError, ValueError, shapely.errors.ShapelyError) as error:  # all of GDAL's and PROJ's
        raise ReportError(
            f"{path} cannot be read as boundaries ({error}): see the name and format."
        ) from error
    raise ReportError(f"{path} has no polygons: name a file of administrative areas.")


def _named(polygons: Any) -> tuple[int | None, dict[str, str]]:
    """Give the polygons' level, and the file's columns by our names, from the country down."""
    by_low = {str(column).casefold(): str(column) for column in polygons.columns}
    leveled: dict[str, str] = {}
    for level in LEVELS:
        for _, row in lexicons.rows(_COLUMNS, "what", "column"):
            theirs = by_low.get(row["column"].format(level=level).casefold())
            if theirs is not None:
                leveled.setdefault(f"adm{level}_{row['what']}", theirs)
    named = [int(ours[3]) for ours in leveled if ours.endswith(_NAME)]
    return (max(named), leveled) if named else _plain(polygons, by_low)


def _plain(polygons: Any, by_low: Mapping[str, str]) -> tuple[int | None, dict[str, str]]:
    """Find the columns of a file that numbers no levels; geoBoundaries gives its one level in each row."""
    kinds = {str(kind) for kind in polygons[by_low[_KIND]]} if _KIND in by_low else set()
    level = next((level for level in LEVELS if kinds == {f"ADM{level}"}), None)
    ours = ("boundary", "pcode") if level is None else (f"adm{level}_name", f"adm{level}_pcode")
    found = {
        our: by_low[next(name.casefold() for name in names if name.casefold() in by_low)]
        for our, names in zip(ours, (_PLAIN_NAMES, _PLAIN_CODES), strict=True)
        if any(name.casefold() in by_low for name in names)
    }
    return level, found if ours[0] in found else {}


def _texts(column: pd.Series[Any]) -> list[str | None]:
    return [None if pd.isna(value) else str(value) for value in column]


def labelled(sheet: Sheet, boundaries: Boundaries) -> Sheet:
    """Add names and p-codes of the area in which each row's point lies; rows outside all areas have none."""
    inside = _containing(sheet.where(), boundaries)
    added = tuple(
        Column(name=name, type="text", key="", alias=name, meaning="") for name in boundaries.columns
    )
    data = {column.name: sheet.data[column.name].to_numpy() for column in sheet.columns}
    for column in added:
        texts = boundaries.texts[column.name]
        data[column.name] = typed(
            "text", [None if area is None else texts[area] for area in inside]
        ).to_numpy()
    return replace(sheet, columns=(*sheet.columns, *added), data=pd.DataFrame(data))


def _containing(shapes: np.ndarray[Any, Any], boundaries: Boundaries) -> list[int | None]:
    """Give the number of the area which holds each point, the smallest where areas overlap."""
    points = shapely.point_on_surface(shapes)
    tree = shapely.STRtree(boundaries.shapes)
    rows, areas = tree.query(points, predicate="intersects")
    sizes = shapely.area(boundaries.shapes)
    found: list[int | None] = [None] * len(points)
    for row, area in sorted(
        zip(rows.tolist(), areas.tolist(), strict=True), key=lambda pair: -sizes[pair[1]]
    ):
        found[row] = area
    return found


def drawn(tables: Mapping[str, pd.DataFrame], boundaries: Boundaries) -> Tables:
    """Give footprints of whole provinces, districts or countries the true polygon in which their centre lies.

    Only footprints of the level that the file holds are changed, none if it does not say its level.
    """
    made = dict(tables)
    footprints = tables["footprints"]
    kinds = [kind for kind, level in _LEVEL_OF_KIND.items() if level == boundaries.level]
    wanted = footprints["kind"].isin(kinds).to_numpy()
    centers = dict(
        zip(tables["events"]["id"], np.asarray(tables["events"].geometry, dtype=object), strict=True)
    )
    shapes = np.asarray(footprints.geometry, dtype=object).copy()
    points = np.array([centers.get(event) for event in footprints["event"]], dtype=object)
    for row, area in enumerate(_containing(points, boundaries)):
        if area is not None and wanted[row]:
            shapes[row] = shapely.MultiPolygon(_polygons(boundaries.shapes[area]))
    made["footprints"] = assemble(
        "footprints", {name: footprints[name] for name in footprints.columns.drop("geometry")}, list(shapes)
    )
    return made


def _polygons(shape: Any) -> list[Any]:
    return [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"] or list(shape.geoms)
