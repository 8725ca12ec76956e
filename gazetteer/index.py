"""An index file, opened: keys to rows, rows to what is known of a place."""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import marisa_trie

from gazetteer.container import BLOCK_BITS, MEND, Container
from gazetteer.errors import IndexFileError
from gazetteer.keying import IDENTITY
from gazetteer.marks import DIVISION_MARK, MARKS
from gazetteer.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

_COLUMNS = (
    "lat", "lon", "population", "feature", "country", "admin1", "admin2", "radius_km", "source", "prefix",
    "number", "names_count",
)  # fmt: skip
_TRIE_READ_WHOLE = 1 << 24
_TRIE_SAMPLES = 32


class Columns(NamedTuple):
    """What is known of every row, one array a column; mapped, not copied."""

    lat: NDArray[np.float32]
    """Latitude, degrees."""
    lon: NDArray[np.float32]
    """Longitude, degrees."""
    population: NDArray[np.uint32]
    """Inhabitants; 0: unknown."""
    names_count: NDArray[np.uint16]
    """How many names the row has."""
    feature: NDArray[np.uint16]
    """Index into the list of features."""
    country: NDArray[np.uint16]
    """Index into the list of countries; 0: none."""
    admin1: NDArray[np.int32]
    """Row of the first-level division; -1: unknown."""
    admin2: NDArray[np.int32]
    """Row of the second-level division; -1: unknown."""
    radius_km: NDArray[np.float32]
    """Radius, kilometres."""


