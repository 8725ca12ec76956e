"""Stretches of a text that do not overlap, in order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def overlaps(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Tell whether a stretch shares a code point with one of some ordered, disjoint ones."""
    at = bisect_left(spans, (end,))
    return at > 0 and spans[at - 1][1] > start
