"""Peak memory of a process and all its children, shared pages counted once."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROC = Path("/proc")
_EVERY_S = 0.5


def tree(pid: int) -> Iterator[int]:
    """Yield a process and its children, their children too."""
    yield pid
    try:
        tasks = [path.read_text() for path in (_PROC / str(pid) / "task").glob("*/children")]
    except OSError:
        return
    for child in " ".join(tasks).split():
        yield from tree(int(child))


def proportional_gb(pid: int) -> float:
    """Return a process' proportional set size: its own pages and its share of the shared ones, gigabytes."""
    try:
        lines = (_PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1e6 for line in lines if line.startswith("Pss:")), 0.0)


class PeakMemory:
    """While it is entered, samples this process and its children twice a second."""

    gb: float = 0.0
    """The largest sum so far, gigabytes."""

    def __enter__(self) -> Self:
        """Begin."""
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """End."""
        self._end.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._end.wait(_EVERY_S):
            self.gb = max(self.gb, sum(map(proportional_gb, tree(os.getpid()))))
