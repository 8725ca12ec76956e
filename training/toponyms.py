"""Train the recognition of place names; see training/README.md."""

from __future__ import annotations

import sys
from pathlib import Path

from gazetteer import Gazetteer
from geo.mentions.linear import Model
from geo.mentions.toponyms import Candidate, candidates, features_of, find_toponyms
from training.common import FOLDS, Text, corpus, fit, gold_reports, write_weights

GOLD_WEIGHT = 4.0
L2, LEAST = 1.5, 4


def samples(gazetteer: Gazetteer, text: Text) -> list[tuple[tuple[str, ...], bool, Candidate]]:
    """Return each candidate of a text with its features and whether it is a gold toponym."""
    words = text.document.report.text
    gold = {(g.start, g.end) for g in text.gold}
    covered = [(g.start, g.end) for g in text.gold]
    found = []
    for c in candidates(gazetteer, words):
        right = (c.start, c.end) in gold or _best_inside(c, covered)
        features = tuple(features_of(gazetteer, words, c))
        found.append((features, right, c))
    return found


def _best_inside(c: Candidate, covered: list[tuple[int, int]]) -> bool:
    """Tell whether a candidate covers most of a gold name that the gazetteer lacks as a whole."""
    return any(a <= c.start and c.end <= b and (c.end - c.start) >= 0.6 * (b - a) for a, b in covered)


def main(corpora: Path, gold: Path) -> None:
    """Train, tell the folds' figures, write the weights."""
    gazetteer = Gazetteer.open()
    texts = [*corpus(corpora, "lgl"), *corpus(corpora, "trnews"), *gold_reports(gold, "train")]
    made = [(t, samples(gazetteer, t)) for t in texts]
    report = []
    for fold in range(FOLDS):
        model = trained([m for m in made if m[0].fold != fold])
        report.append(_score(gazetteer, [m for m in made if m[0].fold == fold], model))
        print("fold", fold, report[-1])
    model = trained(made)
    f1 = {k: sum(r[k] for r in report) / FOLDS for k in report[0]}
    header = [
        "Weights of the recognition of place names: the sum over a candidate's features is the log-odds",
        "that it is one.",
        "Made by training/toponyms.py (logistic regression, L2) on LGL (Lieberman et al. 2010), TR-News",
        "(Kamalloo and Rafiei 2018) and the training part of the project's gold reports. Only weights of features are kept, no text.",
        "F1 (overlap) on folds not seen: " + ", ".join(f"{k} {v:.3f}" for k, v in sorted(f1.items())),
    ]
    write_weights(Path("geo/data/toponym_weights.csv"), header, model)


def trained(made: list) -> dict[str, float]:
    """Return the weights made from the samples of some texts."""
    xs = [s[0] for _, ss in made for s in ss]
    ys = [s[1] for _, ss in made for s in ss]
    ws = [GOLD_WEIGHT if t.corpus == "gold" else 1.0 for t, ss in made for _ in ss]
    return fit(xs, ys, ws, l2=L2, least=LEAST)


def _score(gazetteer: Gazetteer, made: list, weights: dict[str, float]) -> dict[str, float]:
    model = Model(weights)
    counts: dict[str, list[int]] = {}
    for t, _ in made:
        found = find_toponyms(gazetteer, t.document, model)
        n = counts.setdefault(t.corpus, [0, 0, 0])
        n[0] += _hits(t, found)
        n[1] += len(found)
        n[2] += len(t.gold)
    return {k: 2 * a / (b + c) for k, (a, b, c) in counts.items()}


def _hits(t: Text, found: list) -> int:
    used: set[int] = set()
    for g in t.gold:
        over = (i for i, f in enumerate(found) if i not in used and f.start < g.end and g.start < f.end)
        hit = next(over, None)
        if hit is not None:
            used.add(hit)
    return len(used)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
