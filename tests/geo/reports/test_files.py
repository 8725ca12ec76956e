from __future__ import annotations

import gzip
import os
import threading
import zlib
from typing import TYPE_CHECKING

import pytest

from geo.reports import files
from geo.reports.files import kind_of

from .tools import read_all, written

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.txt", "text"),
        ("A.TXT.GZ", "text"),
        ("x/a.b.jsonl.gz", "jsonl"),
        ("a.ndjson", "jsonl"),
        ("a.htm", "html"),
        ("a.warc.gz", "warc"),
        ("a.gz", None),
        ("txt", None),
        ("a.pdf", None),
    ],
)
def test_the_name_tells_the_kind(name: str, kind: str | None) -> None:
    assert kind_of(name) == kind


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "FREE_BYTES", 2**16)
    bomb = written(tmp_path, "bomb.txt.gz", gzip.compress(b" " * 2**22))
    lines = written(tmp_path, "lines.jsonl.gz", gzip.compress(b"\n" * 2**22))
    reports, problems = read_all(bomb, lines)
    assert reports == []
    assert [problem.what for problem in problems] == ["the gzip data grows more than 200 times"] * 2


def test_a_bomb_inside_a_bomb_stays_packed(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt.gz", gzip.compress(gzip.compress(b"words " * 1000)))
    reports, (problem,) = read_all(path)
    assert reports == []
    assert "binary" in problem.what


def test_a_document_that_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_DOCUMENT", 2**10)
    _, (problem,) = read_all(written(tmp_path, "a.txt", "word " * 1000))
    assert "larger than" in problem.what
    assert "JSON Lines" in problem.mend


def test_a_line_that_is_too_long_is_named_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_DOCUMENT", 2**10)
    path = written(tmp_path, "a.jsonl", '{"text": "%s"}\n{"text": "b"}\n' % ("a" * 5000))
    reports, (problem,) = read_all(path)
    assert [report.text for report in reports] == ["b"]
    assert problem.where.endswith("line 1")


def test_a_broken_end_keeps_what_came_before(tmp_path: Path) -> None:
    noise = bytes(hash((n, "x")) & 255 for n in range(200_000)).hex()
    packed = gzip.compress(b'{"text": "a"}\n' + f'{{"text": "{noise}"}}\n'.encode())
    reports, (problem,) = read_all(written(tmp_path, "a.jsonl.gz", packed[: len(packed) // 2]))
    assert [report.text for report in reports] == ["a"]
    assert "gzip data is broken off" in problem.what


def test_gzip_without_its_ending_is_recognised(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", gzip.compress(b"Packed all the same."))
    assert read_all(path)[0][0].text == "Packed all the same."


def test_an_ending_without_gzip_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.txt.gz"
    path.write_bytes(b"Not packed.")
    assert read_all(path)[0][0].text == "Not packed."


def test_members_one_after_the_other_are_one_file(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.jsonl.gz", gzip.compress(b'{"text": "a"}\n') + gzip.compress(b'{"text": "b"}\n')
    )
    assert [report.text for report in read_all(path)[0]] == ["a", "b"]


def test_a_damaged_block_is_named(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(b'{"text": "a"}\n' * 1000))
    packed[30:40] = b"\xff" * 10
    _, problems = read_all(written(tmp_path, "a.jsonl.gz", bytes(packed)))
    assert problems
    with pytest.raises((zlib.error, OSError, EOFError)):
        gzip.decompress(bytes(packed))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=(b'{"text": "a"}\n',))
    writer.start()
    reports, problems = read_all(pipe)
    writer.join()
    assert [report.text for report in reports] == ["a"]
    assert problems == []


def test_links_that_go_in_circles_end(tmp_path: Path) -> None:
    written(tmp_path, "sub/a.txt", "Words.")
    (tmp_path / "sub" / "again").symlink_to(tmp_path)
    (tmp_path / "sub" / "loop.txt").symlink_to(tmp_path / "sub" / "loop.txt")
    reports, (problem,) = read_all(tmp_path)
    assert len(reports) == 1
    assert "loop.txt" in problem.where
