"""Work grows with a report's length, not with its square; odd characters cost no more and stop nothing.

Work is counted, not timed: looks into the index, pairs that are compared, candidates that are weighed.
"""

from __future__ import annotations

import cProfile
import pstats

import pytest

from gazetteer import Gazetteer
from geo.places import votes
from geo.places.refer import find_places
from tests.geo.conftest import document

SENTENCE = (
    "Shells hit Homs near Tartus, Syria, and President Jordan Smith of London saw the road from Aleppo to "
    "Idlib. In the village of Qwertabad the Turkish army said Moscow was quiet. "
)
TEXTS = {
    "sentences": lambda n: SENTENCE * n,
    "one endless line": lambda n: SENTENCE.replace(". ", " ") * n,
    "no spaces": lambda n: SENTENCE.replace(" ", "") * n,
    "one name": lambda n: "Homs " * (12 * n),
    "names in a chain": lambda n: "San San Juan San Jose New York City " * (4 * n),
    "emoji": lambda n: ("\N{FIRE}\N{ZERO WIDTH JOINER}Homs\N{FIRE} " + SENTENCE) * n,
    "control characters": lambda n: ("\x00\x07\x1b[31mHoms\u202e \ud800" + SENTENCE) * n,
    "capitals": lambda n: SENTENCE.upper() * n,
    "between": lambda n: "between Homs and " * (5 * n),
    "white space": lambda n: ("Homs" + " " * 200 + "\n" * 50) * n,
    "borders": lambda n: "the border with Iraq and Syria, Syria's border, " * (3 * n),
}
SMALL, LARGE = 40, 160


def calls(world: Gazetteer, text: str) -> int:
    """Count the calls of functions, those of the interpreter's own among them."""
    cut = document(text)
    profile = cProfile.Profile()
    profile.runcall(find_places, world, cut)
    return int(pstats.Stats(profile).total_calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", TEXTS)
def test_work_grows_with_the_length(world: Gazetteer, name: str) -> None:
    find_places(world, document(TEXTS[name](4)))
    few, many = calls(world, TEXTS[name](SMALL)), calls(world, TEXTS[name](LARGE))
    assert many <= few * (LARGE / SMALL) * 1.3 + 2000


@pytest.mark.parametrize("name", TEXTS)
def test_mentions_stay_true_to_the_text(world: Gazetteer, name: str) -> None:
    text = TEXTS[name](3)
    for ref in find_places(world, document(text)):
        assert text[ref.mention.start : ref.mention.end] == ref.mention.text


def test_distances_are_compared_to_few_points(world: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    nearest = votes._nearest

    def counting(*arguments: object) -> list[float]:
        where, _, points = arguments
        compared.append(where.shape[1] * points.shape[1])  # type: ignore[attr-defined]
        return nearest(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(votes, "_nearest", counting)
    large = (world.columns.population > 300_000).nonzero()[0].tolist()
    settled = [f"Shells hit {world.place(row).name}." for row in large]
    find_places(world, document(" ".join(settled)))
    assert len(settled) > 4 * votes.MOST_POINTS
    assert sum(compared) <= len(compared) * votes.STEP * votes.MOST_POINTS
