"""A project's tables made anew from coded reports, with the corrections it keeps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from geo.records import Coded
from geo.review.corrections import Correction
from geo.review.settle import Settled, settle
from geo.review.store import recalled, stored
from geo.tables import tables
from geo.tables.rows import joined
from geo.tables.schema import typed

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewed:
    """Tables ready to be written, and what they were made from."""

    tables: dict[str, pd.DataFrame]
    """Every table of the project."""
    settled: Settled
    """Corrected reports and incidents, and the corrections that do not fit."""


def renewed(
    before: Mapping[str, pd.DataFrame],
    coded: Sequence[Coded],
    imported: Sequence[Any] = (),
    corrections: Sequence[Correction] | None = None,
) -> Renewed:
    """Apply a project's corrections to its reports coded anew, link them and make its tables.

    Parameters
    ----------
    before
        The project's tables; their corrections are applied and kept.
    coded
        All its reports, old and new, as coded.
    imported
        Rows of imported tables, as `geo.tables.tables` takes them.
    corrections
        To be kept in place of those of the project; `None`: those of the project.
    """
    kept = recalled(before) if corrections is None else list(corrections)
    settled = settle(coded, kept)
    made = tables(settled.coded, settled.incidents, imported)
    incident_of = {event: i.id for i in settled.incidents for event in i.events}
    now = [_said_of(c, settled.placed.get(c.identity), incident_of) for c in kept]
    for layer in ("events", "incidents"):
        made[layer]["corrected"] = typed("text", _marks(made[layer]["id"], now, incident_of))
    return Renewed(tables={**before, **made, "corrections": stored(now)}, settled=settled)


def _said_of(correction: Correction, event: str | None, incident_of: Mapping[str, str]) -> Correction:
    """Return a correction under the id that its event or incident has now."""
    found = incident_of.get(event or "") if correction.target == "incident" else event
    return replace(correction, id=found or correction.id)


def _marks(
    ids: Iterable[str], corrections: Iterable[Correction], incident_of: Mapping[str, str]
) -> list[str | None]:
    """Return what was corrected in each record; an incident bears the marks of its versions too."""
    found: dict[str, dict[str, None]] = {}
    for correction in corrections:
        for identity in (correction.id, incident_of.get(correction.id, "")):
            found.setdefault(identity, {})[correction.field] = None
    return [joined(sorted(found.get(identity, ()))) for identity in ids]
