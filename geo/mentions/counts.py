"""Figures in words and digits, with their bounds: "at least 25", "two dozen", "between 40 and 60".

A figure says nothing yet of what is counted; dates, measures, money, ages and rounds
are left out here because no reading of a claim wants them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from geo.actors import registry
from geo.lexicons import table, words
from geo.mentions.tokens import Tokens
from geo.records import Bound, Count

IS_YEAR_WORDS = words("counts.is_year")

DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
UNITS = words("counts.units")
CURRENCY = words("counts.currency")
NO_FIGURE_BEFORE = words("counts.no_figure_before")
LONGEST_BOUND = 4
HIGHEST = 10**12
"""Greatest figure that is read as one; no count of people or money in a report is higher."""
LONGEST_DIGITS = 40
"""Letters of a number in words or digits; what is longer is no number a report gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure in a sentence."""

    first: int
    """Index of its first token, bound included."""
    last: int
    """Index of its last token."""
    count: Count
    """What it says."""


@cache
def _numbers() -> dict[str, tuple[int, str]]:
    return {w: (int(v), k) for w, (v, k) in table("numbers.csv", "word", "value", "kind").items()}


@cache
def _bounds() -> dict[str, tuple[str, str]]:
    return {w: (b, s) for w, (b, s) in table("bounds.csv", "words", "bound", "side").items()}


def find_figures(tokens: Tokens) -> list[Figure]:
    """Return the figures of a sentence, left to right."""
    found: list[Figure] = []
    free = 0
    for i in _beginnings(tokens.lows):
        if i < free or (value := _value(tokens, i)) is None or value[0] > HIGHEST:
            continue
        low, high, words_bound, last = value
        free = last + 1
        if _wanted(tokens, i, last, low):
            first, bound, last = _with_bound(tokens, i, last, words_bound)
            free = last + 1
            found.append(Figure(first=first, last=last, count=_count(low, high, bound, tokens, first, last)))
    return found


def _beginnings(lows: list[str]) -> list[int]:
    """Return the tokens that a figure may begin with."""
    numbers = _numbers()
    return [
        i
        for i, low in enumerate(lows)
        if low in numbers or low[0].isdigit() or "-" in low or low == "between"
    ]


def _count(low: int, high: int | None, bound: Bound, tokens: Tokens, first: int, last: int) -> Count:
    words = " ".join(tokens.texts[first : last + 1])
    if bound in {"at least", "vague"}:
        return Count(low=low, high=None, words=words, bound=bound)
    if bound == "at most":
        return Count(low=None, high=high, words=words, bound=bound)
    return Count(low=low, high=high, words=words, bound=bound)


def _value(tokens: Tokens, i: int) -> tuple[int, int | None, Bound, int] | None:
    """Return low, high, the bound the number itself carries, and the last token's index."""
    if tokens.lows[i] == "between" and i + 3 < len(tokens):
        return _between(tokens, i)
    one = _number(tokens, i)
    if one is None:
        return None
    value, bound, last = one
    if last + 2 < len(tokens) and _joins(tokens, last + 1):
        other = _number(tokens, last + 2)
        if other and other[0] > value and other[1] == "exact" == bound:
            return value, other[0], "exact", other[2]
    return value, None if bound == "vague" else value, bound, last


def _joins(tokens: Tokens, i: int) -> bool:
    """Tell whether a token makes a range of two numbers; the dash behind a dateline's day does not."""
    if tokens.lows[i] in {"to", "or"}:
        return True
    return tokens.lows[i] in {"-", "–"} and all(tokens.lows[k][0].isdigit() for k in (i - 1, i + 1))


def _between(tokens: Tokens, i: int) -> tuple[int, int | None, Bound, int] | None:
    low = _number(tokens, i + 1)
    if low and low[2] + 2 < len(tokens) and tokens.lows[low[2] + 1] == "and":
        high = _number(tokens, low[2] + 2)
        if high and high[0] > low[0]:
            return low[0], high[0], "exact", high[2]
    return None


def _number(tokens: Tokens, i: int) -> tuple[int, Bound, int] | None:
    """Read one number: digits, words, dozens, vague words."""
    if i >= len(tokens):
        return None
    word = tokens.lows[i]
    if len(word) > LONGEST_DIGITS:
        return None
    if DIGITS.fullmatch(word):
        value = float(word.replace(",", ""))
        return _scaled(tokens, value, i)
    if word not in _numbers() and "-" not in word:
        return None
    return _spelled(tokens, i)


def _scaled(tokens: Tokens, value: float, i: int) -> tuple[int, Bound, int] | None:
    follower = tokens.lows[i + 1] if i + 1 < len(tokens) else ""
    factor, kind = _numbers().get(follower, (1, ""))
    if kind in {"scale", "group"}:
        return int(value * factor), "exact", i + 1
    return (int(value), "exact", i) if value == int(value) else None


