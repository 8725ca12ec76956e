"""A sentence with everything that an event could be made of marked on its tokens."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple

from geo.actors import registry
from geo.lexicons import NO_EVENT, Trigger, speech, table, triggers, words
from geo.mentions.actors import find_actors
from geo.mentions.counts import Figure, find_figures
from geo.mentions.dates import DateMention
from geo.mentions.phrases import Hit, Phrases
from geo.mentions.text import Document, Sentence
from geo.mentions.tokens import Tokens
from geo.records import ActorRef, PlaceRef

SPOKEN_WORDS = words("reading.spoken")
IS_NOUN_WORDS = words("reading.is_noun")
IS_NOUN_WORDS_2 = words("reading.is_noun_2")
IS_NOUN_WORDS_3 = words("reading.is_noun_3")

BE = words("reading.be")
HAVE = words("reading.have")
ADVERBS = words("reading.adverbs")
DETERMINERS = words("reading.determiners")


COUNT_REACH = 7


class ActorHit(NamedTuple):
    """An actor on its tokens."""

    first: int
    last: int
    actor: ActorRef


class PlaceHit(NamedTuple):
    """A place on its tokens."""

    first: int
    last: int
    ref: PlaceRef


class DateHit(NamedTuple):
    """A date on its tokens."""

    first: int
    last: int
    date: DateMention
    spoken: bool
    """The day somebody spoke, not the day something happened."""


@dataclass(kw_only=True, eq=False)
class Reading:
    """A sentence and what can be found in it, in order of tokens; looked for when it is asked for."""

    sentence: Sentence
    tokens: Tokens
    headline: bool = False
    """A headline: present tense tells of what happened."""
    places: list[PlaceHit] = field(default_factory=list)
    dates: list[DateHit] = field(default_factory=list)
    costs: list[float] = field(default_factory=list)
    """What each token adds to a way over it, once `geo.events.distance` has reckoned it."""
    voiced: list[tuple[int, int]] = field(default_factory=list)
    """First and last tokens of those who speak, once their voices are known."""

    @cached_property
    def heads(self) -> list[int]:
        """Tokens that an entry of one of the lexicons may begin with."""
        known = _heads()
        return [i for i, low in enumerate(self.tokens.lows) if low in known]

    @cached_property
    def triggers(self) -> list[Hit[tuple[Trigger, ...]]]:
        """Words of events that are no piece of a place name or a date."""
        if self.sentence.furniture:
            return []
        return [
            h
            for h in _triggers().find(self.tokens, self.heads)
            if h.value[0].sub_type != NO_EVENT and not _inside(self, h)
        ]

    @cached_property
    def measures(self) -> list[Hit[tuple[str, ...]]]:
        """Words of harm and of its tolls."""
        return [] if self.sentence.furniture else _measures().find(self.tokens, self.heads)

    @cached_property
    def numbers(self) -> list[Figure]:
        """Figures of all sorts, those of dates too."""
        return find_figures(self.tokens)

    @cached_property
    def figures(self) -> list[Figure]:
        """Figures of people and things; none that is a piece of a date."""
        return [f for f in self.numbers if self.sentence.furniture or not _dated(self, f)]

    @cached_property
    def actors(self) -> list[ActorHit]:
        """Who acts, suffers and speaks."""
        if self.sentence.furniture:
            return []
        tokens = self.tokens
        found = [ActorHit(*tokens.at(a.start, a.end), a) for a in find_actors(self.sentence, tokens)]
        return sorted(found + _governments(self.places, found), key=lambda a: a.first)

    @cached_property
    def says(self) -> list[Hit[tuple[str, str]]]:
        """Verbs and phrases of saying."""
        return _speech().find(self.tokens, self.heads)

    @cached_property
    def modals(self) -> list[Hit[tuple[str, ...]]]:
        """Words of plans, conditions and denials; the month of May is none."""
        if self.sentence.furniture:
            return []
        return [h for h in _modality().find(self.tokens, self.heads) if not _inside(self, h)]

    @cached_property
    def weapons(self) -> list[Hit[tuple[str, ...]]]:
        """Weapons and means that speak for a sub-type."""
        return _weapons().find(self.tokens, self.heads)

    def words(self, first: int, last: int) -> str:
        """Return tokens as lower-case words."""
        return " ".join(self.tokens.lows[max(0, first) : last + 1])

    def low(self, i: int) -> str:
        """Return a token's lower-case word, "" outside the sentence."""
        lows = self.tokens.lows
        return lows[i] if 0 <= i < len(lows) else ""


@cache
def _triggers() -> Phrases[tuple[Trigger, ...]]:
    return Phrases(triggers())


@cache
def _measures() -> Phrases[tuple[str, ...]]:
    return Phrases(table("measures.csv", "word", "measure", "form"))


@cache
def _speech() -> Phrases[tuple[str, str]]:
    return Phrases(speech())


