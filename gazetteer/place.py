"""A place as the outside sees it, and a candidate for a name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One row of the gazetteer. Coordinates are WGS 84 degrees."""

    id: str
    """Id with its source, such as "geonames:167899", "conflictmap:at-tanf", "iso:SY"."""
    name: str
    """Preferred name."""
    lat: float
    """Latitude, degrees north."""
    lon: float
    """Longitude, degrees east."""
    country: str | None
    """ISO 3166-1 alpha-2 code; `None` for seas, continents and the like."""
    admin1: str | None
    """Name of the first-level division it lies in; `None`: unknown."""
    admin2: str | None
    """Name of the second-level division it lies in; `None`: unknown."""
    feature_class: str
    """GeoNames feature class: A division, H water, L area, P settlement, R road, S spot, T relief,
    U undersea, V wood."""
    feature: str
    """GeoNames feature code, such as "PPLA3"."""
    population: int
    """Inhabitants; 0: unknown, never "nobody"."""
    radius_km: float
    """Radius of a circle that holds about what the name covers, kilometres."""
    source: str
    """Which source the row comes from ("GeoNames", "OurAirports", "conflictmap")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a name may stand for."""

    place: Place
    """The place."""
    name: str
    """The name of it that matched."""
    tier: str
    """How the names met: exact, article, folding, script, skeleton, edit."""
    confidence: float
    """Belief that this is the place meant, 0 to 1: the tier's measured precision, shared out by context."""
    reason: str
    """Why, in words."""
