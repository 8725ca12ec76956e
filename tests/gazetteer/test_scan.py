from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazetteer.cleaning import clean
from gazetteer.names import fold

if TYPE_CHECKING:
    from gazetteer import Gazetteer


def found(gazetteer: Gazetteer, text: str) -> set[tuple[str, str]]:
    return {(text[m.start : m.end], m.key) for m in gazetteer.scan(text)}


@pytest.mark.parametrize(
    ("text", "words", "key"),
    [
        ("Strikes hit Khusham, officials said.", "Khusham", "khusham"),
        ("KHUSHAM", "KHUSHAM", "khusham"),
        ("in Syria's east", "Syria", "syria"),
        ("in Syria’s east", "Syria", "syria"),
        ("near Deir ez-Zor", "Deir ez-Zor", "deir ez zor"),
        ("near Deir\nez-Zor", "Deir\nez-Zor", "deir ez zor"),
        ("at al-Tanf base", "al-Tanf", "tanf"),
        ("at Al Tanf base", "Al Tanf", "tanf"),
        ("at Tanf base", "Tanf", "tanf"),
        ("قرب خشام اليوم", "خشام", "خشام"),
        ("в Харькове и Харьков", "Харьков", "харьков"),
        ("«Khushām»", "Khushām", "khusham"),
        ("Khusha\u0304m fell", "Khusha\u0304m", "khusham"),
        ("ﬁghting in Aleppo", "Aleppo", "aleppo"),
        ("SyriaÆ, Aleppo", "Aleppo", "aleppo"),
    ],
)
def test_names_in_texts(tiny: Gazetteer, text: str, words: str, key: str) -> None:
    assert (words, key) in found(tiny, text)


@pytest.mark.parametrize(
    "text", ["khusham", "Aleppoan", "McAleppo", "Deir. ez-Zor", "Deir\n\nez-Zor", "", " ' ."]
)
def test_no_names_in_texts(tiny: Gazetteer, text: str) -> None:
    assert not {key for _, key in found(tiny, text)} & {"khusham", "aleppo", "deir ez zor"}


def test_initials(world: Gazetteer) -> None:
    assert ("U.S.", "us") in found(world, "the U.S. troops")
    assert ("U.S.", "us") in found(world, "troops of the U.S.")
    assert ("St. Louis", "st louis") in found(world, "in St. Louis, Mo.")


NAMES = st.sampled_from(
    ["Khusham", "al-Tanf", "Deir ez-Zor", "Syria's", "U.S.", "خشام", "Aleppo", "Ta'izz", "ﷺ", "İ"]
)
TEXTS = st.lists(
    st.one_of(NAMES, st.text(max_size=8), st.sampled_from(["  ", "\n", ". ", "’s", "-", "\u0301"]))
)


@settings(deadline=None)
@given(pieces=TEXTS)
def test_offsets_stay_within_the_text(tiny: Gazetteer, pieces: list[str]) -> None:
    text = "".join(pieces)
    for match in tiny.scan(text):
        assert 0 <= match.start < match.end <= len(text)
        assert len(tiny.rows(match))
        folded = fold(text[match.start : match.end])
        assert folded.endswith(match.key) or match.key in folded.replace("  ", " ")


@given(st.text())
def test_cleaned_text_and_folded_text_are_of_one_length(text: str) -> None:
    cleaned = clean(text)
    assert len(cleaned.text) == len(cleaned.folded)


@settings(deadline=None)
@given(words=st.lists(st.sampled_from(["Khusham", "Aleppo", "Syria", "and", "x"]), max_size=12))
def test_every_whole_word_is_found(tiny: Gazetteer, words: list[str]) -> None:
    text = " ".join(words)
    expected = sum(word in {"Khusham", "Aleppo", "Syria"} for word in words)
    assert sum(match.key in {"khusham", "aleppo", "syria"} for match in tiny.scan(text)) == expected
