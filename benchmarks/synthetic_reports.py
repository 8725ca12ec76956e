"""Synthetic short reports, many of them: templates filled with what is drawn from a UCDP GED file.

Places, days, sides and deaths are the file's; each incident is told by one to five publishers with figures a
little off; the words around are drawn as often as news uses them. They are for time and memory, not quality.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from benchmarks.drawn import rows, vocabulary

DAYS = 90
VERSIONS = (1, 1, 1, 2, 2, 3, 4, 5)
SOURCES = tuple(
    f"{a} {b}"
    for a in ("Harbour", "Northern", "Valley", "Free", "Daily", "Border")
    for b in ("Wire", "Courier", "Observer", "Post", "Radio")
)
LEADS = (
    "At least {deaths} people were killed when jets struck {place} in {province} on {day}, {speaker} said.",
    "{day} ({source}) - Shelling by {side} killed {deaths} people in {place}, {speaker} said.",
    "{deaths} fighters were killed in clashes between {side} and {other} near {place} on {day}.",
    "A car bomb in {place}, {province}, killed {deaths} people on {day}, according to {speaker}.",
)
REST = (
    "{speaker} put the number of wounded at {injured}. The {words}.",
    "{other} denied it. The {words}.",
    "Residents spoke of {words}.",
)
SPEAKERS = ("the Observatory", "a local official", "activists", "the ministry", "medics")
"""Who says so."""


def reports(path: Path, number: int, seed: int = 5) -> Iterator[dict[str, str]]:
    """Make so many reports, the same ones each time."""
    drawn, (words, weights) = rows(path), vocabulary()
    dice = random.Random(seed)  # noqa: S311 - no secret is made with it
    span = max(DAYS, round(DAYS * number / len(drawn) / 2.4))
    made = 0
    while made < number:
        row = dice.choice(drawn)
        day = row.day + timedelta(days=DAYS * dice.randrange(max(1, span // DAYS)))
        for source in dice.sample(SOURCES, dice.choice(VERSIONS)):
            deaths = max(1, max(1, row.deaths) + dice.choice((0, 0, 0, 1, -1, 3)))
            told = {
                "place": row.place,
                "province": row.province,
                "side": row.sides[0],
                "other": row.sides[1],
                "deaths": deaths,
                "injured": deaths * 2,
                "day": f"{day.day} {day:%B %Y}",
                "source": source,
                "speaker": dice.choice(SPEAKERS),
                "words": " ".join(dice.choices(words, cum_weights=weights, k=18)),
            }
            text = f"{dice.choice(LEADS)} {dice.choice(REST)}".format(**told)
            made += 1
            published = day + timedelta(days=dice.choice((0, 1, 1, 2)))
            yield {
                "id": f"r{made}",
                "source": source,
                "published": published.isoformat(),
                "text": text[:1].upper() + text[1:],
            }


def write_reports(ged: Path, number: int, path: Path) -> int:
    """Write JSON Lines and give the number of bytes of text."""
    size = 0
    with path.open("w", encoding="utf-8") as file:
        for report in islice(reports(ged, number), number):
            size += len(report["text"].encode())
            file.write(json.dumps(report) + "\n")
    return size
