"""The log-odds that two events are one incident, and the words for what made them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from geo.errors import LexiconError
from geo.incidents.columns import Columns, Floats, Ints
from geo.incidents.features import features
from geo.lexicons import rows

WEIGHTS = "link_weights.csv"
CHUNK = 200_000
SAME_REPORT = -2.5
"""Log-odds of two events of one report: the report itself keeps them apart."""
LEAST_TOLD = 0.15
"""Log-odds from which a part is worth telling."""


@cache
def weights() -> Mapping[str, float]:
    """Return the log-odds of each feature.

    Raises
    ------
    LexiconError
        A weight is no number.
    """
    found = {}
    for line, row in rows(WEIGHTS, "feature", "weight"):
        try:
            found[row["feature"]] = float(row["weight"])
        except ValueError:
            raise LexiconError(
                f"geo/data/{WEIGHTS}:{line}: {row['weight']!r} is no number; train the weights anew."
            ) from None
    return found


def score(table: Columns, left: Ints, right: Ints, model: Mapping[str, float] | None = None) -> Floats:
    """Return the log-odds of each pair; positive: more likely one incident than two.

    Parameters
    ----------
    table
        The events.
    left, right
        Rows of each pair.
    model
        Log-odds of each feature; those of `geo/data/link_weights.csv` where left out.
    """
    chosen = weights() if model is None else model
    total = np.zeros(len(left))
    for at in range(0, len(left), CHUNK):
        part = slice(at, at + CHUNK)
        found = features(table, left[part], right[part])
        total[part] = sum((chosen.get(k, 0.0) * v for k, v in found.items()), np.zeros(len(left[part])))
    return np.where(table.report[left] == table.report[right], SAME_REPORT, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What speaks for a link and against it."""

    speaks_for: tuple[str, ...]
    """Strongest first."""
    speaks_against: tuple[str, ...]
    """Strongest first."""

    def __str__(self) -> str:
        """Say it in words."""
        told = ", ".join(self.speaks_for) or "nothing strong"
        return told + (f"; against: {', '.join(self.speaks_against)}" if self.speaks_against else "")


def reasons(table: Columns, left: Ints, right: Ints) -> list[Reasons]:
    """Return the reasons of each pair, from the same parts as its score."""
    found = features(table, left, right)
    model = weights()
    return [
        _reasons({k: model.get(k, 0.0) * float(v[i]) for k, v in found.items() if k != "prior"})
        for i in range(len(left))
    ]


def _reasons(parts: Mapping[str, float]) -> Reasons:
    joined: dict[str, float] = {}
    for name, value in parts.items():
        plain = name.rstrip(" 0123456789")
        joined[plain] = joined.get(plain, 0.0) + value
    told = sorted(
        ((v, k) for k, v in joined.items() if abs(v) >= LEAST_TOLD), key=lambda x: (-abs(x[0]), x[1])
    )
    return Reasons(
        speaks_for=tuple(k for v, k in told if v > 0),
        speaks_against=tuple(k for v, k in told if v < 0),
    )
