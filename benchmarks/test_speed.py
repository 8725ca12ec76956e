"""Speed of each stage on the project's own reports, to be compared from commit to commit.

pytest benchmarks/test_speed.py --benchmark-timer=time.process_time --benchmark-autosave
pytest benchmarks/test_speed.py --benchmark-timer=time.process_time --benchmark-compare
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from geo import pipeline, reports
from geo.events.assemble import find_events
from geo.mentions.dates import find_dates
from geo.mentions.text import Document, read_text
from geo.places.refer import find_places
from geo.records import Report

if TYPE_CHECKING:
    from pytest_benchmark.fixture import BenchmarkFixture

ROOT = Path(__file__).resolve().parents[1]
FILES = ("gold/reports.jsonl", "gold_dev/reports_a.jsonl", "gold_dev/reports_b.jsonl")
Measure = Callable[[Callable[[Report], object]], None]


@pytest.fixture(scope="module")
def names() -> Gazetteer:
    """Open the packaged gazetteer."""
    return Gazetteer.open()


@pytest.fixture(scope="module")
def read() -> Sequence[Report]:
    """Read the gold and the development reports."""
    return list(reports.read([str(ROOT / "tests" / file) for file in FILES], on_problem=print))


@pytest.fixture
def measured(benchmark: BenchmarkFixture, read: Sequence[Report]) -> Measure:
    """Measure a stage over all reports; a first round fills the caches."""

    def over_all(stage: Callable[[Report], object]) -> None:
        benchmark.pedantic(lambda: [stage(r) for r in read], warmup_rounds=1, rounds=5)

    return over_all


def test_sentences_and_tokens(measured: Measure) -> None:
    """Cut reports into sentences and these into tokens."""
    measured(lambda r: [len(s.tokens) for s in read_text(r).sentences])


def test_dates(measured: Measure, read: Sequence[Report]) -> None:
    """Find the dates of texts that are cut."""
    cut = documents(read)
    measured(lambda r: find_dates(cut[r.id]))


def test_places(measured: Measure, read: Sequence[Report], names: Gazetteer) -> None:
    """Find and decide the places of texts that are cut."""
    cut = documents(read)
    measured(lambda r: find_places(names, cut[r.id]))


def test_events(measured: Measure, read: Sequence[Report], names: Gazetteer) -> None:
    """Read events and claims where places and dates are known."""
    cut = documents(read)
    known = {r.id: (find_places(names, cut[r.id]), find_dates(cut[r.id])) for r in read}
    measured(lambda r: find_events(cut[r.id], *known[r.id]))


def test_whole_coding(measured: Measure, names: Gazetteer) -> None:
    """Code reports from text to events."""
    measured(lambda r: pipeline.code(names, r))


def documents(read: Sequence[Report]) -> dict[str, Document]:
    """Cut every report."""
    return {r.id: read_text(r) for r in read}
