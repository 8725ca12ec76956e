"""The names section: every row's fields, with the names that came from elsewhere.

Names come apart from their rows where rows are merged and from tables of alternate names. They are
spread over files by row, and only one file is in memory at a time.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, TextIO

import numpy as np

from gazetteer.keying import ALTERNATE, add_tiers
from gazetteer.names import fold
from gazetteer.spill import part_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from gazetteer.container import Writer
    from gazetteer.gather import Gathered

_SPAN = 1 << 18
"""Rows whose extra names lie in one file."""
_MOST_NAMES = 0xFFFF
_ROWS_A_WRITE = 4096


class ExtraNames:
    """Names of rows, put aside by row."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, TextIO] = {}

    def add(self, row: int, names: list[str]) -> None:
        """Put names of a row aside."""
        self._file(f"extra-{row // _SPAN}").write("\t".join((str(row), *names)) + "\n")

    def add_keyed(self, row: int, name: str, *, tiers: bool) -> None:
        """Put a name aside and have the row found by it."""
        keys = {fold(name): ALTERNATE}
        if tiers:
            add_tiers(keys)
        self.add(row, [name])
        for key, flag in keys.items():
            if key:
                self._file(f"keys-{part_of(key)}-extra").write(f"{key}\t{row}\t{flag}\n")

    def _file(self, name: str) -> TextIO:
        if name not in self._files:
            self._files[name] = (self._folder / name).open(
                "a", encoding="utf-8", errors="replace", newline="\n"
            )
        return self._files[name]

    def flush(self) -> None:
        """Close the files; more may be added later."""
        for file in self._files.values():
            file.close()
        self._files.clear()

    def of(self, span: int) -> dict[int, list[str]]:
        """Read the names of a span of rows."""
        path, found = self._folder / f"extra-{span}", dict[int, list[str]]()
        if path.exists():
            for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
                row, *names = line.split("\t")
                found.setdefault(int(row), []).extend(names)
        return found


def write_names(
    writer: Writer, gathered: Gathered, target: NDArray[np.int64], stays: NDArray[np.bool_]
) -> None:
    """Write the sections of the rows that stay: their fields, where each row's begin, how many names."""
    _lend(gathered, target)
    starts, counts = array("Q", [0]), array("H")

    def chunks() -> Iterator[bytes]:
        texts = []
        for row, text in _texts(gathered, stays):
            starts.append(starts[-1] + len(text))
            counts.append(min(text.count(b"\t"), _MOST_NAMES))
            texts.append(text)
            if row % _ROWS_A_WRITE == 0:
                yield b"".join(texts)
                texts.clear()
        yield b"".join(texts)

    writer.section("names", "B", chunks())
    writer.section("name_starts", "Q", [memoryview(starts).cast("B")])
    writer.section("names_count", "H", [memoryview(counts).cast("B")])


def _texts(gathered: Gathered, stays: NDArray[np.bool_]) -> Iterator[tuple[int, bytes]]:
    extra: dict[int, list[str]] = {}
    for row, line in enumerate(gathered.names()):
        if row % _SPAN == 0:
            extra = gathered.extra.of(row // _SPAN)
        if stays[row]:
            identity, *names = line.split("\t") + extra.get(row, [])
            yield row, "\t".join((identity, *dict.fromkeys(names))).encode("utf-8", "replace")


def _lend(gathered: Gathered, target: NDArray[np.int64]) -> None:
    """Give the names of rows that were merged away to the rows they went to."""
    gone = np.flatnonzero(target != np.arange(len(target)))
    to = dict(zip(gone.tolist(), target[gone].tolist(), strict=True))
    for row, line in enumerate(gathered.names()) if to else ():
        if row in to:
            gathered.extra.add(to[row], line.split("\t")[1:])
    gathered.extra.flush()
