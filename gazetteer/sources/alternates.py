"""GeoNames' table of alternate names: more names for the rows of a dump."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from gazetteer.errors import SourceError
from gazetteer.keying import romanised
from gazetteer.sources.geonames import file_digest, lines, sort_names
from gazetteer.spill import clean

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from gazetteer.gather import Gathered

_NO_LANGUAGES = frozenset(
    ("link", "post", "iata", "icao", "faac", "tcid", "unlc", "abbr", "wkdt", "phon", "piny")
)
"""What stands in the language column and is no language: addresses, codes, transcriptions."""
_BLOCK = 100_000
_FEWEST_COLUMNS = 4


class AlternateNames:
    """alternateNamesV2.txt or its zip, or a country's part of it."""

    name = "GeoNames alternate names"

    def __init__(self, path: Path) -> None:
        self._path = path

    def fingerprint(self) -> str:
        """Digest the file's bytes."""
        return file_digest(self._path)

    def add_to(self, gathered: Gathered, progress: Callable[[str, int], None]) -> None:
        """Add the names to the rows with their ids; names of unknown ids are passed over.

        Raises
        ------
        SourceError
            A row that is not of this table, with file and line.
        """
        columns, prefixes = gathered.columns, gathered.strings["prefixes"]
        ours = columns["prefix"] == (prefixes.index("geonames") if "geonames" in prefixes else -1)
        rows = np.flatnonzero(ours)
        rows = rows[np.argsort(columns["number"][rows], kind="stable")]
        wide = np.array([country in romanised() for country in gathered.strings["countries"]])
        tiers = wide[columns["country"]]
        numbers, read = columns["number"][rows], 0
        with lines(self._path) as file:
            while block := list(islice(file, _BLOCK)):
                found = self._parse(block, read)
                ids = np.array([number for number, _ in found], dtype=np.uint64)
                at = np.minimum(np.searchsorted(numbers, ids), max(0, len(numbers) - 1))
                for hit in np.flatnonzero(numbers[at] == ids).tolist() if len(numbers) else ():
                    row = int(rows[at[hit]])
                    gathered.extra.add_keyed(row, found[hit][1], tiers=bool(tiers[row]))
                read += len(block)
                progress(self.name, read)
        gathered.extra.flush()

    def _parse(self, block: list[str], read: int) -> list[tuple[int, str]]:
        found = []
        for number, line in enumerate(block, read + 1):
            cells = line.rstrip("\n").split("\t")
            if len(cells) < _FEWEST_COLUMNS or not cells[1].isdecimal():
                raise SourceError(
                    f"{self._path.name}, line {number}: no row of alternateNamesV2; download it again"
                )
            names, _ = sort_names([cells[3]])
            if cells[2] not in _NO_LANGUAGES and names:
                found.append((int(cells[1]), clean(names[0])))
        return found
