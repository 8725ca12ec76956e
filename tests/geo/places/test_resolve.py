"""The choice among places of one name: what contains it, what else the report names, one sense a report."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer
from gazetteer.sphere import distance_km
from geo.places.options import options, packaged_model
from geo.records import PlaceRef
from tests.geo.conftest import Places


def country(found: tuple[PlaceRef, ...], name: str) -> list[str | None]:
    return [r.place.country for r in found if name in r.mention.text and r.place]


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("A fire broke out in Paris, Texas, on Monday.", "Paris", "US"),
        ("A fire broke out in Paris, France, on Monday.", "Paris", "FR"),
        ("Clashes went on in Tripoli, Lebanon, on Monday.", "Tripoli", "LB"),
        ("Clashes went on in Tripoli in Libya on Monday.", "Tripoli", "LY"),
        ("Police in Cambridge, Massachusetts, said so.", "Cambridge", "US"),
    ],
)
def test_container_decides(places: Places, text: str, name: str, expected: str) -> None:
    assert country(places(text), name)[0] == expected


def test_other_names_decide(places: Places) -> None:
    report = "Shells fell on Homs, Hama and Aleppo, all in Syria. A bomb went off in Tartus."
    assert country(places(report), "Tartus") == ["SY"]


def test_one_sense_a_report(places: Places) -> None:
    report = "Fighting went on in Tripoli, Lebanon.\n\nTripoli had been quiet. In Tripoli, shops closed."
    assert set(country(places(report), "Tripoli")) == {"LB"}


@pytest.mark.parametrize("name", ["London", "Moscow", "Berlin", "Damascus", "Cairo", "Baghdad"])
def test_bare_capital_is_the_capital(places: Places, name: str) -> None:
    (found,) = places(f"He travelled to {name} on Monday.")
    assert found.place is not None
    assert found.place.feature == "PPLC"


def test_government_of_a_name_is_its_capital(places: Places) -> None:
    moscow, washington = places("Moscow has reminded Washington that nothing allows it to be there.")
    assert washington.place is not None
    assert (washington.literal, washington.place.feature) == (False, "PPLC")
    assert moscow.place is not None
    assert (moscow.literal, moscow.place.feature) == (False, "PPLC")


def test_options_come_likeliest_first(world: Gazetteer) -> None:
    found = options(packaged_model(), world, "london")
    assert [o.prior for o in found] == sorted((o.prior for o in found), reverse=True)
    assert world.place(found[0].row).country == "GB"


def test_unknown_name_has_no_options(world: Gazetteer) -> None:
    assert options(packaged_model(), world, "no such name") == ()


def test_distance_is_the_great_circle() -> None:
    assert distance_km(0.0, 0.0, 0.0, 0.0) == 0.0
    assert distance_km(0.0, 0.0, 0.0, 180.0) == pytest.approx(20015.1, abs=0.1)
    assert distance_km(35.336, 40.141, 35.301, 40.289) == pytest.approx(14.0, abs=0.5)
