"""How time and memory grow with the number of reports: coding, linking and writing the project.

Usage: python -m benchmarks.scale GED.csv.gz [--sizes 1000,10000,100000] [--workers N] [--write]

The reports are synthetic: two or three sentences made from templates, whose places, days, sides and deaths
are drawn from the rows of a UCDP GED file; each incident is told by one to five publishers with figures a
little off, so that there is something to link; the words around are drawn as often as news uses them. They
say nothing of quality, and they are short: real reports of 1,500 letters take several times as long each.
Each size runs in a process of its own: `cpu` is user and system time, `resident` its largest resident size
up to the end of that step. Days are spread so that a day has as many incidents as in the file. `--write`
puts the table into benchmarks/RESULTS.md and the picture into docs/pictures.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.lines import picture
from benchmarks.results import keep, table
from benchmarks.synthetic_reports import write_reports
from gazetteer import Gazetteer
from geo.runs import Alone, Crew, Journal, code_into, link_kept

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "pictures" / "scale.svg"


class Step:
    """Time and memory of one step after the other."""

    def __init__(self) -> None:
        self.told: dict[str, float] = {}
        self._cpu = self._used()

    def done(self, name: str) -> None:
        """Note the time since the step before, and the memory up to here."""
        used = self._used()
        self.told[f"{name} cpu s"] = round(used - self._cpu, 2)
        self.told[f"{name} resident MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        self._cpu = self._used()

    @staticmethod
    def _used() -> float:
        own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        return own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime


def run(path: Path, folder: Path, workers: int) -> dict[str, Any]:
    """Code, link and write the reports of a file in this process."""
    from geo.reports import read

    steps, begun = Step(), time.monotonic()
    names = Gazetteer.open()
    coder = Alone(names) if workers == 1 else Crew(None, workers)
    with Journal(folder / "journal", {}) as kept:
        with coder:
            code_into(kept, coder, read([path], on_problem=print), on_problem=print)
        steps.done("coding")
        kept.seal()
        link_kept(kept)
        steps.done("linking")
        _write_project(kept, folder)
        steps.done("writing")
        sums = kept.sums()
    return {
        "reports": sums.reports, "events": sums.events, "incidents": sums.incidents, **steps.told,
        "wall s": round(time.monotonic() - begun, 1),
        "worker resident MB": round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024),
        "journal MB": round((folder / "journal").stat().st_size / 1e6, 1),
        "project MB": round((folder / "project.gpkg").stat().st_size / 1e6, 1),
    }  # fmt: skip


def _write_project(kept: Journal, folder: Path) -> None:
    from geo.exchange.write import export_parts
    from geo.project import write_parts
    from geo.tables import parts

    write_parts(folder / "project.gpkg", parts(kept), {}, newest=kept.newest())
    export_parts(folder / "project.gpkg", folder / "incidents.geojson", layer="incidents")
    export_parts(folder / "project.gpkg", folder / "events.geojson", layer="events")


def measured(ged: Path, number: int, workers: int, scratch: Path | None) -> dict[str, Any]:
    """Run one size in a process of its own."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        file = Path(folder) / "reports.jsonl"
        size = write_reports(ged, number, file)
        words = [
            sys.executable,
            "-m",
            "benchmarks.scale",
            str(file),
            "--one",
            folder,
            "--workers",
            str(workers),
        ]
        done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT)
        return {**json.loads(done.stdout), "text MB": round(size / 1e6, 2), "workers": workers}


def shared(reports: Path, workers: int) -> dict[str, float]:
    """Code a file with so many processes: time of this one, of the others, and until the first is back."""
    from geo.reports import read

    with tempfile.TemporaryDirectory() as folder:
        coder = Alone(Gazetteer.open()) if workers == 1 else Crew(None, workers)
        begun, own = time.monotonic(), time.process_time()
        with Journal(Path(folder) / "journal", {}) as kept, coder:
            code_into(kept, coder, read([reports], on_problem=print), on_problem=print)
        others = resource.getrusage(resource.RUSAGE_CHILDREN)
        return {
            "workers": workers,
            "main cpu s": round(time.process_time() - own, 2),
            "workers cpu s": round(others.ru_utime + others.ru_stime, 2),
            "wall s": round(time.monotonic() - begun, 2),
            "worker resident MB": round(others.ru_maxrss / 1024),
        }


