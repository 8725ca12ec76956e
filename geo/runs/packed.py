"""A coded report as bytes: what a worker hands back and a journal keeps.

MessagePack of the records, compressed: a third of the pickled size, and nothing in it can run.
"""

from __future__ import annotations

import zlib
from datetime import date
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from geo.incidents.copies import Passages, passages
from geo.incidents.reading import Traits, traits
from geo.records import Coded, Event, Incident, PlaceRef, Report

LAST_DAY = date.max.isoformat()
"""Stands for an unknown day where days are sorted."""

_LEVEL = 1
_KEY_BYTES = 16
_ENCODER = msgspec.msgpack.Encoder()


class KeptEvent(NamedTuple):
    """An event, packed."""

    id: str
    """Its id."""
    day: str
    """Its first day, ISO 8601, or `LAST_DAY`."""
    event: bytes
    """The record."""


class Kept(NamedTuple):
    """A coded report, packed in parts that are read at different times."""

    id: str
    """Id of the report."""
    day: str
    """Its day of publication, ISO 8601, or `LAST_DAY`."""
    source: str | None
    """The publisher."""
    places: int
    """How many place names it has."""
    report: bytes
    """The record."""
    mentions: bytes
    """Its places."""
    events: tuple[KeptEvent, ...]
    """Its events."""
    traits: bytes
    """What linking reads of it."""
    passages: bytes
    """What tells copies of it."""


def packed(coded: Coded) -> Kept:
    """Pack a coded report, with all that later steps read of it alone."""
    report = coded.report
    return Kept(
        id=report.id,
        day=_iso(report.published.first),
        source=report.source,
        places=len(coded.mentions),
        report=pack(report),
        mentions=pack(coded.mentions),
        events=tuple(KeptEvent(e.id, _iso(e.when.first), pack(e)) for e in coded.events),
        traits=pack(traits(report.id, report, coded.events)),
        passages=pack(passages(report)),
    )


def key_of(report: Report) -> bytes:
    """Give a key that two reports share only if nothing tells them apart, and so are coded alike."""
    return blake2b(_ENCODER.encode(report), digest_size=_KEY_BYTES).digest()


def pack(record: object) -> bytes:
    """Pack a record, or a tuple of them."""
    return zlib.compress(_ENCODER.encode(record), _LEVEL)


def _iso(day: date | None) -> str:
    return LAST_DAY if day is None else day.isoformat()


_REPORT = msgspec.msgpack.Decoder(Report)
_MENTIONS = msgspec.msgpack.Decoder(tuple[PlaceRef, ...])
_EVENT = msgspec.msgpack.Decoder(Event)
_INCIDENT = msgspec.msgpack.Decoder(Incident)
_TRAITS = msgspec.msgpack.Decoder(Traits)
_PASSAGES = msgspec.msgpack.Decoder(Passages)


def report_of(data: bytes) -> Report:
    """Unpack a report."""
    return _REPORT.decode(zlib.decompress(data))


def mentions_of(data: bytes) -> tuple[PlaceRef, ...]:
    """Unpack the places of a report."""
    return _MENTIONS.decode(zlib.decompress(data))


def event_of(data: bytes) -> Event:
    """Unpack an event."""
    return _EVENT.decode(zlib.decompress(data))


def incident_of(data: bytes) -> Incident:
    """Unpack an incident."""
    return _INCIDENT.decode(zlib.decompress(data))


def traits_of(data: bytes) -> Traits:
    """Unpack what linking reads."""
    return _TRAITS.decode(zlib.decompress(data))


def passages_of(data: bytes) -> Passages:
    """Unpack what tells copies."""
    return _PASSAGES.decode(zlib.decompress(data))
