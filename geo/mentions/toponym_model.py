"""The linear model of place names: weights, and the cached sums of what belongs together.

A candidate's score is the sum over the features of its name, its case and the words on either side. Names
and neighbours come again and again, so each part is summed once; and since a part can only say so much,
most candidates are out of the question before their neighbours are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from gazetteer import Gazetteer
from geo.lexicons import weights_of
from geo.mentions.context_features import WIDE, Left, Right, left_features, right_features
from geo.mentions.linear import Model
from geo.mentions.name_features import CODES_ONLY, name_facts

HELD = ("n:org", "n:Cap", "p:given", "n:surname")
"""Beginnings of features of what may be a person or a body."""


class Name(NamedTuple):
    """What the model makes of a name as it is written."""

    score: float
    """Log-odds from the name and its case."""
    best: str
    """Most telling class, of `NameFacts`."""
    in_capitals: bool
    """Written in capitals, more than three: whether its line is too counts."""


class Side(NamedTuple):
    """What the model makes of the words on one side."""

    score: float
    """Log-odds."""
    held: bool
    """They may make the name a person's or a body's."""


@cache
def packaged_model() -> Model:
    """Return the model in `geo/data/toponym_weights.csv`."""
    return Model(weights_of("toponym_weights.csv"))


@lru_cache(maxsize=65536)
def name_score(model: Model, gazetteer: Gazetteer, key: str, name: str) -> Name:
    """Return what the model makes of a name.

    Parameters
    ----------
    model, gazetteer
        What to ask.
    key
        The name's key in the gazetteer.
    name
        The name as written.
    """
    facts = name_facts(gazetteer, key)
    in_capitals = name.isupper() and len(name) > 3
    score = model.total(("bias", *facts.features))
    if not in_capitals:
        score += model.total(case_features(gazetteer, key, name, line=""))
    return Name(score, facts.best, in_capitals)


def case_features(gazetteer: Gazetteer, key: str, name: str, *, line: str) -> Iterator[str]:
    """Yield the features of how a name is written.

    Parameters
    ----------
    gazetteer, key, name
        As in `name_score`.
    line
        The name with some letters on either side.
    """
    case = _case(name, line)
    yield case
    if CODES_ONLY in name_facts(gazetteer, key).features:
        yield f"{case}|{CODES_ONLY}|{'.' in name}"
    if name[0].islower():
        yield "lower-article"


def _case(name: str, line: str) -> str:
    if not name.isupper():
        return "case:Title"
    if len(name) <= 3:
        return "case:acronym"
    letters = [x for x in line if x.isalpha()]
    return "case:UPPER-LINE" if sum(x.isupper() for x in letters) > 0.8 * len(letters) else "case:UPPER"


@lru_cache(maxsize=32768)
def left_score(model: Model, best: str, left: Left) -> Side:
    """Return what the model makes of the words before a name."""
    return _side(model, tuple(left_features(best, left)))


@lru_cache(maxsize=32768)
def right_score(model: Model, best: str, right: Right) -> Side:
    """Return what the model makes of the words after a name."""
    return _side(model, tuple(right_features(best, right)))


def _side(model: Model, features: tuple[str, ...]) -> Side:
    return Side(model.total(features), any(f.startswith(HELD) for f in features))


@cache
def reach(model: Model, best: str) -> tuple[float, float]:
    """Return the most that both sides, and the right side alone, can say for a name of a class."""
    left = max(_most_of(model, "p", p, best) for p in _classes(model, "p"))
    right = max(_most_of(model, "n", n, best) for n in _classes(model, "n"))
    return left + right, right


def _classes(model: Model, side: str) -> set[str]:
    return {f[2:].partition("|")[0] for f in model.weights if f.startswith(f"{side}:")} | {""}


def _most_of(model: Model, side: str, kind: str, best: str) -> float:
    own = model.total((f"{side}:{kind}", f"{side}:{kind}|{best}"))
    if side == "p" and kind in WIDE:
        return own + _largest(model, "pw:") + _largest(model, "p2:")
    if kind == "Cap":
        more = ("p:Cap-", "p:given:", "p:initial") if side == "p" else ("n:Cap-", "n:surname", "n2:")
        return own + sum(_largest(model, m) for m in more)
    word = {"low": "nw:", "comma": "n:comma+"}.get(kind) if side == "n" else None
    return own + (_largest(model, word) if word else 0.0)


@cache
def _largest(model: Model, beginning: str) -> float:
    return max([0.0, *(w for f, w in model.weights.items() if f.startswith(beginning))])
