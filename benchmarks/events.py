"""How well real reports are coded: strikes in Syria (Airwars) and shootings in the United States (GVA).

Usage: python -m benchmarks.events DATA [--part open|held] [--write]

DATA holds `airwars_syria_dev.jsonl.gz` and `gva_dev.jsonl.gz`. Half of each, by a digest of the incident's
name, is the held part: rules are tuned on the open half alone.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.results import keep, table
from gazetteer import Gazetteer
from geo import pipeline
from geo.records import Event
from geo.reports import from_text

NEAR_KM = 15.0
LONGEST = timedelta(days=3)
"""A day is told where the interval is no longer."""
SLACK = timedelta(days=1)
"""Night strikes are filed under either day."""
PARTS = {"children", "women"}
MEASURES = ("killed", "injured")
SHOWN = 250
Row = Mapping[str, Any]
NOTE = """Made by `python -m benchmarks.events DATA --write` from texts that are not part of the project. Half
of each corpus, by incident, is the held half: it was never read, nor were its errors; the open half
may be.

* **Strikes in Syria**: English source texts of the Airwars archive (159), each with the incidents
  it was filed under. Found: an event on the day, give or take one (strikes by night; its interval
  is three days long at most), and within 15 km. The texts have lost their day of publication; the
  day after the incident stands in for it, or a bare weekday would mean nothing. Killed, injured: of
  the incidents found, those with a figure of their own inside the archive's range of civilians, or
  of civilians and fighters together; asked only where the archive gives one. The archive counts
  what all its sources say together, so that one text need not hold the figure; some texts are pages
  that no longer load, or speak of the incident in passing.
* **Shootings in the United States**: articles of the Gun Violence Archive's incidents. Right: the
  highest figure of the main event is the archive's; no figure means none. Many are reports of a
  trial or of a child's accident, name the dead one by one without a number, or were written before
  a victim died."""


def main() -> None:
    """Score both corpora, print and perhaps keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--part", choices=("open", "held"), help="one half only")
    parser.add_argument("--misses", action="store_true", help="tell what the open half misses")
    parser.add_argument("--write", action="store_true", help="keep the table in benchmarks/RESULTS.md")
    asked = parser.parse_args()
    names = Gazetteer.open()
    parts = (asked.part,) if asked.part else ("open", "held")
    scores = [(p, *_scores(names, asked.data, p, tell=asked.misses and p == "open")) for p in parts]
    strikes = [_strike_row(p, a) for p, a, _ in scores]
    shootings = [_shooting_row(p, g) for p, _, g in scores]
    section = "\n\n".join(
        (
            "## Real reports",
            NOTE,
            table(("Syria", "texts", "incident found", "killed in range", "injured in range"), strikes),
            table(("United States", "texts", "killed right", "injured right", "both"), shootings),
        )
    )
    print(section)
    if asked.write:
        keep("events", section)


def _scores(names: Gazetteer, data: Path, part: str, *, tell: bool) -> tuple[Counter[str], Counter[str]]:
    strikes: Counter[str] = Counter()
    for row in rows(data / "airwars_syria_dev.jsonl.gz"):
        if part_of(min(row["incident_ids"])) == part:
            strikes += _strikes(names, row, tell=tell)
    shootings: Counter[str] = Counter()
    for row in rows(data / "gva_dev.jsonl.gz"):
        if part_of(row["incident_uri"]) == part:
            shootings += _shootings(names, row, tell=tell)
    return strikes, shootings


def rows(path: Path) -> Iterator[Row]:
    """Read a corpus line by line."""
    with gzip.open(path, "rt", encoding="utf-8") as f:
        yield from map(json.loads, f)


def part_of(identity: str) -> str:
    """Return the half an incident is in: all its texts go together."""
    return ("open", "held")[hashlib.blake2s(identity.encode(), digest_size=2).digest()[0] % 2]


def _coded(names: Gazetteer, text: str, title: str | None, published: str, source: str) -> Sequence[Event]:
    return pipeline.code(names, from_text(text, title=title, published=published, source=source)).events