def _spelled(tokens: Tokens, i: int) -> tuple[int, Bound, int] | None:
    """Read "two hundred and fifty", "twenty-one", "several hundred", "two dozen", "dozens"."""
    total, current, last, vague = 0, 0, i - 1, False
    for j in range(i, min(i + 7, len(tokens))):
        word = tokens.lows[j]
        parts = _compound(word)
        if parts is None:
            if (
                word == "and"
                and current
                and j + 1 < len(tokens)
                and _compound(tokens.lows[j + 1])
                and current >= 100
            ):
                continue
            break
        value, kind = parts
        if kind == "vague" and j > i:
            break
        vague = vague or kind == "vague"
        if kind in {"scale", "group"}:
            current = max(current, 1) * value
            total, current = (total + current, 0) if value >= 1000 else (total, current)
        elif current and current % 100 and kind == "unit":
            break
        else:
            current += value
        last = j
    if last < i or _alone(tokens, i, last):
        return None
    return total + current, "vague" if vague else "exact", last


def _alone(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether the words are a scale without a number ("hundred", "score", "pair")."""
    kind = _numbers().get(tokens.lows[first], (0, ""))[1]
    article = first > 0 and tokens.lows[first - 1] in {"a", "the", "per"}
    return first == last and kind in {"scale", "group"} and not article


def _compound(word: str) -> tuple[int, str] | None:
    if word in _numbers():
        return _numbers()[word]
    head, _, tail = word.partition("-")
    a, b = _numbers().get(head), _numbers().get(tail)
    if a and b and a[1] == b[1] == "unit" and a[0] >= 20 > b[0] > 0 and b[0] < 10:
        return a[0] + b[0], "unit"
    return None


def _wanted(tokens: Tokens, i: int, last: int, low: int) -> bool:
    before = tokens.lows[i - 1] if i else ""
    after = tokens.lows[last + 1] if last + 1 < len(tokens) else ""
    if after in UNITS or before in CURRENCY or before in NO_FIGURE_BEFORE:
        return False
    if _age(tokens, i, last, low) or _label(tokens, i, last):
        return False
    if after.startswith("-") and after[1:] in UNITS:
        return False
    if tuple(tokens.lows[last + 1 : last + 4]) in TIMES_OF_DAY:
        return False
    clock = after == ":" and last + 2 < len(tokens) and tokens.texts[last + 2].isdigit()
    minute = before == ":" and i > 1 and tokens.texts[i - 2].isdigit()
    return not (clock or minute or _is_year(tokens.texts[i], low, before, after))


TIMES_OF_DAY = frozenset(("in", "the", part) for part in ("morning", "afternoon", "evening", "night"))
OLDEST = 110


def _age(tokens: Tokens, i: int, last: int, low: int) -> bool:
    """Tell whether a number is an age: "Elan Ganeles, 27, shot dead", "a boy of six"."""
    if low > OLDEST or i < 2:
        return False
    before, after = tokens.lows[i - 1], tokens.lows[last + 1] if last + 1 < len(tokens) else "."
    if before == "of":
        head = registry().descriptor(tokens.lows[i - 2])
        counted = registry().descriptor(after) is not None or (after.endswith("s") and after != "was")
        return head is not None and head.single and not (after.isalpha() and counted)
    apposed = before in {",", "("} and after in {",", ")", ";", "."}
    return apposed and tokens.capital(i - 2) and tokens.lows[i - 2][:3] not in _month_heads()


def _label(tokens: Tokens, i: int, last: int) -> bool:
    """Tell whether a number labels a list item or an issue: "(3) KALAY", "1. Yesterday", "no. 88"."""
    before, after = tokens.lows[i - 1] if i else "", tokens.lows[last + 1] if last + 1 < len(tokens) else ""
    if not tokens.texts[i].isdigit():
        return False
    if before == "." and i > 1:
        return tokens.lows[i - 2] in {"no", "nos", "art"}
    return (i == 0 and after in {".", ")"}) or (i == 1 and before == "(" and after == ")")


def _is_year(text: str, low: int, before: str, after: str) -> bool:
    if not (len(text) == 4 and text.isdigit() and 1900 <= low <= 2100):
        return False
    return not after.isalpha() or before in IS_YEAR_WORDS or before[:3] in _month_heads()


@cache
def _month_heads() -> frozenset[str]:
    return frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())


def _with_bound(tokens: Tokens, first: int, last: int, bound: Bound) -> tuple[int, Bound, int]:
    start = first - (first > 0 and tokens.lows[first - 1] == "a")  # "over a hundred"
    for width in range(LONGEST_BOUND, 0, -1):
        if start - width >= 0:
            words = " ".join(tokens.lows[start - width : start])
            if _bounds().get(words, ("", ""))[1] == "before":
                return start - width, _merged(_bounds()[words][0], bound), last
        words = " ".join(tokens.lows[last + 1 : last + 1 + width])
        if _bounds().get(words, ("", ""))[1] == "after":
            return first, _merged(_bounds()[words][0], bound), last + width
    return first, bound, last


def _merged(said: str, own: Bound) -> Bound:
    return "vague" if own == "vague" else said  # type: ignore[return-value]
