"""How far a long run is: a bar on a terminal, a line now and then in a log, nothing for a short one."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING, Self

from geo.cli.console import counted, say

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from rich.progress import Progress as Bar

    from geo.reports import Meter
    from geo.runs import Coding

BAR_AFTER_S = 1.0
"""Seconds after which a terminal shows a bar."""
BAR_EVERY_S = 0.2
LINE_EVERY_S = 30.0
"""Seconds between two lines of a log."""


class Progress:
    """Shows how many reports are done, how fast, and how long the rest will take."""

    def __init__(
        self, paths: Sequence[str], meter: Meter, each_time: Callable[[], None] = lambda: None
    ) -> None:
        """Begin.

        Parameters
        ----------
        paths
            The input, whose size is asked for when it is needed.
        meter
            How much of it has been read.
        each_time
            What else is to be done after each report.
        """
        self._paths, self._meter, self._each_time = paths, meter, each_time
        self._terminal = sys.stderr.isatty()
        self._begun = monotonic()
        self._next = self._begun + (BAR_AFTER_S if self._terminal else LINE_EVERY_S)
        self._size: int | None = None
        self._bar: Bar | None = None
        self._open = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open.close()

    def __call__(self, so_far: Coding) -> None:
        """Show how far the run is, if it is time to."""
        self._each_time()
        now = monotonic()
        if now < self._next:
            return
        if self._size is None:
            self._size = _size(self._paths)
        if self._terminal:
            self._next = now + BAR_EVERY_S
            self._draw(so_far)
        else:
            self._next = now + LINE_EVERY_S
            say(f"conflictmap: {self.line(so_far, now - self._begun)}")

    def line(self, so_far: Coding, seconds: float) -> str:
        """Give the state in words."""
        rate = so_far.kept / seconds
        done = so_far.kept + so_far.recalled
        words = f"{done:,} report{'' if done == 1 else 's'}, {rate:,.0f} a second"
        if not self._size:
            return words
        share = min(1.0, self._meter.done / self._size)
        left = seconds / share - seconds if share else 0.0
        return f"{words}, {share:.0%} of the input, {_duration(left)} left"

    def _draw(self, so_far: Coding) -> None:
        if self._bar is None:
            self._bar = self._open.enter_context(_bar())
            self._bar.add_task("coding", total=self._size or None, rate="")
        rate = so_far.kept / (monotonic() - self._begun)
        done = so_far.kept + so_far.recalled
        self._bar.update(
            self._bar.task_ids[0],
            completed=self._meter.done,
            rate=f"{counted(done, 'report')}, {rate:,.0f}/s",
        )
        self._bar.refresh()


def _bar() -> Bar:
    from rich import progress
    from rich.console import Console

    # It draws when it is told to: a thread of its own would be in the way of processes that are forked.
    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TextColumn("{task.fields[rate]}"),
        progress.TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
    )


def _size(paths: Sequence[str]) -> int:
    from geo.reports import size

    return size(paths) or 0


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"about {max(1, round(seconds))} s"
    minutes = round(seconds / 60)
    return f"about {minutes} min" if minutes < 90 else f"about {minutes / 60:.1f} h"
