"""What `parse` prints: one JSON line a report, a contract that other programs read."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from tests.geo.cli.conftest import Run, conflictmap
from tests.geo.conftest import SEEDS

REPORT = {"id", "source", "title", "published", "url"}
MENTION = {"start", "end", "text", "literal", "confidence", "place", "relation", "reason"}
PLACE = {"id", "name", "lat", "lon", "country", "admin1", "feature", "where_prec", "radius_km"}
RELATION = {"kind", "distance_km", "bearing"}
EVENT = {
    "id", "incident", "type", "sub_type", "date_from", "date_to", "date_precision", "place", "initiators",
    "targets", "claims", "start", "end", "quote", "confidence",
}  # fmt: skip
CLAIM = {"measure", "low", "high", "bound", "of", "claimant", "via", "start", "end", "quote"}
ACTOR = {"id", "name", "text"}
MEASURES = {"killed", "injured", "missing", "captured", "displaced", "participants"}
BOUNDS = {"exact", "at least", "at most", "about", "vague", "none"}
PRECISIONS = {"day", "days", "week", "month", "year", "unknown"}


@pytest.fixture(scope="module")
def run() -> Run:
    return conflictmap("parse", SEEDS)


@pytest.fixture(scope="module")
def lines(run: Run) -> list[dict[str, Any]]:
    assert run.code == 0, run.err
    return [json.loads(x) for x in run.out.splitlines()]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    found = {}
    for path in SEEDS.glob("20*.md"):
        head, _, body = path.read_text("utf-8").removeprefix("---\n").partition("\n---\n")
        found[json.loads(next(x for x in head.splitlines() if x.startswith("source"))[8:])] = body
    return found


@pytest.fixture(scope="module")
def events(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [e for x in lines for e in x["events"]]


def test_a_line_a_report(lines: list[dict[str, Any]], texts: dict[str, str]) -> None:
    assert {x["report"]["source"] for x in lines} == set(texts)
    assert len({x["report"]["id"] for x in lines}) == 5
    for x in lines:
        assert set(x) == {"report", "mentions", "events"}
        assert set(x["report"]) >= REPORT
        assert x["report"]["url"] is None
        date.fromisoformat(x["report"]["published"])


def test_mentions(lines: list[dict[str, Any]], texts: dict[str, str]) -> None:
    for x in lines:
        assert x["mentions"]
        for m in x["mentions"]:
            assert set(m) >= MENTION
            assert set(m["relation"]) >= RELATION
            assert m["place"] is None or set(m["place"]) >= PLACE
            assert m["text"] in texts[x["report"]["source"]]
            assert m["end"] - m["start"] == len(m["text"])
            assert 0 <= m["confidence"] <= 1


def test_offsets_are_code_points_into_the_text() -> None:
    text = "👩‍🚒 Zürich. Two rockets killed three people in Mosul on 5 May 2016, police said."
    done = conflictmap("parse", "-", stdin=json.dumps({"id": "a", "source": "Wire", "text": text}))
    (x,) = [json.loads(row) for row in done.out.splitlines()]
    assert x["report"]["id"] == "a"
    for m in x["mentions"]:
        assert text[m["start"] : m["end"]] == m["text"]
    (e,) = x["events"]
    assert text[e["start"] : e["end"]] == e["quote"]
    for c in e["claims"]:
        assert text[c["start"] : c["end"]] == c["quote"]


def test_events(events: list[dict[str, Any]]) -> None:
    assert events
    assert len({e["id"] for e in events}) == len(events)
    for e in events:
        assert set(e) >= EVENT
        assert e["incident"]
        assert e["date_precision"] in PRECISIONS
        assert e["place"] is None or set(e["place"]) >= PLACE
        assert e["place"] is None or 1 <= e["place"]["where_prec"] <= 7
        if e["date_from"]:
            assert date.fromisoformat(e["date_from"]) <= date.fromisoformat(e["date_to"])
        for a in [*e["initiators"], *e["targets"]]:
            assert set(a) >= ACTOR


def test_claims(events: list[dict[str, Any]]) -> None:
    claims = [c for e in events for c in e["claims"]]
    assert claims
    for c in claims:
        assert set(c) >= CLAIM
        assert c["measure"] in MEASURES
        assert c["bound"] in BOUNDS
        assert c["claimant"] is None or set(c["claimant"]) >= ACTOR
        assert c["high"] is None or c["low"] <= c["high"]
        assert c["quote"]


@pytest.mark.parametrize(
    ("words", "low", "high", "bound"),
    [
        ("At least 55", 55, None, "at least"),
        ("About 100", 100, 100, "about"),
        ("Two dozen", 24, 24, "exact"),
        ("Dozens of", 24, None, "vague"),
        ("Scores of", 40, None, "vague"),
        ("Several hundred", 300, None, "vague"),
    ],
)
def test_figures(words: str, low: int, high: int | None, bound: str) -> None:
    text = f"{words} people were killed in an air strike on Aleppo on 5 May 2016, activists said."
    done = conflictmap("parse", "-", stdin=json.dumps({"text": text}))
    (c,) = [c for e in json.loads(done.out)["events"] for c in e["claims"]]
    assert (c["measure"], c["low"], c["high"], c["bound"]) == ("killed", low, high, bound)


def test_no_casualties_are_two_zeros() -> None:
    text = "A rocket hit a house in Aleppo on 5 May 2016. There were no casualties, police said."
    done = conflictmap("parse", "-", stdin=json.dumps({"text": text}))
    claims = [c for e in json.loads(done.out)["events"] for c in e["claims"]]
    assert {(c["measure"], c["low"], c["high"]) for c in claims} == {("killed", 0, 0), ("injured", 0, 0)}


def test_quiet_reports_give_nothing() -> None:
    text = "The strikers beat the defenders 3-0 in Aleppo on 5 May 2016. Fans were bombarded with offers."
    done = conflictmap("parse", "-", stdin=json.dumps({"text": text}))
    assert json.loads(done.out)["events"] == []
