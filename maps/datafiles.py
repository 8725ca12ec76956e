"""The package's own data files (CSV and TOML with a header that explains them), read once."""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from maps.errors import DataFileError

ROOT = Path(__file__).parent
DATA = ROOT / "data"


@cache
def toml(path: Path) -> dict[str, Any]:
    """Read a TOML file; raises `DataFileError` with its name where it is not TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise DataFileError(f"{path.name}: {fault}; mend the file") from fault


@cache
def table(name: str, width: int) -> tuple[tuple[str, ...], ...]:
    """Read the rows below the heading of a CSV file in `data/`.

    Lines starting with `#` explain the columns. Raises `DataFileError` with file and line
    where a row has not `width` cells.
    """
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    kept = [(number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    rows = zip((number for number, _ in kept), csv.reader(line for _, line in kept), strict=True)
    return tuple(_whole(name, number, row, width) for number, row in rows)[1:]


def _whole(name: str, number: int, row: list[str], width: int) -> tuple[str, ...]:
    if len(row) != width:
        raise DataFileError(f"{name}:{number}: {len(row)} cells where {width} belong; mend the row")
    return tuple(row)
