"""Foreign rows as events of one report: the dataset is the source, its figures are the claims.

Nothing is read out of a row's text, as its columns say more.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from gazetteer.place import Place
from geo import lexicons
from geo.actors.registry import registry
from geo.exchange.cells import Cells, UnfitError, whole
from geo.records import (
    IN_PLACE,
    UNKNOWN_TIME,
    ActorRef,
    Claim,
    Coded,
    Count,
    Event,
    Mention,
    PlaceRef,
    Report,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from geo.actors.records import Actor
    from geo.exchange.mapping import Layout
    from geo.records import Measure

_PRECISION = "import_precision.csv"
_EXACT = 1
_SHOWN = 40
_SUMMED: tuple[Measure, ...] = ("killed", "injured")
_OF_ACLED = {"1": 1, "2": 2, "3": 4}
_HTTP = ("http://", "https://")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Extent:
    """What a precision stands for."""

    geo_precision: int
    """ACLED precision."""
    radius_km: float
    """Radius within which it lies."""
    feature_class: str
    """GeoNames feature class that such a place is like."""
    feature: str
    """GeoNames feature code."""


@functools.cache
def _extents() -> Mapping[int, _Extent]:
    named = ("where_prec", "geo_precision", "radius_km", "feature_class", "feature")
    return MappingProxyType(
        {
            int(row["where_prec"]): _Extent(
                geo_precision=int(row["geo_precision"]),
                radius_km=float(row["radius_km"]),
                feature_class=row["feature_class"],
                feature=row["feature"],
            )
            for _, row in lexicons.rows(_PRECISION, *named)
        },
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An event made of a row, and the line of text that stands for the row."""

    line: str
    """Place, date and the row's own text, in one line; the event's offsets point into it."""
    event: Event
    """The event."""
    title: str | None
    """Headline of the row."""
    url: str | None
    """Address of the row; only http and https are kept."""


def converted(layout: Layout, row: Mapping[str, str], number: int) -> Account:
    """Make the event of a row.

    Raises
    ------
    UnfitError
        If it is no event; the message says why.
    """
    cells = Cells(layout, row)
    kind, sub_type = _types(cells)
    when, place = cells.when(), _place(layout, cells)
    own = next(iter(cells.raw("id")), None) or str(number)
    key = f"{layout.name}:{whole(own)}"
    line = _line([place.name, when.words], cells.raw("text"))
    event = Event(
        id=key,
        report=layout.name,
        type=kind,
        sub_type=sub_type,
        when=when,
        place=_reference(place, cells),
        initiators=_actors(cells, "initiators", "initiator_kind", when.first),
        targets=_actors(cells, "targets", "target_kind", when.first),
        claims=tuple(_claims(cells, key, line)),
        main=True,
        denied=False,
        start=0,
        end=len(line),
        quote=line,
        confidence=1.0,
        reason=f"row of {layout.source}",
    )
    return Account(line=line, event=event, title=cells.text("title"), url=_address(cells.text("url")))


def _line(head: list[str], texts: list[str]) -> str:
    body = " \u2014 ".join(dict.fromkeys(texts))
    return " ".join(f"{', '.join(part for part in head if part)}: {body}".split()).removesuffix(":")


def _address(url: str | None) -> str | None:
    return url if url is not None and url.casefold().startswith(_HTTP) else None


def together(layout: Layout, accounts: Iterable[Account]) -> Coded:
    """Make one report of a dataset's rows, a line each: rows of one dataset are never the same incident."""
    lines, events, start = [], [], 0
    for account in accounts:
        lines.append(account.line)
        events.append(_moved(account.event, start))
        start += len(account.line) + 1
    report = Report(
        id=layout.name,
        source=layout.source,
        title=layout.source,
        published=UNKNOWN_TIME,
        url=None,
        text="\n".join(lines),
        dataset=True,
    )
    mentions = tuple(event.place for event in events if event.place is not None)
    return Coded(report=report, mentions=mentions, events=tuple(events))


def _moved(event: Event, by: int) -> Event:
    claims = tuple(replace(claim, start=claim.start + by, end=claim.end + by) for claim in event.claims)
    ref = event.place
    if ref is not None:
        mention = replace(ref.mention, start=ref.mention.start + by, end=ref.mention.end + by)
        ref = replace(ref, mention=mention)
    return replace(event, start=event.start + by, end=event.end + by, claims=claims, place=ref)


