"""Coding in several processes which share the mapped gazetteer; a process that dies loses no report.

Reports go out in batches and come back packed, in the order in which they went, so that the number of
processes changes nothing of the result. When a process dies, what was in flight is coded again: first the
oldest batch alone, then, if it kills again, its reports one by one, so that only the report that does it is
given up, by name.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, NamedTuple, Protocol, Self

from gazetteer import Gazetteer
from geo.pipeline import code, code_all
from geo.records import Coded
from geo.reports.problem import Problem, printable
from geo.runs.packed import Kept, key_of, packed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path
    from types import TracebackType

    from geo.records import Report

BATCH_CHARACTERS = 65_536
"""Text in a batch: enough that handing it over costs little, little enough to be done in a second."""
BATCH_REPORTS = 64
IN_FLIGHT = 4
"""Batches out for each process, so that none waits for the slowest."""
_SAMPLE = (
    "At least 25 fighters were killed when jets struck Khusham on 7 February 2018, the Observatory said."
)


class Task(NamedTuple):
    """A report on its way."""

    key: bytes
    """Its key (`geo.runs.packed.key_of`)."""
    place: int
    """Its place in the input."""
    report: Report
    """The report."""


class Result(NamedTuple):
    """A report on its way back."""

    kept: Kept
    """What was read of it; of one over which the coding stumbles, its text alone."""
    problem: Problem | None = None
    """What is to be told of it."""


class Coder(Protocol):
    """What codes reports."""

    def coded(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Code reports in their order."""
        ...


def tasks(reports: Iterable[Report]) -> Iterator[Task]:
    """Give each report its place and its key."""
    return (Task(key_of(report), place, report) for place, report in enumerate(reports))


class Alone:
    """Codes in this process."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def coded(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Code reports in their order."""
        return ((task, result_of(self._gazetteer, task.report)) for task in tasks)


def result_of(gazetteer: Gazetteer, report: Report) -> Result:
    """Code a report; a fault of the program costs its events and no other report."""
    problems: list[Problem] = []
    (coded,) = code_all(gazetteer, [report], on_problem=problems.append)
    return Result(packed(coded), problems[0] if problems else None)


def _given_up(report: Report) -> Result:
    problem = Problem(
        where=printable(report.origin or report.id),
        what="the process that read it died each time",
        mend="send the report to the project; its text is kept",
    )
    return Result(packed(Coded(report=report)), problem)


@dataclass(slots=True)
class _Batch:
    tasks: list[Task]
    future: Future[list[Result]]


class Crew:
    """Codes in processes of its own."""

    def __init__(
        self, gazetteer: Path | None, workers: int, on_death: Callable[[int], None] = lambda _: None
    ) -> None:
        """Prepare; the processes start with the first report.

        Parameters
        ----------
        gazetteer
            Index to open in each process; `None`: the packaged one.
        workers
            How many processes.
        on_death
            Told how many reports are coded again after a process has died.
        """
        self._gazetteer, self._workers, self._on_death = gazetteer, workers, on_death
        self._pool: ProcessPoolExecutor | None = None
        self._out: deque[_Batch] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def coded(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Result]]:
        """Code reports in their order."""
        for batch in _batches(tasks):
            self._out.append(_Batch(batch, self._submit(batch)))
            while len(self._out) > self._workers * IN_FLIGHT:
                yield from self._oldest()
        while self._out:
            yield from self._oldest()

    def _submit(self, batch: list[Task]) -> Future[list[Result]]:
        if self._pool is None:
            self._pool = _pool(self._gazetteer, self._workers)
        return self._pool.submit(_work, [task.report for task in batch])

    def _oldest(self) -> Iterator[tuple[Task, Result]]:
        batch = self._out.popleft()
        try:
            results = batch.future.result()
        except BrokenProcessPool:
            results = self._recovered(batch)
        yield from zip(batch.tasks, results, strict=True)

    def _recovered(self, oldest: _Batch) -> list[Result]:
        """Code the oldest batch by itself, then send the others out again."""
        lost = [batch for batch in self._out if batch.future.done() and batch.future.exception() is not None]
        self._on_death(sum(len(batch.tasks) for batch in (oldest, *lost)))
        self._pool = None
        results = self._by_itself(oldest.tasks)
        for batch in self._out:
            if not batch.future.done() or batch.future.exception() is not None:
                batch.future = self._submit(batch.tasks)
        return results

    def _by_itself(self, batch: list[Task]) -> list[Result]:
        try:
            return self._submit(batch).result()
        except BrokenProcessPool:
            self._pool = None
        if len(batch) == 1:
            return [_given_up(batch[0].report)]
        return [result for task in batch for result in self._by_itself([task])]


def _batches(tasks: Iterable[Task]) -> Iterator[list[Task]]:
    batch: list[Task] = []
    size = 0
    for task in tasks:
        batch.append(task)
        size += len(task.report.text)
        if size >= BATCH_CHARACTERS or len(batch) >= BATCH_REPORTS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _pool(gazetteer: Path | None, workers: int) -> ProcessPoolExecutor:
    """Make the processes; forked, where that is sound, after this one has read all that is to be shared."""
    forked = sys.platform == "linux"
    if forked:
        warm(Gazetteer.open(gazetteer))
        gc.freeze()
    return ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("fork" if forked else "spawn"),
        initializer=_start,
        initargs=(gazetteer,),
    )


def warm(gazetteer: Gazetteer) -> None:
    """Read the data files that coding needs, once, before they are shared."""
    from geo.reports import from_text

    packed(code(gazetteer, from_text(_SAMPLE, source="Sample", published="2018-02-08")))


_gazetteer: Gazetteer | None = None


def _start(path: Path | None) -> None:
    """Make a process ready to code."""
    global _gazetteer  # noqa: PLW0603 - a pool gives its functions no other place to keep what they share
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _gazetteer = Gazetteer.open(path)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _work(batch: list[Report]) -> list[Result]:
    if _gazetteer is None:
        raise RuntimeError("the process was not made ready")
    return [result_of(_gazetteer, report) for report in batch]
