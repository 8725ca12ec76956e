"""A whole tiny gazetteer: one curated table and one dump, compiled once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from gazetteer.build import build
from gazetteer.packaged import DEFAULT
from gazetteer.sources.geonames import GeonamesDump
from gazetteer.sources.tables import CuratedTables

FIXTURES = Path(__file__).parent.parent / "fixtures" / "gazetteer"
SHARED = Path(__file__).parents[3] / "shared" / "data"


def tiny_sources(folder: Path) -> list[CuratedTables | GeonamesDump]:
    tables = folder / "tables"
    tables.mkdir(exist_ok=True)
    shutil.copy(FIXTURES / "curated.csv", tables)
    return [CuratedTables(tables), GeonamesDump(FIXTURES / "dump.txt")]


@pytest.fixture(scope="session")
def tiny_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    path = folder / "tiny.gaz"
    build(tiny_sources(folder), path, title="tiny")
    return path


@pytest.fixture(scope="session")
def tiny(tiny_path: Path) -> Gazetteer:
    return Gazetteer.open(tiny_path)


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    """Open the packaged index; a source tree has none until the build hook has run."""
    if not DEFAULT.exists():
        pytest.skip("the packaged gazetteer is not built; run python -m gazetteer.build")
    return Gazetteer.open(DEFAULT)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is absent")
    return SHARED
