"""Synthetic accounts of incidents drawn from the UCDP GED distribution, made when asked for.

Incidents are drawn with replacement from the rows of a GED file: place and its precision, day, sides,
deaths. Each is told by one to five reports of about 120 words: the incident's own names and figures
among words of the theatre, places a little off, a day misread now and then. By default the days are
spread so that a day has as many incidents as in the file; dense worlds keep the file's days instead, so
that towns fill up as the number grows.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from benchmarks.drawn import Row, rows, vocabulary
from geo.records import ActorRef, Claim, Count, Event, Mention, PlaceRef, Relation, Report, When

DAYS = 90
"""Days that the file covers."""
VERSIONS = (1, 1, 1, 2, 2, 3, 4, 5)
SOURCES = tuple(f"Source {i}" for i in range(60))
RADIUS = {1: 2.0, 2: 10.0, 3: 20.0, 4: 60.0, 5: 100.0, 6: 300.0}
KINDS = (
    ("Battles", "Armed clash"),
    ("Explosions/Remote violence", "Air/drone strike"),
    ("Explosions/Remote violence", "Shelling/artillery/missile attack"),
    ("Violence against civilians", "Attack"),
)
SYLLABLES = (
    "ka",
    "ro",
    "mi",
    "sha",
    "del",
    "ter",
    "an",
    "ur",
    "bi",
    "lo",
    "ze",
    "far",
    "nu",
    "qas",
    "hej",
    "wad",
)
REPORT_WORDS = 110


def dice(*parts: object) -> random.Random:
    """Give a generator that the parts decide."""
    return random.Random(" ".join(map(str, parts)))  # noqa: S311 - no secret is made with it


class World:
    """Reports and events made when asked for, so that none need stay in memory."""

    def __init__(self, path: Path, events: int, *, dense: bool, seed: int = 11) -> None:
        self.rows = rows(path)
        self.words, self.weights = vocabulary()
        self.seed, self.number, self.dense = seed, events, dense
        self.span = DAYS if dense else max(DAYS, round(DAYS * events / len(self.rows) / 2.4))

    def accounts(self, start: int = 0) -> Iterator[tuple[int, Report, Event]]:
        """Yield incident, report and event, in an order that is not that of time or place."""
        made, incident = 0, start
        while made < self.number:
            for version in range(self.versions(incident)):
                if made == self.number:
                    return
                report, event = self.account(incident, version)
                yield incident, report, event
                made += 1
            incident += 1

    def versions(self, incident: int) -> int:
        """Give how many reports tell an incident."""
        return dice(self.seed, incident, "versions").choice(VERSIONS)

    def account(self, incident: int, version: int) -> tuple[Report, Event]:
        """Make one account."""
        own = dice(self.seed, incident)
        row = own.choice(self.rows)
        kind = own.choice(KINDS)
        shift = 0 if self.dense else own.randrange(max(1, self.span // DAYS)) * DAYS
        names = ["".join(own.choices(SYLLABLES, k=3)).capitalize() for _ in range(6)]
        deaths = max(row.deaths, own.choice((0, 1, 3, 7, 16, 41)))
        chance = dice(self.seed, incident, version)
        day = row.day + timedelta(days=shift + chance.choice((0, 0, 0, 0, 0, 1)))
        text, quote = self._text(chance, names, deaths)
        published = day + timedelta(days=chance.choice((0, 1, 1, 2)))
        identity = f"{incident:07d}-{version}"
        report = Report(
            id=f"r{identity}",
            source=chance.choice(SOURCES),
            title=None,
            url=None,
            text=text,
            published=When(first=published, last=published, precision="day"),
        )
        return report, _event(
            identity, row, kind, day, deaths + chance.choice((0, 0, 0, 1, 5)), quote, chance
        )

    def _text(self, chance: random.Random, names: list[str], deaths: int) -> tuple[str, str]:
        near, said = " and ".join(chance.sample(names, 3)), chance.choice(names)
        quote = f"At least {deaths} were killed near {near}, said {said}."
        filler = " ".join(chance.choices(self.words, cum_weights=self.weights, k=REPORT_WORDS))
        return f"{quote} {filler} {' '.join(chance.sample(names, 4))}.", quote


def _event(
    identity: str, row: Row, kind: tuple[str, str], day: date, deaths: int, quote: str, chance: random.Random
) -> Event:
    near = 0.01 if row.where_prec <= 2 else 0.0
    place = PlaceRef(
        mention=Mention(start=0, end=1, text=""),
        literal=True,
        place=None,
        relation=Relation(kind="in"),
        lat=row.lat + chance.uniform(-near, near),
        lon=row.lon + chance.uniform(-near, near),
        radius_km=RADIUS.get(row.where_prec, 300.0),
        where_prec=row.where_prec,
        geo_precision=1,
        confidence=1.0,
        reason="",
    )
    claim = Claim(
        id=f"c{identity}",
        measure="killed",
        count=Count(low=deaths, high=deaths, words=str(deaths)),
        of=None,
        claimant=None,
        via=(),
        denied=False,
        superseded=False,
        cumulative=False,
        start=0,
        end=len(quote),
        quote=quote,
        reason="",
    )
    sides = [ActorRef(id=s, name=s, text=s, start=-1, end=-1) for s in row.sides]
    return Event(
        id=f"e{identity}",
        report=f"r{identity}",
        type=kind[0],
        sub_type=kind[1],
        when=When(first=day, last=day, precision="day"),
        place=place,
        initiators=(sides[0],),
        targets=(sides[1],),
        claims=(claim,),
        main=True,
        denied=False,
        start=0,
        end=len(quote),
        quote=quote,
        confidence=0.8,
        reason="",
    )


class Reports(Mapping[str, Report]):
    """Reports by id, made anew whenever one is asked for."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __getitem__(self, identity: str) -> Report:
        """Make a report."""
        incident, _, version = identity[1:].partition("-")
        return self.world.account(int(incident), int(version))[0]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids."""
        return (r.id for _, r, _ in self.world.accounts())

    def __len__(self) -> int:
        """Count."""
        return self.world.number
