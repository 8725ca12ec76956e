"""How QGIS shows layers and tables: a style for each, stored in the file as its default.

A style's look lies in `geo/data/styles`, one QML file a layer; the titles of the columns are the schema's.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from geo import lexicons
from geo.project.ddl import GEOMETRY_COLUMN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from geo.tables.schema import Column
    from geo.tables.sheet import Sheet

_FOLDER = lexicons.DATA / "styles"
_PLAIN = '<qgis version="3.22.0" styleCategories="Fields">\n</qgis>\n'
_TABLE = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME
)
"""
_CONTENTS = "INSERT INTO gpkg_contents VALUES (?, 'attributes', ?, '', ?, NULL, NULL, NULL, NULL, NULL)"
_STYLE = """
INSERT INTO layer_styles (
    f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
    useAsDefault, description, owner, update_time
) VALUES ('', '', ?, ?, ?, ?, '', 1, ?, '', ?)
"""


def style(sheet: Sheet) -> str:
    """Give the QGIS style of a layer or table: its look, where it has one, and the titles of its columns."""
    path = _FOLDER / f"{sheet.name}.qml"
    look = path.read_text("utf-8") if path.exists() else _PLAIN
    return look.replace("</qgis>", f"{_titles(sheet.columns)}</qgis>")


def _titles(columns: Iterable[Column]) -> str:
    # QGIS counts the columns from the row number, which comes first.
    titles = (
        f'    <alias index="{number}" field={quoteattr(column.name)} name={quoteattr(column.alias)}/>\n'
        for number, column in enumerate(columns, 1)
    )
    return f"  <aliases>\n{''.join(titles)}  </aliases>\n"


def add(database: sqlite3.Connection, sheets: Iterable[Sheet], last_change: str) -> None:
    """Write the styles of these layers and tables into a GeoPackage."""
    database.execute(_TABLE)
    database.execute(_CONTENTS, ("layer_styles", "layer_styles", last_change))
    for sheet in sheets:
        column = GEOMETRY_COLUMN if sheet.geometry is not None else ""
        text = f"conflictmap: {sheet.name}"
        database.execute(_STYLE, (sheet.name, column, sheet.name, style(sheet), text, last_change))
