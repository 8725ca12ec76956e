"""What claimants count together, and what of it is disputed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.incidents import find_incidents
from geo.records import Claim, Count, Incident
from tests.geo.builders import days
from tests.geo.incidents.accounts import HATLA, KHUSHAM_TEXTS, World, killed, who

SOHR = who("sohr", "the Observatory", "monitor")
MOSCOW = who("russia-mod", "the ministry", "ministry")


def told(*claims: tuple[Claim, ...]) -> Incident:
    world = World()
    for n, own in enumerate(claims):
        world.tell(str(n), KHUSHAM_TEXTS[n % 3], claims=own, published=days(date(2018, 2, 9 + n)))
    (incident,) = find_incidents(world.reports, world.events)
    return incident


def limits(incident: Incident) -> tuple[int | None, int | None, bool]:
    return incident.killed.low, incident.killed.high, incident.killed.open


@pytest.mark.parametrize(
    ("claims", "wanted"),
    [
        (((killed("a", 73),), (killed("b", 100),)), (73, 100, False)),
        (((killed("a", 73), killed("c", 12, superseded=True)),), (73, 73, False)),
        (((killed("a", 73), killed("c", 400, cumulative=True)),), (73, 73, False)),
        (((killed("a", 100, None),),), (100, 100, True)),
        (((killed("a", 200), killed("c", 39, of="children")),), (200, 200, False)),
        (((killed("a", 20, of="civilians"), killed("c", 15, of="fighters")),), (35, 35, False)),
        (((killed("a", 0, of="soldiers", claimant=MOSCOW),), (killed("b", 73),)), (73, 73, False)),
        (((),), (None, None, False)),
    ],
)
def test_ranges_respect_bounds_parts_and_what_was_replaced(
    claims: tuple[tuple[Claim, ...], ...], wanted: tuple[int | None, int | None, bool]
) -> None:
    assert limits(told(*claims)) == wanted


def test_a_claimants_later_word_replaces_the_earlier() -> None:
    incident = told((killed("a", 52, claimant=SOHR),), (killed("b", 73, claimant=SOHR),))
    (toll,) = incident.tolls
    assert (toll.toll.low, toll.claims, toll.replaced) == (73, ("cb",), ("ca",))
    assert "toll" not in incident.contested


def test_figures_that_cannot_both_be_right_are_disputed() -> None:
    incident = told((killed("a", 100, claimant=MOSCOW),), (killed("b", 73, claimant=SOHR),))
    assert incident.contested == ("toll",)
    assert incident.disputes == ("the Observatory: 73 killed; the ministry: 100 killed",)


def test_about_and_at_least_leave_room() -> None:
    about = killed("a", 75, count=Count(low=75, high=75, words="about 75", bound="about"))
    assert told((about,), (killed("b", 73),)).contested == ()
    assert told((killed("a", 55, None),), (killed("b", 73),)).contested == ()


def test_place_actor_and_denial_are_disputed() -> None:
    world = World()
    for n, text in enumerate(KHUSHAM_TEXTS):
        world.tell(str(n), text)
    a, b, c = world.events
    far = replace(b, place=replace(b.place, lat=HATLA.lat, lon=HATLA.lon, place=HATLA))
    iraq, russia = who("iraqi-army", "the Iraqi army"), who("russian-army", "the Russian army")
    events = [replace(a, initiators=(iraq,)), far, replace(c, denied=True, initiators=(russia,))]
    (incident,) = find_incidents(world.reports, events)
    assert incident.contested == ("place", "actor", "that it happened")
    assert "Paper 2: carries a denial" in incident.disputes[2]
    assert len(incident.hull) == 2


FIGURE = st.tuples(st.integers(0, 500), st.integers(0, 50), st.sampled_from([None, SOHR, MOSCOW]))


@settings(max_examples=50, deadline=None)
@given(st.lists(FIGURE, min_size=1, max_size=4), st.permutations([0, 1, 2]))
def test_no_figure_lies_outside_the_range(figures: list[tuple[int, int, object]], order: list[int]) -> None:
    claims = tuple(killed(str(n), f[0], f[0] + f[1], claimant=f[2]) for n, f in enumerate(figures))
    incident = told(claims)
    low, high, _ = limits(incident)
    assert low is not None
    assert high is not None
    assert low == min(f[0] for f in figures)
    assert high == max(f[0] + f[1] for f in figures)
    shuffled = told(tuple(claims[i] for i in order if i < len(claims)) + claims[3:])
    assert limits(shuffled) == limits(incident)
