"""The noun group that speaks: what fills a clause up to a verb, with its offices, names and appositions."""

from __future__ import annotations

from dataclasses import replace

from geo.events.reading import BE, HAVE, ActorHit, Reading
from geo.lexicons import words
from geo.mentions.phrases import Hit
from geo.mentions.tokens import Tokens
from geo.records import ActorRef

GOVERNED_WORDS = words("voices.governed")
PRONOUNS = words("claimants.pronouns")
PARTICLES = words("claimants.particles")
AUXILIARIES = words("voices.auxiliaries")
NO_SUBJECT = words("claimants.no_subject")
CLAUSE_REACH = 14
APPOSED_REACH = 9


def clause(reading: Reading, h: Hit[tuple[str, str]], actors: list[ActorHit]) -> ActorHit | None:
    """Return the noun group that fills a clause up to the verb: ", the ministry of health of Gaza said".

    A name or a relative clause between commas may part the two: "The mayor, Donat Kibwana, said".
    """
    last = before_date(reading, h.first - 1)
    while reading.low(last) in AUXILIARIES:
        last -= 1
    if reading.low(last) == ",":
        inner = _opening(reading, last - 1)
        if inner == 0 or reading.low(inner - 1) != "," or last - inner > APPOSED_REACH:
            return None
        first = _opening(reading, inner - 2)
        named = reading.low(inner) not in RELATIVE and reading.tokens.capital(inner)
        return _group(reading, first, last - 1 if named else inner - 2, inner - 2, actors)
    return _group(reading, _opening(reading, last), last, last, actors)


WALLS = words("voices.walls")
RELATIVE = words("voices.relative")
OPENERS = words("voices.openers")


def _opening(reading: Reading, last: int) -> int:
    """Return the first token of the stretch that ends at a token and holds no comma, dash or quote."""
    first = last
    while first > 0 and reading.low(first - 1) not in WALLS and last - first < CLAUSE_REACH:
        first -= 1
    while first < last and reading.low(first) in OPENERS:
        first += 1
    return first


def _group(reading: Reading, first: int, last: int, head: int, actors: list[ActorHit]) -> ActorHit | None:
    """Make a speaker of a stretch that is one noun group with somebody in it who can speak."""
    if last - first >= CLAUSE_REACH or head < first or _has_verb(reading, first, head):
        return None
    if any(reading.low(i) in SUBORDINATE for i in range(first, head + 1)):
        return None
    speaker = next((a for a in actors if first <= a.first <= first + 5 and a.first <= head), None)
    determined = reading.low(first) in ARTICLES or reading.tokens.capital(first)
    if speaker is None and (not determined or reading.low(first) in NO_SUBJECT or last - first > NEW_LENGTH):
        return None
    until = max(last, speaker.last if speaker else last)
    while first < until and reading.low(first) in ARTICLES:
        first += 1
    whole = made(reading.tokens, first, until)
    return ActorHit(first, until, named_as(speaker.actor, whole) if speaker else whole)


SUBORDINATE = words("voices.subordinate")
NEW_LENGTH = 8
ARTICLES = frozenset({"the", "a", "an"})


def _has_verb(reading: Reading, first: int, last: int) -> bool:
    """Tell whether a stretch is more than a noun group: it holds a verb or a toll."""
    inside = range(first, last + 1)
    if any(reading.low(i) in BE | HAVE for i in inside) or reading.low(first) in GOVERNED_WORDS:
        return True
    tolls = any(m.first in inside for m in reading.measures)
    return (
        tolls
        or any(h.first in inside for h in reading.says)
        or any(t.first in inside and t.value[0].pos == "v" and len(t.value) == 1 for t in reading.triggers)
    )


def named_as(actor: ActorRef, whole: ActorRef) -> ActorRef:
    """Return a speaker with all the words that say who it is."""
    return replace(
        actor, name=actor.name if actor.id else whole.name, text=whole.text, start=whole.start, end=whole.end
    )


def made(tokens: Tokens, first: int, last: int) -> ActorRef:
    """Return a speaker that no lexicon knows, in the words of the text."""
    text = " ".join(tokens.texts[first : last + 1]).replace(" 's", "'s")
    start, end = tokens.span(first, last)
    return ActorRef(id=None, name=text, text=text, start=start, end=end)


def apposed_name(reading: Reading, last: int) -> int:
    """Return the end of a name in apposition: "the governor of Darfur, Minni Arko Minawi, said"."""
    i = last + 2
    if reading.low(last + 1) != ",":
        return last
    while i < len(reading.tokens) and proper(reading.tokens, i, first=i == last + 2):
        i += 1
    return i - 1 if i - last - 2 >= 2 and reading.low(i) in {",", ".", ";", ""} else last


def proper(tokens: Tokens, i: int, *, first: bool) -> bool:
    """Tell whether a token may be part of a proper name."""
    low = tokens.lows[i]
    if low in PARTICLES and not first:
        return True
    return tokens.capital(i) and low not in PRONOUNS and len(low) > 1


def before_date(reading: Reading, i: int) -> int:
    """Step back over a date between the speaker and the verb: "the government on Friday raised"."""
    date = next((d for d in reading.dates if d.first <= i <= d.last), None)
    if date is None:
        return i
    i = date.first - 1
    return i - 1 if reading.low(i) in {"on", "late", "early"} else i
