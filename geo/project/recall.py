"""Reports out of a project again, so that a project can be coded anew without its sources."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from geo.records import Report, When
from geo.reports import from_text

if TYPE_CHECKING:
    from datetime import date

    import pandas as pd


def recalled(tables: Mapping[str, pd.DataFrame]) -> Iterator[Report]:
    """Yield the reports that a project keeps, with ids, sources and dates as they were read.

    The rows of imported tables are no reports of its own.
    """
    foreign = set(tables["imported"]["report"]) if "imported" in tables else set()
    frame = tables["reports"].astype(object)
    frame = frame[~frame["id"].isin(foreign)]
    for row in frame.where(frame.notna(), None).to_dict("records"):
        report = from_text(
            row["text"], source=row["source"], title=row["title"], url=row["url"], id=row["id"]
        )
        yield replace(
            report,
            published=_published(row),
            language=row["language"],
            origin=row["origin"],
            notes=tuple((row["notes"] or "").split("; ")) if row["notes"] else (),
        )


def _published(row: Mapping[Any, Any]) -> When:
    day = row["published"]
    if day is None:
        return When()
    first: date = day.date()
    precision = row["published_precision"]
    last = (
        first.replace(day=calendar.monthrange(first.year, first.month)[1])
        if precision == "month"
        else first.replace(month=12, day=31)
        if precision == "year"
        else first
    )
    return When(first=first, last=last, precision=precision)
