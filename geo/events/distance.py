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
    a, b = min(first, last), max(first, last)
    lows = reading.tokens.lows
    way, i = 0.0, a + 1
    while i < b:
        closing = _closing(reading, i, b) if lows[i] == "(" else None
        way += ASIDE if closing else WORD + WALLS.get(lows[i], 0.0)
        i = (closing or i) + 1
    return way


ASIDE = 0.3
"""Cost of a whole aside in brackets."""


def _closing(reading: Reading, i: int, end: int) -> int | None:
    return next((k for k in range(i + 1, end) if reading.low(k) == ")"), None)


def gap(reading: Reading, a: tuple[int, int], b: tuple[int, int]) -> float:
    """Return the cost of the way between two spans of tokens; 0 where they touch or overlap."""
    if a[1] < b[0]:
        return distance(reading, a[1], b[0])
    if b[1] < a[0]:
        return distance(reading, b[1], a[0])
    return 0.0
