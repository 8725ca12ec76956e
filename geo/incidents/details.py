"""Small facts that keep two accounts of one town and day apart: the hours of the day and what was hit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geo.errors import LexiconError
from geo.lexicons import choice, rows

FILE = "link_details.csv"
ASPECTS = frozenset({"hours", "object"})
WORD = re.compile(r"[a-z]+")
HOURS = re.compile(r"(\d{1,2})-(\d{1,2})")
HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What an event's sentences say beside place, day, type and figures."""

    hours: int
    """A bit for each hour of the day it may have been; 0: not said."""
    objects: frozenset[str]
    """Classes of what was hit; empty: not said."""


@cache
def _known() -> dict[str, Details]:
    found = {}
    for line, row in rows(FILE, "word", "aspect", "value"):
        aspect = choice(FILE, line, "aspect", row["aspect"], ASPECTS)
        hours = _bits(line, row["value"]) if aspect == "hours" else 0
        found[row["word"]] = Details(
            hours=hours, objects=frozenset() if aspect == "hours" else frozenset({row["value"]})
        )
    return found


def _bits(line: int, value: str) -> int:
    match = HOURS.fullmatch(value)
    if match is None or not all(int(h) < HOURS_A_DAY for h in match.groups()):
        raise LexiconError(f"geo/data/{FILE}:{line}: hours are {value!r}; write FIRST-LAST, each 0 to 23.")
    first, last = (int(h) for h in match.groups())
    length = (last - first) % HOURS_A_DAY
    return sum(1 << (first + i) % HOURS_A_DAY for i in range(length + 1))


def details(sentences: str) -> Details:
    """Return the details told in an event's own sentences."""
    known = _known()
    found = [known[w] for w in WORD.findall(sentences.lower()) if w in known]
    hours = [f.hours for f in found if f.hours]
    return Details(
        hours=_common(hours),
        objects=frozenset().union(*(f.objects for f in found)),
    )


def _common(hours: list[int]) -> int:
    """Return the hours that all words allow; where they exclude each other, those of any."""
    both = (1 << HOURS_A_DAY) - 1
    either = 0
    for h in hours:
        both, either = both & h, either | h
    return (both or either) if hours else 0
