"""The hostile corpus through the command line: into every file that is written, and past the terminal."""

from __future__ import annotations

import csv
import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest

from geo.exchange.spreadsheet import guarded
from tests.geo.cli.conftest import Run, conflictmap
from tests.hostile import Payload, long_payloads, payloads

if TYPE_CHECKING:
    from collections.abc import Iterator

KML = "{http://www.opengis.net/kml/2.2}"
FORMULAS = tuple("=+-@\t\r\n＝＋－＠")
FIELDS = ("id", "source", "title", "published", "url", "language")
DAYS = 28


def told_by(payload: Payload, k: int) -> dict[str, str]:
    """Make a report that carries a payload in every field, and an event with the payload beside it."""
    text = (
        f"An air strike killed {k + 3} people in Aleppo on {k % DAYS + 1} May 2016, the {payload.text} "
        f"brigade said. {payload.text}\nThe ministry of {payload.text} denied it."
    )
    return {"text": text} | dict.fromkeys(FIELDS, payload.text)


@pytest.fixture(scope="module")
def corpus() -> list[Payload]:
    return payloads()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, corpus: list[Payload]) -> tuple[Path, Run]:
    """Map a report for each payload."""
    folder = tmp_path_factory.mktemp("hostile")
    lines = (json.dumps(told_by(payload, k)) for k, payload in enumerate(corpus))
    (folder / "reports.jsonl").write_text("\n".join(lines), "ascii")
    return folder / "out", conflictmap("map", folder / "reports.jsonl", "-o", folder / "out")


def clean(words: str) -> bool:
    """Tell whether a terminal shows words and obeys none of them."""
    return all(char.isprintable() or char == "\n" for char in words)


def rows(project: Path, table: str) -> Iterator[dict[str, Any]]:
    with closing(sqlite3.connect(project)) as database:
        database.row_factory = sqlite3.Row
        yield from map(dict, database.execute(f"SELECT * FROM {table}"))


def test_every_report_is_read_and_kept_as_written(made: tuple[Path, Run], corpus: list[Payload]) -> None:
    out, run = made
    assert run.code == 0, run.err
    assert clean(run.err)
    kept = [row["text"] for row in rows(out / "project.gpkg", "reports")]
    assert len(kept) == len(corpus)
    for k, payload in enumerate(corpus):
        assert told_by(payload, k)["text"].replace("\0", "\ufffd") in kept


def test_only_web_addresses_are_kept(made: tuple[Path, Run]) -> None:
    for table in ("reports", "events"):
        addresses = {row["url"] for row in rows(made[0] / "project.gpkg", table)} - {None}
        assert len(addresses) > 5
        assert all(address.startswith(("http://", "https://")) for address in addresses)


