"""Kill runs and fill the disk: `python -m benchmarks.crashes [--points N] [--write]`.

Each run is a process forked off this one, so that it starts at once and N can be large. It gets SIGKILL at
a random moment of its time, or may write no file larger than a random part of what it needs. Then the project
must open and hold what was acknowledged, and the same command, run again, must leave what an undisturbed run
leaves.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from benchmarks.results import keep, table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures" / "gazetteer"
Fault = Literal["kill", "full"]
LEAST_ROOM = 2048
"""Bytes; in less, the run could not even tell what is wrong: what it tells goes into a file here."""
SOME = 12
"""Reports of a run."""
TOWNS = ("Aleppo", "Homs", "Raqqa", "Mosul", "Idlib", "Palmyra", "Hama", "Daraa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One command, what it starts from, and what may never be lost of that."""

    name: str
    """What it is called in the results."""
    prepare: Callable[[Path], None]
    """Makes what is there before, in an empty folder."""
    command: tuple[str, ...]
    """The command that is disturbed."""
    again: tuple[str, ...]
    """The command that is run afterwards."""
    lost: Callable[[Path], list[str]]
    """Tells what is lost or damaged after the fault."""


@dataclass(slots=True, kw_only=True)
class Tally:
    """What came of the faults of one scenario."""

    points: int = 0
    """Faults injected."""
    struck: int = 0
    """Of these, those that struck before the run was done."""
    losses: int = 0
    """Damaged or missing results, runs that did not go on, messages that were none."""


