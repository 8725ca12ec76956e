from __future__ import annotations

import importlib.util
import json
import shutil
import zipfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
TOPOLOGY = {
    "transform": {"scale": [0.5, 0.1], "translate": [30, 40]},
    "arcs": [[[0, 0], [4, -10]], [[2, 3], [-4, 0]]],
}
"""Reaches from 29 to 32 degrees east and from 39 to 40.3 north."""


@pytest.fixture
def hook() -> ModuleType:
    pytest.importorskip("hatchling")
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Make a source tree with the lists of assets only."""
    folder = tmp_path / "maps" / "assets"
    folder.mkdir(parents=True)
    for name in ("package.json", "package-lock.json", "vendor.toml"):
        shutil.copy(ROOT / "maps" / "assets" / name, folder)
    return tmp_path


def fake_npm(hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Stand for npm: make every file that is wanted."""
    calls = []

    def install(folder: Path) -> None:
        calls.append(folder)
        for name in hook._files(ROOT / "maps" / "assets"):
            path = folder / "node_modules" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")
        for row in hook._listed(ROOT / "maps" / "assets")["bundle"]:
            path = folder / "node_modules" / row["from"] / row["files"].replace("?", "x")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(TOPOLOGY), encoding="utf-8")

    monkeypatch.setattr(hook, "_npm_ci", install)
    return calls


def test_assets_are_copied_once(hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = fake_npm(hook, monkeypatch)
    assert "files fetched" in hook._assets(tree)
    vendor = tree / "maps" / "assets" / "vendor"
    assert (vendor / "leaflet.js").read_text(encoding="utf-8") == "leaflet/dist/leaflet.js"
    assert (vendor / "leaflet.LICENSE").exists()
    assert hook._assets(tree) == "map assets: up to date"
    (vendor / "leaflet.css").unlink()
    assert "files fetched" in hook._assets(tree)
    assert len(calls) == 2


def test_a_missing_asset_stops_the_build(
    hook: ModuleType, tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hook, "_npm_ci", lambda _folder: None)
    with pytest.raises(hook.BuildError, match=r"the map's assets lack \w+/LICENSE"):
        hook._assets(tree)


def test_a_failing_npm_stops_the_build(
    hook: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    npm = tmp_path / "npm"
    npm.write_text("#!/bin/sh\necho 'npm error code ENOTFOUND' >&2\nexit 1\n", encoding="utf-8")
    npm.chmod(0o755)
    monkeypatch.setattr(hook.shutil, "which", lambda _name: str(npm))
    with pytest.raises(hook.BuildError, match="npm error code ENOTFOUND"):
        hook._npm_ci(tmp_path)


def test_a_bad_table_stops_the_build(hook: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    import gazetteer.build
    from gazetteer import SourceError

    def fail() -> bool:
        raise SourceError("some.csv, line 3: bad")

    monkeypatch.setattr(gazetteer.build, "build_default", fail)
    with pytest.raises(hook.BuildError, match=r"cannot be compiled: some\.csv, line 3: bad"):
        hook._gazetteer(ROOT)


def test_files_of_a_folder_become_one_zip_with_their_bounds(hook: ModuleType, tmp_path: Path) -> None:
    empty = {**TOPOLOGY, "arcs": [[[None, None]]]}
    for name, content in {
        "abc.topo.json": TOPOLOGY,
        "xyz.topo.json": empty,
        "world.topo.json": TOPOLOGY,
    }.items():
        (tmp_path / name).write_text(json.dumps(content), encoding="utf-8")
    for target in ("one.zip", "two.zip"):
        hook.bundle(tmp_path, "???.topo.json", tmp_path / target)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as made:
        assert made.namelist() == ["abc.json", "xyz.json", "index.json"]
        assert json.loads(made.read("index.json")) == {"abc": [29, 39, 32, 40.3]}
    with pytest.raises(hook.BuildError, match=r"lack .*/q\.json"):
        hook.bundle(tmp_path, "q.json", tmp_path / "none.zip")
