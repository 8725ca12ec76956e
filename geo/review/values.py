"""How the values of corrections are written: days, points, sub-types, lists of keys.

field      value
reject     yes
sub_type   one of ACLED's sub-types
when       FIRST/LAST, ISO 8601, or one day
place      {"lat": …, "lon": …, "name": …}, WGS 84 degrees
with       list of keys of events that it is one incident with
apart      list of keys of events that it is not one incident with
"""

from __future__ import annotations

import json
import math
from datetime import date
from difflib import get_close_matches

from geo.lexicons import ontology
from geo.records import Spot, When
from geo.review.corrections import CorrectionError, Field, Key, read_key

MOST_LAT, MOST_LON = 90.0, 180.0


def read_when(value: str) -> When:
    """Read a time.

    Raises
    ------
    CorrectionError
        It is no day or pair of days, or ends before it begins.
    """
    first, _, last = value.partition("/")
    try:
        start = date.fromisoformat(first.strip())
        end = date.fromisoformat(last.strip()) if last.strip() else start
    except ValueError as fault:
        raise CorrectionError(f"{value!r} is no time: write 2018-02-07, or 2018-02-07/2018-02-08.") from fault
    if end < start:
        raise CorrectionError(f"{value!r} ends before it begins: write the first day first.")
    return When(first=start, last=end, precision="day" if start == end else "days", words=value)


def write_place(lat: str, lon: str, name: str) -> str:
    """Write a pin from the words of a table.

    Raises
    ------
    CorrectionError
        Latitude or longitude is missing or no number of degrees.
    """
    spot = Spot(lat=_degrees(lat, "latitude", MOST_LAT), lon=_degrees(lon, "longitude", MOST_LON))
    return json.dumps({"lat": spot.lat, "lon": spot.lon, "name": name.strip()}, ensure_ascii=False)


def _degrees(words: str, what: str, most: float) -> float:
    try:
        value = float(words.strip())
    except ValueError:
        value = math.nan
    if not abs(value) <= most:
        raise CorrectionError(f"{words!r} is no {what}: write degrees, {-most:g} to {most:g}.")
    return value


def read_place(value: str) -> tuple[Spot, str]:
    """Read a pin: its point and its name, empty where none was given.

    Raises
    ------
    CorrectionError
        It is no pin.
    """
    try:
        found = json.loads(value)
        lat, lon, name = str(found["lat"]), str(found["lon"]), str(found.get("name") or "")
    except (json.JSONDecodeError, KeyError, TypeError, AttributeError) as fault:
        raise CorrectionError(f"{value[:60]!r} is no pin: write latitude and longitude.") from fault
    return Spot(lat=_degrees(lat, "latitude", MOST_LAT), lon=_degrees(lon, "longitude", MOST_LON)), name


def read_sub_type(value: str) -> tuple[str, str]:
    """Read a sub-type: ACLED's type and sub-type.

    Raises
    ------
    CorrectionError
        ACLED has no such sub-type; the message names the nearest.
    """
    known = ontology()
    exact = next((s for s in known if s.casefold() == value.strip().casefold()), None)
    if exact is None:
        near = get_close_matches(value, known, n=3, cutoff=0.3) or sorted(known)[:3]
        raise CorrectionError(f"{value!r} is no sub-type: the nearest are {'; '.join(near)}.")
    return known[exact]["type"], exact


def write_keys(keys: list[Key]) -> str:
    """Write a list of keys."""
    return "[" + ",".join(sorted(k.write() for k in keys)) + "]"


def read_keys(value: str) -> list[Key]:
    """Read a list of keys.

    Raises
    ------
    CorrectionError
        It is no list of keys.
    """
    try:
        found = json.loads(value)
    except json.JSONDecodeError as fault:
        raise CorrectionError(f"{value[:60]!r} is no list of keys.") from fault
    if not isinstance(found, list):
        raise CorrectionError(f"{value[:60]!r} is no list of keys.")
    return [read_key(json.dumps(k)) for k in found]


def shown(field: Field, value: str) -> str:
    """Return a value as people read it; one that cannot be read stays as it is."""
    try:
        match field:
            case "place":
                spot, name = read_place(value)
                return f"{name} ({spot.lat:g}, {spot.lon:g})".strip()
            case "with" | "apart":
                return f"{len(read_keys(value))} account(s), by their sentences"
            case _:
                return value
    except CorrectionError:
        return value
