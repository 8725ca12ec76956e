"""The gazetteer as its users see it."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gazetteer.index import Columns, Index
from gazetteer.packaged import DEFAULT
from gazetteer.query import containers, country_row, parse
from gazetteer.ranking import Hints, find, meets
from gazetteer.sphere import bearing_deg, compass, distance_km

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from gazetteer.place import Candidate, Place
    from gazetteer.reverse import Nearest
    from gazetteer.scan import Match

ENVIRONMENT = "CONFLICTMAP_GAZETTEER"
"""Environment variable that names an index file."""


class Gazetteer:
    """A read-only gazetteer over one mapped file; safe to share between processes.

    >>> gazetteer = Gazetteer.open()
    >>> [match.key for match in gazetteer.scan("Clashes near Khusham.")]
    ['khusham']
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self.features: list[str] = index.features
        self.countries: list[str] = index.countries

    @classmethod
    def open(cls, path: str | os.PathLike[str] | None = None) -> Gazetteer:
        """Open an index file.

        Parameters
        ----------
        path
            The file; `None`: what `$CONFLICTMAP_GAZETTEER` names, else the packaged index.

        Raises
        ------
        IndexFileError
            It is missing, damaged, cut short or of another version; the message says the mend.
        """
        return cls(Index(Path(path or os.environ.get(ENVIRONMENT) or DEFAULT)))

    def __len__(self) -> int:
        """Count the places."""
        return self._index.size

    def scan(self, text: str) -> Iterator[Match]:
        """Yield every name of the index that begins at a word of a text; offsets are code points."""
        return self._scan(text, self._index.trie.prefixes)

    def rows(self, name: Match | str) -> NDArray[np.int32]:
        """Return the rows with a folded name, the best known first; mapped, not copied."""
        low, high = self._index.span(name if isinstance(name, str) else name.key)
        return self._index.posting_arrays[0][low:high]

    def flags(self, name: Match | str) -> NDArray[np.uint8]:
        """Return how the name belongs to each of `rows`: bits of `gazetteer.keying`."""
        low, high = self._index.span(name if isinstance(name, str) else name.key)
        return self._index.posting_arrays[1][low:high]

    def postings(self, key: str) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Return `rows` and `flags` of a folded name at once."""
        low, high = self._index.span(key)
        rows, flags = self._index.posting_arrays
        return rows[low:high], flags[low:high]

    def find(
        self, name: str, *, country: str | Collection[str] | None = None, admin1: str | None = None,
        near: tuple[float, float] | None = None, limit: int = 8, tiers: Sequence[str] | None = None,
    ) -> list[Candidate]:  # fmt: skip
        """Find the places a name may stand for, the likeliest first.

        Parameters
        ----------
        name
            A name in any script; "Khusham, Deir ez-Zor" is read as a place and what holds it.
        country
            ISO 3166-1 alpha-2 code, or several; only places there.
        admin1
            Name of a first-level division; places there come first.
        near
            Latitude and longitude in degrees; nearer places come first.
        limit
            Most candidates to return.
        tiers
            Ways to meet the name, in order; `None`: all of `gazetteer.tiers.TIERS`.

        Returns
        -------
        list[Candidate]
            Empty where nothing is found.
        """
        countries = frozenset(
            code.upper() for code in ([country] if isinstance(country, str) else country or ())
        )
        asked, groups = parse(self._index, name)
        if admin1:
            groups.append(containers(self._index, admin1, countries))
        hints = Hints(countries=countries, inside=tuple(group for group in groups if group), near=near)
        return find(self._index, asked, hints, limit=limit, tiers=tiers)

    def meets(
        self, name: str, *, country: str, near: tuple[float, float], within_km: float, tiers: Sequence[str]
    ) -> bool:
        """Tell whether `find` could answer with a place of a country so near a point; cheaper to ask."""
        hints = Hints(countries=frozenset((country,)), near=near)
        return meets(self._index, name, hints, within_km, tiers)

    def suggest(self, name: str, *, limit: int = 5) -> list[str]:
        """List names of the index like one that was not found, the likest first."""
        from gazetteer.suggest import suggest

        return suggest(self._index, name, limit=limit)

    def place(self, row: int) -> Place:
        """Read a row."""
        return self._index.place(int(row))

    def names(self, row: int) -> list[str]:
        """Read every name of a row, the preferred one first."""
        return self._index.names(int(row))

    def country(self, code: str) -> int | None:
        """Find the row of a country by its ISO 3166-1 alpha-2 code; `None`: there is none."""
        return country_row(self._index, code.upper())

    def by_id(self, identity: str) -> int | None:
        """Find the row with an id ("geonames:167899"); `None`: there is none."""
        return self._index.by_id(identity)

    @property
    def columns(self) -> Columns:
        """Columns of all rows as numpy arrays over the mapped file."""
        return self._index.columns

    def contains(self, parent: int, row: int) -> bool:
        """Tell whether a row lies in a country, a division or a region."""
        from gazetteer.containers import contains

        return contains(self._index, int(parent), int(row))

    def near(
        self, *, lat: float, lon: float, limit: int = 5, max_km: float = 50.0
    ) -> list[tuple[int, float, float]]:
        """List the settlements next to a point: row, kilometres, bearing from the settlement to the point."""
        return self._nearest.near(lat=lat, lon=lon, limit=limit, max_km=max_km)

    def nearest(
        self, lats: NDArray[Any], lons: NDArray[Any], *, max_km: float = 50.0
    ) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Return the nearest settlement of many points: rows (-1: none within `max_km`) and kilometres."""
        return self._nearest.nearest(lats, lons, max_km=max_km)

    def describe(self, *, lat: float, lon: float) -> str:
        """Say where a point lies: "3 km SE of Khusham"; coordinates where no settlement is within 50 km."""
        found = self.near(lat=lat, lon=lon, limit=1)
        if not found:
            return f"{lat:.3f}, {lon:.3f}"
        row, distance, bearing = found[0]
        name = self.place(row).name
        return name if distance < 1 else f"{distance:.0f} km {compass(bearing)} of {name}"

    @cached_property
    def _scan(self) -> Callable[[str, Callable[[str], list[str]]], Iterator[Match]]:
        from gazetteer.scan import scan

        return scan

    @cached_property
    def _nearest(self) -> Nearest:
        from gazetteer.reverse import Nearest

        return Nearest.of(self._index)

    def info(self) -> dict[str, Any]:
        """Tell the version, fingerprint and sources, with counts and licences."""
        header = self._index.container.header
        names = ("title", "fingerprint", "places", "sources")
        return {
            "path": str(self._index.container.path),
            "keys": len(self._index.trie),
            **{n: header[n] for n in names},
        }

    def verify(self) -> None:
        """Read the whole file and compare its checksums.

        Raises
        ------
        IndexFileError
            It is damaged.
        """
        self._index.container.verify()


__all__ = ["Gazetteer", "bearing_deg", "distance_km"]
