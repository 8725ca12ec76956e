"""Other people's event tables in: ACLED, UCDP GED, GDELT, or any CSV or GeoJSON by a mapping.

Each row becomes an event of the dataset; it keeps its own id and all its columns. Rows that are no events are
put aside with their reason, so that nothing is lost.
"""

from __future__ import annotations

import csv
import json
import statistics
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.errors import ReportError
from geo.exchange.cells import UnfitError
from geo.exchange.convert import converted, together
from geo.exchange.foreign import load
from geo.exchange.mapping import known, nearest, parsed, recognised
from geo.project.atomic import replacing
from geo.project.store import told
from geo.tables.rows import ForeignRow
from geo.tables.schema import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import pandas as pd

    from geo.exchange.convert import Account
    from geo.exchange.foreign import Table
    from geo.exchange.mapping import Layout
    from geo.records import Coded, Event

MAPPING_KEY = "mapping:"
"""Beginning of the `meta` keys under which a project keeps the mappings of its imports."""

_EVERY = 1000
_ENOUGH = 5
_FAR_DEGREES = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A row that is no event."""

    row: int
    """Line of the file on which it ends, or the feature's place."""
    reason: str
    """Why, in words."""
    cells: tuple[str, ...]
    """Its cells, in the order of the columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What came out of a foreign table."""

    layout: Layout
    """How it was read."""
    columns: tuple[str, ...]
    """The table's columns."""
    accounts: tuple[Account, ...]
    """An event for each row that is one."""
    rows: tuple[ForeignRow, ...]
    """The rows of these events, in the same order."""
    rejected: tuple[Rejected, ...]
    """Rows put aside."""
    notes: tuple[str, ...]
    """What the user should know of the file."""

    def coded(self) -> Coded:
        """Give the dataset as one report with all its events."""
        ordered = sorted(
            zip(self.rows, self.accounts, strict=True), key=lambda pair: (pair[0].row, pair[0].event)
        )
        return together(self.layout, [account for _, account in ordered])

    @property
    def meta(self) -> dict[str, str]:
        """What the project must keep to understand these rows again."""
        return {f"{MAPPING_KEY}{self.layout.name}": self.layout.text}


def read(path: Path, mapping: Path | None = None, *, watch: Callable[[int], None] | None = None) -> Imported:
    """Read a foreign table.

    Parameters
    ----------
    path
        CSV (comma, semicolon, tab or bar), or GeoJSON; also in .gz or .zip.
    mapping
        A mapping file; `None`: the layout is recognised by its columns.
    watch
        Told the number of rows read, every thousand.

    Raises
    ------
    ReportError
        If the file or the mapping cannot be read, the layout is not known, or columns are missing.
    """
    table = load(path)
    layout = _chosen(path, table) if mapping is None else parsed(_text(mapping), str(mapping))
    if missing := layout.missing(table.columns):
        raise ReportError(_lacking(path, layout, missing, table.columns))
    broken = [Rejected(row=row, reason=reason, cells=cells) for row, reason, cells in table.broken]
    kept, unfit = _converted(layout, table, watch)
    return Imported(
        layout=layout,
        columns=table.columns,
        accounts=tuple(account for account, _ in kept),
        rows=tuple(row for _, row in kept),
        rejected=tuple(sorted([*broken, *unfit], key=lambda rejected: rejected.row)),
        notes=table.notes,
    )


def _text(mapping: Path) -> str:
    try:
        return mapping.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"{mapping} cannot be read ({error}): name a TOML file in UTF-8.") from error


def _chosen(path: Path, table: Table) -> Layout:
    layout = recognised(table.columns)
    if layout is None:
        names = ", ".join(layout.source for layout in known())
        raise ReportError(
            f"{path} has the columns of none of {names}: give a mapping file that says which are which.",
        )
    return layout


def _lacking(path: Path, layout: Layout, missing: Iterable[str], columns: Sequence[str]) -> str:
    told = []
    for field in missing:
        named = layout.columns.get(field, ())
        close = nearest(next(iter(named), field), columns)
        hint = "" if close is None else f" (is it {close!r}?)"
        told.append(f"{field} from {' or '.join(map(repr, named)) or 'no column'}{hint}")
    return f"{path} lacks {'; '.join(told)}. Its columns are {', '.join(columns)}."


