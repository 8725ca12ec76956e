"""Words that war and other fields share do not silence a report of war."""

from __future__ import annotations

import pytest

from geo.events.topic import borrowed


@pytest.mark.parametrize(
    "headline",
    [
        "Drone strike kills 12 soldiers",
        "Blast kills six near the base, army kills two gunmen",
        "A captain of the Foreign Legion was at the scene when the defenders fell back as the truce lapsed",
    ],
)
def test_words_of_war_are_not_borrowed(headline: str) -> None:
    assert borrowed(headline) == 0.0


def test_a_match_report_is_borrowed() -> None:
    assert borrowed("The striker shot twice before half-time and the goalkeeper was beaten.") > 5
