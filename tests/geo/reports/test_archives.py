from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from .test_pages import PAGE
from .tools import read_all, written

if TYPE_CHECKING:
    from pathlib import Path


def record(
    kind: str, body: bytes, *, url: str = "https://a.test/x", content_type: str = "application/http"
) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {content_type}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body + b"\r\n\r\n"


def response(body: bytes, *, status: str = "200 OK", headers: str = "Content-Type: text/html\r\n") -> bytes:
    return f"HTTP/1.1 {status}\r\n{headers}\r\n".encode() + body


HTML = PAGE.encode()
CHUNKED = (
    b"".join(f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (HTML[:500], HTML[500:]))
    + b"0\r\n\r\n"
)


@pytest.mark.parametrize(
    "body",
    [
        response(HTML),
        response(HTML, headers=f"Content-Type: text/html; charset=utf-8\r\nContent-Length: {len(HTML)}\r\n"),
        response(CHUNKED, headers="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n"),
        response(gzip.compress(HTML), headers="Content-Type: text/html\r\nContent-Encoding: gzip\r\n"),
    ],
    ids=["plain", "length", "chunked", "gzip"],
)
def test_a_page_in_an_archive_is_read(tmp_path: Path, body: bytes) -> None:
    data = (
        record("warcinfo", b"software: x")
        + record("request", b"GET / HTTP/1.1\r\n\r\n")
        + record("response", body)
    )
    (report,), problems = read_all(written(tmp_path, "a.warc", data))
    assert problems == []
    assert report.url == "https://a.test/x"
    assert report.source == "Meridian Wire"
    assert "four people were killed" in report.text


def test_packed_records_one_after_the_other(tmp_path: Path) -> None:
    data = gzip.compress(record("warcinfo", b"x")) + gzip.compress(record("response", response(HTML)))
    assert len(read_all(written(tmp_path, "a.warc.gz", data))[0]) == 1


def test_extracted_text_is_read(tmp_path: Path) -> None:
    text = b"Shells fell on Hatla, a resident said."
    (report,), _ = read_all(
        written(tmp_path, "a.warc", record("conversion", text, content_type="text/plain"))
    )
    assert report.text == text.decode()


@pytest.mark.parametrize(
    "data",
    [
        record("response", response(b"", status="301 Moved")),
        record("response", response(b"\x89PNG", headers="Content-Type: image/png\r\n")),
        record("metadata", b"x: y"),
        record("response", b"x" * (9 * 2**20)),
    ],
    ids=["redirect", "image", "metadata", "monster"],
)
def test_what_is_no_page_is_passed_over(tmp_path: Path, data: bytes) -> None:
    assert read_all(written(tmp_path, "a.warc", data)) == ([], [])


def test_a_broken_page_does_not_end_the_archive(tmp_path: Path) -> None:
    broken = response(b"zz\r\nnonsense", headers="Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n")
    data = record("response", broken) + record("response", b"no http") + record("response", response(HTML))
    reports, problems = read_all(written(tmp_path, "a.warc", data))
    assert len(reports) == 1
    assert len(problems) == 2


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"Content-Length: ", b"Content-Length: -"),
        lambda data: data.replace(b"Content-Length: ", b"Content-Length: 9"),
        lambda data: data.replace(b"Content-Length", b"Content-Size"),
        lambda data: data.replace(b"\r\n\r\n", b"\r\n" + b"a: b\r\n" * 500, 1),
    ],
)
def test_a_broken_archive_keeps_what_came_before(tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    data = record("response", response(HTML)) + damage(record("response", response(HTML)))
    reports, problems = read_all(written(tmp_path, "a.warc", data))
    assert len(reports) == 1
    assert problems
    assert "fetch the archive again" in problems[-1].mend
