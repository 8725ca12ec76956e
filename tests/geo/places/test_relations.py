"""How a text stands to the place it names: "near", "12 km south of", "northern"."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gazetteer.sphere import distance_km
from geo.places.locate import locate, move, precision_of
from geo.places.relations import find_relation
from geo.records import IN_PLACE, Relation
from tests.geo.builders import DEIR_EZ_ZOR, KHUSHAM, PROVINCE, place

SYRIA = place("iso:SY", "Syria", lat=35.0, lon=38.5, feature="PCLI", feature_class="A", radius_km=420.0)
EUPHRATES = place("x:1", "Euphrates", lat=34.5, lon=40.9, feature="STM", feature_class="H", radius_km=800.0)


def relation(text: str) -> Relation:
    """Read the relation to the name in brackets."""
    before, _, rest = text.partition("[")
    name, _, after = rest.partition("]")
    return find_relation(before + name + after, len(before), len(before) + len(name))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The raid hit [Khusham] on Wednesday.", "in"),
        ("They met in [Khusham].", "in"),
        ("It fell near [Khusham].", "near"),
        ("It fell close to [Khusham].", "near"),
        ("in the vicinity of [Khusham]", "near"),
        ("on the outskirts of [Damascus]", "near"),
        ("near the town of [Khusham]", "near"),
        ("in the countryside of [Hama]", "around"),
        ("shells hit [Hama]'s northern countryside", "around"),
        ("the [Idlib] countryside", "around"),
        ("on the border with [Iraq]", "border"),
        ("along [Iraq]'s border", "border"),
        ("in northern [Syria]", "part"),
        ("in north-eastern [Syria]", "part"),
        ("in the south of [Syria]", "part"),
        ("in the far south of [Syria]", "part"),
        ("in central [Homs]", "part"),
        ("12 km south of [Khusham]", "offset"),
        ("just east of [Khusham]", "offset"),
    ],
)
def test_kind_of_relation(text: str, kind: str) -> None:
    assert relation(text).kind == kind


@pytest.mark.parametrize(
    ("text", "km", "bearing"),
    [
        ("12 km south of [Khusham]", 12.0, 180.0),
        ("12km north-east of [Khusham]", 12.0, 45.0),
        ("2.5 kilometres to the west of [Khusham]", 2.5, 270.0),
        ("2,5 km northwest of [Khusham]", 2.5, 315.0),
        ("1,300 metres east of [Khusham]", 1.3, 90.0),
        ("500 m south of [Khusham]", 0.5, 180.0),
        ("ten miles (16 km) southeast of [Khusham]", 16.09344, 135.0),
        ("half a kilometer north of [Khusham]", 0.5, 0.0),
        ("fifteen km southwest of [Khusham]", 15.0, 225.0),
    ],
)
def test_offset_says_distance_and_bearing(text: str, km: float, bearing: float) -> None:
    found = relation(text)
    assert found.kind == "offset"
    assert found.distance_km == pytest.approx(km)
    assert found.bearing == bearing


def test_distance_without_direction_is_nearness() -> None:
    found = relation("about 30 km from [Aleppo]")
    assert (found.kind, found.distance_km, found.bearing) == ("near", 30.0, None)


def test_number_that_is_half_read_is_not_read() -> None:
    assert relation("twenty-seven km south of [Khusham]").distance_km is None


@pytest.mark.parametrize(
    "text", ["[Khusham] fell", "troops left [Moscow] to its fate", "the [Euphrates] river"]
)
def test_no_relation_is_the_place_itself(text: str) -> None:
    assert relation(text) is IN_PLACE


def test_near_widens_and_lowers_precision() -> None:
    here = locate(KHUSHAM, IN_PLACE)
    near = locate(KHUSHAM, Relation(kind="near"))
    assert (here.where_prec, here.geo_precision) == (1, 1)
    assert (near.where_prec, near.geo_precision) == (2, 2)
    assert near.radius_km > here.radius_km
    assert (near.lat, near.lon) == (KHUSHAM.lat, KHUSHAM.lon)


@given(bearing=st.floats(0.0, 359.0), km=st.floats(0.1, 500.0))
def test_offset_moves_the_point_that_far(bearing: float, km: float) -> None:
    found = locate(KHUSHAM, Relation(kind="offset", distance_km=km, bearing=bearing))
    away = distance_km(KHUSHAM.lat, KHUSHAM.lon, found.lat, found.lon)
    assert away == pytest.approx(km, rel=0.01, abs=0.01)
    assert found.where_prec == 2
    assert found.radius_km >= 2.0


def test_offset_south_goes_south() -> None:
    found = locate(KHUSHAM, Relation(kind="offset", distance_km=12.0, bearing=180.0))
    assert found.lat == pytest.approx(KHUSHAM.lat - 12 / 110.95, abs=0.001)
    assert found.lon == pytest.approx(KHUSHAM.lon, abs=1e-6)


def test_offset_without_distance_from_an_area_is_a_larger_region() -> None:
    found = locate(EUPHRATES, Relation(kind="offset", bearing=90.0))
    assert (found.lat, found.lon) == (EUPHRATES.lat, EUPHRATES.lon)
    assert (found.where_prec, found.geo_precision) == (5, 3)


@pytest.mark.parametrize(("bearing", "north"), [(0.0, True), (180.0, False)])
def test_part_of_a_country_moves_into_that_part(bearing: float, *, north: bool) -> None:
    found = locate(SYRIA, Relation(kind="part", bearing=bearing))
    assert (found.lat > SYRIA.lat) is north
    assert found.radius_km < SYRIA.radius_km
    assert (found.where_prec, found.geo_precision) == (5, 3)


def test_part_of_a_town_stays_in_the_town() -> None:
    found = locate(DEIR_EZ_ZOR, Relation(kind="part", bearing=0.0))
    assert (found.lat, found.lon, found.where_prec) == (DEIR_EZ_ZOR.lat, DEIR_EZ_ZOR.lon, 1)


def test_countryside_is_wider_than_nearness() -> None:
    near, around = (locate(KHUSHAM, Relation(kind=k)) for k in ("near", "around"))  # type: ignore[arg-type]
    assert around.radius_km > near.radius_km


def test_border_is_a_line() -> None:
    found = locate(PROVINCE, Relation(kind="border"))
    assert (found.where_prec, found.geo_precision) == (5, 3)


@pytest.mark.parametrize(
    ("feature", "where", "acled"),
    [
        ("PPL", 1, 1),
        ("PPLA3", 1, 1),
        ("MILB", 1, 1),
        ("OILF", 1, 1),
        ("ADM2", 3, 2),
        ("ADM1", 4, 3),
        ("STM", 5, 3),
        ("RGN", 5, 3),
        ("PCLI", 6, 3),
        ("CONT", 6, 3),
        ("SEA", 7, 3),
        ("GULF", 7, 3),
    ],
)
def test_precision_of_a_feature(feature: str, where: int, acled: int) -> None:
    assert precision_of(feature)[:2] == (where, acled)


@given(lat=st.floats(-85, 85), lon=st.floats(-180, 180), bearing=st.floats(0, 360), km=st.floats(0, 99_999))
def test_moved_points_stay_on_the_globe(lat: float, lon: float, bearing: float, km: float) -> None:
    to_lat, to_lon = move(lat, lon, bearing, km)
    assert math.isfinite(to_lat)
    assert -90 <= to_lat <= 90
    assert -180 <= to_lon <= 180


@given(st.text(alphabet="0123456789.,٣ kmsouthf\u00a0-", max_size=80))
def test_hostile_words_before_a_name_do_no_harm(before: str) -> None:
    found = find_relation(f"{before} of X", len(before) + 4, len(before) + 5)
    there = locate(KHUSHAM, found)
    assert math.isfinite(there.lat + there.lon + there.radius_km)
