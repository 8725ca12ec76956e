"""Every payload of the hostile corpus in every text column of every table, through every format."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import openpyxl
import pandas as pd
import pytest
import shapely

from geo import project
from geo.exchange.write import export
from geo.tables.schema import GEOMETRY, frame, schema
from tests.hostile import payloads

if TYPE_CHECKING:
    from pathlib import Path

    from geo.tables import Tables
    from geo.tables.schema import Column

DAY = pd.Timestamp("2018-02-07")
CELLS: dict[str, Any] = {"int": 7, "float": 0.5, "bool": True, "date": DAY, "datetime": DAY}
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


@pytest.fixture(scope="module")
def tables() -> Tables:
    made = {}
    for table, columns in schema().items():
        rows = [{c.name: _cell(table, c, k, p.text) for c in columns} for k, p in enumerate(payloads())]
        point = shapely.Point(40.0, 35.0)
        shapes = {"Point": point, "MultiPolygon": shapely.MultiPolygon([point.buffer(1)])}
        made[table] = frame(table, rows, [shapes[GEOMETRY[table]]] * len(rows) if table in GEOMETRY else None)
    return made


def _cell(table: str, column: Column, k: int, text: str) -> Any:
    if column.key == "id" or column.refers_to:
        return f"{column.refers_to or table} {k} {text}"
    return CELLS.get(column.type, text)


def stored(text: str) -> str:
    return UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def test_the_project_gives_back_what_was_put_in(tables: Tables, tmp_path: Path) -> None:
    project.write(tmp_path / "p.gpkg", tables)
    again = project.read(tmp_path / "p.gpkg")
    for table, columns in schema().items():
        if table == "meta":
            continue
        for column in columns:
            assert list(again[table][column.name]) == list(tables[table][column.name]), column
    wanted = [stored(payload.text) for payload in payloads()]
    assert list(again["events"]["quote"]) == wanted
    assert list(again["event_actors"]["name"]) == wanted


@pytest.mark.parametrize("layer", ["incidents", "events", "claims", "reports", "event_actors", "mentions"])
def test_every_column_of_every_format(tables: Tables, tmp_path: Path, layer: str) -> None:
    names = [column.name for column in schema()[layer] if column.type == "text"]
    wanted = {name: list(tables[layer][name]) for name in names}
    for suffix in (".csv", ".geojson", ".kml", ".xlsx", ".parquet", ".fgb", ".gpkg", ".geojsonl", ".kmz"):
        assert export(tables, tmp_path / f"t{suffix}", layer) == len(payloads())
    features = json.loads((tmp_path / "t.geojson").read_text("utf-8"))["features"]
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        cells = list(csv.DictReader(file))
    for name, texts in wanted.items():
        assert [feature["properties"][name] for feature in features] == texts
        assert [row[name].removeprefix("'") for row in cells] == [text.removeprefix("'") for text in texts]
        assert not [row[name] for row in cells if row[name].startswith(FORMULAS)]
    assert (tmp_path / "t.geojsonl").read_bytes().count(b"\n") == len(payloads())


def test_excel_runs_and_links_nothing(tables: Tables, tmp_path: Path) -> None:
    export(tables, tmp_path / "t.xlsx", "events")
    page = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert page is not None
    cells = [cell for row in page.iter_rows(min_row=2) for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]


def test_kml_holds_text_alone(tables: Tables, tmp_path: Path) -> None:
    export(tables, tmp_path / "t.kml", "events")
    tree = ET.fromstring((tmp_path / "t.kml").read_bytes())  # noqa: S314 — our own file
    spoken = {element.tag.rpartition("}")[2] for element in tree.iter()}
    assert not spoken & {"NetworkLink", "script", "img", "a", "Link"}
    for balloon in tree.iter("{http://www.opengis.net/kml/2.2}description"):
        assert set(re.findall("<[^>]*>", balloon.text or "")) <= {"<b>", "</b>", "<br>"}
