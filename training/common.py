"""What the training scripts share: corpora, a logistic regression, writing weights."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.optimize
import scipy.sparse

from geo.mentions.text import Document, read_text
from geo.records import Report, When

FOLDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """A gold toponym."""

    start: int
    end: int
    lat: float | None
    lon: float | None
    literal: bool | None
    tolerance_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A training text with its gold toponyms."""

    corpus: str
    id: str
    document: Document
    gold: tuple[Gold, ...]

    @property
    def fold(self) -> int:
        """Fold by content, the same on every machine."""
        return int(hashlib.blake2s(self.id.encode(), digest_size=4).hexdigest(), 16) % FOLDS


def corpus(path: Path, name: str) -> Iterator[Text]:
    """Yield the texts of a toponym corpus."""
    with gzip.open(path / f"{name}.jsonl.gz", "rt", encoding="utf-8") as f:
        for line in f:
            d = json.loads(line)
            gold = [
                Gold(
                    start=t["start"],
                    end=t["end"],
                    lat=t.get("lat"),
                    lon=t.get("lon"),
                    literal=None,
                    tolerance_km=161.0,
                )
                for t in d["toponyms"]
            ]
            yield Text(
                corpus=name,
                id=f"{name}-{d['doc_id']}",
                document=_document(str(d["doc_id"]), d["text"], None),
                gold=tuple(gold),
            )


def gold_reports(path: Path, split: str) -> Iterator[Text]:
    """Yield the gold reports of a split."""
    gold = json.loads((path / "gold.json").read_text("utf-8"))["reports"]
    for line in (path / "reports.jsonl").read_text("utf-8").splitlines():
        r = json.loads(line)
        if gold[r["id"]]["split"] == split:
            found = [
                Gold(
                    start=t["start"],
                    end=t["end"],
                    lat=t["lat"],
                    lon=t["lon"],
                    literal=t["literal"],
                    tolerance_km=t["tolerance_km"],
                )
                for t in gold[r["id"]]["toponyms"]
            ]
            yield Text(
                corpus="gold",
                id=r["id"],
                document=_document(r["id"], r["text"], r["published"]),
                gold=tuple(found),
            )


def _document(identity: str, text: str, published: str | None) -> Document:
    day = dt.date.fromisoformat(published) if published else None
    when = When(first=day, last=day, precision="day") if day else When()
    return read_text(Report(id=identity, source=None, title=None, published=when, url=None, text=text))


def fit(
    samples: Sequence[Iterable[str]],
    labels: Sequence[bool],
    sample_weights: Sequence[float],
    *,
    l2: float,
    least: int,
) -> dict[str, float]:
    """Fit a logistic regression with L2 on features that stand in at least so many samples."""
    seen = Counter(f for s in samples for f in set(s))
    index = {f: i for i, f in enumerate(sorted(f for f, n in seen.items() if n >= least))}
    x, y, w = _matrix(samples, index), np.array(labels, float) * 2 - 1, np.array(sample_weights)

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        z = y * (x @ beta)
        p = 1 / (1 + np.exp(-z))
        value = float(np.sum(w * np.logaddexp(0, -z)) + 0.5 * l2 * beta @ beta)
        return value, -(x.T @ (w * y * (1 - p))) + l2 * beta

    found = scipy.optimize.minimize(
        loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 400}
    )
    return {f: float(found.x[i]) for f, i in index.items()}


def _matrix(samples: Sequence[Iterable[str]], index: dict[str, int]) -> scipy.sparse.csr_matrix:
    pairs = [(r, index[f]) for r, s in enumerate(samples) for f in set(s) if f in index]
    r, c = zip(*pairs, strict=True)
    return scipy.sparse.csr_matrix((np.ones(len(pairs)), (r, c)), shape=(len(samples), len(index)))


def write_weights(path: Path, header: Sequence[str], weights: dict[str, float], least: float = 0.02) -> None:
    """Write a weights file, largest sections together, tiny weights left out."""
    lines = [*(f"# {h}" for h in header), "feature,weight"]
    lines += [f"{_quoted(f)},{w:.3f}" for f, w in sorted(weights.items()) if abs(w) >= least]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _quoted(feature: str) -> str:
    return '"' + feature.replace('"', '""') + '"' if any(c in feature for c in ',"\n') else feature
