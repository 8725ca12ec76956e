"""Time and memory of linking, and how they grow, on synthetic accounts drawn from the UCDP GED distribution.

Usage: python benchmarks/incidents.py GED.csv.gz [--sizes 10000,100000,1000000] [--dense] [--whole] [--add]

Incidents are drawn with replacement from the rows of a GED file: place and its precision, day, sides,
deaths. Each is told by one to five reports of about 120 words: the incident's own names and figures
among words of the theatre, places a little off, a day misread now and then. By default the days are
spread so that a day has as many incidents as in the file; `--dense` keeps the file's days instead, so
that towns fill up as the number grows. Each size runs in a process of its own; `cpu` is its user and
system time, `peak` its largest resident size. `--whole` makes the incident records too (all events in
memory); `--add` links 100 further reports into a project of the size. B³ and pairs tell whether speed
was bought with errors.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

sys.path[0] = str(Path(__file__).resolve().parents[1])  # gazetteer.py beside this file would hide the package

from geo import lexicons  # noqa: E402 - after the path is set
from geo.records import (  # noqa: E402 - after the path is set
    ActorRef,
    Claim,
    Count,
    Event,
    Mention,
    PlaceRef,
    Relation,
    Report,
    When,
)

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


class Row(NamedTuple):
    """What is drawn from the file."""

    day: date
    lat: float
    lon: float
    where_prec: int
    sides: tuple[str, str]
    deaths: int


def rows(path: Path) -> list[Row]:
    """Read the file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as f:
        return [
            Row(
                day=date.fromisoformat(r["date_start"][:10]),
                lat=float(r["latitude"]),
                lon=float(r["longitude"]),
                where_prec=int(float(r["where_prec"])),
                sides=(r["side_a"], r["side_b"]),
                deaths=int(float(r["best"])),
            )
            for r in csv.DictReader(f)
        ]


def dice(*parts: object) -> random.Random:
    """Give a generator that the parts decide."""
    return random.Random(" ".join(map(str, parts)))  # noqa: S311 - no secret is made with it


def vocabulary() -> tuple[list[str], list[float]]:
    """Give words and how often they stand, so that made-up reports share as much as real ones do."""
    counted = {
        row["word"]: float(row["reports"]) for _, row in lexicons.rows("link_words.csv", "word", "reports")
    }
    words = sorted(w for w in counted if w.isalpha() and len(w) > 2)
    return words, list(accumulate(counted[w] for w in words))


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


def run(path: Path, number: int, *, dense: bool, whole: bool, add: bool) -> dict[str, Any]:
    """Link one size in this process and tell time, memory and rightness."""
    from geo.incidents.columns import columns
    from geo.incidents.link import link

    world = World(path, number, dense=dense)
    start, made = time.perf_counter(), time.process_time()
    for _ in world.accounts():
        pass
    making = time.process_time() - made
    before, cpu = time.perf_counter(), time.process_time()
    groups, links = link(columns(Reports(world), (e for _, _, e in world.accounts())))
    told = {
        "events": number,
        "incidents": len(groups),
        "links": len(links),
        "wall s": round(time.perf_counter() - before, 1),
        "cpu s": round(time.process_time() - cpu - 2 * making, 1),
        "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **_right(groups),
    }
    if whole:
        told |= _records(world)
    if add:
        told |= _added(world)
    del start
    return told


def _right(groups: list[list[str]]) -> dict[str, float]:
    size: dict[str, int] = {}
    for g in groups:
        for e in g:
            size[e[1:8]] = size.get(e[1:8], 0) + 1
    p = r = n = together = both = 0.0
    for g in groups:
        inside: dict[str, int] = {}
        for e in g:
            inside[e[1:8]] = inside.get(e[1:8], 0) + 1
        together += len(g) * (len(g) - 1) / 2
        for key, k in inside.items():
            p, r, n = p + k * k / len(g), r + k * k / size[key], n + k
            both += k * (k - 1) / 2
    gold = sum(k * (k - 1) / 2 for k in size.values())
    precision, recall = both / max(1.0, together), both / max(1.0, gold)
    return {
        "B3": round(2 * p * r / n / (p + r), 3),
        "pairs F1": round(2 * precision * recall / max(1e-9, precision + recall), 3),
    }


def _records(world: World) -> dict[str, Any]:
    from geo.incidents import find_incidents

    kept = list(world.accounts())
    reports, events = {r.id: r for _, r, _ in kept}, [e for _, _, e in kept]
    cpu = time.process_time()
    incidents = find_incidents(reports, events)
    return {
        "records cpu s": round(time.process_time() - cpu, 1),
        "records": len(incidents),
        "records peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def _added(world: World) -> dict[str, Any]:
    from geo.incidents import find_incidents, relink

    kept = list(world.accounts())
    reports, events = {r.id: r for _, r, _ in kept}, [e for _, _, e in kept]
    new = {r.id for _, r, _ in kept[:: max(1, len(kept) // 100)][:100]}
    old = find_incidents(reports, [e for e in events if e.report not in new])
    cpu = time.process_time()
    again = relink(reports, events, old, [e.id for e in events if e.report in new])
    took = time.process_time() - cpu
    return {"add 100 cpu s": round(took, 2), "add same": again == find_incidents(reports, events)}


def main() -> None:
    """Run each size in a process of its own and print a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ged", type=Path)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    parser.add_argument("--dense", action="store_true")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--add", action="store_true")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    sizes = [int(n) for n in given.sizes.split(",")]
    if given.one:
        print(json.dumps(run(given.ged, sizes[0], dense=given.dense, whole=given.whole, add=given.add)))
        return
    marks = [f"--{m}" for m in ("dense", "whole", "add") if getattr(given, m)]
    for n in sizes:
        own = [sys.executable, __file__, str(given.ged), "--sizes", str(n), "--one", *marks]
        told = json.loads(subprocess.run(own, check=True, capture_output=True, text=True).stdout)
        print("  ".join(f"{k} {v:,}" if isinstance(v, (int, float)) else f"{k} {v}" for k, v in told.items()))


if __name__ == "__main__":
    main()
