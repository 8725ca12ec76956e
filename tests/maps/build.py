"""Made-up tables for the map's tests: a contested strike, a copy, a province, no place, hostile text."""

from __future__ import annotations

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

HOSTILE = (
    "</script><script>window.ran='tag'</script><!-- {{ 7*7 }} {% raw %} {# c #} "
    "`${window.ran='literal'}` <img src=x onerror=\"window.ran='img'\"> \u2028\x00\\ \" ' & ]]>"
)
ARABIC = "قُتل سبعة وثلاثون مقاتلاً على الأقل قرب النهر."

INCIDENTS: list[dict[str, Any]] = [
    {
        "id": "ford",
        "title": "Air strike, Old Ford, 7\u20138 February 2018",
        "type": "Explosions/Remote violence",
        "sub_type": "Air/drone strike",
        "date_from": "2018-02-07",
        "date_to": "2018-02-08",
        "date_precision": "days",
        "place": "Old Ford",
        "admin1": "River Province",
        "country": "SY",
        "where_prec": 1,
        "geo_precision": 1,
        "radius_km": 2.0,
        "killed_low": 25,
        "killed_high": 100,
        "injured_low": 25,
        "injured_high": 25,
        "contested": True,
        "contested_about": "toll; place",
        "confidence": 0.9,
        "reason": "same night, same river",
        "at": (40.29, 35.30),
    },
    {
        "id": "clash",
        "title": "Armed clash, Market Town, 3 March 2018",
        "type": "Battles",
        "sub_type": "Armed clash",
        "date_from": "2018-03-03",
        "date_to": "2018-03-03",
        "date_precision": "day",
        "place": "Market Town",
        "admin1": "Hill Province",
        "country": "SY",
        "where_prec": 1,
        "geo_precision": 1,
        "radius_km": 2.0,
        "killed_low": 4,
        "killed_high": None,
        "contested": False,
        "confidence": 0.7,
        "reason": None,
        "at": (37.1, 36.2),
    },
    {
        "id": "arrests",
        "title": "Arrests, Hill Province, March 2018",
        "type": "Strategic developments",
        "sub_type": "Arrests",
        "date_from": "2018-03-01",
        "date_to": "2018-03-31",
        "date_precision": "month",
        "place": "Hill Province",
        "admin1": "Hill Province",
        "country": "SY",
        "where_prec": 4,
        "geo_precision": 3,
        "radius_km": 60.0,
        "contested": False,
        "confidence": 0.5,
        "reason": None,
        "at": (36.6, 35.8),
    },
    {
        "id": "nowhere",
        "title": "Protest, place unknown, 2018",
        "type": "Protests",
        "sub_type": "Peaceful protest",
        "date_from": "2018-01-01",
        "date_to": "2018-12-31",
        "date_precision": "year",
        "contested": False,
        "confidence": 0.4,
        "at": None,
    },
    {
        "id": "hostile",
        "title": HOSTILE,
        "type": "Violence against civilians",
        "sub_type": "Attack",
        "date_from": None,
        "date_to": None,
        "date_precision": "unknown",
        "place": HOSTILE,
        "admin1": HOSTILE,
        "country": "<b>",
        "where_prec": 2,
        "geo_precision": 1,
        "radius_km": 25.0,
        "contested": False,
        "contested_about": None,
        "confidence": None,
        "reason": HOSTILE,
        "at": (44.4, 33.3),
    },
]

_FORD_QUOTE = (
    "Coalition aircraft struck the column near Old Ford, an official said, killing about 100 fighters."
)

EVENTS: list[dict[str, Any]] = [
    {
        "id": "e1",
        "incident": "ford",
        "report": "r1",
        "source": "Harbour Wire",
        "quote": _FORD_QUOTE,
        "main": True,
    },
    {
        "id": "e2",
        "incident": "ford",
        "report": "r2",
        "source": "North Bank Post",
        "quote": "Monitors counted 73 dead at Salt Village.",
        "place": "Salt Village",
        "at": (40.18, 35.36),
        "main": True,
    },
    {
        "id": "e3",
        "incident": "ford",
        "report": "r3",
        "source": "State Agency",
        "quote": "The ministry denied any dead and spoke of 25 wounded.",
        "denied": True,
        "main": True,
    },
    {
        "id": "e4",
        "incident": "clash",
        "report": "r4",
        "source": "North Bank Post",
        "quote": ARABIC,
        "main": True,
    },
    {
        "id": "e5",
        "incident": "clash",
        "report": "r5",
        "source": "Harbour Wire",
        "quote": ARABIC,
        "main": True,
    },
    {
        "id": "e6",
        "incident": "arrests",
        "report": "r4",
        "source": "North Bank Post",
        "quote": "Dozens were arrested in the province in March.",
        "main": False,
    },
    {
        "id": "e7",
        "incident": "nowhere",
        "report": "r6",
        "source": None,
        "quote": "Some marched.",
        "main": True,
    },
    {"id": "e8", "incident": "hostile", "report": "r7", "source": HOSTILE, "quote": HOSTILE, "main": True},
]

SIDES = {"ford": "government; external", "clash": "opposition", "arrests": "government"}
INITIATORS = {"ford": "Coalition", "clash": "Hill Brigade", "arrests": "Army", "hostile": HOSTILE}
TARGETS = {"ford": "River Column; Army", "clash": "Army"}

_SALT_QUOTE = "Monitors counted 73 dead at Salt Village."
_MINISTRY_QUOTE = "The ministry denied any dead and spoke of 25 wounded."


