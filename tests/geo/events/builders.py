"""Sentences and reports for the tests of events, read with few words."""

from __future__ import annotations

from gazetteer import Gazetteer
from geo.events.claimants import Speakers, Voice, find_voices
from geo.events.figures import find_victims
from geo.events.occurrences import Occurrence, occurrences
from geo.events.reading import Reading, readings
from geo.events.victims import Victims
from geo.mentions.dates import find_dates
from geo.mentions.text import read_text
from geo.pipeline import code
from geo.records import ActorRef, Event
from geo.reports import from_text

PUBLISHED = "2022-04-08"


def sentences(text: str) -> list[Reading]:
    """Read a text whose place names do not matter."""
    document = read_text(from_text(text, published=PUBLISHED, source="The Test Courier"))
    return readings(document, (), find_dates(document))


def told(text: str) -> list[Occurrence]:
    """Return what a text tells of."""
    return [o for r in sentences(text) for o in occurrences(r)]


def victims(text: str) -> list[Victims]:
    """Return the figures of people of one sentence."""
    (reading,) = sentences(text)
    return find_victims(reading)


def tolls(text: str) -> set[tuple[str, int | None, int | None]]:
    """Return measure, low and high of the figures of one sentence."""
    return {(v.measure, v.count.low, v.count.high) for v in victims(text)}


def voices(text: str) -> list[Voice]:
    """Return the voices of the last sentence of a text."""
    speakers = Speakers()
    found: list[Voice] = []
    for r in sentences(text):
        found = find_voices(r, speakers)
    return found


def names(actors: tuple[ActorRef, ...]) -> set[str]:
    """Return the actors as written and as named."""
    return {a.text for a in actors} | {a.name for a in actors}


def events(
    world: Gazetteer, text: str, *, title: str | None = None, published: str | None = PUBLISHED
) -> list[Event]:
    """Return the events of a report."""
    return list(
        code(world, from_text(text, title=title, published=published, source="The Test Courier")).events
    )
