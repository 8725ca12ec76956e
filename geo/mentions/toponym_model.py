"""The linear model of place names: weights, and the cached sums of what belongs together.

A candidate's score is the sum over the features of its name, its case and the words on either side. Names
and neighbours come again and again, so each part is summed once; and since a part can only say so much,
most candidates are out of the question before their neighbours are looked at.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from gazetteer import Gazetteer
from geo.actors import registry
from geo.lexicons import weights_of
from geo.mentions.context_features import (
    WIDE,
    Left,
    Right,
    class_after,
    left_class,
    left_word_features,
    plain_class,
    right_second_features,
    right_word_features,
    second_feature,
)
from geo.mentions.linear import Model
from geo.mentions.name_features import CODES_ONLY, name_facts

HELD = ("n:org", "n:Cap", "p:given", "n:surname")
"""Beginnings of features of what may be a person or a body."""
SECOND_AFTER = frozenset({"Cap", "comma"})
"""Classes of a word after a name behind which the next word counts too."""


class Name(NamedTuple):
    """What the model makes of a name as it is written."""

    score: float
    """Log-odds from the name and its case."""
    best: str
    """Most telling class, of `NameFacts`."""
    in_capitals: bool
    """Written in capitals, more than three: whether its line is too counts."""
    hope: float
    """The score with the most that both sides can say."""
    reach_after: float
    """The most that the right side can say."""


NO_NAME = Name(-math.inf, "other", in_capitals=False, hope=-math.inf, reach_after=0.0)


class Word(NamedTuple):
    """What the model makes of a word beside a name."""

    kind: str
    """Its class."""
    score: float
    """Log-odds from the word itself."""
    held: bool
    """It may make the name a person's or a body's."""


@cache
def packaged_model() -> Model:
    """Return the model in `geo/data/toponym_weights.csv`."""
    return Model(weights_of("toponym_weights.csv"))


@lru_cache(maxsize=32768)
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
    if is_people(name):
        return NO_NAME
    facts = name_facts(gazetteer, key)
    in_capitals = name.isupper() and len(name) > 3
    score = model.total(("bias", *facts.features))
    hope, after = reach(model, facts.best)
    if in_capitals:
        hope += max(0.0, *(w for f, w in model.weights.items() if f.startswith("case:UPPER")))
    else:
        score += model.total(case_features(gazetteer, key, name, line=""))
    return Name(score, facts.best, in_capitals, score + hope, after)


def is_people(name: str) -> bool:
    """Tell whether a name is an adjective or a people ("Turkish", "Americans"): those are read elsewhere."""
    known = registry()
    return (known.demonym(name) or known.people(name)) is not None and known.country(name) is None


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


def left_score(model: Model, best: str, left: Left) -> tuple[float, bool]:
    """Return what the words before a name say, and whether they may make it a person's or a body's."""
    if left.starts or not left.spaced:
        return _pair(model, "p", left_class(left), best), False
    kind, score, held = _left_word(model, left.word)
    if kind == "of" and left.second[:1].isupper():
        kind = left_class(left)
        score = score if kind == "of" else 0.0
    if kind in WIDE:
        score += _second_before(model, left.second)
    return score + _pair(model, "p", kind, best), held


def right_score(model: Model, best: str, right: Right) -> tuple[float, bool]:
    """Return what the words after a name say, and whether they may make it a person's or a body's."""
    if right.spaced:
        kind, score, held = _right_word(model, right.word)
    else:
        kind, score, held = class_after(right.word, spaced=False), 0.0, False
    if kind in SECOND_AFTER:
        score += _second_after(model, kind, right.second)
    return score + _pair(model, "n", kind, best), held


@lru_cache(maxsize=16384)
def _left_word(model: Model, word: str) -> Word:
    kind = plain_class(word, spaced=True)
    return _word(model, f"p:{kind}", kind, tuple(left_word_features(kind, word)))


@lru_cache(maxsize=16384)
def _right_word(model: Model, word: str) -> Word:
    kind = class_after(word, spaced=True)
    return _word(model, f"n:{kind}", kind, tuple(right_word_features(kind, word)))


def _word(model: Model, feature: str, kind: str, features: tuple[str, ...]) -> Word:
    return Word(kind, model.total(features), any(f.startswith(HELD) for f in (feature, *features)))


@lru_cache(maxsize=16384)
def _second_before(model: Model, word: str) -> float:
    return model.total((second_feature(word),))


@lru_cache(maxsize=16384)
def _second_after(model: Model, kind: str, word: str) -> float:
    return model.total(right_second_features(kind, word))


@lru_cache(maxsize=4096)
def _pair(model: Model, side: str, kind: str, best: str) -> float:
    return model.total((f"{side}:{kind}", f"{side}:{kind}|{best}"))


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
