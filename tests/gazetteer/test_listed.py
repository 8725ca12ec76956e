"""Tables taken from one open list, and the script that compares them with their source."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from gazetteer.packaged import DATA
from gazetteer.sources.tables import ListedPlaces

if TYPE_CHECKING:
    from gazetteer import Gazetteer

LUA = """
    { lat = "35.301", long = "40.289", mark = m.gov, label = "[[Khusham]]", label_size = 0 },
    { lat = 35.25, long = 40.296, mark = m.IS, label = "[[Al-Tabiyah, Syria|Al-Tabiyah]]", link = "x" },
    { lat = 33.302, long = 38.663, mark = m.pass_NW, marksize = 18 },
"""
MARKDOWN = (
    '`  { lat = 36.371, long = 38.313, mark = m.SDF, label = "`[`Jubb``   ``al``   ``Qadir`]'
    '(https://zh.wikipedia.org/wiki/Jubb_al_Qadir "wikilink")`", label_size = 0 },`'
)


@pytest.fixture(scope="module")
def script() -> Any:
    path = Path(__file__).parents[2] / "training" / "marks.py"
    spec = importlib.util.spec_from_file_location("marks", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_marks_of_a_module(script: Any) -> None:
    assert list(script.marks(LUA)) == [("Khusham", 35.301, 40.289), ("Al-Tabiyah", 35.25, 40.296)]
    assert list(script.marks(MARKDOWN)) == [("Jubb al Qadir", 36.371, 38.313)]


def test_rows_that_no_mark_bears_out_are_told(script: Any) -> None:
    rows = [
        {"id": "a", "name": "Khusham", "lat": "35.3011", "lon": "40.2891"},
        {"id": "b", "name": "Al Tabiyah", "lat": "35.35", "lon": "40.296"},
        {"id": "c", "name": "Nowhere", "lat": "35", "lon": "40"},
    ]
    told = script.astray(rows, list(script.marks(LUA)))
    assert told == ["b: 11.1 km off", "c: no mark of that name"]


def test_listed_rows_stand_behind_the_others() -> None:
    rows = list(ListedPlaces(DATA / "lists").entries())
    assert len(rows) > 5000
    assert not any(row.curated for row in rows)
    assert {row.country for row in rows} == {"IQ", "SY"}
    assert all(row.admin1_name for row in rows if row.feature == "P.PPL")


def test_a_village_of_the_list_is_found_in_its_governorate(world: Gazetteer) -> None:
    [found] = world.find("Iblin", country="SY", admin1="Idlib", limit=1)
    assert found.place.id.startswith("wikipedia:")
    assert found.place.lat == pytest.approx(35.716, abs=0.001)
    assert found.place.admin1 == "Idlib"


def test_a_village_of_iraq_is_found_in_its_governorate(world: Gazetteer) -> None:
    [found] = world.find("Qaryat al-Ghaziyah", country="IQ", limit=1)
    assert found.place.id.startswith("wikipedia:wp-iq-")
    assert found.place.admin1 == "Kirkuk"
