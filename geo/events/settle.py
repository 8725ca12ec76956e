"""Where and when a telling happened: its own words first, then what the report has set the scene for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from geo.events.reading import Reading
from geo.lexicons import table, words
from geo.mentions.text import Document
from geo.records import PlaceRef, When

LED_WORDS = words("settle.led")
LOCATED_WORDS = words("settle.located")

if TYPE_CHECKING:
    from geo.events.drafts import Draft
    from geo.events.occurrences import Occurrence

HEADING_WORDS = 8
HEADLINE_SPOT = 2
NEWS_DAYS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Place and time of a telling, and whether its own sentence gives them."""

    place: PlaceRef | None
    when: When | None
    own_place: bool
    own_date: bool
    set_place: bool
    """The paragraph has set the place."""


@dataclass(slots=True, kw_only=True)
class Setting:
    """The scene as the reader has it in mind while going down the report."""

    document: Document
    paragraph: int = -1
    place: PlaceRef | None = None
    """Place set in this paragraph (or by the item's heading)."""
    when: When | None = None
    """Time set in this paragraph (or by the item's heading)."""
    lead_place: PlaceRef | None = None
    lead_when: When | None = None
    home: frozenset[str | None] = frozenset()
    """Countries the report is about."""
    title: tuple[PlaceRef, ...] = ()
    """Places the headline names."""

    def last_resort(self) -> PlaceRef | None:
        """Return where the headline puts it, else the dateline's place."""
        words = self.document.report.title or ""
        named = sorted((p for p in self.title if p.literal and p.place), key=_rank)
        led = [p for p in named if _led(words, p.mention.start)]
        only = [p for p in named if p.where_prec <= HEADLINE_SPOT]
        if led or len({p.place.id for p in only if p.place}) == 1:
            return (led or only)[0]
        return self.dateline_place

    dateline_place: PlaceRef | None = None

    def enter(self, reading: Reading) -> None:
        """Take notice of a sentence before its tellings are settled."""
        if reading.sentence.paragraph != self.paragraph:
            self.paragraph = reading.sentence.paragraph
            self.place, self.when = None, None
        if self.dateline_place is None:
            self.dateline_place = next(
                (p.ref for p in reading.places if self._in_dateline(p.ref.mention.start)), None
            )
        if reading.sentence.furniture:
            return
        if _only_dateline(reading):
            self.dateline_place = self.dateline_place or reading.places[0].ref
            return
        place = _topic_place(reading, self.document, self.home)
        when = next(
            (
                d.date.when
                for d in reading.dates
                if d.date.when.known
                and not d.spoken
                and not d.date.bounded
                and not d.date.future
                and not self._in_dateline(d.date.start)
            ),
            None,
        )
        if place is not None and (self.place is None or len(reading.tokens) <= HEADING_WORDS):
            self.place = place
        if when is not None and when.precision != "year" and not self._masthead(reading, when):
            self.when = when
        if self.lead_place is None:
            self.lead_place = place or self._at_dateline() or self._named(reading) or by_building(reading)
        if self.lead_when is None and self.when is not None:
            self.lead_when = self.when

    def _at_dateline(self) -> PlaceRef | None:
        """Return the dateline's town where it is no capital."""
        p = self.dateline_place
        if p is None or p.place is None or p.place.feature == "PPLC" or p.place.country not in self.home:
            return None
        return p

    def _named(self, reading: Reading) -> PlaceRef | None:
        """Return the first spot that a sentence names at all."""
        return next((p.ref for p in reading.places if self._opens(p.ref)), None)

    def _opens(self, ref: PlaceRef) -> bool:
        far = ref.place is None or ref.place.country not in self.home or ref.place.feature == "PPLC"
        return (
            ref.literal
            and not far
            and not _kin(self.document, ref)
            and ref.where_prec <= 2
            and not self._in_dateline(ref.mention.start)
        )

    def _masthead(self, reading: Reading, when: When) -> bool:
        """Tell whether a date is the day of publication in a line at the head."""
        published = self.document.report.published
        return (
            reading.sentence.index <= 2 and when.first == when.last == published.last and not reading.triggers
        )

    def _in_dateline(self, position: int) -> bool:
        line = self.document.dateline
        return line is not None and position in line

    def scene(self, o: Occurrence, current: Draft | None) -> Scene:
        """Return place and time of a telling."""
        own_place = o.place is not None and not self._in_dateline(o.place.ref.mention.start)
        own_date = o.date is not None and not self._in_dateline(o.date.date.start)
        here = _here(o.reading) and not (own_place and o.place and o.place.ref.where_prec <= HEADLINE_SPOT)
        place = (
            self.dateline_place
            if here and self.dateline_place
            else o.place.ref
            if own_place and o.place
            else self.place
            or (current.place if current else None)
            or self.lead_place
            or by_building(o.reading)
            or self.last_resort()
        )
        told = _announced(o)
        when = (
            o.date.date.when
            if own_date and o.date
            else (own_place and told)
            or self.when
            or (current.when if current else None)
            or self.lead_when
            or told
            or (self.news() if o.reading.sentence.index >= 0 else None)
        )
        return Scene(
            place=place,
            when=when or None,
            own_place=own_place,
            own_date=own_date,
            set_place=not own_place and self.place is not None,
        )

    def news(self) -> When | None:
        """Return the week up to publication: news without a date is recent, to no exact day."""
        published = self.document.report.published
        if published.precision != "day" or published.last is None:
            return published if published.known and published.precision == "month" else None
        return When(
            first=published.last - timedelta(days=NEWS_DAYS), last=published.last, precision="week", words=""
        )


