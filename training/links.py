"""Train linking: which events of different reports are one incident; see training/README.md.

    python training/links.py EVENTS GOLD...

Folds go by theatre and time (a town's incidents stay together), so that what is told as unseen is as
hard as a new project.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from geo.incidents.blocks import parts
from geo.incidents.clusters import Members, clusters
from geo.incidents.columns import Columns, columns
from geo.incidents.features import AGAINST, DAYS_APART, EITHER, KM_APART, distance_km, features, gap_days
from geo.incidents.model import compare
from geo.incidents.reading import checksum
from training.common import write_weights
from training.linksets import FOLDS, LinkSet, read_sets
from training.logistic import fit_columns

L2 = 10.0
SHARE = {"gold": 1.0, "gold events": 1.0, "gva": 1.0, "airwars": 1.0}
"""Share of each set; the rows of GED weigh `NEIGHBOUR` each."""
POSITIVES = 400.0
"""Weight of all pairs of a set that are one incident, however many they are."""
CROWDED = 100.0
"""Weight of all pairs of a set that are put side by side (`Prepared.side_by_side`)."""
PARTNERS = 4
"""With how many others each event is put side by side."""
THERE_AND_THEN = {"same day": 1.0, "same point": 1.0, "published within a day": 1.0}
"""What two events are told to have in common that are put side by side."""
NEIGHBOUR = 0.05
"""Weight of a pair of events that are two although they are neighbours (GED)."""
RECALL = 8.0
"""Weight of one incident beside two: the mean over a group mends a false link, not a missing one."""
EXPECTED = {
    "other hours of the day": -1.5,
    "other thing hit": -0.8,
    "same thing hit": 0.4,
    "tolls differ": -0.3,
    "tolls far apart": -0.8,
    "reports unlike": -2.5,
    "types differ": -0.6,
    "other initiator": -0.6,
    "more than 3 km apart": -0.6,
    "more than 15 km apart": -0.8,
    "more than 150 km apart": -0.5,
    "same initiator": 0.4,
    "same target": 0.3,
    "dataset row of that day and place": 1.5,
}
"""Where the penalty draws a weight to in place of 0: what the training reports show too seldom."""
AT_MOST = {"other hours of the day": -0.8, "other thing hit": -0.4}
"""What details say against at least, by judgement: the reports hardly tell of two events of one town and day."""
WINDOW_KM, WINDOW_DAYS = 3.0, 1
Model = Mapping[str, float]


class Prepared:
    """A set's columns, pairs and labels."""

    def __init__(self, made: LinkSet) -> None:
        self.set = made
        self.table = columns(made.reports, made.events)
        self.left, self.right = pairs(self.table)
        self.found = features(self.table, self.left, self.right)
        self.fold = np.array([made.fold[i] for i in self.table.ids])
        report = {e.id: e.report for e in made.events}
        truth = [made.truth.get(i) for i in self.table.ids]
        of = [made.of_report.get(report[i]) for i in self.table.ids]
        both = zip(self.left, self.right, strict=True)
        self.label = np.array([_same(truth[i], truth[j], of[i], of[j]) for i, j in both], np.float64)

    def rows(self, fold: int | None) -> np.ndarray:
        """Return the pairs with a label that train the model of a fold (`None`: all)."""
        unseen = (self.fold[self.left] != fold) & (self.fold[self.right] != fold)
        return np.flatnonzero(~np.isnan(self.label) & unseen)

    def side_by_side(self, fold: int | None) -> dict[str, np.ndarray]:
        """Return features of events of different incidents as if they were of one town and day.

        Reports of scattered incidents hardly hold two of one town and day; a war does. What the texts
        say must keep them apart then, so real texts are put side by side.
        """
        main = np.flatnonzero(self.table.main & (self.fold != fold))
        main = main[np.argsort([checksum(self.table.ids[i]) for i in main])]
        left = np.concatenate([main] * PARTNERS)
        right = np.concatenate([np.roll(main, k) for k in range(1, PARTNERS + 1)])
        truth = [self.set.truth.get(i, frozenset()) for i in self.table.ids]
        two = np.array([not truth[a] & truth[b] for a, b in zip(left, right, strict=True)], np.bool_)
        found = features(self.table, left[two], right[two])
        where = {
            *DAYS_APART,
            *KM_APART,
            *(k for k in found if k.startswith(("alike despite", "alike though"))),
        }
        where |= {
            "a day apart",
            "times overlap",
            "told before it happened",
            "places within 3 km",
            "same area",
        }
        where |= {"one in the other's area", "published more than a week apart"}
        return found | {
            k: np.full(int(two.sum()), THERE_AND_THEN.get(k, 0.0)) for k in {*where, *THERE_AND_THEN}
        }


