"""Records to tables: columns, types, order, areas."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from pyproj import Geod

from geo import lexicons
from geo.errors import LexiconError
from geo.records import Relation, Toll
from geo.tables import CRS, GEOMETRY, footprints, schema, tables
from geo.tables.schema import frame, typed
from geo.tables.values import plain
from tests.geo import builders

GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return tables(builders.coded(), builders.incidents())


def one(data: pd.DataFrame, ident: str) -> Any:
    return data.set_index("id").loc[ident]


def test_every_table_has_its_columns_and_types(made: dict[str, pd.DataFrame]) -> None:
    dtypes = {
        "text": "object",
        "json": "object",
        "int": "Int64",
        "float": "float64",
        "bool": "bool",
        "date": "datetime64[ms]",
        "datetime": "datetime64[ms]",
    }
    assert list(made) == list(schema())
    for table, columns in schema().items():
        data = made[table].drop(columns="geometry", errors="ignore")
        assert {name: str(kind) for name, kind in data.dtypes.items()} == {
            column.name: dtypes[column.type] for column in columns
        }


def test_layers_are_in_wgs84_and_tables_have_no_geometry(made: dict[str, pd.DataFrame]) -> None:
    for table, data in made.items():
        assert isinstance(data, gpd.GeoDataFrame) == (table in GEOMETRY)
        if table in GEOMETRY:
            assert data.crs == CRS


def test_no_reports_give_empty_typed_tables() -> None:
    nothing = tables([], [])
    assert {len(data) for data in nothing.values()} == {0}
    assert nothing["incidents"]["date_from"].dtype == "datetime64[ms]"
    assert nothing["incidents"].crs == CRS


def test_incident(made: dict[str, pd.DataFrame]) -> None:
    row = one(made["incidents"], "i1")
    assert (row["sources"], row["source_count"], row["event_count"]) == ("RT; Reuters", 2, 2)
    assert (row["killed_low"], row["killed_high"]) == (73, 100)
    assert row["injured_low"] is pd.NA
    assert row["contested"]
    assert row["contested_about"] == "toll"
    assert row["date_from"] == pd.Timestamp(2018, 2, 7)
    assert row["reason"] == "same night, 0 km apart, both name the coalition"
    assert (row.geometry.x, row.geometry.y) == (40.28916, 35.30088)


def test_event_carries_its_report_and_incident(made: dict[str, pd.DataFrame]) -> None:
    row = one(made["events"], "e2")
    assert (row["incident"], row["report"], row["source"]) == ("i1", "r2", "Reuters")
    assert row["published"] == pd.Timestamp(2018, 2, 9)
    assert (row["relation"], row["initiators"], row["sides"]) == (
        "near",
        "US-led coalition",
        "coalition; government",
    )
    assert one(made["events"], "e1")["relation"] is None


def test_unknown_place_and_time_are_empty(made: dict[str, pd.DataFrame]) -> None:
    row = one(made["events"], "e4")
    assert row.geometry is None
    assert row["date_from"] is pd.NaT
    assert row["place"] is None
    assert row["where_prec"] is pd.NA
    assert np.isnan(row["radius_km"])


def test_claims(made: dict[str, pd.DataFrame]) -> None:
    by_event = made["claims"].set_index("event")
    assert by_event.loc["e2", ["claimant", "claimant_id", "via", "incident"]].tolist() == [
        "Syrian Observatory for Human Rights",
        "sohr",
        "AP",
        "i1",
    ]
    assert by_event.loc["e1", "claimant"] is None
    assert by_event.loc["e4", "high"] is pd.NA


def test_places_count_their_mentions(made: dict[str, pd.DataFrame]) -> None:
    khusham = one(made["places"], builders.KHUSHAM.id)
    assert (khusham["mentions"], khusham["sources"]) == (2, "RT; Reuters")
    assert khusham["population"] is pd.NA
    assert one(made["places"], builders.PROVINCE.id)["mentions"] == 2


def test_mention_without_a_place_stays_in_the_list(made: dict[str, pd.DataFrame]) -> None:
    row = one(made["mentions"], "r2:40-47")
    assert row["place"] is None
    assert row.geometry is None


def test_actors_and_their_parts(made: dict[str, pd.DataFrame]) -> None:
    assert one(made["actors"], "us-coalition")["events"] == 5
    assert one(made["actors"], "sohr")["events"] == 0
    roles = made["event_actors"].query("event == 'e1'")
    assert roles[["role", "actor", "incident"]].to_numpy().tolist() == [
        ["initiator", "us-coalition", "i1"],
        ["target", "pro-government-forces", "i1"],
    ]


def test_copies_point_at_the_first_report() -> None:
    first, second, third = (
        replace(item, report=replace(item.report, text=text))
        for item, text in zip(builders.coded(), ["Jets struck.", "jets\n  STRUCK.", "Other."], strict=True)
    )
    # r2 is the older one.
    assert tables([first, second, third], [])["reports"].set_index("id")["copy_of"].to_dict() == {
        "r2": None,
        "r1": "r2",
        "r3": None,
    }


def test_order_of_the_input_does_not_matter(made: dict[str, pd.DataFrame]) -> None:
    coded, incidents = builders.coded(), builders.incidents()
    random.Random(1).shuffle(coded)  # noqa: S311
    again = tables(coded, incidents[::-1])
    for table, data in made.items():
        assert_frame_equal(pd.DataFrame(data), pd.DataFrame(again[table]))


def test_a_report_given_twice_is_kept_once(made: dict[str, pd.DataFrame]) -> None:
    twice = tables(builders.coded() * 2, builders.incidents())
    assert {table: len(data) for table, data in twice.items()} == {
        table: len(data) for table, data in made.items()
    }


def test_figures_beyond_any_column_are_unknown() -> None:
    huge = replace(builders.incidents()[0], killed=Toll(low=10**30, high=-(10**30)))
    row = tables(builders.coded(), [huge])["incidents"].iloc[0]
    assert row["killed_low"] is pd.NA
    assert row["killed_high"] is pd.NA


@settings(deadline=None)
@given(st.lists(st.none() | st.text(st.characters(codec=None)), max_size=5))
def test_text_keeps_its_length_and_can_be_stored(texts: list[str | None]) -> None:
    cells = plain("text", pd.Series(typed("text", texts), dtype=object))
    assert [cell if cell is None else len(cell) for cell in cells] == [
        text if text is None else len(text) for text in texts
    ]
    for cell in cells:
        assert cell is None or "\0" not in cell.encode().decode()


def test_a_bad_row_of_the_column_list_is_told_with_its_line(
    tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "columns.csv").write_text(
        "# head\ntable,column,type,key,alias,meaning\nreports,id,number,id,Id,An id.\n"
    )
    monkeypatch.setattr(lexicons, "DATA", tmp_path)
    schema.cache_clear()
    try:
        with pytest.raises(LexiconError, match=r"columns\.csv:3: type is 'number'"):
            schema()
    finally:
        schema.cache_clear()


def test_only_what_is_no_point_has_a_footprint(made: dict[str, pd.DataFrame]) -> None:
    assert dict(zip(made["footprints"]["event"], made["footprints"]["kind"], strict=True)) == {
        "e2": "near",
        "e5": "admin1",
    }


@pytest.mark.parametrize(
    ("changes", "where_prec", "expected"),
    [
        ({}, 1, None),
        ({}, 2, "radius"),
        ({"feature": "ADM1", "feature_class": "A"}, 4, "admin1"),
        ({"feature": "ADM2", "feature_class": "A"}, 3, "admin2"),
        ({"feature": "PCLI", "feature_class": "A"}, 6, "country"),
        ({"feature": "STM", "feature_class": "H"}, 5, "area"),
    ],
)
def test_kind_of_footprint(changes: dict[str, Any], where_prec: int, expected: str | None) -> None:
    assert footprints.kind(builders.ref(builders.place(**changes), where_prec=where_prec)) == expected


@settings(deadline=None)
@given(
    st.floats(-180, 180),
    st.floats(-90, 90),
    st.floats(0.01, 5000),
)
def test_circles_are_valid_anywhere(lon: float, lat: float, radius_km: float) -> None:
    area = footprints.circle((lon, lat), radius_km)
    assert area.is_valid
    assert not area.is_empty
    west, south, east, north = area.bounds
    assert west >= -180
    assert east <= 180
    assert south >= -90
    assert north <= 90
    assert all(part.exterior.is_ccw for part in area.geoms)


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-80, 80), st.floats(1, 500))
def test_circles_have_their_size(lon: float, lat: float, radius_km: float) -> None:
    area = footprints.circle((lon, lat), radius_km)
    square_meters = sum(GEOD.geometry_area_perimeter(part)[0] for part in area.geoms)
    assert square_meters / 1e6 == pytest.approx(np.pi * radius_km**2, rel=0.02)


def test_circle_over_the_antimeridian_is_cut_there() -> None:
    area = footprints.circle((179.9, -17.0), 50.0)
    assert len(area.geoms) == 2
    assert shapely.contains_xy(area, -179.9, -17.0)
    assert not shapely.contains_xy(area, 0.0, -17.0)


@pytest.mark.parametrize("lat", [89.9, -89.9])
def test_circle_over_a_pole_holds_it(lat: float) -> None:
    area = footprints.circle((10.0, lat), 100.0)
    assert area.is_valid
    assert shapely.contains_xy(area, -170.0, lat)
    assert abs(area.bounds[3 if lat > 0 else 1]) == 90


def test_part_is_the_half_towards_its_bearing() -> None:
    north = builders.ref(builders.PROVINCE, relation=Relation(kind="part", words="northern", bearing=0.0))
    area = footprints.area(north, {})
    assert area is not None
    assert shapely.contains_xy(area, 40.5, 35.5)
    assert not shapely.contains_xy(area, 40.5, 34.5)


def test_between_is_a_strip_from_place_to_place() -> None:
    between = builders.ref(
        relation=Relation(kind="between", words="between", other=builders.TANF.id), radius_km=80.0
    )
    area = footprints.area(between, {builders.TANF.id: builders.TANF})
    assert area is not None
    assert area.is_valid
    for share in (0.0, 0.5, 1.0):
        lon = builders.KHUSHAM.lon + share * (builders.TANF.lon - builders.KHUSHAM.lon)
        lat = builders.KHUSHAM.lat + share * (builders.TANF.lat - builders.KHUSHAM.lat)
        assert shapely.contains_xy(area, lon, lat)
    assert not shapely.contains_xy(area, builders.TANF.lon, builders.KHUSHAM.lat)


def test_between_without_its_second_place_is_a_circle() -> None:
    between = builders.ref(relation=Relation(kind="between", other="gone"), radius_km=80.0)
    assert footprints.area(between, {}) == footprints.circle(
        (builders.KHUSHAM.lon, builders.KHUSHAM.lat), 80.0
    )


@settings(deadline=None)
@given(st.floats(-180, 180), st.floats(-70, 70), st.floats(-20, 20), st.floats(-10, 10))
def test_strips_are_valid_anywhere(lon: float, lat: float, east: float, north: float) -> None:
    end = ((lon + east + 180) % 360 - 180, lat + north)
    area = footprints.strip((lon, lat), end, 50.0)
    assert area.is_valid
    assert shapely.distance(area, shapely.Point(lon, lat)) < 1e-6
    assert area.bounds[0] >= -180
    assert area.bounds[2] <= 180


def test_what_has_no_position_has_no_area() -> None:
    assert footprints.area(builders.ref(None), {}) is None
    assert footprints.kind(builders.ref(None)) is None


def test_dates_before_pandas_nanoseconds_are_kept() -> None:
    row = {column.name: None for column in schema()["reports"]} | {
        "id": "old",
        "published": date(33, 4, 3),
    }
    assert plain("date", frame("reports", [row])["published"]) == ["0033-04-03"]
