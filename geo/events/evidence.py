"""How much speaks for an event, how much of the report it takes up, and where the leading one was."""

from __future__ import annotations

from dataclasses import replace

from geo.events.drafts import (
    VIOLENT,
    Draft,
)
from geo.events.topic import ARMED
from geo.lexicons import words
from geo.mentions.text import Document
from geo.records import PlaceRef, When

LEAST_EVIDENCE = 1.3


def refine(drafts: list[Draft], places: tuple[PlaceRef, ...], document: Document) -> None:
    """Give the event that leads, told of a country or region only, the one spot in it that is free."""
    main = next((d for d in drafts if d.kind in VIOLENT), None)
    if main is None or main.place is None or main.place.where_prec < 5 or _late(main, document):
        return
    others = [d for d in drafts if d is not main and not d.inherited_place]
    taken = {d.place.place.id for d in others if d.place and d.place.place}
    spots = {
        p.place.id: p for p in reversed(places) if p.place and _free_spot(p, main.place, taken, document)
    }
    if len(spots) == 1:
        (spot,) = spots.values()
        main.place = replace(
            spot,
            where_prec=max(2, spot.where_prec),
            reason=f"{spot.reason}; the only spot the report names there",
        )


def _late(d: Draft, document: Document) -> bool:
    """Tell whether an event is first told below the head of the report."""
    return d.first.reading.sentence.index > max(2, len(document.sentences) // 6)


CAPTIONS = tuple(words("evidence.captions"))


def _captioned(document: Document, paragraph: int) -> bool:
    """Tell whether a paragraph is the caption of a picture, which shows some other place and day."""
    first = next(s for s in document.sentences if s.paragraph == paragraph)
    return first.text.lstrip("[( ").lower().startswith(CAPTIONS)


def _free_spot(p: PlaceRef, around: PlaceRef, taken: set[str], document: Document) -> bool:
    sentence = document.sentence_at(p.mention.start)
    if (
        not p.literal
        or p.place is None
        or p.where_prec > 2
        or p.place.id in taken
        or sentence is None
        or sentence.furniture
        or _captioned(document, sentence.paragraph)
    ):
        return False
    inside = around.place is not None and p.place.country == around.place.country
    in_line = document.dateline is not None and p.mention.start in document.dateline
    return inside and not in_line and p.place.feature != "PPLC"


def settled(d: Draft, published: When) -> bool:
    """Tell whether an event has a place, a type and a time of a month or better.

    Where the day of publication is unknown, words such as "on Thursday" give no date; the event stands.
    """
    if d.place is None or not d.sub_type:
        return False
    if d.when is None or not d.when.known:
        return not published.known
    return d.when.precision != "year"


WITNESSED = 0.8
"""For a death whose sentence gives both its place and its day."""
UNROOTED = -0.9
"""For what has neither a place nor a day nor a figure of its own: mostly a figure of speech."""


def evidence(d: Draft) -> float:
    """Return how much speaks for something having happened: strong words, armed actors, victims."""
    rooted = d.told or any(o.place or o.date for o in d.tellings)
    score = 0.0 if rooted else UNROOTED
    for o in d.tellings:
        score += {0: 0.6, 1: 0.6, 2: 1.35, 3: 2.0}[o.strength]
        hits = [*o.roles.initiators, *o.roles.targets]
        score += 0.8 * any(a.actor.kind in ARMED or a.actor.kind == "government" for a in hits)
        score += min(1.0, 0.3 * sum(o.votes.values()))
        score += WITNESSED * (o.casualty and o.place is not None and o.date is not None)
    return score + 1.5 * sum(t.victims.measure in {"killed", "injured"} for t in d.told) + 0.5 * len(d.told)


def weight(d: Draft, document: Document) -> float:
    """Return how much of the report an event takes up; the head counts most."""
    first = d.first.reading.sentence.index
    lead = 4.0 / (1.0 + first / max(4, len(document.sentences) / 6))
    return (
        lead + 0.6 * min(6, len(d.tellings)) + 0.7 * min(6, len(d.told)) + (0.5 if d.kind in VIOLENT else 0.0)
    )
