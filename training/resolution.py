"""Train the choice among places of one name; see training/README.md.

A conditional logit: within a name's candidates, the share of belief that falls on those near the
gold point is made as large as possible. What the report speaks for depends on the weights
themselves (first choices vote), so training and reading alternate a few times.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import scipy.optimize

from gazetteer import Gazetteer
from gazetteer.sphere import distance_km
from geo.mentions.linear import Model
from geo.mentions.toponyms import find_toponyms
from geo.places.resolve import Decision, decide, weigh
from training.common import FOLDS, Text, corpus, gold_reports, write_weights

ROUNDS = 3
L2 = 0.5
GOLD_WEIGHT = 3.0
Case = tuple[list[dict[str, float]], list[bool], float]


def main(corpora: Path, gold: Path) -> None:
    """Train, tell the folds' figures, write the weights."""
    gazetteer = Gazetteer.open()
    texts = [*corpus(corpora, "lgl"), *corpus(corpora, "trnews"), *gold_reports(gold, "train")]
    named = {t.id: find_toponyms(gazetteer, t.document) for t in texts}
    figures = [_fold(gazetteer, texts, named, fold) for fold in range(FOLDS)]
    shares = {k: sum(f[k][0] for f in figures) / max(1, sum(f[k][1] for f in figures)) for k in figures[0]}
    print("unseen", shares)
    model = trained(gazetteer, texts, named)
    header = [
        "Weights of the choice among places of one name (geo/places/resolve.py): log-odds by feature.",
        "Made by training/resolution.py (conditional logit, L2) on LGL, TR-News and the training part of the",
        "project's gold reports.",
        "Right within tolerance (161 km; gold its own), of recognised names with a point, unseen folds: "
        + ", ".join(f"{k} {v:.3f}" for k, v in sorted(shares.items())),
    ]
    write_weights(Path("geo/data/resolution_weights.csv"), header, model)


def _fold(gazetteer: Gazetteer, texts: Sequence[Text], named: dict, fold: int) -> dict[str, tuple[int, int]]:
    model = Model(trained(gazetteer, [t for t in texts if t.fold != fold], named))
    counts: dict[str, tuple[int, int]] = {}
    for t in (t for t in texts if t.fold == fold):
        right, n = _right(gazetteer, t, named[t.id], model)
        a, b = counts.get(t.corpus, (0, 0))
        counts[t.corpus] = (a + right, b + n)
    print("fold", fold, {k: round(a / b, 3) for k, (a, b) in counts.items()})
    return counts


def _right(gazetteer: Gazetteer, t: Text, toponyms: list, model: Model) -> tuple[int, int]:
    right = n = 0
    for d in decide(gazetteer, t.document, toponyms, model):
        g = _gold_of(t, d)
        if g is not None and d.weighed is not None:
            o = d.options[d.weighed.best()]
            n += 1
            right += distance_km(o.lat, o.lon, g.lat, g.lon) <= g.tolerance_km
    return right, n


def _gold_of(t: Text, d: Decision):
    over = [g for g in t.gold if g.start < d.toponym.end and d.toponym.start < g.end and g.lat is not None]
    return over[0] if over else None


def trained(gazetteer: Gazetteer, texts: Sequence[Text], named: dict) -> dict[str, float]:
    """Return the weights made from texts whose names were recognised."""
    weights: dict[str, float] = {"logpop": 1.0}
    for _ in range(ROUNDS):
        model = Model(weights)
        weights = _fitted([c for t in texts for c in _cases(gazetteer, t, named[t.id], model)])
    return weights


def _cases(gazetteer: Gazetteer, t: Text, toponyms: list, model: Model) -> list[Case]:
    """Return the candidates of each name with a gold point: features, whether right, weight."""
    cases: list[Case] = []
    for d in weigh(gazetteer, t.document, toponyms, model):
        g = _gold_of(t, d)
        if g is None or len(d.options) < 2:
            continue
        right = [distance_km(o.lat, o.lon, g.lat, g.lon) <= g.tolerance_km for o in d.options]
        if any(right) and not all(right):
            rows = [_features(d, i) for i in range(len(d.options))]
            cases.append((rows, right, GOLD_WEIGHT if t.corpus == "gold" else 1.0))
    return cases


def _features(d: Decision, i: int) -> dict[str, float]:
    o = d.options[i]
    x = dict.fromkeys(o.features(), 1.0) | {"logpop": o.size}
    for f, v in d.weighed.features(i):
        x[f] = x.get(f, 0.0) + v
    return x


def _fitted(cases: list[Case]) -> dict[str, float]:
    names = sorted({f for rows, _, _ in cases for x in rows for f in x})
    index = {f: i for i, f in enumerate(names)}
    x = np.zeros((sum(len(rows) for rows, _, _ in cases), len(index)))
    for r, features in enumerate(x for rows, _, _ in cases for x in rows):
        for f, v in features.items():
            x[r, index[f]] = v
    right = np.array([y for _, ys, _ in cases for y in ys], float)
    w = np.array([weight for _, _, weight in cases])
    lengths = [len(rows) for rows, _, _ in cases]
    starts, case = np.cumsum([0, *lengths[:-1]]), np.repeat(np.arange(len(cases)), lengths)

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ beta
        p = np.exp(z - np.maximum.reduceat(z, starts)[case])
        p /= np.add.reduceat(p, starts)[case]
        q = p * right
        mass = np.maximum(1e-12, np.add.reduceat(q, starts))
        value = 0.5 * L2 * float(beta @ beta) - float(w @ np.log(mass))
        return value, L2 * beta + x.T @ (w[case] * (p - q / mass[case]))

    found = scipy.optimize.minimize(
        loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 150}
    )
    return {f: float(found.x[i]) for f, i in index.items()}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
