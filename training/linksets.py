"""Events whose incidents are known: the gold reports as coded and as written, gun violence reports, strike reports."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gazetteer import Gazetteer
from geo.actors import registry
from geo.incidents.reading import checksum
from geo.pipeline import code
from geo.records import IN_PLACE, ActorRef, Claim, Count, Event, Mention, PlaceRef, Report, When
from geo.reports import from_text
from geo.scoring import fit
from training.partition import b_cubed, pair_scores

FOLDS = 5
GoldReport = tuple[Report, Sequence[Mapping[str, Any]]]
"""A report and its gold events."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkSet:
    """Reports, their events, and what is known of them."""

    name: str
    reports: Mapping[str, Report]
    events: Sequence[Event]
    truth: Mapping[str, frozenset[str]]
    """Incidents of each event id; not there where nobody knows."""
    of_report: Mapping[str, frozenset[str]]
    """Every incident that a report id tells of; not there where that is not known."""
    fold: Mapping[str, int]
    """Fold of each event id."""
    units: Mapping[str, tuple[str, str]]
    """What is scored: a name to the event that stands for it (empty: none found) and its incident."""

    def measured(self, group_of: Mapping[str, str]) -> dict[str, float]:
        """Return B³ and pairwise scores of groups of event ids."""
        gold = {u: incident for u, (_, incident) in self.units.items()}
        found = {u: group_of.get(e, f"alone {u}") for u, (e, _) in self.units.items()}
        return b_cubed(gold, found) | pair_scores(gold, found)


def fold_of(name: str) -> int:
    """Return a fold by content, the same on every machine."""
    return int(hashlib.blake2s(name.encode(), digest_size=4).hexdigest(), 16) % FOLDS


def read_sets(events: Path, golds: Sequence[Path]) -> Iterator[LinkSet]:
    """Yield the training sets.

    Parameters
    ----------
    events
        Folder of the texts that are for evaluation only.
    golds
        Folders of gold reports; their train part is read.
    """
    gazetteer = Gazetteer.open(None)
    known = [r for folder in golds for r in _gold(folder, "train")]
    yield gold_coded(gazetteer, known)
    yield gold_written(known)
    yield gun_violence(gazetteer, events)
    yield strikes(gazetteer, events)
    yield neighbours(events)


def _gold(folder: Path, split: str) -> Iterator[GoldReport]:
    for path in sorted(folder.glob("gold*.json")):
        known = json.loads(path.read_text("utf-8"))["reports"]
        reports = path.with_name(path.name.replace("gold", "reports") + "l").read_text("utf-8")
        for r in map(json.loads, reports.splitlines()):
            if known[r["id"]]["split"] == split:
                fields = {k: r[k] for k in ("source", "title", "published", "url", "id")}
                yield from_text(r["text"], **fields), known[r["id"]]["events"]


def gold_coded(gazetteer: Gazetteer, gold: Sequence[GoldReport]) -> LinkSet:
    """Return the events that coding finds in the gold reports; each that fits a gold event bears its incident."""
    reports, events, truth, of_report, fold, units = {}, [], {}, {}, {}, {}
    for report, known in gold:
        reports[report.id] = report
        of_report[report.id] = frozenset(g["incident"] for g in known)
        coded = code(gazetteer, report)
        found = _matched(known, coded.events)
        for i, g in enumerate(known):
            units[f"{report.id} {i}"] = (found[i].id if i in found else "", g["incident"])
        for e in coded.events:
            events.append(e)
            fold[e.id] = fold_of(_group(report.id))
            fits = [(s, g["incident"]) for g in known if (s := fit(g, e)) is not None]
            if fits:
                truth[e.id] = frozenset({max(fits)[1]})
        truth |= {e.id: frozenset({known[i]["incident"]}) for i, e in found.items()}
    return LinkSet(
        name="gold", reports=reports, events=events, truth=truth, of_report=of_report, fold=fold, units=units
    )


def _group(identity: str) -> str:
    """Return the group of reports about the same incidents ("b01" of "b01a")."""
    return identity.rstrip("abcdef") if not identity.startswith("seed") else "seed"


