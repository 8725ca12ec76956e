"""Reports that repeat another's text: syndicated copies, which are no further source of facts.

A text is cut into runs of eight words that start at words chosen by their checksum, so that equal
passages give equal runs wherever they stand. A report is a copy of an earlier one that holds most of
its runs; what adds much of its own is none.
"""

from __future__ import annotations

import sys
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from hashlib import blake2b
from typing import NamedTuple
from zlib import crc32

import numpy as np

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


class Passages(NamedTuple):
    """What tells copies apart, read from one report alone."""

    report: str
    """Id of the report."""
    day: str
    """Day of publication, ISO 8601; the last of all days where it is unknown."""
    words: int
    """Checksum of its text without white space and case; 0: no text that another could repeat."""
    runs: tuple[int, ...]
    """Checksums of its runs, ascending, each once."""


def passages(report: Report) -> Passages:
    """Read what tells a report's copies; an empty text and the rows of a dataset are copies of nothing."""
    whole = "" if report.dataset else "".join(report.text.split()).casefold()
    return Passages(
        report=report.id,
        day=(report.published.first or date.max).isoformat(),
        words=_whole(whole) if whole else 0,
        runs=tuple(sorted(set(_runs(report)))) if whole else (),
    )


def _whole(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def copies(reports: Mapping[str, Report]) -> dict[str, str]:
    """Return the original's id for each report that repeats it; the order of the reports does not matter.

    The original is the earliest by day of publication, then by id; it is never a copy itself.
    """
    return originals(map(passages, reports.values()))


def originals(found: Iterable[Passages]) -> dict[str, str]:
    """Return what `copies` does, of reports that are read one by one: a few bytes a run are kept."""
    kept = _Kept()
    for item in found:
        kept.add(item)
    shared = kept.shared()
    first: dict[int, str] = {}
    holders: dict[int, list[str]] = defaultdict(list)
    copied: dict[str, str] = {}
    for row in sorted(range(len(kept.ids)), key=lambda i: (kept.days[i], kept.ids[i])):
        identity = kept.ids[row]
        original = first.setdefault(kept.words[row], identity) if kept.words[row] else identity
        common = shared(row)
        if original == identity:
            original = _original(kept.size(row), common, holders) or identity
        if original != identity:
            copied[identity] = copied.get(original, original)
            continue
        for run in common:
            if len(holders[run]) <= COMMON:
                holders[run].append(identity)
    return copied


class _Kept:
    """Passages of many reports in a few arrays."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.days: list[str] = []
        self.words = array("Q")
        self._runs = array("I")
        self._starts = array("q", [0])

    def add(self, found: Passages) -> None:
        self.ids.append(found.report)
        self.days.append(sys.intern(found.day))
        self.words.append(found.words)
        self._runs.extend(found.runs)
        self._starts.append(len(self._runs))

    def size(self, row: int) -> int:
        """Count the runs of a report."""
        return self._starts[row + 1] - self._starts[row]

    def shared(self) -> Callable[[int], list[int]]:
        """Give what returns those runs of a report that another report has too: few, in most news."""
        runs = np.array(self._runs, np.uint32)
        order = np.argsort(runs, kind="stable")
        same = runs[order[1:]] == runs[order[:-1]]
        twice = np.zeros(len(runs), np.bool_)
        twice[order[1:][same]] = True
        twice[order[:-1][same]] = True

        def of(row: int) -> list[int]:
            part = slice(self._starts[row], self._starts[row + 1])
            found: list[int] = runs[part][twice[part]].tolist()
            return found

        return of


def _words(report: Report) -> list[str]:
    return [fold(w) for w in WORD.findall(told(report))]


def _runs(report: Report) -> list[int]:
    words = _words(report)
    starts = range(max(0, len(words) - RUN + 1))
    return [_sum(" ".join(words[i : i + RUN])) for i in starts if _sum(words[i]) % ONE_IN == 0]


def _sum(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


def _original(size: int, runs: list[int], holders: Mapping[int, list[str]]) -> str | None:
    if size < LEAST_RUNS:
        return None
    shared = Counter(holder for run in runs for holder in _few(holders.get(run, [])))
    if not shared:
        return None
    best = min(shared, key=lambda holder: (-shared[holder], holder))
    return best if shared[best] >= SHARE * size else None


def _few(holders: list[str]) -> list[str]:
    return holders if len(holders) <= COMMON else []
