from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import date

import pytest

from geo.reports import from_text

from .tools import gold, shared

BODY = "Shells fell on Hatla and killed four people, a resident said. On 4 April 2017 it had been worse."


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Published: Mon, February 12, 2018\nGlobal Media\n\n{}", date(2018, 2, 12)),
        ("Headline\n\nPosted Friday, November 10, 2017 by Newsloop desk\n\n{}", date(2017, 11, 10)),
        ("Date of publication 12 June 2016 Dozens of civilians died. {}", date(2016, 6, 12)),
        ("By Newsloop desk. Sunday, January 3, 2021\n\n{}", date(2021, 1, 3)),
        ("Barada Monitor - Daily Bulletin - Tuesday, 5 September 2017\n\n{}", date(2017, 9, 5)),
        ("CONTINENTAL DIGEST | Africa in five minutes | 17 October 2017\n\n{}", date(2017, 10, 17)),
        ("LIVE BLOG - newest first - closed Monday 5 February 2018, 09:00 GMT\n\n{}", date(2018, 2, 5)),
        ("COMMUNIQUÉ No. 026 OF THE GENERAL STAFF - BAMAKO, 1 April 2022\n\n{}", date(2022, 4, 1)),
        ("DJENNÉ, 7 May 2018 - {}", date(2018, 5, 7)),
        ("JOS, Wednesday 15 March 2017 - {}", date(2017, 3, 15)),
        ("LVIV, Ukraine, March 25, 2022 (Meridian Wire) - {}", date(2022, 3, 25)),
        ("Damascus, 12 Feb 2018 (Syrian Agency) \u2013 {}", date(2018, 2, 12)),
        ("Wed 05 Apr 2017 {}", date(2017, 4, 5)),
        ("4 April، 2023\n\nRelated Articles\n\nOther story\n\n4 November، 2024\n\n{}", date(2023, 4, 4)),
        ("Headline\n\nFriday 21 January 2022 16:42, UK\n\n{}", date(2022, 1, 21)),
        ("{}\n\n12 February 2018", date(2018, 2, 12)),
        ("Shells fall on Hatla AFP Thursday 9 Jul 2015 {}", date(2015, 7, 9)),
        ("Updated: 13 February 2018\nPublished: 12 February 2018\n\n{}", date(2018, 2, 12)),
        ("{}\n\nLast updated at 13 Feb 2018", date(2018, 2, 13)),
    ],
)
def test_a_date_of_publication_is_found(text: str, day: date) -> None:
    published = from_text(text.format(BODY)).published
    assert (published.first, published.last, published.precision) == (day, day, "day")
    assert published.words in text


def test_a_month_is_an_interval() -> None:
    published = from_text(f" date 2018-02 © P. Nicholls / Reuters\n\n{BODY}").published
    assert (published.first, published.last, published.precision) == (
        date(2018, 2, 1),
        date(2018, 2, 28),
        "month",
    )


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        f"Look back\n\nOn Tuesday 4 April 2017, planes struck. {BODY}",
        f"4 April 2017 was a dark day in Hatla. {BODY}",
        f"Attack on Hatla - 4 April 2017\n\n{BODY}",
        f"{BODY}\n\nPHOTO: A polling place, 3 November 2020",
        f"{BODY}\n\nRelated News\n\nMan killed in a raid\n\n15 January 2025",
        f"The date 4 April 2017 means much in Hatla.\n\n{BODY}",
        f"© 2016 The Herald\n\n{BODY}",
        f"He was posted to Hatla on 4 April 2017.\n\n{BODY}",
    ],
)
def test_an_events_date_is_never_taken(text: str) -> None:
    report = from_text(text)
    assert not report.published.known
    assert "no publication date found" in report.notes


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("BEIRUT, Sept 5 (Meridian Wire) - {}", "Sept 5"),
        ("DAMASCUS, 10 November - {}", "10 November"),
        ("By Newsloop desk. Sunday, January 3\n\n{}", "Sunday, January 3"),
    ],
)
def test_a_day_without_a_year_stays_unknown_and_is_told(text: str, words: str) -> None:
    report = from_text(text.format(BODY))
    assert not report.published.known
    assert report.published.words == words
    assert f"publication date without a year: {words}" in report.notes


def test_the_address_gives_the_year() -> None:
    report = from_text(f"BEIRUT, Sept 5 (Meridian Wire) - {BODY}", url="https://a.test/2017/09/06/x.html")
    assert report.published.first == date(2017, 9, 5)


def test_a_full_date_gives_the_year_where_the_weekday_fits() -> None:
    near = "The operation had begun on 3 November 2017."
    assert from_text(f"DAMASCUS, Saturday 11 November - {near}").published.first == date(2017, 11, 11)
    assert not from_text(f"DAMASCUS, Friday 11 November - {near}").published.known, "a Saturday in 2017"
    assert not from_text(f"DAMASCUS, 11 November - {near}").published.known, "it may look back a year"


