"""A compiled index as a source: what `--append` and the packaged index bring into a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gazetteer.index import Index
from gazetteer.marks import CODE_MARK, DEMONYM_MARK, DIVISION_MARK, MARKS, SHORT_MARK
from gazetteer.sources.entry import Entry
from gazetteer.sources.tables import CURATED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class CompiledIndex:
    """The places of one source of an index file."""

    def __init__(self, path: Path, *, part: dict[str, Any] | None = None) -> None:
        self._path = path
        self._part = part or {}
        self.name: str = self._part.get("name", path.name)
        self.licence: str = self._part.get("licence", "")

    def fingerprint(self) -> str:
        """Give the index' own fingerprint."""
        return str(self._part.get("made_from", ""))

    def entries(self) -> Iterator[Entry]:
        """Yield the source's places in the order of their rows."""
        index = Index(self._path)
        codes = _division_codes(index)
        wanted = index.sources.index(self.name)
        for row in range(index.size):
            if index.views["source"][row] == wanted:
                yield _entry(index, row, codes)


def parts(path: Path) -> list[CompiledIndex]:
    """List the sources of an index file, each as a source of its own."""
    header = Index(path).container.header
    return [CompiledIndex(path, part=part) for part in header["sources"] if part["places"]]


def _division_codes(index: Index) -> dict[int, str]:
    """Find the code that each division was compiled from; its id where none is kept."""
    codes = {}
    wanted = {i for i, feature in enumerate(index.features) if feature in {"A.ADM1", "A.ADM2"}}
    for row, feature in enumerate(index.container.view("feature")):
        if feature in wanted:
            fields = [
                field[1:] for field in index.fields(row) if field[:1] == DIVISION_MARK and len(field) > 1
            ]
            codes[row] = fields[0] if fields else index.identity(row)
    return codes


def _entry(index: Index, row: int, codes: dict[int, str]) -> Entry:
    view, fields = index.views, index.fields(row)[1:]
    return Entry(
        id=index.identity(row), name=fields[0],
        alternates=tuple(f for f in fields[1:] if f[:1] not in MARKS),
        codes=_marked(fields, CODE_MARK), shortened=_marked(fields, SHORT_MARK),
        demonyms=_marked(fields, DEMONYM_MARK),
        feature=index.features[view["feature"][row]], country=index.countries[view["country"][row]],
        admin1=codes.get(view["admin1"][row], ""), admin2=codes.get(view["admin2"][row], ""),
        lat=view["lat"][row], lon=view["lon"][row], population=view["population"][row],
        radius_km=view["radius_km"][row], curated=index.identity(row).startswith(CURATED),
    )  # fmt: skip


def _marked(fields: list[str], mark: str) -> tuple[str, ...]:
    return tuple(field[1:] for field in fields if field.startswith(mark))