def _claim(identity: str, event: str, figure: tuple[int | None, int | None], **rest: Any) -> dict[str, Any]:
    low, high = figure
    return {"id": identity, "event": event, "measure": "killed", "low": low, "high": high, **rest}


CLAIMS = [
    _claim(
        "c1",
        "e1",
        (100, 100),
        bound="about",
        words="about 100",
        of="fighters",
        claimant="Coalition",
        quote=_FORD_QUOTE,
    ),
    _claim(
        "c2",
        "e2",
        (73, 73),
        bound="exact",
        words="73",
        claimant="Monitors",
        via="North Bank Post",
        quote=_SALT_QUOTE,
    ),
    _claim(
        "c3",
        "e2",
        (24, None),
        bound="vague",
        words="dozens",
        superseded=True,
        quote="Earlier reports spoke of dozens.",
    ),
    _claim(
        "c4",
        "e3",
        (0, 0),
        bound="none",
        words="no dead",
        claimant="Ministry",
        denied=True,
        quote=_MINISTRY_QUOTE,
    ),
    _claim("c5", "e3", (25, 25), bound="exact", words="25", claimant="Ministry", quote=_MINISTRY_QUOTE)
    | {"measure": "injured"},
    _claim("c6", "e4", (37, None), bound="at least", words="37", claimant="Hospital", quote=ARABIC),
    _claim(
        "c7",
        "e8",
        (1, 2),
        bound=HOSTILE,
        words=HOSTILE,
        of=HOSTILE,
        claimant=HOSTILE,
        via=HOSTILE,
        quote=HOSTILE,
        reason=HOSTILE,
    ),
]


def _report(
    identity: str, source: str | None, title: str | None, day: str | None, **rest: Any
) -> dict[str, Any]:
    return {"id": identity, "source": source, "title": title, "published": day, **rest}


REPORTS = [
    _report("r1", "Harbour Wire", "Strike at the ford", "2018-02-09", url="https://example.org/ford"),
    _report("r2", "North Bank Post", "Monitors: 73 dead", "2018-02-10", url="https://example.org/salt#top"),
    _report("r3", "State Agency", "Ministry denies", "2018-02-11"),
    _report(
        "r4",
        "North Bank Post",
        "اشتباك في البلدة",
        "2018-03-04",
        url="http://example.org/clash",
        language="ar",
    ),
    _report("r5", "Harbour Wire", "Clash (copy)", "2018-03-05", copy_of="r4"),
    _report("r6", None, None, None),
    _report("r7", HOSTILE, HOSTILE, "2018-05-01", url="javascript:window.ran=1"),
]


def tables() -> dict[str, pd.DataFrame]:
    """Build all tables."""
    top = {row["id"]: row for row in INCIDENTS}
    events = [_version(top[row["incident"]], row) for row in EVENTS]
    area = shapely.box(36.0, 35.2, 37.2, 36.4)
    footprints = [
        {"event": "e6", "incident": "arrests", "kind": "admin1", "radius_km": None, "geometry": area},
        {"event": "e4", "incident": "clash", "kind": "radius", "radius_km": 2.0, "geometry": area},
    ]
    corrections = [
        {"id": "k1", "target": "c2", "field": "low", "value": "73", "author": "Reader", "at": "2020-01-02",
         "note": HOSTILE}
    ]  # fmt: skip
    return {
        "incidents": _points(INCIDENTS),
        "events": _points(events),
        "claims": _typed(pd.DataFrame(CLAIMS)),
        "reports": _typed(pd.DataFrame(REPORTS)).assign(published_precision="day", text="…", notes=None),
        "footprints": gpd.GeoDataFrame(footprints, crs=4326),
        "corrections": pd.DataFrame(corrections),
        "actors": pd.DataFrame([{"id": "a", "name": "Army", "kind": "state forces", "side": "government"}]),
        "meta": pd.DataFrame([{"key": "version", "value": "1"}]),
    }


def _version(incident: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    report = next(report for report in REPORTS if report["id"] == row["report"])
    shared = ("type", "sub_type", "date_from", "date_to", "date_precision", "place", "admin1", "country",
              "where_prec", "geo_precision", "radius_km", "confidence", "at")  # fmt: skip
    return {
        **{name: incident.get(name) for name in shared},
        "title": report["title"],
        "published": report["published"],
        "url": report.get("url"),
        "initiators": INITIATORS.get(incident["id"]),
        "targets": TARGETS.get(incident["id"]),
        "sides": SIDES.get(incident["id"]),
        "place_reason": "only one of that name",
        "reason": "the verb",
        "denied": False,
        **row,
    }


def _points(rows: list[dict[str, Any]]) -> gpd.GeoDataFrame:
    frame = _typed(pd.DataFrame([{key: value for key, value in row.items() if key != "at"} for row in rows]))
    places = [None if row["at"] is None else shapely.Point(row["at"]) for row in rows]
    return gpd.GeoDataFrame(frame, geometry=places, crs=4326)


COUNTS = (
    "where_prec",
    "geo_precision",
    "killed_low",
    "killed_high",
    "injured_low",
    "injured_high",
    "low",
    "high",
)
DATES = ("date_from", "date_to", "published")


def _typed(frame: pd.DataFrame) -> pd.DataFrame:
    for name in frame.columns:
        if name in COUNTS:
            frame[name] = frame[name].astype("Int64")
        elif name in DATES:
            frame[name] = pd.to_datetime(frame[name]).astype("datetime64[ms]")
    return frame
