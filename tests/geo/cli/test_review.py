"""Corrections by hand from the table to the project, and through what comes after."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geo.project import read
from tests.geo.cli.conftest import Run, conflictmap

Row = dict[str, str]
LATER = (
    '{"id": "later", "source": "Late Paper", "published": "2018-02-12", "text": '
    '"Shelling killed four people in Raqqa on 11 February 2018."}\n'
)
HOSTILE = (
    '{"id": "h", "source": "=cmd()", "title": "=HYPERLINK(1)", "published": "2018-02-12", "text": '
    '"@SUM(1+1) said shelling killed four people in Raqqa on 11 February 2018."}\n'
)


@pytest.fixture
def project(mapped: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(mapped / "project.gpkg", tmp_path / "p.gpkg"))


def table(project: Path) -> list[Row]:
    """Export everything in doubt."""
    out = project.with_name("review.csv")
    done = conflictmap("review", project, "-o", out)
    assert done.code == 0, done.err
    with out.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def apply(project: Path, rows: list[Row], mark: str = ",") -> Run:
    """Write a filled-in table and apply it."""
    filled = project.with_name("filled.csv")
    with filled.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), delimiter=mark)
        writer.writeheader()
        writer.writerows(rows)
    return conflictmap("review", project, "--apply", filled)


def rows_of(project: Path, layer: str) -> dict[str, Any]:
    """Give the rows of a table by id."""
    return {r["id"]: r for r in read(project)[layer].to_dict("records")}


def add_later(project: Path, line: str = LATER) -> Run:
    path = project.with_name("later.jsonl")
    path.write_text(line, "utf-8")
    return conflictmap("add", project, path)


def one(rows: list[Row], wanted: Callable[[Row], bool]) -> Row:
    return next(r for r in rows if wanted(r))


def an_event(rows: list[Row]) -> Row:
    return one(rows, lambda r: r["kind"] == "event")


def test_what_is_least_certain_comes_first(project: Path) -> None:
    done = conflictmap("review", project, "--limit", "3")
    doubts = [float(line.split()[0]) for line in done.out.splitlines()]
    assert done.code == 0
    assert len(doubts) == 3
    assert doubts == sorted(doubts, reverse=True)
    assert done.told[-1].endswith("0 corrections kept")


def test_an_empty_table_changes_nothing(project: Path) -> None:
    before = {layer: t.drop(columns="geometry", errors="ignore") for layer, t in read(project).items()}
    assert apply(project, table(project)).code == 0
    after = read(project)
    for layer in ("incidents", "events", "claims", "corrections"):
        assert after[layer].drop(columns="geometry", errors="ignore").equals(before[layer])


def test_a_rejected_event_stays_away_when_reports_are_added(project: Path) -> None:
    row = an_event(table(project))
    assert apply(project, [row | {"reject": "yes", "author": "A. N.", "note": "misread"}]).code == 0
    assert row["id"] not in rows_of(project, "events")
    assert add_later(project).code == 0
    assert row["id"] not in rows_of(project, "events")
    (kept,) = rows_of(project, "corrections").values()
    assert (kept["field"], kept["author"], kept["note"]) == ("reject", "A. N.", "misread")


def test_a_pin_moves_and_is_marked(project: Path) -> None:
    row = an_event(table(project))
    filled = row | {"set_lat": "33.5", "set_lon": "36.25", "set_place": "Eastern mill"}
    assert apply(project, [filled]).code == 0
    for _ in range(2):
        found = rows_of(project, "events")[row["id"]]
        assert (found["geometry"].y, found["geometry"].x) == (33.5, 36.25)
        assert (found["place"], found["corrected"]) == ("Eastern mill", "place")
        assert rows_of(project, "incidents")[found["incident"]]["corrected"] == "place"
        (kept,) = rows_of(project, "corrections").values()
        assert (kept["target"], kept["value"]) == (row["id"], "Eastern mill (33.5, 36.25)")
        assert add_later(project).code == 0


def test_type_and_days_change(project: Path) -> None:
    row = an_event(table(project))
    filled = row | {"set_sub_type": "armed clash", "set_date_from": "2017-05-01", "set_date_to": "2017-05-03"}
    assert apply(project, [filled]).code == 0
    found = rows_of(project, "events")[row["id"]]
    assert (found["type"], found["sub_type"], found["corrected"]) == (
        "Battles",
        "Armed clash",
        "sub_type; when",
    )
    assert [str(found[k])[:10] for k in ("date_from", "date_to")] == ["2017-05-01", "2017-05-03"]


def test_an_incident_is_corrected_as_a_whole_and_its_versions_keep_their_words(project: Path) -> None:
    row = one(table(project), lambda r: r["kind"] == "incident")
    versions = [e for e in rows_of(project, "events").values() if e["incident"] == row["id"]]
    assert apply(project, [row | {"set_lat": "35.0", "set_lon": "40.0"}]).code == 0
    found = rows_of(project, "incidents")[row["id"]]
    assert (found["geometry"].y, found["geometry"].x, found["corrected"]) == (35.0, 40.0, "place")
    for version in versions:
        assert rows_of(project, "events")[version["id"]]["place"] == version["place"]


def test_incidents_are_merged_and_split_again(project: Path) -> None:
    rows = [r for r in table(project) if r["kind"] == "event"]
    a = rows[0]
    b = one(rows, lambda r: r["incident"] != a["incident"])
    assert apply(project, [a | {"with": b["incident"]}]).code == 0
    events = rows_of(project, "events")
    assert events[a["id"]]["incident"] == events[b["id"]]["incident"]
    assert "joined by hand" in rows_of(project, "incidents")[events[a["id"]]["incident"]]["reason"]
    assert add_later(project).code == 0
    events = rows_of(project, "events")
    assert events[a["id"]]["incident"] == events[b["id"]]["incident"]
    assert apply(project, [a | {"with": "-"}]).code == 0
    events = rows_of(project, "events")
    assert events[a["id"]]["incident"] != events[b["id"]]["incident"]
    assert not rows_of(project, "corrections")


def test_a_version_leaves_its_incident(project: Path) -> None:
    rows = table(project)
    incident = one(rows, lambda r: r["kind"] == "incident")["id"]
    row = one(rows, lambda r: r["kind"] == "event" and r["incident"] == incident)
    others = {e["id"] for e in rows_of(project, "events").values() if e["incident"] == incident} - {row["id"]}
    assert apply(project, [row | {"apart": "all"}]).code == 0
    events = rows_of(project, "events")
    assert events[row["id"]]["incident"] not in {events[o]["incident"] for o in others}


def test_a_second_review_replaces_what_the_first_said(project: Path) -> None:
    row = an_event(table(project))
    assert apply(project, [row | {"set_date_from": "2017-05-01"}]).code == 0
    again = one(table(project), lambda r: r["id"] == row["id"])
    assert again["date_from"] == "2017-05-01"
    assert apply(project, [again | {"set_date_from": "2017-05-02"}]).code == 0
    (kept,) = rows_of(project, "corrections").values()
    assert kept["value"] == "2017-05-02/2017-05-02"


@pytest.mark.parametrize(
    ("filled", "told"),
    [
        ({"set_lat": "35", "set_lon": "400"}, "'400' is no longitude: write degrees, -180 to 180."),
        ({"set_lat": "nan", "set_lon": "4"}, "'nan' is no latitude"),
        ({"set_lat": "35"}, "'' is no longitude"),
        ({"set_sub_type": "Shellin"}, "the nearest are"),
        ({"set_date_from": "7 Feb"}, "'7 Feb/7 Feb' is no time: write 2018-02-07"),
        ({"set_date_from": "2018-02-09", "set_date_to": "2018-02-01"}, "ends before it begins"),
        ({"reject": "perhaps"}, "reject is 'perhaps': write yes, or leave it empty."),
        ({"with": "nobody"}, "'nobody' is no incident or event of this project"),
        ({"reject": "yes", "key": "{}"}, "is no key of an event: leave that column as it was."),
        ({"reject": "yes", "kind": "thing"}, "kind is 'thing': leave it event or incident."),
        ({"reject": "yes", "at": "noon"}, "at is 'noon': write 2018-02-07T12:30"),
    ],
)
def test_a_bad_row_is_told_with_its_mend_and_costs_no_other(project: Path, filled: Row, told: str) -> None:
    good, bad, *_ = [r for r in table(project) if r["kind"] == "event"]
    done = apply(project, [good | {"reject": "yes"}, bad | filled])
    assert done.code == 1
    (line,) = [x for x in done.told if "filled.csv:3:" in x]
    assert told in line
    assert "1 decision taken" in done.err
    events = rows_of(project, "events")
    assert good["id"] not in events
    assert bad["id"] in events


@pytest.mark.parametrize(
    ("text", "told"), [("a,b\n1,2\n", "has no column kind, id, key"), ("\xff\xfe", "cannot be read")]
)
def test_a_file_that_is_no_review_leaves_the_project_alone(project: Path, text: str, told: str) -> None:
    before = project.read_bytes()
    path = project.with_name("x.csv")
    path.write_bytes(text.encode("latin-1"))
    done = conflictmap("review", project, "--apply", path)
    assert done.code == 2
    assert told in done.err
    assert project.read_bytes() == before


def test_a_spreadsheets_semicolons_are_read(project: Path) -> None:
    row = an_event(table(project))
    assert apply(project, [row | {"reject": "x"}], mark=";").code == 0
    assert row["id"] not in rows_of(project, "events")


def test_hostile_cells_run_nowhere(project: Path) -> None:
    assert add_later(project, HOSTILE).code == 0
    rows = table(project)
    cells = [c for r in rows for c in r.values()]
    assert any(c.startswith("'=HYPERLINK") for c in cells)
    assert not any(c.startswith(("=", "+", "-", "@", "\t")) for c in cells)
    note = "=1+1 {{ 7*7 }} </script><script>x()</script>"
    row = one(rows, lambda r: r["source"] == "'=cmd()")
    assert apply(project, [row | {"set_lat": "35", "set_lon": "39", "note": note}]).code == 0
    (kept,) = rows_of(project, "corrections").values()
    assert kept["note"] == note
    page = project.with_name("m.html")
    assert conflictmap("render", project, "-o", page).code == 0
    assert "<script>x()" not in page.read_text("utf-8")


def test_a_correction_whose_report_is_gone_is_told_and_kept(project: Path) -> None:
    from geo.project import update

    row = an_event(table(project))
    assert apply(project, [row | {"set_date_from": "2017-05-01"}]).code == 0
    report = rows_of(project, "events")[row["id"]]["report"]

    def without(before: dict[str, Any]) -> dict[str, Any]:
        return before | {"reports": before["reports"][before["reports"]["id"] != report]}

    update(project, without)
    done = add_later(project)
    assert "correction when of event" in done.err
    assert "does not fit: its event is not found any more" in done.err
    assert len(rows_of(project, "corrections")) == 1