def _types(cells: Cells) -> tuple[str, str]:
    """Give type and sub-type in ACLED's words."""
    kind, sub_type = cells.text("type"), cells.text("sub_type")
    if kind is None:
        raise UnfitError(f"type {' '.join(cells.raw('type'))[:_SHOWN]!r} is no conflict event")
    if kind not in _ontology():
        raise UnfitError(f"type {kind!r} is none of {', '.join(_ontology())}")
    if sub_type is not None and sub_type not in _ontology()[kind]:
        raise UnfitError(f"sub-type {sub_type!r} is none of {kind}: {', '.join(_ontology()[kind])}")
    return kind, sub_type or ""


@functools.cache
def _ontology() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for _, row in lexicons.rows("ontology.csv", "type", "sub_type"):
        found[row["type"]] = (*found.get(row["type"], ()), row["sub_type"])
    return MappingProxyType(found)


def _place(layout: Layout, cells: Cells) -> Place:
    lat, lon = cells.degrees()
    where_prec = _where_prec(cells)
    extent = _extents()[where_prec]
    name = " ".join((cells.text("place") or f"{lat}, {lon}").split())
    return Place(
        id=f"{layout.name}:place:{lat:.5f},{lon:.5f},{where_prec}",
        name=name,
        lat=lat,
        lon=lon,
        country=_country(cells.text("country"), name),
        admin1=cells.text("admin1"),
        admin2=None,
        feature_class=extent.feature_class,
        feature=extent.feature,
        population=0,
        radius_km=extent.radius_km,
        source=layout.source,
    )


def _reference(place: Place, cells: Cells) -> PlaceRef:
    where_prec = _where_prec(cells)
    return PlaceRef(
        mention=Mention(start=0, end=len(place.name), text=place.name),
        literal=True,
        place=place,
        relation=IN_PLACE,
        lat=place.lat,
        lon=place.lon,
        radius_km=place.radius_km,
        where_prec=where_prec,
        geo_precision=_extents()[where_prec].geo_precision,
        confidence=1.0,
        reason=f"position given by {place.source}",
    )


def _where_prec(cells: Cells) -> int:
    given = cells.count("where_prec")
    if given is None:
        given = _OF_ACLED.get(cells.text("geo_precision") or "", _EXACT)
    if given not in _extents():
        raise UnfitError(f"precision {given} is none of {', '.join(map(str, _extents()))}")
    return given


def _country(name: str | None, place: str) -> str | None:
    """Give the country's code, by its name or the last part of the place's ("Khusham, Homs, Syria")."""
    found = registry().country(name if name is not None else place.rpartition(", ")[2])
    return found or (name if name is not None and len(name) == len("SY") and name.isupper() else None)


def _actors(cells: Cells, field: str, kind_field: str, day: date | None) -> tuple[ActorRef, ...]:
    kind = cells.text(kind_field)
    return tuple(_actor(name, kind, day) for name in cells.names(field))


def _actor(name: str, kind: str | None, day: date | None) -> ActorRef:
    """Give an actor, with its id where the registry has the whole name."""
    known = _known(name, day)
    if known is None:
        return ActorRef(id=None, name=name, text=name, start=-1, end=-1, kind=kind)
    side = registry().side(known.id, day)
    return ActorRef(
        id=known.id,
        name=known.name,
        text=name,
        start=-1,
        end=-1,
        kind=known.kind,
        side=None if side is None else side.label,
        country=known.country,
    )


def _known(name: str, day: date | None) -> Actor | None:
    for match in registry().find(name):
        picked = registry().pick(match, on=day) if match.end - match.start == len(name) else None
        if picked is not None:
            return registry().by_id(picked)
    return None


def _claims(cells: Cells, key: str, line: str) -> Iterator[Claim]:
    for measure in _SUMMED:
        low, high = cells.count(f"{measure}_low"), cells.count(f"{measure}_high")
        if low is not None or high is not None:
            # A part of the dead is no rival to the total: only where all are civilians does it say of whom.
            civilians = measure == "killed" and low == high == cells.count("killed_civilians") != 0
            count = Count(low=low, high=high, words=_words(low, high))
            yield _claim(key, line, measure, "civilians" if civilians else None, count)


def _claim(key: str, line: str, measure: Measure, of: str | None, count: Count) -> Claim:
    return Claim(
        id=f"{key}:{measure}",
        measure=measure,
        count=count,
        of=of,
        claimant=None,
        via=(),
        denied=False,
        superseded=False,
        cumulative=False,
        start=0,
        end=len(line),
        quote=line,
        reason="columns of the dataset",
    )


def _words(low: int | None, high: int | None) -> str:
    ends = ["" if end is None else str(end) for end in (low, high)]
    return ends[0] if ends[0] == ends[1] else "\u2013".join(ends)