def _matched(known: Sequence[Mapping[str, Any]], events: Sequence[Event]) -> dict[int, Event]:
    fits = sorted(
        (
            (s, i, j)
            for i, g in enumerate(known)
            for j, e in enumerate(events)
            if (s := fit(g, e)) is not None
        ),
        reverse=True,
    )
    found: dict[int, Event] = {}
    taken: set[int] = set()
    for _, i, j in fits:
        if i not in found and j not in taken:
            found[i] = events[j]
            taken.add(j)
    return found


def gold_written(gold: Sequence[GoldReport]) -> LinkSet:
    """Return the gold events themselves, as if coding had been perfect."""
    reports, events, truth, of_report, fold, units = {}, [], {}, {}, {}, {}
    for report, known in gold:
        reports[report.id] = report
        of_report[report.id] = frozenset(g["incident"] for g in known)
        for i, g in enumerate(known):
            e = written(report, i, g)
            events.append(e)
            truth[e.id] = frozenset({g["incident"]})
            fold[e.id] = fold_of(_group(report.id))
            units[f"{report.id} {i}"] = (e.id, g["incident"])
    return LinkSet(
        name="gold events",
        reports=reports,
        events=events,
        truth=truth,
        of_report=of_report,
        fold=fold,
        units=units,
    )


def written(report: Report, i: int, g: Mapping[str, Any]) -> Event:
    """Make the record of a gold event."""
    first, last = (dt.date.fromisoformat(g[k]) for k in ("date_from", "date_to"))
    identity = f"{report.id}-{i}"
    quotes = [c["quote"] for c in g["claims"]]
    start = min((report.text.find(q) for q in quotes if q in report.text), default=-1)
    start = start if start >= 0 else max(0, report.text.find(g["place"]))
    sentence = (
        max(0, report.text.rfind(".", 0, start) + 1),
        report.text.find(".", start) + 1 or len(report.text),
    )
    return Event(
        id=identity,
        report=report.id,
        type=g["type"],
        sub_type=g["sub_type"],
        when=When(first=first, last=last, precision="day" if first == last else "days"),
        place=_place(g),
        initiators=tuple(_actor(n) for n in g["initiators"]),
        targets=tuple(_actor(n) for n in g["targets"]),
        claims=tuple(_claim(identity, k, c) for k, c in enumerate(g["claims"])),
        main=g["main"],
        denied=False,
        start=sentence[0],
        end=sentence[1],
        quote=report.text[slice(*sentence)],
        confidence=1.0,
        reason="gold",
    )


def _place(g: Mapping[str, Any]) -> PlaceRef:
    point = g["tolerance_km"] <= 30
    return PlaceRef(
        mention=Mention(start=0, end=0, text=g["place"]), literal=True, place=None, relation=IN_PLACE, lat=g["lat"], lon=g["lon"],
        radius_km=2.0 if point else float(g["tolerance_km"]), where_prec=1 if point else 6, geo_precision=1 if point else 3,
        confidence=1.0, reason="gold",
    )  # fmt: skip


def _actor(name: str) -> ActorRef:
    match = next(iter(registry().find(name)), None)
    identity = getattr(match, "id", None) or (registry().pick(match) if match else None)
    return ActorRef(id=identity, name=name, text=name, start=-1, end=-1)


def _claim(event: str, k: int, c: Mapping[str, Any]) -> Claim:
    return Claim(
        id=f"{event}-{k}", measure=c["measure"], count=Count(low=c["low"], high=c["high"], words=""), of=c["of"], claimant=_actor(c["claimant"]),
        via=(), denied=False, superseded=bool(c.get("superseded")), cumulative=False, start=0, end=0, quote=c["quote"], reason="gold",
    )  # fmt: skip


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as f:
        yield from map(json.loads, f)


def gun_violence(gazetteer: Gazetteer, path: Path) -> LinkSet:
    """Return the main event of each dated article on a shooting; folds by town."""
    coded = []
    for d in _lines(path / "gva_dev.jsonl.gz"):
        for x in d["docs"]:
            if x["text"].strip():
                host = x["uri"].rsplit("://", 1)[-1].split("/")[0]
                report = from_text(
                    x["text"],
                    source=host,
                    title=x["title"],
                    published=x["dct"],
                    id=f"gva-{d['incident_uri']}-{x['id']}",
                )
                coded.append(
                    (
                        frozenset({d["incident_uri"]}),
                        f"{d['city_or_county']}, {d['state']}",
                        code(gazetteer, report),
                    )
                )
    return _by_main("gva", coded)


