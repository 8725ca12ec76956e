"""Which accounts become one incident, whatever their order; and what new reports change."""

from __future__ import annotations

import itertools
import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.incidents import find_incidents, relink
from geo.records import Event, Report
from tests.geo.builders import TANF, days, place
from tests.geo.incidents.accounts import (
    DOUMA,
    DOUMA_TEXTS,
    HATLA,
    KHUSHAM_TEXTS,
    NIGHT,
    World,
    groups,
    killed,
)

if TYPE_CHECKING:
    import pytest


def khusham() -> World:
    world = World()
    for n, text in enumerate(KHUSHAM_TEXTS):
        world.tell(str(n), text, published=days(date(2018, 2, 9 + n)))
    return world


def test_three_papers_tell_one_night() -> None:
    world = khusham()
    assert groups(find_incidents(world.reports, world.events)) == {frozenset({"e0", "e1", "e2"})}


def test_a_place_across_the_river_and_a_day_later_is_still_the_same_night() -> None:
    world = khusham()
    world.events[1] = replace(world.events[1], when=days(date(2018, 2, 8)))
    world.events[2] = replace(world.events[2], place=replace(world.events[2].place, lat=35.36, lon=40.18))
    assert groups(find_incidents(world.reports, world.events)) == {frozenset({"e0", "e1", "e2"})}


def test_two_shellings_of_one_town_on_one_day_stay_two() -> None:
    world = World()
    for n, text in enumerate(DOUMA_TEXTS):
        world.tell(str(n), text, place=DOUMA, claims=(killed(str(n), (16, 4)[n]),))
    assert groups(find_incidents(world.reports, world.events)) == {frozenset({"e0"}), frozenset({"e1"})}


def test_the_same_words_a_year_later_elsewhere_are_another_incident() -> None:
    world = khusham()
    world.tell("9", "A drone hit a lorry on the Baghdad road.", place=TANF, when=days(date(2017, 6, 8)))
    assert frozenset({"e9"}) in groups(find_incidents(world.reports, world.events))


def test_events_of_one_report_are_never_one_incident() -> None:
    world = khusham()
    world.events.append(replace(world.events[0], id="e0b", sub_type="Shelling/artillery/missile attack"))
    found = groups(find_incidents(world.reports, world.events))
    assert not any({"e0", "e0b"} <= g for g in found)


