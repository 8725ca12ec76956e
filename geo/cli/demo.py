"""Verb for the first look: demo."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.cli import coding
from geo.errors import ReportError


def demo(
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write to.")] = Path("conflictmap-demo"),
    *,
    show: Annotated[bool, typer.Option("--open", help="Open the map in the browser.")] = False,
) -> None:
    """Draw the map of the sample reports that come with the package.

    Example: conflictmap demo
    """
    coding.map_([str(sample())], str(out))
    if show:
        typer.launch(str(out / "map.html"))


def sample() -> Path:
    """Return the folder of the sample reports: in a wheel beside the code, in a source tree above it.

    Raises
    ------
    ReportError
        The package was put together without them.
    """
    home = Path(__file__).parents[1]
    for folder in (home / "sample", home.parent / "seeds"):
        if folder.is_dir():
            return folder
    raise ReportError(f"{home / 'sample'} is missing; install conflictmap again.")
