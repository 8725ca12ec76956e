"""Tables of the look-up rules, each read once and checked with file and line in the message."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from gazetteer.errors import GazetteerError

_FOLDER = Path(__file__).parent


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Read one table of this folder; every row must have every column of the header."""
    path = _FOLDER / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as file:
        lines = [(number, line) for number, line in enumerate(file, 1) if not line.startswith("#")]
    rows = []
    header = next(csv.reader([lines[0][1]]))
    for number, line in lines[1:]:
        cells = next(csv.reader([line]))
        if len(cells) != len(header):
            message = f"{path.name}, line {number}: {len(cells)} cells, the header names {len(header)}"
            raise GazetteerError(f"{message}; quote cells that hold a comma")
        rows.append(dict(zip(header, cells, strict=True)))
    return tuple(rows)
