from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from maps.basemap import BUDGET, DETAIL_BUDGET, FAR_UNIT, NEAR_UNIT, base, surroundings
from maps.columns import read
from maps.pack import json_bytes

Tables = dict[str, pd.DataFrame]
NOTHING = np.array([])


def made(tables: Tables, lon: list[float], lat: list[float]) -> dict:
    frames = read(tables)
    return base(np.array(lon), np.array(lat), frames["basemap"], frames["places"])


def land(layer: dict, unit: float) -> shapely.Geometry:
    """Build the area that the page fills: what lies inside an odd number of rings."""
    rings = [np.cumsum(np.reshape(ring, (-1, 2)), axis=0) * unit for ring in layer["land"]]
    area = shapely.Polygon()
    for ring in rings:
        if len(ring) > 3:
            area = shapely.symmetric_difference(area, shapely.make_valid(shapely.Polygon(ring)))
    return area


def test_land_is_land_and_sea_is_sea(tables: Tables) -> None:
    found = made(tables, [], [])
    area = land(found["far"], FAR_UNIT)
    for lon, lat in (
        (40.3, 35.3),
        (100.0, 60.0),
        (-100.0, 40.0),
        (177.0, 67.0),
        (-175.0, 67.0),
        (0.0, -80.0),
    ):
        assert area.contains(shapely.Point(lon, lat)), (lon, lat)
    for lon, lat in ((-40.0, 30.0), (160.0, 0.0), (3.0, 40.2), (-170.0, -50.0)):
        assert not area.contains(shapely.Point(lon, lat)), (lon, lat)
    assert found["near"] is None


def test_surroundings_are_finer_than_the_world(tables: Tables) -> None:
    found = made(tables, [35.9], [34.5])
    near = land(found["near"], NEAR_UNIT)
    assert near.contains(shapely.Point(36.72, 34.73))
    assert not near.contains(shapely.Point(35.6, 34.5))
    assert not land(found["far"], FAR_UNIT).contains(shapely.Point(36.72, 34.73))
    assert len(found["near"]["borders"]) > 3


def test_surroundings_lie_around_each_place_only() -> None:
    area = surroundings(np.array([40.0, 2.0, np.nan]), np.array([35.0, 14.0, 1.0]))
    assert area.contains(shapely.Point(2, 14))
    assert not area.contains(shapely.Point(20, 25))
    assert shapely.is_empty(surroundings(NOTHING, NOTHING))


@pytest.mark.parametrize("spread", [2.0, 20.0, 150.0])
def test_the_base_keeps_to_its_budget(tables: Tables, spread: float) -> None:
    rng = np.random.default_rng(1)
    lon, lat = rng.uniform(-spread, spread, 300), rng.uniform(-spread / 3, spread / 3, 300)
    assert len(json_bytes(made(tables, lon.tolist(), lat.tolist())["near"])) <= BUDGET + DETAIL_BUDGET


def test_countries_have_codes_and_places(tables: Tables) -> None:
    rows = {row[1]: row for row in made(tables, [], [])["countries"]}
    code, _, lon, lat, extent = rows["Syria"]
    assert (code, round(lon / 10), round(lat / 10)) == ("SY", 4, 4) or (code, 30 < lat < 38) == ("SY", True)
    assert 1 < extent < 10


def test_the_caller_adds_towns_and_rivers(tables: Tables) -> None:
    given = gpd.GeoDataFrame(
        {"name": ["Village", "Capital", "River"], "rank": [8, 1, 4], "kind": [None, None, "river"]},
        geometry=[shapely.Point(40, 35), shapely.Point(36, 33), shapely.LineString([(40, 35), (41, 36)])],
        crs=4326,
    )
    found = made(tables | {"basemap": given}, [], [])
    assert [town for town in found["towns"] if town[0] in {"Capital", "Village"}] == [
        ["Capital", 36.0, 33.0, 1],
        ["Village", 40.0, 35.0, 8],
    ]
    assert found["lines"] == [["River", "river", 4, [[400000, 350000, 10000, 10000]]]]


def lines(layer: dict, name: str) -> shapely.Geometry:
    paths = [np.cumsum(np.reshape(line, (-1, 2)), axis=0) * NEAR_UNIT for line in layer[name]]
    return shapely.union_all([shapely.linestrings(path) for path in paths])


def test_rivers_lakes_and_divisions_lie_around_the_data(tables: Tables) -> None:
    near = made(tables, [40.1], [35.3])["near"]
    euphrates, tigris, jordan_desert = (40.14, 35.33), (44.38, 33.32), (37.5, 31.0)
    rivers = lines(near, "rivers")
    assert all(rivers.distance(shapely.Point(at)) < 0.1 for at in (euphrates, tigris))
    assert rivers.distance(shapely.Point(jordan_desert)) > 1
    lakes = shapely.polygonize(shapely.get_parts(lines(near, "lakes")))
    assert lakes.contains(shapely.Point(42.9, 38.6)), "Lake Van"
    divisions = lines(near, "divisions")
    between_raqqa_and_deir_ez_zor, coast = shapely.LineString([(39.0, 35.95), (40.14, 35.33)]), (35.5, 35.2)
    assert divisions.intersects(between_raqqa_and_deir_ez_zor)
    assert divisions.distance(shapely.Point(coast)) > 0.2


def test_a_world_of_data_has_no_divisions(tables: Tables) -> None:
    assert set(made(tables, [-170.0, 0.0, 170.0] * 9, [-60.0, 0.0, 60.0] * 9)["near"]) >= {"land", "borders"}
    wide = np.linspace(-170, 170, 60)
    assert "divisions" not in made(tables, wide.tolist(), (wide / 3).tolist())["near"]


def test_a_town_of_the_reports_is_not_written_twice(tables: Tables) -> None:
    base = gpd.GeoDataFrame({"name": ["Big"], "rank": [2]}, geometry=[shapely.Point(36.01, 33.02)], crs=4326)
    places = gpd.GeoDataFrame(
        {"name": ["Big", "Small"], "feature": ["PPL", "PPL"], "population": [9, 9]},
        geometry=gpd.points_from_xy([36, 40], [33, 35]),
        crs=4326,
    )
    towns = made(tables | {"basemap": base, "places": places}, [], [])["towns"]
    assert [town[0] for town in towns] == ["Big", "Small"]


def test_without_a_base_the_towns_of_the_reports_are_written(tables: Tables) -> None:
    places = gpd.GeoDataFrame(
        {
            "name": ["Big", "Small", "Country"],
            "feature": ["PPLC", "PPL", "PCLI"],
            "population": [2_000_000, None, 9],
        },
        geometry=gpd.points_from_xy([36, 40, 38], [33, 35, 35]),
        crs=4326,
    )
    assert made(tables | {"places": places}, [], [])["towns"] == [
        ["Big", 36.0, 33.0, 4],
        ["Small", 40.0, 35.0, 8],
    ]
