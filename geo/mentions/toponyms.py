"""Which words of a text are place names: the gazetteer proposes, the context decides.

A linear model over features of the name and of the words around it. Weights are data
(`geo/data/toponym_weights.csv`), made by `training/toponyms.py`; a candidate's score is the sum of
the weights of its features, and the logistic function of it the belief that it names a place.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from gazetteer import Gazetteer
from geo.actors import registry
from geo.lexicons import weights_of
from geo.mentions.text import Document
from geo.mentions.toponym_features import Candidate, context_features, name_facts


@dataclass(slots=True, kw_only=True)
class Toponym:
    """Words taken for a place name."""

    start: int
    """First code point."""
    end: int
    """One past the last."""
    text: str
    """As written."""
    key: str
    """Key in the gazetteer; "" for a name it does not hold."""
    belief: float
    """Belief that it is a place name, 0 to 1."""
    features: tuple[str, ...] = field(default=(), repr=False)


@cache
def weights() -> dict[str, float]:
    """Return the model's weights by feature."""
    return weights_of("toponym_weights.csv")


def candidates(gazetteer: Gazetteer, text: str) -> list[Candidate]:
    """Return everything that the gazetteer knows, overlaps included, left to right, longest first."""
    found = [
        Candidate(m.start, m.end, m.key) for m in gazetteer.scan(text) if not _demonym(text[m.start : m.end])
    ]
    found.sort(key=lambda c: (c.start, -c.end))
    return found


@lru_cache(maxsize=65536)
def _demonym(name: str) -> bool:
    """Tell whether a name is an adjective or a people ("Turkish", "Americans"): those are read elsewhere."""
    known = registry()
    return (known.demonym(name) or known.people(name)) is not None and known.country(name) is None


def find_toponyms(gazetteer: Gazetteer, document: Document) -> list[Toponym]:
    """Return the place names of a report, left to right, without overlaps."""
    text = document.report.text
    scored = [
        _scored(gazetteer, document, text, c) for c in _plausible(gazetteer, candidates(gazetteer, text))
    ]
    _pool(scored)
    return _cover([t for t in scored if t.belief >= ENOUGH])


ENOUGH = 0.5
HOPELESS = -7.0
CLEAR = 0.9
LEAST_LIFTED = 0.25
LIFTED = 0.51
NOT_LIFTED = ("n:org", "n:Cap", "p:given", "n:surname")


def _plausible(gazetteer: Gazetteer, found: list[Candidate]) -> Iterator[Candidate]:
    for c in found:
        if static_score(gazetteer, c.key) > HOPELESS:
            yield c


def _scored(gazetteer: Gazetteer, document: Document, text: str, c: Candidate) -> Toponym:
    model = weights()
    around = context_features(gazetteer, document, text, c)
    score = static_score(gazetteer, c.key) + sum(model.get(f, 0.0) for f in around)
    return Toponym(
        start=c.start,
        end=c.end,
        text=text[c.start : c.end],
        key=c.key,
        belief=_logistic(score),
        features=around,
    )


def _logistic(score: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


def _pool(scored: list[Toponym]) -> None:
    """Let a name's clear uses in a report lift its unclear ones, but not what may be a person or a body."""
    best: dict[str, float] = {}
    for t in scored:
        best[t.key] = max(best.get(t.key, 0.0), t.belief)
    for t in scored:
        unclear = LEAST_LIFTED < t.belief < ENOUGH
        if unclear and best[t.key] > CLEAR and not any(f.startswith(NOT_LIFTED) for f in t.features):
            t.belief = LIFTED


def _cover(accepted: list[Toponym]) -> list[Toponym]:
    """Choose among overlapping names: the believable, the longer on a par."""
    chosen: list[Toponym] = []
    for t in sorted(accepted, key=lambda t: (-(t.end - t.start) * 0.04 - t.belief, t.start)):
        if all(t.end <= c.start or t.start >= c.end for c in chosen):
            chosen.append(t)
    return sorted(chosen, key=lambda t: t.start)


@lru_cache(maxsize=65536)
def static_score(gazetteer: Gazetteer, key: str) -> float:
    """Return the part of the score that does not depend on the context."""
    model = weights()
    return model.get("bias", 0.0) + sum(model.get(f, 0.0) for f in name_facts(gazetteer, key).features)
