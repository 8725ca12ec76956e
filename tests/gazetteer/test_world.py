"""The packaged index: what must be in it, and floors under its quality."""

from __future__ import annotations

import csv
import gzip
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from gazetteer.keying import DEMONYM
from gazetteer.names import fold
from gazetteer.sphere import distance_km, distances_km

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer

NEAR_KM = 161


@pytest.mark.parametrize(
    ("name", "feature", "country"),
    [
        ("Syria", "PCLI", "SY"), ("سوريا", "PCLI", "SY"), ("Сирия", "PCLI", "SY"),
        ("Сирія", "PCLI", "SY"),
        ("Syrie", "PCLI", "SY"), ("Suriye", "PCLI", "SY"), ("U.S.", "PCLI", "US"), ("UK", "PCLI", "GB"),
        ("UAE", "PCLI", "AE"), ("DRC", "PCLI", "CD"), ("Asia", "CONT", None), ("Aleppo", "PPLA", "SY"),
        ("Homs Governorate", "ADM1", "SY"), ("Kharkiv Oblast", "ADM1", "UA"),
        ("Los Angeles County", "ADM2", "US"),
        ("Kyiv", "PPLC", "UA"), ("Kiev", "PPLC", "UA"),
        ("Artemivsk", "PPLA2", "UA"),
        ("Hmeimim Air Base", "AIRB", "SY"),
    ],
)  # fmt: skip
def test_what_everybody_asks_for(world: Gazetteer, name: str, feature: str, country: str | None) -> None:
    place = world.find(name)[0].place
    assert place.country == country
    assert place.feature[:4] == feature[:4]


@pytest.mark.parametrize(
    ("name", "lat", "lon"),
    [
        ("Khusham", 35.3009, 40.2892), ("At Tanf", 33.4883, 38.6570), ("Deir ez-Zor", 35.3359, 40.1408),
        ("At Tabiyah", 35.2502, 40.2963), ("Hatla", 35.3417, 40.1990), ("Marrat", 35.3141, 40.2387),
    ],
)  # fmt: skip
def test_the_euphrates_valley(world: Gazetteer, name: str, lat: float, lon: float) -> None:
    place = world.find(name, country="SY")[0].place
    assert distance_km(place.lat, place.lon, lat, lon) < 5


def test_every_country_has_a_row(world: Gazetteer) -> None:
    missing = [code for code in world.countries if code and world.country(code) is None]
    assert set(missing) <= {"AN", "AQ", "CS"}


def test_demonyms_are_flagged(world: Gazetteer) -> None:
    row, flag = world.rows("russian")[0], world.flags("russian")[0]
    assert world.place(row).country == "RU"
    assert flag == DEMONYM


def test_divisions_hold_their_places(world: Gazetteer) -> None:
    row = world.by_id("geonames:5368361")
    assert row is not None
    place = world.place(row)
    assert (place.name, place.admin1, place.admin2) == ("Los Angeles", "California", "Los Angeles County")


def test_info(world: Gazetteer) -> None:
    info = world.info()
    assert {source["name"] for source in info["sources"]} >= {
        "conflictmap",
        "GeoNames",
        "airportsdata",
        "Unicode CLDR",
    }
    assert all(source["licence"] for source in info["sources"])
    assert info["places"] == len(world) > 250_000


def ceiling(gazetteer: Gazetteer, path: Path) -> float:
    """Share of gold toponyms with a candidate within 161 km."""
    columns, hits, total = gazetteer.columns, 0, 0
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            report = json.loads(line)
            for gold in report["toponyms"]:
                if gold.get("lat") is None:
                    continue
                rows = gazetteer.rows(fold(report["text"][gold["start"] : gold["end"]]))
                distance = distances_km(gold["lat"], gold["lon"], columns.lat[rows], columns.lon[rows])
                total += 1
                hits += bool(len(rows)) and float(distance.min()) <= NEAR_KM
    return hits / total


@pytest.mark.parametrize(("corpus", "floor"), [("lgl", 0.90), ("trnews", 0.92)])
def test_recall_ceiling(world: Gazetteer, shared: Path, corpus: str, floor: float) -> None:
    assert ceiling(world, shared / "corpora" / f"{corpus}.jsonl.gz") >= floor


def test_settlements_of_the_war(world: Gazetteer, shared: Path) -> None:
    with (shared / "gazetteer" / "ged_syria_places_dev.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["suf"] in {"village", "town", "city"}]
    right = 0
    for row in rows:
        found = world.find(row["name"], country="SY", admin1=row["adm1"], limit=1)
        right += (
            bool(found)
            and distance_km(found[0].place.lat, found[0].place.lon, float(row["lat"]), float(row["lon"]))
            <= 10
        )
    assert right / len(rows) >= 0.27


def test_opening_loads_no_table_library() -> None:
    code = (
        "import sys; from gazetteer import Gazetteer; Gazetteer.open().find('Khusham'); "
        "heavy = {'numpy', 'pandas', 'geopandas', 'shapely', 'geopy', 'rapidfuzz', 'msgspec'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
