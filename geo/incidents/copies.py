"""Reports that repeat another's text: syndicated copies, which are no further source of facts.

A text is cut into runs of eight words that start at words chosen by their checksum, so that equal
passages give equal runs wherever they stand. A report is a copy of an earlier one that holds most of
its runs; what adds much of its own is none.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date
from zlib import crc32

from geo.incidents.reading import told
from geo.incidents.words import WORD, fold
from geo.records import Report

RUN = 8
"""Words in a run."""
ONE_IN = 4
"""A run starts at one word of so many."""
LEAST_RUNS = 5
"""A text with fewer runs is a copy only where it is the same word for word."""
SHARE = 0.7
"""Share of a report's runs that another must hold."""
COMMON = 40
"""A run in more reports is a formula, not a copied passage."""


def copies(reports: Mapping[str, Report]) -> dict[str, str]:
    """Return the original's id for each report that repeats it; the order of the reports does not matter.

    The original is the earliest by day of publication, then by id; it is never a copy itself.
    """
    order = sorted(reports.values(), key=lambda r: (r.published.first or date.max, r.id))
    runs = {r.id: frozenset(_runs(r)) for r in order}
    same = _same_words(order)
    holders: dict[int, list[str]] = defaultdict(list)
    found: dict[str, str] = {}
    for report in order:
        original = same.get(report.id) or _original(runs[report.id], holders)
        if original is not None:
            found[report.id] = found.get(original, original)
            continue
        for run in runs[report.id]:
            if len(holders[run]) <= COMMON:
                holders[run].append(report.id)
    return found


def _words(report: Report) -> list[str]:
    return [fold(w) for w in WORD.findall(told(report))]


def _runs(report: Report) -> list[int]:
    words = _words(report)
    starts = range(max(0, len(words) - RUN + 1))
    return [_sum(" ".join(words[i : i + RUN])) for i in starts if _sum(words[i]) % ONE_IN == 0]


def _sum(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _same_words(order: list[Report]) -> dict[str, str]:
    first: dict[str, str] = {}
    found = {}
    for report in order:
        original = first.setdefault("".join(report.text.split()).casefold(), report.id)
        if original != report.id:
            found[report.id] = original
    return found


def _original(runs: frozenset[int], holders: Mapping[int, list[str]]) -> str | None:
    if len(runs) < LEAST_RUNS:
        return None
    shared = Counter(holder for run in runs for holder in _few(holders.get(run, [])))
    if not shared:
        return None
    best = min(shared, key=lambda holder: (-shared[holder], holder))
    return best if shared[best] >= SHARE * len(runs) else None


def _few(holders: list[str]) -> list[str]:
    return holders if len(holders) <= COMMON else []
