from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.reports.moments import all_in, first_in, stated


@pytest.mark.parametrize(
    "words",
    [
        "2018-02-12",
        "2018-02-12T09:30:00Z",
        "2018-02-12 09:30",
        "20180212",
        "20180212T093000",
        "Mon, 12 Feb 2018 09:30:00 +0000",
        "12 February 2018",
        "February 12, 2018",
        "Feb. 12, 2018",
        "Monday, 12th of February 2018",
        "12.02.2018",
        "12.2.2018",
        "lundi 12 février 2018",
        "12 de febrero de 2018",
        "12 Şubat 2018",
        "12 فبراير 2018",
        "12-Feb-2018",
        "FEBRUARY 12 2018",
    ],
)
def test_a_day_is_understood(words: str) -> None:
    when = stated(words)
    assert when is not None
    assert (when.first, when.last, when.precision) == (date(2018, 2, 12), date(2018, 2, 12), "day")


@pytest.mark.parametrize(
    ("words", "first", "last", "precision"),
    [
        ("2018-02", date(2018, 2, 1), date(2018, 2, 28), "month"),
        ("February 2016", date(2016, 2, 1), date(2016, 2, 29), "month"),
        ("2018", date(2018, 1, 1), date(2018, 12, 31), "year"),
        ("13/02/2018", date(2018, 2, 13), date(2018, 2, 13), "day"),
        ("02/13/2018", date(2018, 2, 13), date(2018, 2, 13), "day"),
        ("3/3/2018", date(2018, 3, 3), date(2018, 3, 3), "day"),
    ],
)
def test_intervals(words: str, first: date, last: date, precision: str) -> None:
    when = stated(words)
    assert when is not None
    assert (when.first, when.last, when.precision) == (first, last, precision)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "yesterday",
        "4/5/2017",
        "2018-13-01",
        "2018-02-30",
        "30 February 2018",
        "12 February",
        "0001-01-01",
        "99999",
        "32.1.2018",
    ],
)
def test_what_is_not_sure_is_not_understood(words: str) -> None:
    assert stated(words) is None


def test_a_day_without_a_year_keeps_its_words() -> None:
    moment = first_in("DAMASCUS, Saturday 11 November - Troops")
    assert moment is not None
    assert moment.words == "Saturday 11 November"
    assert not moment.when().known
    assert moment.when(2017).first == date(2017, 11, 11)


@pytest.mark.parametrize(
    "text", ["The 137th Brigade took 12 may trees", "version 1.2.2018a", "F-15, 30 mm", "In May they left"]
)
def test_words_that_are_no_dates(text: str) -> None:
    assert [moment for moment in all_in(text) if moment.year] == []


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2150, 12, 31)), st.text(max_size=30))
def test_iso_days_are_found_anywhere(day: date, before: str) -> None:
    text = f"{before} {day.isoformat()} x"
    assert any(moment.when().first == day for moment in all_in(text) if moment.start > len(before))


@given(st.text(alphabet="0123456789 ./-,JanuaryfebMMonday،\u0661\u0662٣", max_size=60))
def test_no_words_break_it(words: str) -> None:
    stated(words)
    assert all(words[m.start : m.end] == m.words for m in all_in(words))
