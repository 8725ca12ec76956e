"""What verbs that code many reports share: the journal, the processes, and how they are stopped."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from geo.cli.console import Told, counted, detail, say
from geo.errors import ConflictmapError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from types import FrameType

    from gazetteer import Gazetteer
    from geo.records import Coded, Report
    from geo.reports import Meter
    from geo.runs import Coding, Journal
    from geo.runs.packed import Kept

Handler = Any
"""What a signal calls."""
STOPPED = 130
"""Exit code of a run that was stopped."""

Workers = Annotated[
    int, typer.Option("--workers", min=1, help="Processes that code side by side; the result is the same.")
]
Resume = Annotated[
    bool, typer.Option("--resume", help="Go on with a run that was stopped; what it had coded is kept.")
]


class StoppedError(Exception):
    """The user has stopped a run; it holds how many reports are kept."""

    def __init__(self, reports: int) -> None:
        super().__init__(f"stopped after {counted(reports, 'report')}")
        self.reports = reports


@contextlib.contextmanager
def stoppable(verb: str) -> Iterator[None]:
    """Let Ctrl-C and `kill` end a run in order, telling how to go on with it."""
    before = _on_kill()
    try:
        yield
    except KeyboardInterrupt:
        say(f"conflictmap: stopped; go on with `{verb} --resume`.")
        raise typer.Exit(STOPPED) from None
    except StoppedError as stopped:
        say(
            f"conflictmap: stopped; {counted(stopped.reports, 'report')} coded so far: "
            f"go on with `{verb} --resume`."
        )
        raise typer.Exit(STOPPED) from None
    finally:
        if before is not None:
            signal.signal(signal.SIGTERM, before)


def _on_kill() -> Handler | None:
    """Treat a termination like Ctrl-C; returns what was done before, `None` where no signal can be caught."""

    def stop(_signal: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    try:
        return signal.signal(signal.SIGTERM, stop) or signal.SIG_DFL
    except ValueError:  # not the main thread
        return None


def journal_beside(project: Path) -> Path:
    """Name the journal of a project."""
    from geo.runs.journal import SUFFIX

    return project.with_name(f".{project.name}{SUFFIX}")


def journal(project: Path, names: Gazetteer, *, resume: bool = False) -> Journal:
    """Open a project's journal, whose reports count only for this version and this gazetteer."""
    from importlib.metadata import PackageNotFoundError, version

    from geo.runs import Journal

    try:
        release = version("conflictmap")
    except PackageNotFoundError:
        release = "unknown"
    path = journal_beside(project)
    there = path.exists()
    stamp = {"version": release, "gazetteer": str(names.info()["fingerprint"]), "settings": _settings()}
    opened = Journal(path, stamp, resume=resume)
    if there and not opened.resumed:
        why = "it is of another version or gazetteer" if resume else "use --resume to go on with one"
        say(f"conflictmap: what a stopped run had coded is dropped; {why}.")
    return opened


def _settings() -> str:
    """Give what stands for the user's own table of actors and recogniser."""
    from geo.actors.roll import VARIABLE
    from geo.mentions.recognizers import ENVIRONMENT

    own = os.environ.get(VARIABLE)
    table = Path(own).read_bytes() if own and Path(own).is_file() else b""
    return f"{hashlib.blake2b(table).hexdigest()} {os.environ.get(ENVIRONMENT, '')}"


def code(
    kept: Journal,
    names: Gazetteer,
    gazetteer: Path | None,
    reports: Iterable[Report],
    told: Told,
    workers: int,
    progress: Callable[[Coding], None] = lambda _: None,
) -> bool:
    """Code reports into a journal, in this process or in several; `False`: the user has stopped it."""
    from geo.runs import Alone, Crew, code_into

    def died(number: int) -> None:
        say(f"conflictmap: a process died; its reports ({number} at most) are coded again.")

    try:
        with Alone(names) if workers == 1 else Crew(gazetteer, workers, died) as coder:
            done = code_into(kept, coder, reports, on_problem=told, on_kept=_tell, progress=progress)
    except KeyboardInterrupt:
        kept.save()
        return False
    except ConflictmapError:
        if not kept.saved and not kept.resumed:
            kept.remove()
        raise
    if done.recalled:
        say(f"conflictmap: {counted(done.recalled, 'report')} coded before, {done.kept:,} now.")
    return True


def coded_beside(
    project: Path,
    names: Gazetteer,
    gazetteer: Path | None,
    stream: Iterable[Report],
    told: Told,
    workers: int,
    *,
    resume: bool,
) -> list[Coded]:
    """Code reports through a journal beside a project, which stays until the project is written."""
    with journal(project, names, resume=resume) as kept:
        if not code(kept, names, gazetteer, stream, told, workers):
            raise StoppedError(kept.sums().reports)
        kept.seal()
        return list(kept.read())


def _tell(report: Report, kept: Kept) -> None:
    found = f"{counted(kept.places, 'place name')}, {counted(len(kept.events), 'event')}"
    detail(f"{report.origin or report.id}: {found}")


def on_cluster(address: str, paths: Sequence[str], out: str, gazetteer: Path | None, told: Told) -> None:
    """Code reports on a Dask cluster and tell what came of it."""
    from geo.cluster.run import run

    def note(words: str) -> None:
        say(f"conflictmap: {words}")

    sums = run(address, paths, out, gazetteer=gazetteer, tell=told, note=note)
    say(
        f"{counted(sums.reports, 'report')}, {counted(sums.incidents, 'incident')}, "
        f"{counted(sums.sources, 'source')}, {sums.contested} contested; tables in {out}"
    )
    told.close()


def reading(paths: Sequence[str], told: Told) -> tuple[Iterator[Report], Meter]:
    """Read reports as they are asked for, and tell what is to be told of each.

    Raises
    ------
    ReportError
        If there is none; where one problem, already told, says why, the program ends.
    """
    from geo.reports import Meter, read

    meter = Meter()
    stream = _noted(read(paths, on_problem=told, meter=meter))
    first = next(stream, None)
    if first is None:
        told.nothing(", ".join(paths))
    return chain([first], stream), meter


def _noted(reports: Iterable[Report]) -> Iterator[Report]:
    for report in reports:
        for note in report.notes:
            say(f"{report.origin or report.id}: {note}")
        yield report
