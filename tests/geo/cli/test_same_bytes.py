"""The same input gives the same bytes, whatever the process, the folder and the hash seed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.geo.cli.conftest import conflictmap
from tests.geo.conftest import SEEDS


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
