"""Reports: what the page tells of the text behind a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps.columns import MISSING, Frame, positions
from maps.pack import dictionary, integers, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from maps.arrange import View

Array = NDArray[Any]

_SCHEME = len("https://")
_TOLD = {"id": "report", "source": "source", "title": "title", "published": "published", "url": "url"}
"""What a version tells of a report that has no row of its own, by column of the reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """The reports that some version was read from, in the order of the versions."""

    frame: Frame
    """The reports as given."""
    events: View
    """The versions."""
    row: Array
    """Row of each report in its table; -1: only a version tells of it."""
    first: Array
    """First version read from each report."""
    of_event: Array
    """Each version's report; `MISSING`: not told."""

    @classmethod
    def of(cls, frame: Frame, events: View) -> Reports:
        """Take the reports that versions name."""
        import pandas as pd

        numbers, named = pd.factorize(events["report"])
        first = np.flatnonzero((numbers >= 0) & ~pd.Series(numbers).duplicated().to_numpy())
        return cls(
            frame=frame,
            events=events,
            row=positions(np.asarray(named, dtype=object), frame["id"]),
            first=first,
            of_event=np.where(numbers < 0, MISSING, numbers),
        )

    def take(self, column: str, rows: slice = slice(None)) -> Array:
        """Give a column of the reports; what a report lacks is taken from its first version."""
        wanted = self.row[rows]
        if (wanted >= 0).all():
            return self.frame.take(column, wanted)
        found = (
            self.frame.take(column, np.maximum(wanted, 0))
            if self.frame.rows
            else self._missing(column, wanted)
        )
        if column in _TOLD:
            lone = np.flatnonzero(wanted < 0)
            told = self.events.frame.take(_TOLD[column], self.events.order[self.first[rows][lone]])
            found[lone] = told
        else:
            found[wanted < 0] = self._missing(column, wanted[:1])[0]
        return found

    def _missing(self, column: str, rows: Array) -> Array:
        dates = self.frame.known[column].kind == "date"
        return np.full(len(rows), MISSING if dates else None, dtype=np.int64 if dates else object)

    def head(self) -> dict[str, Any]:
        """Pack what the list and the marks need."""
        copied = positions(self.take("copy_of"), self.take("id"))
        return {
            "rows": len(self.row),
            "published": integers(self.take("published")),
            "precision": dictionary(self.take("published_precision")),
            "language": dictionary(self.take("language")),
            "source": dictionary(self.take("source")),
            "copied": integers(np.where(copied < 0, MISSING, copied)),
        }

    def lines(self, rows: slice) -> list[Any]:
        """Give reports as rows for the page: `(title, address, notes)`, short of what is missing."""
        addresses = map(safe_address, self.take("url", rows))
        cells = zip(self.take("title", rows), addresses, self.take("notes", rows), strict=True)
        return [trimmed(row) for row in cells]

    def ids_of_events(self) -> Iterator[str]:
        """Give the report's id for each version ('' where none is told)."""
        return (name or "" for name in self.events["report"])


def safe_address(url: str | None) -> str | None:
    """Keep http and https addresses only; anything else could run."""
    return url if url and url[:_SCHEME].lower().startswith(("http://", "https://")) else None
