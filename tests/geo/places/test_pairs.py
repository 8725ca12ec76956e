"""What two places say together, from the words to the footprint."""

from __future__ import annotations

import pytest
from shapely.geometry import MultiPolygon, Point

from gazetteer import Gazetteer
from gazetteer.sphere import distance_km
from geo.places.borders import border
from geo.places.locate import locate_between
from geo.records import PlaceRef
from geo.tables.footprints import area, kind
from tests.geo.builders import KHUSHAM, place
from tests.geo.conftest import Places


def one(found: tuple[PlaceRef, ...], name: str) -> PlaceRef:
    (ref,) = [r for r in found if r.mention.text == name]
    return ref


def footprint(found: tuple[PlaceRef, ...], ref: PlaceRef) -> MultiPolygon:
    shape = area(ref, {r.place.id: r.place for r in found if r.place})
    assert shape is not None
    return shape


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("A bomb went off between Homs and Hama on Monday.", "Homs", "Hama"),
        ("A bomb went off halfway between the towns of Homs and Hama.", "Homs", "Hama"),
        ("Gunmen closed the Damascus\N{EN DASH}Homs road on Monday.", "Damascus", "Homs"),
        ("Gunmen shot at a bus on the Homs-Damascus highway.", "Homs", "Damascus"),
        ("Gunmen closed the road between Damascus and Homs.", "Damascus", "Homs"),
        ("A convoy was hit on the road from Raqqa to Deir ez-Zor.", "Raqqa", "Deir ez-Zor"),
        ("Mines lie along the highway linking Aleppo with Homs.", "Aleppo", "Homs"),
    ],
)
def test_what_lies_between_two_places_is_a_strip(places: Places, text: str, first: str, second: str) -> None:
    found = places(text)
    a, b = one(found, first), one(found, second)
    assert a.place is not None
    assert b.place is not None
    assert (a.relation.kind, a.relation.other) == ("between", b.place.id)
    assert (b.relation.kind, b.relation.other) == ("between", a.place.id)
    assert a.literal
    assert b.literal
    assert kind(a) == "between"
    strip = footprint(found, a)
    assert strip.contains(Point(a.place.lon, a.place.lat))
    assert strip.contains(Point(b.place.lon, b.place.lat))
    assert strip.contains(Point(a.lon, a.lat))
    assert (
        strip.equals_exact(footprint(found, b), 1e-3)
        or strip.symmetric_difference(footprint(found, b)).area < strip.area * 0.01
    )


@pytest.mark.parametrize(
    "text",
    [
        "Talks between Russia and Turkey went on.",
        "Talks between Moscow and Ankara went on, officials said.",
        "He went from Homs to Hama.",
        "They fought in Homs and Hama.",
        "The flight between London and Sydney was late.",
    ],
)
def test_other_neighbours_are_no_pair(places: Places, text: str) -> None:
    assert {r.relation.kind for r in places(text)} == {"in"}


def test_middle_is_half_way() -> None:
    other = place("x:2", "East", lat=35.3, lon=40.9)
    found = locate_between(KHUSHAM, other)
    assert found is not None
    assert found.where_prec == 5
    near = distance_km(found.lat, found.lon, KHUSHAM.lat, KHUSHAM.lon)
    assert near == pytest.approx(distance_km(found.lat, found.lon, other.lat, other.lon), rel=1e-3)
    assert found.radius_km == pytest.approx(near, rel=0.01)


def test_neighbours_are_a_limited_area_and_far_places_none() -> None:
    beside = locate_between(KHUSHAM, place("x:2", "Beside", lat=35.35, lon=40.30))
    assert beside is not None
    assert (beside.where_prec, beside.geo_precision) == (2, 2)
    assert locate_between(KHUSHAM, place("x:3", "Far", lat=55.0, lon=40.0)) is None


@pytest.mark.parametrize(
    ("text", "name", "other"),
    [
        ("Shells fell along the border between Syria and Iraq.", "Syria", "iso-iq"),
        ("Shells fell on the Syria-Iraq border.", "Iraq", "iso-sy"),
        ("Troops massed on the border with Iraq. Raqqa and Deir ez-Zor were quiet.", "Iraq", "iso-sy"),
        ("Troops massed along Iraq's border. Raqqa and Deir ez-Zor were quiet.", "Iraq", "iso-sy"),
    ],
)
def test_border_lies_where_two_countries_meet(places: Places, text: str, name: str, other: str) -> None:
    found = places(text)
    ref = one(found, name)
    assert ref.lat is not None
    assert ref.lon is not None
    assert (ref.relation.kind, kind(ref)) == ("border", "border")
    assert (ref.relation.other or "").endswith(other)
    assert (ref.where_prec, ref.geo_precision) == (5, 3)
    assert distance_km(ref.lat, ref.lon, 34.45, 40.92) < 250  # Abu Kamal, on that border
    assert footprint(found, ref).contains(Point(40.92, 34.45))


def test_border_that_nothing_says_more_of_stays_the_countrys(places: Places) -> None:
    ref = one(places("Troops massed on the border with Iraq."), "Iraq")
    assert ref.place is not None
    assert (ref.relation.kind, ref.relation.other) == ("border", None)
    assert (ref.lat, ref.lon) == (ref.place.lat, ref.place.lon)


def test_countries_that_do_not_meet_have_no_border(world: Gazetteer) -> None:
    assert border(world, "SY", "ES") is None
    assert border(world, "SY", "??") is None


@pytest.mark.parametrize("codes", [("LB", "SY"), ("JO", "SY"), ("AF", "PK"), ("RU", "UA")])
def test_border_is_the_same_from_both_sides(world: Gazetteer, codes: tuple[str, str]) -> None:
    here, there = border(world, *codes), border(world, *reversed(codes))
    assert here is not None
    assert there is not None
    assert (here.lat, here.lon, here.radius_km) == pytest.approx((there.lat, there.lon, there.radius_km))


@pytest.mark.parametrize(
    ("text", "name", "relation", "inside", "outside"),
    [
        ("Fighters held land east of the Euphrates.", "Euphrates", "offset", (44.0, 34.5), (37.0, 34.5)),
        ("Clashes raged in west Mosul.", "Mosul", "part", (43.08, 36.335), (43.18, 36.335)),
        ("They came within 500 metres of Khusham.", "Khusham", "near", (40.29, 35.30), (40.40, 35.30)),
        ("Strikes hit the countryside of Hama.", "Hama", "around", (36.76, 35.14), (39.50, 35.14)),
        ("A raid 12 km south of Raqqa killed two.", "Raqqa", "offset", (39.01, 35.845), (39.01, 35.95)),
        ("Shelling went on in northern Syria.", "Syria", "part", (38.5, 36.5), (38.5, 33.5)),
    ],
)
def test_relation_reaches_its_footprint(
    places: Places,
    text: str,
    name: str,
    relation: str,
    inside: tuple[float, float],
    outside: tuple[float, float],
) -> None:
    found = places(text)
    ref = one(found, name)
    assert ref.relation.kind == relation
    assert kind(ref) == relation
    shape = footprint(found, ref)
    assert shape.contains(Point(inside))
    assert not shape.contains(Point(outside))
