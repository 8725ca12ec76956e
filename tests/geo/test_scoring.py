"""The figures mean what they say: hand-made cases, and the stand-alone scorer where it stands beside us."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from geo.errors import ReportError
from geo.jsonlines import line
from geo.pipeline import incident_of
from geo.records import Coded, Count, Event
from geo.scoring import Ratio, Scores, fit, kilometres, read_gold, same_name, score_reports, shown
from tests.geo.builders import KHUSHAM, SOHR, TANF, actor, claim, days, event, incident, ref, report
from tests.geo.conftest import GOLD, Coding

SCORER = os.environ.get("CONFLICTMAP_SCORER")
"""A scorer that stands alone, written by others to the same rules."""


def gold_event(**changes: Any) -> dict[str, Any]:
    return {
        "incident": "khusham",
        "type": "Explosions/Remote violence",
        "sub_type": "Air/drone strike",
        "sub_type_alt": None,
        "date_from": "2018-02-07",
        "date_to": "2018-02-08",
        "lat": KHUSHAM.lat,
        "lon": KHUSHAM.lon,
        "tolerance_km": 10,
        "initiators": ["coalition"],
        "targets": ["Kurds"],
        "claims": [gold_claim()],
        "main": True,
        **changes,
    }


def gold_claim(**changes: Any) -> dict[str, Any]:
    plain = {"measure": "killed", "low": 100, "high": 100, "claimant": "(report)", "quote": "about 100 died"}
    return {**plain, **changes}


def gold_toponym(**changes: Any) -> dict[str, Any]:
    plain = {"start": 12, "end": 19, "lat": KHUSHAM.lat, "lon": KHUSHAM.lon, "literal": True}
    return {**plain, "tolerance_km": 10, **changes}


def gold_of(*events: dict[str, Any], toponyms: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    return {"split": "train", "events": list(events), "toponyms": list(toponyms)}


def scored(gold: dict[str, dict[str, Any]], *coded: Coded, **options: Any) -> Scores:
    sources = dict.fromkeys(gold, "RT")
    return score_reports(
        {"reports": gold, "sources": sources}, coded, options.pop("incidents", ()), **options
    )


def told(*events: Event, mentions: tuple[Any, ...] = (), ident: str = "r1") -> Coded:
    return Coded(report=report(ident, "RT"), mentions=mentions, events=events)


def test_all_right() -> None:
    found = scored(
        {"r1": gold_of(gold_event(), toponyms=(gold_toponym(),))},
        told(event("e1", "r1", ref()), mentions=(ref(start=12),)),
    )
    one = Ratio(right=1, predicted=1, gold=1)
    assert [found.recognition, found.end_to_end, found.events, found.claims] == [one] * 4
    assert (found.main_recall, found.sub_type, found.claimant) == (1, 1, 1)
    assert (found.initiator, found.target) == (1, 0)
    assert (found.literal, found.resolution, found.b_cubed, found.quiet) == (1, 1, 1, None)


def test_nothing_found() -> None:
    found = scored({"r1": gold_of(gold_event(), toponyms=(gold_toponym(),))})
    assert (found.recognition.recall, found.events.recall, found.main_recall) == (0, 0, 0)
    assert (found.literal, found.sub_type, found.claimant) == (None, None, None)
    assert found.recognition.f1 == 0


@pytest.mark.parametrize(
    ("changes", "fits"),
    [
        ({}, True),
        ({"type": "Battles"}, False),
        ({"type": "Battles", "sub_type_alt": ["Air/drone strike"]}, True),
        ({"date_from": "2018-02-09", "date_to": "2018-02-09"}, True),
        ({"date_from": "2018-02-10", "date_to": "2018-02-10"}, False),
        ({"date_from": "2018-02-06", "date_to": "2018-02-06"}, True),
        ({"lat": KHUSHAM.lat + 0.22}, True),
        ({"lat": KHUSHAM.lat + 0.24}, False),
        ({"lat": KHUSHAM.lat + 0.9, "tolerance_km": 110}, True),
    ],
)
def test_fit_of_an_event(changes: dict[str, Any], *, fits: bool) -> None:
    assert (fit(gold_event(**changes), event("e1", "r1", ref())) is not None) is fits


def test_event_without_place_or_day_does_not_fit() -> None:
    assert fit(gold_event(), event("e1", "r1", None)) is None
    assert fit(gold_event(), event("e1", "r1", ref(None))) is None


def test_each_gold_event_is_matched_once_best_first() -> None:
    other = event("e2", "r1", ref(), sub_type="Shelling/artillery/missile attack", claims=())
    found = scored({"r1": gold_of(gold_event())}, told(other, event("e1", "r1", ref())))
    assert found.events == Ratio(right=1, predicted=2, gold=1)
    assert found.sub_type == 1


def test_place_too_far_counts_for_recognition_only() -> None:
    found = scored({"r1": gold_of(toponyms=(gold_toponym(lat=0.0),))}, told(mentions=(ref(start=12),)))
    assert (found.recognition.right, found.resolution, found.end_to_end.right) == (1, 0, 0)


def test_literal_mark_counts_end_to_end() -> None:
    found = scored(
        {"r1": gold_of(toponyms=(gold_toponym(),))}, told(mentions=(ref(start=12, literal=False),))
    )
    assert (found.literal, found.resolution, found.end_to_end) == (0, 1, Ratio(right=0, predicted=0, gold=1))


def test_claims_are_a_multiset() -> None:
    twice = event("e1", "r1", ref(), claims=(claim("e1"), claim("e1"), claim("e1", 73, 73)))
    found = scored({"r1": gold_of(gold_event())}, told(twice))
    assert found.claims == Ratio(right=1, predicted=3, gold=1)


def test_vague_and_replaced_figures_count_neither_way() -> None:
    vague = claim("e1", 24, None, count=Count(low=24, high=None, words="dozens", bound="vague"))
    gold = gold_event(
        claims=[
            gold_claim(low=24, high=None, quote="Dozens died"),
            gold_claim(low=39, high=39, superseded=True),
        ]
    )
    found = scored({"r1": gold_of(gold)}, told(event("e1", "r1", ref(), claims=(vague, claim("e1", 39, 39)))))
    assert found.claims == Ratio(right=0, predicted=0, gold=0)


@pytest.mark.parametrize(
    ("gold", "claimant", "right"),
    [
        ("(report)", None, 1.0),
        ("(report)", actor("rt", "RT"), 1.0),
        ("(report)", SOHR, 0.0),
        ("SOHR", SOHR, 1.0),
        ("Syrian Observatory", SOHR, 1.0),
        ("Russian ministry", SOHR, 0.0),
        ("SOHR", None, 0.0),
    ],
)
def test_claimant(gold: str, claimant: Any, right: float) -> None:
    one = event("e1", "r1", ref(), claims=(claim("e1", claimant=claimant),))
    assert (
        scored({"r1": gold_of(gold_event(claims=[gold_claim(claimant=gold)]))}, told(one)).claimant == right
    )


@pytest.mark.parametrize(
    ("gold", "forms", "same"),
    [
        ("Russian army", ["Russian Ministry of Defence"], True),
        ("the army", ["army"], False),
        ("the army", ["The Army"], True),
        ("Turkish forces", ["Syrian forces"], False),
    ],
)
def test_same_name(gold: str, forms: list[str], *, same: bool) -> None:
    assert same_name(gold, forms) is same


def test_quiet_is_the_share_of_reports_without_events_that_stay_so() -> None:
    found = scored({"r1": gold_of(), "r2": gold_of()}, told(event("e1", "r1", ref())), told(ident="r2"))
    assert found.quiet == 0.5


def test_links_and_b_cubed() -> None:
    gold = {r: gold_of(gold_event(claims=[])) for r in ("r1", "r2", "r3")}
    gold["r3"]["events"][0] = gold_event(incident="tanf", lat=TANF.lat, lon=TANF.lon, claims=[])
    coded = [
        told(event("e1", "r1", ref(), claims=())),
        told(event("e2", "r2", ref(), claims=()), ident="r2"),
        told(event("e3", "r3", ref(TANF), claims=()), ident="r3"),
    ]
    right = scored(gold, *coded, incidents=[incident("i1", ("e1", "e2")), incident("i2", ("e3",))])
    assert (right.links, right.b_cubed) == (Ratio(right=1, predicted=1, gold=1), 1.0)
    merged = scored(gold, *coded, incidents=[incident("i1", ("e1", "e2", "e3"))])
    assert merged.links == Ratio(right=1, predicted=3, gold=1)
    # Precision 2/3, 2/3, 1/3; recall 1.
    assert merged.b_cubed == pytest.approx(2 * (5 / 9) / (5 / 9 + 1))
    apart = scored(gold, *coded)
    assert (apart.links.recall, apart.b_cubed) == (0.0, pytest.approx(2 * (2 / 3) / (2 / 3 + 1)))


def test_split_chooses_reports() -> None:
    gold = {"r1": gold_of(gold_event()), "r2": {**gold_of(gold_event()), "split": "test"}}
    assert scored(gold, split="test").reports == 1
    assert scored(gold).reports == 2


def test_ratio_of_nothing() -> None:
    empty = Ratio(right=0, predicted=0, gold=0)
    assert (empty.precision, empty.recall, empty.f1) == (1, 1, 1)
    assert Ratio(right=0, predicted=0, gold=3).f1 == 0


def test_kilometres() -> None:
    assert kilometres(0, 0, 0, 180) == pytest.approx(20015, abs=1)
    assert kilometres(35.3, 40.3, 35.3, 40.3) == 0


def test_shown_has_a_line_a_figure() -> None:
    words = shown(scored({"r1": gold_of(gold_event())}, told(event("e1", "r1", ref()))))
    assert len(words.splitlines()) == len(Scores.__dataclass_fields__)
    assert "events       P 1.000  R 1.000  F1 1.000  (1/1/1)" in words
    assert "quiet        None" in words


@pytest.mark.parametrize("broken", ["", "{", None])
def test_folder_without_gold_is_told(tmp_path: Path, broken: str | None) -> None:
    if broken is not None:
        (tmp_path / "gold.json").write_text(broken)
    with pytest.raises(ReportError, match=r"no gold reports there .*; name a folder with reports\.jsonl"):
        read_gold(tmp_path)


def test_days_of_slack_are_days() -> None:
    late = event("e1", "r1", ref(), when=days(date(2018, 2, 9)))
    assert fit(gold_event(), late) is not None
    assert fit(gold_event(), event("e1", "r1", ref(), when=days(date(2018, 2, 10)))) is None


@pytest.mark.parametrize("split", [None, "train", "test"])
def test_agrees_with_the_stand_alone_scorer(gold: Coding, tmp_path: Path, split: str | None) -> None:
    if SCORER is None:
        pytest.skip("CONFLICTMAP_SCORER names no scorer to compare with")
    coded = tmp_path / "coded.jsonl"
    of = incident_of(gold.incidents)
    coded.write_bytes(b"".join(line(c, of) for c in gold.coded))
    chosen = ["--split", split] if split else []
    done = subprocess.run(
        [sys.executable, str(SCORER), str(GOLD), str(coded), "--json", *chosen],
        capture_output=True,
        check=True,
    )
    theirs = json.loads(done.stdout)
    ours = score_reports(read_gold(GOLD), gold.coded, gold.incidents, split=split)
    pairs = {"b_cubed": "incidents_b3", "links": "incident_links"}
    for name in Scores.__dataclass_fields__:
        mine, other = getattr(ours, name), theirs[pairs.get(name, name)]
        if isinstance(mine, Ratio):
            assert [mine.precision, mine.recall, mine.f1] == pytest.approx(
                [other["p"], other["r"], other["f1"]], abs=0.00051
            ), name
            assert (mine.right, mine.predicted, mine.gold) == (other["tp"], other["predicted"], other["gold"])
        elif name == "b_cubed":
            assert mine == pytest.approx(other["f1"], abs=0.00051)
        else:
            assert mine == pytest.approx(other, abs=0.00051), name
