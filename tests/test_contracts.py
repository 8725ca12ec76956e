"""What the house promises of its imports; the layers themselves are checked by import-linter."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = ("pandas", "geopandas", "folium", "pyogrio")
# Coding needs no table library; the small verbs start in a blink only without these too.
RUN = "from geo.cli import run; run()"


def loaded(code: str, *arguments: str) -> set[str]:
    """Run code in a fresh interpreter and return the modules that it loaded."""
    tell = "import atexit, sys; atexit.register(lambda: print('\\nLOADED', *sys.modules, sep='\\n'));"
    done = subprocess.run(
        [sys.executable, "-c", f"{tell} {code}", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return set(done.stdout.partition("LOADED\n")[2].split())


@pytest.mark.parametrize("package", ["gazetteer", "geo", "maps"])
def test_packages_are_this_projects(package: str) -> None:
    module = __import__(package)
    assert module.__file__ is not None
    assert Path(module.__file__).resolve().parent == ROOT / package


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        ("import geo.pipeline", ()),
        ("import gazetteer", ()),
        ("import geo.cli", ()),
        (RUN, ("--help",)),
        (RUN, ("--version",)),
        (RUN, ("map", "--help")),
        (RUN, ("geocode", "Khusham", "--near", "Deir ez-Zor")),
        (RUN, ("gazetteer", "info")),
        (RUN, ("parse", "seeds")),
    ],
)
def test_no_table_library_is_loaded(code: str, arguments: tuple[str, ...]) -> None:
    modules = loaded(code, *arguments)
    assert "geo" in modules or "gazetteer" in modules
    assert not [m for m in HEAVY if m in modules]


@pytest.mark.parametrize("arguments", [("--help",), ("geocode", "Khusham")])
def test_small_verbs_load_no_stage(arguments: tuple[str, ...]) -> None:
    modules = loaded(RUN, *arguments)
    assert not [m for m in ("geo.events", "geo.incidents", "maps", "pyproj", "trafilatura") if m in modules]