@pytest.mark.parametrize(
    ("url", "day", "precision"),
    [
        ("https://a.test/2018/02/12/story.html", date(2018, 2, 12), "day"),
        ("https://a.test/news/2018-02-12-story", date(2018, 2, 12), "day"),
        ("https://a.test/20180212/story", date(2018, 2, 12), "day"),
        ("https://a.test/world/2018/feb/12/story", date(2018, 2, 12), "day"),
        ("https://a.test/2018/02/story", date(2018, 2, 1), "month"),
        ("https://web.archive.org/web/20220101000000/https://a.test/2018/02/12/x", date(2018, 2, 12), "day"),
    ],
)
def test_the_address_may_bear_the_date(url: str, day: date, precision: str) -> None:
    published = from_text(BODY, url=url).published
    assert (published.first, published.precision) == (day, precision)


@pytest.mark.parametrize(
    "url",
    [
        "https://a.test/2021/24-november-three-men",
        "https://a.test/story-2018",
        "https://a.test/?p=20189912",
        "https://web.archive.org/web/20220101000000/https://a.test/x",
    ],
)
def test_an_address_without_a_date(url: str) -> None:
    assert not from_text(BODY, url=url).published.known


def test_metadata_come_first() -> None:
    report = from_text(f"DJENNÉ, 7 May 2018 - {BODY}", source="A", published="2018-05-08")
    assert (report.source, report.published.first) == ("A", date(2018, 5, 8))


def test_metadata_not_understood_are_told_and_the_text_is_asked() -> None:
    report = from_text(f"DJENNÉ, 7 May 2018 - {BODY}", published="5/7/2018")
    assert report.published.first == date(2018, 5, 7)
    assert "publication date not understood: 5/7/2018" in report.notes


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Published: Mon, February 12, 2018\nGlobal Media\n\n{}", "Global Media"),
        ("Published: Mon, February 12, 2018\nGlobal Media | By Gerald Short\n\n{}", "Global Media"),
        ("Barada Monitor - Daily Bulletin - Tuesday, 5 September 2017\n\n{}", "Barada Monitor"),
        ("CONTINENTAL DIGEST | Africa in five minutes | 17 October 2017\n\n{}", "Continental Digest"),
        ("By Newsloop desk. Sunday, January 3\n\n{}", "Newsloop"),
        ("{}\n\nLiked it? Support The Duran on Patreon!", "The Duran"),
        ("{}\n\nLiked it? Take a second to support The Duran on Patreon!", "The Duran"),
        ("{}\n\nTRENDING PRODUCTS AT THE WE ARE THE MIGHTY STORE", "We Are The Mighty"),
        ("{}\n\nEnjoying Newsloop? There is no paywall here.", "Newsloop"),
        ("The Duran reported\n\n{}", "The Duran"),
        ("BEIRUT, Sept 5 (Meridian Wire) - {}", "Meridian Wire"),
        ("IDLIB, Syria (Levant Wire) \u2013 {}", "Levant Wire"),
    ],
)
def test_a_report_names_its_publisher(text: str, source: str) -> None:
    assert from_text(text.format(BODY)).source == source


@pytest.mark.parametrize(
    "text",
    [
        BODY,
        "LIVE BLOG - newest first - closed Monday 5 February 2018\n\n{}",
        "COMMUNIQUÉ No. 026 OF THE GENERAL STAFF - BAMAKO, 1 April 2022\n\n{}",
        "By Gerald Short\n\n{}",
        "Support us on Patreon!\n\n{}",
        "{}\n\nRelated News\n\nOther story",
        "Photo © P. Nicholls / Reuters\n\n{}",
        "As Reuters reported, it was quiet. {}",
        "Two men (both Syrian) - {}",
    ],
)
def test_no_publisher_is_invented(text: str) -> None:
    report = from_text(text.format(BODY))
    assert report.source is None
    assert "no source found" in report.notes


@pytest.mark.parametrize(
    ("url", "source"),
    [
        ("https://www.some-outlet.test/x", "some-outlet.test"),
        ("https://web.archive.org/web/2022/https://some-outlet.test/x", "some-outlet.test"),
        ("https://t.me/s/channel/5", None),
        ("https://m.facebook.com/x", None),
        ("http://localhost/x", None),
    ],
)
def test_the_host_is_the_last_resort(url: str, source: str | None) -> None:
    assert from_text(BODY, url=url).source == source


def test_a_title_may_end_in_the_outlets_name() -> None:
    assert from_text(BODY, title="Toll rises in Hatla | Levant News").source == "Levant News"
    assert from_text(BODY, title="Toll rises - at least four dead").source is None


def test_nothing_wrong_is_found_in_the_gold_reports() -> None:
    wrong, found = [], 0
    for line in gold("reports.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        report = from_text(row["text"])
        if report.source not in (None, row["source"]):
            wrong.append((row["id"], report.source))
        if report.published.known and row["published"] and str(report.published.first) != row["published"]:
            wrong.append((row["id"], report.published.words))
        found += row["published"] is None and report.published.known
    assert wrong == []
    assert found == 8, "every report without metadata tells its day in its text"


def test_dates_of_real_articles() -> None:
    table = io.StringIO(
        gzip.decompress(shared("data", "corpora", "fakes.csv.gz").read_bytes()).decode("utf-8")
    )
    found = [from_text(row["article_content"]).published for row in csv.DictReader(table)]
    assert sum(when.known for when in found) >= 680, "of 804"
    assert all(2011 <= when.first.year <= 2018 for when in found if when.first)
