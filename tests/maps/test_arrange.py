from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from maps.arrange import arrange
from maps.columns import MISSING, read
from maps.errors import TableError

Tables = dict[str, pd.DataFrame]


def test_incidents_are_sorted_by_day_and_the_undated_last(tables: Tables) -> None:
    frames = read(tables)
    found = arrange(frames["incidents"], frames["events"])
    assert found.incidents["id"].tolist() == ["nowhere", "ford", "arrests", "clash", "hostile"]
    assert found.parent.tolist() == sorted(found.parent.tolist())
    assert found.events["id"].tolist() == ["e7", "e1", "e2", "e3", "e6", "e4", "e5", "e8"]


def test_order_does_not_depend_on_the_order_given(tables: Tables) -> None:
    turned = {name: table.iloc[::-1] for name, table in tables.items()}
    one, other = (arrange(frames["incidents"], frames["events"]) for frames in (read(tables), read(turned)))
    assert one.events["id"].tolist() == other.events["id"].tolist()
    np.testing.assert_array_equal(one.incidents.lon, other.incidents.lon)


def test_a_version_without_incident_is_one_of_its_own(tables: Tables) -> None:
    tables["events"].loc[tables["events"]["id"] == "e2", "incident"] = None
    frames = read(tables)
    found = arrange(frames["incidents"], frames["events"])
    row = found.incidents["id"].tolist().index("e2")
    assert found.incidents["place"][row] == "Salt Village"
    assert found.incidents["sources"][row] == "North Bank Post"
    assert found.incidents["killed_low"][row] == MISSING
    assert found.incidents["contested"][row] is np.False_
    assert round(float(found.incidents.lon[row]), 2) == 40.18
    assert len(found.incidents) == 6


def test_parts_of_columns_agree_with_the_whole(tables: Tables) -> None:
    tables["events"].loc[tables["events"]["id"] == "e2", "incident"] = "unheard of"
    frames = read(tables)
    rows = arrange(frames["incidents"], frames["events"]).incidents
    for name in rows.frame.known:
        parts = [rows.part(name, slice(k, k + 2)) for k in range(0, len(rows), 2)]
        np.testing.assert_array_equal(np.concatenate(parts), rows[name])


@pytest.mark.parametrize("name", ["incidents", "events"])
def test_an_id_may_not_stand_twice(tables: Tables, name: str) -> None:
    tables[name] = pd.concat([tables[name], tables[name].iloc[:1]])
    frames = read(tables)
    with pytest.raises(TableError, match=rf"table '{name}' has two rows with the id '\w+'; leave one out"):
        arrange(frames["incidents"], frames["events"])


def test_an_incident_that_nobody_tells_of_is_named(tables: Tables) -> None:
    tables["events"] = tables["events"][tables["events"]["incident"] != "clash"]
    frames = read(tables)
    with pytest.raises(
        TableError, match=r"no account of 1 incidents \(the first: 'clash'\); add the accounts"
    ):
        arrange(frames["incidents"], frames["events"])
