from __future__ import annotations

import io
import json
import os
import sys
from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from geo.errors import ReportError
from geo.reports import from_text, read

from .tools import SEEDS, gold, read_all, shared, written

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Shells fell on the village of Hatla on Monday, a resident said."


def test_a_text_file_is_one_report_and_its_text_is_kept(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", TEXT + "\r\n\n")
    (report,), problems = read_all(path)
    assert report.text == TEXT + "\r\n\n"
    assert report.origin == str(path)
    assert len(report.id) == 12
    assert report.notes == ("no source found", "no publication date found")
    assert problems == []


def test_arguments_keep_their_order_and_folders_are_walked_by_name(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "b/sub/1.md", "a.txt"):
        written(tmp_path, name, f"{name} {TEXT}")
    reports, _ = read_all(tmp_path / "b", tmp_path / "a.txt")
    assert [report.text.split()[0] for report in reports] == ["b/10.txt", "b/2.txt", "b/sub/1.md", "a.txt"]


def test_readme_and_hidden_files_are_passed_over_in_silence(tmp_path: Path) -> None:
    for name in ("README.md", ".hidden.txt", ".git/x.txt", "sub/readme.md"):
        written(tmp_path, name, TEXT)
    written(tmp_path, "news.txt", TEXT)
    reports, problems = read_all(tmp_path)
    assert len(reports) == 1
    assert problems == []


def test_a_readme_named_outright_is_read(tmp_path: Path) -> None:
    assert len(read_all(written(tmp_path, "README.md", TEXT))[0]) == 1


@pytest.mark.parametrize(
    ("name", "content", "what", "mend"),
    [
        ("missing.txt", None, "no such file", "check the path"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary data", "UTF-8"),
        ("empty.txt", b"", "the text is empty", "leave the file out"),
        ("blank.md", b"---\nsource: X\n---\n \n", "the text is empty", "leave the file out"),
        ("broken.txt.gz", b"\x1f\x8b\x08\x00broken", "gzip data is broken off", "fetch the file again"),
        ("empty.csv", b"", "no header row", "names the columns"),
        ("other.csv", b"a,b\n1,2\n", 'no column "text"', "found: a, b"),
        ("broken.json", b'{"text": "a"', "broken JSON", "mend the JSON"),
        ("page.html", b"<html><body></body></html>", "no article", ".txt"),
        ("no.warc", b"HTTP/1.1 200 OK\r\n\r\n", "no web archive", "fetch"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_mend(
    tmp_path: Path, name: str, content: bytes | None, what: str, mend: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    good = written(tmp_path, "good.txt", TEXT)
    reports, (problem,) = read_all(path, good)
    assert [report.text for report in reports] == [TEXT], "the run goes on"
    assert str(path) in problem.where
    assert what in problem.what
    assert mend in problem.mend
    assert problem.lost
    assert "\n" not in str(problem)


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    reports, (problem,) = read_all(tmp_path)
    assert reports == []
    assert problem.what == "no report in this folder"
    assert ".jsonl" in problem.mend


def test_other_files_in_a_folder_are_named(tmp_path: Path) -> None:
    written(tmp_path, "a.txt", TEXT)
    written(tmp_path, "scan.pdf", b"%PDF-1.7")
    reports, (problem,) = read_all(tmp_path)
    assert len(reports) == 1
    assert problem.where.endswith("scan.pdf")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_forbidden_file_is_named(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", TEXT)
    path.chmod(0)
    _, (problem,) = read_all(path)
    assert "permission" in problem.what


def test_a_device_and_a_name_with_a_zero_byte_are_refused() -> None:
    reports, problems = read_all("/dev/null", "a\0b.txt", "a" * 5000)
    assert reports == []
    assert [problem.what for problem in problems] == ["not a file", "no name of a file", "file name too long"]


def test_a_single_path_is_taken_for_one(tmp_path: Path) -> None:
    path = written(tmp_path, "a.txt", TEXT)
    assert [report.text for report in read(str(path), on_problem=pytest.fail)] == [TEXT]


def test_reading_is_lazy(tmp_path: Path) -> None:
    first, second = written(tmp_path, "a.txt", TEXT), tmp_path / "b.txt"
    reports = read([first, second], on_problem=pytest.fail)
    assert next(reports).text == TEXT
    second.write_text("Later. " + TEXT)
    assert next(reports).text.startswith("Later")


@pytest.mark.parametrize(
    ("data", "texts"),
    [
        (b'  \n{"text": "one"}\n{"text": "two"}\n', ["one", "two"]),
        (b'\xef\xbb\xbf{"text": "one"}\n', ["one"]),
        ("Zwölf Tote.".encode(), ["Zwölf Tote."]),
    ],
)
def test_standard_input_is_json_lines_or_one_text(
    monkeypatch: pytest.MonkeyPatch, data: bytes, texts: list[str]
) -> None:
    stream = io.BufferedReader(io.BytesIO(data))  # type: ignore[arg-type]
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=stream))
    reports, problems = read_all("-")
    assert [report.text for report in reports] == texts
    assert problems == []
    assert reports[0].origin is None


def test_a_file_without_a_known_ending_is_looked_into(tmp_path: Path) -> None:
    lines = written(tmp_path, "feed", '{"text": "one"}\n')
    text = written(tmp_path, "report.log", TEXT)
    reports, _ = read_all(lines, text)
    assert [report.text for report in reports] == ["one", TEXT]


def test_a_repeated_report_is_told_and_counted_once(tmp_path: Path) -> None:
    line = json.dumps({"source": "A", "title": "T", "text": TEXT})
    other = json.dumps({"source": "B", "title": "T", "text": TEXT})
    path = written(tmp_path, "x.jsonl", f"{line}\n{line}\n{other}")
    reports, (problem,) = read_all(path)
    assert [report.source for report in reports] == ["A", "B"], "the same words of another publisher count"
    assert problem.where.endswith("line 2")
    assert not problem.lost


def test_a_taken_id_gets_a_suffix_by_content(tmp_path: Path) -> None:
    rows = [{"id": "x", "text": f"Text {n}"} for n in range(3)]
    path = written(tmp_path, "x.jsonl", "\n".join(map(json.dumps, rows)))
    ids = [report.id for report in read_all(path)[0]]
    assert ids[0] == "x"
    assert all(name.startswith("x~") for name in ids[1:])
    assert len(set(ids)) == 3
    assert ids == [report.id for report in read_all(path)[0]]


def test_ids_do_not_depend_on_the_file(tmp_path: Path) -> None:
    one = read_all(written(tmp_path, "a.txt", TEXT))[0]
    two = read_all(written(tmp_path, "b/c.txt.gz", TEXT))[0]
    assert one[0].id == two[0].id == from_text(TEXT).id


def test_from_text_takes_metadata() -> None:
    report = from_text(
        TEXT, source="A", title="T", published=date(2018, 2, 12), url="https://a.test/x", id="n1"
    )
    assert (report.source, report.title, report.url, report.id) == ("A", "T", "https://a.test/x", "n1")
    assert report.published.first == report.published.last == date(2018, 2, 12)
    assert report.notes == ()


def test_from_text_refuses_nothing() -> None:
    with pytest.raises(ReportError, match="give the words"):
        from_text("  \n")


def test_only_web_addresses_are_kept() -> None:
    for address in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://",
        "http://a b",
        "https://[",
        "data:x",
    ):
        report = from_text(TEXT, url=address)
        assert report.url is None
        assert any("address left out" in note for note in report.notes)


def test_a_hostile_file_name_is_printed_safely(tmp_path: Path) -> None:
    path = written(tmp_path, "a\x1b[31m\u202ered\n.txt", b"\0\1\2")
    _, (problem,) = read_all(path)
    assert "\x1b" not in str(problem)
    assert "\u202e" not in str(problem)
    assert "\n" not in str(problem)


def test_the_seeds_are_read_whole() -> None:
    reports, problems = read_all(SEEDS)
    assert problems == []
    assert [(report.source, str(report.published.first)) for report in reports] == [
        ("The Duran", "2017-06-07"),
        ("Aggregator (000)", "2018-02-09"),
        ("RT", "2018-02-09"),
        ("We Are The Mighty", "2018-02-09"),
        ("Global Media", "2018-02-12"),
    ]
    assert all(report.title and report.url is None and report.language == "en" for report in reports)
    assert all(report.notes == () for report in reports)


def test_the_seeds_are_the_gold_texts() -> None:
    texts = {
        report["text"] for report in map(json.loads, gold("reports.jsonl").read_text("utf-8").splitlines())
    }
    assert {report.text.removesuffix("\n") for report in read_all(SEEDS)[0]} <= texts


def test_the_raw_articles_tell_what_they_can() -> None:
    reports, problems = read_all(shared("data", "seeds"))
    assert problems == []
    assert [(r.source, str(r.published.first), r.published.precision) for r in reports] == [
        (None, "None", "unknown"),
        ("Global Media", "2018-02-12", "day"),
        (None, "2018-02-01", "month"),
        ("We Are The Mighty", "None", "unknown"),
        ("The Duran", "None", "unknown"),
    ]
    assert reports[0].notes == ("no source found", "no publication date found")


def test_all_corpora_are_read() -> None:
    reports, problems = read_all(shared("data", "corpora", "fakes.csv.gz"))
    assert len(reports) == 790
    assert all(not problem.lost for problem in problems), "only repeated articles are left out"
