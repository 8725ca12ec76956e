"""Which place a name means: every candidate weighed over the whole report, with a reason.

Two passes: names are first weighed by themselves (population, feature, how the name belongs to the
place); then each is weighed again with the report's votes for countries and divisions, with what
contains it in the text ("X, Y province"), with the distance to the others' first choices, and with
what the same name meant before. Weights: `geo/data/resolution_weights.csv`, made by
`training/resolution.py`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from gazetteer import Gazetteer
from geo.lexicons import weights_of, words
from geo.mentions.kinds import kind_of
from geo.mentions.text import Document
from geo.mentions.toponyms import Toponym

MARKED_WORDS = words("resolve.marked")

MOST_CANDIDATES = 24
SHARP = 1.0
EARTH_RADIUS_KM = 6371.0


class Option(NamedTuple):
    """A row of the gazetteer as a candidate for a name."""

    row: int
    prior: float
    """Score without context."""
    features: tuple[str, ...]
    lat: float
    lon: float
    country: int
    admin1: int
    kind: str
    """country, adm1, capital, ppl ..."""


@dataclass(slots=True, kw_only=True)
class Decision:
    """A toponym with its candidates weighed."""

    toponym: Toponym
    options: list[Option]
    scores: list[float]
    reasons: list[list[str]] = field(default_factory=list)

    def best(self) -> int:
        """Return the index of the first choice."""
        return max(range(len(self.options)), key=lambda i: (self.scores[i], -i))

    def beliefs(self) -> list[float]:
        """Return the share of belief of each candidate."""
        top = max(self.scores)
        raw = [math.exp(SHARP * (s - top)) for s in self.scores]
        total = sum(raw)
        return [r / total for r in raw]


@cache
def weights() -> dict[str, float]:
    """Return the model's weights by feature."""
    return weights_of("resolution_weights.csv") | weights_of("fit_weights.csv")


@lru_cache(maxsize=65536)
def options(gazetteer: Gazetteer, key: str) -> tuple[Option, ...]:
    """Return a name's candidates, likeliest first by what needs no context."""
    found = gazetteer.rows(key)
    flags = gazetteer.flags(key)
    made = [_option(gazetteer, int(r), int(f)) for r, f in zip(found, flags, strict=True)]
    made.sort(key=lambda o: (-o.prior, o.row))
    return tuple(_marked(made[:MOST_CANDIDATES]))


def _option(gazetteer: Gazetteer, row: int, flag: int) -> Option:
    c = gazetteer.columns
    kind = kind_of(gazetteer, row)
    population = int(c.population[row])
    features = (
        f"kind:{kind}",
        f"flag:{flag}",
        f"names:{min(8, int(c.names_count[row]).bit_length())}",
    )
    model = weights()
    size = size_of(population, float(c.radius_km[row]))
    prior = model.get("logpop", 0.6) * size + sum(model.get(f, 0.0) for f in features)
    return Option(
        row,
        prior,
        features,
        float(c.lat[row]),
        float(c.lon[row]),
        int(c.country[row]),
        int(c.admin1[row]),
        kind,
    )


def size_of(population: int, radius_km: float) -> float:
    """Return how big a place is: log10 of its people, or of its area where nobody counted people."""
    return max(math.log10(population + 10), min(7.5, 2.0 * math.log10(radius_km + 1.0) + 1.0))


def _marked(made: list[Option]) -> list[Option]:
    """Add how a candidate stands among its namesakes: the largest of its kind, or not.

    The sort itself must not weigh here, or a city would pass for larger than a capital.
    """
    model = weights()
    ranked: list[Option] = []
    largest: set[str] = set()
    for o in sorted(made, key=lambda o: (model.get(f"kind:{o.kind}", 0.0) - o.prior, o.row)):
        group = "area" if o.kind in MARKED_WORDS else "spot"
        feature = f"first-{group}:{o.kind}" if group not in largest else f"later-{group}"
        largest.add(group)
        ranked.append(o._replace(prior=o.prior + model.get(feature, 0.0), features=(*o.features, feature)))
    return sorted(ranked, key=lambda o: (-o.prior, o.row))


