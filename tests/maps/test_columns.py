from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from maps.columns import MISSING, coordinates, positions, read, schema
from maps.errors import TableError

if TYPE_CHECKING:
    from collections.abc import Mapping

    Tables = dict[str, pd.DataFrame]


def only(tables: Mapping[str, pd.DataFrame], *names: str) -> Tables:
    return {name: tables[name] for name in names}


def test_optional_tables_may_be_missing(tables: Tables) -> None:
    frames = read(only(tables, "incidents", "events"))
    assert frames["claims"].rows == 0
    assert frames["claims"]["event"].tolist() == []


def test_a_missing_table_is_named_with_the_mend(tables: Tables) -> None:
    with pytest.raises(TableError, match=r"there is no table 'events' \(given: claims, incidents\); pass it"):
        read(only(tables, "incidents", "claims"))


def test_a_missing_required_column_is_named_with_its_meaning(tables: Tables) -> None:
    tables["incidents"] = tables["incidents"].drop(columns="date_from")
    with pytest.raises(
        TableError, match=r"'incidents' has no column 'date_from' \(first day it may have been\); add"
    ):
        read(tables)


def test_a_missing_optional_column_is_read_as_missing(tables: Tables) -> None:
    tables["incidents"] = tables["incidents"].drop(columns=["killed_low", "title", "confidence", "contested"])
    frame = read(tables)["incidents"]
    assert set(frame["killed_low"].tolist()) == {MISSING}
    assert set(frame["title"].tolist()) == {None}
    assert np.isnan(frame["confidence"]).all()
    assert not frame["contested"].any()


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [("date_from", "soon", "is not a date"), ("killed_low", "many", "is not a whole number")],
)
def test_a_column_of_another_kind_is_named(tables: Tables, column: str, value: str, words: str) -> None:
    tables["incidents"][column] = value
    frame = read(tables)["incidents"]
    with pytest.raises(TableError, match=rf"table 'incidents', column '{column}' {words}"):
        frame[column]


def test_kinds_are_read_as_arrays() -> None:
    frame = pd.DataFrame(
        {
            "id": [1, None],
            "type": ["x", None],
            "date_from": ["1970-01-03", None],
            "killed_low": pd.array([4, None], dtype="Int64"),
            "radius_km": ["2.5", None],
            "contested": [1, None],
        }
    )
    found = read({"incidents": frame, "events": pd.DataFrame(columns=_events())})["incidents"]
    assert found["id"].tolist() == ["1.0", None]
    assert found["date_from"].tolist() == [2, MISSING]
    assert found["killed_low"].tolist() == [4, MISSING]
    assert found["radius_km"][0] == 2.5
    assert found["contested"].tolist() == [True, False]


def _events() -> list[str]:
    return [column.name for column in schema()["events"] if column.required]


def test_times_with_a_zone_are_days_in_utc(tables: Tables) -> None:
    tables["incidents"]["date_from"] = pd.Timestamp("2018-02-07T23:00:00-05:00")
    days = read(tables)["incidents"]["date_from"]
    assert set(days.tolist()) == {
        pd.Timestamp("2018-02-08").toordinal() - pd.Timestamp("1970-01-01").toordinal()
    }


def test_points_come_in_degrees_whatever_their_system(tables: Tables) -> None:
    there = coordinates(read(tables)["incidents"])
    tables["incidents"] = tables["incidents"].to_crs(3857)
    here = coordinates(read(tables)["incidents"])
    np.testing.assert_allclose(here[0], there[0], atol=1e-9)
    assert np.isnan(here[0]).tolist() == [False, False, False, True, False]


def test_a_plain_table_may_have_lon_and_lat(tables: Tables) -> None:
    plain = pd.DataFrame(tables["incidents"].drop(columns="geometry")).assign(lon=40.0, lat=35.0)
    lon, lat = coordinates(read(tables | {"incidents": plain})["incidents"])
    assert (set(lon), set(lat)) == ({40.0}, {35.0})


def test_an_area_stands_where_it_is(tables: Tables) -> None:
    boxes = gpd.GeoSeries([shapely.box(10, 50, 12, 52)] * 5, crs=4326)
    lon, lat = coordinates(read(tables | {"incidents": tables["incidents"].set_geometry(boxes)})["incidents"])
    assert (lon[0], lat[0]) == (11.0, 51.0)


def test_positions_take_the_first_of_equal_ids() -> None:
    ids = np.array(["a", "b", "a", None], dtype=object)
    assert positions(np.array(["a", "c", None, "b"], dtype=object), ids).tolist() == [0, -1, -1, 1]
    assert positions(np.array(["a"], dtype=object), ids[:0]).tolist() == [-1]
