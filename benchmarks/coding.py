"""The coding of reports beside tools that only find names: megabytes a CPU second, and where the time goes.

Usage: python -m benchmarks.coding [--data FOLDER] [--rounds N] [--write]

FOLDER holds the corpora that the project is measured on (data/); where it is absent, the reports
in `tests/gold` and `tests/gold_dev` stand in. The ways take turns, round by round. Each run is a process of
its own that opens what it needs, reads one sample report, and is measured from there on: its caches hold
nothing of the corpus, as with new reports; a second reading of the same texts would be flattered by them.
A peer that is not installed is left out. `--write` keeps the tables in benchmarks/RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
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
DATA = ROOT / "data"
CORPORA = {"Syria war, 15 outlets": "corpora/fakes.csv.gz", "local news (LGL)": "corpora/lgl.jsonl.gz"}
OWN = ("tests/gold/reports.jsonl", "tests/gold_dev/reports_a.jsonl", "tests/gold_dev/reports_b.jsonl")
SAMPLE = ROOT / "seeds" / "2018-02-09-rt.md"
WHOLE = "conflictmap: whole coding"

Way = Callable[[Report], object]


def main() -> None:
    """Measure, print and perhaps keep the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="keep the tables in benchmarks/RESULTS.md")
    parser.add_argument("--one", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(alone(asked.one[0], asked.one[1:])))
        return
    parts = ["## Coding", f"{machine()} Made by `python -m benchmarks.coding --write`."]
    for title, files in corpora(asked.data).items():
        parts += [f"### {title}", told(files, asked.rounds)]
    section = "\n\n".join(parts)
    print(section)
    if asked.write:
        keep("coding", section)


def alone(name: str, files: list[str]) -> list[float]:
    """Return the CPU seconds of a way, or of each stage, over a corpus it has not seen."""
    (sample,) = reports.read([str(SAMPLE)], on_problem=quiet)
    read = corpus(files)
    if name == STAGES:
        opened = Gazetteer.open()
        clocked(opened, sample)
        return [sum(column) for column in zip(*(clocked(opened, r) for r in read), strict=True)]
    way = WAYS[name]()
    way(sample)
    start = time.process_time()
    for report in read:
        way(report)
    return [time.process_time() - start]


def quiet(_: object) -> None:
    """Pass over what is odd in a corpus."""


def corpus(files: list[str]) -> list[Report]:
    """Read the reports of a corpus."""
    return list(reports.read(files, on_problem=quiet))


def apart(name: str, files: list[str]) -> list[float]:
    """Measure in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.coding", "--one", name, *files]
    return list(
        json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)
    )


def machine() -> str:
    """Say on what the figures were measured, and how busy it was."""
    load = os.getloadavg()[0]
    return (
        f"CPU seconds of one process; Python {platform.python_version()}, {os.cpu_count()} cores "
        f"({platform.machine()}), load average {load:.1f} at the start: take the ratios, not the values. "
        "Each run is a process of its own that has not met the texts before."
    )


def corpora(data: Path) -> dict[str, list[str]]:
    """Return the files of each corpus that is there, else the project's own reports."""
    there = {title: [str(data / file)] for title, file in CORPORA.items() if (data / file).exists()}
    return there or {"the project's own reports": [str(ROOT / file) for file in OWN]}


def told(files: list[str], rounds: int) -> str:
    """Measure every way over a corpus in turn, and write what was found."""
    seconds: dict[str, list[float]] = {name: [] for name in WAYS if installed(name)}
    for _ in range(rounds):
        for name in seconds:
            seconds[name] += apart(name, files)
    read = corpus(files)
    size = sum(len(r.text.encode()) for r in read) / 1e6
    rows = [row(name, spent, seconds[WHOLE], size, len(read)) for name, spent in seconds.items()]
    head = ("way", "MB/s best", "MB/s median", "reports/s median", "time of whole coding, best", "median")
    spent = apart(STAGES, files)
    shares = ", ".join(f"{n} {s / sum(spent):.0%}" for n, s in zip(STAGE_NAMES, spent, strict=True))
    return (
        f"{len(read):,} reports, {size:.2f} MB, {rounds} rounds.\n\n{table(head, rows)}\n\n"
        f"Where the time of the whole coding goes: {shares}."
    )


def row(name: str, spent: list[float], whole: list[float], size: float, count: int) -> tuple[str, ...]:
    """Write a way's speed, and its time as a share of the whole coding's."""
    best, median = min(spent), statistics.median(spent)
    return (
        name,
        f"{size / best:.2f}",
        f"{size / median:.2f}",
        f"{count / median:,.0f}",
        f"{best / min(whole):.2f}",
        f"{median / statistics.median(whole):.2f}",
    )


def installed(name: str) -> bool:
    """Tell whether a way can be measured here."""
    return name not in PEERS or find_spec(PEERS[name]) is not None


def finding() -> Way:
    """Find place names."""
    names = Gazetteer.open()
    return lambda r: find_toponyms(names, read_text(r))


def deciding() -> Way:
    """Find place names and decide which places they mean."""
    names = Gazetteer.open()
    return lambda r: find_places(names, read_text(r))


def coding() -> Way:
    """Read places, events and claims."""
    names = Gazetteer.open()
    return lambda r: pipeline.code(names, r)


def flashgeotext() -> Way:
    """Find names of cities and countries with flashgeotext."""
    from benchmarks.lookups import Flash

    flash = Flash()
    return lambda r: flash.scan(r.text)


def geotext() -> Way:
    """Find names of cities and countries with geotext."""
    from geotext import GeoText

    return lambda r: GeoText(r.text)


def spacy_blank() -> Way:
    """Cut a text into words with spaCy's English rules: the floor under every pipeline of spaCy."""
    import spacy

    blank = spacy.blank("en")
    return lambda r: blank(r.text)


WAYS: dict[str, Callable[[], Way]] = {
    "conflictmap: place names": finding,
    "conflictmap: places, decided": deciding,
    WHOLE: coding,
    "flashgeotext: names": flashgeotext,
    "geotext: names": geotext,
    "spaCy, blank: words only": spacy_blank,
}
PEERS = {
    "flashgeotext: names": "flashgeotext",
    "geotext: names": "geotext",
    "spaCy, blank: words only": "spacy",
}
"""Packages of the ways that are not the project's; none decides a place or reads an event."""
STAGES = "stages"
STAGE_NAMES = ("sentences", "dates", "places", "events and claims")


def clocked(names: Gazetteer, report: Report) -> list[float]:
    """Code a report step by step as `pipeline.code` does, and return the CPU seconds of each step."""
    marks = [time.process_time()]
    document, title = read_text(report), headline(report) if report.title else None
    marks.append(time.process_time())
    dates = find_dates(document)
    marks.append(time.process_time())
    places = find_places(names, document)
    above = (title, find_places(names, title)) if title else None
    marks.append(time.process_time())
    find_events(document, places, dates, above)
    marks.append(time.process_time())
    return [end - start for start, end in pairwise(marks)]


if __name__ == "__main__":
    main()
