"""What linking reads of one event and of one report: words by checksum and weight, and a few numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from zlib import crc32

from geo.incidents.details import details
from geo.incidents.words import weighed
from geo.records import ActorRef, Event, Report

UNKNOWN_DAY = -1
UNKNOWN = float("nan")
BEHIND_HEADLINE = re.compile(r"\s+[-|–—]\s+")
MOST_REPORT_WORDS = 48
MOST_EVENT_WORDS = 24
FULL_LENGTH = 60.0
"""Length of the word vector of a report of ten lines; a shorter one is like none by a word or two."""
REPORT_RARITY = 2.0
EVENT_RARITY = 1.8
AROUND = 160
"""Code points before and after an event's sentence that are read as its own words."""
RADIUS_KM = 2.0
"""Radius of a place that gives none."""
NAMING_LETTERS = 4
"""Shortest word that tells one actor from another."""
GENERIC = frozenset(
    "forces force army military militia militias fighters fighter troops soldiers soldier rebels militants "
    "group state government the and officials people coalition regime warplanes planes jets civilians "
    "residents local its their police men man woman".split(),
)

Tokens = Mapping[int, float]


class Reading(NamedTuple):
    """An event as linking sees it; the columns of `geo.incidents.columns` say what each field means."""

    type: int
    sub_type: int
    first: int
    last: int
    lat: float
    lon: float
    radius_km: float
    main: bool
    killed: float
    hours: int
    initiators: Tokens
    targets: Tokens
    figures: Tokens
    objects: Tokens
    words: Tokens


class Traits(NamedTuple):
    """What linking reads of a report and its events: small, and made from that report alone."""

    report: str
    """Id of the report."""
    source: int
    """Checksum of the publisher; 0: unknown."""
    published: int
    """Day number; -1: unknown."""
    words: Tokens
    """Its rarest words, of unit length together."""
    events: tuple[tuple[str, Reading], ...]
    """Id and reading of each event."""
    dataset: bool = False
    """Whether the report is a table of events."""


def traits(identity: str, report: Report | None, events: Sequence[Event]) -> Traits:
    """Return what linking reads of events of one report; without it, only their own sentences are read."""
    return Traits(
        report=identity,
        source=checksum(report.source or "") if report else 0,
        published=day_number(report.published.last) if report else UNKNOWN_DAY,
        words=read_report(report),
        events=tuple((e.id, read_event(e, report)) for e in events),
        dataset=report is not None and report.dataset,
    )


def checksum(text: str) -> int:
    """Return 32 bits that stand for a text, the same on every machine; 0 for an empty one."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def day_number(day: date | None) -> int:
    """Return the day's number in the Gregorian calendar."""
    return day.toordinal() if day else UNKNOWN_DAY


def read_event(event: Event, report: Report | None) -> Reading:
    """Return what linking reads of an event; without its report, only its own sentences are read."""
    p = event.place
    known = p is not None and p.lat is not None and p.lon is not None
    sentences = "\n".join([event.quote, *(c.quote for c in event.claims if c.quote != event.quote)])
    found = details(sentences)
    return Reading(
        type=checksum(event.type),
        sub_type=checksum(event.sub_type),
        first=day_number(event.when.first),
        last=day_number(event.when.last),
        lat=p.lat if known and p is not None and p.lat is not None else UNKNOWN,
        lon=p.lon if known and p is not None and p.lon is not None else UNKNOWN,
        radius_km=(p.radius_km or RADIUS_KM) if p is not None else 0.0,
        main=event.main,
        killed=_killed(event),
        hours=found.hours,
        initiators=_actors(event.initiators),
        targets=_actors(event.targets),
        figures=_figures(event),
        objects={checksum(o): 1.0 for o in found.objects},
        words=_words(event, sentences, report),
    )


def _actors(actors: Sequence[ActorRef]) -> Tokens:
    found: dict[int, float] = {}
    for a in actors:
        names = [a.id] if a.id else []
        names += [w for w in a.text.casefold().split() if len(w) >= NAMING_LETTERS and w not in GENERIC]
        names += [f"country {a.country}"] if a.country else []
        found.update((checksum(n), 1.0) for n in names)
    return found


def _figures(event: Event) -> Tokens:
    """Return the figures; large and crooked ones are seldom shared by chance."""
    found: dict[int, float] = {}
    for c in event.claims:
        n = c.count.low
        if n is not None and n > 1:
            crooked = len(str(n).rstrip("0"))
            found[checksum(f"{c.measure} {n}")] = min(1.5, crooked * 0.5 + 0.25 * (len(str(n)) - 1))
    return found


def _killed(event: Event) -> float:
    lows = [
        c.count.low
        for c in event.claims
        if c.measure == "killed"
        and c.count.low is not None
        and not (c.superseded or c.denied or c.cumulative)
    ]
    return float(min(max(lows), 10**9)) if lows else UNKNOWN


def _words(event: Event, sentences: str, report: Report | None) -> Tokens:
    parts = [sentences]
    if report is not None and not report.dataset:
        before = max(0, event.start - AROUND)
        parts += [report.text[before : event.start], report.text[event.end : event.end + AROUND]]
    return _rarest(weighed("\n".join(parts), EVENT_RARITY), MOST_EVENT_WORDS)


def read_report(report: Report | None) -> Tokens:
    """Return the rarest words of a report, of unit length together; none of a dataset."""
    if report is None or report.dataset:
        return {}
    found = _rarest(weighed(told(report), REPORT_RARITY), MOST_REPORT_WORDS)
    length = max(FULL_LENGTH, sum(w * w for w in found.values()) ** 0.5)
    return {t: w / length for t, w in found.items()}


def told(report: Report) -> str:
    """Return headline and text without page furniture, to which the outlet behind a headline belongs."""
    parts, at = [BEHIND_HEADLINE.split(report.title or "", maxsplit=1)[0]], 0
    for span in report.furniture:
        parts.append(report.text[at : span.start])
        at = max(at, span.end)
    return "\n".join([*parts, report.text[at:]])


def _rarest(words: Tokens, most: int) -> Tokens:
    if len(words) <= most:
        return words
    return dict(sorted(words.items(), key=lambda x: (-x[1], x[0]))[:most])
