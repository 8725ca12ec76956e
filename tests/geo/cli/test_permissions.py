"""Who may read and write a file: a new one as the umask says, a replaced one as it was."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import pytest

from tests.geo.cli.conftest import conflictmap
from tests.geo.conftest import SEEDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MADE = ("project.gpkg", "map.html", "incidents.geojson", "events.geojson")


@pytest.fixture(params=[0o022, 0o077, 0o027])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def outputs(folder: Path, project: Path) -> Iterator[Path]:
    for verb in (["render", project, "-o"], ["export", project], ["export", project, "--layer", "events"]):
        path = folder / (
            "x.html" if verb[0] == "render" else f"x{len(verb)}.{'csv' if len(verb) > 2 else 'gpkg'}"
        )
        done = conflictmap(*verb, path)
        assert done.code == 0, done.err
        yield path


def test_new_files_follow_the_umask(tmp_path: Path, mapped: Path, umask: int) -> None:
    for path in outputs(tmp_path, mapped / "project.gpkg"):
        assert mode(path) & umask == 0
        assert mode(path) & 0o600 == 0o600
        assert mode(path) & 0o111 == 0


def test_replaced_files_keep_their_rights(tmp_path: Path, mapped: Path) -> None:
    for wanted in (0o600, 0o664):
        for path in outputs(tmp_path, mapped / "project.gpkg"):
            path.chmod(wanted)
        for path in outputs(tmp_path, mapped / "project.gpkg"):
            assert mode(path) == wanted, path


def test_a_map_drawn_again_keeps_the_rights_of_its_files(tmp_path: Path) -> None:
    assert conflictmap("map", SEEDS, "-o", tmp_path / "out").code == 0
    for name in MADE:
        (tmp_path / "out" / name).chmod(0o640)
    assert conflictmap("map", SEEDS, "-o", tmp_path / "out").code == 0
    assert {mode(tmp_path / "out" / name) for name in MADE} == {0o640}
    assert conflictmap("add", tmp_path / "out" / "project.gpkg", SEEDS).code == 0
    assert mode(tmp_path / "out" / "project.gpkg") == 0o640


def test_a_gazetteer_built_again_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("name,lat,lon\nKhusham,35.3,40.29\n")
    for _ in range(2):
        assert conflictmap("gazetteer", "build", "mine.csv", "-o", "g.gaz", "--alone", cwd=tmp_path).code == 0
        (tmp_path / "g.gaz").chmod(0o640)
    assert conflictmap("gazetteer", "build", "mine.csv", "-o", "g.gaz", "--alone", cwd=tmp_path).code == 0
    assert mode(tmp_path / "g.gaz") == 0o640
    assert sorted(p.name for p in tmp_path.iterdir()) == ["g.gaz", "mine.csv"]
