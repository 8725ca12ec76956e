"""Tolls of more than one event: "since Sunday", "in the past month", "since the war began"."""

from __future__ import annotations

import re
from datetime import date

from geo.events.reading import Reading

SPAN = re.compile(
    r"""\b(?:
    since\ (?:the\ )?(?:start|beginning|outbreak|outset|coup|takeover|invasion|war|revolt|uprising|fighting
        |offensive|operation|then|it\ began|they\ began|his|its|independence|(?:19|20)\d\d)
    |(?:in|over|during|within)\ (?:the\ |these\ )?(?:past|last|recent|previous|first)\ (?:\w+\ )?
        (?:weeks?|months?|years?|decades?)
    |(?:in|over|within)\ (?:a|two|three|four|five|six|seven|eight|nine|ten|\d+)
        \ (?:weeks?|months?|years?|decades?)
    |this\ year|last\ year|in\ recent\ (?:weeks|months|years)|every\ (?:day|week|month|year)
    |on\ average|up\ to\ date
    )\b""",
    re.VERBOSE,
)
"""Words of a span that is longer than an event."""
REACH = 18


def longer(reading: Reading, first: int, last: int, event: date | None) -> bool:
    """Tell whether a figure counts more than one event.

    Parameters
    ----------
    reading
        Its sentence.
    first, last
        Its first and last token.
    event
        First day of the event it stands beside: a toll "since" that very day is the event's own;
        `None`: not known.
    """
    low, high = _clause(reading, first, last)
    if SPAN.search(reading.words(low, high)):
        return True
    return any(
        low <= d.first <= high
        and "since" in {reading.low(d.first), reading.low(d.first - 1), reading.low(d.first - 2)}
        and d.date.when.first is not None
        and (event is None or d.date.when.first < event)
        for d in reading.dates
    )


def _clause(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Return the stretch around a figure that no semicolon, colon or dash breaks."""
    low, high = first, last
    while low > 0 and first - low < REACH and reading.low(low - 1) not in BREAKS:
        low -= 1
    while high + 1 < len(reading.tokens) and high - last < REACH and reading.low(high + 1) not in BREAKS:
        high += 1
    return low, high


BREAKS = frozenset({";", ":", "—", "–"})
