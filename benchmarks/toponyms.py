"""Measures of place recognition and resolution against a corpus of gold toponyms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.sphere import distance_km
from geo.scoring import Ratio

if TYPE_CHECKING:
    from training.common import Gold, Text

Found = tuple[int, int, float, float]
"""Start, end, latitude and longitude of a place that was found."""


@dataclass(slots=True)
class Tally:
    """What was counted: gold toponyms and found ones are paired one to one, by the largest overlap.

    End to end, gold without a point is left out on both sides. Right is what lies within the tolerance.
    """

    gold: int = 0
    found: int = 0
    paired: int = 0
    blind: int = 0
    pointed: int = 0
    right: int = 0

    def add(self, text: Text, found: Iterable[Found]) -> None:
        """Count a text."""
        placed = sorted(found)
        answers = sorted(text.gold, key=lambda g: g.start)
        self.gold += len(answers)
        self.found += len(placed)
        self.pointed += sum(g.lat is not None for g in answers)
        for g, (_, _, lat, lon) in _pairs(answers, placed):
            self.paired += 1
            if g.lat is None or g.lon is None:
                self.blind += 1
            else:
                self.right += distance_km(g.lat, g.lon, lat, lon) <= g.tolerance_km

    @property
    def recognition(self) -> float:
        """F1 of names found."""
        return Ratio(right=self.paired, predicted=self.found, gold=self.gold).f1

    @property
    def resolution(self) -> float:
        """Share right, of names found that have a point in gold."""
        return self.right / max(1, self.paired - self.blind)

    @property
    def end_to_end(self) -> float:
        """F1 of names found and rightly placed."""
        return Ratio(right=self.right, predicted=self.found - self.blind, gold=self.pointed).f1


def _pairs(answers: Sequence[Gold], placed: Sequence[Found]) -> Iterable[tuple[Gold, Found]]:
    used: set[int] = set()
    for g in answers:
        over = [(min(g.end, p[1]) - max(g.start, p[0]), -i) for i, p in enumerate(placed) if i not in used]
        size, at = max(over, default=(0, 0))
        if size > 0:
            used.add(-at)
            yield g, placed[-at]
