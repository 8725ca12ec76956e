"""Sources read into segments, on several cores where a source can be cut into blocks."""

from __future__ import annotations

import itertools
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import numpy as np

from gazetteer.manynames import ExtraNames
from gazetteer.sources.entry import BlockSource
from gazetteer.spill import COLUMNS, INTERNED, Interned, Segment, spill

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from gazetteer.sources.entry import Source

BLOCK_ROWS = 100_000
"""Rows of a segment."""
_AHEAD = 2
"""Blocks that wait for each worker, so that reading never waits and memory stays bounded."""


@dataclass(slots=True)
class Gathered:
    """All rows of all sources, before they are merged."""

    folder: Path
    """Where names and keys lie."""
    extra: ExtraNames
    """Names that came apart from the rows."""
    segments: list[int] = field(default_factory=list)
    """Row at which each segment begins."""
    columns: dict[str, NDArray[Any]] = field(default_factory=dict)
    """Columns, one array each."""
    strings: dict[str, list[str]] = field(default_factory=dict)
    """Strings that interned columns number."""
    named: dict[int, str] = field(default_factory=dict)
    """Row to the name of its first-level division."""
    count: int = 0
    """How many rows."""

    def names(self) -> Iterator[str]:
        """Yield every row's fields, parted by tabs."""
        for number in range(len(self.segments)):
            with (self.folder / f"names-{number}").open(encoding="utf-8", newline="\n") as file:
                for line in file:
                    yield line[:-1]

    def part(self, part: int) -> Iterator[tuple[str, int, int]]:
        """Yield one part of the keys: key, row, flags."""
        files = [(self.folder / f"keys-{part}-{number}", base) for number, base in enumerate(self.segments)]
        extra = self.folder / f"keys-{part}-extra"
        for path, base in [*files, (extra, 0)] if extra.exists() else files:
            for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
                key, row, flag = line.split("\t")
                yield key, base + int(row), int(flag)
            path.unlink()


def gather(
    sources: Sequence[Source], folder: Path, *, workers: int, progress: Callable[[str, int], None]
) -> Gathered:
    """Read all sources, in their order."""
    gathered = Gathered(folder, ExtraNames(folder))
    joined = _Joined()
    for number, source in enumerate(sources):
        read = 0
        for segment in _segments(source, gathered, workers):
            gathered.segments.append(gathered.count)
            gathered.named.update({gathered.count + row: name for row, name in segment.named.items()})
            joined.add(segment, number)
            gathered.count += segment.count
            read += segment.count
            progress(source.name, read)
    gathered.columns, gathered.strings = joined.finish()
    return gathered


class _Joined:
    """Columns of the segments so far, with strings numbered over all of them."""

    def __init__(self) -> None:
        self._pieces: dict[str, list[NDArray[Any]]] = {name: [] for name in (*COLUMNS, "source")}
        self._strings = {name: Interned() for name in INTERNED.values()}

    def add(self, segment: Segment, source: int) -> None:
        """Take a segment's columns in."""
        maps = {
            name: np.array([self._strings[name](value) for value in values])
            for name, values in segment.interned.items()
        }
        for name, letter in COLUMNS.items():
            column = np.frombuffer(segment.columns[name], dtype=letter)
            if name in INTERNED:
                column = maps[INTERNED[name]][column].astype(letter)
            self._pieces[name].append(column)
        self._pieces["source"].append(np.full(segment.count, source, dtype=np.uint8))

    def finish(self) -> tuple[dict[str, NDArray[Any]], dict[str, list[str]]]:
        """Return the columns and the strings."""
        columns = {}
        for name, pieces in self._pieces.items():
            columns[name] = np.concatenate(pieces) if pieces else np.zeros(0, dtype=COLUMNS.get(name, "B"))
            pieces.clear()
        return columns, {name: one.values for name, one in self._strings.items()}


def _segments(source: Source, gathered: Gathered, workers: int) -> Iterator[Segment]:
    first = len(gathered.segments)
    if workers == 1 or not isinstance(source, BlockSource):
        yield from _here(source, gathered.folder, first)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Segment]] = deque()
        for number, lines in enumerate(source.blocks(BLOCK_ROWS), first):
            waiting.append(pool.submit(_there, source, lines, gathered.folder, number))
            if len(waiting) > workers * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _here(source: Source, folder: Path, first: int) -> Iterator[Segment]:
    entries = iter(source.entries())
    for number in itertools.count(first):
        segment = spill(itertools.islice(entries, BLOCK_ROWS), folder, number)
        if segment.count:
            yield segment
        if segment.count < BLOCK_ROWS:
            return


def _there(source: BlockSource, lines: object, folder: Path, number: int) -> Segment:
    return spill(source.read(lines), folder, number)