def _converted(
    layout: Layout, table: Table, watch: Callable[[int], None] | None
) -> tuple[list[tuple[Account, ForeignRow]], list[Rejected]]:
    kept: dict[str, tuple[Account, ForeignRow]] = {}
    reasons: dict[int, str] = {}
    for done, (number, row) in enumerate(table.rows, 1):
        if watch is not None and done % _EVERY == 0:
            watch(done)
        try:
            account = converted(layout, row, number)
        except UnfitError as error:
            reasons[number] = str(error)
            continue
        first, there = kept.setdefault(account.event.id, (account, _foreign(layout, account, number, row)))
        if first is not account:
            reasons[number] = f"its id is that of row {there.row} too"
    for event in _swapped([account.event for account, _ in kept.values()]):
        _, there = kept.pop(event)
        reasons[there.row] = "latitude and longitude look swapped: the others of its country lie elsewhere"
    unfit = [
        Rejected(row=number, reason=reasons[number], cells=tuple(row.get(name, "") for name in table.columns))
        for number, row in table.rows
        if number in reasons
    ]
    return list(kept.values()), unfit


def _foreign(layout: Layout, account: Account, number: int, row: Mapping[str, str]) -> ForeignRow:
    return ForeignRow(
        event=account.event.id,
        layout=layout.name,
        row=number,
        attributes=json.dumps({name: storable(cell) for name, cell in row.items()}, ensure_ascii=False),
        title=account.title,
        url=account.url,
    )


def _swapped(events: Iterable[Event]) -> list[str]:
    """Find events far from the middle of their country's, which would lie near it the other way round."""
    by_country: defaultdict[str | None, list[tuple[str, float, float]]] = defaultdict(list)
    for event in events:
        if event.place is not None and event.place.place is not None:
            place = event.place.place
            by_country[place.country].append((event.id, place.lat, place.lon))
    return [
        odd
        for country, found in by_country.items()
        if country is not None and len(found) >= _ENOUGH
        for odd in _beside(found)
    ]


def _beside(found: Sequence[tuple[str, float, float]]) -> Iterator[str]:
    middle = statistics.median(lat for _, lat, _ in found), statistics.median(lon for _, _, lon in found)
    for event, lat, lon in found:
        if _degrees(middle, lat, lon) > _FAR_DEGREES > _degrees(middle, lon, lat):
            yield event


def _degrees(middle: tuple[float, float], lat: float, lon: float) -> float:
    return max(abs(lat - middle[0]), abs(lon - middle[1]))


def write_rejected(imported: Imported, path: Path) -> None:
    """Write the rows put aside as CSV: row, reason, and the columns as they were.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    with replacing(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(["row", "reason", *imported.columns])
        writer.writerows([rejected.row, rejected.reason, *rejected.cells] for rejected in imported.rejected)


def recalled(tables: Mapping[str, pd.DataFrame]) -> list[Imported]:
    """Give the imports of a project again, so that it can be linked anew without their files."""
    meta, kept = told(tables), tables["imported"]
    return [
        _recalled(parsed(meta[f"{MAPPING_KEY}{name}"], name), kept[kept["layout"] == name])
        for name in sorted(kept["layout"].unique())
    ]


def _recalled(layout: Layout, kept: pd.DataFrame) -> Imported:
    found = [
        (account, _foreign(layout, account, int(number), cells))
        for number, cells in zip(kept["row"], map(json.loads, kept["attributes"]), strict=True)
        if (account := converted(layout, cells, int(number)))
    ]
    return Imported(
        layout=layout,
        columns=(),
        accounts=tuple(account for account, _ in found),
        rows=tuple(row for _, row in found),
        rejected=(),
        notes=(),
    )


def joined(old: Iterable[Imported], new: Imported) -> list[Imported]:
    """Put a new import beside those of a project; its rows replace those of the same dataset and id."""
    by_name = {imported.layout.name: imported for imported in old}
    before = by_name.get(new.layout.name)
    if before is not None:
        given = {row.event for row in new.rows}
        kept = [pair for pair in zip(before.accounts, before.rows, strict=True) if pair[1].event not in given]
        new = replace(
            new,
            accounts=(*(account for account, _ in kept), *new.accounts),
            rows=(*(row for _, row in kept), *new.rows),
        )
    by_name[new.layout.name] = new
    return [by_name[name] for name in sorted(by_name)]
