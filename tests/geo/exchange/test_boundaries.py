"""Administrative boundaries: known by their columns, joined to points, drawn as footprints."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely

from geo.errors import OutputError, ReportError
from geo.exchange.boundaries import drawn, load
from geo.exchange.write import FORMATS, export
from geo.tables import tables
from tests.geo import builders

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

DEIR = shapely.box(39.0, 34.0, 41.5, 36.0)
HOMS = shapely.box(36.0, 33.0, 39.0, 35.5)
COD = {
    "ADM0_EN": ["Syria"] * 2,
    "ADM0_PCODE": ["SY"] * 2,
    "ADM1_EN": ["Deir-ez-Zor", "Homs"],
    "ADM1_PCODE": ["SY09", "SY04"],
}


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return tables(builders.coded(), builders.incidents())


def saved(
    tmp_path: Path, columns: dict[str, list[str]], crs: str | None = "EPSG:4326", name: str = "b.gpkg"
) -> Path:
    data = gpd.GeoDataFrame(
        columns, geometry=[DEIR, HOMS][: len(next(iter(columns.values())))], crs="EPSG:4326"
    )
    frame = data.to_crs(crs) if crs else data
    frame.to_file(tmp_path / name)
    return tmp_path / name


def rows(
    made: dict[str, pd.DataFrame], boundaries: Path, layer: str = "incidents"
) -> dict[str, dict[str, str]]:
    target = boundaries.with_name("out.csv")
    export(made, target, layer, boundaries=boundaries)
    with target.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_points_get_names_and_codes(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    found = rows(made, saved(tmp_path, COD))
    assert [found["i1"][name] for name in ("adm0_name", "adm0_pcode", "adm1_name", "adm1_pcode")] == [
        "Syria",
        "SY",
        "Deir-ez-Zor",
        "SY09",
    ]
    assert found["i2"]["adm1_pcode"] == "SY04"
    assert found["i3"]["adm1_name"] == ""


def test_other_projections_are_turned(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    assert rows(made, saved(tmp_path, COD, "EPSG:32637"))["i1"]["adm1_pcode"] == "SY09"


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        (
            {"shapeName": ["Dayr az Zawr"], "shapeISO": ["SY-DY"], "shapeType": ["ADM1"]},
            {"adm1_name": "Dayr az Zawr", "adm1_pcode": "SY-DY"},
        ),
        (
            {"NAME_1": ["Dayr az Zawr"], "GID_1": ["SYR.5_1"]},
            {"adm1_name": "Dayr az Zawr", "adm1_pcode": "SYR.5_1"},
        ),
        ({"name": ["Zone 4"]}, {"boundary": "Zone 4"}),
    ],
)
def test_known_kinds_of_files(
    made: dict[str, pd.DataFrame], tmp_path: Path, columns: dict[str, list[str]], names: dict[str, str]
) -> None:
    row = rows(made, saved(tmp_path, columns, name="b.geojson"))["i1"]
    assert {name: row[name] for name in names} == names


def test_provinces_get_their_true_outline(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    boundaries = load(saved(tmp_path, COD))
    assert boundaries.level == 1
    before, after = (
        part["footprints"].set_index("kind").geometry for part in (made, drawn(made, boundaries))
    )
    assert after["admin1"].normalize() == shapely.MultiPolygon([DEIR]).normalize()
    assert after["near"] == before["near"]


def test_a_file_without_levels_changes_no_footprint(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    kept = drawn(made, load(saved(tmp_path, {"name": ["x"]})))
    assert list(kept["footprints"].geometry) == list(made["footprints"].geometry)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".fgb"])
def test_names_go_into_every_format(made: dict[str, pd.DataFrame], tmp_path: Path, suffix: str) -> None:
    assert export(made, tmp_path / f"x{suffix}", boundaries=saved(tmp_path, COD, name="cod.gpkg")) == 4


def test_mistakes(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="cannot be read as boundaries"):
        load(tmp_path / "no.gpkg")
    (tmp_path / "plain.csv").write_text("a,b\n1,2\n")
    with pytest.raises(ReportError, match="has no polygons"):
        load(tmp_path / "plain.csv")
    export(made, tmp_path / "points.geojson")
    with pytest.raises(ReportError, match="has no polygons"):
        load(tmp_path / "points.geojson")
    with pytest.raises(ReportError, match=r"no column that names its areas: rename one to 'name'. It has x"):
        load(saved(tmp_path, {"x": ["y"]}))


def test_hxl_tags_stand_under_the_header(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    export(made, tmp_path / "x.csv", hxl=True, boundaries=saved(tmp_path, COD))
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        head, tags, *body = csv.reader(file)
    found = dict(zip(head, tags, strict=True))
    assert (found["killed_low"], found["lat"], found["adm1_pcode"], found["reason"]) == (
        "#affected+killed+min",
        "#geo+lat",
        "#adm1+code",
        "",
    )
    assert len(body) == 4
    with pytest.raises(OutputError, match=r"into \.csv only"):
        export(made, tmp_path / "x.xlsx", hxl=True)


@pytest.mark.parametrize("suffix", FORMATS)
def test_progress_is_told(made: dict[str, pd.DataFrame], tmp_path: Path, suffix: str) -> None:
    told: list[int] = []
    export(made, tmp_path / f"x{suffix}", watch=told.append)
    assert told == [4]
