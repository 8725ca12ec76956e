"""Tables to what the page reads: columns for filters, marks and lists; text in lines, parsed on demand.

The layout is read by `assets/js/data.js`; both change together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from maps.arrange import Arranged, View, arrange
from maps.claims import MEASURES, Claims
from maps.columns import MISSING, Frame
from maps.pack import codes, dictionary, floats, integers, json_lines, lists, tenths, trimmed
from maps.reports import Reports
from maps.shapes import footprints

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Array = NDArray[Any]

CHUNK = 4000
"""Rows in one text block: a block is searched whole, a row is parsed alone."""
DISPUTES = ("toll", "place", "actor", "type", "that it happened")


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """What the page is given."""

    head: Mapping[str, Any]
    """Columns and dictionaries."""
    text: Mapping[str, tuple[bytes, ...]]
    """Text blocks (`incidents`, `events`, `reports`) as JSON."""
    lon: Array
    """Longitudes of incidents and versions (NaN: no place)."""
    lat: Array
    """Latitudes."""
    sources: tuple[str, ...]
    """Publishers in the order of the panel: the most frequent first."""


def payload(frames: Mapping[str, Frame], *, chunk: int = CHUNK) -> Payload:
    """Turn checked tables into columns and text blocks of `chunk` rows."""
    arranged = arrange(frames["incidents"], frames["events"])
    claims = Claims.sorted_by(frames["claims"], arranged.events["id"])
    reports = Reports.of(frames["reports"], arranged.events)
    sources, source_codes = codes(_named(arranged.events["source"]))
    shapes, drawn = footprints(
        frames["footprints"], incidents=arranged.incidents["id"], events=arranged.events["id"]
    )
    head = {
        "chunk": chunk,
        "incidents": _incident_columns(arranged),
        "events": {
            **_event_columns(arranged.events),
            "source": {"names": sources, "of": integers(source_codes)},
            "claimants": claims.facet(),
            "report": integers(reports.of_event),
        },
        "reports": reports.head(),
        "claims": claims.head(),
        "footprints": drawn,
        "shapes": shapes,
        "actors": _rows(frames["actors"]),
        "corrections": _corrections(frames["corrections"], arranged, claims, reports),
        "meta": dict(_rows(frames["meta"])),
    }
    text = {
        "incidents": tuple(_incident_lines(arranged.incidents, chunk)),
        "events": tuple(_event_lines(arranged.events, claims, chunk)),
        "reports": tuple(_report_lines(reports, chunk)),
    }
    return Payload(head=head, text=text, **_places(arranged), sources=tuple(sources))


def _named(values: Array) -> Array:
    return np.array(["" if value is None else value for value in values], dtype=object)


def _told(values: Array) -> Array:
    return np.array([bool(value) for value in values], dtype=bool)


def _incident_columns(arranged: Arranged) -> dict[str, Any]:
    rows = arranged.incidents
    return {
        **_common(rows),
        "starts": integers(np.searchsorted(arranged.parent, np.arange(len(rows) + 1))),
        **{f"{m}_{end}": integers(rows[f"{m}_{end}"]) for m in MEASURES[:2] for end in ("low", "high")},
        "disputes": integers(_disputes(rows)),
    }


def _disputes(rows: View) -> Array:
    """Bits for what is contested, lowest bit: toll; 32 where only `contested` is set."""
    found = [
        sum(1 << bit for bit, name in enumerate(DISPUTES) if name in (about or ""))
        for about in rows["contested_about"]
    ]
    bits = np.array(found, dtype=np.int64)
    return np.where((bits == 0) & rows["contested"], 1 << len(DISPUTES), bits)


def _common(rows: View) -> dict[str, Any]:
    first, last = rows["date_from"], rows["date_to"]
    span = np.where(first == MISSING, MISSING, np.where(last == MISSING, 0, last - first))
    return {
        "rows": len(rows),
        "lon": floats(rows.lon),
        "lat": floats(rows.lat),
        "first": integers(first),
        "span": integers(np.where(span == MISSING, MISSING, np.maximum(span, 0))),
        "radius": tenths(rows["radius_km"]),
        "where": integers(rows["where_prec"]),
        "geo": integers(rows["geo_precision"]),
        "sure": integers(_percent(rows["confidence"])),
        **{
            name: dictionary(rows[name])
            for name in ("type", "sub_type", "date_precision", "place", "admin1", "country")
        },
    }


def _percent(share: Array) -> Array:
    return np.where(np.isnan(share), MISSING, np.nan_to_num(share * 100).round().astype(np.int64))


def _event_columns(rows: View) -> dict[str, Any]:
    actors = np.array(
        ["; ".join(filter(None, pair)) for pair in zip(rows["initiators"], rows["targets"], strict=True)],
        dtype=object,
    )
    return {
        **_common(rows),
        "flags": integers(rows["main"].astype(np.int64) + 2 * rows["denied"] + 4 * _told(rows["corrected"])),
        "actors": lists(actors),
        "sides": lists(_named(rows["sides"])),
    }


def _incident_lines(rows: View, chunk: int) -> Iterator[bytes]:
    for part in _parts(len(rows), chunk):
        cells = zip(*(rows.part(name, part) for name in ("id", "title", "reason")), strict=True)
        yield json_lines([trimmed(row) for row in cells])


def _event_lines(rows: View, claims: Claims, chunk: int) -> Iterator[bytes]:
    names = ("quote", "relation", "place_reason", "reason", "initiators", "targets")
    for part in _parts(len(rows), chunk):
        columns = [rows.part(name, part) for name in names]
        told = claims.lines(part.start, part.stop, columns[0])
        yield json_lines(list(zip(*columns, told, strict=True)))


def _report_lines(reports: Reports, chunk: int) -> Iterator[bytes]:
    for part in _parts(len(reports.row), chunk):
        yield json_lines(reports.lines(part))


def _parts(rows: int, chunk: int) -> list[slice]:
    return [slice(k, min(k + chunk, rows)) for k in range(0, rows, chunk)]


def _places(arranged: Arranged) -> dict[str, Array]:
    both = (arranged.incidents, arranged.events)
    return {axis: np.concatenate([getattr(rows, axis) for rows in both]) for axis in ("lon", "lat")}


def _rows(frame: Frame) -> list[list[Any]]:
    return [list(cells) for cells in zip(*(frame[name] for name in frame.known), strict=True)]


def _corrections(frame: Frame, arranged: Arranged, claims: Claims, reports: Reports) -> list[list[Any]]:
    """Corrections, each with the rows of the incidents it bears on."""
    if frame.rows == 0:
        return []
    rows: dict[str, set[int]] = {}
    parent = arranged.parent.tolist()
    for identity, row in [
        *zip(arranged.incidents["id"], range(len(arranged.incidents)), strict=True),
        *zip(arranged.events["id"], parent, strict=True),
        *((claim, parent[event]) for claim, event in claims.parents()),
        *((report, parent[event]) for event, report in enumerate(reports.ids_of_events())),
    ]:
        rows.setdefault(identity, set()).add(row)
    found = [[sorted(rows.get(cells[0], ())), *cells] for cells in _rows(frame)]
    return [cells for cells in found if cells[0]]
