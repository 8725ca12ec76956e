from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from geo.reports.pagedates import stated_on
from geo.reports.pages import draft_of_page
from geo.reports.problem import RefusedError

from .tools import read_all, written

if TYPE_CHECKING:
    from pathlib import Path

SENTENCE = (
    "On 4 April 2017 shells fell on the village of Hatla, and four people were killed, a resident said. "
)
PAGE = f"""<!DOCTYPE html><html lang="en-GB"><head><title>Toll rises in Hatla | Meridian Wire</title>
<meta property="og:site_name" content="Meridian Wire">
<meta property="article:published_time" content="2018-02-12T10:00:00+02:00">
<link rel="canonical" href="https://meridian.test/toll"></head>
<body><nav><a href="/">Home</a><a href="/w">World</a></nav>
<article><h1>Toll rises in Hatla</h1><p>{SENTENCE * 4}</p><p>{SENTENCE * 3}</p></article>
<footer>© 2016 Meridian Wire. Cookies. Terms.</footer><script>alert("x")</script></body></html>"""


def test_a_page_gives_its_article_and_its_metadata(tmp_path: Path) -> None:
    (report,), problems = read_all(written(tmp_path, "a.html", PAGE))
    assert problems == []
    assert report.text.count("four people were killed") == 7
    assert "alert" not in report.text
    assert "Cookies" not in report.text
    assert (report.source, report.title, report.language) == ("Meridian Wire", "Toll rises in Hatla", "en")
    assert report.url == "https://meridian.test/toll"
    assert report.published.first == report.published.last == date(2018, 2, 12)


def test_the_same_page_gives_the_same_report(tmp_path: Path) -> None:
    one = read_all(written(tmp_path, "a.html", PAGE))[0]
    two = read_all(written(tmp_path, "b.htm.gz", PAGE))[0]
    assert one[0].id == two[0].id


@pytest.mark.parametrize(
    "head",
    [
        '<meta charset="windows-1251">',
        '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">',
        '<meta charset="utf-8">',
        "",
    ],
)
def test_a_page_is_read_in_its_encoding_whatever_it_claims(head: str) -> None:
    words = "После удара по селу погибли четыре человека, сообщили местные власти в понедельник. "
    body = f"<body><article><p>{words * 5}</p></article></body>"
    page = f"<html><head>{head}<title>Удар</title></head>{body}</html>"
    draft = draft_of_page(page.encode("cp1251"), where="x", origin=None)
    assert "погибли четыре человека" in draft.text


@pytest.mark.parametrize(
    "markup",
    [
        '<meta content="2018-02-12" name="pubdate">',
        "<meta property='article:published_time' content='2018-02-12'>",
        '<script type="application/ld+json">{"datePublished": "2018-02-12T08:00Z"}</script>',
        '<time datetime="2018-02-12T08:00">Monday</time>',
        '<span class="post-date">12 February 2018</span>',
        '<meta name="date" content="4/5/2017"><time datetime="2018-02-12">Monday</time>',
    ],
)
def test_a_page_states_its_date(markup: str) -> None:
    words = stated_on(f"<html><head>{markup}</head></html>")
    assert words is not None
    assert words.startswith(("2018-02-12", "12 February 2018"))


@pytest.mark.parametrize(
    "markup",
    [
        "<footer>© 2016</footer>",
        "<p>On 4 April 2017 shells fell.</p>",
        '<span class="date">12/03/2018</span>',
        '<time datetime="2018-02-12"></time><time datetime="2018-02-13"></time>',
        '<meta name="modified" content="2018-02-12">',
    ],
)
def test_a_page_that_states_no_date_gets_none(markup: str) -> None:
    assert stated_on(f"<html><body>{markup}</body></html>") is None


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<",
        b"<html>",
        b"<!-- " * 1000,
        b"<div>" * 100_000,
        b"<table>" * 20_000 + b"x",
        b"<?xml version='1.0' encoding='utf-16'?><html/>",
        b"<html><script>" + b"&" * 100_000,
        b"x" * (4 * 2**20 + 1),
        b"\0\1\2\3",
    ],
    ids=lambda data: repr(data[:12]),
)
def test_hostile_pages_are_refused_in_silence(data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(RefusedError):
        draft_of_page(data, where="x", origin=None)
    assert capfd.readouterr() == ("", "")
