"""Claims, gathered under the version they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps.columns import MISSING, Frame, positions
from maps.pack import codes, sets, trimmed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Array = NDArray[Any]

MEASURES = ("killed", "injured", "missing", "captured", "displaced", "participants")
BOUNDS = ("exact", "at least", "at most", "about", "vague", "none")
ITSELF = ""
"""Stands for the report as its own claimant; the page has the word for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claims:
    """Claims sorted by version; within a version as given."""

    frame: Frame
    """The claims as given."""
    order: Array
    """Row of the table for each claim drawn."""
    names: list[str]
    """Claimants, the most frequent first; `ITSELF` where the report itself says it."""
    claimant: Array
    """Each claim's claimant among `names`."""
    event: Array
    """Row of each claim's version."""
    starts: Array
    """First claim of each version, and one past the last."""

    @classmethod
    def sorted_by(cls, frame: Frame, events: Array) -> Claims:
        """Sort claims by the rows of their versions; a claim of no known version is left out."""
        parents = positions(frame["event"], events)
        order = np.argsort(parents, kind="stable")
        order = order[parents[order] >= 0]
        names, numbers = codes(
            np.array([name or ITSELF for name in frame.take("claimant", order)], dtype=object)
        )
        return cls(
            frame=frame,
            order=order,
            names=names,
            claimant=numbers,
            event=parents[order],
            starts=np.searchsorted(parents[order], np.arange(len(events) + 1)),
        )

    def head(self) -> dict[str, Any]:
        """Give the dictionaries which the text lines point into."""
        return {"names": self.names, "measures": MEASURES, "bounds": BOUNDS}

    def parents(self) -> Iterator[tuple[str, int]]:
        """Give each claim's id with the row of its version."""
        return zip(self.frame.take("id", self.order), self.event.tolist(), strict=True)

    def facet(self) -> dict[str, Any]:
        """Pack the claimants of each version as a set."""
        claimant = self.claimant.tolist()
        seen: dict[tuple[int, ...], int] = {}
        numbers = [
            seen.setdefault(
                tuple(sorted(set(claimant[a:b]))) if b - a > 1 else tuple(claimant[a:b]), len(seen)
            )
            for a, b in pairwise(self.starts.tolist())
        ]
        return sets([[self.names[k] for k in members] for members in seen], np.array(numbers, dtype=np.int64))

    def lines(self, start: int, stop: int, quotes: Array) -> list[list[Sequence[Any]]]:
        """Give the claims of versions `start` to `stop`, whose quotes are given, as rows by version.

        `(measure, low, high, bound, claimant, flags, quote, of whom, words, through whom, reason)`;
        flags: 1 denied, 2 superseded, 4 cumulative; quote 0: the version's own sentence; what is
        missing at the end is left out.
        """
        edges = self.starts[start : stop + 1].tolist()
        part = slice(edges[0], edges[-1])
        own = quotes[self.event[part] - start]
        cells = zip(
            _position(self._take("measure", part), MEASURES),
            _optional(self._take("low", part)),
            _optional(self._take("high", part)),
            _position(self._take("bound", part), BOUNDS),
            self.claimant[part].tolist(),
            self._flags(part),
            (
                0 if quote == said else quote
                for quote, said in zip(self._take("quote", part), own, strict=True)
            ),
            *(self._take(name, part) for name in ("of", "words", "via", "reason")),
            strict=True,
        )
        short = map(trimmed, cells)
        return [list(islice(short, b - a)) for a, b in pairwise(edges)]

    def _take(self, column: str, part: slice) -> Array:
        return self.frame.take(column, self.order[part])

    def _flags(self, part: slice) -> list[int]:
        denied, superseded, cumulative = (
            self._take(name, part).astype(np.int64) for name in ("denied", "superseded", "cumulative")
        )
        found: list[int] = (denied + 2 * superseded + 4 * cumulative).tolist()
        return found


def _position(values: Array, known: tuple[str, ...]) -> list[int | str]:
    """Give the number of what is known; a stranger keeps its own word."""
    place = {name: k for k, name in enumerate(known)}
    return [place.get(value, value or "") for value in values]


def _optional(values: Array) -> list[int | None]:
    return [None if value == MISSING else value for value in values.tolist()]
