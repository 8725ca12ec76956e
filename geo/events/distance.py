"""How far two words of a sentence stand from each other, counting the walls between them.

Words alone say little: a comma, a semicolon, "while" or a second verb of saying part what a
few words seem to join. The costs are ours, set on the training part of the gold reports.
"""

from __future__ import annotations

from geo.events.reading import Reading

WORD = 0.15
WALLS = {
    ",": 1.0,
    ";": 6.0,
    ":": 3.0,
    "—": 3.0,
    "–": 3.0,
    "(": 2.0,
    ")": 2.0,
    "and": 0.7,
    "but": 3.0,
    "while": 4.0,
    "whereas": 5.0,
    "although": 4.0,
    "though": 4.0,
    "when": 1.0,
    "after": 1.2,
    "before": 1.5,
    "since": 2.0,
    "until": 1.5,
    "as": 0.7,
    "which": 1.0,
    "who": 1.0,
    "where": 0.5,
    "because": 3.0,
    "for": 0.2,
    "than": 1.5,
    "meanwhile": 4.0,
    "elsewhere": 4.0,
    "like": 1.0,
    "following": 1.5,
    "opposite": 2.0,
}


def distance(reading: Reading, first: int, last: int) -> float:
    """Return the cost of the way between two tokens; 0 where they touch."""
    start, end = min(first, last) + 1, max(first, last)
    if start >= end:
        return 0.0
    lows = reading.tokens.lows
    if "(" in lows[start:end]:
        return _past_asides(lows[:end], start)
    way = 0.0
    for cost in (reading.costs or _reckoned(reading))[start:end]:
        way += cost
    return way


def _reckoned(reading: Reading) -> list[float]:
    reading.costs = [WORD + WALLS.get(low, 0.0) for low in reading.tokens.lows]
    return reading.costs


ASIDE = 0.3
"""Cost of a whole aside in brackets."""


def _past_asides(lows: list[str], i: int) -> float:
    way = 0.0
    while i < len(lows):
        aside = lows[i] == "(" and ")" in lows[i:]
        way += ASIDE if aside else WORD + WALLS.get(lows[i], 0.0)
        i = (lows.index(")", i) if aside else i) + 1
    return way


def gap(reading: Reading, a: tuple[int, int], b: tuple[int, int]) -> float:
    """Return the cost of the way between two spans of tokens; 0 where they touch or overlap."""
    if a[1] < b[0]:
        return distance(reading, a[1], b[0])
    if b[1] < a[0]:
        return distance(reading, b[1], a[0])
    return 0.0
