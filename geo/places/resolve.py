"""Which place a name means: every candidate weighed over the whole report, with a reason.

Two passes: names are first weighed by themselves (`geo/places/options.py`); then each is weighed again
with the report's votes for countries and divisions and the distance to the others' first choices
(`geo/places/votes.py`), with what contains it in the text ("X, Y province"), with the words beside it,
and with what the same name meant before. Weights: `geo/data/resolution_weights.csv`, made by
`training/resolution.py`.

Names come in numbers, so everything that depends on the name alone is weighed once a report; only a use
with a container or a telling word beside it is weighed by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gazetteer import Gazetteer
from geo.lexicons import words
from geo.mentions.linear import Model
from geo.mentions.text import Document
from geo.mentions.toponyms import Toponym
from geo.places.options import Namesakes, Option, contained, namesakes, packaged_model, shares
from geo.places.votes import Support, support

LINKS = words("resolve.links")
FAR_LINK = 16
TOWNS = frozenset({"ppl", "capital"})
TELLING = 0.3
"""Log-odds from which a feature is told as a reason."""
OWN_SHARE = 0.35
"""Weight of a use's own score beside what the name means in the whole report."""
CONTAINED_WEIGHT = 3.0
"""Weight of a use that is named with its container, for what the name means in the whole report."""


@dataclass(slots=True, kw_only=True, eq=False)
class Weighed:
    """The candidates of a name as one use of it, or several alike, are weighed."""

    namesakes: Namesakes
    support: Support
    container: tuple[float, ...] | None
    """By candidate the belief that the next name contains it; `None`: nothing does."""
    fits: frozenset[str]
    """What sort of place the words beside it tell of."""
    scores: list[float]
    fuller: frozenset[int] = frozenset()
    """Candidates whose fuller name the report gives."""
    _beliefs: tuple[float, ...] = field(default=(), repr=False)

    def best(self) -> int:
        """Return the index of the first choice."""
        return self.scores.index(max(self.scores))

    def beliefs(self) -> tuple[float, ...]:
        """Return the share of belief of each candidate."""
        if not self._beliefs:
            self._beliefs = shares(self.scores)
        return self._beliefs

    def features(self, i: int) -> list[tuple[str, float]]:
        """Return what the report says for a candidate, as features with values."""
        o, s = self.namesakes.options[i], self.support
        found = [
            ("country-votes", s.countries.get(o.country, 0.0)),
            ("country-named", s.named.get(o.country, 0.0) if o.kind != "country" else 0.0),
            ("admin1-votes", s.divisions.get(o.division, 0.0)),
            ("near-others", s.near[i]),
        ]
        if self.container is not None and self.container[i]:
            found.append(("container", self.container[i]))
        found += [(f"fit:{fit}|{o.kind}", 1.0) for fit in self.fits]
        if self.namesakes.seated[i] and "division" not in self.fits:
            found.append(("bare-with-seat", 1.0))
        return found

    def reasons(self, model: Model, i: int) -> list[str]:
        """Return the features that tell for a candidate."""
        told = [f for f, x in self.features(i) if x * model.weights.get(f, 0.0) > TELLING]
        return [*told, "fuller-name"] if i in self.fuller else told


@dataclass(slots=True, kw_only=True)
class Decision:
    """A toponym with its candidates weighed."""

    toponym: Toponym
    weighed: Weighed | None
    """`None`: the gazetteer holds none."""

    @property
    def options(self) -> tuple[Option, ...]:
        """Its candidates."""
        return self.weighed.namesakes.options if self.weighed else ()


def decide(
    gazetteer: Gazetteer, document: Document, toponyms: Sequence[Toponym], model: Model | None = None
) -> list[Decision]:
    """Weigh every candidate of every toponym of a report.

    Parameters
    ----------
    gazetteer
        Knows the candidates.
    document
        The report, cut.
    toponyms
        Its place names, in order.
    model
        Weighs; `None`: the packaged one.

    Returns
    -------
    list of Decision
        In the order of the toponyms; without candidates where the gazetteer holds none.
    """
    model = model or packaged_model()
    found = weigh(gazetteer, document, toponyms, model)
    of_key: dict[str, list[Decision]] = {}
    for d in found:
        if d.weighed is not None:
            of_key.setdefault(d.toponym.key, []).append(d)
    _fuller_names(of_key, model)
    for members in of_key.values():
        _one_sense(members, model)
    return found


def weigh(
    gazetteer: Gazetteer, document: Document, toponyms: Sequence[Toponym], model: Model
) -> list[Decision]:
    """Weigh each use of a name by itself, with the votes of the report; as `decide`."""
    uses = Counter(t.key for t in toponyms)
    known = {
        key: (n, count) for key, count in uses.items() if key and (n := namesakes(model, gazetteer, key))
    }
    votes = support(known)
    text = document.report.text
    alike: dict[tuple[object, ...], Weighed] = {}
    found: list[Decision] = []
    for i, t in enumerate(toponyms):
        weighed = None
        if t.key in known:
            parent = _linked_key(text, toponyms, i)
            fits = _fits(text, t)
            same = (t.key, parent, fits)
            weighed = alike.get(same)
            if weighed is None:
                container = contained(model, gazetteer, t.key, parent) if parent else None
                weighed = alike[same] = _weighed(model, known[t.key][0], votes[t.key], container, fits)
        found.append(Decision(toponym=t, weighed=weighed))
    return found


