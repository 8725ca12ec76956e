"""A journal gives back what was coded, goes on where a run stopped, and knows what has changed meanwhile."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from gazetteer import Gazetteer
from geo.errors import ProjectError
from geo.pipeline import code
from geo.records import Report
from geo.runs import Alone, Coding, Journal, code_into, link_kept
from geo.tables import parts, tables
from tests.geo.conftest import Coding as Coded

STAMP = {"version": "1"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal"


@pytest.fixture(scope="module")
def reports(gold: Coded) -> list[Report]:
    return [c.report for c in gold.coded]


def into(journal: Journal, world: Gazetteer, reports: list[Report]) -> Coding:
    def fail(problem: object) -> None:
        raise AssertionError(str(problem))

    return code_into(journal, Alone(world), reports, on_problem=fail)


def test_gives_the_same_records_incidents_and_tables(
    path: Path, world: Gazetteer, gold: Coded, reports: list[Report]
) -> None:
    with Journal(path, STAMP) as journal:
        assert into(journal, world, reports) == Coding(read=len(reports), recalled=0, kept=len(reports))
        journal.seal()
        link_kept(journal)
        assert tuple(journal.read()) == gold.coded
        assert sorted(journal.incidents(), key=lambda i: i.id) == sorted(gold.incidents, key=lambda i: i.id)
        made = dict(parts(journal))
        sums = journal.sums()
    expected = tables(gold.coded, gold.incidents)
    assert list(made) == list(expected)
    for table, frame in expected.items():
        assert_frame_equal(made[table], frame)
    assert (sums.reports, sums.events, sums.incidents) == (58, len(gold.events), len(gold.incidents))


def test_tables_come_in_parts(
    path: Path, world: Gazetteer, gold: Coded, reports: list[Report], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.tables.build.PART_ROWS", 7)
    with Journal(path, STAMP) as journal:
        into(journal, world, reports)
        journal.seal()
        link_kept(journal)
        sizes: dict[str, list[int]] = {}
        for table, part in parts(journal):
            sizes.setdefault(table, []).append(len(part))
    assert {table: sum(found) for table, found in sizes.items()} == {
        table: len(frame) for table, frame in tables(gold.coded, gold.incidents).items()
    }
    assert max(max(found) for found in sizes.values()) == 7


def test_goes_on_where_it_stopped(path: Path, world: Gazetteer, gold: Coded, reports: list[Report]) -> None:
    with Journal(path, STAMP) as journal:
        into(journal, world, reports[:30])
    with Journal(path, STAMP, resume=True) as journal:
        assert journal.resumed
        assert into(journal, world, reports) == Coding(read=58, recalled=30, kept=28)
        journal.seal()
        assert tuple(journal.read()) == gold.coded


def test_what_changed_or_went_meanwhile_is_not_kept(
    path: Path, world: Gazetteer, reports: list[Report]
) -> None:
    changed = replace(reports[3], text=f"{reports[3].text} At least 11 more died in Aleppo on 5 May 2016.")
    now = [*reports[5:8], changed, *reports[:2]]
    with Journal(path, STAMP) as journal:
        into(journal, world, reports[:10])
    with Journal(path, STAMP, resume=True) as journal:
        assert into(journal, world, now) == Coding(read=6, recalled=5, kept=1)
        journal.seal()
        assert list(journal.read()) == [code(world, r) for r in now]


def test_a_run_stopped_again_keeps_what_it_has_not_come_to(
    path: Path, world: Gazetteer, gold: Coded, reports: list[Report]
) -> None:
    with Journal(path, STAMP) as journal:
        into(journal, world, reports[:10])
    with Journal(path, STAMP, resume=True) as journal:
        into(journal, world, reports[:3])
        journal.seal(whole=False)
        link_kept(journal)
        assert journal.sums().reports == 10
    with Journal(path, STAMP, resume=True) as journal:
        assert into(journal, world, reports).recalled == 10
        journal.seal()
        assert tuple(journal.read()) == gold.coded


@pytest.mark.parametrize(("stamp", "resume"), [(STAMP, False), ({"version": "2"}, True)])
def test_begins_anew(
    path: Path, world: Gazetteer, reports: list[Report], stamp: dict[str, str], *, resume: bool
) -> None:
    with Journal(path, STAMP) as journal:
        into(journal, world, reports[:3])
    with Journal(path, stamp, resume=resume) as journal:
        assert not journal.resumed
        assert into(journal, world, reports[:3]).recalled == 0


@pytest.mark.parametrize("content", [b"", b"no journal at all", b"SQLite format 3\x00" + b"\x01" * 5000])
def test_a_damaged_journal_is_begun_anew(
    path: Path, world: Gazetteer, reports: list[Report], content: bytes
) -> None:
    path.write_bytes(content)
    with Journal(path, STAMP, resume=True) as journal:
        assert into(journal, world, reports[:3]).kept == 3


def test_a_folder_in_its_place_is_told(path: Path) -> None:
    path.mkdir()
    with pytest.raises(ProjectError, match="journal of the run cannot be opened"):
        Journal(path, STAMP)
