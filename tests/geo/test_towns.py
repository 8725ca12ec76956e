"""Towns for the map's base: the largest around the events, thinned; none where nothing has a place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.tables import CRS, empty, schema, tables
from geo.tables.towns import AROUND_DEG, MOST, towns
from tests.geo import builders

if TYPE_CHECKING:
    from gazetteer import Gazetteer


def test_the_large_towns_around_the_events_are_given(world: Gazetteer) -> None:
    made = tables(builders.coded(), builders.incidents())
    found = towns(world, made)
    west, south, east, north = made["events"].total_bounds
    assert 20 < len(found) <= MOST
    assert found.crs == CRS
    assert found.geometry.x.between(west - AROUND_DEG, east + AROUND_DEG).all()
    assert found.geometry.y.between(south - AROUND_DEG, north + AROUND_DEG).all()
    rank = dict(zip(found["name"], found["rank"], strict=True))
    assert rank["Mosul"] < rank["Deir ez-Zor"] <= 6
    assert found["rank"].between(3, 8).all()
    assert found["name"].is_unique


def test_towns_keep_apart(world: Gazetteer) -> None:
    found = towns(world, tables(builders.coded(), builders.incidents()))
    cells = np.floor(np.column_stack([found.geometry.x, found.geometry.y]) / 0.35)
    assert len(np.unique(cells, axis=0)) == len(found)


def test_events_without_a_place_have_no_towns(world: Gazetteer) -> None:
    found = towns(world, {name: empty(name) for name in schema()})
    assert len(found) == 0
    assert list(found.columns) == ["name", "rank", "kind", "geometry"]
