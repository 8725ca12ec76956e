"""The words that tell one report from another: names, numbers and rare words, weighed by their rarity.

Rarity is a fixed table (`geo/data/link_words.csv`), not counted over the reports at hand, so that a
link never changes because unrelated reports are added.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from zlib import crc32

from geo.lexicons import rows

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")
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
    return "".join(c for c in unicodedata.normalize("NFKD", word.casefold()) if not unicodedata.combining(c))


def forms(text: str) -> Iterator[str]:
    """Yield the folded words of a text and its pairs of neighbouring capitalised words."""
    before, end = "", -9
    for match in WORD.finditer(text[:MOST_CHARACTERS]):
        word = match.group()
        plain = fold(word)
        if len(plain) >= LEAST_LETTERS or plain.isdigit():
            yield plain
        capital = word[0].isupper() and len(word) > 1
        if capital and before and match.start() == end + 1:
            yield f"{before} {plain}"
        before, end = (plain, match.end()) if capital else ("", -9)


@cache
def _counted() -> dict[str, float]:
    listed = {row["word"]: int(row["reports"]) for _, row in rows("link_words.csv", "word", "reports")}
    total = listed.pop("*")
    rarity = {w: math.log(total / n) for w, n in listed.items()}
    return {**rarity, "*": math.log(total)}


def rarity(word: str) -> float:
    """Return the logarithm of how many news reports there are for one with the word."""
    table = _counted()
    return table.get(word, table["*"])


def weighed(text: str, least: float) -> dict[int, float]:
    """Return the words of a text whose rarity is at least so much: checksum of the word to its weight."""
    table = _counted()
    rarest = table["*"]
    found: dict[int, float] = {}
    for word, n in Counter(forms(text)).items():
        r = table.get(word, rarest)
        if r >= least:
            found[crc32(word.encode("utf-8", "surrogatepass"))] = (
                r * math.sqrt(n) * (NAME_SHARE if " " in word else 1.0)
            )
    return found
