"""An incident or event in ACLED's 31 columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.exchange.cases import NOBODY, Case, Party
from geo.exchange.codes import code, country, vague

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.tables.values import Cell

_STATE, _CIVILIANS, _EXTERNAL = 1, 7, 8
_DEMONSTRATIONS = {"Protests", "Riots"}
_AGAINST_CIVILIANS = "Violence against civilians"


def row(case: Case) -> dict[str, Cell]:
    """Give ACLED's columns of a case; those left out have no counterpart."""
    day = case.text("date_from")
    return {
        "event_id_cnty": case.text("id"),
        "event_date": day,
        "year": None if day is None else int(day[:4]),
        "time_precision": code("acled", "time_precision", case.span),
        "notes": _notes(case),
        "source": case.text("sources" if "sources" in case.row else "source"),
        "fatalities": fatalities(case),
        "tags": _tags(case),
        **_kind(case),
        **_parties(case),
        **_where(case),
    }


def _kind(case: Case) -> dict[str, Cell]:
    kind, sub_type = case.text("type"), case.text("sub_type")
    civilians = kind == _AGAINST_CIVILIANS or any(inter(party, None) == _CIVILIANS for party in case.targets)
    return {
        "disorder_type": code("acled", "disorder", sub_type) or code("acled", "disorder", kind),
        "event_type": kind,
        "sub_event_type": sub_type,
        "civilian_targeting": "Civilian targeting" if civilians else None,
    }


def _parties(case: Case) -> dict[str, Cell]:
    first, second, where = case.initiator, case.target, case.text("country")
    return {
        "actor1": first.name,
        "assoc_actor_1": _others(case.initiators),
        "inter1": inter(first, where),
        "actor2": second.name,
        "assoc_actor_2": _others(case.targets),
        "inter2": inter(second, where),
        "interaction": _interaction(inter(first, where), inter(second, where), lone=second is NOBODY),
    }


def _others(parties: Sequence[Party]) -> str | None:
    return "; ".join(str(party.name) for party in parties[1:]) or None


def inter(party: Party, where: str | None) -> int | None:
    """Give ACLED's code of an actor; a state's forces in another country `where` are external."""
    found: int | None = code("acled", "inter", party.kind)
    abroad = None not in {party.country, where} and party.country != where
    return _EXTERNAL if found == _STATE and abroad else found


def _interaction(one: int | None, other: int | None, *, lone: bool) -> int | None:
    """Join both actors' codes, the smaller first; a lone actor's code stands before a zero."""
    if one is None or (other is None and not lone):
        return None
    return one * 10 if other is None else min(one, other) * 10 + max(one, other)


def _where(case: Case) -> dict[str, Cell]:
    where = country(case.text("country"))
    return {
        "iso": where.iso,
        "region": where.acled_region,
        "country": where.acled_name,
        "admin1": case.text("admin1"),
        "location": case.text("place"),
        "latitude": case.lat,
        "longitude": case.lon,
        "geo_precision": case.number("geo_precision"),
    }


def _notes(case: Case) -> str | None:
    """Quote every version, with its publisher."""
    told = (f'{version["source"] or "unnamed"}: "{version["quote"]}"' for version in case.versions)
    return " | ".join(dict.fromkeys(told)) or None


def _tags(case: Case) -> str | None:
    sizes = [claim["words"] for claim in case.claims if claim["measure"] == "participants"]
    return f"crowd size={sizes[0]}" if sizes and case.text("type") in _DEMONSTRATIONS else None


def fatalities(case: Case) -> int | None:
    """Give the most conservative figure, as ACLED does; where there is none, its number for a vague word."""
    figures = [claim["low"] for claim in case.killed if claim["bound"] != "vague"]
    known = _numbers(figures) or _numbers(_of_words(str(claim["words"])) for claim in case.killed)
    return min(known, default=None)


def _numbers(values: Iterable[Any]) -> list[int]:
    return [int(value) for value in values if value is not None]


def _of_words(words: str) -> int | None:
    return next((number for word, number in vague("acled").items() if word in words.casefold()), None)
