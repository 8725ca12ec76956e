"""An incident or event in the columns of UCDP's georeferenced event dataset (GED)."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from geo.exchange.codes import code, country

if TYPE_CHECKING:
    from collections.abc import Iterable

    from geo.exchange.cases import Case, Party, Record
    from geo.tables.values import Cell

STATE_BASED, NON_STATE, ONE_SIDED = 1, 2, 3

_CELL_DEGREES = 0.5
_CELLS_AROUND = 720
_DECIMALS = 7


def row(case: Case) -> dict[str, Cell]:
    """Give GED's columns of a case; those left out have no counterpart.

    Our id stands in `relid`: GED's `id` is a number of its own. `best` is filled only where all claims agree.
    """
    day = case.text("date_from")
    return {
        "relid": case.text("id"),
        "year": None if day is None else int(day[:4]),
        "date_prec": code("ucdp", "date_prec", case.span),
        "date_start": day,
        "date_end": case.text("date_to"),
        **_sides(case),
        **_sources(case.versions),
        "source_original": _joined(claim["claimant"] for claim in case.claims),
        **_where(case),
        **_deaths(case),
    }


def _party(party: Party) -> str | None:
    found: str | None = code("ucdp", "party", party.kind)
    return found


def violence(initiator: Party, target: Party) -> int | None:
    """Tell the type of violence from what sort of parties meet, or `None` where that is not known."""
    pair = (_party(initiator), _party(target))
    if pair[0] in {"state", "group"} and pair[1] == "civilians":
        return ONE_SIDED
    if pair == ("group", "group"):
        return NON_STATE
    return STATE_BASED if None not in pair and "civilians" not in pair else None


def _sides(case: Case) -> dict[str, Cell]:
    """Give the sides; in state-based violence the government comes first."""
    first, second = case.initiator, case.target
    kind = violence(first, second)
    if kind == STATE_BASED and _party(first) == "group":
        first, second = second, first
    return {
        "type_of_violence": kind,
        "side_a": first.name,
        "side_b": "Civilians" if kind == ONE_SIDED else second.name,
        "gwnoa": _state_number(first),
        "gwnob": _state_number(second),
    }


def _state_number(party: Party) -> int | None:
    return country(party.country).gw if _party(party) == "state" else None


def _sources(versions: Iterable[Record]) -> dict[str, Cell]:
    told = [
        (version["source"] or "", version["published"] or "", version["title"] or "") for version in versions
    ]
    once = list(dict.fromkeys(told))
    return {
        "number_of_sources": len(once) or None,
        "source_article": ";".join(_article(*entry) for entry in once) or None,
        "source_office": _joined(office for office, _, _ in once),
        "source_date": _joined(date for _, date, _ in once),
        "source_headline": _joined(headline for _, _, headline in once),
    }


def _article(*entry: Cell) -> str:
    return '"' + ",".join(str(part).replace('"', "'") for part in entry) + '"'


def _joined(values: Iterable[Any]) -> str | None:
    return ";".join(dict.fromkeys(str(value) for value in values if value)) or None


def _where(case: Case) -> dict[str, Cell]:
    where = country(case.text("country"))
    return {
        "where_prec": case.number("where_prec"),
        "where_coordinates": case.text("place"),
        "adm_1": case.text("admin1"),
        "latitude": case.lat,
        "longitude": case.lon,
        "geom_wkt": _point(case),
        "priogrid_gid": cell_number(lat=case.lat, lon=case.lon),
        "country": where.ucdp_name,
        "country_id": where.gw,
        "region": where.ucdp_region,
    }


def _point(case: Case) -> str | None:
    if case.lat is None or case.lon is None:
        return None
    return f"POINT ({round(case.lon, _DECIMALS)} {round(case.lat, _DECIMALS)})"


def cell_number(*, lat: float | None, lon: float | None) -> int | None:
    """Give the number of a PRIO-GRID cell: half degrees, counted eastwards from the south-west corner."""
    if lat is None or lon is None:
        return None
    south, west = min(math.floor((lat + 90) / _CELL_DEGREES), 359), math.floor((lon + 180) / _CELL_DEGREES)
    return south * _CELLS_AROUND + west % _CELLS_AROUND + 1


def _deaths(case: Case) -> dict[str, Cell]:
    low, high = case.killed_range
    return {"low": low, "high": high, "best": low if low == high else None}
