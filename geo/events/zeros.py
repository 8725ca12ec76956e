"""Figures without numerals: nobody killed, the pilot killed."""

from __future__ import annotations

from collections.abc import Iterator

from geo.actors import registry
from geo.events.reading import Reading, is_passive
from geo.events.tolls import split
from geo.events.victims import Victims, category
from geo.lexicons import words
from geo.mentions.phrases import Hit
from geo.records import Count, Measure

ZEROS_WORDS = words("zeros.zeros")
NEGATION_WORDS = words("zeros.negation")

ZERO = words("figures.zero")


def zeros(reading: Reading, found: list[Victims]) -> Iterator[Victims]:
    """Read "no casualties", "nobody was hurt", "not one American was reported dead or wounded"."""
    seen: set[str] = set()
    taken = {(v.measure, v.last) for v in found}
    for m in reading.measures:
        measure, form = m.value
        if form in ZEROS_WORDS:
            continue
        negation = _negation(reading, m)
        if negation is None:
            continue
        for x in split(measure):
            if x not in seen and (x, m.last) not in taken and x in {"killed", "injured", "missing"}:
                seen.add(x)
                yield _zero(reading, x, negation, m)


def _zero(reading: Reading, measure: Measure, negation: int, m: Hit[tuple[str, ...]]) -> Victims:
    words = reading.words(negation, m.last)
    return Victims(
        measure=measure,
        count=Count(low=0, high=0, words=words, bound="none"),
        of=category(reading, min(negation, m.first), m.last + 4),
        first=min(negation, m.first),
        last=m.last,
        old=False,
        part=False,
        reason=f'"{words}"',
    )


def _negation(reading: Reading, m: Hit[tuple[str, ...]]) -> int | None:
    for i in range(m.first - 1, max(-1, m.first - 12), -1):
        word = reading.low(i)
        if word in NEGATION_WORDS and word != "that":
            return None
        if word == "no" and reading.low(i - 1) in {"gave", "give", "gives", "giving"}:
            return None
        if word in ZERO or (word.startswith("den") and word in {"denied", "denies", "denying"}):
            return i if _negates(reading, i, m) else None
        if any(f.first <= i <= f.last for f in reading.figures) and word != "one":
            return None
    return None


def _negates(reading: Reading, i: int, m: Hit[tuple[str, ...]]) -> bool:
    word, between = reading.low(i), reading.words(i + 1, m.first - 1).split()
    if word in {"denied", "denies", "denying"}:
        return "any" in between
    if word == "not":
        return (bool(between) and between[0] in {"one", "a"}) or bool({"any", "anyone"} & set(between))
    if word == "no":
        return (len(between) <= 7 and "longer" not in between and "".join(between[:1]) != "one") or between[
            :1
        ] == ["one"]
    return len(between) <= 6


SINGLE = words("figures.single")


def singles(reading: Reading, found: list[Victims]) -> Iterator[Victims]:
    """Read "the pilot was killed", "killing a child": one person without a number."""
    for m in reading.measures:
        if m.value[0] not in {"killed", "injured"} or m.value[1] not in {"vt", "vi"} or _counted(m, found):
            continue
        if _negation(reading, m) is not None:
            continue
        suffers = m.value[1] == "vi" or is_passive(reading, m.first) or _stands_alone(reading, m)
        head = _single_subject(reading, m) if suffers else _single_object(reading, m)
        if head is not None:
            yield _single(reading, m, head, _listed(reading, head) if suffers else 1)


def _counted(m: Hit[tuple[str, ...]], found: list[Victims]) -> bool:
    """Tell whether a figure or a zero already has this predicate."""
    return any(
        v.measure == m.value[0] and (v.first - SINGLE_REACH <= m.first <= v.last + SINGLE_REACH)
        for v in found
    )


SINGLE_REACH = 10


def _stands_alone(reading: Reading, m: Hit[tuple[str, ...]]) -> bool:
    """Tell whether a participle ends its clause: "27, shot dead at the wheel", "a guard wounded"."""
    return reading.low(m.last + 1) in ALONE and not m.words.endswith("ing")


ALONE = words("zeros.alone")


def _listed(reading: Reading, head: int) -> int:
    """Count the persons of a list that ends at one: "a colonel, a major and a policeman died"."""
    number, i = 1, head - 1
    while i > 0:
        while i > 0 and reading.low(i) not in SINGLE and head - i <= LIST_STEP:
            i -= 1
        if reading.low(i) not in SINGLE or reading.low(i - 1) not in {",", "and"}:
            break
        head = next((k for k in range(i - 1, max(-1, i - LIST_STEP), -1) if _person(reading, k)), -1)
        if head < 0:
            break
        number, i = number + 1, head - 1
    return number


LIST_STEP = 6


def _single(reading: Reading, m: Hit[tuple[str, ...]], head: int, number: int) -> Victims:
    measure: Measure = m.value[0]  # type: ignore[assignment]
    return Victims(
        measure=measure,
        count=Count(low=number, high=number, words=reading.words(head - 1, head), bound="exact"),
        of=category(reading, head, head),
        first=min(head - 1, m.first),
        last=max(m.last, head),
        old=False,
        part=False,
        reason=f'one person, "{m.words}"',
    )


def _person(reading: Reading, i: int) -> bool:
    if reading.low(i).endswith("-year-old"):
        return True
    d = registry().descriptor(reading.low(i))
    return d is not None and d.single


def _single_subject(reading: Reading, m: Hit[tuple[str, ...]]) -> int | None:
    for i in range(m.first - 1, max(-1, m.first - 12), -1):
        if reading.low(i) in {";", ":"}:
            return None
        if _named_with_age(reading, i):
            return i
        if _person(reading, i) and _has_article(reading, i) and not _inner(reading, i, m):
            return i
    return None


def _named_with_age(reading: Reading, i: int) -> bool:
    """Tell whether a name stands before an age: "Elan Ganeles, 27,"."""
    age = reading.low(i + 2)
    return (
        reading.tokens.capital(i)
        and reading.low(i + 1) in {",", "("}
        and age.isdigit()
        and len(age) <= 2
        and reading.low(i + 3) in {",", ")"}
    )


def _inner(reading: Reading, i: int, m: Hit[tuple[str, ...]]) -> bool:
    return reading.low(i - 2) in {"of", "by", "to", "with"} or (
        any(h.first == i + 1 for h in reading.says) and m.first > i + 3
    )


def _has_article(reading: Reading, i: int) -> bool:
    return any(reading.low(j) in SINGLE for j in range(max(0, i - 3), i))


def _single_object(reading: Reading, m: Hit[tuple[str, ...]]) -> int | None:
    for i in range(m.last + 1, min(len(reading.tokens), m.last + 5)):
        if _person(reading, i) and _has_article(reading, i):
            return i
    return None
