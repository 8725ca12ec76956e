"""Which keys a place is found by: every name folded, and the further tiers' keys where they help."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from gazetteer.names import article_stripped, fold, tier_keys
from gazetteer.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazetteer.sources.entry import Entry

MAIN, ALTERNATE, CODE, ARTICLE, SHORTENED, DEMONYM = 1, 2, 4, 8, 16, 32
"""How a key came from the row: its preferred name, another name, a code, a name without its
article, a name without its type word, a word for the people. Bits, for a key may come from several."""

DIGRAPH, SKELETON, IDENTITY, BARE = "\x01", "\x02", "\x03", "\x04"
"""First characters of the keys that are no names: they never meet a text."""
_WELL_KNOWN = ("A.PCL", "A.TERR", "L.CONT")
"""Features that reports spell in one way; they would only be met by mistake."""
_SHORTEST = {DIGRAPH: 2, SKELETON: 2, BARE: 4}
_SHORTEST_BARE_ARTICLE = 3


@cache
def romanised() -> frozenset[str]:
    """Return the countries whose names are romanised in many ways: the further tiers are built for them."""
    return frozenset(row["country"] for row in table("romanised"))


def keys(entry: Entry) -> dict[str, int]:
    """Return every key of a row with its flags."""
    found: dict[str, int] = {}
    _add(found, (entry.name,), MAIN)
    _add(found, entry.alternates, ALTERNATE)
    _add(found, entry.codes, CODE)
    _add(found, entry.shortened, SHORTENED)
    _add(found, entry.demonyms, DEMONYM)
    if entry.country in romanised() and not entry.feature.startswith(_WELL_KNOWN):
        add_tiers(found)
    if not entry.id.rpartition(":")[2].isdecimal():
        found[IDENTITY + " ".join(entry.id.split())] = MAIN
    return found


def _add(found: dict[str, int], names: Iterable[str], flag: int) -> None:
    for name in names:
        key = fold(name)
        if key:
            found[key] = found.get(key, 0) | flag


def add_tiers(found: dict[str, int]) -> None:
    """Add the further tiers' keys to exact keys, in place."""
    for key, flag in list(found.items()):
        if flag in {CODE, DEMONYM}:
            continue
        bare = article_stripped(key)
        if bare != key and len(bare) >= _SHORTEST_BARE_ARTICLE:
            found[bare] = found.get(bare, 0) | ARTICLE
        for mark, tier in zip((DIGRAPH, SKELETON, BARE), tier_keys(key), strict=True):
            if len(tier) >= _SHORTEST[mark]:
                found[mark + tier] = found.get(mark + tier, 0) | flag
