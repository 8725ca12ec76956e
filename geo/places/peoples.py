"""Adjectives and peoples ("Turkish", "Americans"): associative mentions of their country."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from gazetteer import Gazetteer
from geo.actors import registry
from geo.mentions.text import Document
from geo.places.locate import Located, locate
from geo.places.spans import overlaps
from geo.records import IN_PLACE, Mention, PlaceRef

if TYPE_CHECKING:
    from gazetteer.place import Place

WORD = re.compile(r"[A-Z](?<!\w.)[^\W\d_]+(?:-[^\W\d_]+)*")
COMPOUND = re.compile(r"[A-Z][^\W\d_]*-$")
"""Half a compound ("Syrian-" of "Syrian-Iraqi"): such a pair names a border or a war, no people."""
REACH = 24
CONFIDENCE = 0.9


def find_peoples(
    gazetteer: Gazetteer, document: Document, covered: Sequence[tuple[int, int]]
) -> Iterator[PlaceRef]:
    """Yield the adjectives and peoples of a report.

    Parameters
    ----------
    gazetteer
        Holds the countries.
    document
        The report, cut.
    covered
        Start and end of the names that were read, in order.
    """
    text = document.report.text
    for word in sorted(known_forms().intersection(WORD.findall(text))):
        for start in _uses(text, word):
            country = _country(gazetteer, word)
            if country is not None and not overlaps(covered, start, start + len(word)):
                yield _reference(start, word, *country)


@cache
def known_forms() -> frozenset[str]:
    """Return adjectives and peoples as they are written: with a capital, or all in capitals."""
    known = registry()
    lows = [w for c in known.files.countries.values() for w in (*c.adjectives, *c.nouns)]
    return frozenset(form for w in lows for form in (w, w.title(), w.upper()) if WORD.fullmatch(form))


def _uses(text: str, word: str) -> Iterator[int]:
    """Yield where a text uses a word that is no part of a longer one."""
    at = text.find(word)
    while at >= 0:
        m = WORD.match(text, at)
        if m and m.end() == at + len(word) and not COMPOUND.search(text[max(0, at - REACH) : at]):
            yield at
        at = text.find(word, at + len(word))


@lru_cache(maxsize=32768)
def _country(gazetteer: Gazetteer, word: str) -> tuple[Place, Located] | None:
    low = word.lower()
    country = registry().demonym(low) or registry().people(low)
    row = gazetteer.by_id(f"iso:{country}") if country else None
    if row is None:
        return None
    place = gazetteer.place(row)
    return place, locate(place, IN_PLACE)


def _reference(start: int, word: str, place: Place, located: Located) -> PlaceRef:
    return PlaceRef(
        mention=Mention(start=start, end=start + len(word), text=word),
        literal=False,
        place=place,
        relation=IN_PLACE,
        lat=place.lat,
        lon=place.lon,
        radius_km=round(located.radius_km, 1),
        where_prec=located.where_prec,
        geo_precision=located.geo_precision,
        confidence=CONFIDENCE,
        reason=f"people or adjective of {place.name}",
    )
