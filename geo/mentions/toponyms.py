"""Which words of a text are place names: the gazetteer proposes, the context decides.

A linear model over features of the name and of the words around it. Weights are data
(`geo/data/toponym_weights.csv`), made by `training/toponyms.py`; a candidate's score is the sum of
the weights of its features, and the logistic function of it the belief that it names a place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gazetteer import Gazetteer
from geo.mentions.context_features import (
    NOTHING_BEFORE,
    left_features,
    right_features,
    words_after,
    words_before,
)
from geo.mentions.linear import Model, logistic
from geo.mentions.name_features import name_facts
from geo.mentions.text import Document
from geo.mentions.toponym_model import (
    case_features,
    is_people,
    left_score,
    name_score,
    packaged_model,
    right_score,
)

ENOUGH = 0.5
CLEAR = 0.9
LEAST_LIFTED = 0.25
LIFTED = 0.51
LEAST_SCORE = -1.0986
"""Log-odds of `LEAST_LIFTED`: nothing below can become a name."""
LINE = 30
"""Letters on either side that tell whether a line is all in capitals."""


class Candidate(NamedTuple):
    """Words that may be a place name."""

    start: int
    end: int
    key: str


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


def candidates(gazetteer: Gazetteer, text: str) -> list[Candidate]:
    """Return everything that the gazetteer knows, overlaps included, left to right, longest first."""
    found = [Candidate(*m) for m in gazetteer.scan(text) if not is_people(text[m.start : m.end])]
    found.sort(key=lambda c: (c.start, -c.end))
    return found


def features_of(gazetteer: Gazetteer, text: str, c: Candidate) -> Iterator[str]:
    """Yield every feature of a candidate, as training sees them."""
    facts = name_facts(gazetteer, c.key)
    yield "bias"
    yield from facts.features
    line = text[max(0, c.start - LINE) : c.end + LINE]
    yield from case_features(gazetteer, c.key, text[c.start : c.end], line=line)
    yield from left_features(facts.best, words_before(text, c.start))
    yield from right_features(facts.best, words_after(text, c.end))


def find_toponyms(gazetteer: Gazetteer, document: Document, model: Model | None = None) -> list[Toponym]:
    """Return the place names of a report, left to right, without overlaps.

    Parameters
    ----------
    gazetteer
        Proposes names.
    document
        The report, cut.
    model
        Decides; `None`: the packaged one.
    """
    return _cover(_lifted(list(_scored(gazetteer, document.report.text, model or packaged_model()))))


def _scored(gazetteer: Gazetteer, text: str, model: Model) -> Iterator[tuple[Toponym, bool]]:
    """Yield what may be a name, and whether the words beside it forbid to lift it."""
    last, before = -1, NOTHING_BEFORE
    for start, end, key in gazetteer.scan(text):
        written = text[start:end]
        score, best, in_capitals, hope, after = name_score(model, gazetteer, key, written)
        if hope < LEAST_SCORE:
            continue
        if in_capitals:
            score += _capitals(gazetteer, model, text, Candidate(start, end, key))
        if start != last:
            last, before = start, words_before(text, start)
        left, held_left = left_score(model, best, before)
        if score + left + after < LEAST_SCORE:
            continue
        right, held_right = right_score(model, best, words_after(text, end))
        score += left + right
        if score > LEAST_SCORE:
            found = Toponym(start=start, end=end, text=written, key=key, belief=logistic(score))
            yield found, held_left or held_right


def _capitals(gazetteer: Gazetteer, model: Model, text: str, c: Candidate) -> float:
    line = text[max(0, c.start - LINE) : c.end + LINE]
    return model.total(case_features(gazetteer, c.key, text[c.start : c.end], line=line))


def _lifted(scored: list[tuple[Toponym, bool]]) -> list[Toponym]:
    """Return the likely names; clear uses of a name lift its unclear ones, but not what may be a person."""
    clear = {t.key for t, _ in scored if t.belief > CLEAR}
    for t, held in scored:
        if t.belief < ENOUGH and not held and t.key in clear:
            t.belief = LIFTED
    return [t for t, _ in scored if t.belief >= ENOUGH]


def _cover(accepted: list[Toponym]) -> list[Toponym]:
    """Choose among overlapping names: the believable, the longer on a par."""
    accepted.sort(key=lambda t: (-(t.end - t.start) * 0.04 - t.belief, t.start))
    chosen: list[Toponym] = []
    starts: list[int] = []
    for t in accepted:
        at = bisect_right(starts, t.start)
        before = at == 0 or chosen[at - 1].end <= t.start
        if before and (at == len(chosen) or t.end <= chosen[at].start):
            chosen.insert(at, t)
            starts.insert(at, t.start)
    return chosen
