"""The quick sums of the models are the sums of their features, whatever the text."""

from __future__ import annotations

import pytest

from gazetteer import Gazetteer
from geo.mentions.context_features import words_after, words_before
from geo.mentions.linear import Model, logistic
from geo.mentions.toponym_model import left_score, name_score, packaged_model, reach, right_score
from geo.mentions.toponyms import LIFTED, candidates, features_of, find_toponyms
from geo.places import options, votes
from geo.places.resolve import decide, weigh
from tests.geo.conftest import document

TEXT = """RAQQA, Syria (Meridian Wire) - Shells hit Tripoli, Lebanon, and the town of Homs near Tartus.
President Donald Trump of Washington said of Paris, Texas, that MOSUL PROVINCE WAS QUIET.
Idlib province and Idlib. In Mosul, Mr. Jordan Smith of the Bank of England left for San Juan and Al-Bab."""


def test_score_of_a_name_is_the_sum_of_its_features(world: Gazetteer) -> None:
    model = packaged_model()
    found = {(t.start, t.end, t.key): t.belief for t in find_toponyms(world, document(TEXT))}
    clear = [c for c in candidates(world, TEXT) if c in found]
    assert len(clear) == len(found) > 8
    for c in clear:
        whole = logistic(model.total(features_of(world, TEXT, c)))
        assert found[c] in (pytest.approx(whole), LIFTED)


def test_no_side_says_more_than_its_reach(world: Gazetteer) -> None:
    model = packaged_model()
    for c in candidates(world, TEXT):
        best = name_score(model, world, c.key, TEXT[c.start : c.end]).best
        left = left_score(model, best, words_before(TEXT, c.start))[0]
        right = right_score(model, best, words_after(TEXT, c.end))[0]
        both, alone = reach(model, best)
        assert right <= alone
        assert left + right <= both


def test_reach_is_of_the_models_own_weights() -> None:
    model = Model(
        {"p:prep": 1.0, "p:prep|city": 0.5, "pw:in": 2.0, "p2:low": 0.25, "n:stop": 3.0, "n:Cap": -1.0}
    )
    assert reach(model, "city") == (6.75, 3.0)
    assert reach(model, "town") == (6.25, 3.0)


def test_score_of_a_candidate_is_the_sum_of_its_features(world: Gazetteer) -> None:
    model = options.packaged_model()
    weighed = weigh(world, document(TEXT), find_toponyms(world, document(TEXT)), model)
    seen: set[str] = set()
    for d in weighed:
        assert d.weighed is not None
        for i, o in enumerate(d.options):
            features = d.weighed.features(i)
            seen |= {f.partition(":")[0] for f, x in features if x}
            whole = o.prior + sum(x * model.weights.get(f, 0.0) for f, x in features)
            assert d.weighed.scores[i] == pytest.approx(whole)
    assert seen >= {"country-votes", "admin1-votes", "near-others", "container", "fit", "bare-with-seat"}


def test_a_name_never_votes_for_itself(world: Gazetteer) -> None:
    toponyms = find_toponyms(world, document("Shells hit Homs. Homs fell. In Homs, nothing."))
    (one, *_) = decide(world, document("Shells hit Homs. Homs fell. In Homs, nothing."), toponyms)
    assert one.weighed is not None
    support = one.weighed.support
    assert {
        *support.countries.values(),
        *support.named.values(),
        *support.divisions.values(),
        *support.near,
    } == {0.0}


def test_only_the_surest_points_are_compared(world: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[int] = []
    nearest = votes._nearest

    def counting(*arguments: object) -> list[float]:
        compared.append(arguments[2].shape[1])  # type: ignore[attr-defined]
        return nearest(*arguments)  # type: ignore[attr-defined]

    monkeypatch.setattr(votes, "_nearest", counting)
    monkeypatch.setattr(votes, "MOST_POINTS", 3)
    decide(world, document(TEXT), find_toponyms(world, document(TEXT)))
    assert compared == [3]
