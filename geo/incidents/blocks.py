"""Which pairs of events are worth comparing: those that share a block of space and time, or two rare words.

Blocks of space and time overlap by half, so that near neighbours meet in one. A block too full to compare
everybody with everybody compares each event with its next of kin by content; the pairs, and so the
incidents, never depend on the order of reading. Blocks come in parts, so that memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from geo.incidents.columns import Bags, Columns, Ints
from geo.incidents.reading import UNKNOWN_DAY

Keys = npt.NDArray[np.uint64]
Marks = npt.NDArray[np.bool_]

FULL = 64
"""Events in a block up to which all pairs are compared; words in more reports are not rare."""
KIN = 24
"""Next of kin compared with each event of a fuller block of space and time."""
FEW_KIN = 8
"""The same for blocks of wide areas and long times."""
WIDE_KM = 30.0
LONG_DAYS = 10
MOST_WINDOWS = 6
RARE_WORDS = 10
"""Rarest words of a report, and of an event, by pairs of which it is looked up at any time and place."""
AT_ONCE = 8_000
"""Events for each part that is worked on at once; where towns are full, each is in hundreds of pairs."""
NO_TOKEN = 2**32
"""Stands where a row has no more tokens; no checksum is as large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Size of the blocks of one family."""

    degrees: float
    """Side of a cell."""
    days: int
    """Length of a window."""
    kin: int
    """Next of kin compared in a block that is too full."""


FINE = Grid(degrees=0.5, days=6, kin=KIN)
WIDE = Grid(degrees=8.0, days=6, kin=FEW_KIN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocks:
    """Some blocks, one after the other."""

    rows: Ints
    """Rows of the events, by block; in each in the order in which next of kin are neighbours."""
    counts: Ints
    """Events in each block."""
    kin: int
    """Next of kin compared in a block that is too full."""


Part = tuple[int, int]
"""One part of so many, into which the blocks are divided; each block lies in one of them."""


def blocks(table: Columns, only: Part | None = None) -> Iterator[Blocks]:
    """Yield all blocks, in parts small enough to be worked on at once; or those of one part only."""
    number = len(table) // AT_ONCE + 1 if only is None else only[1]
    located = ~np.isnan(table.lat) & (table.first != UNKNOWN_DAY)
    wide = (table.radius_km > WIDE_KM) | (table.last - table.first > LONG_DAYS)
    rare = ((table.report, _rarest(table.report_words)), (np.arange(len(table)), _rarest(table.words)))
    for part in range(number) if only is None else only[:1]:
        yield _sorted(table, *_space_time(table, located & ~wide, FINE, part, number), FINE.kin)
        if (located & wide).any():
            yield _sorted(table, *_space_time(table, located, WIDE, part, number), WIDE.kin)
        yield _sorted(table, *_by_words(rare, part, number), 0)


def parts(
    table: Columns, around: Marks | None = None, only: Part | None = None
) -> Iterator[tuple[Ints, Ints]]:
    """Yield the rows of the pairs worth comparing, in parts; lower row first, and each pair once in a part.

    Events of one report are no pair: the report itself keeps them apart.

    Parameters
    ----------
    table
        The events.
    around
        Marks rows; only the blocks in which one of them lies are read. `None`: all blocks.
    only
        Part of the blocks that is read; `None`: all.
    """
    for found in blocks(table, only):
        yield _pairs(table, found if around is None else _holding(found, around))


def disturbed(table: Columns, new: Marks) -> Marks:
    """Mark the events whose pairs change by new ones in blocks that are too full, or become so."""
    marks = np.zeros(len(table), np.bool_)
    for found in blocks(table):
        starts = np.cumsum(found.counts) - found.counts
        fresh = np.add.reduceat(new[found.rows].astype(np.int64), starts) if len(starts) else starts
        before = found.counts - fresh
        changed = (fresh > 0) & (found.counts > FULL) & ((before <= FULL) | (found.kin > 0))
        marks[found.rows[np.repeat(changed, found.counts)]] = True
    return marks


def _holding(found: Blocks, around: Marks) -> Blocks:
    """Return the blocks in which a marked row lies."""
    if not len(found.counts):
        return found
    starts = np.cumsum(found.counts) - found.counts
    held = np.logical_or.reduceat(around[found.rows], starts)
    return Blocks(rows=found.rows[np.repeat(held, found.counts)], counts=found.counts[held], kin=found.kin)


def _space_time(table: Columns, chosen: Marks, grid: Grid, part: int, number: int) -> tuple[Ints, Keys]:
    """Return row and key of each block an event lies in; parts go by time."""
    rows = np.flatnonzero(chosen)
    found_rows, found_keys = [rows[:0]], [np.zeros(0, np.uint64)]
    for at, window in _windows(table.first[rows], table.last[rows], grid.days):
        mine = window // MOST_WINDOWS % number == part
        row, time = rows[at[mine]], window[mine]
        for mark, (down, across) in enumerate([(0.0, 0.0), (0.0, 0.5), (0.5, 0.0), (0.5, 0.5)]):
            north = np.floor(table.lat[row] / grid.degrees + down).astype(np.int64)
            east = np.floor(table.lon[row] / grid.degrees + across).astype(np.int64)
            found_rows.append(row)
            found_keys.append(_mixed(north, east, time, np.full(len(row), mark)))
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


def _by_words(rare: tuple[tuple[Ints, Ints], ...], part: int, number: int) -> tuple[Ints, Keys]:
    """Return row and key of each two rare words of an event's report or sentences; parts go by word."""
    found_rows, found_keys = [np.zeros(0, np.int64)], [np.zeros(0, np.uint64)]
    for of, rarest in rare:
        for i, j in combinations(range(RARE_WORDS), 2):
            mine = (rarest[:, j] != NO_TOKEN) & (rarest[:, i] % number == part)
            rows = np.flatnonzero(mine[of])
            found_rows.append(rows)
            found_keys.append(_mixed(rarest[of[rows], i], rarest[of[rows], j]))
    return np.concatenate(found_rows), np.concatenate(found_keys)


