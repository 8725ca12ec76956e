"""What is least certain, as a table for an analyst: what was read, why it is in doubt, columns to fill in."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from geo.exchange.spreadsheet import guarded
from geo.review.rows import Project, Row, plain_rows
from geo.tables.values import Cell

if TYPE_CHECKING:
    import pandas as pd

READ = (
    "kind",
    "id",
    "incident",
    "doubt",
    "why",
    "title",
    "source",
    "published",
    "sub_type",
    "date_from",
    "date_to",
    "place",
    "where_prec",
    "lat",
    "lon",
    "killed",
    "quote",
)
"""Columns that tell what was read; what is written there is not looked at."""
DECIDED = (
    "reject",
    "set_sub_type",
    "set_date_from",
    "set_date_to",
    "set_place",
    "set_lat",
    "set_lon",
    "with",
    "apart",
    "author",
    "at",
    "note",
)
"""Columns to fill in."""
HEADER = (*READ, *DECIDED, "key")
COARSE = 4
"""UCDP precision from which a place is a region."""
VAGUE_TIMES = frozenset({"month", "year", "unknown"})
WEIGHTS = {"that it happened": 0.5, "actor": 0.35, "place": 0.3, "date": 0.3, "type": 0.2, "toll": 0.1}
"""How much a dispute adds to the doubt in an incident. Set by judgement."""
LEAST_CERTAIN = 0.6
"""Belief in a place below which it is worth a look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """One thing worth a look."""

    kind: str
    """event or incident."""
    id: str
    """Its id."""
    doubt: float
    """0: certain, 1: as good as unknown."""
    why: tuple[str, ...]
    """What is uncertain, weightiest first."""


def doubts(tables: Mapping[str, pd.DataFrame]) -> list[Doubt]:
    """Return events and incidents, least certain first; what nothing speaks against is left out."""
    project = Project(tables)
    belief = _place_belief(tables)
    found = [_event(row, belief) for row in project.events.values()]
    found += [_incident(row) for row in project.incidents.values()]
    return sorted((d for d in found if d.why), key=lambda d: (-d.doubt, d.kind, d.id))


def _place_belief(tables: Mapping[str, pd.DataFrame]) -> dict[tuple[Cell, Cell], float]:
    """Return the highest belief in each place of each report."""
    found: dict[tuple[Cell, Cell], float] = {}
    for row in plain_rows(tables, "mentions"):
        at = (row["report"], row["place_id"])
        found[at] = max(found.get(at, 0.0), float(row["confidence"] or 0.0))
    return found


def _event(row: Row, belief: Mapping[tuple[Cell, Cell], float]) -> Doubt:
    sure = float(row["confidence"] or 0.0)
    place = belief.get((row["report"], row["place_id"]), 1.0)
    parts = [(1.0 - sure, f"event {sure:.0%} sure")] if sure < 1.0 else []
    if row["place"] is None:
        parts.append((0.5, "no place"))
    elif place < LEAST_CERTAIN:
        parts.append((1.0 - place, f"place {place:.0%} sure"))
    if int(row["where_prec"] or 0) >= COARSE:
        parts.append((0.3, "place is a region"))
    if row["date_precision"] in VAGUE_TIMES:
        parts.append((0.3, f"date known to the {row['date_precision']}"))
    if row["denied"]:
        parts.append((0.2, "denied"))
    return _doubt("event", row, parts)


def _incident(row: Row) -> Doubt:
    about = str(row["contested_about"] or "").split("; ") if row["contested"] else []
    parts = [(WEIGHTS.get(a, 0.1), f"contested: {a}") for a in about]
    weakest = row.get("weakest_link")
    if weakest is not None and float(weakest) < 1.0:
        parts.append((1.0 - float(weakest), f"weakest link {float(weakest):.0%}"))
    return _doubt("incident", row, parts)


def _doubt(kind: str, row: Row, parts: list[tuple[float, str]]) -> Doubt:
    """Join doubts as independent ones."""
    left = 1.0
    for weight, _ in parts:
        left *= 1.0 - weight
    ranked = sorted(parts, key=lambda p: (-p[0], p[1]))
    return Doubt(kind=kind, id=str(row["id"]), doubt=round(1.0 - left, 3), why=tuple(w for _, w in ranked))


def write_doubts(tables: Mapping[str, pd.DataFrame], path: Path, most: int | None = None) -> int:
    """Write the table as UTF-8 CSV and return how many rows it has.

    Parameters
    ----------
    tables
        A project's tables.
    path
        The file; what was there is replaced.
    most
        How many rows at most; `None`: all.
    """
    project = Project(tables)
    points = {**_points(tables, "events"), **_points(tables, "incidents")}
    found = doubts(tables)[:most]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows(guarded(list(row)) for row in _rows(project, points, found))
    return len(found)


def _points(tables: Mapping[str, pd.DataFrame], layer: str) -> dict[str, tuple[float, float]]:
    """Return latitude and longitude by id."""
    table = tables[layer]
    shapes = getattr(table, "geometry", None)
    if shapes is None:
        return {}
    pairs = zip(table["id"], shapes, strict=True)
    return {str(i): (p.y, p.x) for i, p in pairs if p is not None and not p.is_empty}


def _rows(
    project: Project, points: Mapping[str, tuple[float, float]], found: list[Doubt]
) -> Iterator[tuple[Cell, ...]]:
    for d in found:
        event = d.kind == "event"
        row = (project.events if event else project.incidents)[d.id]
        key = project.key(d.id)
        lat, lon = points.get(d.id, (None, None))
        yield (
            d.kind,
            d.id,
            row["incident"] if event else d.id,
            d.doubt,
            "; ".join(d.why),
            row["title"],
            row["source"] if event else row["sources"],
            row.get("published"),
            row["sub_type"],
            row["date_from"],
            row["date_to"],
            row["place"],
            row["where_prec"],
            lat,
            lon,
            None if event else _range(row),
            row["quote"] if event else None,
            *[None] * len(DECIDED),
            key.write() if key else None,
        )


def _range(row: Row) -> str | None:
    low, high = row["killed_low"], row["killed_high"]
    if low is None and high is None:
        return None
    return f"{low}" if low == high else f"{low} to {high}"
