"""Dates: the weekday rule, ranges, words that hang on others, and what stays unknown."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.mentions.date_patterns import OPENING, PATTERN
from geo.mentions.dates import DateMention, find_dates
from geo.mentions.text import read_text
from geo.reports import from_text

FRIDAY = "2022-04-08"


def dates(text: str, published: str | None = FRIDAY) -> tuple[DateMention, ...]:
    return find_dates(read_text(from_text(text, published=published, source="The Test Courier")))


def span(text: str, published: str | None = FRIDAY) -> tuple[str, str]:
    when = dates(text, published)[0].when
    return str(when.first), str(when.last)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("Shells fell on Friday.", "2022-04-08", "2022-04-08"),
        ("Shells fell on Thursday.", "2022-04-07", "2022-04-07"),
        ("Shells fell on Saturday.", "2022-04-02", "2022-04-02"),
        ("Shells fell last Friday.", "2022-04-01", "2022-04-01"),
        ("Shells fell on Thursday night.", "2022-04-07", "2022-04-08"),
        ("Shells fell yesterday.", "2022-04-07", "2022-04-07"),
        ("Shells fell overnight.", "2022-04-07", "2022-04-08"),
        ("Shells fell three days ago.", "2022-04-05", "2022-04-05"),
        ("Shells fell at the weekend.", "2022-04-02", "2022-04-03"),
        ("Shells fell last month.", "2022-03-01", "2022-03-31"),
        ("Shells fell from 27 to 31 March 2022.", "2022-03-27", "2022-03-31"),
        ("Shells fell between March 27 and 31.", "2022-03-27", "2022-03-31"),
        ("Shells fell on 25-7-2018.", "2018-07-25", "2018-07-25"),
        ("Shells fell on 24 November.", "2021-11-24", "2021-11-24"),
        ("Shells fell in late March.", "2022-03-21", "2022-03-31"),
    ],
)
def test_a_date_in_news_is_the_latest_such_day_up_to_publication(words: str, first: str, last: str) -> None:
    assert span(words) == (first, last)


def test_an_ordinal_alone_is_a_day_of_this_month_or_the_one_before() -> None:
    assert span("On the evening of that 25th, a crowd came.") == ("2022-03-25", "2022-03-25")
    assert span("On the 6th of the month shells fell.") == ("2022-04-06", "2022-04-06")


def test_an_ordinal_before_a_name_is_no_date() -> None:
    assert dates("The 25th Brigade and the 5th Corps moved.") == ()


def test_that_friday_is_the_friday_just_named() -> None:
    second = dates("It began on 25 March. Seventeen people died on that Friday.")[1]
    assert second.when.first == date(2022, 3, 25)


def test_the_day_before_stands_on_the_date_before() -> None:
    second = dates("The town fell on 5 April. The day before, the bridge was hit.")[1]
    assert second.when.first == date(2022, 4, 4)


def test_without_publication_a_weekday_stays_unknown() -> None:
    (mention,) = dates("Shells fell on Friday.", published=None)
    assert not mention.when.known
    assert mention.when.words == "Friday"


def test_a_date_at_the_head_of_an_undated_text_dates_it() -> None:
    assert dates("BULLETIN, 9 April 2018\n\nShells fell on Friday.", published=None)[1].when.first == date(
        2018, 4, 6
    )


@pytest.mark.parametrize("text", ["Fighting has gone on since 2014.", "Nobody slept until Monday."])
def test_a_limit_is_marked_as_no_time_of_an_event(text: str) -> None:
    assert dates(text)[0].bounded


def test_what_lies_ahead_is_marked() -> None:
    assert dates("A march is planned for next Friday.")[0].future


@pytest.mark.parametrize("text", ["He sat down.", "They may march.", "On 31 February 2022 nothing happened."])
def test_words_that_are_no_date_give_no_day(text: str) -> None:
    assert not any(d.when.known for d in dates(text))


@given(st.from_regex(PATTERN, fullmatch=True))
def test_each_way_to_write_a_date_begins_at_an_opening(words: str) -> None:
    assert OPENING.match(words)
