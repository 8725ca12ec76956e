"""What a name says by itself for or against its being a place name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gazetteer import Gazetteer
from gazetteer.keying import ALTERNATE, ARTICLE, CODE, MAIN, SHORTENED
from geo.mentions.kinds import RANKED, kinds_of
from geo.mentions.name_lists import actor_keys, common_words, shares, word_kinds

MANY_ROWS = 64
CODES_ONLY = "codes-only"


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFacts:
    """What the gazetteer and the word lists say of a name, whatever its context."""

    features: tuple[str, ...]
    best: str
    """Most telling class of what it may name: country, adm1, capital, big, mid, small, zero, water ..."""


@lru_cache(maxsize=8192)
def name_facts(gazetteer: Gazetteer, key: str) -> NameFacts:
    """Return what is known of a name."""
    rows, flagged = gazetteer.postings(key)
    some = rows[:MANY_ROWS]
    kinds = set(kinds_of(gazetteer, some))
    population = max(gazetteer.columns.population[some].tolist(), default=0)
    best = next((k for k in RANKED if k in kinds), "other")
    flags = set(flagged[:MANY_ROWS].tolist())
    features = tuple(_name_features(key, kinds, best, population, len(rows), flags))
    return NameFacts(features=features, best=best)


def _name_features(
    key: str, kinds: set[str], best: str, population: int, count: int, flags: set[int]
) -> Iterator[str]:
    yield f"k:{best}"
    yield f"pop:{int(math.log10(population + 1))}"
    yield f"rows:{min(5, count.bit_length())}"
    parts = key.split(" ")
    yield f"words:{min(4, len(parts))}"
    yield from _word_features(key, parts, best)
    yield from _person_features(key)
    yield from _flag_features(flags)
    if len(kinds) == 1:
        yield "one-kind"
    if key in actor_keys():
        yield f"actor:{min(3, len(parts))}"


def _word_features(key: str, parts: list[str], best: str) -> Iterator[str]:
    if len(parts) == 1:
        yield f"len:{min(8, len(key))}"
        if key in common_words():
            yield "common"
            yield f"common:{best}"
        return
    if all(w in common_words() for w in parts):
        yield "all-common"
    if parts[0] in shares("given_names.csv"):
        yield "given-first"
        if parts[-1] in shares("surnames.csv"):
            yield "person-like"


def _person_features(key: str) -> Iterator[str]:
    if given := shares("given_names.csv").get(key, 0.0):
        yield f"given:{math.ceil(given * 4)}"
    if surname := shares("surnames.csv").get(key, 0.0):
        yield f"surname:{math.ceil(surname * 4)}"
    if ("after", key) in word_kinds() or ("before", key) in word_kinds():
        yield "org-word"


def _flag_features(flags: set[int]) -> Iterator[str]:
    if not any(f & MAIN for f in flags):
        yield "alternate-only"
    if flags == {CODE}:
        yield CODES_ONLY
    if all(f & (ARTICLE | SHORTENED) and not f & (MAIN | ALTERNATE) for f in flags):
        yield "shortened-only"
