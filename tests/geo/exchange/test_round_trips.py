"""Any text at any place, written in each format and read by somebody else's reader, is what it was."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from geo.exchange.spreadsheet import guarded
from geo.exchange.write import FORMATS, export
from tests.geo.exchange.test_write import HOSTILE, titled

Row = tuple[str, str | None, float, float]
"""Id, title, longitude and latitude; what a format cannot tell from nothing is nothing."""

KML = {"k": "http://www.opengis.net/kml/2.2"}
NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 cannot hold."""
LINE_END = re.compile("\r\n?")
TEXTS = st.none() | st.sampled_from(HOSTILE[:-1]) | st.text()
ANTIMERIDIAN, POLE = (-180.0, 51.5), (0.0, 90.0)

pytestmark = pytest.mark.filterwarnings("ignore:.*field.*:RuntimeWarning")


def geographic(frame: gpd.GeoDataFrame) -> list[Row]:
    return [
        (row.id, None if pd.isna(row.title) else row.title, row.geometry.x, row.geometry.y)
        for row in frame.itertuples()
    ]


def from_csv(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [(row["id"], row["title"], float(row["lon"]), float(row["lat"])) for row in rows]


def from_excel(path: Path) -> list[Row]:
    head, *rows = openpyxl.load_workbook(path).active.iter_rows(values_only=True)
    columns = [head.index(name) for name in ("id", "title", "lon", "lat")]
    cells = ([row[k] for k in columns] for row in rows)
    # The workbook has its own signs for what XML cannot hold ("_x0001_"); the reader leaves them to us.
    return [(name, None if title is None else unescape(title), lon, lat) for name, title, lon, lat in cells]


def from_kml(text: bytes) -> list[Row]:
    found = []
    for mark in ET.fromstring(text).iterfind(".//k:Placemark", KML):  # noqa: S314 - written a moment ago
        point = mark.findtext("k:Point/k:coordinates", namespaces=KML) or ""
        lon, lat = map(float, point.split(",")[:2])
        data = {d.get("name"): d.findtext("k:value", namespaces=KML) for d in mark.iterfind(".//k:Data", KML)}
        found.append((str(data.get("id") or mark.get("id")), data.get("title"), lon, lat))
    return found


READERS: dict[str, Callable[[Path], list[Row]]] = {
    ".geojson": lambda path: geographic(pyogrio.read_dataframe(path)),
    ".geojsonl": lambda path: geographic(pyogrio.read_dataframe(path)),
    ".gpkg": lambda path: geographic(pyogrio.read_dataframe(path, layer="incidents")),
    ".fgb": lambda path: geographic(pyogrio.read_dataframe(path)),
    ".parquet": lambda path: geographic(gpd.read_parquet(path)),
    ".csv": from_csv,
    ".xlsx": from_excel,
    ".kml": lambda path: from_kml(path.read_bytes()),
    ".kmz": lambda path: from_kml(zipfile.ZipFile(path).read("doc.kml")),
}


def as_text(suffix: str, text: str | None) -> str | None:
    """Give a text as the format may hold it."""
    if suffix == ".csv":
        return guarded([text])[0] or ""  # type: ignore[return-value]
    if suffix in {".kml", ".kmz"} and text is not None:
        return LINE_END.sub("\n", NO_XML.sub("\ufffd", text))
    return text


def test_every_format_is_tried() -> None:
    assert set(READERS) == set(FORMATS)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=5), lon=st.floats(-180, 180), lat=st.floats(-90, 90))
@example(texts=list(HOSTILE[:-1]), lon=ANTIMERIDIAN[0], lat=ANTIMERIDIAN[1])
@example(texts=[None, ""], lon=POLE[0], lat=POLE[1])
@pytest.mark.parametrize("suffix", sorted(READERS))
def test_any_text_and_place_come_back(
    tmp_path: Path, texts: list[str | None], lon: float, lat: float, suffix: str
) -> None:
    path = tmp_path / f"x{suffix}"
    given_rows = titled(texts, [shapely.Point(lon, lat)] * len(texts))
    export(given_rows, path)
    found = sorted(READERS[suffix](path))
    kept = sorted(zip(given_rows["incidents"]["id"], given_rows["incidents"]["title"], strict=True))
    assert [row[0] for row in found] == [identity for identity, _ in kept]
    for (_, text, x, y), (_, title) in zip(found, kept, strict=True):
        wanted: Any = as_text(suffix, None if pd.isna(title) else title)
        assert (text or None) == (wanted or None)
        assert (x, y) == pytest.approx((lon, lat), abs=6e-8)
