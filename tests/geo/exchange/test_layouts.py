"""ACLED's and UCDP's columns: what maps is coded, what does not is blank."""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import OutputError
from geo.exchange import codes
from geo.exchange.cases import NOBODY, Party, cases
from geo.exchange.layouts import LAYOUTS, arranged
from geo.exchange.ucdp import NON_STATE, ONE_SIDED, STATE_BASED, cell_number, violence
from geo.exchange.write import export
from geo.records import Count, When
from geo.tables import tables
from tests.geo import builders

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from geo.records import Event


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return tables(builders.coded(), builders.incidents())


def written(
    data: dict[str, pd.DataFrame], tmp_path: Path, layout: str, layer: str = "incidents"
) -> dict[str, Any]:
    export(data, tmp_path / "x.csv", layer, layout)
    with (tmp_path / "x.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {row["event_id_cnty" if layout == "acled" else "relid"]: row for row in rows}


def of_event(event: Event, layout: str, tmp_path: Path) -> dict[str, Any]:
    first = builders.coded()[0]
    return written(tables([replace(first, events=(event,))], []), tmp_path, layout, "events")[event.id]


def test_acled_has_its_31_columns_in_order(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    row = written(made, tmp_path, "acled")["i1"]
    assert len(row) == 31
    assert (next(iter(row)), list(row)[5], list(row)[30]) == ("event_id_cnty", "event_type", "timestamp")
    assert {name: value for name, value in row.items() if value} == {
        "event_id_cnty": "i1",
        "event_date": "2018-02-07",
        "year": "2018",
        "time_precision": "2",
        "disorder_type": "Political violence",
        "event_type": "Explosions/Remote violence",
        "sub_event_type": "Air/drone strike",
        "actor1": "US-led coalition",
        "inter1": "8",
        "actor2": "Pro-government forces",
        "inter2": "3",
        "interaction": "38",
        "iso": "760",
        "region": "Middle East",
        "country": "Syria",
        "admin1": "Deir ez-Zor",
        "location": "Khusham",
        "latitude": "35.30088",
        "longitude": "40.28916",
        "geo_precision": "1",
        "source": "RT; Reuters",
        "notes": 'RT: "Jets struck Khusham." | Reuters: "Jets struck Khusham."',
        "fatalities": "73",
    }


def test_ucdp_has_its_49_columns_in_order(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    row = written(made, tmp_path, "ucdp", "events")["e2"]
    assert len(row) == 49
    assert {name: value for name, value in row.items() if value} == {
        "relid": "e2",
        "year": "2018",
        "type_of_violence": "1",
        "side_a": "US-led coalition",
        "side_b": "Pro-government forces",
        "number_of_sources": "1",
        "source_article": '"Reuters,2018-02-09,Strikes, says Reuters"',
        "source_office": "Reuters",
        "source_date": "2018-02-09",
        "source_headline": "Strikes, says Reuters",
        "source_original": "Syrian Observatory for Human Rights",
        "where_prec": "2",
        "where_coordinates": "Khusham",
        "adm_1": "Deir ez-Zor",
        "latitude": "35.30088",
        "longitude": "40.28916",
        "geom_wkt": "POINT (40.28916 35.30088)",
        "priogrid_gid": "180441",
        "country": "Syria",
        "country_id": "652",
        "region": "Middle East",
        "date_prec": "2",
        "date_start": "2018-02-07",
        "date_end": "2018-02-08",
        "best": "73",
        "high": "73",
        "low": "73",
        "gwnoa": "2",
    }


def test_best_is_blank_where_claims_differ(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    row = written(made, tmp_path, "ucdp")["i1"]
    assert (row["low"], row["high"], row["best"], row["number_of_sources"]) == ("73", "100", "", "2")


def test_unknown_place_and_date_are_blank(made: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    acled, ucdp = written(made, tmp_path, "acled")["i3"], written(made, tmp_path, "ucdp")["i3"]
    blank = (
        "event_date",
        "year",
        "time_precision",
        "iso",
        "country",
        "location",
        "latitude",
        "geo_precision",
        "actor2",
    )
    assert {acled[name] for name in blank} == {""}
    assert {
        ucdp[name] for name in ("date_start", "date_prec", "where_prec", "geom_wkt", "priogrid_gid", "side_b")
    } == {""}
    assert acled["fatalities"] == "55"
    assert acled["interaction"] == "80"


@pytest.mark.parametrize(
    ("first", "last", "precision", "acled", "ucdp"),
    [
        (date(2018, 2, 7), date(2018, 2, 7), "day", "1", "1"),
        (date(2018, 2, 7), date(2018, 2, 12), "days", "2", "2"),
        (date(2018, 2, 7), date(2018, 2, 13), "days", "2", "3"),
        (date(2018, 2, 5), date(2018, 2, 11), "week", "2", "3"),
        (date(2018, 2, 1), date(2018, 2, 20), "days", "3", "4"),
        (date(2018, 2, 1), date(2018, 2, 28), "month", "3", "4"),
        (date(2018, 1, 1), date(2018, 12, 31), "year", "", "5"),
    ],
)
def test_date_precision(
    tmp_path: Path, first: date, last: date, precision: Any, acled: str, ucdp: str
) -> None:
    event = builders.event("e1", "r1", builders.ref(), when=When(first=first, last=last, precision=precision))
    assert of_event(event, "acled", tmp_path)["time_precision"] == acled
    assert of_event(event, "ucdp", tmp_path)["date_prec"] == ucdp


@pytest.mark.parametrize(
    ("low", "bound", "words", "expected"),
    [
        (100, "about", "about 100", "100"),
        (24, "vague", "dozens", "12"),
        (300, "vague", "several hundreds", "100"),
        (40, "vague", "scores", ""),
        (0, "none", "no casualties", "0"),
    ],
)
def test_fatalities(tmp_path: Path, low: int, bound: Any, words: str, expected: str) -> None:
    claim = builders.claim("e1", count=Count(low=low, high=None, words=words, bound=bound))
    event = builders.event("e1", "r1", builders.ref(), claims=(claim,))
    assert of_event(event, "acled", tmp_path)["fatalities"] == expected


def test_no_claim_is_no_number(tmp_path: Path) -> None:
    event = builders.event("e1", "r1", builders.ref(), claims=())
    assert of_event(event, "acled", tmp_path)["fatalities"] == ""
    assert of_event(event, "ucdp", tmp_path)["low"] == ""


def test_parts_denials_and_old_figures_do_not_count(tmp_path: Path) -> None:
    claims = (
        builders.claim("e1", 73, 73),
        builders.claim("e1", 9, 9, of="children"),
        builders.claim("e1", 8, 8, denied=True),
        builders.claim("e1", 7, 7, superseded=True),
        builders.claim("e1", 6, 6, cumulative=True),
        builders.claim("e1", 5, 5, measure="injured"),
    )
    event = builders.event("e1", "r1", builders.ref(), claims=claims)
    assert of_event(event, "acled", tmp_path)["fatalities"] == "73"
    found = of_event(event, "ucdp", tmp_path)
    assert (found["low"], found["high"]) == ("73", "73")


@pytest.mark.parametrize(
    ("kind", "country", "expected"),
    [
        ("state forces", "SY", "1"),
        ("state forces", "TR", "8"),
        ("state forces", None, "1"),
        ("rebels", "SY", "2"),
        ("civilians", "SY", "7"),
        ("monitor", "GB", ""),
    ],
)
def test_inter(tmp_path: Path, kind: str, country: str | None, expected: str) -> None:
    somebody = builders.actor("x", "X", kind=kind, country=country)
    event = builders.event("e1", "r1", builders.ref(), initiators=(somebody,))
    assert of_event(event, "acled", tmp_path)["inter1"] == expected


def test_strikes_on_civilians_are_marked(tmp_path: Path) -> None:
    people = builders.actor(None, "villagers", kind="civilians")
    event = builders.event("e1", "r1", builders.ref(), targets=(people,))
    assert of_event(event, "acled", tmp_path)["civilian_targeting"] == "Civilian targeting"
    found = of_event(event, "ucdp", tmp_path)
    assert (found["type_of_violence"], found["side_b"]) == ("3", "Civilians")


def test_crowds_are_tagged(tmp_path: Path) -> None:
    crowd = builders.claim("e1", 500, 500, measure="participants")
    event = builders.event(
        "e1", "r1", builders.ref(), type="Protests", sub_type="Peaceful protest", claims=(crowd,)
    )
    found = of_event(event, "acled", tmp_path)
    assert (found["tags"], found["disorder_type"]) == ("crowd size=500", "Demonstrations")


def test_the_government_comes_first(tmp_path: Path) -> None:
    rebels = builders.actor("r", "Rebels", kind="rebels")
    army = builders.actor("a", "Army", kind="state forces", country="SY")
    event = builders.event("e1", "r1", builders.ref(), initiators=(rebels,), targets=(army,))
    found = of_event(event, "ucdp", tmp_path)
    assert (found["side_a"], found["side_b"], found["gwnoa"], found["gwnob"]) == ("Army", "Rebels", "652", "")


@pytest.mark.parametrize(
    ("initiator", "target", "expected"),
    [
        ("state forces", "rebels", STATE_BASED),
        ("rebels", "rebels", NON_STATE),
        ("militia", "civilians", ONE_SIDED),
        ("state forces", "state forces", STATE_BASED),
        ("civilians", "rebels", None),
        ("monitor", "rebels", None),
        (None, "civilians", None),
    ],
)
def test_type_of_violence(initiator: str | None, target: str | None, expected: int | None) -> None:
    one, other = (Party(name="x", kind=kind, country=None) for kind in (initiator, target))
    assert violence(one, other) == expected
    assert violence(NOBODY, NOBODY) is None


@pytest.mark.parametrize(
    ("lat", "lon", "expected"),
    [
        (-90.0, -180.0, 1),
        (90.0, 179.9, 259200),
        (35.166667, 40.283333, 180441),
        (33.572264, 36.401811, 178273),
    ],
)
def test_cell_number(lat: float, lon: float, expected: int) -> None:
    assert cell_number(lat=lat, lon=lon) == expected


def test_leading_party_is_the_one_named_most(made: dict[str, pd.DataFrame]) -> None:
    case = next(case for case in cases(made, "incidents") if case.row["id"] == "i1")
    assert case.initiator.name == "US-led coalition"
    assert [version["id"] for version in case.versions] == ["e1", "e2"]


def test_every_code_names_a_column_that_is_there() -> None:
    assert {layout: len(codes.columns(layout)) for layout in LAYOUTS} == {"acled": 31, "ucdp": 49}


@pytest.mark.parametrize(
    ("layer", "layout", "words"),
    [
        ("incidents", "aclde", "No layout is called 'aclde'. Did you mean 'acled'\\? There are acled, ucdp"),
        ("claims", "acled", "Layout 'acled' is made of incidents or events, not of 'claims'"),
    ],
)
def test_mistakes(made: dict[str, pd.DataFrame], layer: str, layout: str, words: str) -> None:
    with pytest.raises(OutputError, match=words):
        arranged(made, layer, layout)


@pytest.mark.parametrize("suffix", [".geojson", ".gpkg", ".parquet", ".kml", ".xlsx"])
@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_layouts_go_into_other_formats(
    made: dict[str, pd.DataFrame], tmp_path: Path, suffix: str, layout: str
) -> None:
    assert export(made, tmp_path / f"x{suffix}", "incidents", layout) == 4
