"""The coding of reports beside tools that only find names: megabytes a CPU second, and where the time goes.

Usage: python -m benchmarks.coding [--data FOLDER] [--rounds N] [--write]

FOLDER holds the corpora that the project is measured on (../shared/data); where it is absent, the reports
in `tests/gold` and `tests/gold_dev` stand in. Every way reads the same texts in one process, in turn, round
by round; a peer that is not installed is left out. `--write` keeps the tables in benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from benchmarks.results import keep, table
from gazetteer import Gazetteer
from geo import pipeline, reports
from geo.events.assemble import find_events
from geo.mentions.dates import find_dates
from geo.mentions.text import headline, read_text
from geo.mentions.toponyms import find_toponyms
from geo.places.refer import find_places
from geo.records import Report

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
CORPORA = {"Syria war, 15 outlets": "corpora/fakes.csv.gz", "local news (LGL)": "corpora/lgl.jsonl.gz"}
OWN = ("tests/gold/reports.jsonl", "tests/gold_dev/reports_a.jsonl", "tests/gold_dev/reports_b.jsonl")
WHOLE = "conflictmap: whole coding"

Way = Callable[[Report], object]


@dataclass(slots=True)
class Timed:
    """CPU seconds of a way over a corpus, a figure for each round."""

    name: str
    way: Way
    seconds: list[float] = field(default_factory=list)

    def run(self, read: list[Report]) -> None:
        """Read every report once."""
        start = time.process_time()
        for report in read:
            self.way(report)
        self.seconds.append(time.process_time() - start)


def main() -> None:
    """Measure, print and perhaps keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=SHARED)
    parser.add_argument("--rounds", type=int, default=3, help="of which the first also fills the caches")
    parser.add_argument("--write", action="store_true", help="keep the tables in benchmarks/RESULTS.md")
    asked = parser.parse_args()
    names = Gazetteer.open()
    parts = ["## Coding", f"{machine()} Made by `python -m benchmarks.coding --write`."]
    for title, files in corpora(asked.data).items():
        read = list(reports.read(files, on_problem=print))
        parts += [f"### {title}", told(names, read, asked.rounds)]
    section = "\n\n".join(parts)
    print(section)
    if asked.write:
        keep("coding", section)


def machine() -> str:
    """Say on what the figures were measured, and how busy it was."""
    load = os.getloadavg()[0]
    return (
        f"CPU seconds of one process; Python {platform.python_version()}, {os.cpu_count()} cores "
        f"({platform.machine()}), load average {load:.1f} at the start: take the ratios, not the values."
    )


def corpora(data: Path) -> dict[str, list[str]]:
    """Return the files of each corpus that is there, else the project's own reports."""
    there = {title: [str(data / file)] for title, file in CORPORA.items() if (data / file).exists()}
    return there or {"the project's own reports": [str(ROOT / file) for file in OWN]}


def told(names: Gazetteer, read: list[Report], rounds: int) -> str:
    """Measure every way over a corpus in turn, and write what was found."""
    ways = [Timed(name, way) for name, way in (*own(names).items(), *peers().items())]
    for _ in range(rounds):
        for way in ways:
            way.run(read)
    size = sum(len(r.text.encode()) for r in read) / 1e6
    fast = next(way for way in ways if way.name == WHOLE)
    rows = [row(way, fast, size, len(read)) for way in ways]
    head = ("way", "MB/s best", "MB/s median", "reports/s median", "time of whole coding, best", "median")
    shares = ", ".join(f"{stage} {share:.0%}" for stage, share in stages(names, read).items())
    return (
        f"{len(read):,} reports, {size:.2f} MB, {rounds} rounds.\n\n{table(head, rows)}\n\n"
        f"Where the time of the whole coding goes: {shares}."
    )


def row(way: Timed, whole: Timed, size: float, count: int) -> tuple[str, ...]:
    """Write a way's speed, and its time as a share of the whole coding's."""
    best, median = min(way.seconds), statistics.median(way.seconds)
    return (
        way.name,
        f"{size / best:.2f}",
        f"{size / median:.2f}",
        f"{count / median:,.0f}",
        f"{best / min(whole.seconds):.2f}",
        f"{median / statistics.median(whole.seconds):.2f}",
    )


def own(names: Gazetteer) -> dict[str, Way]:
    """Return what the project does with a report: each way holds the ones above it."""
    return {
        "conflictmap: place names": lambda r: find_toponyms(names, read_text(r)),
        "conflictmap: places, decided": lambda r: find_places(names, read_text(r)),
        WHOLE: lambda r: pipeline.code(names, r),
    }


def peers() -> dict[str, Way]:
    """Return the installed tools that find names or words; none of them decides a place or reads an event."""
    found: dict[str, Way] = {}
    if find_spec("flashgeotext"):
        from benchmarks.lookups import Flash

        flash = Flash()
        found["flashgeotext: names"] = lambda r: flash.scan(r.text)
    if find_spec("geotext"):
        from geotext import GeoText

        found["geotext: names"] = lambda r: GeoText(r.text)
    if find_spec("spacy"):
        import spacy

        blank = spacy.blank("en")
        found["spaCy, blank: words only"] = lambda r: blank(r.text)
    return found


STAGES = ("sentences", "dates", "places", "events and claims")


def stages(names: Gazetteer, read: list[Report]) -> dict[str, float]:
    """Return each stage's share of the time of a run with full caches."""
    spent = dict.fromkeys(STAGES, 0.0)
    for report in read:
        marks = clocked(names, report)
        for stage, (start, end) in zip(STAGES, pairwise(marks), strict=True):
            spent[stage] += end - start
    total = sum(spent.values())
    return {stage: seconds / total for stage, seconds in spent.items()}


def clocked(names: Gazetteer, report: Report) -> list[float]:
    """Code a report step by step as `pipeline.code` does, and return the CPU clock between the steps."""
    marks = [time.process_time()]
    document, title = read_text(report), headline(report) if report.title else None
    marks.append(time.process_time())
    dates = find_dates(document)
    marks.append(time.process_time())
    places = find_places(names, document)
    above = (title, find_places(names, title)) if title else None
    marks.append(time.process_time())
    find_events(document, places, dates, above)
    return [*marks, time.process_time()]


if __name__ == "__main__":
    main()
