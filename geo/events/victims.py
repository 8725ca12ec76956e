"""A figure of people with what it counts, and of whom."""

from __future__ import annotations

from dataclasses import dataclass

from geo.actors import registry
from geo.events.reading import Reading
from geo.records import Count, Measure


@dataclass(frozen=True, slots=True, kw_only=True)
class Victims:
    """A figure of people with what it counts."""

    measure: Measure
    count: Count
    of: str | None
    """Category of people, or `None`."""
    first: int
    """First token."""
    last: int
    """Last token."""
    old: bool
    """The sentence itself calls it an earlier figure."""
    part: bool
    """A part of the figure before it ("39 of them children")."""
    reason: str


def category(reading: Reading, first: int, last: int) -> str | None:
    """Return of whom the figure speaks: the last head noun with a category wins."""
    found = None
    for i in range(max(0, first), min(last + 1, len(reading.tokens))):
        d = registry().descriptor(reading.low(i))
        if d and d.of:
            found = d.of
    return found
