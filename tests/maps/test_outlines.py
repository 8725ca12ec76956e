"""Circles that stand for a country or province get its outline; nothing else is touched."""

from __future__ import annotations

import geopandas as gpd
import shapely

from maps.outlines import outlined
from maps.shapes import rings

CIRCLE = shapely.Point(38.5, 35.0).buffer(3.0)
"""Around the middle of Syria, over the sea and four neighbours."""


def test_a_country_gets_its_outline() -> None:
    (found,) = outlined([CIRCLE], ["country"])
    assert found.contains(shapely.Point(42.0, 37.0)), "the far corner of Hasakah"
    assert not found.contains(shapely.Point(35.0, 34.7)), "the sea"
    assert not found.contains(shapely.Point(38.5, 32.2)), "Jordan"


def test_a_division_gets_its_outline() -> None:
    (found,) = outlined([shapely.Point(40.3, 35.2).buffer(0.8)], ["admin1"])
    assert found.contains(shapely.Point(40.9, 34.5)), "Abu Kamal"
    assert not found.contains(shapely.Point(39.0, 35.95)), "Raqqa"


def test_a_part_of_a_country_ends_at_its_border() -> None:
    south = shapely.intersection(CIRCLE, shapely.box(30, 30, 45, 35))
    (found,) = outlined([south], ["part"])
    assert found.area < south.area / 1.5
    assert found.bounds[3] <= 35.0
    assert found.contains(shapely.Point(36.7, 33.5))


def test_an_outline_is_made_of_polygons_only() -> None:
    touching = shapely.box(30, 30, 45, 35).union(shapely.box(35.0, 36.9, 45, 37.2))
    (found,) = outlined([touching], ["part"])
    assert {part.geom_type for part in found.geoms} == {"Polygon"}


def test_other_areas_stay_as_they_are() -> None:
    province = shapely.box(36, 35, 37, 36)
    at_sea = shapely.Point(-40, 30).buffer(1.0)
    given = [province, CIRCLE, at_sea, CIRCLE, shapely.Polygon()]
    assert outlined(given, ["admin1", "near", "country", None, "country"]) == given
    assert outlined([], []) == []


def test_circles_are_told_at_high_latitudes() -> None:
    longer = gpd.GeoSeries([shapely.Point(25.0, 68.0)], crs=4326).to_crs(3067).buffer(200_000).to_crs(4326)
    (found,) = outlined([longer.iloc[0]], ["country"])
    assert found.contains(shapely.Point(24.9, 60.3)), "the south of Finland"


def test_every_part_of_an_area_is_drawn() -> None:
    islands = shapely.MultiPolygon(
        [shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3).difference(shapely.box(2.2, 2.2, 2.8, 2.8))]
    )
    assert [len(ring) for ring in rings(islands)] == [10, 10, 10]
    assert len(rings(shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]))) == 2
