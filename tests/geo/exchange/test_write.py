"""Every format read back by somebody else's reader: same rows, same places, hostile texts unharmed."""

from __future__ import annotations

import csv
import importlib
import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import OutputError, ProjectError
from geo.exchange.excel import MAX_TEXT, cut
from geo.exchange.spreadsheet import guarded
from geo.exchange.write import FORMATS, export
from geo.tables import GEOMETRY, frame, schema, tables
from tests.geo import builders

Tables = dict[str, pd.DataFrame]

LAYERS = ("incidents", "events", "places", "mentions", "footprints", "claims", "reports", "event_actors")
KML = {"k": "http://www.opengis.net/kml/2.2"}
HOSTILE = (
    "",
    " ",
    "plain",
    "quote \" and ' and `",
    "line\nbreak\r\nand\rmore",
    "tab\tand, comma; semicolon",
    "😀 خشام \u202eevil",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\uff1d1\uff0b1",
    "</script><img src=x onerror=alert(1)>",
    "{{ 7*7 }} {% raw %} ${1}",
    "]]>&amp;<b>",
    "\x01\x0b\x1b control",
    "\ufffe\uffff",
    "nan",
    "NULL",
    "a" * 40_000,
)

pytestmark = pytest.mark.filterwarnings("ignore:.*field.*:RuntimeWarning")


@pytest.fixture(scope="module")
def made() -> Tables:
    return tables(builders.coded(), builders.incidents())


def titled(texts: list[str | None], shapes: list[Any] | None = None) -> Tables:
    """Give incidents with these titles, all else as little as may be."""
    kinds = {"text": None, "int": None, "float": None, "bool": False, "date": None}
    rows = [
        {column.name: kinds[column.type] for column in schema()["incidents"]}
        | {"id": f"i{number}", "title": text}
        for number, text in enumerate(texts)
    ]
    return {"incidents": frame("incidents", rows, shapes or [shapely.Point(40, 35)] * len(rows))}


