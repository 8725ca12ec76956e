"""Which of the places that bear a name is meant: context, sort of place, size, likeness of the names."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10, pi
from typing import TYPE_CHECKING

from gazetteer.containers import contains
from gazetteer.features import size
from gazetteer.features import worth as worth_of
from gazetteer.keying import ARTICLE, CODE, DEMONYM, MAIN, SHORTENED, SKELETON
from gazetteer.names import digraph_key, fold, skeleton_key
from gazetteer.place import Candidate
from gazetteer.query import country_row, feature, in_countries
from gazetteer.sphere import distance_km
from gazetteer.tiers import Hit, checked, hits, keys, readings, worth

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gazetteer.index import Index

_NEAR_KM = 50.0
_KM_PER_DEGREE = 110.0
_INSIDE = 3.0
_LIKENESS = 4.0
_NAMES = 0.5
_SIZE = 0.4
_DENSE_PER_KM2 = 0.008
_OUTSIDE = 0.4
_REASONS = {
    "exact": "the name as written",
    "article": "the name without its article or type word",
    "folding": "another romanisation of the name",
    "script": "the name in another script",
    "bare": "the name without its word for the sort of site",
    "skeleton": "the same consonants",
    "edit": "one letter differs",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What is known of the place meant."""

    countries: frozenset[str] = frozenset()
    """ISO 3166-1 alpha-2 codes, one of which it must have; none: any."""
    inside: tuple[frozenset[int], ...] = ()
    """Rows of containers; one of each group should hold it."""
    near: tuple[float, float] | None = None
    """Latitude and longitude it should lie near, degrees; `None`: anywhere."""


@dataclass(slots=True, kw_only=True)
class _Scored:
    hit: Hit
    tier: str
    score: float
    fits: bool


def find(
    index: Index, name: str, hints: Hints, *, limit: int = 8, tiers: Sequence[str] | None = None
) -> list[Candidate]:
    """Find candidates tier by tier, until one fits what is known; rank what was met."""
    folded = readings(name)
    pool: dict[int, _Scored] = {}
    for tier in checked(tiers):
        for hit in hits(index, folded, tier):
            if hit.row not in pool and in_countries(index, hit.row, hints.countries):
                pool[hit.row] = _scored(index, hit, tier, folded, hints)
        if any(scored.fits for scored in pool.values()):
            break
    return _candidates(index, pool.values(), folded, hints, limit)


def meets(index: Index, name: str, hints: Hints, within_km: float, tiers: Sequence[str]) -> bool:
    """Tell whether a name meets a place of the countries so near the point, before any is scored."""
    folded = readings(name)
    found = (key for tier in checked(tiers) for reading in folded for key in keys(index, reading, tier))
    return any(
        in_countries(index, row, hints.countries) and (_apart(index, row, hints) or 0.0) <= within_km
        for key in found
        for row in _along(index, key, hints, within_km)
    )


def _along(index: Index, key: str, hints: Hints, within_km: float) -> list[int]:
    """Return the rows of a key whose latitude lies near enough."""
    low, high = index.span(key)
    rows = index.posting_arrays[0][low:high]
    if hints.near is not None and low < high:
        rows = rows[abs(index.columns.lat[rows] - hints.near[0]) * _KM_PER_DEGREE <= within_km]
    found: list[int] = rows.tolist()
    return found


def _scored(index: Index, hit: Hit, tier: str, folded: Sequence[str], hints: Hints) -> _Scored:
    inside = [any(contains(index, parent, hit.row) for parent in group) for group in hints.inside]
    apart = _apart(index, hit.row, hints)
    score = worth(tier).weight - 0.3 * hit.variant + _own_score(index, hit, worth(tier).renown)
    score += _INSIDE * sum(inside) - _LIKENESS * (1 - _likeness(index, hit, tier, folded))
    if apart is not None:
        score -= 3 * log10(1 + apart / 5)
    fits = all(inside) and (apart is None or apart <= _NEAR_KM)
    return _Scored(hit=hit, tier=tier, score=score, fits=fits)


def _apart(index: Index, row: int, hints: Hints) -> float | None:
    if hints.near is None:
        return None
    return distance_km(*hints.near, index.views["lat"][row], index.views["lon"][row])


def _own_score(index: Index, hit: Hit, renown: float) -> float:
    """Score what speaks for a row by itself: its sort, its size, its names, how the name belongs to it.

    Renown counts less in coarse tiers: a place that is much spoken of has more spellings in the index, and
    would have been met by one of them.
    """
    sort, view = feature(index, hit.row), index.views
    score = _SIZE * size(sort, view["population"][hit.row], view["radius_km"][hit.row])
    score += _NAMES * log10(view["names_count"][hit.row] or 1)
    score += worth_of(sort).score
    score += 0.5 if hit.flag & MAIN else 0.0
    score *= renown
    if hit.flag in {CODE, DEMONYM}:
        return score - 1.5
    return score - 0.5 if hit.flag in {ARTICLE, SHORTENED} else score


def _likeness(index: Index, hit: Hit, tier: str, folded: Sequence[str]) -> float:
    """Compare the romanised keys where a tier is coarse; 1 for the finer tiers."""
    if tier not in {"skeleton", "edit"}:
        return 1.0
    from rapidfuzz.distance import Levenshtein

    asked = digraph_key(folded[hit.variant])
    names = [folded_name for name in index.names(hit.row) if (folded_name := fold(name))]
    same = [name for name in names if SKELETON + skeleton_key(name) == hit.key]
    return max(Levenshtein.normalized_similarity(asked, digraph_key(name)) for name in same or names)


def _candidates(
    index: Index, scored: Iterable[_Scored], folded: Sequence[str], hints: Hints, limit: int
) -> list[Candidate]:
    order = sorted(scored, key=lambda one: (-one.score, one.hit.row))
    if not order:
        return []
    odds = [10 ** (one.score - order[0].score) for one in order]
    total = sum(odds)
    return [
        _candidate(index, one, folded, hints, _precision(index, one) * share / total)
        for one, share in zip(order[:limit], odds, strict=False)
    ]


def _precision(index: Index, one: _Scored) -> float:
    tier, code = worth(one.tier), index.countries[index.views["country"][one.hit.row]]
    precision = tier.precision if not code or dense(index, code) else tier.sparse
    return precision if one.fits else precision * _OUTSIDE


def dense(index: Index, code: str) -> bool:
    """Tell whether the index knows a country's villages: by settlements on the circle about the country."""
    row = country_row(index, code)
    if row is None:
        return False
    settlements = index.container.header["settlements"].get(code, 0)
    return bool(settlements >= _DENSE_PER_KM2 * pi * index.views["radius_km"][row] ** 2)


def _candidate(
    index: Index, one: _Scored, folded: Sequence[str], hints: Hints, confidence: float
) -> Candidate:
    place = index.place(one.hit.row)
    parts = [_REASONS[one.tier]]
    apart = _apart(index, one.hit.row, hints)
    if apart is not None:
        parts.append(f"{apart:.0f} km from the point given")
    if hints.inside:
        parts.append("inside what was given" if one.fits else "outside what was given")
    if place.population:
        parts.append(f"population {place.population:,}")
    return Candidate(
        place=place, name=_matched(index, one, folded), tier=one.tier, confidence=round(confidence, 3),
        reason="; ".join(parts),
    )  # fmt: skip


def _matched(index: Index, one: _Scored, folded: Sequence[str]) -> str:
    """Return the row's name that met."""
    names = index.names(one.hit.row)
    return next((name for name in names if fold(name) == folded[one.hit.variant]), names[0])
