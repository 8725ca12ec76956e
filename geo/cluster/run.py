"""A run on a cluster, from the client's side: it hands out tasks and keeps nothing but names and sums."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from geo.cluster import stages
from geo.cluster.store import Store
from geo.errors import OutputError, ProjectError, ReportError
from geo.reports.identity import Seen
from geo.reports.pieces import pieces
from geo.runs.journal import Sums

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from geo.cluster.stages import Orders, Survey
    from geo.reports import Problem

PIECE_BYTES = 8 * 2**20
"""Input of a task: some thousand reports, a minute of work."""
PART_EVENTS = 40_000
"""Events compared by a task."""
RETRIES = 3
"""How often a task that fails is tried again; one whose worker is lost is run again anyway."""
WAIT_S = 30


def run(
    address: str,
    paths: Sequence[str],
    out: str,
    *,
    gazetteer: Path | None = None,
    tell: Callable[[Problem], None],
    note: Callable[[str], None] = lambda _: None,
    piece_bytes: int = PIECE_BYTES,
    part_events: int = PART_EVENTS,
) -> Sums:
    """Code reports on a cluster and write every table as partitioned GeoParquet.

    Parameters
    ----------
    address
        The scheduler's ("tcp://host:8786").
    paths
        Files, folders or addresses which every worker can read by the same name.
    out
        Folder or address which every worker can write to.
    gazetteer
        Index on every worker; `None`: the packaged one.
    tell
        Told of what could not be read.
    note
        Told what is done.
    piece_bytes
        Input of a task.
    part_events
        Events compared by a task.

    Raises
    ------
    OutputError
        If Dask is not installed, or the scheduler does not answer.
    ReportError
        If there is no report.
    """
    store = Store(out)
    store.clear((*stages.SPLIT, "places", "actors"))
    listed = list(pieces(paths, piece_bytes, tell))
    with _client(address) as client:
        tasks = _Tasks(client)
        note(f"{len(listed)} pieces of input on {len(client.scheduler_info()['workers'])} workers")
        sums = _coded(tasks, store, listed, gazetteer, tell)
        if not sums.reports:
            raise ReportError(f"{', '.join(paths)}: no report could be read; name files that hold reports.")
        note(f"{sums.reports:,} reports coded, {sums.events:,} events to link")
        parts = sums.events // part_events + 1
        tasks.all(stages.gather, [(store, len(listed))])
        tasks.all(stages.compare_part, [(store, part, parts) for part in range(parts)])
        (incidents,) = tasks.all(stages.group, [(store, len(listed), parts)])
        numbers = [(store, number) for number in range(len(listed))]
        contested = sum(tasks.all(stages.settle, numbers))
        tasks.all(stages.count, [(store, tasks.started(stages.tabulate, numbers))])
    store.clear(())
    return sums._replace(incidents=incidents, contested=contested)


def _coded(
    tasks: _Tasks,
    store: Store,
    listed: Sequence[Any],
    gazetteer: Path | None,
    tell: Callable[[Problem], None],
) -> Sums:
    orders = _orders(tasks.all(stages.survey, [(piece,) for piece in listed]))
    given = [(store, n, p, o, gazetteer) for n, (p, o) in enumerate(zip(listed, orders, strict=True))]
    found = tasks.all(stages.code, given)
    for summary in found:
        for problem in summary.problems:
            tell(problem)
    return Sums(
        reports=sum(summary.reports for summary in found),
        events=sum(summary.events for summary in found),
        incidents=0,
        sources=len(frozenset[str]().union(*(summary.sources for summary in found))),
        contested=0,
    )


def _orders(surveys: Iterable[Survey]) -> list[Orders]:
    """Decide as a serial reading would which reports came before, and which need another id."""
    seen = Seen()
    found = []
    for survey in surveys:
        dropped: set[int] = set()
        ids: dict[int, str] = {}
        for row, (identity, digest) in enumerate(survey.rows):
            if seen.repeats_content(digest):
                dropped.add(row)
            elif (free := seen.free_id(identity, digest)) != identity:
                ids[row] = free
        found.append(stages.Orders(frozenset(dropped), ids))
    return found


class _Tasks:
    """Tasks handed to the cluster; what comes back, comes in their order."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def started(self, task: Callable[..., Any], given: Iterable[tuple[Any, ...]]) -> list[Any]:
        """Hand out a task for each tuple of arguments; results stay on the cluster."""
        return [self._client.submit(task, *arguments, retries=RETRIES, pure=False) for arguments in given]

    def all(self, task: Callable[..., Any], given: Iterable[tuple[Any, ...]]) -> list[Any]:
        """Hand out tasks and wait for their results."""
        try:
            found: list[Any] = self._client.gather(self.started(task, given))
        except importlib.import_module("distributed").scheduler.KilledWorker as error:
            raise ProjectError(
                f"the cluster gave up a task ({error.task}) that several workers died over: "
                "give workers more memory, or smaller pieces."
            ) from error
        return found


def _client(address: str) -> Any:
    try:
        distributed = importlib.import_module("distributed")
    except ImportError as error:
        raise OutputError("--cluster needs Dask: `pip install conflictmap[cluster]`.") from error
    try:
        return distributed.Client(address, timeout=WAIT_S, set_as_default=False)
    except (OSError, ValueError) as error:
        raise OutputError(
            f"{address}: no Dask scheduler answers there ({error}): start one with `dask scheduler`."
        ) from error