def readers() -> dict[str, Any]:
    return {
        ".geojson": pyogrio.read_dataframe,
        ".geojsonl": pyogrio.read_dataframe,
        ".gpkg": lambda path: pyogrio.read_dataframe(path, layer=pyogrio.list_layers(path)[0][0]),
        ".fgb": lambda path: pyogrio.read_dataframe(path).sort_values("id", ignore_index=True),
        ".parquet": gpd.read_parquet,
    }


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("layer", LAYERS)
def test_every_layer_goes_into_every_format(made: Tables, tmp_path: Path, suffix: str, layer: str) -> None:
    path = tmp_path / f"x{suffix}"
    assert export(made, path, layer) == len(made[layer])
    assert path.stat().st_size > 0
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("suffix", FORMATS)
def test_same_rows_give_same_bytes(made: Tables, tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    export(made, first)
    export(made, second)
    assert first.read_bytes() == second.read_bytes()


@pytest.mark.parametrize("suffix", FORMATS)
def test_empty_layers_are_files_too(tmp_path: Path, suffix: str) -> None:
    for layer in LAYERS:
        assert export(tables([], []), tmp_path / f"{layer}{suffix}", layer) == 0


@pytest.mark.parametrize("suffix", sorted(readers()))
@pytest.mark.parametrize("layer", ["incidents", "events", "places"])
def test_gis_formats_come_back_whole(made: Tables, tmp_path: Path, suffix: str, layer: str) -> None:
    path = tmp_path / f"x{suffix}"
    export(made, path, layer)
    read, there = readers()[suffix](path), made[layer]
    if suffix == ".fgb":
        there = there.sort_values("id", ignore_index=True)
    assert read.crs == "EPSG:4326"
    assert list(read["id"]) == list(there["id"])
    for column in schema()[layer]:
        assert values(column.type, read[column.name]) == values(column.type, there[column.name]), column.name
    assert [None if s is None else s.wkt for s in read.geometry] == [
        None if s is None else s.wkt for s in there.geometry
    ]


def values(kind: str, column: pd.Series[Any]) -> list[Any]:
    """Give cells as plain values, whatever the reader made of them."""
    if kind == "date":
        column = pd.to_datetime(column).dt.date
    convert = {"int": int, "float": float, "bool": bool, "date": str, "text": str}[kind]
    return [None if pd.isna(value) else convert(value) for value in column]


@pytest.mark.parametrize("suffix", sorted(readers()))
def test_polygons_come_back_whole(made: Tables, tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    export(made, path, "footprints")
    read = readers()[suffix](path).geometry.normalize()
    there = made["footprints"].sort_values("id", ignore_index=True).geometry.normalize()
    assert shapely.equals_exact(read.to_numpy(), there.to_numpy(), 1e-7).all()


@pytest.mark.parametrize("suffix", sorted(readers()))
def test_hostile_texts_come_back_whole(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"x{suffix}"
    numbered = [f"{text}" for text in HOSTILE]
    export(titled([*numbered, None]), path)
    read = readers()[suffix](path)
    found = dict(zip(read["id"], read["title"], strict=True))
    assert [found[f"i{number}"] for number in range(len(numbered))] == numbered
    assert pd.isna(found[f"i{len(numbered)}"])


class TestGeoJson:
    def read(self, made: Tables, tmp_path: Path, layer: str = "incidents") -> dict[str, Any]:
        export(made, tmp_path / "x.geojson", layer)
        return json.loads((tmp_path / "x.geojson").read_text("utf-8"))

    def test_is_rfc_7946(self, made: Tables, tmp_path: Path) -> None:
        found = self.read(made, tmp_path)
        assert found["type"] == "FeatureCollection"
        assert "crs" not in found
        assert found["bbox"] == [38.657, 33.4883, 40.5, 35.30088]
        assert [feature["id"] for feature in found["features"]] == ["i2", "i1", "i4", "i3"]
        assert found["features"][-1]["geometry"] is None
        assert found["features"][1]["properties"]["date_from"] == "2018-02-07"
        assert found["features"][1]["properties"]["injured_low"] is None

    def test_rings_turn_right_and_have_seven_decimals(self, made: Tables, tmp_path: Path) -> None:
        for feature in self.read(made, tmp_path, "footprints")["features"]:
            for polygon in feature["geometry"]["coordinates"]:
                assert shapely.LinearRing(polygon[0]).is_ccw
                assert all(not shapely.LinearRing(hole).is_ccw for hole in polygon[1:])
        text = (tmp_path / "x.geojson").read_text("utf-8")
        assert max(len(digits) for digits in re.findall(r"\d\.(\d+)", text)) <= 7

    def test_holes_and_clockwise_rings_are_turned(self, tmp_path: Path) -> None:
        shell, hole = shapely.box(0, 0, 9, 9), shapely.box(1, 1, 2, 2)
        polygon = shapely.MultiPolygon([shapely.Polygon(shell.exterior.coords[::-1], [hole.exterior.coords])])
        rows = [{column.name: None for column in schema()["footprints"]} | {"id": "f"}]
        found = self.read({"footprints": frame("footprints", rows, [polygon])}, tmp_path, "footprints")
        outer, inner = found["features"][0]["geometry"]["coordinates"][0]
        assert shapely.LinearRing(outer).is_ccw
        assert not shapely.LinearRing(inner).is_ccw

    def test_tables_without_a_place_have_no_box(self, made: Tables, tmp_path: Path) -> None:
        found = self.read(made, tmp_path, "claims")
        assert "bbox" not in found
        assert {feature["geometry"] for feature in found["features"]} == {None}

    def test_lines_are_features(self, made: Tables, tmp_path: Path) -> None:
        export(made, tmp_path / "x.geojsonl")
        lines = (tmp_path / "x.geojsonl").read_text("utf-8").split("\n")
        assert [json.loads(line)["id"] for line in lines[:-1]] == ["i2", "i1", "i4", "i3"]
        assert lines[-1] == ""


class TestCsv:
    def read(self, tmp_path: Path, data: Tables, layer: str = "incidents") -> list[dict[str, str]]:
        export(data, tmp_path / "x.csv", layer)
        return list(
            csv.DictReader(io.StringIO((tmp_path / "x.csv").read_bytes().decode("utf-8"), newline=""))
        )

    def test_has_the_place_in_three_columns(self, made: Tables, tmp_path: Path) -> None:
        rows = self.read(tmp_path, made)
        assert (rows[1]["lon"], rows[1]["lat"], rows[1]["wkt"]) == (
            "40.28916",
            "35.30088",
            "POINT (40.28916 35.30088)",
        )
        assert (rows[3]["lon"], rows[3]["wkt"]) == ("", "")
        assert self.read(tmp_path, made, "footprints")[0]["wkt"].startswith("MULTIPOLYGON (((")
        assert list(self.read(tmp_path, made, "claims")[0]) == [column.name for column in schema()["claims"]]

    def test_hostile_texts_stay_in_their_cell(self, tmp_path: Path) -> None:
        found = [row["title"] for row in self.read(tmp_path, titled(list(HOSTILE)))]
        assert found == guarded(list(HOSTILE))
        assert not [text for text in found if text[:1] in set("=+-@\t\r")]

    def test_numbers_are_not_guarded(self, tmp_path: Path) -> None:
        data = titled(["x"], [shapely.Point(-40.5, -0.25)])
        row = self.read(tmp_path, data)[0]
        assert (row["lon"], row["lat"]) == ("-40.5", "-0.25")


class TestExcel:
    def read(self, tmp_path: Path, data: Tables, layer: str = "incidents") -> list[tuple[Any, ...]]:
        openpyxl = pytest.importorskip("openpyxl")
        export(data, tmp_path / "x.xlsx", layer)
        book = openpyxl.load_workbook(tmp_path / "x.xlsx")
        assert all(cell.data_type != "f" for row in book.active.iter_rows() for cell in row)
        return list(book.active.iter_rows(values_only=True))

    def test_cells_have_their_types(self, made: Tables, tmp_path: Path) -> None:
        head, _, row, *_ = self.read(tmp_path, made)
        found = dict(zip(head, row, strict=True))
        assert found["date_from"].date() == date(2018, 2, 7)
        assert (found["killed_low"], found["contested"], found["injured_low"]) == (73, True, None)
        assert found["lon"] == 40.28916

    def test_hostile_texts_are_never_formulas(self, tmp_path: Path) -> None:
        data = titled(list(HOSTILE))
        rows = self.read(tmp_path, data)
        found = [row[rows[0].index("title")] for row in rows[1:]]
        for text, cell in zip(HOSTILE, found, strict=True):
            if text.isprintable() and len(text) < MAX_TEXT:
                assert cell == text

    def test_old_days_stay_texts(self, tmp_path: Path) -> None:
        row = {column.name: None for column in schema()["reports"]} | {
            "id": "r",
            "published": date(1853, 10, 4),
        }
        rows = self.read(tmp_path, {"reports": frame("reports", [row])}, "reports")
        assert rows[1][rows[0].index("published")] == "1853-10-04"

    @given(st.text(min_size=1), st.integers(MAX_TEXT - 9, MAX_TEXT + 9))
    @settings(deadline=None, max_examples=30)
    def test_long_texts_are_cut(self, text: str, length: int) -> None:
        found = cut((text * length)[:length])
        assert len(found.encode("utf-16-le")) // 2 <= MAX_TEXT

    def test_cut_texts_say_so(self) -> None:
        assert cut("😀" * MAX_TEXT).endswith("😀 [cut]")
        assert cut("a" * MAX_TEXT) == "a" * MAX_TEXT


class TestKml:
    def read(self, tmp_path: Path, data: Tables, layer: str = "incidents") -> list[ET.Element]:
        export(data, tmp_path / "x.kml", layer)
        return ET.parse(tmp_path / "x.kml").getroot().findall(".//k:Placemark", KML)  # noqa: S314

    def test_has_days_style_and_data(self, made: Tables, tmp_path: Path) -> None:
        mark = self.read(tmp_path, made)[1]
        assert mark.findtext("k:TimeSpan/k:begin", namespaces=KML) == "2018-02-07"
        assert mark.findtext("k:TimeSpan/k:end", namespaces=KML) == "2018-02-08"
        assert mark.findtext("k:styleUrl", namespaces=KML) == "#explosions-remote-violence"
        assert mark.findtext("k:Point/k:coordinates", namespaces=KML) == "40.28916,35.30088"
        data = {
            item.get("name"): item.findtext("k:value", namespaces=KML)
            for item in mark.iterfind(".//k:Data", KML)
        }
        assert (data["killed_low"], data["killed_high"]) == ("73", "100")
        assert "injured_low" not in data

    def test_every_style_is_there(self, made: Tables, tmp_path: Path) -> None:
        wanted = {mark.findtext("k:styleUrl", namespaces=KML) for mark in self.read(tmp_path, made)}
        root = ET.parse(tmp_path / "x.kml").getroot()  # noqa: S314
        assert wanted <= {f"#{style.get('id')}" for style in root.iterfind(".//k:Style", KML)}

    def test_text_in_the_balloon_is_no_html(self, tmp_path: Path) -> None:
        mark = self.read(tmp_path, titled(["<img src=x onerror=alert(1)>"]))[0]
        assert mark.findtext("k:name", namespaces=KML) == "<img src=x onerror=alert(1)>"
        assert "<img" not in (mark.findtext("k:description", namespaces=KML) or "")

    def test_hostile_texts_are_well_formed(self, tmp_path: Path) -> None:
        marks = self.read(tmp_path, titled(list(HOSTILE)))
        names = [mark.findtext("k:name", namespaces=KML) for mark in marks]
        for text, name in zip(HOSTILE, names, strict=True):
            if text.isprintable() and text:
                assert name == text

    def test_gdal_reads_days_and_polygons(self, made: Tables, tmp_path: Path) -> None:
        if "LIBKML" not in pyogrio.list_drivers():
            pytest.skip("this GDAL has only the plain KML driver, which reads no time spans")
        self.read(tmp_path, made)
        read = pyogrio.read_dataframe(tmp_path / "x.kml")
        assert read["begin"].dt.date.tolist()[1] == date(2018, 2, 7)
        self.read(tmp_path, made, "footprints")
        assert pyogrio.read_dataframe(tmp_path / "x.kml").geometry.is_valid.all()

    def test_kmz_is_kml_in_a_zip(self, made: Tables, tmp_path: Path) -> None:
        export(made, tmp_path / "x.kmz")
        export(made, tmp_path / "x.kml")
        with zipfile.ZipFile(tmp_path / "x.kmz") as archive:
            assert archive.namelist() == ["doc.kml"]
            assert archive.read("doc.kml") == (tmp_path / "x.kml").read_bytes()


class TestParquet:
    def test_is_geoparquet_with_covering_boxes(self, made: Tables, tmp_path: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        export(made, tmp_path / "x.parquet")
        found = parquet.read_schema(tmp_path / "x.parquet")
        geo = json.loads(found.metadata[b"geo"])
        assert geo["version"] == "1.1.0"
        assert geo["columns"]["geometry"]["covering"]["bbox"]["xmin"] == ["bbox", "xmin"]
        types = {field.name: str(field.type) for field in found}
        assert (types["date_from"], types["killed_low"], types["contested"], types["reason"]) == (
            "date32[day]",
            "int64",
            "bool",
            "string",
        )

    def test_empty_columns_keep_their_type(self, tmp_path: Path) -> None:
        parquet = pytest.importorskip("pyarrow.parquet")
        export(titled([None]), tmp_path / "x.parquet")
        assert str(parquet.read_schema(tmp_path / "x.parquet").field("title").type) == "string"

    def test_boxes_find_rows(self, made: Tables, tmp_path: Path) -> None:
        export(made, tmp_path / "x.parquet")
        assert list(gpd.read_parquet(tmp_path / "x.parquet", bbox=(40.2, 35.2, 40.4, 35.4))["id"]) == ["i1"]

    def test_tables_are_plain_parquet(self, made: Tables, tmp_path: Path) -> None:
        export(made, tmp_path / "x.parquet", "claims")
        assert list(pd.read_parquet(tmp_path / "x.parquet")["low"]) == list(made["claims"]["low"])

    def test_duckdb_reads_it_without_extensions(self, made: Tables, tmp_path: Path) -> None:
        duckdb = pytest.importorskip("duckdb")
        export(made, tmp_path / "x.parquet")
        offline = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        with duckdb.connect(config=offline) as database:
            rows = database.execute(
                "SELECT id, title, date_from, killed_low, contested, geometry, bbox.xmin "
                "FROM read_parquet(?)",
                [str(tmp_path / "x.parquet")],
            ).fetchall()
        there = made["incidents"]
        assert [row[0] for row in rows] == list(there["id"])
        assert [row[1] for row in rows] == list(there["title"])
        assert [row[2] and row[2].isoformat() for row in rows] == [
            None if pd.isna(day) else day.date().isoformat() for day in there["date_from"]
        ]
        assert [row[3] for row in rows] == values("int", there["killed_low"])
        assert [row[4] for row in rows] == list(there["contested"])
        assert [row[5] and bytes(row[5]) for row in rows] == [s and s.wkb for s in there.geometry]
        assert [row[6] for row in rows] == [s and s.x for s in there.geometry]


@pytest.mark.parametrize("suffix", [".geojson", ".geojsonl", ".gpkg", ".fgb", ".kml", ".csv"])
def test_ogrinfo_counts_every_row(made: Tables, tmp_path: Path, suffix: str) -> None:
    if shutil.which("ogrinfo") is None:
        pytest.skip("ogrinfo is missing: apt-get install gdal-bin")
    path = tmp_path / f"x{suffix}"
    export(made, path)
    command = ["ogrinfo", "-so", "-al", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert f"Feature Count: {len(made['incidents'])}" in done.stdout
    assert "ERROR" not in done.stderr


def test_flatgeobuf_has_an_index_where_every_place_is_known(made: Tables, tmp_path: Path) -> None:
    known = {**made, "incidents": made["incidents"][made["incidents"].geometry.notna()]}
    export(known, tmp_path / "x.fgb")
    assert pyogrio.read_info(tmp_path / "x.fgb")["capabilities"]["fast_spatial_filter"]
    assert list(pyogrio.read_dataframe(tmp_path / "x.fgb", bbox=(40.2, 35.2, 40.4, 35.4))["id"]) == ["i1"]


def test_geopackage_of_one_layer_is_styled(made: Tables, tmp_path: Path) -> None:
    export(made, tmp_path / "x.gpkg", "events")
    assert pyogrio.list_layers(tmp_path / "x.gpkg").tolist() == [["events", "Point"], ["layer_styles", None]]


class TestMistakes:
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("x.geojsn", r"no format is called '\.geojsn'\. Did you mean x\.geojson\? There are \.geojson, "),
            ("x", r"has no suffix to say its format. There are \.geojson, "),
            ("x.docx", r"Did you mean x\.xlsx\?|no format is called '\.docx'"),
        ],
    )
    def test_unknown_suffix(self, made: Tables, tmp_path: Path, name: str, words: str) -> None:
        with pytest.raises(OutputError, match=words):
            export(made, tmp_path / name)
        assert list(tmp_path.iterdir()) == []

    def test_suffix_in_capitals(self, made: Tables, tmp_path: Path) -> None:
        assert export(made, tmp_path / "X.CSV") == 4

    def test_unknown_layer(self, made: Tables, tmp_path: Path) -> None:
        with pytest.raises(ProjectError, match="no layer 'event' to export: there are incidents, events"):
            export(made, tmp_path / "x.csv", "event")

    def test_folder_that_is_not_there(self, made: Tables, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="there is no folder"):
            export(made, tmp_path / "no" / "x.csv")

    @pytest.mark.parametrize(
        ("suffix", "module", "extra"), [(".parquet", "pyarrow", "parquet"), (".xlsx", "xlsxwriter", "excel")]
    )
    def test_missing_extra(
        self,
        made: Tables,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        suffix: str,
        module: str,
        extra: str,
    ) -> None:
        monkeypatch.setitem(sys.modules, module, None)
        with pytest.raises(OutputError, match=rf"pip install conflictmap\[{extra}\]"):
            export(made, tmp_path / f"x{suffix}")

    @pytest.mark.parametrize("suffix", FORMATS)
    def test_a_failure_leaves_the_old_file(
        self, made: Tables, tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / f"x{suffix}"
        path.write_text("old")

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(Path, "replace", full)
        with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)"):
            export(made, path)
        assert path.read_text() == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_too_many_rows_for_excel(
        self, made: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(importlib.import_module("geo.exchange.excel"), "MAX_ROWS", 4)
        with pytest.raises(OutputError, match=r"4 rows, Excel holds 3: write \.csv"):
            export(made, tmp_path / "x.xlsx")


def test_all_layers_are_tried() -> None:
    assert set(GEOMETRY) <= set(LAYERS)
