"""Confidence grows with both beliefs, stays a share, and is what the packaged weights were fitted for."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.mentions.linear import Model, logistic
from geo.places.confidence import confidence, features, packaged_model

SHARE = st.floats(0.0, 1.0)


@given(name=SHARE, place=SHARE)
def test_confidence_is_a_share(name: float, place: float) -> None:
    assert 0.0 < confidence(name, place) < 1.0


@given(steps=st.lists(SHARE, min_size=2, max_size=6), other=SHARE)
def test_surer_beliefs_give_more(steps: list[float], other: float) -> None:
    for low, high in itertools.pairwise(sorted(steps)):
        assert confidence(low, other) <= confidence(high, other)
        assert confidence(other, low) <= confidence(other, high)


def test_scaling_is_platts() -> None:
    model = Model({"bias": 0.0, "name": 1.0, "place": 0.0})
    assert confidence(0.7, 0.2, model) == pytest.approx(0.7)
    assert confidence(0.5, 0.5, Model({"bias": 1.0})) == pytest.approx(0.731, abs=1e-3)


@given(name=SHARE, place=SHARE)
def test_training_sees_the_same(name: float, place: float) -> None:
    weights = packaged_model().weights
    whole = logistic(sum(weights[f] * x for f, x in features(name, place).items()))
    assert confidence(name, place) == pytest.approx(whole)


def test_both_beliefs_count() -> None:
    weights = packaged_model().weights
    assert set(weights) == {"bias", "name", "place"}
    assert weights["name"] > 0
    assert weights["place"] > 0
