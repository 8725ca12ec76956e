"""Figures that a word of toll governs: "the toll of 215", "of those killed", "Injured: 111"."""

from __future__ import annotations

from geo.events.reading import BE, Reading
from geo.lexicons import words
from geo.mentions.counts import Figure
from geo.records import Measure

TOLL_WORDS = words("measuring.toll")


TOLL_LINK_WORDS = words("measuring.toll_link")


BARE_LENGTH = 24


def split(measure: str) -> list[Measure]:
    """Return the parts of a measure ("killed+injured")."""
    return measure.split("+")  # type: ignore[return-value]


def toll_of(reading: Reading, figure: Figure, end: int) -> list[tuple[Measure, str]]:
    """Read "gave a toll of 215": the figure right behind the toll."""
    del end
    for m in reading.measures:
        link = reading.words(m.last + 1, figure.first - 1).split()
        if (
            m.value[1] == "toll"
            and m.last < figure.first
            and len(link) <= 2
            and link[-1:] in (["of"], ["at"], ["is"])
        ):
            return [(x, f'figure of "{m.words}"') for x in split(m.value[0])]
    return []


def of_those(reading: Reading, figure: Figure, end: int) -> list[tuple[Measure, str]]:
    """Read "Fourteen of those who died were churchgoers", "Of the dead 135 were civilians"."""
    del end
    for m in reading.measures:
        lead = reading.words(m.first - 3, m.first - 1)
        behind = 0 < m.first - figure.last <= 5 and reading.low(figure.last + 1) == "of"
        ahead = m.last < figure.first and reading.low(0) == "of" and m.first <= 3
        if m.value[1] in {"adj", "vt", "vi"} and (
            (behind and lead.startswith("of th")) or (ahead and reading.low(figure.last + 1) in BE)
        ):
            return [(x, f'of those "{m.words}"') for x in split(m.value[0])]
    return []


def headed(reading: Reading, figure: Figure, end: int) -> list[tuple[Measure, str]]:
    """Read "Injured: 111", "Dead: 20"."""
    del end
    for m in reading.measures:
        if m.last == figure.first - 2 and reading.low(figure.first - 1) == ":" and m.value[1] != "vi":
            return [(x, f'headed "{m.words}"') for x in split(m.value[0])]
    return []


def bare(reading: Reading, figure: Figure) -> bool:
    """Tell whether a figure stands alone beside a speaker: "215, says the state", "Ministry: 16"."""
    if reading.low(figure.last + 1).isalpha() or len(reading.tokens) > BARE_LENGTH:
        return False
    says = any(
        h.last == figure.first - 1 or h.first - figure.last in {1, 2}
        for h in reading.says
        if h.value[0] != "phrase"
    )
    return says or (reading.low(figure.first - 1) == ":" and bool(reading.actors))


def toll_figure(reading: Reading, figure: Figure, end: int) -> list[tuple[Measure, str]]:
    """Read "the death toll to 52", "put the dead at about 100", "puts at 73 the number killed"."""
    del end
    for m in reading.measures:
        measure, form = m.value
        if form not in TOLL_WORDS:
            continue
        before, after = figure.first - m.last, m.first - figure.last
        link = reading.words(m.last + 1, figure.first - 1)
        if (
            form != "vt"
            and before > 0
            and (_reached(link, m.first) or (before <= TOLL_REACH and _toll_link(link)))
        ):
            return [(x, f'figure of "{m.words}"') for x in split(measure)]
        if 0 < after <= 8 and "number" in reading.words(figure.last + 1, m.first):
            return [(x, f'number of "{m.words}"') for x in split(measure)]
    return []


TOLL_REACH = 12


def _reached(link: str, first: int) -> bool:
    """Tell whether the toll is what a sentence is about: "The number of martyrs of … has reached 305"."""
    said = link.split()
    return (
        first <= SUBJECT
        and said[-1:] in (["reached"], ["exceeded"], ["passed"])
        and len(said) <= LONGEST_SUBJECT
    )


SUBJECT = 8
LONGEST_SUBJECT = 24


def _toll_link(link: str) -> bool:
    words = link.split()
    return (
        bool(words)
        and len(words) <= (11 if words[-1] == "to" else 7)
        and (words[-1] in TOLL_LINK_WORDS or words[0] in {"at", "to", "as"})
    )
