"""Codes of researchers' layouts, from `geo/data/layouts.toml` and `geo/data/layout_countries.csv`."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from geo import lexicons
from geo.tables.schema import Column, ColumnType

if TYPE_CHECKING:
    from collections.abc import Mapping

_LAYOUTS = "layouts.toml"
_COUNTRIES = "layout_countries.csv"
_TYPES = frozenset(get_args(ColumnType))


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """How the layouts name and number a country."""

    iso: int | None
    """ISO 3166-1 numeric code."""
    acled_name: str | None
    """Name in ACLED."""
    acled_region: str | None
    """Region in ACLED."""
    gw: int | None
    """Gleditsch and Ward number."""
    ucdp_name: str | None
    """Name in UCDP."""
    ucdp_region: str | None
    """Region in UCDP."""


_UNKNOWN = Country(iso=None, acled_name=None, acled_region=None, gw=None, ucdp_name=None, ucdp_region=None)


@functools.cache
def columns(layout: str) -> tuple[Column, ...]:
    """Give a layout's columns, in its order."""
    return tuple(_column(text) for text in lexicons.toml(_LAYOUTS)[layout]["columns"])


def _column(text: str) -> Column:
    name, _, kind = text.partition(": ")
    checked = lexicons.choice(_LAYOUTS, 0, name, kind or "text", _TYPES)
    return Column(name=name, type=checked, key="", alias=name, meaning="")  # type: ignore[arg-type]


def code(layout: str, table: str, word: str | None) -> Any:
    """Give the code that a layout has for one of our words, or `None`."""
    return lexicons.toml(_LAYOUTS)[layout][table].get(word)


def vague(layout: str) -> Mapping[str, int]:
    """Give the numbers that a layout writes for vague words."""
    return MappingProxyType(lexicons.toml(_LAYOUTS)[layout]["vague"])


def country(alpha2: str | None) -> Country:
    """Give a country by its ISO 3166-1 alpha-2 code; all is `None` for one that the list does not have."""
    return countries().get(alpha2 or "", _UNKNOWN)


@functools.cache
def countries() -> Mapping[str, Country]:
    """Give the countries by ISO 3166-1 alpha-2 code."""
    named = ("country", "iso", "acled_name", "acled_region", "gw", "ucdp_name", "ucdp_region")
    return MappingProxyType({row["country"]: _country(row) for _, row in lexicons.rows(_COUNTRIES, *named)})


def _country(row: lexicons.Row) -> Country:
    return Country(
        iso=int(row["iso"]) if row["iso"] else None,
        acled_name=row["acled_name"],
        acled_region=row["acled_region"],
        gw=int(row["gw"]) if row["gw"] else None,
        ucdp_name=row["ucdp_name"],
        ucdp_region=row["ucdp_region"] or None,
    )