def _strikes(names: Gazetteer, row: Row, *, tell: bool) -> Counter[str]:
    """Count, over the incidents a text is filed under, those found and those with their figures."""
    n = Counter(texts=1)
    for gold in (g for g in row["gold"] if g["lat"] is not None):
        day = date.fromisoformat(gold["date"])
        published = (day + timedelta(days=1)).isoformat()
        events = _coded(names, row["text"], None, published, row["host"])
        found = [e for e in events if _on(e, day) and _near(e, gold["lat"], gold["lon"])]
        n["incidents"] += 1
        n["found"] += bool(found)
        if tell and not found:
            print(
                "MISS", day, gold["location"], gold["lat"], gold["lon"], row["text"][:300].replace("\n", " ")
            )
            print("   ", [(e.sub_type, e.place and e.place.mention.text, str(e.when.first)) for e in events])
        for measure, civil, armed in (
            ("killed", "civ_killed", "mil_killed"),
            ("injured", "civ_injured", "mil_injured"),
        ):
            low, high = _range(gold, civil, armed)
            if found and low is not None:
                n[f"{measure} asked"] += 1
                n[measure] += any(low <= x <= high for e in found for x in _figures(e, measure))
    return n


def _range(gold: Row, civil: str, armed: str) -> tuple[int | None, int]:
    """Return the range of civilians harmed, its upper end with the fighters among them."""
    low, high = gold[civil]
    if low is None:
        return None, 0
    return low, high + (gold[armed][1] or 0)


def _shootings(names: Gazetteer, row: Row, *, tell: bool) -> Counter[str]:
    """Count the articles of a shooting whose main event has the archive's figures."""
    n: Counter[str] = Counter()
    for doc in row["docs"]:
        if not doc["dct"] or not doc["text"].strip():
            continue
        events = _coded(names, doc["text"], doc["title"], doc["dct"], "news")
        main_event = next((e for e in events if e.main), None)
        told = {m: max(_figures(main_event, m), default=0) for m in MEASURES}
        right = {m: told[m] == row[f"num_{m}"] for m in MEASURES}
        n += Counter(texts=1, killed=right["killed"], injured=right["injured"], both=all(right.values()))
        if tell and not all(right.values()):
            print(row["num_killed"], row["num_injured"], told, repr(doc["text"][:SHOWN]))
    return n


def _on(event: Event, day: date) -> bool:
    first, last = event.when.first, event.when.last
    if first is None or last is None or last - first > LONGEST:
        return False
    return first - SLACK <= day <= last + SLACK


def _near(event: Event, lat: float, lon: float) -> bool:
    place = event.place
    if place is None or place.lat is None or place.lon is None:
        return False
    p, q = math.radians(place.lat), math.radians(lat)
    h = math.sin((q - p) / 2) ** 2
    h += math.cos(p) * math.cos(q) * math.sin(math.radians(lon - place.lon) / 2) ** 2
    return 12742.0 * math.asin(math.sqrt(h)) <= NEAR_KM


def _figures(event: Event | None, measure: str) -> list[int]:
    """Return the figures of an event itself: none that was replaced, is of a longer time or counts a part."""
    own = [c for c in event.claims if not (c.superseded or c.cumulative or c.of in PARTS)] if event else []
    return [c.count.low for c in own if c.measure == measure and c.count.low is not None]


def _share(n: Counter[str], part: str, whole: str) -> str:
    return f"{n[part] / n[whole]:.2f} ({n[part]}/{n[whole]})" if n[whole] else "–"


def _strike_row(part: str, n: Counter[str]) -> tuple[str, ...]:
    return (
        part,
        str(n["texts"]),
        _share(n, "found", "incidents"),
        _share(n, "killed", "killed asked"),
        _share(n, "injured", "injured asked"),
    )


def _shooting_row(part: str, n: Counter[str]) -> tuple[str, ...]:
    return (part, str(n["texts"]), *(_share(n, m, "texts") for m in ("killed", "injured", "both")))


if __name__ == "__main__":
    main()
