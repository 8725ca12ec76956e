"""Rows on their way to the file: one segment of them, keys and names on disk, columns handed back.

A segment is what one process makes of one block of rows. Its row numbers begin at 0; who gathers
the segments adds what came before.
"""

from __future__ import annotations

import zlib
from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.keying import keys
from gazetteer.marks import CODE_MARK, DEMONYM_MARK, DIVISION_MARK, SHORT_MARK

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazetteer.sources.entry import Entry

PARTS = 64
"""Files that keys are spread over; one is sorted in memory at a time."""

COLUMNS = {
    "lat": "f", "lon": "f", "population": "I", "feature": "H", "country": "H", "radius_km": "f",
    "prefix": "B", "number": "Q", "division1": "i", "division2": "i", "curated": "B",
}  # fmt: skip
"""Columns by name, with their struct letters."""
INTERNED = {
    "feature": "features", "country": "countries", "prefix": "prefixes", "division1": "divisions",
    "division2": "divisions",
}  # fmt: skip
"""Columns that hold numbers of strings, and the list of those strings."""
_LONGEST_NUMBER = 18
"""Digits of an id that fits into 64 bits; a longer one is kept as text."""
_MOST_PEOPLE = 0xFFFFFFFF


class Interned:
    """Strings numbered in the order they came; the empty one is 0."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {"": 0}

    def __call__(self, value: str) -> int:
        """Return the number of a string, a new one where it is new."""
        return self.numbers.setdefault(value, len(self.numbers))

    @property
    def values(self) -> list[str]:
        """The strings in the order of their numbers."""
        return list(self.numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """What is handed back of a block of rows."""

    number: int
    """Which block; its files bear the number."""
    count: int
    """How many rows."""
    columns: dict[str, bytes]
    """Columns as packed numbers."""
    interned: dict[str, list[str]]
    """Strings that interned columns number."""
    named: dict[int, str]
    """Row to the name of its first-level division, where the source has no code."""


def spill(entries: Iterable[Entry], folder: Path, number: int) -> Segment:
    """Write the names and keys of some rows to files and return the rest.

    Raises
    ------
    SourceError
        Coordinates off the globe.
    """
    columns = {name: array(letter) for name, letter in COLUMNS.items()}
    interned = {name: Interned() for name in INTERNED.values()}
    parts: list[list[str]] = [[] for _ in range(PARTS)]
    lines, named, row = [], {}, -1
    for row, entry in enumerate(entries):
        for name, value in _values(entry, interned).items():
            columns[name].append(value)  # type: ignore[arg-type]
        if entry.admin1_name:
            named[row] = entry.admin1_name
        lines.append("\t".join(fields(entry, "" if columns["prefix"][row] else entry.id)))
        for key, flag in keys(entry).items():
            parts[part_of(key)].append(f"{key}\t{row}\t{flag}")
    _write(folder / f"names-{number}", lines)
    for part, found in enumerate(parts):
        _write(folder / f"keys-{part}-{number}", found)
    packed = {name: column.tobytes() for name, column in columns.items()}
    strings = {name: one.values for name, one in interned.items()}
    return Segment(number=number, count=row + 1, columns=packed, interned=strings, named=named)


def part_of(key: str) -> int:
    """Tell which part a key belongs to."""
    return zlib.crc32(key.encode("utf-8", "replace")) % PARTS


def _write(path: Path, lines: list[str]) -> None:
    with path.open("w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)


def _values(entry: Entry, interned: dict[str, Interned]) -> dict[str, float | int]:
    prefix, _, number = entry.id.rpartition(":")
    short = len(number) <= _LONGEST_NUMBER and number.isascii()
    numeric = short and number.isdecimal() and number == str(int(number))
    return {
        "lat": _degrees(entry.lat, 90, entry),
        "lon": _degrees(entry.lon, 180, entry),
        "population": max(0, min(entry.population, _MOST_PEOPLE)),
        "feature": interned["features"](entry.feature),
        "country": interned["countries"](entry.country),
        "radius_km": entry.radius_km,
        "prefix": interned["prefixes"](prefix if numeric else ""),
        "number": int(number) if numeric else 0,
        "division1": interned["divisions"](entry.admin1),
        "division2": interned["divisions"](entry.admin2),
        "curated": entry.curated,
    }


def _degrees(value: float | None, limit: float, entry: Entry) -> float:
    if value is None:
        return float("nan")
    if not -limit <= value <= limit:
        raise SourceError(f"{entry.id} ({entry.name}): {value} is no coordinate; correct the source")
    return value


def fields(entry: Entry, identity: str) -> list[str]:
    """List what is written of a row: its id where that is no number, its names, and marked what are none."""
    found = [clean(identity), clean(entry.name), *map(clean, entry.alternates)]
    found += [CODE_MARK + clean(code) for code in entry.codes]
    found += [SHORT_MARK + clean(name) for name in entry.shortened]
    found += [DEMONYM_MARK + clean(word) for word in entry.demonyms]
    if entry.feature in {"A.ADM1", "A.ADM2"}:
        found.append(DIVISION_MARK + (entry.admin1 if entry.feature == "A.ADM1" else entry.admin2))
    return found


def clean(name: str) -> str:
    """Make white space single; the marks are white space to `split`, so a name cannot hold one."""
    return " ".join(name.split())
