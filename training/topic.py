"""Train what a report is about: armed conflict, or a field that borrows its words; see training/README.md."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.events import part_of, rows
from geo.events.topic import subject_words
from training.common import FOLDS, write_weights
from training.logistic import fit_columns

L2, LEAST = 0.5, 12
VIOLENT = re.compile(
    r"\b(?:killed|shot|shooting|gunfire|bomb\w*|attack\w*|gunm[ae]n|troops|rebels|militants?|airstrikes?|explosion|soldiers|insurgents?)\b"
)
NOISY, CRIME, KNOWN, KNOWN_QUIET = 0.7, 0.25, 2.0, 8.0
"""Weights of a text: sorted by its words alone; of a shooting far from war (there are many); read by people;
read by people and quiet (there are few)."""


class Sample(NamedTuple):
    """A text, whether it tells of armed conflict, its weight, whether people read it."""

    words: frozenset[str]
    war: bool
    weight: float
    known: bool
    fold: int


def main(corpora: Path, shootings: Path, gold: Sequence[Path]) -> None:
    """Train, tell the folds' figure, write the weights."""
    samples = [*_corpora(corpora), *_shootings(shootings), *(s for g in gold for s in _gold(g))]
    scores = []
    for fold in range(FOLDS):
        weights = _fitted([s for s in samples if s.fold != fold])
        scores += [(s.war, _score(s, weights)) for s in samples if s.fold == fold and s.known]
    quiet = [x for war, x in scores if not war]
    told = [x for war, x in scores if war]
    header = [
        "Log-odds of a word (as it stands, no capital) that a report tells of violence by arms (geo/events/topic.py).",
        "Made by training/topic.py (logistic regression, L2) on news corpora sorted by their own words and on the",
        "project's gold and development reports; gold's test part left out.",
        (
            f"Reports of development not seen: {np.mean([x < 0 for x in quiet]):.2f} of {len(quiet)} quiet ones below 0, "
            f"{np.mean([x < -1 for x in quiet]):.2f} below -1;"
        ),
        (
            f"{np.mean([x >= 0 for x in told]):.2f} of {len(told)} with events at 0 or above, "
            f"{np.mean([x >= -1 for x in told]):.2f} at -1 or above."
        ),
    ]
    print("\n".join(header))
    write_weights(Path("geo/data/topic_weights.csv"), header, _fitted(samples))


def _corpora(folder: Path) -> Iterator[Sample]:
    for name in ("lgl", "trnews"):
        with gzip.open(folder / f"{name}.jsonl.gz", "rt", encoding="utf-8") as f:
            texts = [json.loads(line)["text"] for line in f]
        yield from (_sample(t, war=False, weight=1.0, known=False) for t in texts if not _violent(t))
    csv.field_size_limit(10**8)
    with gzip.open(folder / "fakes.csv.gz", "rt", encoding="utf-8", newline="") as f:
        texts = [row["article_content"] for row in csv.DictReader(f)]
    yield from (_sample(t, war=True, weight=NOISY, known=False) for t in texts if _violent(t))


def _shootings(path: Path) -> Iterator[Sample]:
    """Yield articles of shootings, of the half that may be read."""
    for row in rows(path):
        if part_of(row["incident_uri"]) == "open":
            texts = [d["text"] for d in row["docs"] if len(d["text"]) > LEAST_LENGTH]
            yield from (_sample(t, war=True, weight=CRIME, known=False) for t in texts if _violent(t))


LEAST_LENGTH = 300


def _violent(text: str) -> bool:
    return len(VIOLENT.findall(text)) > 1


def _gold(answers: Path) -> Iterator[Sample]:
    reports = json.loads(answers.read_text("utf-8"))["reports"]
    lines = answers.with_name(answers.name.replace("gold", "reports") + "l").read_text("utf-8").splitlines()
    for r in map(json.loads, lines):
        told = reports[r["id"]]
        if told["split"] == "train":
            war = bool(told["events"])
            yield _sample(r["text"], war=war, weight=KNOWN if war else KNOWN_QUIET, known=True)


def _sample(text: str, *, war: bool, weight: float, known: bool) -> Sample:
    fold = int(hashlib.blake2s(text.encode(), digest_size=4).hexdigest(), 16) % FOLDS
    return Sample(frozenset(subject_words(text)), war, weight, known, fold)


def _fitted(samples: Sequence[Sample]) -> dict[str, float]:
    seen = Counter(w for s in samples for w in s.words)
    vocabulary = sorted(w for w, n in seen.items() if n >= LEAST)
    columns = {w: np.zeros(len(samples)) for w in vocabulary} | {"prior": np.ones(len(samples))}
    for i, s in enumerate(samples):
        for w in s.words & columns.keys():
            columns[w][i] = 1.0 / np.sqrt(len(s.words) + 1)
    return fit_columns(
        columns,
        np.array([s.war for s in samples], float),
        np.array([s.weight for s in samples]),
        l2=L2 / SCALE**2,
        side=lambda _: 0,
        mean={},
        at_most={},
    )


SCALE = 3.0
"""Weights of a whole text's words are of this size against a single column's."""


def _score(s: Sample, weights: dict[str, float]) -> float:
    return weights["prior"] + sum(weights.get(w, 0.0) for w in s.words) / np.sqrt(len(s.words) + 1)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(p) for p in sys.argv[3:]])
