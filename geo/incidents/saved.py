"""Columns of events in a folder: one plain NumPy file a column, which processes can share by mapping it."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np

from geo.incidents.columns import Bags, Columns

_IDS = "ids.txt"
_BAG = ("starts", "tokens", "weights")


def save(table: Columns, folder: Path) -> list[Path]:
    """Write columns to a folder; returns the files."""
    found = [folder / _IDS]
    found[0].write_text("\n".join(table.ids), "utf-8")
    for name, column in _arrays(table):
        found.append(folder / f"{name}.npy")
        np.save(found[-1], column)
    return found


def _arrays(table: Columns) -> list[tuple[str, np.ndarray[Any, Any]]]:
    found = []
    for field in dataclasses.fields(table):
        value = getattr(table, field.name)
        if isinstance(value, Bags):
            found += [(f"{field.name}.{part}", getattr(value, part)) for part in _BAG]
        elif field.name != "ids":
            found.append((field.name, value))
    return found


def load(folder: Path) -> Columns:
    """Map the columns of a folder into memory."""

    def column(name: str) -> Any:
        return np.load(folder / f"{name}.npy", mmap_mode="r")

    text = (folder / _IDS).read_text("utf-8")
    found: dict[str, Any] = {"ids": tuple(text.split("\n")) if text else ()}
    for field in dataclasses.fields(Columns):
        if field.name == "ids":
            continue
        bag = (folder / f"{field.name}.starts.npy").exists()
        found[field.name] = (
            Bags(**{part: column(f"{field.name}.{part}") for part in _BAG}) if bag else column(field.name)
        )
    return Columns(**found)