def compared(reports: Path, rounds: int) -> list[dict[str, float]]:
    """Code a file by one process and by two in turns, each in a process of its own."""
    found = []
    for _ in range(rounds):
        for workers in (1, 2):
            words = [sys.executable, "-m", "benchmarks.scale", str(reports), "--shared", str(workers)]
            done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=ROOT)
            found.append(json.loads(done.stdout))
    return found


def written_shared(found: list[dict[str, float]], note: str) -> None:
    """Put the table of one process and two into RESULTS.md."""
    one = min(f["main cpu s"] for f in found if f["workers"] == 1)
    rows = []
    for told in found:
        busiest = max(told["main cpu s"], told["workers cpu s"] / told["workers"])
        rows.append((*(f"{told[key]:,}" for key in SHARED), f"{one / busiest:.2f}"))
    keep(
        "workers",
        f"""
## Two workers

The coding of one file of reports by one process and by two, in turns
(`python -m benchmarks.scale REPORTS --compare --write`). The machine was shared with other work, so wall
times tell little; the last column is what the CPU times allow on two free cores: the shortest time of one
process through the time of the busiest process. Linking, writing and drawing stay with one process. {note}

{table((*SHARED.values(), "times one"), rows)}
""",
    )


SHARED = {
    "workers": "processes", "main cpu s": "main, CPU s", "workers cpu s": "workers, CPU s",
    "wall s": "wall s", "worker resident MB": "MB resident a worker",
}  # fmt: skip
"""Figures told of processes, and their headings."""
COLUMNS = {
    "reports": "reports", "text MB": "text MB", "events": "events", "incidents": "incidents",
    "coding cpu s": "coding s", "linking cpu s": "linking s", "writing cpu s": "writing s",
    "coding resident MB": "MB resident, coding", "linking resident MB": "linking",
    "writing resident MB": "writing", "project MB": "project MB",
}  # fmt: skip
"""Figures told, and their headings."""


def written(found: list[dict[str, Any]], note: str) -> None:
    """Put the table into RESULTS.md and the picture beside the docs."""
    rows = [tuple(f"{told[key]:,}" for key in COLUMNS) for told in found]
    keep(
        "scale",
        f"""
## Growth

Synthetic short reports (two or three sentences from templates; places, days, sides and deaths drawn from UCDP
GED), coded by one process, linked, and written as a project and two GeoJSON files; made by
`python -m benchmarks.scale GED.csv.gz --write`. Seconds are user and system time; MB resident is the
largest so far. {note}

{table(tuple(COLUMNS.values()), rows)}

![Seconds and memory by number of reports](../docs/pictures/scale.svg)
""",
    )
    PICTURE.write_text(picture(found), "utf-8")


def main() -> None:
    """Run each size and print, or write, the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("ged", type=Path, help="UCDP GED file, from which places and figures are drawn")
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--scratch", type=Path, help="folder for the run's files")
    parser.add_argument("--write", action="store_true", help="put table and picture into the tree")
    parser.add_argument("--from", dest="kept", type=Path, help="JSON Lines of earlier runs to write up")
    parser.add_argument("--note", default="", help="a sentence about the machine")
    parser.add_argument("--compare", action="store_true", help="one process and two, on a file of reports")
    parser.add_argument("--shared", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(run(given.ged, given.one, given.workers)))
        return
    if given.shared:
        print(json.dumps(shared(given.ged, given.shared)))
        return
    if given.compare:
        both = compared(given.ged, 2)
        print(*map(json.dumps, both), sep="\n")
        if given.write:
            written_shared(both, given.note)
        return
    found = [json.loads(line) for line in given.kept.read_text("utf-8").splitlines()] if given.kept else []
    for number in () if given.kept else map(int, given.sizes.split(",")):
        found.append(measured(given.ged, number, given.workers, given.scratch))
        print(json.dumps(found[-1]), flush=True)
    if given.write:
        written(found, given.note)


if __name__ == "__main__":
    main()
