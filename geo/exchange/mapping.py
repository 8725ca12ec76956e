"""How a foreign table is read: which of its columns are our fields, and what its codes mean.

A mapping is a small TOML file; `geo/data/imports/acled.toml` explains its keys and is an example.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from geo import lexicons
from geo.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

FIELDS = frozenset(
    {
        *("id", "date_from", "date_to", "date_precision", "type", "sub_type"),
        *("initiators", "initiator_kind", "targets", "target_kind"),
        *("lat", "lon", "place", "admin1", "country", "where_prec", "geo_precision"),
        *("killed_low", "killed_high", "killed_civilians", "injured_low", "injured_high"),
        *("title", "text", "url"),
    },
)
"""Our fields that a mapping can fill."""
REQUIRED = ("date_from", "lat", "lon", "type")
"""Fields without which a row is no event; `type` may also be a constant."""

_KEYS = frozenset(
    {"name", "source", "recognise", "columns", "dates", "header", "split", "values", "constants"}
)
_TABLES = ("columns", "split", "values", "constants")
_FOLDER = lexicons.DATA / "imports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One way to read a table."""

    name: str
    """What it is called; the beginning of its rows' ids."""
    source: str
    """The publisher."""
    recognise: frozenset[str]
    """Columns that only such a table has; empty: it is never guessed."""
    columns: Mapping[str, tuple[str, ...]]
    """Columns by field, the first that is there counts."""
    dates: tuple[str, ...]
    """Forms of dates beside ISO 8601."""
    header: tuple[str, ...]
    """Columns of files without a header; empty: files have one."""
    split: Mapping[str, str]
    """What stands between several names of one cell, by field."""
    values: Mapping[str, Mapping[str, str]]
    """What cells mean, by field."""
    constants: Mapping[str, str]
    """Fields that are the same in every row."""
    text: str
    """The TOML it was read from."""

    def missing(self, columns: Collection[str]) -> list[str]:
        """Name the required fields that a table with these columns does not fill."""
        return [
            field
            for field in REQUIRED
            if field not in self.constants and not set(self.columns.get(field, ())) & set(columns)
        ]


@functools.cache
def known() -> tuple[Layout, ...]:
    """Give the layouts that come with the project."""
    return tuple(parsed(path.read_text("utf-8"), path.name) for path in sorted(_FOLDER.glob("*.toml")))


def recognised(columns: Collection[str]) -> Layout | None:
    """Find the layout of a table by its columns."""
    return next((layout for layout in known() if layout.recognise <= set(columns)), None)


def parsed(text: str, where: str) -> Layout:
    """Read a mapping.

    Parameters
    ----------
    text
        TOML.
    where
        Its file, for messages.

    Raises
    ------
    ReportError
        If it is no TOML, or a key or field is unknown; the message names the likeliest.
    """
    try:
        found = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # no TOML, a number of thousands of digits, lists in lists
        raise ReportError(f"{where} is no mapping: {error}.") from error
    _check(where, "key", found, _KEYS)
    for table in _TABLES:
        if not isinstance(found.get(table, {}), dict):
            raise ReportError(f"{where}: {table} must be a table: write [{table}] above its lines.")
        _check(where, f"field in [{table}]", found.get(table, {}), FIELDS)
    for name, fits, wanted in _SHAPES:
        if name in found and not fits(found[name]):
            raise ReportError(f"{where}: {name} must be {wanted}.")
    if not found.get("source"):
        raise ReportError(f'{where}: source is missing: name the publisher, such as source = "My archive".')
    return _layout(found, text)


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _holds(*fits: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda table: isinstance(table, dict) and all(any(fit(v) for fit in fits) for v in table.values())


def _is_plain(value: object) -> bool:
    return isinstance(value, str | int | float)


_SHAPES: tuple[tuple[str, Callable[[object], bool], str], ...] = (
    ("name", _is_text, "a word in quotes"),
    ("source", _is_text, "a name in quotes"),
    *((key, _is_texts, "a list of words in quotes") for key in ("recognise", "dates", "header")),
    ("columns", _holds(_is_text, _is_texts), 'lines such as lat = "latitude"'),
    ("split", _holds(lambda mark: _is_text(mark) and bool(mark)), 'lines such as initiators = ";"'),
    ("values", _holds(_holds(_is_plain)), 'tables such as [values.type] with lines such as 1 = "Battles"'),
    ("constants", _holds(_is_plain), 'lines such as type = "Battles"'),
)
"""What each key of a mapping holds, and how to say it."""


def _check(where: str, noun: str, given: Iterable[str], allowed: Collection[str]) -> None:
    for name in given:
        if name not in allowed:
            close = nearest(name, allowed)
            hint = "" if close is None else f" Did you mean {close!r}?"
            there = ", ".join(sorted(allowed))
            raise ReportError(f"{where}: no {noun} is called {name!r}.{hint} There are {there}.")


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """Find the likeliest of the allowed names: one that begins like it, else one that is spelt nearly so."""
    by_low = {other.casefold(): other for other in sorted(allowed)}
    low = name.casefold()
    begun = (other for other in by_low if other.startswith(low) or low.startswith(other))
    close = next(begun, None) or next(iter(difflib.get_close_matches(low, by_low, n=1)), None)
    return None if close is None else by_low[close]


def _layout(found: Mapping[str, Any], text: str) -> Layout:
    source = str(found["source"])
    return Layout(
        name=str(found.get("name") or "-".join(source.casefold().split())),
        source=source,
        recognise=frozenset(found.get("recognise", ())),
        columns=MappingProxyType({field: _names(value) for field, value in found.get("columns", {}).items()}),
        dates=tuple(found.get("dates", ())),
        header=tuple(found.get("header", ())),
        split=MappingProxyType(dict(found.get("split", {}))),
        values=MappingProxyType(
            {field: _meanings(table) for field, table in found.get("values", {}).items()}
        ),
        constants=MappingProxyType(
            {field: str(value) for field, value in found.get("constants", {}).items()}
        ),
        text=text,
    )


def _names(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _meanings(table: Mapping[str, Any]) -> Mapping[str, str]:
    return MappingProxyType({cell: str(meaning) for cell, meaning in table.items()})