def _weighed(
    model: Model, n: Namesakes, s: Support, container: tuple[float, ...] | None, fits: frozenset[str]
) -> Weighed:
    weight = model.weights.get
    near = weight("near-others", 0.0)
    country = _weighted(s.countries, weight("country-votes", 0.0))
    named = _weighted(s.named, weight("country-named", 0.0))
    division = _weighted(s.divisions, weight("admin1-votes", 0.0))
    scores = [
        o.prior
        + country.get(o.country, 0.0)
        + (named.get(o.country, 0.0) if o.kind != "country" else 0.0)
        + division.get(o.division, 0.0)
        + near * d
        for o, d in zip(n.options, s.near, strict=True)
    ]
    if container is not None:
        inside = weight("container", 0.0)
        scores = [x + inside * c for x, c in zip(scores, container, strict=True)]
    for fit in fits:
        scores = [x + weight(f"fit:{fit}|{o.kind}", 0.0) for x, o in zip(scores, n.options, strict=True)]
    if "division" not in fits and any(n.seated):
        bare = weight("bare-with-seat", 0.0)
        scores = [x + bare if seat else x for x, seat in zip(scores, n.seated, strict=True)]
    return Weighed(namesakes=n, support=s, container=container, fits=fits, scores=scores)


def _weighted(votes: dict[int, float], weight: float) -> dict[int, float]:
    return {of: weight * share for of, share in votes.items()}


def _linked_key(text: str, toponyms: Sequence[Toponym], i: int) -> str:
    """Return the key of the next name if it may contain this one ("X, Y", "X in Y", "X (Y)"), else ""."""
    if i + 1 == len(toponyms):
        return ""
    end, follower = toponyms[i].end, toponyms[i + 1]
    linked = follower.start - end <= FAR_LINK and _links(text[end : follower.start])
    return follower.key if linked else ""


@lru_cache(maxsize=4096)
def _links(between: str) -> bool:
    if "\n" in between:
        return False
    words = " ".join(between.split()).lower()
    bare = words.removesuffix(" the").removesuffix(" province").removesuffix(" district")
    return words in LINKS or bare in LINKS or words.removeprefix("city ").removeprefix("province, ") in LINKS


WITHIN = re.compile("[ ,]")
NOTHING: frozenset[str] = frozenset()


def _fits(text: str, t: Toponym) -> frozenset[str]:
    """Return what the words beside a name tell of its sort."""
    near: list[str] = []
    if text[t.end : t.end + 1] == " ":
        near += [w.strip(".,;:)'’") for w in text[t.end : t.end + 16].lower().split(None, 1)[:1]]
    before = text[max(0, t.start - 18) : t.start].lower().rsplit(None, 2)
    if len(before) >= 2 and before[-1] == "of":
        near.append(before[-2])
    elif before:
        near.append(before[-1])
    found = [GENERIC[w] for w in near if w in GENERIC]
    return frozenset(found) if found else NOTHING


GENERIC_WORDS = {
    "division": "province governorate oblast region county state countryside",
    "district": "district",
    "settlement": "village town city hamlet quarter neighbourhood neighborhood suburb",
    "water": "river lake sea gulf",
    "airfield": "airport airfield airbase base",
    "camp": "camp",
    "relief": "mountains valley desert",
    "island": "island peninsula",
}
GENERIC = {w: kind for kind, listed in GENERIC_WORDS.items() for w in listed.split()}


def _fuller_names(of_key: dict[str, list[Decision]], model: Model) -> None:
    """Let "Tripoli, Lebanon", one name in the gazetteer, decide what "Tripoli" means beside it."""
    fuller: dict[str, set[int]] = {}
    for key, members in of_key.items():
        last = members[-1].weighed
        first = last.namesakes.options[last.best()] if last else None
        if first is not None and first.kind in TOWNS:
            for m in WITHIN.finditer(key, 1):
                fuller.setdefault(key[: m.start()], set()).add(first.row)
    weight = model.weights.get("container", 0.0)
    for key in fuller.keys() & of_key.keys():
        for w in {id(d.weighed): d.weighed for d in of_key[key]}.values():
            if w is not None:
                w.fuller = frozenset(i for i, o in enumerate(w.namesakes.options) if o.row in fuller[key])
                w.scores = [x + weight if i in w.fuller else x for i, x in enumerate(w.scores)]


def _one_sense(members: list[Decision], model: Model) -> None:
    """Let a name mean one place in a report, unless its own container says otherwise."""
    if len(members) < 2:
        return
    alike = Counter(id(d.weighed) for d in members)
    distinct = {id(d.weighed): d.weighed for d in members if d.weighed is not None}
    if len(distinct) < 2:
        return
    own = {i for i, w in distinct.items() if w.container and "container" in w.reasons(model, w.best())}
    weights = {i: alike[i] * (CONTAINED_WEIGHT if i in own else 1.0) for i in distinct}
    columns = zip(*(w.scores for w in distinct.values()), strict=True)
    common = [
        sum(x * n for x, n in zip(column, weights.values(), strict=True)) / len(members) for column in columns
    ]
    for i, w in distinct.items():
        if i not in own:
            w.scores = [OWN_SHARE * x + (1.0 - OWN_SHARE) * c for x, c in zip(w.scores, common, strict=True)]
