"""Processes code what one does, in its order; one that dies or fails costs nothing but its own report."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from gazetteer import Gazetteer
from geo import pipeline
from geo.pipeline import code
from geo.records import Coded, Report
from geo.reports import read
from geo.runs import crew
from geo.runs.crew import Alone, Crew, Result, tasks
from geo.runs.packed import packed
from tests.geo.conftest import GOLD

POISON = 7


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return list(read([GOLD / "reports.jsonl"], on_problem=lambda _: None))[:20]


@pytest.fixture(scope="module")
def expected(world: Gazetteer, reports: list[Report]) -> list[Result]:
    return [result for _, result in Alone(world).coded(tasks(reports))]


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "BATCH_REPORTS", 3)


def coded(reports: list[Report], deaths: list[int]) -> Iterator[tuple[int, Result]]:
    with Crew(None, 2, deaths.append) as many:
        for task, result in many.coded(tasks(reports)):
            assert task.report is reports[task.place]
            yield task.place, result


def test_gives_what_one_process_gives_in_its_order(reports: list[Report], expected: list[Result]) -> None:
    deaths: list[int] = []
    assert list(coded(reports, deaths)) == list(enumerate(expected))
    assert deaths == []


def test_a_process_that_dies_loses_no_report(
    reports: list[Report], expected: list[Result], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies_once(gazetteer: Gazetteer, report: Report) -> Coded:
        if report.id == reports[POISON].id and not (tmp_path / "died").exists():
            (tmp_path / "died").touch()
            os._exit(9)
        return code(gazetteer, report)

    monkeypatch.setattr(pipeline, "code", dies_once)
    deaths: list[int] = []
    assert list(coded(reports, deaths)) == list(enumerate(expected))
    assert len(deaths) == 1
    assert (tmp_path / "died").exists()


def test_a_report_that_kills_each_time_is_given_up_alone(
    reports: list[Report], expected: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(gazetteer: Gazetteer, report: Report) -> Coded:
        if report.id == reports[POISON].id:
            os._exit(9)
        return code(gazetteer, report)

    monkeypatch.setattr(pipeline, "code", dies)
    found = dict(coded(reports, []))
    given_up(found.pop(POISON), reports[POISON], "the process that read it died each time")
    assert found == {place: kept for place, kept in enumerate(expected) if place != POISON}


def given_up(result: Result, report: Report, why: str) -> None:
    assert result.kept == packed(Coded(report=report))
    assert result.problem is not None
    assert result.problem.what == why


def test_a_fault_of_the_program_costs_its_report_alone(
    world: Gazetteer, reports: list[Report], expected: list[Result], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(gazetteer: Gazetteer, report: Report) -> Coded:
        if report.id == reports[POISON].id:
            raise ValueError("no such thing")
        return code(gazetteer, report)

    monkeypatch.setattr(pipeline, "code", fails)
    for found in (
        dict(coded(reports, [])),
        dict(enumerate(r for _, r in Alone(world).coded(tasks(reports)))),
    ):
        given_up(found.pop(POISON), reports[POISON], "its events could not be read (ValueError)")
        assert found == {place: kept for place, kept in enumerate(expected) if place != POISON}
