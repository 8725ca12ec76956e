"""Corrections as rows of the project's `corrections` table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from geo.errors import ProjectError
from geo.review.corrections import FIELDS, Correction, CorrectionError, read_key
from geo.review.rows import plain_rows
from geo.review.values import shown
from geo.tables.schema import frame

if TYPE_CHECKING:
    import pandas as pd

UNDO = "-"
"""Value that takes a correction back."""


def stored(corrections: Iterable[Correction]) -> pd.DataFrame:
    """Make the `corrections` table, in order of the ids."""
    rows = [_row(c) for c in sorted(corrections, key=lambda c: c.identity)]
    return frame("corrections", rows)


def _row(c: Correction) -> dict[str, Any]:
    kept = {"target": c.target, "event": json.loads(c.key.write()), "value": c.value}
    return {
        "id": c.identity,
        "target": c.id,
        "field": c.field,
        "value": shown(c.field, c.value),
        "author": c.author,
        "at": c.at.astimezone(UTC).replace(tzinfo=None) if c.at else None,
        "note": c.note,
        "key": json.dumps(kept, ensure_ascii=False, sort_keys=True),
    }


def recalled(tables: Mapping[str, pd.DataFrame]) -> list[Correction]:
    """Return the corrections that a project keeps.

    Raises
    ------
    ProjectError
        A row of the table is none; the message names it.
    """
    if "corrections" not in tables:
        return []
    found = []
    for row in plain_rows(tables, "corrections"):
        try:
            found.append(_correction({k: None if v is None else str(v) for k, v in row.items()}))
        except (CorrectionError, ValueError, KeyError, TypeError) as fault:
            raise ProjectError(
                f"corrections, row {row.get('id')}: {fault}; delete the row, or apply the review again."
            ) from fault
    return found


def _correction(row: Mapping[str, str | None]) -> Correction:
    whole = json.loads(row["key"] or "")
    field, target = row["field"] or "", whole["target"]
    if field not in FIELDS or target not in {"event", "incident"}:
        raise CorrectionError(f"{field!r} of {target!r} cannot be corrected")
    at = row["at"]
    return Correction(
        target=target,
        id=row["target"] or "",
        key=read_key(json.dumps(whole["event"])),
        field=field,  # type: ignore[arg-type]
        value=whole["value"],
        author=row["author"],
        at=datetime.fromisoformat(at.removesuffix("Z")).replace(tzinfo=UTC) if at else None,
        note=row["note"],
    )


def merged(old: Sequence[Correction], new: Iterable[Correction]) -> list[Correction]:
    """Return old and new corrections; a new one replaces the old of its event and field, or undoes it."""
    found = {c.identity: c for c in old}
    for correction in new:
        if correction.value == UNDO:
            found.pop(correction.identity, None)
        else:
            found[correction.identity] = correction
    return [found[k] for k in sorted(found)]