def decide(gazetteer: Gazetteer, document: Document, toponyms: Sequence[Toponym]) -> list[Decision]:
    """Weigh every candidate of every toponym of a report.

    Returns
    -------
    list of Decision
        In the order of the toponyms; without candidates where the gazetteer holds none.
    """
    found = [_first(gazetteer, t) for t in toponyms]
    votes = _Votes(found)
    containers = _containers(gazetteer, document, found)
    for d, around in zip(found, containers, strict=True):
        _second(gazetteer, document, d, votes, around)
    _fuller_names(found)
    _one_sense(found, containers)
    return found


def _first(gazetteer: Gazetteer, t: Toponym) -> Decision:
    options_ = list(options(gazetteer, t.key)) if t.key else []
    return Decision(
        toponym=t, options=options_, scores=[o.prior for o in options_], reasons=[[] for _ in options_]
    )


class _Votes:
    """What the report as a whole speaks for: countries, first-level divisions, points.

    A name never votes for itself.
    """

    def __init__(self, found: list[Decision]) -> None:
        self.all: dict[tuple[str, int], float] = {}
        self.own: dict[tuple[str, str, int], float] = {}
        self.points: list[tuple[str, float, float, float]] = []
        self.total = 0.0
        seen: dict[str, int] = {}
        for d in found:
            if d.options:
                key = d.toponym.key
                seen[key] = seen.get(key, 0) + 1
                self._count(d, 1.0 / seen[key], first=seen[key] == 1)
        self.total = max(1.0, self.total)

    def _count(self, d: Decision, share: float, *, first: bool) -> None:
        key = d.toponym.key
        self.total += share
        beliefs = d.beliefs()
        for o, belief in zip(d.options, beliefs, strict=True):
            if belief < LEAST_VOTE:
                continue
            self._vote(key, "named" if o.kind == "country" else "country", o.country, share * belief)
            if o.kind == "adm1":
                self._vote(key, "admin1", o.row, share * belief)
            elif o.admin1 >= 0:
                self._vote(key, "admin1", o.admin1, share * belief)
        best = d.options[d.best()]
        if first and best.kind not in {"country", "continent"}:
            self.points.append((key, best.lat, best.lon, beliefs[d.best()]))

    def _vote(self, key: str, what: str, of: int, weight: float) -> None:
        self.all[what, of] = self.all.get((what, of), 0.0) + weight
        self.own[key, what, of] = self.own.get((key, what, of), 0.0) + weight

    def share(self, key: str, what: str, of: int) -> float:
        """Return the share of the report's other names that speak for a country or division."""
        return max(0.0, self.all.get((what, of), 0.0) - self.own.get((key, what, of), 0.0)) / self.total

    def nearness(self, key: str, o: Option) -> float:
        """Return how near the other names' first choices lie: 1 at 0 km, 0 beyond 1,000 km."""
        best = 0.0
        narrow = math.cos(math.radians(o.lat))
        for other, lat, lon, belief in self.points:
            if other == key or belief <= best or abs(o.lat - lat) > FAR_DEGREES:
                continue
            east = abs(o.lon - lon)
            km = KM_PER_DEGREE * math.hypot(o.lat - lat, narrow * min(east, 360.0 - east))
            best = max(best, belief * (1.0 - math.log10(1.0 + km) / 3.0))
        return best


LEAST_VOTE = 0.02
KM_PER_DEGREE = 111.2
FAR_DEGREES = 9.0
"""Beyond 1,000 km nothing is near."""


