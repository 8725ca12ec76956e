"""A report's events: tellings gathered, figures attached, the main one found, what lacks evidence dropped."""

from __future__ import annotations

import hashlib

from geo.events.drafts import (
    Draft,
)
from geo.events.evidence import LEAST_EVIDENCE, evidence, refine, settled, weight
from geo.events.gather import gather
from geo.events.longer import longer
from geo.events.parties import initiators, targets
from geo.events.reading import Reading, readings
from geo.events.topic import warlike
from geo.mentions.dates import DateMention, find_dates
from geo.mentions.text import Document
from geo.records import Claim, Event, PlaceRef, When


def find_events(
    document: Document,
    places: tuple[PlaceRef, ...],
    dates: tuple[DateMention, ...],
    headline: tuple[Document, tuple[PlaceRef, ...]] | None = None,
) -> tuple[Event, ...]:
    """Return the events a report tells, in order of first telling.

    Parameters
    ----------
    document
        The report, cut.
    places, dates
        What it mentions, decided.
    headline
        Its headline as a document with its places, where that stands apart from the text.
    """
    read = readings(document, places, dates)
    if not warlike(document.report.text, read):
        return ()
    drafts = gather(document, read, headline[1] if headline else (), _above(headline))
    refine(drafts, places, document)
    published = document.report.published
    kept = [d for d in drafts if evidence(d) >= LEAST_EVIDENCE and settled(d, published)]
    if not kept:
        return ()
    main = max(
        kept, key=lambda d: (weight(d, document) + FIRST * (d is kept[0]), -d.first.reading.sentence.index)
    )
    return tuple(_event(document, read, d, main=d is main) for d in kept)


FIRST = 1.0
"""What being told first adds to an event's weight."""


def _above(headline: tuple[Document, tuple[PlaceRef, ...]] | None) -> Reading | None:
    """Read a headline as a sentence above the text."""
    if headline is None:
        return None
    read = readings(headline[0], headline[1], find_dates(headline[0]))
    for r in read[:1]:
        r.sentence.index = -1
        r.headline = True
        return r
    return None


def _event(document: Document, read: list[Reading], d: Draft, *, main: bool) -> Event:
    first = d.first
    sentence = first.reading.sentence
    report = document.report.id
    identity = hashlib.blake2s(
        f"{report}|{sentence.start}|{first.first}|{d.sub_type}".encode(), digest_size=6
    ).hexdigest()
    doers = initiators(d, read, main=main)
    return Event(
        id=identity,
        report=report,
        type=d.kind,
        sub_type=d.sub_type,
        when=d.when or When(),
        place=d.place,
        initiators=tuple(doers),
        targets=tuple(targets(d, doers)),
        claims=_claims(identity, d),
        main=main,
        denied=any(o.denied for o in d.tellings),
        start=sentence.start,
        end=sentence.end,
        quote=sentence.text,
        confidence=round(min(0.97, 0.35 + 0.1 * evidence(d)), 2),
        reason=_reason(d),
    )


def _claims(event: str, d: Draft) -> tuple[Claim, ...]:
    claims: list[Claim] = []
    for k, t in enumerate(d.told):
        v = t.victims
        if t.denied and v.count.bound != "none":
            continue
        sentence = t.reading.sentence
        key = hashlib.blake2s(
            f"{event}|{sentence.start}|{v.first}|{v.measure}".encode(), digest_size=6
        ).hexdigest()
        claims.append(
            Claim(
                id=key,
                measure=v.measure,
                count=v.count,
                of=v.of,
                claimant=t.claimant,
                via=t.via,
                denied=False,
                superseded=_replaced(d, k),
                cumulative=longer(t.reading, v.first, v.last, d.when.first if d.when else None),
                start=sentence.start,
                end=sentence.end,
                quote=sentence.text,
                reason=v.reason,
            ),
        )
    unique: list[Claim] = []
    for c in claims:
        if not any(_same_claim(c, u) for u in unique):
            unique.append(c)
    return tuple(unique)


def _replaced(d: Draft, k: int) -> bool:
    """Tell whether a figure that its sentence calls earlier has another beside it that takes its place."""
    old = d.told[k].victims
    return old.old and any(
        n != k
        and t.victims.measure == old.measure
        and t.victims.of == old.of
        and not t.victims.old
        and t.victims.count.bound != "none"
        for n, t in enumerate(d.told)
    )


def _same_claim(a: Claim, b: Claim) -> bool:
    speakers = {x.claimant.name if x.claimant else None for x in (a, b)}
    return (
        a.measure == b.measure
        and (a.count.low, a.count.high) == (b.count.low, b.count.high)
        and (len(speakers) == 1 or None in speakers)
    )


def _reason(d: Draft) -> str:
    words = ", ".join(dict.fromkeys(f'"{o.lemma}"' for o in d.tellings[:4]))
    means = max((v for o in d.tellings for v in o.votes.items()), key=lambda v: v[1], default=None)
    return f"told by {words}" + (f"; means: {means[0]}" if means else "")
