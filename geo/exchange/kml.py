"""KML and KMZ for Google Earth: placemarks coloured by type of event, with the days for its time slider.

Report text stands in the balloon as text: it is escaped twice, because a balloon is HTML inside XML.
"""

from __future__ import annotations

import functools
import html
import re
import zipfile
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import shapely
from shapely.geometry.polygon import orient

from geo import lexicons

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from geo.tables.schema import Column
    from geo.tables.sheet import Sheet
    from geo.tables.values import Cell

_STYLES = "event_styles.csv"
_OTHER = "other"
_NAMES = ("title", "name", "place", "kind", "location", "where_coordinates", "id")
_KINDS = ("type", "event_type")
_FIRST_DAYS = ("date_from", "event_date", "date_start")
_LAST_DAYS = ("date_to", "event_date", "date_end")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SPECIAL = re.compile("[^\t\n\r\x20\x21\x23-\x25\x28-\x3b=\x3f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_DECIMALS = 7
_ICON = "http://maps.google.com/mapfiles/kml/shapes/shaded_dot.png"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n'
_TAIL = "</Document>\n</kml>\n"


def write_kml(sheet: Sheet, path: Path) -> None:
    """Write KML."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_parts(sheet))


def write_kmz(sheet: Sheet, path: Path) -> None:
    """Write KML in a zip archive, which is how Google Earth shares it."""
    member = zipfile.ZipInfo("doc.kml", _ZIP_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive, archive.open(member, "w", force_zip64=True) as file:
        for text in _parts(sheet):
            file.write(text.encode())


@functools.cache
def colors() -> Mapping[str, str]:
    """Give the colour (#rrggbb) of each type of event."""
    return MappingProxyType({row["type"]: row["color"] for _, row in lexicons.rows(_STYLES, "type", "color")})


def _parts(sheet: Sheet) -> Iterator[str]:
    yield f"{_HEAD}<name>{_text(sheet.name)}</name>\n"
    yield from (_style(kind, color) for kind, color in colors().items())
    for row, shape in zip(sheet.rows(), sheet.where(), strict=True):
        yield _placemark(sheet.columns, row, shape)
    yield _TAIL


def _style(kind: str, color: str) -> str:
    red, green, blue = color[1:3], color[3:5], color[5:7]
    solid, pale = f"<color>ff{blue}{green}{red}</color>", f"<color>40{blue}{green}{red}</color>"
    return (
        f'<Style id="{_style_id(kind)}"><IconStyle>{solid}<Icon><href>{_ICON}</href></Icon></IconStyle>'
        f"<LineStyle>{solid}</LineStyle><PolyStyle>{pale}</PolyStyle></Style>\n"
    )


@functools.cache
def _style_id(kind: str) -> str:
    return re.sub("[^a-z]+", "-", kind.casefold())


def _text(value: Cell) -> str:
    return escape(_ILLEGAL.sub("\ufffd", str(value)))


def _placemark(columns: Sequence[Column], row: Sequence[Cell], shape: Any) -> str:
    known = {
        column.name: (column, cell) for column, cell in zip(columns, row, strict=True) if cell is not None
    }
    name = next((known[column][1] for column in _NAMES if column in known), "")
    kind = next((str(known[column][1]) for column in _KINDS if column in known), _OTHER)
    cells = [(column, *_cell(cell)) for column, cell in known.values()]
    return (
        f"<Placemark><name>{_cell(name)[0]}</name><description>{_balloon(cells)}</description>"
        f"{_days(known)}"
        f"<styleUrl>#{_style_id(kind if kind in colors() else _OTHER)}</styleUrl>"
        f"<ExtendedData>{''.join(_datum(column, text) for column, text, _ in cells)}</ExtendedData>"
        f"{_geometry(shape)}</Placemark>\n"
    )


def _cell(cell: Cell) -> tuple[str, str]:
    """Give a cell as XML, and as the XML of the HTML that a balloon shows; most need no mending."""
    text = str(cell)
    return (_text(text), _text(html.escape(text))) if _SPECIAL.search(text) else (text, text)


def _balloon(cells: Iterable[tuple[Column, str, str]]) -> str:
    return "&lt;br&gt;".join(_label(column.alias) + shown for column, _, shown in cells)


@functools.cache
def _label(alias: str) -> str:
    return _text(f"<b>{html.escape(alias)}</b>: ")


def _datum(column: Column, text: str) -> str:
    return f'<Data name="{column.name}"><value>{text}</value></Data>'


def _days(known: Mapping[str, tuple[Column, Cell]]) -> str:
    first = next((known[column][1] for column in _FIRST_DAYS if column in known), None)
    last = next((known[column][1] for column in _LAST_DAYS if column in known), first)
    if first is None:
        return ""
    return f"<TimeSpan><begin>{first}</begin><end>{last}</end></TimeSpan>"


def _geometry(shape: Any) -> str:
    if shape is None or shape.is_empty:
        return ""
    parts = [
        _point(part) if part.geom_type == "Point" else _polygon(part) for part in shapely.get_parts(shape)
    ]
    return parts[0] if len(parts) == 1 else f"<MultiGeometry>{''.join(parts)}</MultiGeometry>"


def _point(point: Any) -> str:
    return f"<Point>{_corners(point)}</Point>"


def _polygon(polygon: Any) -> str:
    outer = orient(polygon)
    inner = "".join(f"<innerBoundaryIs>{_ring(ring)}</innerBoundaryIs>" for ring in outer.interiors)
    return f"<Polygon><outerBoundaryIs>{_ring(outer.exterior)}</outerBoundaryIs>{inner}</Polygon>"


def _ring(ring: Any) -> str:
    return f"<LinearRing>{_corners(ring)}</LinearRing>"


def _corners(line: Any) -> str:
    corners = " ".join(f"{round(x, _DECIMALS)},{round(y, _DECIMALS)}" for x, y, *_ in line.coords)
    return f"<coordinates>{corners}</coordinates>"
