"""The lines of `parse`: the contract that the scorer reads."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date

import pytest

from geo.jsonlines import line
from geo.records import UNKNOWN_TIME, Relation, When
from tests.geo import builders


def parsed(number: int, **incident_of: str) -> dict:
    text = line(builders.coded()[number], incident_of)
    assert text.endswith(b"\n")
    assert text.count(b"\n") == 1
    return json.loads(text)


def test_has_every_key_of_the_contract() -> None:
    told = parsed(1, e2="i1")
    assert set(told) == {"report", "mentions", "events"}
    assert (
        told["report"].items()
        >= {
            "id": "r2",
            "source": "Reuters",
            "title": "Strikes, says Reuters",
            "published": "2018-02-09",
            "url": "https://example.org/r2",
        }.items()
    )
    mention = told["mentions"][0]
    assert {"start", "end", "text", "literal", "confidence", "place", "relation", "reason"} <= set(mention)
    assert mention["relation"].items() >= {"kind": "near", "distance_km": None, "bearing": None}.items()
    assert (
        mention["place"].items()
        >= {
            "id": "geonames:167899",
            "name": "Khusham",
            "lat": 35.30088,
            "lon": 40.28916,
            "country": "SY",
            "admin1": "Deir ez-Zor",
            "feature": "PPLA3",
            "where_prec": 2,
            "radius_km": 10.0,
        }.items()
    )
    event = told["events"][0]
    assert (
        event.items()
        >= {
            "id": "e2",
            "incident": "i1",
            "type": "Explosions/Remote violence",
            "sub_type": "Air/drone strike",
            "date_from": "2018-02-07",
            "date_to": "2018-02-08",
            "date_precision": "days",
            "start": 0,
            "end": 20,
            "quote": "Jets struck Khusham.",
            "confidence": 0.8,
        }.items()
    )
    assert (
        event["initiators"][0].items()
        >= {
            "id": "us-coalition",
            "name": "US-led coalition",
            "text": "US-led coalition",
        }.items()
    )
    claim = event["claims"][0]
    assert (
        claim.items()
        >= {
            "measure": "killed",
            "low": 73,
            "high": 73,
            "bound": "about",
            "of": None,
            "start": 0,
            "end": 10,
            "quote": "About 73 died.",
        }.items()
    )
    assert claim["claimant"]["id"] == "sohr"
    assert [actor["name"] for actor in claim["via"]] == ["AP"]


def test_place_claimant_and_incident_may_be_null() -> None:
    told = parsed(1)
    assert told["mentions"][1]["place"] is None
    assert told["events"][0]["incident"] is None
    assert parsed(0)["events"][0]["claims"][0]["claimant"] is None
    assert parsed(2)["events"][1]["place"] is None
    assert parsed(2)["events"][1]["date_from"] is None


def test_position_is_the_one_meant() -> None:
    south = builders.ref(lat=35.2, lon=40.3, relation=Relation(kind="offset", words="12 km south of"))
    coded = replace(builders.coded()[0], mentions=(south,), events=(builders.event("e1", "r1", south),))
    told = json.loads(line(coded, {}))
    place, mention = told["events"][0]["place"], told["mentions"][0]
    assert (place["lat"], place["lon"]) == (35.2, 40.3)
    assert (mention["place"]["lat"], mention["meant"]["lat"], mention["meant"]["lon"]) == (
        35.30088,
        35.2,
        40.3,
    )


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (UNKNOWN_TIME, None),
        (When(first=date(2018, 2, 1), last=date(2018, 2, 28), precision="month"), None),
        (builders.days(date(2018, 2, 12)), "2018-02-12"),
    ],
)
def test_published_is_a_day_or_nothing(published: When, expected: str | None) -> None:
    coded = builders.coded()[0]
    told = json.loads(line(replace(coded, report=replace(coded.report, published=published)), {}))
    assert told["report"]["published"] == expected


def test_hostile_text_stays_text_and_offsets_stay_right() -> None:
    title = 'a\ud800b\n"\u2028\u202e😀\x00</script>'
    coded = builders.coded()[0]
    told = json.loads(line(replace(coded, report=replace(coded.report, title=title)), {}))
    assert told["report"]["title"] == title.replace("\ud800", "\ufffd")


def test_imports_no_table_library() -> None:
    code = "import sys, geo.jsonlines; print({'pandas', 'numpy', 'shapely'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