def main() -> None:
    """Disturb every command, print and perhaps keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=200, help="kills in all; as many full disks again")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers")
    parser.add_argument("--write", action="store_true", help="keep the table in benchmarks/RESULTS.md")
    asked = parser.parse_args()
    rows = []
    for scenario in SCENARIOS:
        for fault, words in FAULTS.items():
            tally = campaign(scenario, fault, asked.points // len(SCENARIOS), asked.seed)
            rows.append((scenario.name, words, str(tally.points), str(tally.struck), str(tally.losses)))
            print(*rows[-1], sep=" · ", flush=True)
    total = ("all", "", *(str(sum(int(row[k]) for row in rows)) for k in (2, 3, 4)))
    head = ("command", "fault", "injected", "struck before the end", "losses")
    note = f"Made by `python -m benchmarks.crashes --points {asked.points} --seed {asked.seed} --write`."
    if asked.write:
        keep("crashes", f"## Crashes\n\n{note}\n\n{table(head, [*rows, total])}")
    sys.exit(1 if total[-1] != "0" else 0)


FAULTS: dict[Fault, str] = {"kill": "kill -9", "full": "full disk"}


def campaign(scenario: Scenario, fault: Fault, points: int, seed: int) -> Tally:
    """Disturb one command at random points."""
    rng = random.Random(f"{seed} {scenario.name} {fault}")  # noqa: S311 — no secrets
    tally = Tally()
    with tempfile.TemporaryDirectory() as top:
        before, whole = Path(top, "before"), Path(top, "whole")
        before.mkdir()
        scenario.prepare(before)
        took = _undisturbed(scenario, before, whole)
        there = _files(before)
        largest = max(len(data) for name, data in _files(whole).items() if there.get(name) != data)
        for _ in range(points):
            here = Path(top, "here")
            shutil.copytree(before, here)
            limit = (
                {"after": rng.uniform(0, took)}
                if fault == "kill"
                else {"room": rng.randrange(LEAST_ROOM, largest)}
            )
            problems = disturbed(scenario, here, whole, tally, **limit)
            for problem in problems:
                print(f"{scenario.name}, {limit}: {problem}", file=sys.stderr)
            tally.points += 1
            tally.losses += bool(problems)
            shutil.rmtree(here)
    return tally


def _undisturbed(scenario: Scenario, before: Path, whole: Path) -> float:
    """Run the command twice as it should be; give the shorter time in seconds."""
    times = []
    for _ in range(2):
        shutil.rmtree(whole, ignore_errors=True)
        shutil.copytree(before, whole)
        start = time.monotonic()
        code, told = run(scenario.command, whole)
        times.append(time.monotonic() - start)
        if code:
            raise RuntimeError(f"{scenario.name}: {told}")
    return min(times)


def disturbed(
    scenario: Scenario,
    here: Path,
    whole: Path,
    tally: Tally,
    *,
    after: float | None = None,
    room: int | None = None,
) -> list[str]:
    """Disturb one run, look at what it left, and run it again; give what went wrong."""
    code, told = run(scenario.command, here, after=after, room=room)
    tally.struck += code != 0
    problems = scenario.lost(here)
    if room is not None and code != 0:
        problems += _unclear(code, told)
    code, told = run(scenario.again, here)
    if code:
        problems.append(f"run again, it ended with {code}: {told}")
    left, wanted = _files(here), _files(whole)
    problems += [f"{name} is left over" for name in sorted(set(left) - set(wanted))]
    problems += [
        f"{name} differs from an undisturbed run's" for name in wanted if left.get(name) != wanted[name]
    ]
    return problems


def _unclear(code: int, told: str) -> Iterable[str]:
    lines = [line for line in told.splitlines() if line.startswith("conflictmap:")]
    if code != 2 or "Traceback" in told or not lines:
        yield f"a full disk ended with {code}: {told[-300:]}"


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def run(
    command: tuple[str, ...], folder: Path, *, after: float | None = None, room: int | None = None
) -> tuple[int, str]:
    """Run a command in a process of its own; give its exit code and what it told.

    Parameters
    ----------
    command
        Its words, without the program's name.
    folder
        Where it runs.
    after
        Seconds after which it is killed; `None`: never.
    room
        Bytes that a file may grow to; `None`: as it is.
    """
    _ready()
    with tempfile.TemporaryFile() as told:
        child = os.fork()
        if child == 0:
            _child(command, folder, told.fileno(), room)
        if after is not None:
            time.sleep(after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        told.seek(0)
        return os.waitstatus_to_exitcode(status), told.read().decode("utf-8", "replace")


def _child(command: tuple[str, ...], folder: Path, told: int, room: int | None) -> None:
    from geo.cli import run as conflictmap

    code = 70
    try:
        os.chdir(folder)
        os.dup2(told, 1)
        os.dup2(told, 2)
        sys.stdout, sys.stderr = (open(n, "w", encoding="utf-8", closefd=False) for n in (1, 2))  # noqa: SIM115
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        sys.argv = ["conflictmap", *command]
        conflictmap()
        code = 0
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


@cache
def _ready() -> None:
    """Do once in this process what every run does, so that a fork need not import and load it again."""
    from geo.cli.app import app

    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        Path(os.devnull).open("w") as nowhere,
    ):
        _some_reports(Path(folder))
        with contextlib.redirect_stderr(nowhere), contextlib.redirect_stdout(nowhere):
            for command in (MAP, ADD, EXPORT):
                app(list(command), standalone_mode=False)


def stories(number: int, first: int = 0) -> str:
    """Write reports as JSON Lines."""
    lines = []
    for k in range(first, first + number):
        text = f"An air strike killed {k + 2} people in {TOWNS[k % len(TOWNS)]} on {k % 28 + 1} May 2016."
        lines.append(
            json.dumps({"id": f"r{k}", "source": f"Wire {k % 3}", "published": "2016-05-30", "text": text})
        )
    return "\n".join(lines) + "\n"


def _some_reports(folder: Path) -> None:
    (folder / "one.jsonl").write_text(stories(SOME), "utf-8")
    (folder / "more.jsonl").write_text(stories(SOME, SOME), "utf-8")


def _mapped(folder: Path) -> None:
    _some_reports(folder)
    run(("map", "one.jsonl", "-o", "out"), folder)


def _built(folder: Path) -> None:
    shutil.copy(FIXTURES / "dump.txt", folder / "SY.txt")
    shutil.copy(FIXTURES / "dump.txt", folder / "IQ.txt")
    run(("gazetteer", "build", "SY.txt", "-o", "g.gaz", "--alone"), folder)


def _exported(folder: Path) -> None:
    _mapped(folder)
    run(("export", "out/project.gpkg", "i.kml", "--layer", "incidents"), folder)


def _reports_of(project: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(project)) as database:
        if database.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("integrity check")
        return {row[0] for row in database.execute("SELECT id FROM reports")}


def _project(folder: Path, *allowed: int) -> list[str]:
    """Tell what is wrong with a project, which must hold one of these numbers of reports (0: none yet)."""
    from geo import project

    path = folder / "out" / "project.gpkg"
    if not path.exists():
        return [] if 0 in allowed else ["the project is gone"]
    try:
        there = _reports_of(path)
        project.read(path)
    except Exception as fault:  # noqa: BLE001 — whatever it is, it is a loss
        return [f"the project does not open: {fault!r}"]
    return [] if len(there) in allowed else [f"the project holds {len(there)} reports"]


def _whole(folder: Path) -> list[str]:
    """Tell which of the files beside a project are not whole."""
    out = folder / "out"
    names = ("incidents.geojson", "events.geojson")
    found = [f"{name} is cut short" for name in names if (out / name).exists() and not _is_json(out / name)]
    page = out / "map.html"
    if page.exists() and not page.read_bytes().rstrip().endswith(b"</html>"):
        found.append("map.html is cut short")
    return found


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def _index(folder: Path) -> list[str]:
    from gazetteer import Gazetteer

    try:
        found = Gazetteer.open(folder / "g.gaz").find("Aleppo")
    except Exception as fault:  # noqa: BLE001 — whatever it is, it is a loss
        return [f"the gazetteer does not open: {fault!r}"]
    return [] if found else ["the gazetteer has forgotten its places"]


def _kml(folder: Path) -> list[str]:
    whole = (folder / "i.kml").read_bytes().rstrip().endswith(b"</kml>")
    return [*_project(folder, SOME), *([] if whole else ["the export is cut short"])]


MAP = ("map", "one.jsonl", "-o", "out")
ADD = ("add", "out/project.gpkg", "more.jsonl")
BUILD = ("gazetteer", "build", "SY.txt", "IQ.txt", "-o", "g.gaz", "--alone")
EXPORT = ("export", "out/project.gpkg", "i.kml", "--layer", "events")
SCENARIOS = (
    Scenario(
        name="map",
        prepare=_some_reports,
        command=MAP,
        again=(*MAP, "--resume"),
        lost=lambda folder: [*_project(folder, 0, SOME), *_whole(folder)],
    ),
    Scenario(
        name="map over a map",
        prepare=_mapped,
        command=("map", "one.jsonl", "more.jsonl", "-o", "out"),
        again=("map", "one.jsonl", "more.jsonl", "-o", "out"),
        lost=lambda folder: [*_project(folder, SOME, 2 * SOME), *_whole(folder)],
    ),
    Scenario(
        name="add",
        prepare=_mapped,
        command=ADD,
        again=(*ADD, "--resume"),
        lost=lambda folder: _project(folder, SOME, 2 * SOME),
    ),
    Scenario(name="gazetteer build", prepare=_built, command=BUILD, again=BUILD, lost=_index),
    Scenario(name="export", prepare=_exported, command=EXPORT, again=EXPORT, lost=_kml),
)


if __name__ == "__main__":
    main()