def test_the_project_is_whole(made: tuple[Path, Run]) -> None:
    with closing(sqlite3.connect(made[0] / "project.gpkg")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []


def test_geojson(made: tuple[Path, Run]) -> None:
    for name in ("incidents", "events"):
        found = json.loads((made[0] / f"{name}.geojson").read_text("utf-8"))["features"]
        assert len(found) > 20
        assert len(found) == len(list(rows(made[0] / "project.gpkg", name)))


@pytest.mark.parametrize("layer", ["incidents", "events", "claims", "reports", "event_actors"])
def test_tables_for_spreadsheets(made: tuple[Path, Run], tmp_path: Path, layer: str) -> None:
    project = made[0] / "project.gpkg"
    for name in ("t.csv", "t.xlsx"):
        assert conflictmap("export", project, tmp_path / name, "--layer", layer).code == 0
    count = len(list(rows(project, layer)))
    with (tmp_path / "t.csv").open(encoding="utf-8", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
        assert len(cells) % (count + 1) == 0
    assert not [cell for cell in cells if cell.startswith(FORMULAS)]
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None
    shown = [cell for row in sheet.iter_rows() for cell in row]
    assert sheet.max_row == count + 1
    assert {cell.data_type for cell in shown} <= {"s", "n", "b", "d", "inlineStr"}
    assert not [cell for cell in shown if cell.hyperlink]


def test_every_payload_is_guarded_in_a_cell(corpus: list[Payload]) -> None:
    cells = guarded([payload.text for payload in corpus])
    for payload, cell in zip(corpus, cells, strict=True):
        assert not str(cell).startswith(FORMULAS)
        assert str(cell).endswith(payload.text)


@pytest.mark.parametrize("layer", ["incidents", "events", "reports"])
def test_kml(made: tuple[Path, Run], tmp_path: Path, layer: str) -> None:
    project = made[0] / "project.gpkg"
    done = conflictmap("export", project, tmp_path / "t.kml", "--layer", layer)
    assert done.code == 0, done.err
    tree = ET.fromstring((tmp_path / "t.kml").read_bytes())  # noqa: S314 — our own file
    assert len(list(tree.iter(f"{KML}Placemark"))) == len(list(rows(project, layer)))
    assert not list(tree.iter(f"{KML}NetworkLink"))
    for balloon in tree.iter(f"{KML}description"):
        markup = (balloon.text or "").replace("<b>", "").replace("</b>", "").replace("<br>", "")
        assert "<" not in markup


def test_explain_tells_all_and_drives_no_terminal(made: tuple[Path, Run]) -> None:
    project = made[0] / "project.gpkg"
    for row in list(rows(project, "incidents"))[::8]:
        done = conflictmap("explain", project, row["id"])
        assert done.code == 0, done.err
        assert clean(done.out)


def test_parse_prints_a_line_a_report(made: tuple[Path, Run], corpus: list[Payload]) -> None:
    done = conflictmap("parse", made[0].parent / "reports.jsonl")
    assert len(done.out.split("\n")) == len(corpus) + 1
    assert not set(done.out) & {"\x1b", "\x9b", "\x9d", "\x90", "\x7f", "\r", "\0"}
    assert [json.loads(line)["report"] for line in done.out.split("\n") if line]


@pytest.mark.parametrize(
    "verb",
    [
        ["explain", "{project}", "{text}"],
        ["render", "{project}", "-o", "{folder}/x.html", "--source", "{text}"],
        ["export", "{project}", "{folder}/x.csv", "--layer", "{text}"],
        ["export", "{project}", "{folder}/x.{text}"],
        ["parse", "{folder}/{text}"],
        ["geocode", "{text}"],
        ["import", "{folder}/{text}.csv", "-o", "{folder}/p.gpkg"],
        ["add", "{folder}/{text}.gpkg", "x.txt"],
        ["gazetteer", "info", "--gazetteer", "{folder}/{text}.gaz"],
        ["render", "{project}", "-o", "{folder}/x.html", "--bbox", "{text}"],
    ],
)
def test_messages_drive_no_terminal(
    made: tuple[Path, Run], tmp_path: Path, corpus: list[Payload], verb: list[str]
) -> None:
    fields = {"project": made[0] / "project.gpkg", "folder": tmp_path}
    driving = [payload.text for payload in corpus if payload.kind in {"terminal", "bidi", "control"}]
    for text in ["".join(driving).replace("\0", "").replace("/", "")[:120], *driving[::9]]:
        if "\0" in text or "/" in text:
            continue
        done = conflictmap(*[word.format(text=text, **fields) for word in verb])
        assert clean(done.err), (text, done.err)
        assert clean(done.out), (text, done.out)
        assert done.code in {0, 1, 2}, done.err


def test_names_of_files(tmp_path: Path, corpus: list[Payload]) -> None:
    made = 0
    for k, payload in enumerate(corpus):
        name = os.fsencode(payload.text.replace("/", "_"))[:200] + b".txt"
        if b"\0" in name or name.startswith(b"."):
            continue
        Path(tmp_path, os.fsdecode(name)).write_text(f"A bomb killed {k + 2} people in Mosul on 5 May 2016.")
        made += 1
    assert made > 300
    done = conflictmap("map", tmp_path, "-o", tmp_path / "out")
    assert done.code == 0, done.err[-600:]
    assert clean(done.err)
    assert len(list(rows(tmp_path / "out" / "project.gpkg", "reports"))) == made


@pytest.mark.parametrize("k", range(4))
def test_a_line_of_ten_megabytes(tmp_path: Path, k: int) -> None:
    payload = long_payloads()[k]
    given = [{"text": payload.text, "title": payload.text}, told_by(Payload(kind="", text="x"), k)]
    (tmp_path / "r.jsonl").write_text("\n".join(map(json.dumps, given)), "ascii")
    done = conflictmap("map", tmp_path / "r.jsonl", "-o", tmp_path / "out")
    assert done.code == 0, done.err[-600:]
    assert max(map(len, done.told)) < 1000
    kept = [len(row["text"]) for row in rows(tmp_path / "out" / "project.gpkg", "reports")]
    assert len(payload.text) in kept
