"""The gazetteer as a geopy geocoder: code written for geopy runs on it, offline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError, GeocoderServiceError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from gazetteer.lookup import Gazetteer
from gazetteer.sphere import compass

if TYPE_CHECKING:
    import os

    from gazetteer.place import Candidate, Place

_STRUCTURED = ("street", "city", "county", "state", "country")
"""Keys of a structured query, from the smallest to what holds all others."""
_SCRIPTS = {
    "ar": (0x0600, 0x06FF), "fa": (0x0600, 0x06FF), "ur": (0x0600, 0x06FF), "ckb": (0x0600, 0x06FF),
    "ru": (0x0400, 0x04FF), "uk": (0x0400, 0x04FF), "bg": (0x0400, 0x04FF), "sr": (0x0400, 0x04FF),
    "el": (0x0370, 0x03FF), "he": (0x0590, 0x05FF), "hy": (0x0530, 0x058F), "ka": (0x10A0, 0x10FF),
}  # fmt: skip
_REVERSE_KM = 100.0


class _NoNetwork(BaseSyncAdapter):  # type: ignore[misc]  # geopy has no types
    """Stands where geopy puts what fetches from a service; nothing is ever fetched."""

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Refuse."""
        del timeout, headers
        raise GeocoderServiceError(f"the local geocoder fetches nothing, and was asked for {url}")

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        """Refuse."""
        return self.get_text(url, timeout=timeout, headers=headers)


class LocalGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Geocodes place names from a gazetteer file, without a service.

    Parameters
    ----------
    gazetteer
        An open gazetteer, or the path of an index file; `None`: the packaged one.

    Examples
    --------
    >>> geocoder = LocalGeocoder()
    >>> location = geocoder.geocode("Khusham, Deir ez-Zor, Syria")
    >>> round(location.latitude, 1), round(location.longitude, 1)
    (35.3, 40.3)
    """

    def __init__(
        self,
        gazetteer: Gazetteer | str | os.PathLike[str] | None = None,
        *,
        timeout: object = DEFAULT_SENTINEL,
        user_agent: str | None = None,
    ) -> None:
        super().__init__(timeout=timeout, user_agent=user_agent, adapter_factory=_NoNetwork)
        self.gazetteer = gazetteer if isinstance(gazetteer, Gazetteer) else Gazetteer.open(gazetteer)

    def geocode(
        self,
        query: str | Mapping[str, str],
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        limit: int | None = None,
        country_codes: str | Sequence[str] | None = None,
        language: str | None = None,
        near: object = None,
    ) -> Location | list[Location] | None:
        """Find where a name lies.

        Parameters
        ----------
        query
            A name, with what holds it after commas ("Khusham, Deir ez-Zor, Syria"), or a mapping with the
            keys street, city, county, state, country.
        exactly_one
            Return one location, else a list of them.
        timeout
            Taken for geopy's sake; nothing waits.
        limit
            Most locations of a list; `None`: 8.
        country_codes
            ISO 3166-1 alpha-2 code, or several: only places there.
        language
            Language of the name in the address, where the gazetteer has a name in its script.
        near
            Point whose neighbourhood is preferred, in any form geopy takes.

        Returns
        -------
        Location, list or None
            `None` where nothing is found.

        Raises
        ------
        GeocoderQueryError
            The query is no text.
        """
        del timeout
        found = self.gazetteer.find(
            _text(query),
            country=_codes(country_codes),
            near=None if near is None else tuple(_point(near)[:2]),
            limit=1 if exactly_one else limit or 8,
        )
        locations = [self._location(one.place, language, _raw(one)) for one in found]
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def reverse(
        self,
        query: object,
        *,
        exactly_one: bool = True,
        timeout: object = DEFAULT_SENTINEL,
        language: str | None = None,
        limit: int | None = None,
    ) -> Location | list[Location] | None:
        """Find the settlements next to a point.

        Parameters
        ----------
        query
            A point in any form geopy takes: latitude, then longitude.
        exactly_one
            Return the nearest one, else a list.
        timeout
            Taken for geopy's sake; nothing waits.
        language
            As for `geocode`.
        limit
            Most locations of a list; `None`: 5.

        Returns
        -------
        Location, list or None
            `None` where no settlement lies within 100 km.
        """
        del timeout
        point = _point(query)
        found = self.gazetteer.near(
            lat=point.latitude,
            lon=point.longitude,
            limit=1 if exactly_one else limit or 5,
            max_km=_REVERSE_KM,
        )
        locations = []
        for row, km, bearing in found:
            place = self.gazetteer.place(row)
            raw = {**_described(place), "distance_km": km, "bearing": bearing, "compass": compass(bearing)}
            locations.append(self._location(place, language, raw))
        if not locations:
            return None
        return locations[0] if exactly_one else locations

    def _location(self, place: Place, language: str | None, raw: dict[str, Any]) -> Location:
        row = self.gazetteer.by_id(place.id)
        country = self.gazetteer.country(place.country) if place.country else None
        parts = [
            self._name(row, place.name, language),
            place.admin1,
            None if country is None else self._name(country, "", language),
        ]
        address = ", ".join(dict.fromkeys(part for part in parts if part))
        return Location(address, (place.lat, place.lon), raw)

    def _name(self, row: int | None, name: str, language: str | None) -> str:
        """Return the first name in the script of a language; the preferred name where there is none."""
        names = [name] if row is None else self.gazetteer.names(row)
        low, high = _SCRIPTS.get((language or "").partition("-")[0], (0x110000, 0))
        return next((one for one in names if any(low <= ord(c) <= high for c in one)), names[0])


def _text(query: str | Mapping[str, str]) -> str:
    if isinstance(query, Mapping):
        return ", ".join(str(query[key]) for key in _STRUCTURED if query.get(key))
    if not isinstance(query, str):
        raise GeocoderQueryError(f"a query is a text or a mapping, not {type(query).__name__}")
    return query


def _point(query: object) -> Point:
    try:
        return Point(query)
    except (TypeError, ValueError) as error:
        raise GeocoderQueryError(f"{query!r} is no point ({error}); give latitude, longitude") from None


def _codes(country_codes: str | Sequence[str] | None) -> list[str] | None:
    if isinstance(country_codes, str):
        return [code.strip() for code in country_codes.split(",")]
    return None if country_codes is None else list(country_codes)


def _described(place: Place) -> dict[str, Any]:
    return {name: getattr(place, name) for name in place.__dataclass_fields__}


def _raw(candidate: Candidate) -> dict[str, Any]:
    return {
        **_described(candidate.place),
        "matched": candidate.name,
        "tier": candidate.tier,
        "confidence": candidate.confidence,
        "reason": candidate.reason,
    }
