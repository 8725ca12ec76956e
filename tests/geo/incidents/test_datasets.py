"""Rows of datasets: each its own event, seated with what reports tell, which they never change."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.incidents import find_incidents, relink
from geo.records import Event
from tests.geo.builders import days, event, ref, report
from tests.geo.incidents.accounts import DOUMA, NIGHT, World, groups, killed
from tests.geo.incidents.test_link import khusham, small_world


def with_rows(world: World, rows: list[Event], dataset: str = "ged") -> World:
    """Add a dataset with some rows to a world."""
    text = "\n".join(e.quote for e in rows)
    told = replace(report(dataset, dataset.upper(), title=None, text=text), dataset=True)
    world.reports[dataset] = told
    world.events += rows
    return world


def row(ident: str, like: Event, dataset: str = "ged", **changes: object) -> Event:
    """Make a row of a dataset about the place and day of an event."""
    return replace(like, id=f"{dataset}:{ident}", report=dataset, claims=(), **changes)  # type: ignore[arg-type]


def test_a_row_joins_what_reports_tell() -> None:
    world = khusham()
    found = find_incidents(*_parts(with_rows(world, [row("1", world.events[0])])))
    assert groups(found) == {frozenset({"e0", "e1", "e2", "ged:1"})}


def test_two_rows_of_one_dataset_are_two_incidents_however_like() -> None:
    world = khusham()
    found = find_incidents(*_parts(with_rows(world, [row("1", world.events[0]), row("2", world.events[0])])))
    assert sum("e0" in g for g in groups(found)) == 1
    assert not any({"ged:1", "ged:2"} <= g for g in groups(found))


def test_rows_of_two_datasets_may_be_one_incident() -> None:
    world = khusham()
    with_rows(world, [row("1", world.events[0])])
    with_rows(world, [row("1", world.events[0], "acled")], "acled")
    assert frozenset({"e0", "e1", "e2", "ged:1", "acled:1"}) in groups(find_incidents(*_parts(world)))


def test_rows_share_no_words_with_their_neighbours_in_the_table() -> None:
    world = World()
    line = "Douma, 2018-02-07: Haddad of Mesraba spoke of barrel bombs"
    far = event(
        "ged:2", "ged", ref(DOUMA), when=days(date(2018, 3, 9)), quote="Kafr Nabl, 2018-03-09", claims=()
    )
    rows = [event("ged:1", "ged", ref(DOUMA), when=NIGHT, quote=line, claims=()), far]
    world.tell("0", "Haddad spoke of barrel bombs on Mesraba.", place=DOUMA, when=days(date(2018, 3, 9)))
    found = groups(find_incidents(*_parts(with_rows(world, rows))))
    assert frozenset({"ged:1"}) in found


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_a_dataset_never_changes_which_reports_tell_one_incident(seed: int, dice: random.Random) -> None:
    world = small_world(seed)
    alone = groups(find_incidents(world.reports, world.events))
    rows = [row(str(n), dice.choice(world.events)) for n in range(8)]
    with_rows(world, rows)
    found = find_incidents(*_parts(world))
    told = {frozenset(e for e in g if not e.startswith("ged:")) for g in groups(found)}
    assert told - {frozenset()} == alone
    assert all(sum(e.startswith("ged:") for e in g) <= 1 for g in groups(found))
    new = {e.id for e in rows[::2]}
    old = find_incidents(world.reports, [e for e in world.events if e.id not in new])
    assert relink(world.reports, world.events, old, new) == found


def _parts(world: World) -> tuple[dict[str, object], list[Event]]:
    return world.reports, world.events  # type: ignore[return-value]


def test_a_row_with_a_toll_is_one_more_claim() -> None:
    world = khusham()
    told = replace(row("1", world.events[0]), claims=(killed("g", 80),))
    incident = find_incidents(*_parts(with_rows(world, [told])))[0]
    assert (incident.killed.low, incident.killed.high) == (80, 80)
