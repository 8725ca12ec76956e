from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd

from maps.columns import MISSING, read
from maps.payload import DISPUTES, payload
from maps.reports import safe_address
from tests.maps.build import HOSTILE
from tests.maps.test_pack import unpacked

Tables = dict[str, pd.DataFrame]


def lines(tables: Tables, kind: str, *, chunk: int = 500) -> list[list[Any]]:
    return [row for block in payload(read(tables), chunk=chunk).text[kind] for row in json.loads(block)]


def test_every_text_stands_in_its_line(tables: Tables) -> None:
    rows = lines(tables, "events")
    assert rows[-1][0] == HOSTILE
    assert [row[0] for row in rows[1:4]] == [event["quote"] for event in _events("e1", "e2", "e3")]
    assert lines(tables, "incidents")[1] == [
        "ford",
        "Air strike, Old Ford, 7\u20138 February 2018",
        "same night, same river",
    ]


def _events(*ids: str) -> list[dict[str, Any]]:
    from tests.maps.build import EVENTS

    return [event for event in EVENTS if event["id"] in ids]


def test_blocks_hold_the_same_rows_whatever_their_size(tables: Tables) -> None:
    for kind in ("incidents", "events", "reports"):
        assert lines(tables, kind, chunk=2) == lines(tables, kind)


def test_claims_stand_with_their_version(tables: Tables) -> None:
    found = payload(read(tables))
    names = found.head["claims"]["names"]
    told = {row[0]: row[6] for row in lines(tables, "events")}
    first, second = told["Monitors counted 73 dead at Salt Village."]
    assert first == [0, 73, 73, 0, names.index("Monitors"), 0, 0, None, "73", "North Bank Post"]
    assert second[:7] == [0, 24, None, 4, names.index(""), 2, "Earlier reports spoke of dozens."]
    denied, wounded = told["The ministry denied any dead and spoke of 25 wounded."]
    assert denied[5] == 1
    assert wounded[:3] == [1, 25, 25]


def test_a_claim_of_an_unknown_version_is_left_out(tables: Tables) -> None:
    tables["claims"].loc[0, "event"] = "gone"
    assert sum(len(row[6]) for row in lines(tables, "events")) == 6


def test_claimants_of_a_version_are_a_set(tables: Tables) -> None:
    facet = payload(read(tables)).head["events"]["claimants"]
    sets = [{facet["names"][k] for k in facet["sets"][number]} for number in unpacked(facet["of"])]
    assert sets[1:4] == [{"Coalition"}, {"Monitors", ""}, {"Ministry"}]
    assert sets[0] == set()


def test_disputes_are_bits(tables: Tables) -> None:
    tables["incidents"].loc[1, "contested"] = True
    bits = dict(zip([row[0] for row in lines(tables, "incidents")], _column(tables, "disputes"), strict=True))
    assert bits["ford"] == 1 << DISPUTES.index("toll") | 1 << DISPUTES.index("place")
    assert bits["clash"] == 1 << len(DISPUTES)
    assert bits["arrests"] == 0


def _column(tables: Tables, name: str) -> list[int]:
    return unpacked(payload(read(tables)).head["incidents"][name])


def test_tolls_keep_what_is_open(tables: Tables) -> None:
    assert _column(tables, "killed_low")[1:] == [25, MISSING, 4, MISSING]
    assert _column(tables, "killed_high")[1:] == [100, MISSING, MISSING, MISSING]


def test_copies_point_to_what_they_repeat(tables: Tables) -> None:
    head = payload(read(tables)).head["reports"]
    titles = [row[0] if row else None for row in lines(tables, "reports")]
    copied = unpacked(head["copied"])
    assert titles[copied[titles.index("Clash (copy)")]] == "اشتباك في البلدة"
    assert copied.count(MISSING) == len(titles) - 1


def test_reports_may_be_known_from_versions_alone(tables: Tables) -> None:
    without = {name: table for name, table in tables.items() if name != "reports"}
    rows = {row[0]: row[1:] for row in lines(without, "reports") if row}
    assert rows["Strike at the ford"] == ["https://example.org/ford"]
    assert rows[HOSTILE] == []


def test_reports_missing_from_their_table_are_told_by_versions(tables: Tables) -> None:
    tables["reports"] = tables["reports"].iloc[1:]
    assert [row[:2] for row in lines(tables, "reports")] == [
        row[:2] for row in lines(tables | {"reports": read_all()}, "reports")
    ]


def read_all() -> pd.DataFrame:
    from tests.maps.build import tables

    return tables()["reports"]


def test_only_web_addresses_are_kept() -> None:
    assert safe_address("HTTPS://example.org") == "HTTPS://example.org"
    assert [
        safe_address(url) for url in ("javascript:alert(1)", " https://x", "data:text/html,x", "", None)
    ] == [None] * 5


def test_corrections_reach_the_incidents_they_bear_on(tables: Tables) -> None:
    tables["corrections"] = pd.concat(
        [tables["corrections"], pd.DataFrame([{"target": "r4", "field": "source"}, {"target": "gone"}])]
    )
    found = payload(read(tables)).head["corrections"]
    assert [row[0] for row in found] == [[1], [2, 3]]


def test_footprints_are_shared_and_circles_left_to_the_page(tables: Tables) -> None:
    twice = pd.concat([tables["footprints"], tables["footprints"].assign(event="e7")])
    head = payload(read(tables | {"footprints": twice})).head
    assert len(head["shapes"]) == 1
    assert unpacked(head["footprints"]["shape"]) == [0, 0]
    ring = np.cumsum(np.reshape(head["shapes"][0][0], (-1, 2)), axis=0) * 1e-4
    assert ring.min(axis=0).round(4).tolist() == [36.0, 35.2]


def test_empty_tables_make_an_empty_payload(tables: Tables) -> None:
    found = payload(read({name: table.iloc[:0] for name, table in tables.items()}))
    assert found.head["incidents"]["rows"] == 0
    assert found.text == {"incidents": (), "events": (), "reports": ()}