def _rarest(bags: Bags) -> Ints:
    """Return the heaviest few tokens of every row in ascending order, a column each."""
    row = np.repeat(np.arange(len(bags.starts) - 1), np.diff(bags.starts))
    order = np.lexsort((bags.tokens, -bags.weights, row))
    rank = np.arange(len(order)) - bags.starts[row[order]]
    kept = rank < RARE_WORDS
    found = np.full((len(bags.starts) - 1, RARE_WORDS), NO_TOKEN, np.int64)
    found[row[order[kept]], rank[kept]] = bags.tokens[order[kept]]
    found.sort(axis=1)
    return found


def _mixed(*parts: Ints) -> Keys:
    """Return one 64-bit key for several numbers (multiply and shift, as hash functions do)."""
    key = np.full(len(parts[0]), 0x9E3779B97F4A7C15, np.uint64)
    for part in parts:
        key ^= part.astype(np.uint64)
        key *= np.uint64(0xBF58476D1CE4E5B9)
        key ^= key >> np.uint64(31)
    return key


def _sorted(table: Columns, rows: Ints, keys: Keys, kin: int) -> Blocks:
    order = np.lexsort((rows, table.first[rows], table.sub_type[rows], keys))
    keys = keys[order]
    edges = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1], [True]]))
    return Blocks(rows=rows[order], counts=np.diff(edges) if len(keys) else edges[:0], kin=kin)


def _pairs(table: Columns, found: Blocks) -> tuple[Ints, Ints]:
    """Return the pairs of each block: all of them, or each event with its next of kin in one too full."""
    rows, counts = found.rows, found.counts
    rest = np.repeat(np.cumsum(counts), counts) - np.arange(len(rows)) - 1
    reach = np.where(np.repeat(counts, counts) <= FULL, rest, np.minimum(rest, found.kin))
    left = np.repeat(np.arange(len(rows)), reach)
    step = np.arange(len(left)) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    return _once(table, rows[left], rows[left + step])


def _once(table: Columns, a: Ints, b: Ints) -> tuple[Ints, Ints]:
    """Return each pair once, lower row first, without those of one report."""
    apart = table.report[a] != table.report[b]
    n = np.uint64(len(table) or 1)
    low, high = np.minimum(a, b)[apart].astype(np.uint64), np.maximum(a, b)[apart].astype(np.uint64)
    codes = np.unique(low * n + high)
    return (codes // n).astype(np.int64), (codes % n).astype(np.int64)