class Index:
    """Reads one file; nothing is loaded, everything is mapped."""

    def __init__(self, path: Path) -> None:
        self.container = Container(path)
        header = self.container.header
        self.features: list[str] = header["features"]
        self.countries: list[str] = header["countries"]
        self.prefixes: list[str] = header["prefixes"]
        self.sources: list[str] = [source["name"] for source in header["sources"]]
        self.size: int = header["places"]
        self.trie = self._open_trie()
        self._starts = self.container.view("posting_starts")
        self._rows = self.container.view("posting_rows")
        self._flags = self.container.view("posting_flags")
        self._names = self.container.view("names")
        self._name_starts = self.container.view("name_starts")
        self._at = {name: self.container.start(name) for name in self.container.sections}
        self.views = {name: _Guarded(self.container, name) for name in _COLUMNS}

    def _open_trie(self) -> marisa_trie.Trie:
        """Map the trie, compared with its checksums first: in full, or samples of one that is large."""
        _, length, _ = self.container.sections["trie"]
        step = 1 << BLOCK_BITS if length <= _TRIE_READ_WHOLE else length // _TRIE_SAMPLES
        for start in range(0, length, step):
            self.container.guard(start, start + 1)
        self.container.guard(length - 1, length)
        self.container.forget("trie")
        try:
            return marisa_trie.Trie().map(self.container.mapped)
        except RuntimeError as error:
            raise self.container.damaged(f"trie: {error}") from None

    def span(self, key: str) -> tuple[int, int]:
        """Return where a key's postings begin and end; both 0 for an unknown key."""
        try:
            number = self.trie.get(key)
        except UnicodeEncodeError:
            return 0, 0
        if number is None:
            return 0, 0
        at = self._at["posting_starts"] + 4 * number
        self.container.guard(at, at + 8)
        return self._starts[number], self._starts[number + 1]

    def postings(self, key: str) -> list[tuple[int, int]]:
        """Return the rows and flags of a key, the best known place first."""
        low, high = self.span(key)
        rows, flags = self._at["posting_rows"], self._at["posting_flags"]
        self.container.guard(rows + 4 * low, rows + 4 * high)
        self.container.guard(flags + low, flags + high)
        return list(zip(self._rows[low:high].tolist(), self._flags[low:high].tolist(), strict=True))

    def names(self, row: int) -> list[str]:
        """Return every name of a row, the preferred one first."""
        return [field.lstrip(MARKS) for field in self.fields(row)[1:] if field[:1] != DIVISION_MARK]

    def fields(self, row: int) -> list[str]:
        """Return a row's fields: its id (where no number), its names, and marked what are none."""
        if not 0 <= row < self.size:
            raise IndexFileError(f"There is no row {row}: {self.container.path} has {self.size}. {MEND}")
        at = self._at["name_starts"] + 8 * row
        self.container.guard(at, at + 16)
        low, high = self._name_starts[row], self._name_starts[row + 1]
        self.container.guard(self._at["names"] + low, self._at["names"] + high)
        return str(self._names[low:high], "utf-8", "replace").split("\t")

    def identity(self, row: int) -> str:
        """Return the id of a row."""
        prefix = self.prefixes[self.views["prefix"][row]]
        return f"{prefix}:{self.views['number'][row]}" if prefix else self.fields(row)[0]

    def by_id(self, identity: str) -> int | None:
        """Find the row with an id."""
        postings = self.postings(IDENTITY + identity)
        if postings:
            return postings[0][0]
        prefix, _, number = identity.rpartition(":")
        if prefix not in self.prefixes or not (number.isascii() and number.isdecimal()):
            return None
        return self._search((self.prefixes.index(prefix), int(number)))

    def _search(self, wanted: tuple[int, int]) -> int | None:
        """Find a numbered id among the rows, then among the ids of rows that were merged into others."""
        order, view = _Guarded(self.container, "id_order"), self.views
        found = _position(wanted, self.size, lambda i: (view["prefix"][order[i]], view["number"][order[i]]))
        if found is not None:
            return int(order[found])
        prefix, number, row = (
            _Guarded(self.container, f"alias_{name}") for name in ("prefix", "number", "rows")
        )
        found = _position(wanted, len(row), lambda i: (prefix[i], number[i]))
        return None if found is None else int(row[found])

    def place(self, row: int) -> Place:
        """Read one row."""
        fields, view = self.fields(row), self.views
        feature_class, _, feature = self.features[view["feature"][row]].partition(".")
        return Place(
            id=self.identity(row),
            name=fields[1],
            lat=round(view["lat"][row], 5),
            lon=round(view["lon"][row], 5),
            country=self.countries[view["country"][row]] or None,
            admin1=self._division(view["admin1"][row]),
            admin2=self._division(view["admin2"][row]),
            feature_class=feature_class,
            feature=feature,
            population=view["population"][row],
            radius_km=round(view["radius_km"][row], 1),
            source=self.sources[view["source"][row]],
        )

    def _division(self, row: int) -> str | None:
        return self.fields(row)[1] if row >= 0 else None

    def array(self, name: str) -> NDArray[Any]:
        """Return a section as a numpy array over the mapped file, compared with its checksums."""
        import numpy as np

        self.container.guard_section(name)
        start, length, dtype = self.container.sections[name]
        return np.frombuffer(
            self.container.mapped, dtype=dtype, count=length // np.dtype(dtype).itemsize, offset=start
        )

    @cached_property
    def posting_arrays(self) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
        """Rows and flags of all postings."""
        return self.array("posting_rows"), self.array("posting_flags")

    @cached_property
    def columns(self) -> Columns:
        """Columns for scoring many rows at once."""
        return Columns(*(self.array(name) for name in Columns._fields))


class _Guarded:
    """A section whose blocks are compared with their checksums when something is read from them."""

    __slots__ = ("_compared", "_container", "_size", "_start", "_view")

    def __init__(self, container: Container, name: str) -> None:
        self._container = container
        self._compared = container.compared
        self._view = container.view(name)
        self._start, self._size = container.start(name), self._view.itemsize

    def __getitem__(self, row: int) -> Any:
        at = self._start + row * self._size
        if not self._compared[at >> BLOCK_BITS]:
            self._container.guard(at, at + self._size)
        return self._view[row]

    def __len__(self) -> int:
        return len(self._view)


def _position(wanted: tuple[int, int], size: int, at: Callable[[int], tuple[int, int]]) -> int | None:
    """Find where an ascending list, given as a function, holds something."""
    found = bisect_left(range(size), wanted, key=at)
    return found if found < size and at(found) == wanted else None
