"""A user's own list: CSV with a header that names its columns."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.sources.entry import Entry, distinct
from gazetteer.sources.geonames import file_digest
from gazetteer.sources.tables import feature_name

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

COLUMNS = (
    "id", "name", "alternates", "feature", "country", "admin1", "lat", "lon", "radius_km", "population",
)  # fmt: skip
"""Columns that are read, in any order; name, lat and lon must be there, others are passed over."""
_NEEDED = ("name", "lat", "lon")
_FEATURE = "PPL"


class PlainTable:
    """One CSV file in UTF-8; alternates are parted by `|`, features are GeoNames codes (none: PPL)."""

    licence = "as its owner says"

    def __init__(self, path: Path) -> None:
        self._path = path
        self.name = path.name

    def entries(self) -> Iterator[Entry]:
        """Yield the rows in the order of the file.

        Raises
        ------
        SourceError
            A missing column or a bad row, with file and line.
        """
        try:
            with self._path.open(encoding="utf-8-sig", newline="") as file:
                reader = csv.DictReader(file)
                missing = [name for name in _NEEDED if name not in (reader.fieldnames or ())]
                if missing:
                    raise SourceError(
                        f"{self.name} has no column {', '.join(missing)}; its first line must name them"
                    )
                for row in reader:
                    yield self._entry(row, reader.line_num)
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(f"{self._path} cannot be read ({error}); save it as UTF-8") from None

    def fingerprint(self) -> str:
        """Digest the file's bytes."""
        return file_digest(self._path)

    def _entry(self, row: dict[str, str | None], line: int) -> Entry:
        cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
        if not cells["name"]:
            raise SourceError(f"{self.name}, line {line}: no name; give one or remove the row")
        try:
            return Entry(
                id=f"{self._path.stem}:{cells['id'] or line}",
                name=cells["name"],
                alternates=distinct(cells["alternates"].split("|")),
                feature=feature_name(cells["feature"] or _FEATURE),
                country=cells["country"].upper(),
                admin1_name=cells["admin1"],
                lat=float(cells["lat"]),
                lon=float(cells["lon"]),
                radius_km=float(cells["radius_km"] or 0),
                population=int(float(cells["population"] or 0)),
            )
        except (ValueError, OverflowError) as error:
            raise SourceError(f"{self.name}, line {line}: {error}; correct the number") from None
