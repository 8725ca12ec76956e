"""What the tests of `geo` share: the packaged gazetteer, and the seeds and gold reports coded once a run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from geo.mentions.text import Document, read_text
from geo.pipeline import code_all, link_all
from geo.places.refer import find_places
from geo.records import Coded, Event, Incident, PlaceRef, Report
from geo.reports import from_text, read

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"
GOLD = ROOT / "tests" / "gold"

Places = Callable[[str], tuple[PlaceRef, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """Reports coded and linked."""

    coded: tuple[Coded, ...]
    incidents: tuple[Incident, ...]

    @property
    def events(self) -> list[Event]:
        """Every event, by report."""
        return [e for c in self.coded for e in c.events]

    def of(self, source: str) -> Coded:
        """Return the report of a source."""
        return next(c for c in self.coded if c.report.source == source)


def coding(gazetteer: Gazetteer, path: Path) -> Coding:
    def fail(problem: object) -> None:
        raise AssertionError(str(problem))

    coded = tuple(code_all(gazetteer, read([path], on_problem=fail)))
    return Coding(coded=coded, incidents=tuple(link_all(coded)))


@pytest.fixture(scope="session")
def world() -> Gazetteer:
    return Gazetteer.open()


@pytest.fixture(scope="session")
def seeds(world: Gazetteer) -> Coding:
    return coding(world, SEEDS)


@pytest.fixture(scope="session")
def gold(world: Gazetteer) -> Coding:
    return coding(world, GOLD / "reports.jsonl")


@pytest.fixture(scope="session")
def places(world: Gazetteer) -> Places:
    """Find the places of a text."""
    return lambda text: find_places(world, document(text))


def document(text: str) -> Document:
    return read_text(report(text))


def report(text: str) -> Report:
    return from_text(text, source="The Test Courier")
