"""Pieces of the input, read one after the other, are the input; storage is read like folders."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import fsspec
import pytest

from geo.reports import Problem, read
from geo.reports.pieces import Piece, pieces
from geo.reports.read import read_source


def fail(problem: Problem) -> None:
    raise AssertionError(str(problem))


def lines(number: int) -> bytes:
    texts = [f"{'Shells fell. ' * (k % 7 + 1)}Day {k}; ärgerlich." for k in range(number)]
    return b"".join(json.dumps({"id": f"r{k}", "text": t}).encode() + b"\n" for k, t in enumerate(texts))


def ids(cut: list[Piece]) -> list[str]:
    return [report.id for piece in cut for source in piece for _, report in read_source(source, fail)]


@pytest.mark.parametrize("size", [1, 60, 100, 101, 102, 500, 1_500, 10**6])
def test_a_long_file_is_cut_between_lines(tmp_path: Path, size: int) -> None:
    file = tmp_path / "a.jsonl"
    file.write_bytes(lines(40))
    cut = list(pieces([file], size, fail))
    assert ids(cut) == [f"r{k}" for k in range(40)]
    longest = max(map(len, lines(40).splitlines(keepends=True)))
    for piece in cut:
        assert sum((s.end or len(lines(40))) - s.start for s in piece) <= size + longest
    assert (len(cut) == 1) == (size == 10**6)


def test_small_files_are_put_together_and_packed_ones_stay_whole(tmp_path: Path) -> None:
    for k in range(5):
        (tmp_path / f"{k}.txt").write_text(f"Report {k} of a war.", "utf-8")
    (tmp_path / "6.jsonl.gz").write_bytes(gzip.compress(lines(100)))
    (tmp_path / "7.jsonl").write_bytes(lines(3).decode().encode("utf-16"))
    cut = list(pieces([tmp_path], 50, fail))
    assert [len(piece) for piece in cut] == [2, 2, 1, 1, 1]
    together = [report.text for piece in cut for s in piece for _, report in read_source(s, fail)]
    alone = [report.text for report in read([tmp_path], on_problem=lambda _: None)]
    assert set(together) == set(alone)
    assert len(together) == 108


def test_standard_input_is_refused() -> None:
    told: list[Problem] = []
    assert list(pieces(["-"], 100, told.append)) == []
    assert "cannot be read by other machines" in told[0].what


@pytest.fixture
def storage() -> Any:
    system = fsspec.filesystem("memory")
    system.pipe_file("/bucket/in/b/c.jsonl", lines(3))
    system.pipe_file("/bucket/in/a.txt", b"A car bomb in Mosul.")
    system.pipe_file("/bucket/in/.hidden", b"no")
    system.pipe_file("/bucket/in/README.md", b"no")
    yield system
    system.rm("/bucket", recursive=True)


@pytest.mark.usefixtures("storage")
def test_a_folder_of_storage_is_read_like_one_of_the_disk() -> None:
    found = list(read(["memory://bucket/in"], on_problem=fail))
    assert found[0].text == "A car bomb in Mosul."
    assert len(found) == 4
    assert found[0].origin == "memory:///bucket/in/a.txt"
    assert ids(list(pieces(["memory://bucket/in/b/c.jsonl"], 120, fail))) == ["r0", "r1", "r2"]


@pytest.mark.parametrize(
    ("address", "what"),
    [("memory://bucket/none", "nothing there"), ("nosuch://bucket/a", "Protocol not known")],
)
def test_an_address_that_leads_nowhere_is_told(address: str, what: str) -> None:
    told: list[Problem] = []
    assert list(read([address], on_problem=told.append)) == []
    assert what in told[0].what
    assert told[0].lost
