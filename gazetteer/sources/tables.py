"""Tables of the project: CSV with a `#` header, one place a row."""

from __future__ import annotations

import csv
import hashlib
import re
from functools import cache
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.rules import table
from gazetteer.sources.entry import Entry, distinct
from gazetteer.sphere import MOST_LAT, MOST_LON

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = (
    "id", "name", "alternates", "feature", "country", "admin1", "lat", "lon", "radius_km", "population",
    "source",
)  # fmt: skip
"""Columns of a table, in this order."""
CURATED = "conflictmap:"
"""What the ids of curated rows begin with."""


@cache
def _classes() -> dict[str, str]:
    return {row["code"]: row["class"] for row in table("feature_classes")}


def feature_name(code: str) -> str:
    """Write class and code with a point: "PPLA3" becomes "P.PPLA3"."""
    if code.startswith("ADM"):
        return f"A.{code}"
    if code.startswith("PPL"):
        return f"P.{code}"
    return _classes().get(code, "S") + f".{code}"


class CuratedTables:
    """Every table of a folder, in the order of their names."""

    name = "conflictmap"
    licence = "CC BY 4.0; each row names its source"
    prefix = CURATED
    """What the ids of the rows begin with."""

    def __init__(self, folder: Path) -> None:
        self._paths = sorted(folder.glob("*.csv"))

    def entries(self) -> Iterator[Entry]:
        """Yield the rows of all tables.

        Raises
        ------
        SourceError
            A bad row, with file and line.
        """
        seen: dict[str, str] = {}
        for path in self._paths:
            for place, row in _rows(path):
                entry = _entry(place, row, self.prefix)
                if row["id"] in seen:
                    raise SourceError(
                        f"{place}: id {row['id']} stands already in {seen[row['id']]}; choose another"
                    )
                seen[row["id"]] = place
                yield entry

    def fingerprint(self) -> str:
        """Digest the tables' bytes."""
        digest = hashlib.blake2b(digest_size=16)
        for path in self._paths:
            digest.update(path.name.encode() + b"\0" + path.read_bytes())
        return digest.hexdigest()


class ListedPlaces(CuratedTables):
    """Tables taken whole from one open list: they fill up what the other sources do not know."""

    name = "Wikipedia"
    licence = "CC BY-SA 4.0, Wikipedia contributors; each table names the page"
    prefix = "wikipedia:"


def _rows(path: Path) -> Iterator[tuple[str, dict[str, str]]]:
    lines = enumerate(path.read_text(encoding="utf-8").split("\n"), 1)
    body = [(number, line) for number, line in lines if line.strip() and not line.startswith("#")]
    if not body or tuple(next(csv.reader([body[0][1]]))) != COLUMNS:
        raise SourceError(f"{path.name}: the first line after the # lines must be {','.join(COLUMNS)}")
    for number, line in body[1:]:
        place = f"{path.name}, line {number}"
        cells = next(csv.reader([line]))
        if len(cells) != len(COLUMNS):
            raise SourceError(
                f"{place}: {len(cells)} cells, not {len(COLUMNS)}; quote cells that hold a comma"
            )
        yield place, dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))


_PATTERNS = {
    "id": r"[a-z0-9][a-z0-9.-]*", "name": r".+", "feature": r"[A-Z][A-Z0-9]*", "country": r"(?:[A-Z]{2})?",
    "lat": r"-?\d+(?:\.\d+)?", "lon": r"-?\d+(?:\.\d+)?", "radius_km": r"(?:\d+(?:\.\d+)?)?",
    "population": r"\d*",
    "source": r".+",
}  # fmt: skip


def _entry(place: str, row: dict[str, str], prefix: str) -> Entry:
    for column, pattern in _PATTERNS.items():
        if not re.fullmatch(pattern, row[column]):
            raise SourceError(f"{place}: {column} {row[column]!r} does not fit {pattern}; correct the row")
    lat, lon = float(row["lat"]), float(row["lon"])
    if abs(lat) > MOST_LAT or abs(lon) > MOST_LON:
        raise SourceError(f"{place}: {lat}, {lon} lies off the globe; is it lat, then lon?")
    return Entry(
        id=f"{prefix}{row['id']}", name=row["name"], alternates=distinct(row["alternates"].split("|")),
        feature=feature_name(row["feature"]), country=row["country"], admin1_name=row["admin1"],
        lat=lat, lon=lon,
        population=int(row["population"] or 0), radius_km=float(row["radius_km"] or 0),
        curated=prefix == CURATED,
    )  # fmt: skip
