"""Small hand-built records: the strikes near Khusham as two papers tell them, and al-Tanf the year before."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from typing import Any

from gazetteer.place import Place
from geo.records import (
    IN_PLACE,
    UNKNOWN_TIME,
    ActorRef,
    Claim,
    Coded,
    Count,
    Event,
    Incident,
    Link,
    Mention,
    PlaceRef,
    Relation,
    Report,
    Toll,
    When,
)


def place(ident: str = "geonames:167899", name: str = "Khusham", **changes: Any) -> Place:
    khusham = Place(
        id=ident,
        name=name,
        lat=35.30088,
        lon=40.28916,
        country="SY",
        admin1="Deir ez-Zor",
        admin2=None,
        feature_class="P",
        feature="PPLA3",
        population=0,
        radius_km=2.0,
        source="GeoNames",
    )
    return replace(khusham, **changes)


KHUSHAM = place()
DEIR_EZ_ZOR = place(
    "geonames:170794", "Deir ez-Zor", lat=35.33588, lon=40.14084, population=242_565, radius_km=5.0
)
PROVINCE = place(
    "geonames:170792",
    "Deir ez-Zor",
    lat=35.0,
    lon=40.5,
    feature="ADM1",
    feature_class="A",
    radius_km=100.0,
)
TANF = place("conflictmap:at-tanf", "At Tanf", lat=33.4883, lon=38.6570, admin1="Homs", source="conflictmap")


def days(first: date, last: date | None = None) -> When:
    return When(
        first=first, last=last or first, precision="day" if last in (None, first) else "days", words=""
    )


def ref(where: Place | None = KHUSHAM, start: int = 0, **changes: Any) -> PlaceRef:
    name = "Nowhere" if where is None else where.name
    plain = PlaceRef(
        mention=Mention(start=start, end=start + len(name), text=name),
        literal=True,
        place=where,
        relation=IN_PLACE,
        lat=None if where is None else where.lat,
        lon=None if where is None else where.lon,
        radius_km=None if where is None else where.radius_km,
        where_prec=1,
        geo_precision=1,
        confidence=0.9,
        reason="the only place of this name in Syria",
    )
    return replace(plain, **changes)


def actor(ident: str | None = "us-coalition", name: str = "US-led coalition", **changes: Any) -> ActorRef:
    plain = ActorRef(
        id=ident,
        name=name,
        text=name,
        start=0,
        end=len(name),
        kind="external forces",
        side="coalition",
        country="US",
    )
    return replace(plain, **changes)


COALITION = actor()
REGIME = actor(
    "pro-government-forces", "Pro-government forces", kind="militia", side="government", country="SY"
)
SOHR = actor("sohr", "Syrian Observatory for Human Rights", kind="monitor", side=None, country="GB")


def claim(event: str, low: int | None = 100, high: int | None = 100, **changes: Any) -> Claim:
    plain = Claim(
        id=f"{event}/killed/{low}",
        measure="killed",
        count=Count(low=low, high=high, words=str(low), bound="about"),
        of="fighters",
        claimant=None,
        via=(),
        denied=False,
        superseded=False,
        cumulative=False,
        start=0,
        end=10,
        quote=f"About {low} died.",
        reason='"died" after a figure',
    )
    return replace(plain, **changes)


def event(ident: str, report: str, where: PlaceRef | None = None, **changes: Any) -> Event:
    plain = Event(
        id=ident,
        report=report,
        type="Explosions/Remote violence",
        sub_type="Air/drone strike",
        when=days(date(2018, 2, 7), date(2018, 2, 8)),
        place=where,
        initiators=(COALITION,),
        targets=(REGIME,),
        claims=(claim(ident),),
        main=True,
        denied=False,
        start=0,
        end=20,
        quote="Jets struck Khusham.",
        confidence=0.8,
        reason='"struck" with jets',
    )
    return replace(plain, **changes)


def report(ident: str, source: str | None, **changes: Any) -> Report:
    plain = Report(
        id=ident,
        source=source,
        title=f"Strikes, says {source}",
        published=days(date(2018, 2, 12)),
        url=f"https://example.org/{ident}",
        text=f"Jets struck Khusham. ({ident})",
        language="en",
        origin="seeds/a.md",
    )
    return replace(plain, **changes)


def coded() -> list[Coded]:
    """Give three reports: two of Khusham, one of al-Tanf and of a strike whose place is unknown."""
    near = ref(
        start=12, relation=Relation(kind="near", words="near"), where_prec=2, geo_precision=2, radius_km=10.0
    )
    told_by_sohr = claim("e2", 73, 73, claimant=SOHR, via=(actor("ap", "AP", kind="media"),), of=None)
    return [
        Coded(
            report=report("r1", "RT"), mentions=(ref(start=12),), events=(event("e1", "r1", ref(start=12)),)
        ),
        Coded(
            report=report("r2", "Reuters", published=days(date(2018, 2, 9))),
            mentions=(near, ref(None, start=40), ref(PROVINCE, start=60, literal=False)),
            events=(event("e2", "r2", near, claims=(told_by_sohr,)),),
        ),
        Coded(
            report=report("r3", "SANA", published=UNKNOWN_TIME, title=None, url=None),
            mentions=(ref(TANF, start=5), ref(PROVINCE, start=50)),
            events=(
                event(
                    "e3",
                    "r3",
                    ref(TANF, start=5),
                    when=days(date(2017, 6, 8)),
                    claims=(),
                    sub_type="Chemical weapon",
                ),
                event("e4", "r3", None, when=UNKNOWN_TIME, claims=(claim("e4", 55, None),), targets=()),
                event("e5", "r3", ref(PROVINCE, start=50, where_prec=4, geo_precision=3), claims=()),
            ),
        ),
    ]


def incident(ident: str, events: tuple[str, ...], **changes: Any) -> Incident:
    plain = Incident(
        id=ident,
        title="Air/drone strike, Khusham, 7-8 February 2018",
        type="Explosions/Remote violence",
        sub_type="Air/drone strike",
        when=days(date(2018, 2, 7), date(2018, 2, 8)),
        place=ref(),
        events=events,
        sources=("RT", "Reuters"),
        killed=Toll(low=73, high=100),
        injured=Toll(low=None, high=None),
        contested=("toll",),
        confidence=0.85,
        links=tuple(
            Link(left=left, right=right, score=0.9, reason="same night, 0 km apart, both name the coalition")
            for left, right in itertools.pairwise(events)
        ),
    )
    return replace(plain, **changes)


def incidents() -> list[Incident]:
    """Give the incidents of `coded`."""
    nothing = Toll(low=None, high=None)
    alone = {"sources": ("SANA",), "killed": nothing, "contested": (), "links": ()}
    return [
        incident("i1", ("e2", "e1")),
        incident(
            "i2",
            ("e3",),
            **alone,
            title="Chemical weapon, At Tanf, 8 June 2017",
            when=days(date(2017, 6, 8)),
            place=ref(TANF),
            sub_type="Chemical weapon",
        ),
        incident(
            "i3", ("e4",), **{**alone, "killed": Toll(low=55, high=None)}, place=None, when=UNKNOWN_TIME
        ),
        incident("i4", ("e5",), **alone, place=ref(PROVINCE, where_prec=4, geo_precision=3)),
    ]
