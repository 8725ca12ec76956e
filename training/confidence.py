"""Train the confidence of references, on decisions about texts that no model has seen; see training/README.md."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from gazetteer import Gazetteer
from gazetteer.sphere import distance_km
from geo.mentions.linear import Model
from geo.mentions.toponyms import find_toponyms
from geo.places.confidence import confidence, features
from geo.places.resolve import decide
from training.common import FOLDS, corpus, gold_reports, write_weights
from training.folds import Fold, folds
from training.logistic import fit_columns

L2 = 1.0
BINS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A decision about an unseen text."""

    corpus: str
    fold: int
    name: float
    place: float
    right: bool


def main(corpora: Path, gold: Path) -> None:
    """Train, tell the folds' figures, write the weights."""
    gazetteer = Gazetteer.open()
    texts = [*corpus(corpora, "lgl"), *corpus(corpora, "trnews"), *gold_reports(gold, "train")]
    found = [c for fold in folds(gazetteer, texts) for c in cases(gazetteer, fold)]
    told = crossed(found)
    for name in sorted({c.corpus for c in found}):
        print(name, *reliability([x for x in told if x[0].corpus == name]), sep="\n  ")
    before = gap([(c, c.name * c.place) for c in found])
    header = [
        "Weights that turn beliefs into the share of references that are right (geo/places/confidence.py).",
        "Made by training/confidence.py (logistic regression on log-odds; every corpus weighs the same) on",
        "decisions about unseen folds of LGL, TR-News and the training part of the project's gold reports.",
        f"Mean gap between confidence and share right on folds not seen: {gap(told):.3f} (product of the",
        f"beliefs as they are: {before:.3f}), {len(found)} references.",
    ]
    write_weights(Path("geo/data/confidence_weights.csv"), header, fitted(found).weights)


def cases(gazetteer: Gazetteer, fold: Fold) -> Iterator[Case]:
    """Yield the decisions about a fold's unseen texts; names whose gold has no point are left out."""
    for t in fold.unseen:
        found = find_toponyms(gazetteer, t.document, fold.recognition)
        for d in decide(gazetteer, t.document, found, fold.resolution):
            over = [g for g in t.gold if g.start < d.toponym.end and d.toponym.start < g.end]
            if d.weighed is not None and not (over and over[0].lat is None):
                best = d.weighed.best()
                o = d.options[best]
                yield Case(
                    corpus=t.corpus,
                    fold=t.fold,
                    name=d.toponym.belief,
                    place=d.weighed.beliefs()[best],
                    right=any(distance_km(o.lat, o.lon, g.lat, g.lon) <= g.tolerance_km for g in over),
                )


def fitted(found: Sequence[Case]) -> Model:
    """Return the weights; every corpus weighs the same in sum."""
    rows = [features(c.name, c.place) for c in found]
    sizes = {name: sum(c.corpus == name for c in found) for name in {c.corpus for c in found}}
    return Model(
        fit_columns(
            {name: np.array([x[name] for x in rows]) for name in rows[0]},
            np.array([c.right for c in found], float),
            np.array([len(found) / len(sizes) / sizes[c.corpus] for c in found]),
            l2=L2,
            side=lambda name: 0 if name == "bias" else 1,
            mean={},
            at_most={},
        )
    )


def crossed(found: Sequence[Case]) -> list[tuple[Case, float]]:
    """Return every case with a confidence by weights that were made without its fold."""
    told: list[tuple[Case, float]] = []
    for fold in range(FOLDS):
        model = fitted([c for c in found if c.fold != fold])
        told += [(c, confidence(c.name, c.place, model)) for c in found if c.fold == fold]
    return told


def reliability(told: Sequence[tuple[Case, float]]) -> list[tuple[float, float, int, float, float]]:
    """Return by step of confidence: from, to, references, mean confidence, share right."""
    table = []
    for low, high in itertools.pairwise(BINS):
        inside = [(c.right, p) for c, p in told if low <= p < high or p == high == 1.0]
        if inside:
            rights, ps = zip(*inside, strict=True)
            table.append((low, high, len(inside), sum(ps) / len(ps), sum(rights) / len(rights)))
    return table


def gap(told: Sequence[tuple[Case, float]]) -> float:
    """Return the expected calibration error: the mean gap between confidence and share right, by step."""
    return sum(n * abs(p - right) for _, _, n, p, right in reliability(told)) / len(told)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
