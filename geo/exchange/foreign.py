"""A foreign file as numbered rows of text: CSV and the like, GeoJSON, each also in .gz or .zip."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

import msgspec
from shapely.errors import ShapelyError

from geo.errors import ReportError
from geo.exchange.mapping import known
from geo.reports.encoding import decode
from geo.reports.files import FREE_BYTES, MAX_RATIO
from geo.reports.problem import RefusedError
from geo.reports.rows import long_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

LON, LAT = "_lon", "_lat"
"""Columns that hold the point of a GeoJSON feature, unless it has such columns of its own."""

_UNREADABLE = (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError)
_JSON = {".geojson", ".json"}
_DELIMITERS = ",\t;|"
_SAMPLE = 20
_EXPECTED = {"utf-8", "utf-8-sig"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A foreign table."""

    columns: tuple[str, ...]
    """Its columns, in order."""
    rows: tuple[tuple[int, Mapping[str, str]], ...]
    """Number of each row (the line of a text file on which it ends, or the feature's place) and its cells."""
    broken: tuple[tuple[int, str, tuple[str, ...]], ...]
    """Rows with too many or too few cells: number, reason, cells."""
    notes: tuple[str, ...]
    """What the user should know of the file."""


def load(path: Path) -> Table:
    """Read a file.

    Raises
    ------
    ReportError
        If it cannot be read, or is no table.
    """
    data, name = _unpacked(path)
    try:
        text, encoding = decode(data)
    except RefusedError as error:
        raise ReportError(f"{path}: {error}") from error
    notes = (
        ()
        if encoding in _EXPECTED
        else (f"{path} is not UTF-8: read as {encoding}; see whether names are right.",)
    )
    if any(name.casefold().endswith(suffix) for suffix in _JSON):
        return _features(path, text, notes)
    return _lines(path, text, notes)


def _unpacked(path: Path) -> tuple[bytes, str]:
    try:
        if path.suffix.casefold() == ".gz":
            with gzip.open(path) as file:
                return _bounded(file, path.stat().st_size, path), path.stem
        if path.suffix.casefold() == ".zip":
            return _only_member(path)
        return path.read_bytes(), path.name
    except FileNotFoundError as error:
        raise ReportError(f"{path}: there is no such file: see the name.") from error
    except ReportError:
        raise
    except (*_UNREADABLE, ValueError) as error:
        raise ReportError(f"{path} cannot be read ({error}): fetch it again.") from error


def _bounded(file: IO[bytes] | gzip.GzipFile, packed: int, path: Path) -> bytes:
    most = max(FREE_BYTES, MAX_RATIO * packed)
    data = file.read(most + 1)
    if len(data) > most:
        raise ReportError(f"{path} grows more than {MAX_RATIO} times: unpack it yourself if you trust it.")
    return data


def _only_member(path: Path) -> tuple[bytes, str]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if not name.endswith("/")]
        if len(names) != 1:
            raise ReportError(f"{path} holds {len(names)} files: unpack it and name the table.")
        with archive.open(names[0]) as file:
            return _bounded(file, path.stat().st_size, path), names[0]


def _lines(path: Path, text: str, notes: tuple[str, ...]) -> Table:
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        with long_fields():
            cells = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise ReportError(f"{path} line {reader.line_num}: {error}: save it as CSV anew.") from error
    if not cells:
        raise ReportError(f"{path} is empty: name a table with a header and rows.")
    columns, body = _headed(cells[0][1], cells)
    rows = tuple(
        (number, dict(zip(columns, row, strict=True))) for number, row in body if len(row) == len(columns)
    )
    broken = tuple(
        (number, f"{len(row)} cells for {len(columns)} columns", tuple(row))
        for number, row in body
        if len(row) != len(columns)
    )
    return Table(columns=columns, rows=rows, broken=broken, notes=notes)


def _headed(
    first: Sequence[str], cells: list[tuple[int, list[str]]]
) -> tuple[tuple[str, ...], list[tuple[int, list[str]]]]:
    """Tell the header from the rows; files of a known layout may come without one."""
    for layout in known():
        if layout.header and len(first) == len(layout.header) and first[0].strip().isdigit():
            return layout.header, cells
    return tuple(_distinct(cell.strip() for cell in first)), cells[1:]


def _distinct(names: Iterator[str]) -> Iterator[str]:
    """Give columns of the same name a number, so that no cell is lost."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name}.{seen[name]}"


def _features(path: Path, text: str, notes: tuple[str, ...]) -> Table:
    try:
        found = msgspec.json.decode(text.encode())
        features = list(found["features"])
    except (msgspec.DecodeError, KeyError, TypeError, RecursionError) as error:
        raise ReportError(f"{path} is no GeoJSON of features ({error}): see what wrote it.") from error
    rows: list[tuple[int, Mapping[str, str]]] = []
    broken: list[tuple[int, str, tuple[str, ...]]] = []
    for number, feature in enumerate(features, 1):
        try:
            rows.append((number, _feature(feature)))
        except (KeyError, TypeError, AttributeError, ValueError, ShapelyError) as error:
            broken.append((number, f"no feature that can be read ({error})", (_cell(feature),)))
    if broken and not rows:
        raise ReportError(
            f"{path} is no GeoJSON of features (the first is {broken[0][1]}): see what wrote it."
        )
    if broken and not rows:
        raise ReportError(f"{path} is no GeoJSON of features ({broken[0][1]}): see what wrote it.")
    columns = tuple(dict.fromkeys(itertools.chain.from_iterable(row for _, row in rows)))
    return Table(columns=columns, rows=tuple(rows), broken=tuple(broken), notes=notes)


def _feature(feature: Mapping[str, Any]) -> dict[str, str]:
    cells = {name: _cell(value) for name, value in (feature.get("properties") or {}).items()}
    if "id" in feature:
        cells.setdefault("id", _cell(feature["id"]))
    if feature.get("geometry"):
        lon, lat = _position(feature["geometry"])
        cells = {LON: repr(lon), LAT: repr(lat)} | cells
    return cells


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _position(geometry: Mapping[str, Any]) -> tuple[float, float]:
    if geometry["type"] == "Point":
        lon, lat, *_ = geometry["coordinates"]
        return float(lon), float(lat)
    from shapely.geometry import shape

    point = shape(dict(geometry)).representative_point()
    return float(point.x), float(point.y)
