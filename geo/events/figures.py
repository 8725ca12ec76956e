"""Which figures of a sentence count victims, and what they count.

The predicate and its argument decide: "the strikes killed 73", "73 were killed in", "21 dead and
125 injured", "put the dead at about 100", "raised it to 52 from 39", "nobody was hurt".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from geo.events.measuring import measures, noun_end
from geo.events.reading import Reading
from geo.events.victims import Victims, category
from geo.events.zeros import singles, zeros
from geo.mentions.counts import Figure
from geo.records import Measure


def find_victims(reading: Reading, inherited: Measure | None = None) -> list[Victims]:
    """Return the figures of a sentence that count people harmed, moved or taking part.

    Parameters
    ----------
    reading
        The sentence.
    inherited
        What the sentence before counted, for "the figure was raised to 52".
    """
    found: list[Victims] = []
    for k, figure in enumerate(reading.figures):
        if reading.low(figure.first - 1) == "of" and figure.first == 1 and len(reading.figures) > 1:
            continue  # "Of 839 pupils enrolled, 333 are missing": the whole, not a toll
        if reading.low(figure.first) == "one" and reading.low(figure.first - 1) in {"not", "no"}:
            continue
        found.extend(_of_figure(reading, k, figure, found, inherited))
    found.extend(zeros(reading, found))
    found.extend(singles(reading, found))
    return sorted(found, key=lambda v: (v.first, v.measure))


def _of_figure(
    reading: Reading, k: int, figure: Figure, found: list[Victims], inherited: Measure | None
) -> Iterator[Victims]:
    end = noun_end(reading, figure)
    if end is None:
        return
    of = category(reading, figure.last + 1, end)
    part = _is_part(reading, figure, found)
    for measure, why in measures(reading, k, figure, end, found, inherited, part=part):
        yield Victims(
            measure=measure,
            count=figure.count,
            of=of,
            first=figure.first,
            last=max(end, figure.last),
            old=_is_old(reading, figure),
            part=part,
            reason=why,
        )


def _is_part(reading: Reading, figure: Figure, found: list[Victims]) -> bool:
    if not found:
        return False
    after = reading.words(figure.last + 1, figure.last + 2)
    before = reading.words(figure.first - 2, figure.first - 1)
    return after.startswith(("of them", "of whom", "of the dead", "of those")) or before.endswith(
        ("among them", "including", "them", "including the")
    )


def _is_old(reading: Reading, figure: Figure) -> bool:
    before = reading.words(figure.first - 8, figure.first - 1)
    if before.endswith((" from", "up from")) and any(
        w in reading.words(0, len(reading.tokens)) for w in ("raised", "up from", "climb", "rose", "revised")
    ):
        return True
    return (
        any(
            f"had {w}" in before or w in before.split()
            for w in ("first", "initially", "earlier", "previously")
        )
        or "had given" in before
        or "had reported" in before
        or "had spoken" in before
    )


def merged(victims: list[Victims]) -> list[Victims]:
    """Drop a figure that repeats another of the same sentence word for word."""
    kept: list[Victims] = []
    for v in victims:
        if not any(k.measure == v.measure and k.count == v.count for k in kept):
            kept.append(replace(v))
    return kept