def distance_km(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in kilometres (haversine, mean radius 6,371 km)."""
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(h)))


LINKS = words("resolve.links")
FAR_LINK = 16


def _containers(gazetteer: Gazetteer, document: Document, found: list[Decision]) -> list[Decision | None]:
    """Return for each toponym the next one if it may contain it: "X, Y", "X in Y", "X (Y)"."""
    text = document.report.text
    around: list[Decision | None] = []
    for i, d in enumerate(found):
        follower = found[i + 1] if i + 1 < len(found) else None
        linked = follower is not None and _linked(text[d.toponym.end : follower.toponym.start])
        around.append(follower if linked else None)
    del gazetteer
    return around


def _linked(between: str) -> bool:
    if len(between) > FAR_LINK or "\n" in between:
        return False
    words = " ".join(between.split()).lower()
    bare = words.removesuffix(" the").removesuffix(" province").removesuffix(" district")
    return words in LINKS or bare in LINKS or words.removeprefix("city ").removeprefix("province, ") in LINKS


def _second(
    gazetteer: Gazetteer, document: Document, d: Decision, votes: _Votes, around: Decision | None
) -> None:
    if not d.options:
        return
    model = weights()
    fits = _fits(document, d.toponym)
    scores: list[float] = []
    for i, o in enumerate(d.options):
        reasons = d.reasons[i]
        features = context_of(gazetteer, votes, d, o, around, fits)
        scores.append(o.prior + sum(model.get(f, 0.0) * x for f, x in features))
        reasons += [f for f, x in features if x * model.get(f, 0.0) > 0.3]
    d.scores = scores


def context_of(
    gazetteer: Gazetteer,
    votes: _Votes,
    d: Decision,
    o: Option,
    around: Decision | None,
    fits: frozenset[str],
) -> list[tuple[str, float]]:
    """Return what the report says for a candidate, as features with values."""
    key = d.toponym.key
    found = [
        ("country-votes", votes.share(key, "country", o.country)),
        ("country-named", votes.share(key, "named", o.country) if o.kind != "country" else 0.0),
        ("admin1-votes", votes.share(key, "admin1", o.row if o.kind == "adm1" else o.admin1)),
        ("near-others", votes.nearness(key, o)),
    ]
    if around is not None and around.options and (inside := contained(gazetteer, o, around)):
        found.append(("container", inside))
    found += [(f"fit:{fit}|{o.kind}", 1.0) for fit in fits]
    if o.kind == "adm1" and "division" not in fits and _has_seat(d, o):
        found.append(("bare-with-seat", 1.0))
    return found


SEAT_KM = 150.0


def _has_seat(d: Decision, o: Option) -> bool:
    """Tell whether a division has a town of its own name: a bare "Idlib" is the town before the province."""
    return any(
        t.kind in {"ppl", "capital"} and distance_km(o.lat, o.lon, t.lat, t.lon) < SEAT_KM for t in d.options
    )


def contained(gazetteer: Gazetteer, o: Option, around: Decision) -> float:
    """Return the belief that the next name contains a candidate."""
    best = 0.0
    for parent, belief in zip(around.options, around.beliefs(), strict=True):
        if belief > best and parent.row != o.row and gazetteer.contains(parent.row, o.row):
            best = belief
    return min(1.0, best * 3)


def _fits(document: Document, t: Toponym) -> frozenset[str]:
    """Return the words beside a name that tell what sort of place it is."""
    text = document.report.text
    after = text[t.end : t.end + 16].lower().split()
    before = text[max(0, t.start - 18) : t.start].lower().split()
    near = {after[0].strip(".,;:)'’")} if after and text[t.end : t.end + 1] == " " else set()
    if len(before) >= 2 and before[-1] == "of":
        near.add(before[-2])
    elif before and before[-1] in GENERIC:
        near.add(before[-1])
    return frozenset(GENERIC[w] for w in near if w in GENERIC)


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


def _fuller_names(found: list[Decision]) -> None:
    """Let "Tripoli, Lebanon", one name in the gazetteer, decide what "Tripoli" means beside it."""
    named = {d.toponym.key: d.options[d.best()] for d in found if d.options}
    towns = {key: o.row for key, o in named.items() if o.kind in TOWNS}
    weight = weights().get("container", 0.0)
    for d in found:
        begins = (f"{d.toponym.key} ", f"{d.toponym.key},")
        fuller = {row for key, row in towns.items() if key.startswith(begins)}
        for i, o in enumerate(d.options):
            if o.row in fuller:
                d.scores[i] += weight
                d.reasons[i].append("fuller-name")


TOWNS = frozenset({"ppl", "capital"})


def _one_sense(found: list[Decision], containers: list[Decision | None]) -> None:
    """Let a name mean one place in a report, unless its own container says otherwise."""
    by_key: dict[str, list[int]] = {}
    for i, d in enumerate(found):
        if d.options:
            by_key.setdefault(d.toponym.key, []).append(i)
    for members in by_key.values():
        if len(members) < 2:
            continue
        contained_ = [
            i
            for i in members
            if containers[i] is not None and "container" in found[i].reasons[found[i].best()]
        ]
        total = [
            sum(found[i].scores[k] * (3.0 if i in contained_ else 1.0) for i in members) / len(members)
            for k in range(len(found[members[0]].options))
        ]
        for i in members:
            if i not in contained_:
                found[i].scores = [
                    0.35 * own + 0.65 * common for own, common in zip(found[i].scores, total, strict=True)
                ]
