"""Train the literal mark: a place, or a government, an army, a person, an outlet; see training/README.md."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from gazetteer import Gazetteer
from geo.mentions.toponyms import find_toponyms
from geo.places.literal import literal_features
from geo.places.resolve import decide
from training.common import FOLDS, Text, fit, gold_reports, write_weights

L2, LEAST = 0.7, 2
Sample = tuple[Sequence[str], bool]


def main(gold: Path) -> None:
    """Train, tell the folds' figure, write the weights."""
    gazetteer = Gazetteer.open()
    texts = list(gold_reports(gold, "train"))
    made = [(t, _samples(gazetteer, t)) for t in texts]
    right = n = 0
    for fold in range(FOLDS):
        model = _fitted([m for m in made if m[0].fold != fold])
        unseen = [s for t, ss in made if t.fold == fold for s in ss]
        right += sum((sum(model.get(f, 0.0) for f in x) > 0) == y for x, y in unseen)
        n += len(unseen)
    print("unseen", right / n, n)
    header = [
        "Weights of the literal mark (geo/places/literal.py): log-odds that a name means the place itself.",
        "Made by training/literal.py (logistic regression, L2) on the training part of the gold reports.",
        f"Right on folds not seen: {right / n:.3f} of {n}.",
    ]
    write_weights(Path("geo/data/literal_weights.csv"), header, _fitted(made))


def _samples(gazetteer: Gazetteer, t: Text) -> list[Sample]:
    samples: list[Sample] = []
    for d in decide(gazetteer, t.document, find_toponyms(gazetteer, t.document)):
        g = next((g for g in t.gold if g.start < d.toponym.end and d.toponym.start < g.end), None)
        if g is not None and d.weighed is not None:
            kind = d.options[d.weighed.best()].kind
            samples.append((tuple(literal_features(t.document, d.toponym, kind)), bool(g.literal)))
    return samples


def _fitted(made: Sequence[tuple[Text, list[Sample]]]) -> dict[str, float]:
    samples = [s for _, ss in made for s in ss]
    return fit([x for x, _ in samples], [y for _, y in samples], [1.0] * len(samples), l2=L2, least=LEAST)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
