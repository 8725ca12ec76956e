"""Which events are one incident: compared in blocks, scored in pairs, grouped without chains."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import numpy as np

from geo.incidents.blocks import pairs
from geo.incidents.clusters import clusters
from geo.incidents.columns import Columns, Floats, Ints, columns
from geo.incidents.model import reasons, score
from geo.records import Event, Link, Report

ALL_PAIRS = 6
"""Versions of an incident up to which every pair's reasons are told; beyond it each version's best link."""


def link(reports: Mapping[str, Report], events: Iterable[Event]) -> tuple[list[list[str]], list[Link]]:
    """Return groups of event ids that are one incident, and the links with their reasons.

    Parameters
    ----------
    reports
        Reports by id.
    events
        Events of these reports, in any order.

    Returns
    -------
    tuple
        Groups, each sorted, in order of their first id; links inside the groups.
    """
    table = columns(reports, {e.id: e for e in events}.values())
    left, right = pairs(table)
    scores = score(table, left, right)
    groups = clusters(len(table), left, right, scores)
    return [[table.ids[i] for i in g] for g in groups], _links(table, groups, left, right, scores)


def _links(table: Columns, groups: list[list[int]], left: Ints, right: Ints, scores: Floats) -> list[Link]:
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
        Link(left=table.ids[a], right=table.ids[b], score=belief(s), reason=str(r)) for a, b, s, r in rows
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
