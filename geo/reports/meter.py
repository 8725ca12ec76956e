"""How far the reading of the input is, in bytes."""

from __future__ import annotations

import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from geo.reports.files import walk

if TYPE_CHECKING:
    import io
    import os
    from collections.abc import Iterable, Iterator


class Meter:
    """How many bytes of the input have been read, packed ones as packed."""

    def __init__(self) -> None:
        self._before = 0
        self._raw: io.BufferedReader | None = None

    @contextmanager
    def following(self, raw: io.BufferedReader) -> Iterator[None]:
        """Count a file while it is open."""
        self._raw = raw
        try:
            yield
        finally:
            self._before, self._raw = self.done, None

    @property
    def done(self) -> int:
        """Bytes read so far."""
        return self._before + (self._raw.tell() if self._raw is not None and self._raw.seekable() else 0)


def size(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """Count the bytes of the files that `walk` gives; `None`: standard input or a pipe is among them."""
    total = 0
    for source in walk(paths, lambda _: None):
        try:
            state = None if source.path is None else Path(source.path).stat()
        except (OSError, ValueError):
            continue
        if state is None or not stat.S_ISREG(state.st_mode):
            return None
        total += state.st_size
    return total