def pairs(table: Columns) -> tuple[np.ndarray, np.ndarray]:
    """Return every pair worth comparing, once."""
    found = [left * len(table) + right for left, right in parts(table)]
    codes = np.unique(np.concatenate(found))
    return codes // len(table), codes % len(table)


def side(feature: str) -> int:
    """Return 1 for a feature that may only speak for, -1 for one that may only speak against, 0 for either."""
    return 0 if feature in EITHER else -1 if feature in AGAINST else 1


Incidents = frozenset[str] | None


def _same(a: Incidents, b: Incidents, of_a: Incidents, of_b: Incidents) -> float:
    """Return 1 for one incident, 0 for two, NaN where nobody knows."""
    if a is not None and b is not None:
        return float(bool(a & b))
    return 0.0 if of_a is not None and of_b is not None and not of_a & of_b else float("nan")


def train(prepared: Sequence[Prepared], fold: int | None) -> dict[str, float]:
    """Fit the weights on all sets; each set weighs its share however many pairs it has."""
    x: dict[str, list[np.ndarray]] = {}
    y, w = [], []
    for p in prepared:
        rows = p.rows(fold)
        for k, v in p.found.items():
            x.setdefault(k, []).append(v[rows])
        y.append(p.label[rows])
        w.append(_weights(p.set.name, p.label[rows]))
        if p.set.name in SHARE:
            beside = p.side_by_side(fold)
            for k, v in beside.items():
                x[k].append(v)
            y.append(np.zeros(len(beside["prior"])))
            w.append(np.full(len(y[-1]), SHARE[p.set.name] * CROWDED / max(1, len(y[-1]))))
    values = {k: np.concatenate(v) for k, v in x.items()}
    return fit_columns(
        values, np.concatenate(y), np.concatenate(w), l2=L2, side=side, mean=EXPECTED, at_most=AT_MOST
    )


def _weights(name: str, label: np.ndarray) -> np.ndarray:
    if name not in SHARE:
        return np.full(len(label), NEIGHBOUR)
    return np.where(label > 0, RECALL, 1.0) * SHARE[name] * POSITIVES / max(1.0, label.sum())


def _members(table: Columns) -> Members:
    return Members(report=table.report, dataset=table.dataset)


def measure(p: Prepared, models: Sequence[Model]) -> dict[str, float]:
    """Return B³ and pairwise scores over the set, each fold linked by the model that has not seen it."""
    found = {}
    for fold, model in enumerate(models):
        table = columns(p.set.reports, [e for e in p.set.events if p.set.fold[e.id] == fold])
        scored = compare(table, model)
        for g in clusters(_members(table), scored.left, scored.right, scored.scores):
            found.update({table.ids[i]: f"{fold} {g[0]}" for i in g})
    return p.set.measured(found)


def window(p: Prepared) -> dict[str, float]:
    """Return the scores of a plain window of space and time over the same events."""
    units = {e for e, _ in p.set.units.values() if e}
    rows = np.array([i for i, e in enumerate(p.table.ids) if e in units])
    a, b = np.triu_indices(len(rows), 1)
    near = (distance_km(p.table, rows[a], rows[b]) <= WINDOW_KM) & (
        gap_days(p.table, rows[a], rows[b]) <= WINDOW_DAYS
    )
    scores = np.ones(int(near.sum()))
    groups = clusters(_members(p.table), rows[a[near]], rows[b[near]], scores)
    return p.set.measured({p.table.ids[i]: str(g[0]) for g in groups for i in g})


def shown(m: Mapping[str, float]) -> str:
    """Write scores."""
    return f"B3 {m['b3']:.3f}, pairs F1 {m['f1']:.3f} (P {m['p']:.3f}, R {m['r']:.3f})"


def main(events: Path, golds: Sequence[Path]) -> None:
    """Train, tell the folds' figures, write the weights."""
    prepared = [Prepared(s) for s in read_sets(events, golds)]
    models = [train(prepared, fold) for fold in range(FOLDS)]
    told = [f"{p.set.name}: {shown(measure(p, models))}; window: {shown(window(p))}." for p in prepared]
    print("\n".join(told))
    header = [
        "Log-odds by which linking weighs two events (geo/incidents/features.py): positive speaks for one incident.",
        "Made by training/links.py (logistic regression, L2, signs held) on the training part of the project's gold",
        "reports, coded and as written, on development reports of gun violence in the United States (folds by town) and",
        "of strikes in Syria (folds by month), and on neighbouring rows of UCDP GED for Syria that are two.",
        f"On folds not seen, beside a plain window of {WINDOW_KM:g} km and {WINDOW_DAYS} day:",
        *told,
    ]
    write_weights(Path("geo/data/link_weights.csv"), header, train(prepared, None))


if __name__ == "__main__":
    main(Path(sys.argv[1]), [Path(p) for p in sys.argv[2:]])
