"""The same input gives the same bytes, whatever the process, the folder and the hash seed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.geo.cli.conftest import WARNINGS, conflictmap
from tests.geo.conftest import ROOT, SEEDS


@pytest.fixture(scope="module")
def again(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("elsewhere") / "second"
    done = conflictmap("map", SEEDS, "-o", out, PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="C")
    assert done.code == 0, done.err
    return out


@pytest.mark.parametrize("name", ["map.html", "incidents.geojson", "events.geojson", "project.gpkg"])
def test_map(mapped: Path, again: Path, name: str) -> None:
    assert (mapped / name).read_bytes() == (again / name).read_bytes()


def test_parse() -> None:
    runs = [conflictmap("parse", SEEDS, PYTHONHASHSEED=seed) for seed in ("0", "4711")]
    assert runs[0].out
    assert runs[0].out == runs[1].out


def test_order_of_the_files_does_not_change_the_incidents() -> None:
    files = sorted(SEEDS.glob("20*.md"))
    there, back = (set(conflictmap("parse", *f).out.splitlines()) for f in (files, files[::-1]))
    assert there == back


def test_render(mapped: Path, tmp_path: Path) -> None:
    pages = []
    for seed in ("0", "4711"):
        page = tmp_path / f"{seed}.html"
        assert conflictmap("render", mapped / "project.gpkg", "-o", page, PYTHONHASHSEED=seed).code == 0
        pages.append(page.read_bytes())
    assert pages[0] == pages[1]


NAMES = ("map.html", "incidents.geojson", "events.geojson", "project.gpkg")
ODD_TIMES = ("TZ=America/St_Johns", "LC_ALL=tr_TR.UTF-8", "LANG=de_DE.UTF-8", "LC_ALL=C")


@pytest.mark.parametrize("setting", ODD_TIMES)
def test_time_zone_and_locale(mapped: Path, tmp_path: Path, setting: str) -> None:
    name, _, value = setting.partition("=")
    done = conflictmap("map", SEEDS, "-o", tmp_path / "out", **{name: value}, PYTHONHASHSEED="3")
    assert done.code == 0, done.err
    same(mapped, tmp_path / "out")


def test_the_clock(mapped: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-W", WARNINGS, "-c", IN_2071, "map", str(SEEDS), "-o", str(tmp_path / "out")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    same(mapped, tmp_path / "out")


IN_2071 = """
import datetime, time
now = time.time() + 45 * 365 * 86400
day, moment = datetime.date, datetime.datetime
class Kind(type):
    def __instancecheck__(cls, thing): return isinstance(thing, cls.real)
class Date(day, metaclass=Kind):
    real = day
    def __new__(cls, *given, **named): return day(*given, **named)
    @classmethod
    def today(cls): return day.fromtimestamp(now)
class Moment(moment, metaclass=Kind):
    real = moment
    def __new__(cls, *given, **named): return moment(*given, **named)
    @classmethod
    def now(cls, tz=None): return moment.fromtimestamp(now, tz)
    today = utcnow = now
time.time = lambda: now
localtime, gmtime = time.localtime, time.gmtime
time.localtime = lambda at=None: localtime(now if at is None else at)
time.gmtime = lambda at=None: gmtime(now if at is None else at)
import pkgutil, sys, geo, gazetteer, maps, trafilatura, htmldate
for package in (geo, gazetteer, maps):
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        if "__main__" not in found.name and "plugin" not in found.name: __import__(found.name)
fakes = {id(day): Date, id(moment): Moment}
rooms = ("geo", "gazetteer", "maps", "trafilatura", "htmldate", "folium", "branca")
for name, module in list(sys.modules.items()):
    if name.partition(".")[0] in rooms and name not in ("geo.records", "geo.runs.packed"):
        for key, value in list(vars(module).items()):
            if id(value) in fakes: setattr(module, key, fakes[id(value)])
from geo.cli import run
run()
"""
"""A run in which Python's clock is 45 years on."""


@pytest.mark.parametrize("turn", [1, -1])
def test_order_of_the_files_and_of_the_folder(mapped: Path, tmp_path: Path, turn: int) -> None:
    files = sorted(SEEDS.glob("20*.md"))[::turn]
    done = conflictmap("map", *files, "-o", tmp_path / "out")
    assert done.code == 0, done.err
    same(mapped, tmp_path / "out")


def test_number_of_workers(mapped: Path, tmp_path: Path) -> None:
    done = conflictmap("map", SEEDS, "-o", tmp_path / "out", "--workers", "3")
    assert done.code == 0, done.err
    same(mapped, tmp_path / "out")


def same(one: Path, other: Path) -> None:
    assert [name for name in NAMES if (one / name).read_bytes() != (other / name).read_bytes()] == []
