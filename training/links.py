"""Train linking: which events of different reports are one incident; see training/README.md.

    python training/links.py GOLD EVENTS

Folds go by theatre and time (a town's incidents of a month stay together), so that what is told as unseen is as
hard as a new project.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from geo.incidents.blocks import pairs
from geo.incidents.clusters import clusters
from geo.incidents.columns import columns
from geo.incidents.features import AGAINST, EITHER, features
from geo.incidents.model import score
from training.common import write_weights
from training.linksets import FOLDS, LinkSet, read_sets
from training.logistic import fit_columns

L2 = 30.0
SHARE = {"gold": 1.0, "gold events": 1.0, "gva": 1.0, "airwars": 1.0}
NEIGHBOUR = 0.05
"""Weight of a pair of events that are two although they are neighbours (GED)."""
EXPECTED = {
    "other hours of the day": -1.5,
    "other thing hit": -0.8,
    "same thing hit": 0.4,
    "tolls differ": -0.3,
    "tolls far apart": -0.8,
    "reports unlike": -0.5,
    "types differ": -0.6,
    "other initiator": -0.6,
    "more than 15 km apart": -0.8,
    "more than 150 km apart": -0.5,
    "same initiator": 0.4,
    "same target": 0.3,
}
"""Where the penalty draws a weight to in place of 0: what the training reports show too seldom (accounts of a dense war)."""
RECALL = 4.0
"""Weight of a pair that is one incident beside one that is two: the mean over a group's pairs mends a false link, not a missing one."""
Model = Mapping[str, float]


class Prepared:
    """A set's columns, pairs and labels."""

    def __init__(self, made: LinkSet) -> None:
        self.set = made
        self.table = columns(made.reports, made.events)
        self.left, self.right = pairs(self.table)
        self.found = features(self.table, self.left, self.right)
        truth = [made.truth.get(i) for i in self.table.ids]
        self.known = np.array([t is not None for t in truth])
        fold = np.array([made.fold[i] for i in self.table.ids])
        self.fold = np.where(fold[self.left] == fold[self.right], fold[self.left], -1)
        of = [made.of_report.get(e) for e in (i.report for i in sorted(made.events, key=lambda e: e.id))]
        two = self.table.report[self.left] != self.table.report[self.right]
        both = zip(self.left, self.right, strict=True)
        self.label = np.array([_same(truth[i], truth[j], of[i], of[j]) for i, j in both], np.float64)
        self.label[~two] = np.nan

    def rows(self, fold: int | None) -> np.ndarray:
        """Return the pairs with a label that train the model of a fold (`None`: all)."""
        known = ~np.isnan(self.label)
        if fold is None:
            return np.flatnonzero(known)
        event_fold = np.array([self.set.fold[i] for i in self.table.ids])
        return np.flatnonzero(known & (event_fold[self.left] != fold) & (event_fold[self.right] != fold))


def side(feature: str) -> int:
    """Return 1 for a feature that may only speak for, -1 for one that may only speak against, 0 for either."""
    return 0 if feature in EITHER else -1 if feature in AGAINST else 1


def _same(
    a: frozenset[str] | None,
    b: frozenset[str] | None,
    of_a: frozenset[str] | None,
    of_b: frozenset[str] | None,
) -> float:
    """Return 1 for one incident, 0 for two, NaN where nobody knows; events of reports on different incidents are two."""
    if a is not None and b is not None:
        return float(bool(a & b))
    return 0.0 if of_a is not None and of_b is not None and not of_a & of_b else float("nan")


def train(prepared: Sequence[Prepared], fold: int | None) -> dict[str, float]:
    """Fit the weights on all sets; each set weighs the same share however many pairs it has."""
    x: dict[str, list[np.ndarray]] = {}
    y, w = [], []
    for p in prepared:
        rows = p.rows(fold)
        for k, v in p.found.items():
            x.setdefault(k, []).append(v[rows])
        label = p.label[rows]
        y.append(label)
        if p.set.name not in SHARE:
            w.append(np.full(len(rows), NEIGHBOUR))
            continue
        w.append(np.where(label > 0, RECALL, 1.0) * SHARE[p.set.name] * 400.0 / max(1.0, label.sum()))
    return fit_columns(
        {k: np.concatenate(v) for k, v in x.items()}, np.concatenate(y), np.concatenate(w), l2=L2, side=side, mean=EXPECTED
    )


def measure(p: Prepared, models: Sequence[Model], threshold: float = 0.0) -> dict[str, float]:
    """Return B³ and pairwise F1 over the set, each fold linked by the model that has not seen it."""
    gold, found = {}, {}
    for fold, model in enumerate(models):
        ids = [e for e in p.set.events if p.set.fold[e.id] == fold]
        table = columns(p.set.reports, ids)
        left, right = pairs(table)
        groups = clusters(len(table), left, right, score(table, left, right, model), threshold)
        for g in groups:
            for i in g:
                found[table.ids[i]] = f"{fold} {g[0]}"
    return p.set.measured(found)


def main(gold: Path, events: Path) -> None:
    """Train, tell the folds' figures, write the weights."""
    prepared = [Prepared(s) for s in read_sets(gold, events)]
    models = [train(prepared, fold) for fold in range(FOLDS)]
    told = []
    for p in prepared:
        m = measure(p, models)
        told.append(
            f"{p.set.name}: B3 {m['b3']:.3f}, pairs F1 {m['f1']:.3f} (P {m['p']:.3f}, R {m['r']:.3f})"
        )
        print(told[-1])
    header = [
        "Log-odds by which linking weighs two events (geo/incidents/features.py): positive speaks for one incident.",
        "Made by training/links.py (logistic regression, L2) on the training part of the project's gold reports, on development",
        "reports of gun violence in the United States and of strikes in Syria.",
        "On folds not seen: " + "; ".join(told) + ".",
    ]
    write_weights(Path("geo/data/link_weights.csv"), header, train(prepared, None))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
