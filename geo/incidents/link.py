"""Which events are one incident: compared in blocks, scored in pairs, grouped without chains."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from types import MappingProxyType

import numpy as np

from geo.incidents.blocks import Marks, disturbed
from geo.incidents.clusters import Members, clusters
from geo.incidents.columns import Columns, Floats, Ints
from geo.incidents.model import Scored, compare, reasons
from geo.records import Link

ALL_PAIRS = 6
"""Versions of an incident up to which every pair's reasons are told; beyond it each version's best link."""


DECIDED = 1e6
"""Log-odds of what somebody has decided: more than all words together."""
BY_HAND = "joined by hand"
Decided = Mapping[tuple[str, str], bool]
NOTHING: Decided = MappingProxyType({})
Linked = tuple[list[list[str]], list[Link]]


def link(table: Columns, decided: Decided = NOTHING) -> Linked:
    """Return groups of event ids that are one incident, and the links with their reasons.

    Groups are sorted, in order of their first id; a link joins two events of a group.

    Parameters
    ----------
    table
        All events.
    decided
        Pairs of event ids, lower first, that somebody has decided on: one incident or two.
    """
    return link_scored(table, compare(table), decided)


def link_scored(table: Columns, found: Scored, decided: Decided = NOTHING) -> Linked:
    """Return what `link` does, once all pairs are compared."""
    return _linked(table, np.arange(len(table)), _with(table, found, decided))


def link_around(table: Columns, new: Collection[str], decided: Decided = NOTHING) -> Linked:
    """Return the groups that `link` would return, but only those that new events can touch.

    An event can touch those it speaks for an incident with, whomever these speak for, and so on; and those
    whose comparisons it crowds out of a block that is full.

    Parameters
    ----------
    table
        All events, old and new.
    new
        Ids of the new events, and of those on which something new was decided.
    decided
        As for `link`.
    """
    fresh = np.fromiter((i in new for i in table.ids), np.bool_, len(table))
    reached = fresh | disturbed(table, fresh)
    while True:
        found = _with(table, compare(table, around=reached), decided)
        bond = found.scores > 0
        left, right = found.left[bond], found.right[bond]
        more = reached.copy()
        more[right[reached[left]]] = True
        more[left[reached[right]]] = True
        if (more == reached).all():
            return _linked(table, np.flatnonzero(reached), _inside(found, reached))
        reached = more


def _with(table: Columns, found: Scored, decided: Decided) -> Scored:
    """Put what was decided in the place of scores."""
    row = {identity: i for i, identity in enumerate(table.ids)} if decided else {}
    kept = {
        row[a] * len(table) + row[b]: DECIDED if one else -DECIDED
        for (a, b), one in sorted(decided.items())
        if a in row and b in row
    }
    if not kept:
        return found
    codes = found.left * len(table) + found.right
    free = ~np.isin(codes, list(kept))
    every = np.concatenate([codes[free], list(kept)])
    scores = np.concatenate([found.scores[free], list(kept.values())])
    order = np.argsort(every)
    every = every[order].astype(np.int64)
    return Scored(left=every // len(table), right=every % len(table), scores=scores[order])


def _inside(found: Scored, chosen: Marks) -> Scored:
    both = chosen[found.left] & chosen[found.right]
    return Scored(left=found.left[both], right=found.right[both], scores=found.scores[both])


def _linked(table: Columns, rows: Ints, found: Scored) -> Linked:
    """Group some rows, all of whose pairs are given."""
    place = np.zeros(len(table), np.int64)
    place[rows] = np.arange(len(rows))
    groups = [
        rows[g].tolist()
        for g in clusters(
            Members(report=table.report[rows], dataset=table.dataset[rows]),
            place[found.left],
            place[found.right],
            found.scores,
        )
    ]
    return [[table.ids[i] for i in g] for g in groups], _links(table, groups, found)


def _links(table: Columns, groups: list[list[int]], found: Scored) -> list[Link]:
    left, right, scores = found.left, found.right, found.scores
    group = np.zeros(len(table), np.int64)
    size = np.zeros(len(table), np.int64)
    for number, g in enumerate(groups):
        group[g], size[g] = number, len(g)
    told = (group[left] == group[right]) if len(left) else np.zeros(0, np.bool_)
    told[told] &= (size[left[told]] <= ALL_PAIRS) | _best(left[told], right[told], scores[told])
    left, right, scores = left[told], right[told], scores[told]
    why = reasons(table, left, right)
    rows = zip(left.tolist(), right.tolist(), scores.tolist(), why, strict=True)
    return [
        Link(left=table.ids[a], right=table.ids[b], score=belief(s), reason=BY_HAND if s >= DECIDED else r)
        for a, b, s, r in rows
    ]


def _best(left: Ints, right: Ints, scores: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Mark the best link of each event."""
    order = np.argsort(-scores, kind="stable")
    found = np.zeros(len(left), np.bool_)
    for side in (left, right):
        _, first = np.unique(side[order], return_index=True)
        found[order[first]] = True
    return found


def belief(log_odds: float) -> float:
    """Return the probability of log-odds, in three digits."""
    return round(1 / (1 + math.exp(-max(-50.0, min(50.0, log_odds)))), 3)