def test_neighbouring_places_do_not_chain() -> None:
    world = World()
    for n in range(30):
        names = [f"{chr(65 + (n * 7 + k * 5) % 26)}{'aeiou'[(n + k) % 5]}{k}br{n:02}" for k in range(6)]
        world.tell(
            str(n),
            f"Town {n} was shelled, {names[0]} of {names[1]} said; {names[2]} burnt near {names[4]}.",
            place=place(f"t{n}", f"Town {n}", lat=35.0 + n * 0.04, lon=40.0),
            when=days(date(2018, 2, 1) + timedelta(days=n // 3)),
        )
    found = find_incidents(world.reports, world.events)
    assert max(len(i.events) for i in found) <= 4


def test_an_event_without_place_joins_by_its_words() -> None:
    world = khusham()
    world.events[2] = replace(world.events[2], place=None)
    found = groups(find_incidents(world.reports, world.events))
    assert frozenset({"e0", "e1", "e2"}) in found


def test_each_link_has_its_reasons() -> None:
    world = khusham()
    incident = find_incidents(world.reports, world.events)[0]
    assert {(x.left, x.right) for x in incident.links} == {("e0", "e1"), ("e0", "e2"), ("e1", "e2")}
    assert all("reports alike" in x.reason and "same day" in x.reason for x in incident.links)
    assert all(0.5 < x.score <= 1.0 for x in incident.links)


def test_an_incident_keeps_its_id_when_later_reports_come() -> None:
    world = khusham()
    before = find_incidents(world.reports, world.events[:2])[0]
    after = find_incidents(world.reports, world.events)[0]
    assert len(after.events) == 3
    assert before.id == after.id


def test_no_events_give_no_incidents() -> None:
    assert find_incidents({}, []) == []
    assert relink({}, [], [], []) == []


def small_world(seed: int, incidents: int = 12) -> World:
    """Make incidents of some versions each, near each other, out of a few words."""
    dice = random.Random(seed)  # noqa: S311 - no secret is made with it
    world = World()
    syllables = ("ka", "ro", "mi", "sha", "del", "ter", "bi", "lo", "zen", "fu", "gar", "hou", "ny", "waq")
    for n in range(incidents):
        names = ["".join(dice.choices(syllables, k=4)).capitalize() for _ in range(5)]
        town = place(f"t{n}", f"Town {n}", lat=35 + dice.random() * 0.3, lon=40 + dice.random() * 0.3)
        day = date(2018, 2, 1) + timedelta(days=dice.randrange(9))
        for version in range(dice.choice((1, 1, 2, 3))):
            words = " ".join(dice.sample(names, 4))
            world.tell(
                f"{n}-{version}",
                f"Shells fell near {words}, people said, and {dice.choice(names)} spoke of {n * 3 + 7} dead.",
                place=town,
                when=days(day + timedelta(days=dice.choice((0, 0, 0, 1)))),
                published=days(day + timedelta(days=2)),
                claims=(killed(f"{n}-{version}", n * 3 + 7),),
            )
    return world


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_the_order_of_reading_changes_nothing(seed: int, shuffler: random.Random) -> None:
    world = small_world(seed)
    found = find_incidents(world.reports, world.events)
    events, reports = list(world.events), list(world.reports.items())
    shuffler.shuffle(events)
    shuffler.shuffle(reports)
    assert find_incidents(dict(reports), events) == found


def test_made_up_incidents_are_mostly_found_again() -> None:
    right = wrong = 0
    for seed in range(6):
        world = small_world(seed, incidents=25)
        for incident in find_incidents(world.reports, world.events):
            pairs = itertools.combinations(incident.events, 2)
            for a, b in pairs:
                same = a.split("-")[0] == b.split("-")[0]
                right, wrong = right + same, wrong + (not same)
    assert right > 60
    assert wrong <= right // 20


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.data())
def test_adding_reports_gives_what_a_new_run_would(seed: int, data: st.DataObject) -> None:
    world = small_world(seed)
    new = {e.id for e in world.events if data.draw(st.booleans())}
    old = find_incidents(world.reports, [e for e in world.events if e.id not in new])
    again = relink(world.reports, world.events, old, new)
    assert again == find_incidents(world.reports, world.events)


def test_adding_into_a_crowded_block_gives_what_a_new_run_would(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geo.incidents.blocks.FULL", 6)
    monkeypatch.setattr("geo.incidents.blocks.KIN", 3)
    world = small_world(4, incidents=40)
    new = {e.id for e in world.events[::7]}
    old = find_incidents(world.reports, [e for e in world.events if e.id not in new])
    assert relink(world.reports, world.events, old, new) == find_incidents(world.reports, world.events)


def test_adding_far_away_leaves_the_others_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    world = small_world(2)
    old = find_incidents(world.reports, world.events)
    world.tell("far", "A bomb went off in the harbour.", place=TANF, when=days(date(2011, 1, 1)))
    made: list[str] = []
    monkeypatch.setattr("geo.incidents.find.summarise", _watched(made))
    found = relink(world.reports, world.events, old, ["efar"])
    assert made == ["efar"]
    assert len(found) == len(old) + 1


def _watched(made: list[str]) -> object:
    from geo.incidents.summarise import summarise

    def watch(reports: dict[str, Report], versions: list[Event], links: object) -> object:
        made.extend(e.id for e in versions)
        return summarise(reports, versions, links)  # type: ignore[arg-type]

    return watch


def test_an_event_that_is_gone_leaves_its_incident() -> None:
    world = khusham()
    old = find_incidents(world.reports, world.events)
    left = world.events[1:]
    assert relink(world.reports, left, old, []) == find_incidents(world.reports, left)


def test_what_was_decided_by_hand_outweighs_all_words() -> None:
    world = World()
    for n, text in enumerate(DOUMA_TEXTS):
        world.tell(str(n), text, place=(DOUMA, TANF)[n])
    joined = find_incidents(world.reports, world.events, {("e0", "e1"): True})
    assert groups(joined) == {frozenset({"e0", "e1"})}
    assert joined[0].links[0].reason == "joined by hand"
    same = khusham()
    parted = find_incidents(same.reports, same.events, {("e0", "e1"): False})
    assert not any({"e0", "e1"} <= g for g in groups(parted))


def test_hostile_words_link_and_crash_nothing() -> None:
    world = World()
    for n, text in enumerate(("\ud800\x00 {{ 7*7 }}" * 50, "", "'" * 5000, "A" * 100_000, "ß" * 70_000)):
        world.tell(str(n), text, place=HATLA, when=NIGHT)
    assert sum(len(i.events) for i in find_incidents(world.reports, world.events)) == 5
