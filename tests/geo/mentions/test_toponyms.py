"""Which words are place names."""

from __future__ import annotations

import itertools

import pytest

from gazetteer import Gazetteer
from geo.mentions.context_features import words_after, words_before
from geo.mentions.kinds import kind, kind_of
from geo.mentions.toponyms import candidates, find_toponyms
from tests.geo.conftest import document


def named(world: Gazetteer, text: str) -> list[str]:
    return [t.text for t in find_toponyms(world, document(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Clashes broke out in Aleppo and Idlib on Monday.", ["Aleppo", "Idlib"]),
        ("Shells hit Deir ez-Zor, Syria.", ["Deir ez-Zor", "Syria"]),
        ("A bomb exploded near New York.", ["New York"]),
        ("He flew from Addis Ababa to N'Djamena.", ["Addis Ababa", "N'Djamena"]),
        ("Troops left Kyiv for Donetsk.", ["Kyiv", "Donetsk"]),
    ],
)
def test_place_names(world: Gazetteer, text: str, expected: list[str]) -> None:
    assert named(world, text) == expected


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("President Donald Trump spoke on Monday.", "Trump"),
        ("Mr. Jordan Smith said so.", "Jordan"),
        ("Officials said nothing of the kind.", "Of"),
        ("They said that nobody had come.", "They"),
        ("On Monday it rained.", "Monday"),
    ],
)
def test_no_place_names(world: Gazetteer, text: str, name: str) -> None:
    assert name not in named(world, text)


def test_adjectives_are_no_candidates(world: Gazetteer) -> None:
    text = "Turkish jets and Americans"
    assert not {"Turkish", "Americans"} & {text[c.start : c.end] for c in candidates(world, text)}


def test_candidates_come_left_to_right_longest_first(world: Gazetteer) -> None:
    text = "in New York City and New Delhi"
    found = [(c.start, -c.end) for c in candidates(world, text)]
    assert found == sorted(found)
    assert "New York City" in {text[c.start : c.end] for c in candidates(world, text)}


def test_names_do_not_overlap(world: Gazetteer) -> None:
    found = find_toponyms(world, document("Deir ez-Zor province, New York City, North Sinai, South Sudan."))
    for left, right in itertools.pairwise(found):
        assert left.end <= right.start
    assert all(0.5 <= t.belief <= 1 for t in found)


def test_same_text_gives_the_same_names(world: Gazetteer) -> None:
    text = "Clashes in Homs. Homs fell. Mr. Homs said no."
    assert find_toponyms(world, document(text)) == find_toponyms(world, document(text))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("iso:SY", "country"),
        ("iso:EG", "country"),
    ],
)
def test_kind_of_countries(world: Gazetteer, name: str, expected: str) -> None:
    row = world.by_id(name)
    assert row is not None
    assert kind_of(world, row) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Damascus", "capital"), ("Aleppo", "city"), ("Euphrates", "water"), ("North Sinai", "adm1")],
)
def test_kind_of_the_first_choice(world: Gazetteer, name: str, expected: str) -> None:
    row = world.by_id(world.find(name, limit=1)[0].place.id)
    assert row is not None
    assert kind(world, row) == expected


def test_words_beside_a_name() -> None:
    text = "strikes on the city of Homs in the west"
    start = text.index("Homs")
    assert words_before(text, start) == ("of", True, "city", False)
    assert words_after(text, start + 4) == ("in", True, "the")
    assert words_before(text, 0) == ("", False, "", True)
    assert words_after(text, len(text)) == ("", False, "")
