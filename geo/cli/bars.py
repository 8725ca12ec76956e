"""Bars on a terminal for what goes over many rows, or through steps of unknown length; nothing elsewhere."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG = 5000
"""Rows from which writing takes long enough to show how far it is."""


@contextmanager
def over_rows(words: str, rows: int) -> Iterator[Callable[[int], None] | None]:
    """Show how many of a known number of rows are done; gives what is to be told that number."""
    if rows < LONG or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words, total=rows)
        yield lambda done: bar.update(task, completed=done)


@contextmanager
def through_steps() -> Iterator[Callable[[str], None]]:
    """Show which step a run is in, and for how long; gives what is to be told a step's name."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step: bar.update(task, description=step)
