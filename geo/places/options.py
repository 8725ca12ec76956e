"""The places of one name, weighed by what needs no report: size, kind, how the name belongs to each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer import Gazetteer
from gazetteer.sphere import distance_km
from geo.lexicons import weights_of, words
from geo.mentions.kinds import kind_of
from geo.mentions.linear import Model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MARKED_WORDS = words("resolve.marked")
MOST_CANDIDATES = 24
LEAST_VOTE = 0.02
SEAT_KM = 150.0
LARGE = frozenset({"country", "continent"})
"""Kinds that are no point that others could lie near."""


class Option(NamedTuple):
    """A row of the gazetteer as a candidate for a name."""

    row: int
    prior: float
    """Score without context."""
    features: tuple[str, ...]
    size: float
    """How big it is, of `size_of`."""
    lat: float
    lon: float
    country: int
    division: int
    """Row of the first-level division, its own where it is one; -1: unknown."""
    kind: str
    """country, adm1, capital, ppl ..."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Namesakes:
    """Every candidate of a name, likeliest first, and what they say before a report is looked at."""

    options: tuple[Option, ...]
    beliefs: tuple[float, ...]
    """Share of belief of each without context."""
    countries: dict[int, float]
    """Belief by country, of those that are not countries themselves."""
    named: dict[int, float]
    """Belief by country, of those that are countries."""
    divisions: dict[int, float]
    """Belief by first-level division."""
    point: tuple[float, float, float] | None
    """Latitude, longitude and belief of the first choice; `None` for a country or a continent."""
    seated: tuple[bool, ...]
    """By candidate: a division with a town of its name (a bare "Idlib" is the town before the province)."""
    wanted: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]
    """By candidate what others may vote for: its country, the country that is not itself, its division."""
    coordinates: NDArray[np.float64]
    """Latitudes and longitudes, degrees, two rows."""


@cache
def packaged_model() -> Model:
    """Return the model in `geo/data/resolution_weights.csv` and `fit_weights.csv`."""
    return Model(weights_of("resolution_weights.csv") | weights_of("fit_weights.csv"))


@lru_cache(maxsize=32768)
def namesakes(model: Model, gazetteer: Gazetteer, key: str) -> Namesakes | None:
    """Return the candidates of a name; `None`: the gazetteer has none."""
    import numpy as np

    found = options(model, gazetteer, key)
    if not found:
        return None
    beliefs = shares([o.prior for o in found])
    likely = [(o, b) for o, b in zip(found, beliefs, strict=True) if b >= LEAST_VOTE]
    first = found[0]
    return Namesakes(
        options=found,
        beliefs=beliefs,
        countries=_summed([(o.country, b) for o, b in likely if o.kind != "country"]),
        named=_summed([(o.country, b) for o, b in likely if o.kind == "country"]),
        divisions=_summed([(o.division, b) for o, b in likely if o.division >= 0]),
        point=None if first.kind in LARGE else (first.lat, first.lon, beliefs[0]),
        seated=tuple(o.kind == "adm1" and _has_seat(found, o) for o in found),
        wanted=(
            tuple(o.country for o in found),
            tuple(-1 if o.kind == "country" else o.country for o in found),
            tuple(o.division for o in found),
        ),
        coordinates=np.array([[o.lat for o in found], [o.lon for o in found]]),
    )


def shares(scores: Sequence[float]) -> tuple[float, ...]:
    """Return the share of belief that scores give."""
    top = max(scores)
    raw = [math.exp(s - top) for s in scores]
    total = sum(raw)
    return tuple([r / total for r in raw])


def _summed(pairs: list[tuple[int, float]]) -> dict[int, float]:
    found: dict[int, float] = {}
    for of, belief in pairs:
        found[of] = found.get(of, 0.0) + belief
    return found


def _has_seat(found: Sequence[Option], o: Option) -> bool:
    return any(
        t.kind in {"ppl", "capital"} and distance_km(o.lat, o.lon, t.lat, t.lon) < SEAT_KM for t in found
    )


def options(model: Model, gazetteer: Gazetteer, key: str) -> tuple[Option, ...]:
    """Return a name's candidates, likeliest first by what needs no context."""
    made = [_option(model, gazetteer, row, flag) for row, flag in gazetteer.postings(key)]
    made.sort(key=lambda o: (-o.prior, o.row))
    return tuple(_marked(model, made[:MOST_CANDIDATES]))


def _option(model: Model, gazetteer: Gazetteer, row: int, flag: int) -> Option:
    c = gazetteer.columns
    kind = kind_of(gazetteer, row)
    features = (
        f"kind:{kind}",
        f"flag:{flag}",
        f"names:{min(8, int(c.names_count[row]).bit_length())}",
    )
    size = size_of(int(c.population[row]), float(c.radius_km[row]))
    return Option(
        row=row,
        prior=model.weights.get("logpop", 0.6) * size + model.total(features),
        features=features,
        size=size,
        lat=float(c.lat[row]),
        lon=float(c.lon[row]),
        country=int(c.country[row]),
        division=row if kind == "adm1" else int(c.admin1[row]),
        kind=kind,
    )


def size_of(population: int, radius_km: float) -> float:
    """Return how big a place is: log10 of its people, or of its area where nobody counted people."""
    return max(math.log10(population + 10), min(7.5, 2.0 * math.log10(radius_km + 1.0) + 1.0))


def _marked(model: Model, made: list[Option]) -> list[Option]:
    """Add how a candidate stands among its namesakes: the largest of its kind, or not.

    The sort itself must not weigh here, or a city would pass for larger than a capital.
    """
    weight = model.weights.get
    ranked: list[Option] = []
    largest: set[str] = set()
    for o in sorted(made, key=lambda o: (weight(f"kind:{o.kind}", 0.0) - o.prior, o.row)):
        group = "area" if o.kind in MARKED_WORDS else "spot"
        feature = f"first-{group}:{o.kind}" if group not in largest else f"later-{group}"
        largest.add(group)
        ranked.append(o._replace(prior=o.prior + weight(feature, 0.0), features=(*o.features, feature)))
    return sorted(ranked, key=lambda o: (-o.prior, o.row))


@lru_cache(maxsize=32768)
def contained(model: Model, gazetteer: Gazetteer, key: str, parent_key: str) -> tuple[float, ...] | None:
    """Return for each candidate of a name the belief that a second name contains it; `None`: none of them."""
    inner, outer = namesakes(model, gazetteer, key), namesakes(model, gazetteer, parent_key)
    if inner is None or outer is None:
        return None
    parents = sorted(zip(outer.beliefs, [o.row for o in outer.options], strict=True), reverse=True)
    found = tuple([_inside(gazetteer, o.row, parents) for o in inner.options])
    return found if any(found) else None


def _inside(gazetteer: Gazetteer, row: int, parents: list[tuple[float, int]]) -> float:
    """Return the belief of the likeliest parent that contains a row, raised so that a likely one is sure."""
    holds = (b for b, parent in parents if parent != row and gazetteer.contains(parent, row))
    return min(1.0, next(holds, 0.0) * 3)
