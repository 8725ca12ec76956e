"""Which pairs of events are worth comparing: those that share a block of space and time, or a rare word.

Blocks overlap by half, so that near neighbours meet in one. A block too full to compare everybody
with everybody compares each event with its next of kin by content; the pairs, and so the incidents,
never depend on the order of reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.incidents.columns import UNKNOWN_DAY, Bags, Columns, Ints

Keys = npt.NDArray[np.uint64]

FULL = 96
"""Events in a block up to which all pairs are compared."""
KIN = 24
"""Next of kin compared with each event of a fuller block."""
WIDE_KM = 30.0
LONG_DAYS = 10
MOST_WINDOWS = 6
RARE_WORDS = 16
"""Rarest words of a report by which its events are looked up within a season."""
TIMELESS_WORDS = 6
"""The rarest of them, by which they are looked up at any time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Size of the blocks of one family."""

    degrees: float
    """Side of a cell; `0`: the whole world."""
    days: int
    """Length of a window."""


FINE = Grid(degrees=0.5, days=6)
WIDE = Grid(degrees=8.0, days=6)
SEASON = Grid(degrees=0.0, days=60)


def pairs(table: Columns) -> tuple[Ints, Ints]:
    """Return the rows of each pair worth comparing, lower row first, every pair once, in order."""
    n = len(table)
    found = [np.zeros(0, np.uint64)]
    for rows, keys in _families(table):
        left, right = _within(table, rows, keys)
        found.append(np.unique(left.astype(np.uint64) * np.uint64(n) + right.astype(np.uint64)))
    codes = np.unique(np.concatenate(found))
    return (codes // np.uint64(n or 1)).astype(np.int64), (codes % np.uint64(n or 1)).astype(np.int64)


def _families(table: Columns) -> Iterator[tuple[Ints, Keys]]:
    everyone = np.arange(len(table))
    located = ~np.isnan(table.lat) & (table.first != UNKNOWN_DAY)
    wide = (table.radius_km > WIDE_KM) | (table.last - table.first > LONG_DAYS)
    yield _space_time(table, everyone[located & ~wide], FINE)
    if (located & wide).any():
        yield _space_time(table, everyone[located], WIDE)
    yield _by_words(table)


def _space_time(table: Columns, rows: Ints, grid: Grid) -> tuple[Ints, Keys]:
    cells = [(r, c) for r in (0.0, 0.5) for c in (0.0, 0.5)]
    found_rows, found_keys = [rows[:0]], [np.zeros(0, np.uint64)]
    for at, window in _windows(table.first[rows], table.last[rows], grid.days):
        for down, across in cells:
            row = np.floor(table.lat[rows[at]] / grid.degrees + down)
            column = np.floor(table.lon[rows[at]] / grid.degrees + across)
            mark = np.full(len(at), int(down * 4 + across * 2), np.int64)
            found_rows.append(rows[at])
            found_keys.append(_mixed(row.astype(np.int64), column.astype(np.int64), window, mark))
    return np.concatenate(found_rows), np.concatenate(found_keys)


def _windows(first: Ints, last: Ints, days: int) -> Iterator[tuple[Ints, Ints]]:
    """Yield which intervals reach which windows; windows start every half of their length."""
    half = days // 2
    start, end = first // half - 1, last // half
    for step in range(MOST_WINDOWS):
        at = np.flatnonzero(start + step <= end)
        if not len(at):
            return
        yield at, start[at] + step


def _by_words(table: Columns) -> tuple[Ints, Keys]:
    """Return a row and key for each event, rare word of its report or sentence, and season."""
    row, token, rank = _looked_up(table)
    found_rows, found_keys = [row[:0]], [np.zeros(0, np.uint64)]
    told = np.where(table.published != UNKNOWN_DAY, table.published, table.last)
    for mark, day in enumerate((told, table.first)):
        for at, window in _windows(day[row], day[row], SEASON.days):
            found_rows.append(row[at])
            found_keys.append(_mixed(token[at], window, np.full(len(at), mark)))
    ever = rank < TIMELESS_WORDS
    found_rows.append(row[ever])
    found_keys.append(_mixed(token[ever]))
    return np.concatenate(found_rows), np.concatenate(found_keys)


def _looked_up(table: Columns) -> tuple[Ints, Ints, Ints]:
    """Return row, token and rank of the words by which events are looked up."""
    parts = []
    for of, bags in ((table.report, table.report_words), (np.arange(len(table)), table.words)):
        row, token, rank = _rarest(bags)
        order = np.argsort(of, kind="stable")
        starts = np.searchsorted(of[order], row, "left")
        counts = np.searchsorted(of[order], row, "right") - starts
        at = (
            np.repeat(starts, counts)
            + np.arange(counts.sum())
            - np.repeat(np.cumsum(counts) - counts, counts)
        )
        parts.append((order[at], np.repeat(token.astype(np.int64), counts), np.repeat(rank, counts)))
    rows, tokens, ranks = zip(*parts, strict=True)
    return np.concatenate(rows), np.concatenate(tokens), np.concatenate(ranks)


def _rarest(bags: Bags) -> tuple[Ints, npt.NDArray[np.uint32], Ints]:
    """Return row, token and rank of the heaviest few tokens of every row."""
    row = np.repeat(np.arange(len(bags.starts) - 1), np.diff(bags.starts))
    order = np.lexsort((bags.tokens, -bags.weights, row))
    rank = np.arange(len(order)) - bags.starts[row[order]]
    kept = order[rank < RARE_WORDS]
    return row[kept], bags.tokens[kept], rank[rank < RARE_WORDS]


def _mixed(*parts: Ints) -> Keys:
    """Return one 64-bit key for several numbers (multiply and rotate, as hash functions do)."""
    key = np.full(len(parts[0]), 0x9E3779B97F4A7C15, np.uint64)
    for part in parts:
        key ^= part.astype(np.uint64)
        key *= np.uint64(0xBF58476D1CE4E5B9)
        key ^= key >> np.uint64(31)
    return key


def _within(table: Columns, rows: Ints, keys: Keys) -> tuple[Ints, Ints]:
    """Return the pairs of each block: all of them, or each with its next of kin in one too full."""
    order = np.lexsort((rows, table.first[rows], table.sub_type[rows], keys))
    rows, keys = rows[order], keys[order]
    new = (
        np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))
        if len(keys)
        else np.zeros(0, np.int64)
    )
    counts = np.diff(np.append(new, len(keys)))
    size = np.repeat(counts, counts)
    rest = np.repeat(new + counts, counts) - np.arange(len(keys)) - 1
    reach = np.where(size <= FULL, rest, np.minimum(rest, KIN))
    left = np.repeat(np.arange(len(keys)), reach)
    step = np.arange(len(left)) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    a, b = rows[left], rows[left + step]
    apart = a != b
    return np.minimum(a, b)[apart], np.maximum(a, b)[apart]
