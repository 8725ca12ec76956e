"""What is compared, and what a comparison sees."""

from __future__ import annotations

import math
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import LexiconError
from geo.incidents import blocks, details, model, overlap, points, words
from geo.incidents.columns import Bags, Columns, columns
from geo.incidents.features import AGAINST, EITHER, features
from geo.records import Spot
from tests.geo.builders import days, place
from tests.geo.incidents.accounts import World
from tests.geo.incidents.test_link import khusham, small_world


def table(world: World) -> Columns:
    return columns(world.reports, world.events)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(-60, 60), st.floats(-179, 179), st.integers(0, 40)), max_size=30))
def test_neighbours_in_space_and_time_always_meet(spots: list[tuple[float, float, int]]) -> None:
    world = World()
    for n, (lat, lon, day) in enumerate(spots):
        for k, (up, later) in enumerate(((0.0, 0), (0.05, 1))):
            world.tell(
                f"{n:02}{k}",
                f"n{n}k{k}",
                place=place(f"p{n}{k}", "P", lat=lat + up, lon=lon),
                when=days(date(2018, 1, 1) + timedelta(days=day + later)),
            )
    found = table(world)
    pairs = {
        (a, b)
        for left, right in blocks.parts(found)
        for a, b in zip(left.tolist(), right.tolist(), strict=True)
    }
    assert all((2 * n, 2 * n + 1) in pairs for n in range(len(spots)))
    assert all(a < b for a, b in pairs)


def test_columns_do_not_depend_on_the_order() -> None:
    world = small_world(3)
    one, two = table(world), columns(dict(reversed(world.reports.items())), world.events[::-1])
    assert one.ids == two.ids
    for name in ("report", "source", "first", "lat", "hours", "killed", "dataset"):
        assert np.array_equal(getattr(one, name), getattr(two, name), equal_nan=True)
    assert np.array_equal(one.words.tokens, two.words.tokens)


def test_a_pair_reads_the_same_from_both_sides() -> None:
    found = table(small_world(5))
    left, right = np.arange(len(found) - 1), np.arange(1, len(found))
    there, back = features(found, left, right), features(found, right, left)
    assert there.keys() == back.keys()
    for name in there:
        assert np.allclose(there[name], back[name]), name


def test_weights_keep_to_their_side() -> None:
    found = table(khusham())
    known = set(features(found, np.array([0]), np.array([1])))
    for name, weight in model.weights().items():
        assert name in known
        assert name in EITHER or (weight <= 0) == (name in AGAINST)


def test_reasons_name_what_scores_are_made_of() -> None:
    found = table(khusham())
    (reason,) = model.reasons(found, np.array([0]), np.array([1]))
    assert reason.startswith("reports alike")


def test_a_weight_that_is_no_number_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "rows", lambda *_: [(7, {"feature": "prior", "weight": "much"})])
    model.weights.cache_clear()
    with pytest.raises(LexiconError, match=r"link_weights.csv:7: 'much' is no number"):
        model.weights()
    model.weights.cache_clear()


@given(st.lists(st.dictionaries(st.integers(0, 9), st.integers(1, 8)), min_size=2, max_size=6))
def test_overlap_counts_as_a_loop_would(rows: list[dict[int, int]]) -> None:
    starts = np.cumsum([0, *map(len, rows)])
    bags = Bags(
        starts=starts,
        tokens=np.array([t for r in rows for t in sorted(r)], np.uint32),
        weights=np.array([r[t] for r in rows for t in sorted(r)], np.float16),
    )
    left, right = np.zeros(len(rows) - 1, np.int64), np.arange(1, len(rows))
    wanted = [sum(min(rows[0][t], r[t]) for t in rows[0].keys() & r.keys()) for r in rows[1:]]
    assert overlap.shared(bags, left, right).tolist() == wanted
    product = [sum(rows[0][t] * r[t] for t in rows[0].keys() & r.keys()) for r in rows[1:]]
    assert overlap.shared(bags, left, right, product=True).tolist() == product


def test_hours_and_things_hit_are_read() -> None:
    morning, evening = details.details("in the morning"), details.details("that evening")
    assert morning.hours
    assert not morning.hours & evening.hours
    assert details.details("A market and a hospital burnt.").objects
    assert details.details("").hours == 0


def test_words_for_events_carry_no_likeness() -> None:
    assert not words.weighed("shelled bombed airstrike", 0.0)
    assert len(words.weighed("Haddad of Mesraba, Haddad", 1.0)) >= 2
    assert words.fold("Köşk's") == "kosk"


@given(st.lists(st.tuples(st.integers(-80, 80), st.integers(-170, 170)), max_size=9))
def test_the_hull_holds_every_point_and_turns_anticlockwise(spots: list[tuple[int, int]]) -> None:
    corners = [(s.lon, s.lat) for s in points.hull(Spot(lat=lat, lon=lon) for lat, lon in spots)]
    if len(corners) < 3:
        return
    around = zip(corners, [*corners[1:], corners[0]], strict=True)
    for (ax, ay), (bx, by) in around:
        assert all((bx - ax) * (lat - ay) - (by - ay) * (lon - ax) >= 0 for lat, lon in spots)


def test_distance() -> None:
    paris, london = Spot(lat=48.8566, lon=2.3522), Spot(lat=51.5074, lon=-0.1278)
    assert math.isclose(points.distance_km(paris, london), 343.5, abs_tol=1)
