"""The names of the seed reports' theatre are found and lie where they lie, in every spelling."""

from __future__ import annotations

import pytest

from gazetteer.sphere import distance_km
from geo.records import PlaceRef
from tests.geo.conftest import Places

REACH_KM = 25.0
FRAMES = (
    "Coalition aircraft struck militants in {} on Wednesday, an official said.",
    "Three soldiers were killed near {}, the Syrian Observatory said on Monday.",
)
# Coordinates: GeoNames; al-Tanf and al-Isba from the curated table of Syria.
SPOTS = {
    "Deir ez-Zor": (35.336, 40.141),
    "Deir Ezzor": (35.336, 40.141),
    "Deir al-Zor": (35.336, 40.141),
    "Deir al-Zour": (35.336, 40.141),
    "Deir Ez-Zor": (35.336, 40.141),
    "Deir-ez-Zor": (35.336, 40.141),
    "Dayr az-Zawr": (35.336, 40.141),
    "Khusham": (35.301, 40.289),
    "Khasham": (35.301, 40.289),
    "al-Tanf": (33.49, 38.66),
    "al Tanf": (33.49, 38.66),
    "Raqqa": (35.95, 39.01),
    "Raqqah": (35.95, 39.01),
    "al-Isba": (35.37, 40.35),
    "Mosul": (36.335, 43.119),
    "Damascus": (33.51, 36.29),
    "Aleppo": (36.2, 37.16),
}


def one(found: tuple[PlaceRef, ...], name: str) -> PlaceRef:
    matching = [r for r in found if name in r.mention.text]
    assert len(matching) == 1, found
    return matching[0]


@pytest.mark.parametrize("frame", FRAMES)
@pytest.mark.parametrize("name", SPOTS)
def test_spellings_are_found_where_they_lie(places: Places, name: str, frame: str) -> None:
    found = one(places(frame.format(name)), name)
    assert found.literal
    assert found.place is not None
    assert distance_km(found.place.lat, found.place.lon, *SPOTS[name]) <= REACH_KM
    assert found.reason
    assert found.where_prec == (2 if "near" in frame else 1)
    assert 0 < found.confidence <= 1


@pytest.mark.parametrize("name", ["Deir Ez-Zor", "Deir Ezzor", "Deir al-Zor"])
def test_province_is_the_division(places: Places, name: str) -> None:
    found = one(places(f"Strikes hit {name} province on Wednesday."), name)
    assert found.place is not None
    assert (found.place.feature, found.place.country) == ("ADM1", "SY")
    assert (found.where_prec, found.geo_precision) == (4, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Militiamen went scouting around Salhiyah. The Americans had a base in Deir ez-Zor province.",
        "Militiamen searched near Salhiyah, close to Deir ez-Zor.",
    ],
)
def test_salhiyah_is_the_one_by_deir_ez_zor(places: Places, text: str) -> None:
    found = one(places(text), "Salhiyah").place
    assert found is not None
    assert found.admin1 == "Deir ez-Zor"


def test_euphrates_is_a_river(places: Places) -> None:
    found = one(places("Most of its chiefs slipped off down the Euphrates."), "Euphrates")
    assert found.place is not None
    assert found.place.feature == "STM"
    assert (found.literal, found.where_prec) == (True, 5)


def test_north_sinai_is_the_governorate_not_the_north_of_sinai(places: Places) -> None:
    found = one(places("The army went after militants in North Sinai on Friday."), "Sinai")
    assert found.place is not None
    assert (found.mention.text, found.place.country, found.place.feature) == ("North Sinai", "EG", "ADM1")
    assert found.relation.kind == "in"


@pytest.mark.parametrize(("words", "north"), [("northern", True), ("southern", False)])
def test_part_of_syria(places: Places, words: str, *, north: bool) -> None:
    found = one(places(f"Turkish jets bombed fighters in {words} Syria on Thursday."), "Syria")
    assert found.place is not None
    assert found.lat is not None
    assert (found.relation.kind, found.where_prec) == ("part", 5)
    assert (found.lat > found.place.lat) is north


def test_offsets_point_into_the_text(places: Places) -> None:
    text = "Zürich — “in Raqqa,” said he; 👩‍🚒 in Mosul held. Clashes hit Deir ez-Zor."
    found = places(text)
    assert {"Raqqa", "Mosul", "Deir ez-Zor"} <= {r.mention.text for r in found}
    for r in found:
        assert text[r.mention.start : r.mention.end] == r.mention.text
    assert [r.mention.start for r in found] == sorted(r.mention.start for r in found)


def test_adjectives_and_peoples_are_no_places_of_events(places: Places) -> None:
    found = places("Turkish jets flew over. The Americans watched.")
    assert {(r.mention.text, r.literal) for r in found} >= {("Turkish", False), ("Americans", False)}
    assert [r.place.country for r in found if r.place] == ["TR", "US"]


def test_village_that_nobody_knows_is_kept_without_a_place(places: Places) -> None:
    found = one(places("Clashes broke out in the village of Qwertabad, near Raqqa."), "Qwertabad")
    assert found.place is None
    assert (found.lat, found.lon, found.radius_km) == (None, None, None)


def test_runners_up_share_the_belief(places: Places) -> None:
    found = one(places("Talks were held in Tripoli on Friday."), "Tripoli")
    assert found.runners_up
    scores = [r.score for r in found.runners_up]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) <= 1.0
