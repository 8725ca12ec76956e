"""One layer on its way into a file: typed columns, rows, and a geometry where it has one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.errors import ProjectError
from geo.tables.schema import GEOMETRY, Column, schema
from geo.tables.values import Cell, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    import pandas as pd


_EVERY = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A layer or a layout, ready to be written."""

    name: str
    """Name of the layer."""
    columns: tuple[Column, ...]
    """Columns, in order."""
    data: pd.DataFrame
    """The typed columns."""
    shapes: np.ndarray[Any, Any] | None
    """Geometries in WGS 84, `None` among them where unknown; `None`: the layer has none."""
    geometry: str | None
    """What kind they are (`geo.tables.schema.GEOMETRY`); `None`: the layer has none."""

    watch: Callable[[int], None] | None = None
    """Told the number of rows written, every thousand and at the end; `None`: nobody asks."""

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.data)

    def cells(self) -> list[list[Cell]]:
        """Give the columns as lists of plain values."""
        return [plain(column.type, self.data[column.name]) for column in self.columns]

    def rows(self) -> Iterator[tuple[Cell, ...]]:
        """Give the rows as tuples of plain values."""
        return self.watched(zip(*self.cells(), strict=True))

    def watched(self, rows: Iterable[tuple[Cell, ...]]) -> Iterator[tuple[Cell, ...]]:
        """Pass rows on, and tell who watches how many there were."""
        done = 0
        for done, row in enumerate(rows, 1):
            yield row
            if self.watch is not None and done % _EVERY == 0:
                self.watch(done)
        if self.watch is not None:
            self.watch(done)

    def where(self) -> np.ndarray[Any, Any]:
        """Give the geometries as an array; all `None` where the layer has none."""
        return np.full(len(self), None, dtype=object) if self.shapes is None else self.shapes


def of_layer(tables: Mapping[str, pd.DataFrame], layer: str) -> Sheet:
    """Take a layer or table out of a project's tables.

    Raises
    ------
    ProjectError
        If there is none of this name; the message lists which there are.
    """
    if layer not in tables or layer not in schema():
        there = ", ".join(name for name in schema() if name in tables)
        raise ProjectError(f"There is no layer {layer!r} to export: there are {there}.")
    data = tables[layer]
    shapes = np.asarray(data.geometry, dtype=object) if layer in GEOMETRY else None
    return Sheet(name=layer, columns=schema()[layer], data=data, shapes=shapes, geometry=GEOMETRY.get(layer))
