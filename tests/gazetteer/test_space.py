from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.sphere import bearing_deg, compass, distance_km, distances_km

if TYPE_CHECKING:
    from gazetteer import Gazetteer

LATS = st.floats(-90, 90)
LONS = st.floats(-180, 180)


def row(gazetteer: Gazetteer, name: str, **hints: str) -> int:
    found = gazetteer.by_id(gazetteer.find(name, **hints)[0].place.id)  # type: ignore[arg-type]
    assert found is not None
    return found


@given(LATS, LONS, LATS, LONS)
def test_distances(lat: float, lon: float, other_lat: float, other_lon: float) -> None:
    there = distance_km(lat, lon, other_lat, other_lon)
    back = distance_km(other_lat, other_lon, lat, lon)
    assert 0 <= there <= 20016
    assert there == pytest.approx(back, abs=1e-6)
    assert float(distances_km(lat, lon, other_lat, other_lon)) == pytest.approx(there, abs=1e-6)


def test_bearings() -> None:
    assert compass(bearing_deg(35.0, 40.0, 36.0, 40.0)) == "N"
    assert compass(bearing_deg(35.0, 40.0, 34.5, 40.6)) == "SE"
    assert compass(359.0) == "N"


def test_describe(tiny: Gazetteer) -> None:
    assert tiny.describe(lat=35.28, lon=40.315) == "3 km SE of Khusham"
    assert tiny.describe(lat=35.3009, lon=40.2892) == "Khusham"
    assert tiny.describe(lat=0.0, lon=0.0) == "0.000, 0.000"


def test_near_is_sorted_and_limited(tiny: Gazetteer) -> None:
    found = tiny.near(lat=35.34, lon=40.15, limit=3, max_km=30)
    assert [tiny.place(r).name for r, _, _ in found] == ["Deir ez-Zor", "Salihiyah", "Khusham"]
    assert [km for _, km, _ in found] == sorted(km for _, km, _ in found)
    assert tiny.near(lat=35.34, lon=40.15, limit=3, max_km=0.01) == []


def test_across_the_180th_meridian(tiny: Gazetteer) -> None:
    [(found, km, bearing)] = tiny.near(lat=-16.77, lon=179.98, limit=1)
    assert tiny.place(found).name == "Somosomo"
    assert km == pytest.approx(5.3, abs=0.2)
    assert compass(bearing) == "W"


@settings(deadline=None)
@given(lat=st.floats(-60, 75), lon=LONS)
def test_nearest_is_the_nearest(world: Gazetteer, lat: float, lon: float) -> None:
    columns = world.columns
    settled = np.flatnonzero(np.array([name.startswith("P.") for name in world.features])[columns.feature])
    distance = distances_km(lat, lon, columns.lat[settled], columns.lon[settled])
    rows, km = world.nearest(np.array([lat]), np.array([lon]))
    if distance.min() <= 50:
        assert km[0] == pytest.approx(distance.min(), abs=0.02)
        assert world.near(lat=lat, lon=lon, limit=1)[0][1] == pytest.approx(distance.min(), abs=0.02)
    else:
        assert rows[0] == -1


def test_contains(tiny: Gazetteer) -> None:
    khusham, aleppo = row(tiny, "Khusham"), row(tiny, "Aleppo")
    syria, iraq, asia, levant = (row(tiny, name) for name in ("Syria", "Iraq", "Asia", "Levant"))
    division = tiny.place(khusham).admin1
    governorate = row(tiny, "Deir ez-Zor Governorate")
    assert division == "Deir ez-Zor"
    assert tiny.contains(syria, khusham)
    assert not tiny.contains(iraq, khusham)
    assert tiny.contains(governorate, khusham)
    assert not tiny.contains(governorate, aleppo)
    assert tiny.contains(asia, khusham)
    assert not tiny.contains(asia, row(tiny, "Paris", country="FR"))
    assert tiny.contains(levant, aleppo)
    assert tiny.contains(aleppo, aleppo)
