"""Corrections find their events by content, whatever ids and order."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.records import Coded
from geo.review import Correction, settle
from geo.review.corrections import Field, key_of
from geo.review.values import write_keys
from tests.geo.incidents.accounts import World
from tests.geo.incidents.test_link import khusham, small_world


def coded(world: World) -> list[Coded]:
    return [
        Coded(report=r, events=tuple(e for e in world.events if e.report == r.id))
        for r in world.reports.values()
    ]


def said(world: World, event: int, field: Field, value: str = "yes", **changes: object) -> Correction:
    of = world.events[event]
    plain = {"target": "event", "id": of.id, "key": key_of(of, world.reports[of.report])} | changes
    return Correction(field=field, value=value, **plain)  # type: ignore[arg-type]


def others(world: World, *events: int) -> str:
    return write_keys([said(world, n, "reject").key for n in events])


def test_an_event_is_found_under_another_id_and_a_shifted_sentence() -> None:
    world = khusham()
    correction = said(world, 0, "reject")
    again = World(
        reports={"new": replace(world.reports["r0"], id="new", text="  " + world.reports["r0"].text)},
        events=[replace(world.events[0], id="other", report="new", start=2, end=world.events[0].end + 2)],
    )
    found = settle(coded(again), [correction])
    assert found.unfit == ()
    assert found.coded[0].events == ()


def test_of_two_events_in_one_sentence_the_likest_is_meant() -> None:
    world = khusham()
    world.events.append(replace(world.events[0], id="e0b", sub_type="Armed clash", type="Battles"))
    found = settle(coded(world), [said(world, 3, "reject")])
    assert "e0b" not in {e.id for c in found.coded for e in c.events}
    assert "e0" in {e.id for c in found.coded for e in c.events}


def test_what_does_not_fit_is_told_with_the_reason() -> None:
    world = khusham()
    lost = said(world, 0, "when", "2018-02-01")
    alone = World(reports={"r1": world.reports["r1"]}, events=[world.events[1]])
    (unfit,) = settle(coded(alone), [lost]).unfit
    assert unfit.correction is lost
    assert "not found any more" in unfit.why


def test_contrary_decisions_are_told() -> None:
    world = khusham()
    together, apart = said(world, 0, "with", others(world, 1)), said(world, 1, "apart", others(world, 0))
    (unfit,) = settle(coded(world), [together, apart]).unfit
    assert "the contrary" in unfit.why


def test_two_events_of_one_report_are_joined_when_somebody_says_so() -> None:
    world = khusham()
    world.events.append(replace(world.events[0], id="e0b", start=5, quote=world.events[0].quote[5:]))
    found = settle(coded(world), [said(world, 0, "with", others(world, 3))])
    assert any({"e0", "e0b"} <= set(i.events) for i in found.incidents)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.randoms(use_true_random=False))
def test_the_order_of_reports_and_corrections_changes_nothing(seed: int, dice: random.Random) -> None:
    world = small_world(seed)
    number = len(world.events)
    corrections = [
        said(world, dice.randrange(number), "reject"),
        said(world, dice.randrange(number), "when", "2018-02-03"),
        said(world, 0, "with", others(world, number - 1)),
        said(world, 1, "apart", others(world, 0)),
    ]
    first = settle(coded(world), corrections)
    reports = coded(world)
    dice.shuffle(reports)
    dice.shuffle(corrections)
    again = settle(reports, corrections)
    assert again.incidents == first.incidents
    assert {u.correction.identity for u in again.unfit} == {u.correction.identity for u in first.unfit}
