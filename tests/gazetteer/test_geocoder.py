from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import pytest
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders.base import Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer import LocalGeocoder

if TYPE_CHECKING:
    from pathlib import Path

    from gazetteer import Gazetteer


@pytest.fixture
def geocoder(tiny: Gazetteer) -> LocalGeocoder:
    return LocalGeocoder(tiny)


def test_it_is_a_geopy_geocoder(geocoder: LocalGeocoder, tiny_path: Path) -> None:
    assert isinstance(geocoder, Geocoder)
    assert LocalGeocoder(tiny_path).geocode("Khusham") == geocoder.geocode("Khusham")


def test_containers(geocoder: LocalGeocoder) -> None:
    location = geocoder.geocode("Khusham, Deir ez-Zor, Syria")
    assert isinstance(location, Location)
    assert (location.latitude, location.longitude) == (35.3009, 40.2892)
    assert location.address.startswith("Khusham, Deir ez-Zor")
    assert location.raw["id"] == "conflictmap:khusham"
    assert location.raw["tier"] == "exact"


def test_a_structured_query(geocoder: LocalGeocoder) -> None:
    location = geocoder.geocode({"city": "Paris", "state": "Texas"})
    assert isinstance(location, Location)
    assert location.raw["country"] == "US"


def test_many_and_none(geocoder: LocalGeocoder) -> None:
    many = geocoder.geocode("Paris", exactly_one=False)
    assert isinstance(many, list)
    assert [one.raw["country"] for one in many] == ["FR", "US"]
    assert len(geocoder.geocode("Paris", exactly_one=False, limit=1) or []) == 1
    assert geocoder.geocode("Qqqq") is None
    assert geocoder.geocode("Qqqq", exactly_one=False) is None


def test_hints(geocoder: LocalGeocoder) -> None:
    here = geocoder.geocode("Paris", country_codes="us")
    assert isinstance(here, Location)
    assert here.raw["country"] == "US"
    near = geocoder.geocode("Salihiyah", near=Point(34.45, 40.92))
    assert isinstance(near, Location)
    assert near.raw["id"] == "conflictmap:salihiyah-south"


def test_the_address_in_a_language(geocoder: LocalGeocoder) -> None:
    location = geocoder.geocode("Khusham", language="ar")
    assert isinstance(location, Location)
    assert location.address.startswith("خشام")


@pytest.mark.parametrize("point", ["35.28, 40.31", (35.28, 40.31), Point(35.28, 40.31)])
def test_reverse(geocoder: LocalGeocoder, point: object) -> None:
    location = geocoder.reverse(point)
    assert isinstance(location, Location)
    assert location.raw["name"] == "Khusham"
    assert location.raw["compass"] == "SE"
    assert location.raw["distance_km"] == pytest.approx(3.0, abs=0.1)


def test_reverse_of_the_open_sea(geocoder: LocalGeocoder) -> None:
    assert geocoder.reverse((0, 0)) is None


def test_mistakes(geocoder: LocalGeocoder) -> None:
    with pytest.raises(GeocoderQueryError, match="not int"):
        geocoder.geocode(5)  # type: ignore[arg-type]
    with pytest.raises(GeocoderQueryError, match="is no point"):
        geocoder.reverse("somewhere")
    with pytest.raises(GeocoderServiceError, match="fetches nothing"):
        geocoder.adapter.get_text("https://example.org", timeout=1, headers={})


def test_the_recipe_for_tables(geocoder: LocalGeocoder) -> None:
    frame = pd.DataFrame({"name": ["Khusham", "Aleppo", "Qqqq"]})
    geocode = RateLimiter(geocoder.geocode, min_delay_seconds=0)
    frame["location"] = frame["name"].apply(geocode)
    frame["point"] = frame["location"].apply(lambda loc: tuple(loc.point) if loc else None)
    assert frame["point"].tolist() == [(35.3009, 40.2892, 0.0), (36.20124, 37.16117, 0.0), None]
