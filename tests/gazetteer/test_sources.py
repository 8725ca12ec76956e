from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer import SourceError
from gazetteer.packaged import DATA
from gazetteer.sources.files import recognise
from gazetteer.sources.geonames import DivisionNames, GeonamesDump, sort_names
from gazetteer.sources.plain import PlainTable
from gazetteer.sources.tables import COLUMNS, CuratedTables, feature_name
from gazetteer.sources.whosonfirst import WhosOnFirst

from .conftest import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

HEADER = ",".join(COLUMNS)
GOOD = "a-1,Some Village,Other|Third,PPL,SY,Homs,34.5,37.0,2,100,the project"


def table(tmp_path: Path, *lines: str) -> CuratedTables:
    (tmp_path / "some.csv").write_text("\n".join(["# head", HEADER, *lines]) + "\n", encoding="utf-8")
    return CuratedTables(tmp_path)


def test_the_curated_tables_of_the_project_are_sound() -> None:
    rows = list(CuratedTables(DATA).entries())
    assert len(rows) > 1000
    assert len({row.id for row in rows}) == len(rows)


def test_a_curated_row(tmp_path: Path) -> None:
    [row] = table(tmp_path, GOOD).entries()
    assert row.id == "conflictmap:a-1"
    assert row.alternates == ("Other", "Third")
    assert (row.feature, row.country, row.admin1_name) == ("P.PPL", "SY", "Homs")
    assert (row.lat, row.lon, row.radius_km, row.population, row.curated) == (34.5, 37.0, 2.0, 100, True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a-1,Some", r"some\.csv, line 4: 2 cells"),
        (GOOD.replace("34.5", "north"), r"line 4: lat 'north' does not fit"),
        (GOOD.replace("34.5", "95"), r"line 4: 95.0, 37.0 lies off the globe"),
        (GOOD.replace(",SY,", ",Syria,"), r"line 4: country 'Syria'"),
        (GOOD.replace("the project", ""), r"line 4: source ''"),
        (GOOD.replace("a-1", "A 1"), r"line 4: id 'A 1'"),
        (GOOD, r"line 4: id a-1 stands already in some\.csv, line 3"),
    ],
)
def test_a_bad_curated_row_is_told_with_its_line(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        list(table(tmp_path, GOOD, line).entries())


def test_a_curated_table_without_its_header(tmp_path: Path) -> None:
    (tmp_path / "some.csv").write_text("# head\nid,name\n", encoding="utf-8")
    with pytest.raises(
        SourceError, match=r"some\.csv: the first line after the # lines must be id,name,alternates"
    ):
        list(CuratedTables(tmp_path).entries())


@pytest.mark.parametrize(
    ("code", "feature"),
    [("PPLA3", "P.PPLA3"), ("ADM2", "A.ADM2"), ("SEA", "H.SEA"), ("AIRB", "S.AIRB"), ("STLMT", "P.STLMT")],
)
def test_feature_classes(code: str, feature: str) -> None:
    assert feature_name(code) == feature


def test_a_dump_as_text_and_as_zip(tmp_path: Path) -> None:
    path = tmp_path / "XX.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "not this")
        archive.write(FIXTURES / "dump.txt", "XX.txt")
    rows = list(GeonamesDump(path).entries())
    assert rows == list(GeonamesDump(FIXTURES / "dump.txt").entries())
    aleppo = rows[0]
    assert aleppo.id == "geonames:170063"
    assert aleppo.codes == ("ALP",)
    assert aleppo.alternates == ("Alep", "Halab", "Haleb", "Алеппо", "حلب")
    assert (aleppo.admin1, aleppo.feature, aleppo.population) == ("SY.09", "P.PPLA", 2098210)


def test_names_and_codes_are_parted() -> None:
    assert sort_names(["ALP", "Alep", "khaleb", "حلب", "al-Khaleb", ""]) == (
        ["Alep", "حلب", "al-Khaleb", ""],
        ["ALP"],
    )


@pytest.mark.parametrize("text", ["a\tb\n", "x\tA\tA\t\tnorth\t40\tP\tPPL\tSY\t\t\t\t\t\t0\n"])
def test_a_dump_that_is_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "XX.txt"
    path.write_text((FIXTURES / "dump.txt").read_text(encoding="utf-8") + text, encoding="utf-8")
    with pytest.raises(SourceError, match=r"XX\.txt, line 12: not a row of a GeoNames dump"):
        list(GeonamesDump(path).entries())


def test_a_zip_that_is_none(tmp_path: Path) -> None:
    path = tmp_path / "XX.zip"
    path.write_bytes(b"no zip")
    with pytest.raises(SourceError, match="download it again"):
        list(GeonamesDump(path).entries())
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", "x")
    with pytest.raises(SourceError, match="holds no text file"):
        list(GeonamesDump(path).entries())


def test_division_names(tmp_path: Path) -> None:
    path = tmp_path / "admin2Codes.txt"
    path.write_text("US.TX.277\tLamar County\tLamar County\t4705353\n", encoding="utf-8")
    [row] = DivisionNames(path, level=2).entries()
    assert (row.id, row.admin1, row.admin2, row.lat) == ("geonames:4705353", "US.TX", "US.TX.277", None)
    path.write_text("US.TX.277\tLamar County\n", encoding="utf-8")
    with pytest.raises(SourceError, match="line 1"):
        list(DivisionNames(path, level=2).entries())


def record(**more: Any) -> str:
    properties = {
        "wof:id": 1108725183, "wof:name": "Khusham", "wof:placetype": "locality", "iso:country": "SY",
        "geom:latitude": 35.3, "geom:longitude": 40.29, "geom:bbox": "40.28,35.29,40.30,35.31",
        "wof:hierarchy": [{"region_id": 85679057, "county_id": -1}], "name:eng_x_preferred": ["Khusham"],
        "name:ara_x_preferred": ["خشام"], "edtf:deprecated": "uuuu",
    }  # fmt: skip
    return json.dumps({"type": "Feature", "properties": properties | more})


def test_whos_on_first_as_folder_and_as_zip(tmp_path: Path) -> None:
    folder = tmp_path / "whosonfirst-data-admin-sy" / "data" / "110"
    folder.mkdir(parents=True)
    (folder / "1.geojson").write_text(record(), encoding="utf-8")
    (folder / "1-alt-quattroshapes.geojson").write_text("{}", encoding="utf-8")
    (folder / "2.geojson").write_text(record(**{"wof:id": 2, "mz:is_current": 0}), encoding="utf-8")
    (folder / "3.geojson").write_text(record(**{"wof:id": 3, "wof:placetype": "venue"}), encoding="utf-8")
    path = tmp_path / "whosonfirst-data-admin-sy.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for each in folder.iterdir():
            archive.write(each, f"data/{each.name}")
    [row] = WhosOnFirst(tmp_path / "whosonfirst-data-admin-sy").entries()
    assert [row] == list(WhosOnFirst(path).entries())
    assert (row.id, row.admin1, row.admin2, row.alternates) == (
        "wof:1108725183",
        "wof:85679057",
        "",
        ("خشام",),
    )
    assert row.radius_km == pytest.approx(1.1, abs=0.2)


def test_whos_on_first_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "1.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(SourceError, match=r"1\.geojson is no record"):
        list(WhosOnFirst(tmp_path).entries())
    with pytest.raises(SourceError, match="neither a folder nor a zip"):
        WhosOnFirst(tmp_path / "1.geojson")


def test_a_users_table(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text("lon,lat,name,note,id\n40.3,35.3,Our base,x,b7\n40.4,35.4,Other,,\n", encoding="utf-8")
    first, second = PlainTable(path).entries()
    assert (first.id, first.lat, first.lon, first.feature) == ("mine:b7", 35.3, 40.3, "P.PPL")
    assert second.id == "mine:3"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,lat\nA,1\n", "no column lon"),
        ("name,lat,lon\n,1,2\n", "line 2: no name"),
        ("name,lat,lon\nA,one,2\n", "line 2: .*one"),
        ("name,lat,lon,population\nA,1,2,inf\n", "line 2"),
    ],
)
def test_a_bad_users_table(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceError, match=said):
        list(PlainTable(path).entries())


def test_files_are_recognised(tmp_path: Path, tiny_path: Path) -> None:
    for name in (
        "SY.zip",
        "SY.txt",
        "alternateNamesV2.zip",
        "admin1CodesASCII.txt",
        "mine.csv",
        "whosonfirst-data-admin-sy.zip",
    ):
        (tmp_path / name).touch()
    files = sorted(tmp_path.iterdir())
    sources, names = recognise([*files, tiny_path])
    assert [type(source).__name__ for source in sources] == [
        "GeonamesDump", "GeonamesDump", "DivisionNames", "PlainTable", "WhosOnFirst", "CompiledIndex",
        "CompiledIndex",
    ]  # fmt: skip
    assert len(names) == 1


def test_other_files_are_told(tmp_path: Path) -> None:
    (tmp_path / "photo.jpg").touch()
    with pytest.raises(SourceError, match="is nothing that a gazetteer is built from"):
        recognise([tmp_path / "photo.jpg"])
    with pytest.raises(SourceError, match="There is no"):
        recognise([tmp_path / "absent.zip"])
