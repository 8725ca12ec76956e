"""Researchers' column layouts: our incidents or events in the columns of ACLED or of UCDP GED.

`geo/data/layouts.toml` says what our words map to; what has no counterpart stays blank, never invented.
"""

from __future__ import annotations

import difflib
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import OutputError
from geo.exchange import acled, codes, ucdp
from geo.exchange.cases import CASE_LAYERS, Case, cases
from geo.tables.schema import typed
from geo.tables.sheet import Sheet, of_layer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.tables.values import Cell

LAYOUTS: Mapping[str, Callable[[Case], dict[str, Cell]]] = MappingProxyType(
    {"acled": acled.row, "ucdp": ucdp.row}
)
"""What fills each layout."""


def arranged(tables: Mapping[str, pd.DataFrame], layer: str, layout: str) -> Sheet:
    """Arrange incidents or events in the columns of a layout.

    Raises
    ------
    OutputError
        If there is no such layout, or the layer is none that it can be made of.
    """
    if layout not in LAYOUTS:
        close = difflib.get_close_matches(layout, LAYOUTS, n=1)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise OutputError(f"No layout is called {layout!r}.{hint} There are {', '.join(LAYOUTS)}.")
    if layer not in CASE_LAYERS:
        raise OutputError(f"Layout {layout!r} is made of {' or '.join(CASE_LAYERS)}, not of {layer!r}.")
    found = [LAYOUTS[layout](case) for case in cases(tables, layer)]
    columns = codes.columns(layout)
    data = {column.name: typed(column.type, [row.get(column.name) for row in found]) for column in columns}
    plain = of_layer(tables, layer)
    return replace(plain, name=f"{layer}_{layout}", columns=columns, data=pd.DataFrame(data))
