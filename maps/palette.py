"""Colours and shapes of the marks, from `data/palette.toml`."""

from __future__ import annotations

from typing import Any

from maps.datafiles import DATA, toml
from maps.errors import DataFileError

OUTLINES = ("fill", "light", "dark")
SHAPES = frozenset({"circle", "diamond", "triangle", "square", "pentagon", "star", "ring"})


def palette() -> dict[str, Any]:
    """Give the palette; raises `DataFileError` where a colour or shape is none."""
    found = toml(DATA / "palette.toml")
    for entry in [*found["colour"], found["other"]]:
        if set(entry) != set(OUTLINES):
            raise DataFileError(f"palette.toml: a colour has {sorted(entry)}; it needs fill, light and dark")
    unknown = set(found["shape"].values()) - SHAPES
    if unknown:
        raise DataFileError(
            f"palette.toml: no shape {', '.join(sorted(unknown))}; there are {sorted(SHAPES)}"
        )
    return found
