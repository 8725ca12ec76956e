"""What a figure counts: the predicate and its argument decide."""

from __future__ import annotations

from geo.actors import registry
from geo.events.distance import distance
from geo.events.reading import BE, HAVE, Reading, is_passive
from geo.events.tolls import bare, headed, of_those, split, toll_figure, toll_of
from geo.events.victims import Victims
from geo.lexicons import words
from geo.mentions.counts import Figure
from geo.mentions.phrases import Hit
from geo.records import Measure

STOPS_WORDS = words("measuring.stops")
VERB_RIGHT_WORDS = words("measuring.verb_right")
PARTICIPLE_WORDS = words("measuring.participle")
BARRED_WORDS = words("measuring.barred")
BARRED_WORDS_2 = words("measuring.barred_2")

NOUN_REACH = 6
BODIES_SEEN = words("measuring.bodies_seen")
VERB_REACH = 14
AHEAD = frozenset({"vt", "take", "lost", "vi", "num"})
"""Forms of a verb that a figure may follow."""
OTHERS = words("figures.others")
GROUP = words("figures.group")
THINGS = words("figures.things")


def noun_end(reading: Reading, figure: Figure) -> int | None:
    """Return the last token of the noun group that the figure heads; `None`: it counts things."""
    end, head = figure.last, False
    for i in range(figure.last + 1, min(len(reading.tokens), figure.last + 1 + NOUN_REACH)):
        word = reading.low(i)
        if word in THINGS:
            return None if not head or i == end + 1 else end
        if registry().descriptor(word) or word in OTHERS or _nationals(reading, i):
            end, head = i, True
        elif word in GROUP and not head:
            end = i
        elif head or not (word.isalpha() or "-" in word) or _stops(reading, i):
            break
    return end


def _nationals(reading: Reading, i: int) -> bool:
    """Tell whether a word means people of a nation ("Palestinians")."""
    word = reading.tokens.texts[i]
    return word[0].isupper() and word.endswith("s") and registry().people(word) is not None


def _stops(reading: Reading, i: int) -> bool:
    word = reading.low(i)
    return word in BE or word in HAVE or word in STOPS_WORDS or any(m.first == i for m in reading.measures)


def measures(
    reading: Reading,
    k: int,
    figure: Figure,
    end: int,
    found: list[Victims],
    inherited: Measure | None,
    *,
    part: bool,
) -> list[tuple[Measure, str]]:
    """Return what a figure counts and why: the first rule that applies, else what it goes on with."""
    if _some_of(reading, figure):
        return []
    for rule in (_adjective, toll_of, of_those, headed, _taken_away, _verb_right, _verb_left, toll_figure):
        if measures := rule(reading, figure, end):
            return measures
    if part and found:
        return [(found[-1].measure, "part of the figure before it")]
    if _has_noun(reading, figure, end):
        return _taking_part(reading, figure, end)
    if found and _coordinated(reading, k, figure):
        return [(found[-1].measure, "joined to the figure before it")]
    if found:
        inherited = found[-1].measure
    if inherited and (_continues(reading, figure, end) or bare(reading, figure)):
        return [(inherited, "goes on with the toll told before")]
    return _taking_part(reading, figure, end)


def _some_of(reading: Reading, figure: Figure) -> bool:
    """Tell whether a figure only counts some of a toll: "a plane took 35 of the wounded"."""
    return reading.words(figure.last + 1, figure.last + 2) == "of the" and any(
        m.first == figure.last + 3 and m.value[1] in {"adj", "vt"} and reading.low(m.last + 1) not in BE
        for m in reading.measures
    )


def _adjective(reading: Reading, figure: Figure, end: int) -> list[tuple[Measure, str]]:
    """Read "21 dead", "12 casualties", "60 wounded children", "73 deaths"."""
    for m in reading.measures:
        measure, form = m.value
        if not figure.last < m.first <= max(end, figure.last) + 1:
            continue
        between = reading.words(figure.last + 1, m.first - 1)
        if form in {"adj", "noun"} or (
            form == "vt" and m.first - figure.last <= 2 and not _has_object(reading, m, end)
        ):
            return [(x, f'"{m.words}" after the figure') for x in split(measure)]
        if form == "body" and not BODIES_SEEN.isdisjoint(reading.tokens.lows):
            return [("killed", f'"{m.words}" counted')]
        if form == "lives" and m.words == "lives" and not between and _lost_lives(reading, figure):
            return [("killed", "lives lost")]
        if m.words == "their lives" and _lost_lives(reading, figure):
            return [("killed", "lives lost")]
    return []


def _has_object(reading: Reading, m: Hit[tuple[str, ...]], end: int) -> bool:
    del end
    return reading.low(m.last + 1) in {"the", "a", "at", "several"} or reading.low(m.last + 1)[:1].isdigit()


def _lost_lives(reading: Reading, figure: Figure) -> bool:
    return any(
        w in reading.words(figure.first - 4, figure.first - 1)
        for w in ("claimed", "cost", "taken", "took", "lost")
    )


def _verb_right(reading: Reading, figure: Figure, end: int) -> list[tuple[Measure, str]]:
    """Read "73 were killed", "27 militants and six soldiers died", "1,300 are missing"."""
    for m in reading.measures:
        measure, form = m.value
        if m.first <= end or form in VERB_RIGHT_WORDS or _only_possible(reading, m):
            continue
        between = reading.words(end + 1, m.first - 1).split()
        if m.first - end > VERB_REACH or _barred(reading, between, end, m):
            break
        if form == "adj" and not (set(between) & BE):
            break
        if form in {"vt", "take", "vt2"} and not (
            _suffered(reading, m.first) or not between or _participle(reading, m)
        ):
            break
        if form in {"take", "vt2"} and not _people(reading, figure, end):
            break
        if form == "fell" and not _people(reading, figure, end):
            break
        return [(x, f'before "{m.words}"') for x in split(measure if form != "fell" else "killed")]
    return []