def _here(reading: Reading) -> bool:
    """Tell whether a sentence speaks of the dateline's town: "here", "in this Druze town"."""
    lows = reading.tokens.lows
    return "here" in lows or any(w == "this" and TOWNS & set(lows[i + 1 : i + 3]) for i, w in enumerate(lows))


TOWNS = words("settle.towns")


def by_building(reading: Reading) -> PlaceRef | None:
    """Return the spot whose building a sentence names: "the school of Kankara", "Ankara's station"."""
    buildings = table("civilian_objects.csv", "word")
    for p in reading.places:
        before, after = reading.low(p.first - 2), reading.words(p.last + 2, p.last + 4).split()
        owned = reading.low(p.last + 1) == "'s" and any(w in buildings for w in after)
        of = reading.low(p.first - 1) in {"of", "in", "at"} and before in buildings
        if (owned or of) and p.ref.place is not None and p.ref.where_prec <= HEADLINE_SPOT:
            return p.ref
    return None


def _only_dateline(reading: Reading) -> bool:
    """Tell whether a line at the head gives a place and a day and nothing else: "MOSCOW, 17 March."."""
    if (
        reading.sentence.index > LAST_HEAD
        or not reading.places
        or not reading.dates
        or reading.places[0].first
    ):
        return False
    told = {i for p in reading.places for i in range(p.first, p.last + 1)}
    told |= {i for d in reading.dates for i in range(d.first, d.last + 1)}
    return all(i in told or not t[0].isalnum() for i, t in enumerate(reading.tokens.texts))


LAST_HEAD = 3


def _led(words: str, start: int) -> bool:
    """Tell whether a preposition of place stands before a name in a headline."""
    before = words[:start].lower().split()
    while before and before[-1] in LED_WORDS:
        before.pop()
    return bool(before) and before[-1] in AT


def _announced(o: Occurrence) -> When | None:
    """Return the day somebody told of it and the day before: "announced on Saturday that it had taken"."""
    spoken = next((d.date.when for d in o.reading.dates if d.spoken and d.date.when.precision == "day"), None)
    if spoken is None or spoken.first is None:
        return None
    return When(
        first=spoken.first - timedelta(days=1), last=spoken.last, precision="days", words=spoken.words
    )


AT = words("settle.at")
PARTS = words("settle.parts")
KIN = words("whereabouts.kin")


def _kin(document: Document, ref: PlaceRef) -> bool:
    """Tell whether a name says whose somebody is: "son of El Chapo"."""
    before = document.report.text[max(0, ref.mention.start - KIN_REACH) : ref.mention.start].lower().split()
    return before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in KIN


KIN_REACH = 24


def _topic_place(reading: Reading, document: Document, home: frozenset[str | None]) -> PlaceRef | None:
    """Return the finest place that a sentence sets the scene in: no dateline, no far-off capital."""
    line = document.dateline
    best = None
    for p in reading.places:
        if p.ref.place is None or not p.ref.literal or (line is not None and p.ref.mention.start in line):
            continue
        if any(first <= p.first <= last for first, last in reading.voiced):
            continue
        if (
            p.ref.where_prec >= 6
            or p.ref.place.country not in home
            or not (_located(reading, p.first) or len(reading.tokens) <= HEADING_WORDS)
        ):
            continue
        if best is None or _rank(p.ref) < _rank(best):
            best = p.ref
    return best


def _located(reading: Reading, first: int) -> bool:
    """Tell whether a preposition of place stands before a name, or the name opens the sentence."""
    i = first - 1
    while i >= 0 and reading.low(i) in LOCATED_WORDS:
        i -= 1
    if i < 0:
        return len(reading.tokens) <= HEADING_WORDS
    if reading.low(i) == "of" and reading.low(i - 1) in PARTS:
        return True  # "on the outskirts of Mariupol"
    return reading.low(i) in AT and reading.low(i - 1) not in NOT_THERE | KIN


def home_countries(readings: list[Reading], title: tuple[PlaceRef, ...]) -> frozenset[str | None]:
    """Return the countries that a report is about: each has a fifth of its place names or more."""
    weight: dict[str, float] = {}
    refs = [p.ref for r in readings if not r.sentence.furniture for p in r.places] + [*title, *title]
    for ref in refs:
        if ref.place is not None and ref.place.country:
            weight[ref.place.country] = weight.get(ref.place.country, 0.0) + (1.0 if ref.literal else 0.3)
    total = sum(weight.values())
    return frozenset(c for c, w in weight.items() if w >= HOME_SHARE * total)


HOME_SHARE = 0.2
NOT_THERE = words("settle.not_there")


def _rank(ref: PlaceRef) -> int:
    return ref.where_prec
