"""What the five seed reports must show, whatever else changes: the reason this program exists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from gazetteer.sphere import distance_km
from geo.records import Claim, Event, Incident
from geo.scoring import read_gold
from tests.geo.conftest import GOLD, Coding

KHUSHAM = (35.301, 40.289)
NIGHT = (date(2018, 2, 7), date(2018, 2, 8))
PUBLISHERS = ("Aggregator (000)", "Global Media", "RT", "We Are The Mighty")


def near(event: Event, spot: tuple[float, float], km: float) -> bool:
    p = event.place
    return (
        p is not None and p.lat is not None and p.lon is not None and distance_km(p.lat, p.lon, *spot) <= km
    )


def on(event: Event, first: date, last: date) -> bool:
    w = event.when
    return w.first is not None and w.last is not None and w.first <= last and first <= w.last


def khusham(seeds: Coding) -> Incident:
    """Return the incident of the strikes near Khusham: the one with most sources."""
    return max(seeds.incidents, key=lambda i: (len(i.sources), i.id))


def claims(seeds: Coding, source: str) -> Iterator[Claim]:
    return (c for e in seeds.of(source).events for c in e.claims)


def says(claim: Claim, *words: str) -> bool:
    who = claim.claimant
    return who is not None and any(w in f"{who.name} {who.text} {who.id}".lower() for w in words)


def test_khusham_reports_are_one_incident_with_four_sources(seeds: Coding) -> None:
    found = khusham(seeds)
    assert found.sources == PUBLISHERS
    assert found.place is not None
    assert found.place.lat is not None
    assert found.place.lon is not None
    assert distance_km(found.place.lat, found.place.lon, *KHUSHAM) <= 25
    assert found.when.first is not None
    assert found.when.last is not None
    assert found.when.first <= NIGHT[1]
    assert found.when.last >= NIGHT[0]
    assert "toll" in found.contested
    assert found.links
    assert all(link.reason for link in found.links)


def test_khusham_incident_holds_no_other_day(seeds: Coding) -> None:
    events = {e.id: e for e in seeds.events}
    assert all(on(events[i], date(2018, 2, 5), date(2018, 2, 12)) for i in khusham(seeds).events)


def test_al_tanf_stands_apart(seeds: Coding) -> None:
    struck = [e for e in seeds.of("The Duran").events if on(e, date(2017, 6, 5), date(2017, 6, 7))]
    assert struck
    for e in struck:
        (incident,) = [i for i in seeds.incidents if e.id in i.events]
        assert incident.sources == ("The Duran",)


@pytest.mark.parametrize(
    ("source", "measure", "low", "high", "claimant"),
    [
        ("Aggregator (000)", "killed", 100, 100, ()),
        ("Aggregator (000)", "killed", 73, 73, ("observatory", "sohr")),
        ("Aggregator (000)", "participants", 500, 500, ("coalition",)),
        ("Global Media", "killed", 100, 100, ("us military", "us-army", "u.s.", "united states")),
        ("Global Media", "injured", 25, None, ("russia", "ru-mod")),
        ("Global Media", "killed", 0, 0, ("official",)),
        ("Global Media", "injured", 0, 0, ("official",)),
        ("RT", "injured", 25, None, ("russia", "ru-mod")),
        ("We Are The Mighty", "killed", 100, None, ()),
        ("We Are The Mighty", "participants", 500, 500, ()),
        ("We Are The Mighty", "killed", 0, 0, ()),
        ("We Are The Mighty", "killed", 21, 21, ("observatory", "sohr")),
        ("We Are The Mighty", "injured", 125, 125, ("observatory", "sohr")),
        ("We Are The Mighty", "killed", 55, None, ("activists", "responders")),
    ],
)
def test_claim_and_its_claimant(
    seeds: Coding, source: str, measure: str, low: int, high: int | None, claimant: tuple[str, ...]
) -> None:
    found = [
        c for c in claims(seeds, source) if (c.measure, c.count.low, c.count.high) == (measure, low, high)
    ]
    assert found
    assert not claimant or any(says(c, *claimant) for c in found)
    assert all(c.quote and c.reason for c in found)


def test_russian_ministry_knows_of_no_deaths(seeds: Coding) -> None:
    none = [c for c in claims(seeds, "Global Media") if (c.measure, c.count.high) == ("killed", 0)]
    assert any(says(c, "russia", "ru-mod") for c in none)


def test_quotes_stand_in_the_text(seeds: Coding) -> None:
    for c in seeds.coded:
        for e in c.events:
            assert c.report.text[e.start : e.end] == e.quote
            assert all(k.quote == c.report.text[k.start : k.end] for k in e.claims)


def damascus(seeds: Coding) -> list[Event]:
    return [e for e in seeds.of("We Are The Mighty").events if near(e, (33.51, 36.29), 25) and on(e, *NIGHT)]


def test_strikes_near_damascus(seeds: Coding) -> None:
    told = {(c.measure, c.count.low) for e in damascus(seeds) for c in e.claims}
    assert told >= {("killed", 21), ("injured", 125)}


def test_strikes_near_damascus_stand_apart(seeds: Coding) -> None:
    assert all(e.id not in khusham(seeds).events for e in damascus(seeds))


def test_khusham_incident_holds_the_version_with_the_hundred_dead(seeds: Coding) -> None:
    joined = [e for e in seeds.of("We Are The Mighty").events if e.id in khusham(seeds).events]
    assert ("killed", 100) in {(c.measure, c.count.low) for e in joined for c in e.claims}


def test_fifty_five_killed_by_damascus_two_days_before(seeds: Coding) -> None:
    (found,) = [e for e in seeds.events for c in e.claims if c.count.low == 55]
    assert found.when.first == found.when.last == date(2018, 2, 6)
    assert near(found, (33.51, 36.29), 25)


def test_turkish_strikes_in_the_north(seeds: Coding) -> None:
    found = [e for e in seeds.of("Aggregator (000)").events if "Turkey went back" in e.quote]
    assert [e.sub_type for e in found] == ["Air/drone strike"]
    assert on(found[0], date(2018, 2, 8), date(2018, 2, 8))
    assert found[0].place is not None
    assert found[0].place.relation.kind == "part"
    assert found[0].id not in khusham(seeds).events


def test_turkey_does_the_turkish_strikes(seeds: Coding) -> None:
    (found,) = [e for e in seeds.of("Aggregator (000)").events if "Turkey went back" in e.quote]
    assert any("Turk" in a.name or a.country == "TR" for a in found.initiators)


def test_raqqa(seeds: Coding) -> None:
    found = [e for e in seeds.of("The Duran").events if near(e, (35.95, 39.01), 10)]
    assert found
    assert on(found[0], date(2017, 6, 6), date(2017, 6, 6))


def test_russia_puts_it_at_al_isba(seeds: Coding) -> None:
    main = [e for e in seeds.of("RT").events if e.main]
    assert len(main) == 1
    assert main[0].place is not None
    assert "Isba" in (main[0].place.mention.text + (main[0].place.place.name if main[0].place.place else ""))


def test_teaser_of_north_sinai_is_no_event(seeds: Coding) -> None:
    events = seeds.of("Global Media").events
    assert not [e for e in events if near(e, (31.0, 33.5), 200)]


def test_moscow_washington_damascus_speak(seeds: Coding) -> None:
    for c in seeds.coded:
        for e in c.events:
            name = e.place.place.name if e.place is not None and e.place.place is not None else ""
            assert name not in {"Moscow", "Washington"}


def test_every_event_says_why(seeds: Coding) -> None:
    for e in seeds.events:
        assert e.reason
        assert e.quote
        assert 0 < e.confidence <= 1


def test_quiet_gold_reports_give_nothing(gold: Coding) -> None:
    answers = read_gold(GOLD)["reports"]
    quiet = {i for i, g in answers.items() if not g["events"]}
    assert quiet
    assert [c.report.id for c in gold.coded if c.report.id in quiet and c.events] == []