def _taken_away(reading: Reading, figure: Figure, end: int) -> list[tuple[Measure, str]]:
    """Read "took 20 people away with them", "marched 30 boys off"."""
    after = {reading.low(end + 1), reading.low(end + 2)}
    if reading.low(figure.first - 1) in TAKING and AWAY & after and _people(reading, figure, end):
        return [("captured", "taken away")]
    return []


TAKING = words("measuring.taking")
AWAY = words("measuring.away")
MODALS = words("measuring.modals")


def _only_possible(reading: Reading, m: Hit[tuple[str, ...]]) -> bool:
    """Tell whether nobody has come to harm yet: "could have been killed", "came to kill 350"."""
    before = [reading.low(i) for i in range(max(0, m.first - 4), m.first)]
    return bool(MODALS & set(before)) or (before[-1:] == ["to"] and m.words == "kill")


def _suffered(reading: Reading, first: int) -> bool:
    """Tell whether a participle is passive, or joined to one that is: "were pursued and killed"."""
    joined = reading.low(first - 1) in {"and", "or"} and is_passive(reading, first - 2)
    return joined or is_passive(reading, first)


def _participle(reading: Reading, m: Hit[tuple[str, ...]]) -> bool:
    bound = reading.words(m.last + 1, m.last + 2) in {"at least", "at most"}
    return reading.low(m.last + 1) in PARTICIPLE_WORDS and not bound


def _people(reading: Reading, figure: Figure, end: int) -> bool:
    return any(
        registry().descriptor(reading.low(i)) or reading.low(i) in OTHERS or _nationals(reading, i)
        for i in range(figure.last + 1, end + 1)
    )


def _barred(reading: Reading, between: list[str], end: int, m: Hit[tuple[str, ...]]) -> bool:
    """Tell whether another predicate or clause stands between the figure and the verb."""
    walls = BARRED_WORDS & set(between)
    figures = [f for f in reading.figures if end < f.first < m.first]
    says = [
        h
        for h in reading.says
        if end < h.first < m.first and h.value[0] == "verb" and h.words not in BARRED_WORDS_2
    ]
    another = any(reading.words(f.first - 2, f.first - 1).endswith((", and", "with")) for f in figures)
    return bool(walls) or another or len(figures) > 1 or bool(says) or between.count(",") > 2


def _verb_left(reading: Reading, figure: Figure, end: int) -> list[tuple[Measure, str]]:
    """Read "killed at least 127 people", "killing 19 people and wounding 24", "counted 25 wounded"."""
    del end
    for m in reversed(reading.measures):
        measure, form = m.value
        if m.last >= figure.first or form not in AHEAD or _only_possible(reading, m):
            continue
        if (
            distance(reading, m.last, figure.first) > 2.2
            or is_passive(reading, m.first)
            or any(f.first > m.last for f in reading.figures if f.last < figure.first)
        ):
            break
        if form == "vi":
            break
        if form == "take" and not _people(reading, figure, noun_end(reading, figure) or figure.last):
            break
        return [(x, f'after "{m.words}"') for x in split(measure)]
    return []


def _coordinated(reading: Reading, k: int, figure: Figure) -> bool:
    """Tell whether the figure is one of a list with the one before: "37 children and 21 women"."""
    if k == 0:
        return False
    before = reading.figures[k - 1]
    between = reading.words(before.last + 1, figure.first - 1).split()
    return (
        len(between) <= 6
        and bool(set(between) & {"and", "from", "or", ","})
        and not set(between) & {";", "said", "which"}
    )


GOES_ON = words("measuring.goes_on")


def _continues(reading: Reading, figure: Figure, end: int) -> bool:
    said = f" {reading.words(0, len(reading.tokens))} "
    toll = any(f" {w} " in said for w in GOES_ON)
    acts = any(0 < t.first - end <= 4 for t in reading.triggers) and end > figure.last
    return toll and not acts and not _has_noun(reading, figure, end)


def _has_noun(reading: Reading, figure: Figure, end: int) -> bool:
    follower = reading.low(end + 1)
    return (end > figure.last and not _people(reading, figure, end)) or (
        follower.isalpha()
        and follower.endswith("s")
        and not registry().descriptor(follower)
        and follower not in {"was", "as", "is", "has"}
    )


NO_PARTS = words("figures.no_parts")


def _taking_part(reading: Reading, figure: Figure, end: int) -> list[tuple[Measure, str]]:
    """Read "500 soldiers advanced", "1,000 people marched": people who act in the event."""
    if not _people(reading, figure, end) or (figure.count.low is not None and figure.count.low < 10):
        return []
    for t in reading.triggers:
        if t.value[0].sub_type in NO_PARTS or BE & {
            reading.low(i) for i in range(max(end, t.first - 5), t.first)
        }:
            continue
        if (
            0 < t.first - end <= 10
            and t.value[0].pos in {"v", "x"}
            and not is_passive(reading, t.first)
            and t.value[0].form in {"past", "participle", ""}
        ):
            between = reading.words(end + 1, t.first - 1)
            if not any(w in between.split() for w in (";", "said", "that", "who")):
                return [("participants", f'acting in "{t.words}"')]
    return []
