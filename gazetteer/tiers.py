"""Finding a name in tiers: the exact form first, ever coarser forms after it."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.errors import GazetteerError
from gazetteer.keying import BARE, DIGRAPH, SKELETON
from gazetteer.names import (
    article_stripped,
    bare_key,
    digraph_key,
    fold,
    script_key,
    skeleton_key,
    type_stripped,
    without_generics,
)
from gazetteer.rules import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from gazetteer.index import Index

TIERS = ("exact", "article", "folding", "script", "bare", "skeleton", "edit")
"""The tiers in their order."""
_FIGURES = ("weight", "renown", "precision", "precision_sparse")
_SHORTEST_EDITED = 5
_LONGER = 40
_LETTERS = "abcdefghijklmnopqrstuvwxyz "


class Hit(NamedTuple):
    """A row that a name met, and how."""

    row: int
    """Row number."""
    flag: int
    """How the key belongs to the row, bits of `gazetteer.keying`."""
    key: str
    """The key that met."""
    variant: int
    """Which reading of the name, 0 for the name as it stands."""


class Tier(NamedTuple):
    """What a tier is worth."""

    weight: float
    """Added to a candidate's score, common logarithm of odds."""
    renown: float
    """How much it counts that a place is much spoken of; 1 in the exact tier."""
    precision: float
    """Share of its top answers that are right where the index knows a country's villages."""
    sparse: float
    """The same where it knows the country's towns only."""


@cache
def worth(tier: str) -> Tier:
    """Return what a tier is worth, as measured."""
    rows = {row["tier"]: Tier(*(float(row[name]) for name in _FIGURES)) for row in table("tiers")}
    return rows[tier]


def checked(tiers: Sequence[str] | None) -> Sequence[str]:
    """Return the tiers asked for, all of them for `None`.

    Raises
    ------
    GazetteerError
        A name that is no tier.
    """
    for tier in tiers or ():
        if tier not in TIERS:
            raise GazetteerError(f"There is no tier {tier!r}; there are {', '.join(TIERS)}")
    return tiers or TIERS


def readings(name: str) -> list[str]:
    """Fold a name, and what it may stand for: "Aaliyah (Qurujah)" and "Zar/Saffat" are two names each."""
    parts = [part for part in re.split(r"[/()\[\];]|\bor\b", name) if part.strip()]
    return [folded for folded in dict.fromkeys(map(fold, (name, *parts))) if folded]


def hits(index: Index, folded: Sequence[str], tier: str) -> Iterator[Hit]:
    """Yield what the readings of a name meet in a tier."""
    for variant, reading in enumerate(folded):
        for key in dict.fromkeys(keys(index, reading, tier)):
            for row, flag in index.postings(key):
                yield Hit(row, flag, key, variant)


def keys(index: Index, folded: str, tier: str) -> Iterable[str]:
    """Return the keys of a folded name in a tier."""
    if tier == "edit":
        return _near_keys(index, folded)
    return _kept_keys(folded, tier)


@lru_cache(maxsize=8192)
def _kept_keys(folded: str, tier: str) -> tuple[str, ...]:
    return tuple(_KEYS[tier](folded))


def _article(folded: str) -> list[str]:
    plain = type_stripped(folded)
    return [key for key in (plain, article_stripped(folded), article_stripped(plain)) if key]


def _folding(folded: str) -> list[str]:
    return [DIGRAPH + digraph_key(folded)]


def _script(folded: str) -> list[str]:
    """Give the keys of the name in Latin letters: all of them for Cyrillic, consonants for Arabic."""
    latin = script_key(folded)
    if latin != folded:
        return [latin, DIGRAPH + digraph_key(latin)]
    return [] if folded.isascii() else _skeleton(folded)


def _bare(folded: str) -> list[str]:
    bodies = (bare_key(folded), digraph_key(folded))
    return [mark + body for body in bodies if body for mark in (BARE, DIGRAPH)]


def _skeleton(folded: str) -> list[str]:
    bodies = (skeleton_key(folded), skeleton_key(without_generics(folded)))
    return [SKELETON + body for body in bodies if len(body) > 1]


_KEYS: dict[str, Callable[[str], list[str]]] = {
    "exact": lambda folded: [folded],
    "article": _article,
    "folding": _folding,
    "script": _script,
    "bare": _bare,
    "skeleton": _skeleton,
}


def _near_keys(index: Index, folded: str) -> list[str]:
    """Return the keys of longer names that begin with the name, and those one edit away."""
    if len(folded) < _SHORTEST_EDITED:
        return []
    longer = islice(index.trie.iterkeys(folded + " "), _LONGER)
    plain = type_stripped(folded)
    return [*longer, *_edited(index, plain), *_edited(index, DIGRAPH + digraph_key(folded))]


def _edited(index: Index, key: str) -> list[str]:
    """List the keys of the index one edit away: a letter more, less, other, or two swapped."""
    mark, body = (key[:1], key[1:]) if key < " " else ("", key)
    if len(body) < _SHORTEST_EDITED:
        return []
    found: set[str] = set()
    for i in range(len(body) + 1):
        head, tail = mark + body[:i], body[i:]
        if i and next(index.trie.iterkeys(head), None) is None:
            break
        near = {head + tail[1:], head + tail[1:2] + tail[:1] + tail[2:]}
        near.update(head + letter + rest for letter in _LETTERS for rest in (tail, tail[1:]))
        found.update(one for one in near if one in index.trie)
    return sorted(found - {key})
