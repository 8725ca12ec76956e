"""One report over which the coding stumbles costs no other one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo import pipeline
from geo.errors import LexiconError
from geo.reports import Problem, from_text

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from geo.records import Coded, Report

TEXT = "An air strike killed 3 people in Aleppo on 5 May 2016."


@pytest.fixture
def _stumbling(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = pipeline.code

    def code(gazetteer: Gazetteer, report: Report) -> Coded:
        if report.id == "bad":
            raise ZeroDivisionError
        return plain(gazetteer, report)

    monkeypatch.setattr(pipeline, "code", code)


@pytest.mark.usefixtures("_stumbling")
def test_the_others_are_coded_and_the_one_is_named_and_kept(world: Gazetteer) -> None:
    told: list[Problem] = []
    given = [from_text(TEXT, id=name) for name in ("a", "bad", "c")]
    one, bad, other = pipeline.code_all(world, given, on_problem=told.append)
    assert [len(c.events) for c in (one, bad, other)] == [1, 0, 1]
    assert bad.report == given[1]
    (problem,) = told
    assert problem.lost
    assert str(problem).startswith("bad: its events could not be read (ZeroDivisionError); send")


@pytest.mark.usefixtures("_stumbling")
def test_in_python_the_error_is_raised(world: Gazetteer) -> None:
    with pytest.raises(ZeroDivisionError):
        list(pipeline.code_all(world, [from_text(TEXT, id="bad")]))


def test_a_table_that_cannot_be_read_ends_the_coding(
    world: Gazetteer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def code(_gazetteer: Gazetteer, _report: Report) -> Coded:
        raise LexiconError("own.csv cannot be read")

    told: list[Problem] = []
    monkeypatch.setattr(pipeline, "code", code)
    with pytest.raises(LexiconError, match=r"own\.csv"):
        list(pipeline.code_all(world, [from_text(TEXT)], on_problem=told.append))
    assert not told
