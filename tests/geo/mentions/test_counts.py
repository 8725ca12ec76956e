"""Figures in words and digits, their bounds, and the numbers that count nobody."""

from __future__ import annotations

import pytest

from geo.mentions.counts import Figure, find_figures
from geo.mentions.text import read_text
from geo.reports import from_text


def figures(text: str) -> tuple[Figure, ...]:
    (sentence,) = read_text(from_text(text, source="The Test Courier")).sentences
    return find_figures(sentence.tokens)


def said(text: str) -> list[tuple[int | None, int | None, str]]:
    return [(f.count.low, f.count.high, f.count.bound) for f in figures(text)]


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("They found 52 bodies there", 52, 52, "exact"),
        ("They found twenty-one bodies there", 21, 21, "exact"),
        ("They found two hundred and fifty bodies there", 250, 250, "exact"),
        ("They found 1,300 bodies there", 1300, 1300, "exact"),
        ("They found at least 25 bodies there", 25, None, "at least"),
        ("They found more than 300 bodies there", 300, None, "at least"),
        ("They found about 70 bodies there", 70, 70, "about"),
        ("They found up to 40 bodies there", None, 40, "at most"),
        ("They found between 40 and 60 bodies there", 40, 60, "exact"),
        ("They found two dozen bodies there", 24, 24, "exact"),
        ("They found 3 million leaflets there", 3_000_000, 3_000_000, "exact"),
    ],
)
def test_a_figure_keeps_its_bounds(text: str, low: int | None, high: int | None, bound: str) -> None:
    assert said(text) == [(low, high, bound)]


@pytest.mark.parametrize("text", ["Dozens fled", "Scores fled", "Several hundred fled"])
def test_vague_words_have_no_upper_end(text: str) -> None:
    ((low, high, bound),) = said(text)
    assert low is not None
    assert low > 1
    assert high is None
    assert bound == "vague"


@pytest.mark.parametrize(
    "text",
    [
        "The shell fell 500 metres away",
        "They fired 30 rounds",
        "Somebody came at 14:30",
        "It fell in 2014, they say",
        "The price is $50",
        "A boy of six, they say",
        "A woman aged 73 wept",
        "Elan Ganeles, 27, lived there",
        "The citizen Sameh Aqtash (37 years) lived there",
        "Page 6 has more",
        "Statement no. 88 follows",
        "The 19-year-old lived there",
    ],
)
def test_measures_times_ages_and_labels_are_no_figures(text: str) -> None:
    assert said(text) == []


def test_the_number_of_a_list_item_is_no_figure() -> None:
    assert said("(3) Eleven protesters died") == [(11, 11, "exact")]


def test_a_group_of_people_is_no_age() -> None:
    assert said("A group of twelve fighters came") == [(12, 12, "exact")]


@pytest.mark.parametrize(
    "number",
    ["9" * 400, "9" * 30, "1,000,000,000,000,000", "999999999999 million"],
)
def test_what_no_report_can_count_is_no_figure(number: str) -> None:
    assert said(f"They found {number} bodies there") == []
