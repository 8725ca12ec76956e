"""The log-odds that two events are one incident, and the words for what made them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from geo.errors import LexiconError
from geo.incidents.blocks import Marks, Part, parts
from geo.incidents.columns import Columns, Floats, Ints
from geo.incidents.features import features
from geo.lexicons import rows

WEIGHTS = "link_weights.csv"
CHUNK = 50_000
FLOOR = -3.0
"""Log-odds of a pair not worth comparing, and the lowest of any pair."""
LEAST_TOLD = 0.15
"""Log-odds from which a part is worth telling."""


@cache
def weights() -> Mapping[str, float]:
    """Return the log-odds of each feature.

    Raises
    ------
    LexiconError
        A weight is no number.
    """
    found = {}
    for line, row in rows(WEIGHTS, "feature", "weight"):
        try:
            found[row["feature"]] = float(row["weight"])
        except ValueError:
            raise LexiconError(
                f"geo/data/{WEIGHTS}:{line}: {row['weight']!r} is no number; train the weights anew."
            ) from None
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """Pairs with their log-odds, each pair once."""

    left: Ints
    """Lower row of each pair."""
    right: Ints
    """Higher row of each pair."""
    scores: Floats
    """Log-odds; positive: more likely one incident than two."""


def compare(
    table: Columns,
    model: Mapping[str, float] | None = None,
    around: Marks | None = None,
    only: Part | None = None,
) -> Scored:
    """Score every pair worth comparing; those not better than `FLOOR` are dropped.

    Parameters
    ----------
    table
        The events.
    model
        Log-odds of each feature; those of `geo/data/link_weights.csv` where left out.
    around
        Marks rows; only the blocks in which one of them lies are read. `None`: all blocks.
    only
        Part of the blocks that is read; `None`: all.
    """
    return merged(table, (_scored(table, *pair, model) for pair in parts(table, around, only)))


def _scored(table: Columns, left: Ints, right: Ints, model: Mapping[str, float] | None) -> Scored:
    found = score(table, left, right, model)
    kept = found > FLOOR
    return Scored(left=left[kept], right=right[kept], scores=found[kept])


def merged(table: Columns, found: Iterable[Scored]) -> Scored:
    """Put scored pairs of several parts together, each pair once."""
    n = np.int64(len(table) or 1)
    codes, scores = [np.zeros(0, np.int64)], [np.zeros(0)]
    for part in found:
        codes.append(part.left * n + part.right)
        scores.append(part.scores)
    once, at = np.unique(np.concatenate(codes), return_index=True)
    return Scored(left=once // n, right=once % n, scores=np.concatenate(scores)[at])


def score(table: Columns, left: Ints, right: Ints, model: Mapping[str, float] | None = None) -> Floats:
    """Return the log-odds of each pair, as `compare` does, of pairs of your own choice."""
    chosen = weights() if model is None else model
    total = np.zeros(len(left))
    for at in range(0, len(left), CHUNK):
        part = slice(at, at + CHUNK)
        for name, value in features(table, left[part], right[part]).items():
            if chosen.get(name):
                total[part] += chosen[name] * value
    return total


def reasons(table: Columns, left: Ints, right: Ints) -> list[str]:
    """Return what speaks for each pair and against it, strongest first, from the same parts as its score."""
    told: list[str] = []
    once: dict[str, str] = {}
    for at in range(0, len(left), CHUNK):
        part = slice(at, at + CHUNK)
        told += [once.setdefault(found, found) for found in _reasons(table, left[part], right[part])]
    return told


def _reasons(table: Columns, left: Ints, right: Ints) -> Iterator[str]:
    model = weights()
    parts: dict[str, Floats] = {}
    for name, value in features(table, left, right).items():
        if name != "prior" and model.get(name):
            plain = name.rstrip(" 0123456789")
            parts[plain] = parts.get(plain, np.zeros(len(left))) + model[name] * value
    names = sorted(parts)
    values = np.stack([parts[n] for n in names], axis=1) if names else np.zeros((len(left), 0))
    order = np.argsort(-np.abs(values), axis=1, kind="stable")
    for row, ranked in zip(values, order, strict=True):
        yield _words([(names[i], row[i]) for i in ranked.tolist() if abs(row[i]) >= LEAST_TOLD])


def _words(told: list[tuple[str, float]]) -> str:
    speaks_for = ", ".join(n for n, v in told if v > 0) or "nothing strong"
    against = ", ".join(n for n, v in told if v < 0)
    return f"{speaks_for}; against: {against}" if against else speaks_for
