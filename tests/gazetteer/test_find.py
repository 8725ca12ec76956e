from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer import GazetteerError
from gazetteer.tiers import TIERS

if TYPE_CHECKING:
    from gazetteer import Gazetteer


@pytest.mark.parametrize(
    ("name", "place", "tier"),
    [
        ("Khusham", "conflictmap:khusham", "exact"),
        ("KHUSHĀM", "conflictmap:khusham", "exact"),
        ("خشام", "conflictmap:khusham", "exact"),
        ("Khusham village", "conflictmap:khusham", "article"),
        ("Tanf", "conflictmap:tanf", "exact"),
        ("Khoosham", "conflictmap:khusham", "folding"),
        ("Salhieh", "conflictmap:salihiyah-north", "skeleton"),
        ("Хушам", "conflictmap:khusham", "script"),
        ("خوشام", "conflictmap:khusham", "script"),
        ("Abu Rasen", "geonames:163808", "bare"),
        ("Khasham", "conflictmap:khusham", "skeleton"),
        ("Kharkivv", "geonames:706483", "folding"),
        ("Aleppko", "geonames:170063", "edit"),
    ],
)
def test_tiers(tiny: Gazetteer, name: str, place: str, tier: str) -> None:
    best = tiny.find(name, near=(35.33, 40.14) if "Sal" in name else None)[0]
    assert (best.place.id, best.tier) == (place, tier)


def test_a_tier_can_be_asked_for(tiny: Gazetteer) -> None:
    assert tiny.find("Khasham", tiers=["exact", "article"]) == []
    with pytest.raises(GazetteerError, match="There is no tier 'sound'; there are exact"):
        tiny.find("Khasham", tiers=["sound"])


def test_asia_is_the_continent(tiny: Gazetteer) -> None:
    candidates = tiny.find("Asia")
    assert [one.place.feature for one in candidates] == ["CONT", "PPL"]
    assert candidates[0].confidence > 0.5


def test_near_decides(tiny: Gazetteer) -> None:
    north = tiny.find("Salihiyah", near=(35.34, 40.14))[0]
    south = tiny.find("Salihiyah", near=(34.45, 40.92))[0]
    assert (north.place.id, south.place.id) == ("conflictmap:salihiyah-north", "conflictmap:salihiyah-south")
    assert "km from the point given" in north.reason


def test_country_is_a_wall(tiny: Gazetteer) -> None:
    assert [one.place.country for one in tiny.find("Paris", country="us")] == ["US"]
    assert [one.place.country for one in tiny.find("Paris", country=["FR", "US"])] == ["FR", "US"]
    assert tiny.find("Paris", country="SY", tiers=["exact"]) == []


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("Paris, Texas", "geonames:4717560"),
        ("Paris, FR", "geonames:2988507"),
        ("Khusham, Deir ez-Zor, Syria", "conflictmap:khusham"),
        ("Khusham, Nowhere at all", "conflictmap:khusham"),
    ],
)
def test_containers_in_the_query(tiny: Gazetteer, query: str, place: str) -> None:
    assert tiny.find(query)[0].place.id == place


def test_a_division_as_a_hint(tiny: Gazetteer) -> None:
    best = tiny.find("Khasham", country="SY", admin1="Deir ez-Zor Governorate")[0]
    assert best.place.id == "conflictmap:khusham"
    assert "inside what was given" in best.reason


def test_two_readings(tiny: Gazetteer) -> None:
    assert tiny.find("Xyzzy/Khusham")[0].place.id == "conflictmap:khusham"
    assert tiny.find("Khusham (Qurujah)")[0].place.id == "conflictmap:khusham"


def test_suggestions(tiny: Gazetteer) -> None:
    assert tiny.suggest("Khushmm")[0] == "Khusham"
    assert tiny.suggest("") == []


def test_ids(tiny: Gazetteer) -> None:
    for row in range(len(tiny)):
        assert tiny.by_id(tiny.place(row).id) == row
    assert tiny.by_id("geonames:1") is None
    assert tiny.by_id("geonames:167899") == tiny.by_id("conflictmap:khusham"), "ids of merged rows stay known"
    assert tiny.by_id("nonsense") is None


def test_country_rows(tiny: Gazetteer, world: Gazetteer) -> None:
    assert tiny.country("SY") is None, "the tiny table has no codes"
    row = world.country("sy")
    assert row == world.by_id("iso:SY")
    assert row is not None
    assert world.place(row).name == "Syria"


QUERIES = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(["Khusham", "Deir", "ez-Zor", ",", "/", "(", "al-", "Syria", "\x01", "\ud800", "x"])
    ).map(" ".join),
)


@settings(deadline=None)
@given(name=QUERIES)
def test_no_name_makes_look_up_raise(tiny: Gazetteer, name: str) -> None:
    candidates = tiny.find(name, limit=3)
    assert len(candidates) <= 3
    assert all(0 <= one.confidence <= 1 and one.tier in TIERS for one in candidates)
    assert sum(one.confidence for one in candidates) <= 1.001
    tiny.suggest(name)


@settings(deadline=None)
@given(name=st.text(), country=st.text(max_size=3), admin1=st.text(max_size=8))
def test_no_hint_makes_look_up_raise(tiny: Gazetteer, name: str, country: str, admin1: str) -> None:
    tiny.find(name, country=country, admin1=admin1, near=(0.0, 0.0))
