"""What made-up accounts and reports are drawn from: rows of UCDP GED, and words as often as news has them."""

from __future__ import annotations

import csv
import gzip
from datetime import date
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from geo import lexicons


class Row(NamedTuple):
    """What is drawn from the file."""

    day: date
    place: str
    province: str
    lat: float
    lon: float
    where_prec: int
    sides: tuple[str, str]
    deaths: int


def rows(path: Path) -> list[Row]:
    """Read the file."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as f:
        return [
            Row(
                day=date.fromisoformat(r["date_start"][:10]),
                place=r["where_coordinates"].removesuffix(" town").removesuffix(" village"),
                province=r["adm_1"],
                lat=float(r["latitude"]),
                lon=float(r["longitude"]),
                where_prec=int(float(r["where_prec"])),
                sides=(r["side_a"], r["side_b"]),
                deaths=int(float(r["best"])),
            )
            for r in csv.DictReader(f)
        ]


def vocabulary() -> tuple[list[str], list[float]]:
    """Give words and how often they stand, so that made-up reports share as much as real ones do."""
    listed = lexicons.rows("link_words.csv", "word", "reports")
    counted = {row["word"]: float(row["reports"]) for _, row in listed}
    words = sorted(w for w in counted if w.isalpha() and len(w) > 2)
    return words, list(accumulate(counted[w] for w in words))
