"""A linear model: log-odds by feature."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """Log-odds by feature; compared by identity, so that sums can be kept for it."""

    weights: Mapping[str, float]
    """Weight by feature; what is not there weighs nothing."""

    def total(self, features: Iterable[str]) -> float:
        """Return the sum of the weights of some features."""
        get = self.weights.get
        return sum([get(f, 0.0) for f in features])


def logistic(score: float) -> float:
    """Return the belief of log-odds."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))