def strikes(gazetteer: Gazetteer, path: Path) -> LinkSet:
    """Return the main event of each text on a strike; folds by month.

    The texts come without their day of publication; the day after the strike stands for it.
    """
    coded = []
    for d in _lines(path / "airwars_syria_dev.jsonl.gz"):
        day = dt.date.fromisoformat(d["gold"][0]["date"])
        identity = f"air-{checksum(d['url']):08x}"
        report = from_text(d["text"], source=d.get("pub_host") or d["host"], title=d["title"], id=identity)
        shown = day + dt.timedelta(days=1)
        report = replace(report, published=When(first=shown, last=shown, precision="day"))
        coded.append((frozenset(d["incident_ids"]), f"{day:%Y-%m}", code(gazetteer, report)))
    return _by_main("airwars", coded)


def neighbours(path: Path) -> LinkSet:
    """Return the rows of UCDP GED for Syria, each told by its source's headline: events of a dense war, all different.

    They teach what a model of scattered incidents cannot know: that one town has several on one day.
    """
    reports, events, truth, of_report, fold = {}, [], {}, {}, {}
    with gzip.open(path / "ged_syria_2018q1.csv.gz", "rt", encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            report, event = _ged(row)
            reports[report.id] = report
            events.append(event)
            of_report[report.id] = of_report.get(report.id, frozenset()) | {event.id}
            truth[event.id] = frozenset({event.id})
            fold[event.id] = fold_of(row["date_start"])
    units = {e.id: (e.id, e.id) for e in events}
    return LinkSet(
        name="ged", reports=reports, events=events, truth=truth, of_report=of_report, fold=fold, units=units
    )


def _ged(row: Mapping[str, str]) -> tuple[Report, Event]:
    """Make a report of a row's headline, and its event; the type of violence stands for the type."""
    identity = f"ged-{int(float(row['id']))}"
    day = dt.date.fromisoformat(row["date_start"][:10])
    last = dt.date.fromisoformat(row["date_end"][:10])
    told = day if not row["source_date"] else dt.date.fromisoformat(row["source_date"][:10])
    text = f"{row['source_headline']}. {row['side_a']}, {row['side_b']}."
    article = f"{row['source_office']} {row['source_date']} {row['source_headline']}"
    report = from_text(
        text, source=row["source_office"] or None, published=told, id=f"ged-{checksum(article):08x}"
    )
    kind = (
        ("Violence against civilians", "Attack")
        if row["type_of_violence"].startswith("3")
        else ("Battles", "Armed clash")
    )
    precision = int(float(row["where_prec"]))
    g = {
        "type": kind[0], "sub_type": kind[1], "date_from": str(day), "date_to": str(last), "main": True,
        "initiators": [row["side_a"]], "targets": [row["side_b"]], "place": row["where_coordinates"],
        "lat": float(row["latitude"]), "lon": float(row["longitude"]), "tolerance_km": 20 if precision <= 2 else 80,
        "claims": [{"measure": "killed", "low": int(float(row["best"])), "high": None, "of": None, "claimant": "", "quote": text}],
    }  # fmt: skip
    return report, replace(written(report, 0, g), id=identity)


def _by_main(name: str, coded: Sequence[tuple[frozenset[str], str, Any]]) -> LinkSet:
    reports, events, truth, of_report, fold, units = {}, [], {}, {}, {}, {}
    for incidents, group, c in coded:
        reports[c.report.id] = c.report
        of_report[c.report.id] = incidents
        main = next((e for e in c.events if e.main), None)
        units[c.report.id] = (main.id if main else "", min(incidents))
        for e in c.events:
            events.append(e)
            fold[e.id] = fold_of(group)
        if main:
            truth[main.id] = incidents
    return LinkSet(
        name=name, reports=reports, events=events, truth=truth, of_report=of_report, fold=fold, units=units
    )
