"""A small part of `python -m benchmarks.crashes`: killed runs and full disks lose nothing."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.crashes import (
    ADD,
    FAULTS,
    LEAST_ROOM,
    SCENARIOS,
    Scenario,
    Tally,
    campaign,
    disturbed,
    run,
    stories,
)

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="kills are signals of POSIX"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=[scenario.name for scenario in SCENARIOS])
def test_killed_and_without_room(scenario: Scenario) -> None:
    for fault in FAULTS:
        tally = campaign(scenario, fault, 1, seed=7)
        assert tally.points == 1
        assert tally.losses == 0


def test_a_loss_is_found(tmp_path: Path) -> None:
    scenario = SCENARIOS[2]
    for name in ("here", "whole"):
        (tmp_path / name).mkdir()
        scenario.prepare(tmp_path / name)
    (tmp_path / "here" / "out" / "project.gpkg").write_bytes(b"SQLite format 3\0 cut")
    problems = disturbed(scenario, tmp_path / "here", tmp_path / "whole", Tally(), after=0.0)
    assert any("does not open" in problem for problem in problems)


def test_a_second_writer_waits_or_says_so(tmp_path: Path) -> None:
    from geo.project.atomic import only_writer

    SCENARIOS[2].prepare(tmp_path)
    project = tmp_path / "out" / "project.gpkg"
    before = project.read_bytes()
    with only_writer(project):
        code, told = run(ADD, tmp_path)
    assert code == 2
    assert "is being written by another run: wait for it to end, then try again" in told
    assert project.read_bytes() == before
    assert run(ADD, tmp_path)[0] == 0


def test_a_lock_that_cannot_be_written_is_no_second_writer(tmp_path: Path) -> None:
    SCENARIOS[4].prepare(tmp_path)
    code, told = run(SCENARIOS[4].command, tmp_path, room=LEAST_ROOM)
    assert code == 2
    assert "another run" not in told
    assert "cannot be written" in told or "no room" in told


def test_reports_are_what_they_seem() -> None:
    assert len(stories(3).splitlines()) == 3
