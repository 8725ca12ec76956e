"""A mistake of a user is one clear line with the mend; the exit code is not 0, nothing half-written stays."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.geo.cli.conftest import Run, conflictmap
from tests.geo.conftest import SEEDS

GOOD = {"text": "An air strike killed 3 people in Aleppo on 5 May 2016.", "source": "Wire"}


def refused(done: Run, *told: str) -> None:
    """Check that a run did nothing and said why in one line."""
    assert done.code == 2
    assert done.out == ""
    assert len(done.told) == 1, done.err
    for words in told:
        assert words in done.err
    assert done.err.startswith("conflictmap: ")
    assert "Traceback" not in done.err


def left(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def test_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = conflictmap("map", "empty", "-o", "out", cwd=tmp_path)
    refused(done, "empty: no report in this folder", ".md", ".jsonl")
    assert left(tmp_path) == ["empty"]


@pytest.mark.parametrize("verb", [["map", "-o", "out"], ["parse"]])
def test_missing_report(tmp_path: Path, verb: list[str]) -> None:
    refused(conflictmap(*verb, "nothing.txt", cwd=tmp_path), "nothing.txt", "check the path")
    assert left(tmp_path) == []


def test_several_reports_of_which_none_can_be_read(tmp_path: Path) -> None:
    done = conflictmap("parse", "a.txt", "b.txt", cwd=tmp_path)
    assert done.code == 2
    assert [line.split(":")[1].strip() for line in done.told] == ["a.txt", "b.txt", "a.txt, b.txt"]
    assert "no report could be read" in done.told[-1]


def test_unreadable_report_among_good_ones(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "good.jsonl").write_text(json.dumps(GOOD), "utf-8")
    done = conflictmap("map", "bad.jsonl", "good.jsonl", "-o", "out", cwd=tmp_path)
    assert done.code == 1
    assert done.told[0].startswith("conflictmap: bad.jsonl")
    assert done.told[-1] == "conflictmap: 1 piece of input could not be read; see the lines above."
    assert "map.html" in left(tmp_path / "out")


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root reads every file")
def test_report_without_the_right_to_read_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "a.txt").chmod(0)
    refused(conflictmap("parse", "a.txt", cwd=tmp_path), "a.txt")


def test_broken_json_line_is_named_and_the_others_are_coded(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(f'{json.dumps(GOOD)}\n{{"text": "x\n{json.dumps(GOOD | {"id": "b"})}\n')
    done = conflictmap("parse", "r.jsonl", cwd=tmp_path)
    assert done.code == 1
    assert len(done.out.splitlines()) >= 1
    assert any("r.jsonl, line 2" in line and "mend the JSON" in line for line in done.told)


def test_strict_stops_at_the_first_fault(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text('{"text": \n' + json.dumps(GOOD) + "\n", "utf-8")
    done = conflictmap("map", "r.jsonl", "-o", "out", "--strict", cwd=tmp_path)
    refused(done, "r.jsonl, line 1", "mend the JSON")
    assert left(tmp_path) == ["r.jsonl"]


@pytest.mark.parametrize("verb", [["map", SEEDS, "-o", "out"], ["parse", SEEDS], ["geocode", "Mosul"]])
def test_missing_gazetteer(tmp_path: Path, verb: list[str | Path]) -> None:
    done = conflictmap(*verb, cwd=tmp_path, CONFLICTMAP_GAZETTEER=str(tmp_path / "none.gaz"))
    refused(done, "There is no gazetteer at", "none.gaz", "Build it again")
    assert left(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"no gazetteer", b"\x00" * 5000])
def test_damaged_gazetteer(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "bad.gaz").write_bytes(content)
    refused(conflictmap("geocode", "Mosul", "--gazetteer", tmp_path / "bad.gaz"), "bad.gaz", "Build it again")


@pytest.mark.parametrize("out", ["file", "file/deep"])
def test_output_folder_that_is_a_file(tmp_path: Path, out: str) -> None:
    (tmp_path / "file").write_text("mine")
    refused(conflictmap("map", SEEDS, "-o", out, cwd=tmp_path), "is a file", "choose another with -o")
    assert (tmp_path / "file").read_text() == "mine"


def test_output_name_that_is_a_folder_leaves_the_others_alone(tmp_path: Path) -> None:
    (tmp_path / "out" / "map.html").mkdir(parents=True)
    refused(conflictmap("map", SEEDS, "-o", "out", cwd=tmp_path), "map.html is a folder")
    assert left(tmp_path / "out") == ["map.html"]


@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root writes everywhere")
def test_output_folder_without_the_right_to_write(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o500)
    refused(conflictmap("map", SEEDS, "-o", "locked/out", cwd=tmp_path), "cannot be written")


@pytest.mark.parametrize(
    "verb",
    [["render", "-o", "file/x.html"], ["export", "file/x.geojson"], ["export", "x.gpkg/y.csv"]],
)
def test_page_or_export_that_cannot_be_written(mapped: Path, tmp_path: Path, verb: list[str]) -> None:
    (tmp_path / "file").write_text("mine")
    refused(conflictmap(verb[0], mapped / "project.gpkg", *verb[1:], cwd=tmp_path))
    assert left(tmp_path) == ["file"]


@pytest.mark.parametrize(
    "verb", [["render", "-o", "x.html"], ["export", "x.csv"], ["explain", "x"], ["add", str(SEEDS)]]
)
@pytest.mark.parametrize("content", [None, b"", b"no project at all"])
def test_project_that_is_none(tmp_path: Path, verb: list[str], content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "p.gpkg").write_bytes(content)
    refused(conflictmap(verb[0], "p.gpkg", *verb[1:], cwd=tmp_path), "p.gpkg", "conflictmap map")
    assert left(tmp_path) == ([] if content is None else ["p.gpkg"])


def test_add_that_fails_leaves_the_project_as_it_was(mapped: Path, tmp_path: Path) -> None:
    project = tmp_path / "project.gpkg"
    project.write_bytes((mapped / "project.gpkg").read_bytes())
    before = project.read_bytes()
    done = conflictmap("add", project, "nothing.txt", "--strict", cwd=tmp_path)
    refused(done, "nothing.txt")
    assert project.read_bytes() == before
    assert left(tmp_path) == ["project.gpkg"]


def test_unknown_format_lists_what_there_is(mapped: Path, tmp_path: Path) -> None:
    refused(conflictmap("export", mapped / "project.gpkg", "x.zzz", cwd=tmp_path), ".geojson", ".kml")
    assert left(tmp_path) == []


@pytest.mark.parametrize("file", [["nothing.csv"], ["t.csv"]])
def test_table_that_cannot_be_imported(tmp_path: Path, file: list[str]) -> None:
    (tmp_path / "t.csv").write_text("a,b\n1,2\n")
    refused(conflictmap("import", *file, "-o", "p.gpkg", cwd=tmp_path), file[0])
    assert left(tmp_path) == ["t.csv"]


def test_folder_without_gold(tmp_path: Path) -> None:
    refused(conflictmap("score", tmp_path), "reports.jsonl")


@pytest.mark.parametrize(
    "arguments",
    [
        ["render", "p.gpkg", "-o", "x.html", "--since", "soon"],
        ["geocode", "Mosul", "--near", "Qzxqzxqzx"],
        ["map", "seeds"],
        ["nonsense"],
    ],
)
def test_wrong_use_is_told_with_the_help_at_hand(tmp_path: Path, arguments: list[str]) -> None:
    done = conflictmap(*arguments, cwd=tmp_path)
    assert done.code == 2
    assert "Usage:" in done.err
    assert "Traceback" not in done.err
    assert left(tmp_path) == []


def test_debug_shows_the_traceback(tmp_path: Path) -> None:
    done = conflictmap("--debug", "explain", "p.gpkg", "x", cwd=tmp_path)
    assert done.code != 0
    assert "Traceback" in done.err


def test_report_that_would_drive_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.txt").write_text("x", "utf-8")
    done = conflictmap("parse", tmp_path)
    assert "\x1b" not in done.err
