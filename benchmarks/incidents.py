"""Time and memory of linking, and how they grow, on synthetic accounts (`benchmarks.accounts`).

Usage: python -m benchmarks.incidents GED.csv.gz [--sizes 10000,100000] [--dense] [--whole] [--add] [--write]

Each size runs in a process of its own; `cpu` is its user and system time without the making of the
accounts, `peak` its largest resident size. `--whole` makes the incident records too (all events in
memory); `--add` links 100 further reports into a project of the size. B³ and pairs tell whether speed
was bought with errors. `--write` keeps the table, and the figures that training found, in RESULTS.md.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks.accounts import Reports, World
from benchmarks.results import keep, table

ROOT = Path(__file__).parents[1]
WEIGHTS = ROOT / "geo" / "data" / "link_weights.csv"
SETS = {
    "gold": "our own reports, as coded",
    "gold events": "our own reports, events as annotated",
    "gva": "gun violence in the United States",
    "airwars": "strikes in Syria",
}
FOLD = re.compile(
    r"^# (?P<set>[a-z ]+): B3 (?P<b3>[\d.]+), pairs F1 (?P<f1>[\d.]+) .*"
    r"window: B3 (?P<wb3>[\d.]+), pairs F1 (?P<wf1>[\d.]+)",
    re.MULTILINE,
)
NOTE = """Accounts drawn from UCDP GED for Syria, as many incidents a day as there, each told by one to five
made-up reports; time is CPU of one process, without making the accounts."""


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


def section(told: list[dict[str, Any]]) -> str:
    """Write the section of RESULTS.md."""
    names = tuple(told[0])
    grown = [tuple(f"{row[n]:,}" for n in names) for row in told]
    found = [m for m in FOLD.finditer(WEIGHTS.read_text("utf-8")) if m["set"] in SETS]
    right = [(SETS[m["set"]], m["b3"], m["f1"], m["wb3"], m["wf1"]) for m in found]
    head = ("reports", "B³", "pairs F1", "window: B³", "window: pairs F1")
    return (
        "## Incidents\n\nLinking by folds that the weights have not seen (`training/links.py`), beside a "
        f"plain window of 3 km and one day:\n\n{table(head, right)}\n\n"
        f"### Scale\n\n{NOTE}\n\n{table(names, grown)}"
    )


def main() -> None:
    """Run each size in a process of its own, print a table and perhaps keep it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ged", type=Path)
    parser.add_argument("--sizes", default="10000,100000,1000000")
    for name in ("dense", "whole", "add", "write"):
        parser.add_argument(f"--{name}", action="store_true")
    parser.add_argument("--one", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    sizes = [int(n) for n in given.sizes.split(",")]
    if given.one:
        print(json.dumps(run(given.ged, sizes[0], dense=given.dense, whole=given.whole, add=given.add)))
        return
    marks = [f"--{m}" for m in ("dense", "whole", "add") if getattr(given, m)]
    told = []
    for n in sizes:
        own = [
            sys.executable,
            "-m",
            "benchmarks.incidents",
            str(given.ged.absolute()),
            "--sizes",
            str(n),
            "--one",
            *marks,
        ]
        done = subprocess.run(own, check=True, capture_output=True, text=True, cwd=ROOT)
        told.append(json.loads(done.stdout))
        print(told[-1], flush=True)
    if given.write:
        keep("incidents", section(told))


if __name__ == "__main__":
    main()
