"""Reports into a journal: those that are there already are counted, the others coded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.runs.crew import tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geo.records import Report
    from geo.reports import Problem
    from geo.runs.crew import Coder, Task
    from geo.runs.journal import Journal
    from geo.runs.packed import Kept


@dataclass(slots=True)
class Coding:
    """How far a run is."""

    read: int = 0
    """Reports read."""
    recalled: int = 0
    """Reports of them that an earlier run had coded."""
    kept: int = 0
    """Reports coded and kept by this run."""


def code_into(
    journal: Journal,
    coder: Coder,
    reports: Iterable[Report],
    *,
    on_problem: Callable[[Problem], None],
    on_kept: Callable[[Report, Kept], None] = lambda _report, _kept: None,
    progress: Callable[[Coding], None] = lambda _: None,
) -> Coding:
    """Code reports into a journal.

    Parameters
    ----------
    journal
        Where they are kept.
    coder
        What codes them.
    reports
        The reports, read as they are needed.
    on_problem
        Told of a report over which the coding stumbles, which is kept without places and events.
    on_kept
        Told of each that was coded.
    progress
        Told how far it is, after each report.
    """
    so_far = Coding()
    for task, (kept, problem) in coder.coded(_new(journal, reports, so_far)):
        if problem is not None:
            on_problem(problem)
        journal.keep(task.key, task.place, kept)
        so_far.kept += 1
        on_kept(task.report, kept)
        progress(so_far)
    journal.save()
    return so_far


def _new(journal: Journal, reports: Iterable[Report], so_far: Coding) -> Iterator[Task]:
    for task in tasks(reports):
        so_far.read += 1
        if journal.recalls(task.key, task.place):
            so_far.recalled += 1
        else:
            yield task
