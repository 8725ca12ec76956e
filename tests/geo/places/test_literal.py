"""A place, or the government of that name: the clear cases."""

from __future__ import annotations

import pytest

from tests.geo.conftest import Places

LITERAL = {
    "The talks were held in Moscow on Friday.": "Moscow",
    "Strikes on Damascus killed 20 people.": "Damascus",
    "Overnight strikes on Damascus have killed 20 people.": "Damascus",
    "A car bomb exploded in Ankara.": "Ankara",
    "Thousands fled from Kyiv to the west.": "Kyiv",
    "Fighting raged around Aleppo on Sunday.": "Aleppo",
    "Troops crossed the Euphrates at dawn.": "Euphrates",
    "Shells hit Raqqa.": "Raqqa",
    "Ten killed in ambush in northern Syria": "Syria",
    "A blast in southern Iraq": "Iraq",
    "ALEPPO, Syria (Wire) — Rebels shelled a camp.": "Syria",
}
ASSOCIATIVE = {
    "Moscow has reminded Washington that it has no right to be there.": "Moscow",
    "Moscow reminded Washington that it has no right to be there.": "Washington",
    "Damascus called the strike a war crime.": "Damascus",
    "Damascus called on the council to act.": "Damascus",
    "Washington said it would respond.": "Washington",
    "Kyiv rejected the offer.": "Kyiv",
    "Beijing warned of consequences.": "Beijing",
    "The Syrian army advanced.": "Syrian",
}


@pytest.mark.parametrize("text", LITERAL)
def test_place(places: Places, text: str) -> None:
    assert [r.literal for r in places(text) if r.mention.text == LITERAL[text]] == [True]


@pytest.mark.parametrize("text", ASSOCIATIVE)
def test_actor(places: Places, text: str) -> None:
    (found,) = [r for r in places(text) if r.mention.text == ASSOCIATIVE[text]]
    assert not found.literal
    assert "actor" in found.reason or "people" in found.reason


def test_one_name_both_ways(places: Places) -> None:
    found = places("Damascus called it a crime. Two rockets fell in Damascus.")
    assert [r.literal for r in found] == [False, True]
