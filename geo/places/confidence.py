"""How sure a reference is: beliefs of two models turned into the share of such references that are right.

Platt scaling over both (J. Platt, 1999): the log-odds that the words are a place name and the log-odds of
the place among its namesakes, weighed by `geo/data/confidence_weights.csv`, which `training/confidence.py`
makes from texts that neither model has seen.
"""

from __future__ import annotations

import math
from functools import cache

from geo.lexicons import weights_of
from geo.mentions.linear import Model, logistic

LEAST, MOST = 0.001, 0.999
"""Beliefs beyond are taken for these: nothing in a text is surer."""


@cache
def packaged_model() -> Model:
    """Return the model in `geo/data/confidence_weights.csv`."""
    return Model(weights_of("confidence_weights.csv"))


def confidence(name: float, place: float, model: Model | None = None) -> float:
    """Return the share of such references that name this place, 0 to 1.

    Parameters
    ----------
    name
        Belief that the words are a place name.
    place
        The place's share of the belief among its namesakes.
    model
        Weights of `features`; `None`: the packaged ones.
    """
    weight = (model or packaged_model()).weights.get
    of_name, of_place = weight("name", 0.0) * _log_odds(name), weight("place", 0.0) * _log_odds(place)
    return logistic(weight("bias", 0.0) + of_name + of_place)


def features(name: float, place: float) -> dict[str, float]:
    """Return the beliefs as log-odds, as training sees them."""
    return {"bias": 1.0, "name": _log_odds(name), "place": _log_odds(place)}


def _log_odds(belief: float) -> float:
    held = min(MOST, max(LEAST, belief))
    return math.log(held / (1.0 - held))
