"""The gazetteer beside a plain SQLite table and flashgeotext: speed, memory, accuracy, in one run.

Usage: python -m benchmarks.gazetteer [--data FOLDER] [--dump all.txt] [--write]

FOLDER holds the corpora and dumps that the project is measured on (data/); what is absent is left
out. `--dump` builds an index from a big dump (benchmarks/synthetic_dump.py makes one) and tells time and
peak; "in all" sums the proportional set sizes of this process and its workers. `--write` puts the tables
into benchmarks/RESULTS.md. Times are CPU seconds of one process; "resident" memory counts mapped pages of
the file, which processes share, "own" memory does not.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks import results
from benchmarks.lookups import Flash, Ours, Sqlite
from benchmarks.memory import PeakMemory
from gazetteer import Gazetteer
from gazetteer.build import build_files
from gazetteer.names import fold
from gazetteer.sphere import distance_km, distances_km

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parents[1]
_BIG = "A big build: two workers"
DATA = ROOT / "data"
Row = tuple[str, ...]
_RIGHT_KM = 10
_NEAR_KM = 161


def per_second(work: Callable[[], int], *, repeat: int = 3) -> float:
    """Return how many things are done in a CPU second, the best of some runs."""
    best = 0.0
    for _ in range(repeat):
        start = time.process_time()
        done = work()
        best = max(best, done / (time.process_time() - start))
    return best


def corpus(data: Path, name: str) -> list[dict[str, Any]]:
    """Read a corpus; empty where it is absent."""
    path = data / "corpora" / f"{name}.jsonl.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def speeds(data: Path) -> Iterable[Row]:
    """Measure each way: file, opening, memory, look-ups, scan."""
    ours = Ours()
    text = (
        "\n\n".join(report["text"] for report in corpus(data, "lgl"))
        or "Strikes near Khusham in Syria. " * 30_000
    )
    dice = random.Random(7)  # noqa: S311 — a sample, no secret
    keys = [fold(ours.gazetteer.names(dice.randrange(len(ours.gazetteer)))[0]) for _ in range(20_000)]
    with tempfile.TemporaryDirectory() as folder:
        ways: list[Any] = [ours, Sqlite(Path(folder), ours.gazetteer)]
        try:
            ways.append(Flash())
        except ImportError:
            print("flashgeotext is not installed and left out", file=sys.stderr)
        for way in ways:
            opened = [f"{figure:.1f}" for figure in way.open()]
            size = f"{way.file.stat().st_size / 1e6:.0f}" if way.file else "–"
            exact = f"{per_second(lambda w=way: w.look_up(keys)):,.0f}" if hasattr(way, "look_up") else "–"
            scan = per_second(lambda w=way: w.scan(text), repeat=2 if way.name == "SQLite table" else 4) / 1e6
            yield way.name, size, *opened, exact, f"{scan:.1f}"


def further() -> Iterable[Row]:
    """Measure what the other ways cannot do."""
    import numpy as np

    gazetteer = Gazetteer.open()
    dice = np.random.default_rng(7)
    names = [gazetteer.names(int(row))[0] for row in dice.integers(0, len(gazetteer), 1500)]
    misspelt = [name[:3] + name[4:] for name in names if len(name) > 7]
    yield (
        "`find`, the name as written",
        f"{per_second(lambda: len([gazetteer.find(n, limit=1) for n in names])):,.0f} /s",
    )
    yield (
        "`find`, a letter missing",
        f"{per_second(lambda: len([gazetteer.find(n, limit=1) for n in misspelt])):,.0f} /s",
    )
    at = dice.integers(0, len(gazetteer), 100_000)
    lat = np.clip(gazetteer.columns.lat[at] + dice.normal(0, 0.1, len(at)), -90, 90)
    lon = gazetteer.columns.lon[at] + dice.normal(0, 0.1, len(at))
    gazetteer.nearest(lat[:9], lon[:9])
    yield "`nearest`, points", f"{per_second(lambda: len(gazetteer.nearest(lat, lon)[0])):,.0f} /s"
    few = range(2000)
    yield (
        "`near`, one point",
        f"{per_second(lambda: len([gazetteer.near(lat=lat[i], lon=lon[i]) for i in few])):,.0f} /s",
    )
    start = os.times()
    subprocess.run(
        [sys.executable, "-c", "from gazetteer import Gazetteer; Gazetteer.open().find('Khasham')"],
        check=True,
        cwd=ROOT,
    )
    end = os.times()
    used = end.children_user - start.children_user + end.children_system - start.children_system
    yield "a process that looks one name up, user + sys", f"{used:.3f} s"


def settlements(data: Path) -> list[dict[str, str]]:
    """Read UCDP's settlements of Syria."""
    with (data / "gazetteer" / "ged_syria_places_dev.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["suf"] in {"village", "town", "city"}]


def accuracy(
    gazetteer: Gazetteer, rows: list[dict[str, str]], *, hint: bool
) -> tuple[float, dict[str, tuple[int, int]]]:
    """Return the share with the top answer within 10 km, and by tier how many were right of how many."""
    tiers: dict[str, tuple[int, int]] = {}
    for row in rows:
        found = gazetteer.find(row["name"], country="SY", admin1=row["adm1"] if hint else None, limit=1)
        if found:
            place = found[0].place
            near = distance_km(place.lat, place.lon, float(row["lat"]), float(row["lon"])) <= _RIGHT_KM
            right, asked = tiers.get(found[0].tier, (0, 0))
            tiers[found[0].tier] = right + near, asked + 1
    return sum(right for right, _ in tiers.values()) / len(rows), tiers


def quality(data: Path) -> Iterable[Row]:
    """Measure settlements of the Syrian war, embedded and with Syria's dump."""
    if not (data / "gazetteer" / "ged_syria_places_dev.csv").exists():
        return
    rows = settlements(data)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sy.gaz"
        build_files([data / "gazetteer" / "SY.zip"], path)
        for name, gazetteer in (("embedded", Gazetteer.open()), ("with SY.zip", Gazetteer.open(path))):
            for hint in (True, False):
                share, tiers = accuracy(gazetteer, rows, hint=hint)
                told = " · ".join(f"{tier} {right}/{asked}" for tier, (right, asked) in sorted(tiers.items()))
                yield name, "province given" if hint else "no hint", f"{share:.3f}", told


def ceilings(data: Path) -> Iterable[Row]:
    """Measure the share of gold toponyms with a candidate within 161 km."""
    gazetteer = Gazetteer.open()
    columns = gazetteer.columns
    for name in ("lgl", "trnews"):
        hits = total = 0
        for report in corpus(data, name):
            for gold in report["toponyms"]:
                if gold.get("lat") is None:
                    continue
                found = gazetteer.rows(fold(report["text"][gold["start"] : gold["end"]]))
                distance = distances_km(gold["lat"], gold["lon"], columns.lat[found], columns.lon[found])
                total += 1
                hits += len(found) > 0 and float(distance.min()) <= _NEAR_KM
        if total:
            yield name, f"{total:,}", f"{hits / total:.3f}"


def big_build(dump: Path) -> Iterable[Row]:
    """Build from a big dump with two workers and the packaged places."""
    with tempfile.TemporaryDirectory() as folder:
        path, start = Path(folder) / "big.gaz", time.perf_counter()
        with PeakMemory() as memory:
            build_files([dump], path, workers=2)
        minutes = (time.perf_counter() - start) / 60
        peak = max(
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        gazetteer = Gazetteer.open(path)
        start = time.perf_counter()
        Gazetteer.open(path)
        opened = (time.perf_counter() - start) * 1e3
        keys = [
            fold(gazetteer.names(row)[0])
            for row in range(0, len(gazetteer), max(1, len(gazetteer) // 20_000))
        ]
        exact = per_second(lambda: len([gazetteer.rows(key) for key in keys]))
        size = path.stat().st_size / 1e9
        yield (
            f"{len(gazetteer):,}",
            f"{minutes:.1f}",
            f"{memory.gb:.1f}",
            f"{peak / 1e6:.1f}",
            f"{size:.2f}",
            f"{opened:.1f}",
            f"{exact:,.0f}",
        )


def table(title: str, head: Row, rows: Iterable[Row]) -> str:
    """Write a table with its title; empty where there are no rows."""
    body = list(rows)
    return f"### {title}\n\n{results.table(head, body)}\n" if body else ""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--dump", type=Path)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    data = arguments.data
    parts = [
        table(
            "Speed",
            ("way", "file MB", "open ms", "resident + MB", "own + MB", "exact /s CPU", "scan MB/s CPU"),
            speeds(data),
        ),
        table("Only here", ("what", "figure"), further()),
        table(
            "Settlements of UCDP GED, Syria: top answer within 10 km",
            ("index", "hint", "share", "right of asked by tier"),
            quality(data),
        ),
        table(
            "Gold toponyms with a candidate within 161 km", ("corpus", "toponyms", "share"), ceilings(data)
        ),
    ]
    if arguments.dump:
        head = (
            "places",
            "minutes",
            "peak GB in all",
            "peak GB a process",
            "file GB",
            "open ms",
            "exact /s CPU",
        )
        parts.append(table(_BIG, head, big_build(arguments.dump)))
    else:
        parts.append(results.part("gazetteer", _BIG))
    text = "\n".join(part for part in parts if part)
    print(text)
    if arguments.write:
        results.keep(
            "gazetteer", f"## Gazetteer\n\nMade by `python -m benchmarks.gazetteer --write`.\n\n{text}"
        )


if __name__ == "__main__":
    main()
