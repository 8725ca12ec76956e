"""Actors of a sentence: names and descriptions, side by side, never one inside another."""

from __future__ import annotations

import itertools

import pytest

from geo.mentions.actors import find_actors
from geo.mentions.text import read_text
from geo.records import ActorRef
from geo.reports import from_text


def actors(text: str) -> tuple[ActorRef, ...]:
    (sentence,) = read_text(from_text(text, published="2022-04-08", source="The Test Courier")).sentences
    return find_actors(sentence, sentence.tokens)


@pytest.mark.parametrize(
    "text",
    [
        "Fighters of the armed terrorist groups surrendered.",
        "A drone of the rebel Stone Valley militia fired.",
        "Units of the army shelled rebels of the Free Valley Army.",
    ],
)
def test_an_actor_has_words_and_none_lies_in_another(text: str) -> None:
    found = actors(text)
    assert found
    assert all(a.text == text[a.start : a.end] for a in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
