"""The words that tell one report from another: names, numbers and rare words, weighed by their rarity.

Rarity is a fixed table (`geo/data/link_words.csv`), not counted over the reports at hand, so that a
link never changes because unrelated reports are added.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from zlib import crc32

from geo.errors import LexiconError
from geo.lexicons import rows, triggers

FILE = "link_words.csv"
EVERY = "*"
"""Stands in the table for the number of reports it was counted on."""
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
CAPITALS = "A-ZÀ-ÖØ-ÞĀ-ŽЀ-Я"
NAME = re.compile(rf"\b[{CAPITALS}][^\W_](?:['’.-]?[^\W_])*(?: [{CAPITALS}][^\W_](?:['’.-]?[^\W_])*)+")
LEAST_LETTERS = 3
NAME_SHARE = 0.6
"""Weight of a pair of capitalised words: its words count by themselves as well."""
MOST_CHARACTERS = 60_000
"""Longer reports are read up to here: what is told comes first."""


def fold(word: str) -> str:
    """Return a word without case, accents and possessive."""
    plain = word.casefold() if word.isascii() else _unaccented(word)
    return plain[:-2] if plain.endswith(("'s", "’s")) else plain


def _unaccented(word: str) -> str:
    parts = unicodedata.normalize("NFKD", word.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))


def forms(text: str) -> dict[str, int]:
    """Count the folded words of a text and its pairs of neighbouring capitalised words."""
    text = text[:MOST_CHARACTERS]
    found: dict[str, int] = {}
    for word, n in Counter(WORD.findall(text.casefold())).items():
        plain = word if word.isascii() and word.isalnum() else fold(word)
        if len(plain) >= LEAST_LETTERS or plain.isdigit():
            found[plain] = found.get(plain, 0) + n
    for name in NAME.findall(text):
        for pair in pairwise(map(fold, name.split(" "))):
            both = " ".join(pair)
            found[both] = found.get(both, 0) + 1
    return found


@cache
def _rarities() -> Mapping[str, float]:
    counted = {row["word"]: _number(line, row["reports"]) for line, row in rows(FILE, "word", "reports")}
    total = counted.get(EVERY, 0)
    if not total:
        raise LexiconError(f"geo/data/{FILE}: there is no row {EVERY!r}; count the words anew.")
    return {w: math.log(total) if w == EVERY else math.log(total / n) for w, n in counted.items()}


def _number(line: int, value: str) -> int:
    if not value.isdigit() or value == "0":
        raise LexiconError(f"geo/data/{FILE}:{line}: {value!r} counts no reports; count the words anew.")
    return int(value)


@cache
def _kinds() -> frozenset[str]:
    """Return the words that say what sort of event it is: every other report of a war holds them."""
    return frozenset(fold(form) for form in triggers() if form.isalpha())


def weighed(text: str, least: float) -> dict[int, float]:
    """Return the words whose rarity is at least so much: checksum of the word to its weight.

    Words for events ("shelled") are left out, as types are compared by themselves. The weight
    grows with the rarity and with the root of how often the word stands.
    """
    table = _rarities()
    rarest = table[EVERY]
    kinds = _kinds()
    found: dict[int, float] = {}
    for word, n in forms(text).items():
        rare = table.get(word, rarest)
        if rare >= least and word not in kinds:
            share = NAME_SHARE if " " in word else 1.0
            found[crc32(word.encode("utf-8", "surrogatepass"))] = rare * math.sqrt(n) * share
    return found
