"""No input raises anything but `Problem`s, or never ends."""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.reports import from_text
from geo.reports.files import KINDS

from .tools import read_all

ENDINGS = [*KINDS, ".log"]
FRAGMENTS = [
    b'{"text": "',
    b'"}',
    b"\n",
    b"---\n",
    b"source: ",
    b"id,text\n",
    b'"',
    b",",
    b"<html><body><p>",
    b"</p>",
    b"<!--",
    b"WARC/1.0\r\n",
    b"WARC-Type: response\r\n",
    b"Content-Length: 7\r\n",
    b"\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\x1f\x8b\x08\x00",
    b"\xe2\x80\x99",
    b"\xd8\x00",
    b"Published: 12 February 2018",
    b"[",
    b"{",
    b"}",
    b"]",
    b"text",
    b":",
    b"\\ud800",
    b"1e999",
    b"BEIRUT, Sept 31 (",
    b") - ",
    b"Related News\n",
    b">> ",
    b"Content-Type: text/html\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"ffffffff\r\n",
    b"99999999999",
]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    ending=st.sampled_from(ENDINGS),
    data=st.one_of(st.binary(max_size=400), st.lists(st.sampled_from(FRAGMENTS), max_size=40).map(b"".join)),
    packed=st.booleans(),
)
def test_any_bytes_in_any_file_are_read_or_named(*, ending: str, data: bytes, packed: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x" + ending + (".gz" if packed else ""))
        path.write_bytes(gzip.compress(data) if packed else data)
        reports, problems = read_all(path)
        for report in reports:
            assert report.text.strip()
            assert report.id
            report.text.encode("utf-8")
            assert all(0 <= span.start < span.end <= len(report.text) for span in report.furniture)
        for problem in problems:
            assert str(problem).isprintable()


@settings(max_examples=300, deadline=None)
@given(
    text=st.text(min_size=1).filter(lambda words: bool(words.strip())),
    source=st.none() | st.text(),
    title=st.none() | st.text(),
    published=st.none() | st.text(),
    url=st.none() | st.text() | st.text(max_size=20).map(lambda words: f"http://{words}/"),
    name=st.none() | st.text(),
)
def test_any_metadata_make_a_report(
    *,
    text: str,
    source: str | None,
    title: str | None,
    published: str | None,
    url: str | None,
    name: str | None,
) -> None:
    report = from_text(text, source=source, title=title, published=published, url=url, id=name)
    assert report.text == text
    assert report.id
    assert not report.source or not any(ord(char) < 32 for char in report.source)
    assert report == from_text(text, source=source, title=title, published=published, url=url, id=name)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 10**7,
        "word " * 2 * 10**6,
        "\n" * 10**7 + "x",
        "12 February 2018 " * 5 * 10**5,
        "1" * 10**7,
        "Published: " * 10**6,
        "By " * 3 * 10**6,
        "A (" * 3 * 10**6,
        "\u00c3\u00a9" * 3 * 10**6,
        "support X on " * 5 * 10**5,
    ],
    ids=lambda text: repr(text[:10]),
)
def test_ten_megabytes_are_read(text: str) -> None:
    # A rule that is not linear would run for hours on these, not seconds.
    assert from_text(text).text == text


@pytest.mark.parametrize(
    "line", ["A - " * 50, "Home | " * 40, "By " + "Aa " * 150, "A" * 399 + "(", "AFP " * 100, "1/" * 200]
)
def test_odd_lines_at_the_edges_give_no_date(line: str) -> None:
    assert not from_text("\n".join([line] * 100)).published.known
