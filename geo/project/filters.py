"""Part of a project by source, actor, type, time and place: one rule for maps and exports."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import shapely

from geo.errors import ProjectError
from geo.incidents.summarise import NO_SOURCE
from geo.project.sums import resummed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from geo.tables.schema import Tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What to keep: within a field any value fits, all fields must fit; the case of names is no matter."""

    source: tuple[str, ...] = ()
    """Publishers. Only their versions and claims remain."""
    actor: tuple[str, ...] = ()
    """Registry ids or names of who takes part."""
    type: tuple[str, ...] = ()
    """Event types or sub-event types."""
    since: date | None = None
    """First day; what lasted beyond it stays. What has no known date goes as soon as a day is given."""
    until: date | None = None
    """Last day, inclusive."""
    bbox: tuple[float, float, float, float] | None = None
    """West, south, east, north in degrees; west greater than east crosses the antimeridian."""

    @property
    def keeps_all(self) -> bool:
        """Whether nothing is asked for."""
        return self == Filter()


def select(tables: Mapping[str, pd.DataFrame], wanted: Filter) -> Tables:
    """Give the part of the tables that fits.

    An incident stays if one of its events fits, and with it every other version of it. With `source`, only
    the versions and claims of these sources stay, and the incident's sources, counts and tolls are those of
    what is left.

    Raises
    ------
    ProjectError
        If a source, an actor or a type is none of the project's; the message lists which there are.
    """
    if wanted.keeps_all:
        return dict(tables)
    events = tables["events"]
    fits = _by_name(tables, wanted) & _by_time(events, wanted) & _by_place(events, wanted)
    versions = events["incident"].isin(events["incident"][fits].dropna())
    if wanted.source:
        versions &= events["source"].isin(_sources(tables, wanted))
    return _cascade(tables, events[fits | versions], wanted)


def _sources(tables: Mapping[str, pd.DataFrame], wanted: Filter) -> set[str | None]:
    named = tables["reports"]["source"]
    known: dict[str, set[Any]] = {name: {name} for name in _distinct(named)}
    return _met("source", wanted.source, known | ({NO_SOURCE: {None}} if named.isna().any() else {}))


def _by_name(tables: Mapping[str, pd.DataFrame], wanted: Filter) -> pd.Series[bool]:
    events, parts = tables["events"], tables["event_actors"]
    fits = pd.Series(True, events.index)
    if wanted.source:
        fits &= events["source"].isin(_sources(tables, wanted))
    if wanted.type:
        kinds = {name: {name} for column in ("type", "sub_type") for name in _distinct(events[column])}
        met = _met("type", wanted.type, kinds)
        fits &= events["type"].isin(met) | events["sub_type"].isin(met)
    if wanted.actor:
        rows = _met("actor", wanted.actor, _rows_of_actors(parts))
        fits &= events["id"].isin(parts["event"].loc[sorted(rows)])
    return fits


def _rows_of_actors(parts: pd.DataFrame) -> dict[str, set[Any]]:
    rows: dict[str, set[Any]] = {}
    for column in ("actor", "name"):
        for row, name in parts[column].items():
            if name is not None:
                rows.setdefault(name, set()).add(row)
    return rows


def _distinct(column: pd.Series[Any]) -> list[str]:
    return sorted(column.dropna().unique())


def _met(noun: str, asked: Iterable[str], known: Mapping[str, set[Any]]) -> set[Any]:
    """Find what each name stands for, whatever its case."""
    folded: dict[str, set[Any]] = {}
    for name, found in known.items():
        folded.setdefault(name.casefold(), set()).update(found)
    for name in asked:
        if name.casefold() not in folded:
            raise ProjectError(_unknown(noun, name, list(known)))
    return {item for name in asked for item in folded[name.casefold()]}


def _unknown(noun: str, name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name.casefold(), [item.casefold() for item in known], n=1)
    likely = next((item for item in known if item.casefold() in close), None)
    hint = "" if likely is None else f" Did you mean {likely!r}?"
    return f"No {noun} {name!r} in this project.{hint} There are: {_listed(known)}."


def _listed(names: list[str], most: int = 20) -> str:
    shown = ", ".join(sorted(names)[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown or "none"


def _by_time(events: pd.DataFrame, wanted: Filter) -> pd.Series[bool]:
    fits = pd.Series(True, events.index)
    if wanted.since is not None:
        fits &= events["date_to"] >= pd.Timestamp(wanted.since)
    if wanted.until is not None:
        fits &= events["date_from"] <= pd.Timestamp(wanted.until)
    return fits


def _by_place(events: pd.DataFrame, wanted: Filter) -> pd.Series[bool]:
    if wanted.bbox is None:
        return pd.Series(True, events.index)
    west, south, east, north = wanted.bbox
    points = np.asarray(events.geometry, dtype=object)
    lon, lat = shapely.get_x(points), shapely.get_y(points)
    inside = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    return pd.Series(inside & (lat >= south) & (lat <= north), events.index)


def _cascade(tables: Mapping[str, pd.DataFrame], events: pd.DataFrame, wanted: Filter) -> Tables:
    """Keep with the events all that hangs on them, and nothing else."""
    kept = dict(tables)
    kept["events"] = events
    for table in ("claims", "event_actors", "footprints"):
        kept[table] = tables[table][tables[table]["event"].isin(events["id"])]
    if "links" in tables:
        links, told = tables["links"], events["id"]
        kept["links"] = links[links["left"].isin(told) & links["right"].isin(told)]
    reports = tables["reports"]
    kept["reports"] = reports[reports["id"].isin(events["report"]) | _whole_sources(tables, wanted)]
    kept["mentions"] = tables["mentions"][tables["mentions"]["report"].isin(kept["reports"]["id"])]
    cases = tables["incidents"][tables["incidents"]["id"].isin(events["incident"])]
    kept["incidents"] = resummed(cases, events, kept["claims"]) if wanted.source else cases
    kept["places"] = _named(
        tables["places"], (kept[name]["place_id"] for name in ("events", "mentions", "incidents"))
    )
    kept["actors"] = _named(tables["actors"], (kept["event_actors"]["actor"], kept["claims"]["claimant_id"]))
    return {table: data.reset_index(drop=True) for table, data in kept.items()}


def _whole_sources(tables: Mapping[str, pd.DataFrame], wanted: Filter) -> pd.Series[bool]:
    """Mark reports that stay though no event of theirs does: only sources were asked for."""
    reports = tables["reports"]
    if wanted != Filter(source=wanted.source):
        return pd.Series(False, reports.index)
    return reports["source"].isin(_sources(tables, wanted))


def _named(table: pd.DataFrame, columns: Iterable[pd.Series[Any]]) -> pd.DataFrame:
    return table[table["id"].isin({name for column in columns for name in column.dropna()})]
