"""Deaths as ACLED, UCDP and Airwars would count them, each by its rule."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from geo.incidents import find_incidents
from geo.records import Claim, Count, Incident, Rollups
from tests.geo.builders import days
from tests.geo.incidents.accounts import KHUSHAM_TEXTS, World, killed, who

SOHR = who("sohr", "the Observatory", "monitor")
CENTCOM = who("us-centcom", "the coalition", "coalition")
ARMY = who("syrian-army", "the army", "state forces")
REBELS = who("rebels", "rebels", "rebels")
PEOPLE = who(None, "people of the town", "civilians")


def told(*claims: tuple[Claim, ...], **roles: object) -> Incident:
    """Make the incident of accounts with the claims of each."""
    world = World()
    for n, own in enumerate(claims):
        world.tell(
            str(n), KHUSHAM_TEXTS[n % 3], claims=own, published=days(date(2018, 2, 9 + n)), **roles
        )  # fmt: skip
    (incident,) = find_incidents(world.reports, world.events)
    return incident


def counted(*claims: tuple[Claim, ...], **roles: object) -> Rollups:
    found = told(*claims, **roles).rollups
    assert found is not None
    return found


def vague(word: str, low: int) -> Claim:
    return killed("v", low, count=Count(low=low, high=None, words=word, bound="vague"))


def test_acled_takes_the_most_conservative_figure() -> None:
    found = counted((killed("a", 100, claimant=CENTCOM),), (killed("b", 73, claimant=SOHR),)).acled
    assert (found.fatalities, found.reason) == (73, "most conservative of 2 figures (the Observatory)")


def test_acled_counts_words_by_its_table() -> None:
    assert counted((vague("dozens", 24),)).acled.fatalities == 12
    assert counted((vague("several hundred", 300),)).acled.fatalities == 100
    assert counted((vague("hundreds", 100),)).acled.fatalities == 100


def test_acled_writes_nought_where_nobody_counts() -> None:
    found = counted(()).acled
    assert (found.fatalities, found.reason) == (0, "no source counts dead")


def test_a_figure_that_is_denied_replaced_or_of_more_than_the_event_counts_nowhere() -> None:
    kept = killed("a", 40)
    other = [killed(m, 3, **{m: True}) for m in ("denied", "superseded", "cumulative")]
    assert counted((kept, *other)).acled.fatalities == 40


def test_ucdp_prefers_who_takes_no_part() -> None:
    found = counted((killed("a", 10, claimant=ARMY),), (killed("b", 73, claimant=SOHR),)).ucdp
    assert found is not None
    assert (found.low, found.best, found.high) == (10, 73, 73)
    assert found.reason.startswith("best: the Observatory")


def test_ucdp_takes_the_lower_of_two_on_a_par() -> None:
    found = counted((killed("a", 52),), (killed("b", 60, 75),)).ucdp
    assert found is not None
    assert (found.low, found.best, found.high) == (52, 52, 75)


def test_ucdp_tells_the_dead_of_each_side() -> None:
    parts = tuple(
        killed(of, n, of=of, claimant=SOHR) for of, n in (("soldiers", 7), ("fighters", 12), ("civilians", 4))
    )
    found = counted(parts, initiators=(ARMY,), targets=(REBELS,)).ucdp
    assert found is not None
    sides = (found.deaths_a, found.deaths_b, found.deaths_civilians, found.deaths_unknown)
    assert (sides, found.best) == ((7, 12, 4, 0), 23)


def test_ucdp_keeps_deadly_events_only() -> None:
    assert counted(()).ucdp is None


def test_airwars_grades_by_the_number_of_credible_sources() -> None:
    one = counted((killed("a", 16, of="civilians", claimant=SOHR),), targets=(PEOPLE,)).airwars
    assert one is not None
    assert (one.grade, one.killed_min, one.killed_max) == ("Weak", 16, 16)
    two = counted(
        (killed("a", 16, of="civilians", claimant=SOHR),),
        (killed("b", 20, of="civilians"),),
        targets=(PEOPLE,),
    ).airwars
    assert two is not None
    assert (two.grade, two.killed_min, two.killed_max) == ("Fair", 16, 20)


def test_airwars_calls_it_confirmed_when_who_acted_says_so() -> None:
    found = counted((killed("a", 3, of="civilians", claimant=ARMY),), initiators=(ARMY,)).airwars
    assert found is not None
    assert found.grade == "Confirmed"
    assert "the army" in found.reason


def test_airwars_has_no_word_where_only_fighters_die() -> None:
    assert counted((killed("a", 30, of="fighters"),), targets=(REBELS,)).airwars is None


FIGURES = st.lists(
    st.tuples(
        st.integers(0, 300),
        st.integers(0, 40),
        st.sampled_from([None, "civilians", "children", "fighters", "soldiers"]),
        st.sampled_from([None, SOHR, CENTCOM, ARMY]),
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(FIGURES)
def test_the_forms_hold_together(figures: list[tuple[int, int, str | None, object]]) -> None:
    claims = tuple(
        killed(str(n), low, low + more, of=of, claimant=claimant)
        for n, (low, more, of, claimant) in enumerate(figures)
    )
    found = counted(claims, initiators=(ARMY,), targets=(REBELS,))
    assert found.acled.fatalities >= 0
    if found.ucdp is not None:
        u = found.ucdp
        assert 0 <= u.low <= u.best <= u.high
        parts = (u.deaths_a, u.deaths_b, u.deaths_civilians, u.deaths_unknown)
        assert min(parts) >= 0
        assert sum(parts) == u.best
    if found.airwars is not None:
        assert 0 <= found.airwars.killed_min <= found.airwars.killed_max
