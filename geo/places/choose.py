"""A decision put into words: the place chosen, how sure, why, and what else it could have been."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gazetteer import Gazetteer
from gazetteer.place import Place
from geo.mentions.text import Document
from geo.mentions.toponyms import Toponym
from geo.places.literal import literal_belief
from geo.places.locate import Located, locate
from geo.places.options import packaged_model
from geo.places.resolve import Weighed
from geo.records import IN_PLACE, RunnerUp

MOST_RUNNERS_UP = 3
LEAST_BELIEF = 0.04
OUT_OF_QUESTION = 5.0
"""Log-odds by which the report speaks for a namesake so clearly that no capital is meant."""
WHY = {
    "container": "named with what contains it",
    "fuller-name": "the report gives its fuller name",
    "country-votes": "other names of the report lie in its country",
    "country-named": "the report names its country",
    "admin1-votes": "other names lie in its division",
    "near-others": "other names lie near",
}
NO_PLACE = "; stands for an actor or is part of another name"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A candidate chosen."""

    place: Place
    located: Located
    """The place itself, no relation applied."""
    kind: str
    """Coarse sort: country, capital, adm1, ppl ..."""
    belief: float
    """Its share of the belief."""
    reason: str
    runners_up: tuple[RunnerUp, ...]


def choice(gazetteer: Gazetteer, weighed: Weighed, i: int) -> Choice:
    """Put the choice of a candidate into words."""
    o, beliefs = weighed.namesakes.options[i], weighed.beliefs()
    place, located = known(gazetteer, o.row)
    return Choice(
        place=place,
        located=located,
        kind=o.kind,
        belief=beliefs[i],
        reason=f"{place.feature} {place.name}: {_why(weighed, i)} ({beliefs[i]:.0%})",
        runners_up=_runners_up(gazetteer, weighed, i),
    )


@lru_cache(maxsize=8192)
def known(gazetteer: Gazetteer, row: int) -> tuple[Place, Located]:
    """Return a row's place, and where it lies."""
    place = gazetteer.place(row)
    return place, locate(place, IN_PLACE)


def likeliest(document: Document, t: Toponym, weighed: Weighed) -> int:
    """Return the first choice; where the name stands for a government, its capital ("Washington" said)."""
    best = weighed.best()
    found = weighed.namesakes.options
    if found[best].kind in {"capital", "country"}:
        return best
    capital = next((i for i, o in enumerate(found) if o.kind == "capital"), None)
    if capital is None or weighed.scores[best] - weighed.scores[capital] > OUT_OF_QUESTION:
        return best
    return best if literal_belief(document, t, "capital") >= 0.5 else capital


def _runners_up(gazetteer: Gazetteer, weighed: Weighed, best: int) -> tuple[RunnerUp, ...]:
    beliefs = weighed.beliefs()
    others = [(-b, i) for i, b in enumerate(beliefs) if b > LEAST_BELIEF and i != best]
    rows = [(weighed.namesakes.options[i].row, -b) for b, i in sorted(others)[:MOST_RUNNERS_UP]]
    return tuple(RunnerUp(place=known(gazetteer, row)[0], score=round(b, 3)) for row, b in rows)


def _why(weighed: Weighed, i: int) -> str:
    reasons = weighed.reasons(packaged_model(), i)
    told = [WHY.get(f) or ("the words beside it fit" if f.startswith("fit") else "") for f in reasons]
    words = [w for w in dict.fromkeys(told) if w]
    count = len(weighed.namesakes.options)
    if count == 1:
        words.insert(0, "the only place of this name")
    return ", ".join(words) or f"likeliest of {count} by size and kind"