@cache
def _modality() -> Phrases[tuple[str, ...]]:
    return Phrases(table("modality.csv", "words", "kind"))


@cache
def _weapons() -> Phrases[tuple[str, ...]]:
    return Phrases(table("weapons.csv", "word", "sub_type", "weight"))


@cache
def _heads() -> frozenset[str]:
    lexicons = (_triggers(), _measures(), _speech(), _modality(), _weapons())
    return frozenset().union(*(lexicon.heads for lexicon in lexicons))


def readings(
    document: Document,
    places: tuple[PlaceRef, ...],
    dates: tuple[DateMention, ...],
) -> list[Reading]:
    """Return a reading of each sentence, in order."""
    starts = [p.mention.start for p in places]
    date_starts = [d.start for d in dates]
    return [
        _read(
            s,
            places[bisect_left(starts, s.start) : bisect_right(starts, s.end)],
            dates[bisect_left(date_starts, s.start) : bisect_right(date_starts, s.end)],
        )
        for s in document.sentences
    ]


def _read(sentence: Sentence, places: tuple[PlaceRef, ...], dates: tuple[DateMention, ...]) -> Reading:
    tokens = sentence.tokens
    reading = Reading(sentence=sentence, tokens=tokens, headline=_headline(sentence))
    reading.places = [PlaceHit(*tokens.at(p.mention.start, p.mention.end), p) for p in places]
    for d in dates:
        first, last = tokens.at(d.start, d.end)
        reading.dates.append(DateHit(first, last, d, _spoken(reading, first)))
    return reading


def _governments(places: list[PlaceHit], actors: list[ActorHit]) -> list[ActorHit]:
    """Return the governments for which place names stand: "Moscow", "Turkey went back to bombing"."""
    covered = {i for a in actors for i in range(a.first, a.last + 1)}
    return [_government(p) for p in places if not p.ref.literal and p.ref.place and p.first not in covered]


def _government(p: PlaceHit) -> ActorHit:
    mention, place = p.ref.mention, p.ref.place
    known = registry().metonym(mention.text)
    country = place.country if place else None
    identity = (
        known[0]
        if known
        else f"{country.lower()}-gov"
        if country and place and place.feature.startswith("PCL")
        else None
    )
    actor = ActorRef(
        id=identity,
        name=mention.text,
        text=mention.text,
        start=mention.start,
        end=mention.end,
        kind="government",
        country=country,
    )
    return ActorHit(p.first, p.last, actor)


def _headline(sentence: Sentence) -> bool:
    """Tell whether a sentence at the head has no full stop."""
    return (
        sentence.index <= 2 and sentence.text[-1] not in '.!?…"”:;,' and len(sentence.text) < HEADLINE_LENGTH
    )


HEADLINE_LENGTH = 160


def _inside(reading: Reading, hit: Hit[Any]) -> bool:
    """Tell whether a word is a piece of a place name or a date ("31 March")."""
    if any(d.first <= hit.first <= d.last for d in reading.dates):
        return True
    return any(p.first <= hit.first <= p.last and p.last > p.first for p in reading.places)


def _dated(reading: Reading, figure: Figure) -> bool:
    return any(d.first <= figure.last <= d.last for d in reading.dates)


def _spoken(reading: Reading, first: int) -> bool:
    """Tell whether a date goes with a verb of saying: "said on Tuesday", "on Friday said"."""
    i = first - 1
    while i >= 0 and reading.low(i) in SPOKEN_WORDS:
        i -= 1
    if any(h.first <= i <= h.last and h.value[0] in {"verb", "deny"} for h in reading.says):
        return True
    return (
        reading.low(first - 1) == "on"
        and bool(reading.numbers)
        and any(
            h.value[0] == "count"
            and 0 < first - h.last <= COUNT_REACH
            and h.value[1] in {"past", "participle", "s"}
            for h in reading.says
        )
    )


def is_noun(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> bool:
    """Tell whether an ambiguous form ("strikes", "attack", "shelling") is used as a noun."""
    before, after = reading.low(hit.first - 1), reading.low(hit.last + 1)
    if before in IS_NOUN_WORDS:
        return before == "to" and after in {"on", "in", "near"} and hit.words.endswith("s")
    if (
        before in DETERMINERS
        or after in IS_NOUN_WORDS_2
        or before.endswith(("-led", "-backed", "ian", "ish", "an"))
    ):
        return True
    if any(a.last == hit.first - 1 for a in reading.actors):
        return after not in IS_NOUN_WORDS_3 and not any(p.first == hit.last + 1 for p in reading.places)
    return hit.first == 0 or before in {",", "and", ":", "("}


def is_passive(reading: Reading, first: int) -> bool:
    """Tell whether the verb at a token has a form of "be" before it."""
    i = first - 1
    while i >= 0 and (reading.low(i) in ADVERBS or reading.low(i).endswith("ly")):
        i -= 1
    return reading.low(i) in BE
