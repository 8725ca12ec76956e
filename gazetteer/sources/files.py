"""Which source a file is: told from its name, and for CSV from its header."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.errors import SourceError
from gazetteer.sources.alternates import AlternateNames
from gazetteer.sources.compiled import CompiledIndex, parts
from gazetteer.sources.geonames import DivisionNames, GeonamesDump
from gazetteer.sources.plain import PlainTable
from gazetteer.sources.whosonfirst import WhosOnFirst

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gazetteer.sources.entry import Source

KNOWN = (
    "SY.zip or SY.txt (a GeoNames dump), alternateNamesV2.zip, admin1CodesASCII.txt, admin2Codes.txt, "
    "a whosonfirst-data-admin folder or zip, a CSV file with a header, another *.gaz"
)
"""What is recognised, for messages and help."""


def recognise(paths: Iterable[Path]) -> tuple[list[Source], list[AlternateNames]]:
    """Sort files into sources and tables of alternate names.

    Raises
    ------
    SourceError
        A file that is missing or none of these.
    """
    sources: list[Source] = []
    names: list[AlternateNames] = []
    for path in paths:
        if not path.exists():
            raise SourceError(f"There is no {path}; check the name")
        if path.stem.lower().startswith("alternatenames"):
            names.append(AlternateNames(path))
        else:
            sources += _source(path)
    return sources, names


def _source(path: Path) -> list[Source]:
    name = path.name.lower()
    if path.suffix == ".gaz":
        return [*compiled(path)]
    if path.is_dir() or (path.suffix == ".zip" and "whosonfirst" in name):
        return [WhosOnFirst(path)]
    if name.startswith(("admin1codes", "admin2codes")):
        return [DivisionNames(path, level=int(name[5]))]
    if path.suffix == ".csv":
        return [PlainTable(path)]
    if path.suffix in {".zip", ".txt"}:
        return [GeonamesDump(path)]
    raise SourceError(f"{path} is nothing that a gazetteer is built from; there are {KNOWN}")


def compiled(path: Path) -> list[CompiledIndex]:
    """Return the sources of a compiled index, each by itself."""
    return parts(path)
