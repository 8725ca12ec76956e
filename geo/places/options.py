"""The places of one name, weighed by what needs no report: size, kind, how the name belongs to each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer import Gazetteer
from gazetteer.sphere import distance_km
from geo.lexicons import weights_of, words
from geo.mentions.kinds import feature_kinds
from geo.mentions.linear import Model

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MARKED_WORDS = words("resolve.marked")
MOST_CANDIDATES = 24
LEAST_VOTE = 0.02
LEAST_PARENT = 0.001
"""Belief below which a container is not asked what it holds."""
SEAT_KM = 150.0
LARGE = frozenset({"country", "continent"})
"""Kinds that are no point that others could lie near."""


class Option(NamedTuple):
    """A row of the gazetteer as a candidate for a name."""

    row: int
    prior: float
    """Score without context."""
    kind: str
    """country, adm1, capital, ppl ..."""
    flag: int
    """How the name belongs to it, bits of `gazetteer.keying`."""
    names: int
    """How many names it has, in powers of two."""
    size: float
    """How big it is, of `size_of`."""
    lat: float
    lon: float
    country: int
    division: int
    """Row of the first-level division, its own where it is one; -1: unknown."""
    mark: str = ""
    """How it stands among its namesakes."""

    def features(self) -> tuple[str, ...]:
        """Return what speaks for it without context, as training sees it; its size has a value of its own."""
        return f"kind:{self.kind}", f"flag:{self.flag}", f"names:{self.names}", self.mark


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
    of_countries: tuple[int, ...]
    """Every country of a candidate."""
    of_divisions: tuple[int, ...]
    """Every first-level division of a candidate."""
    coordinates: NDArray[np.float64]
    """Three rows: latitudes and longitudes, degrees, and how much narrower a degree of longitude is there."""


@cache
def packaged_model() -> Model:
    """Return the model in `geo/data/resolution_weights.csv` and `fit_weights.csv`."""
    return Model(weights_of("resolution_weights.csv") | weights_of("fit_weights.csv"))


@lru_cache(maxsize=8192)
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
        of_countries=tuple({o.country for o in found}),
        of_divisions=tuple({o.division for o in found}),
        coordinates=np.array(
            [(o.lat, o.lon, math.cos(math.radians(o.lat))) for o in found], dtype=np.float64
        ).T,
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
    made = sorted(_options(model, gazetteer, key), key=lambda o: (-o.prior, o.row))
    return tuple(_marked(model, made[:MOST_CANDIDATES]))


def _options(model: Model, gazetteer: Gazetteer, key: str) -> Iterator[Option]:
    """Yield the candidates as the gazetteer gives them, column by column: some names have hundreds."""
    rows, flags = gazetteer.postings(key)
    c, sorts = gazetteer.columns, feature_kinds(gazetteer)
    read = (rows, flags, c.feature[rows], c.names_count[rows], c.population[rows], c.radius_km[rows])
    where = (c.lat[rows], c.lon[rows], c.country[rows], c.admin1[rows])
    columns = [column.tolist() for column in (*read, *where)]
    logpop = model.weights.get("logpop", 0.6)
    for row, flag, feature, count, people, radius, lat, lon, country, admin1 in zip(*columns, strict=True):
        kind, names, size = sorts[feature], min(8, count.bit_length()), size_of(people, radius)
        prior = logpop * size + _own_weight(model, kind, flag, names)
        division = row if kind == "adm1" else admin1
        yield Option(row, prior, kind, flag, names, size, lat, lon, country, division)


@lru_cache(maxsize=4096)
def _own_weight(model: Model, kind: str, flag: int, names: int) -> float:
    return model.total((f"kind:{kind}", f"flag:{flag}", f"names:{names}"))


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
        ranked.append(o._replace(prior=o.prior + weight(feature, 0.0), mark=feature))
    return sorted(ranked, key=lambda o: (-o.prior, o.row))


@lru_cache(maxsize=8192)
def contained(model: Model, gazetteer: Gazetteer, key: str, parent_key: str) -> tuple[float, ...] | None:
    """Return for each candidate of a name the belief that a second name contains it; `None`: none of them."""
    inner, outer = namesakes(model, gazetteer, key), namesakes(model, gazetteer, parent_key)
    if inner is None or outer is None:
        return None
    beliefs = zip(outer.beliefs, [o.row for o in outer.options], strict=True)
    parents = sorted([p for p in beliefs if p[0] >= LEAST_PARENT], reverse=True)
    found = tuple([_inside(gazetteer, o.row, parents) for o in inner.options])
    return found if any(found) else None


def _inside(gazetteer: Gazetteer, row: int, parents: list[tuple[float, int]]) -> float:
    """Return the belief of the likeliest parent that contains a row, raised so that a likely one is sure."""
    holds = (b for b, parent in parents if parent != row and gazetteer.contains(parent, row))
    return min(1.0, next(holds, 0.0) * 3)
