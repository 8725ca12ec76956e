"""One folding of names for building and for looking up, and the keys of the further tiers.

Exact tier: letters in one case, without diacritics; hyphens are spaces; apostrophes, ayn, hamza
and periods are dropped; white space, and what is not printed, becomes single spaces. Folding twice
changes nothing, in every script.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from gazetteer.keys import (
    article_stripped,
    bare_key,
    digraph_key,
    script_key,
    skeleton_key,
    tier_keys,
    type_stripped,
    without_generics,
)

__all__ = [
    "APOSTROPHES",
    "HYPHENS",
    "article_stripped",
    "bare_key",
    "digraph_key",
    "fold",
    "fold_character",
    "script_key",
    "skeleton_key",
    "tier_keys",
    "type_stripped",
    "without_generics",
]

APOSTROPHES = "'’‘ʼʻʾʿˀˁ`´′ʹʺ″ˈˊˋ׳"
"""Apostrophes, primes, and the signs that stand for ayn, hamza and the soft sign."""
HYPHENS = "-‐‑‒–—―−־﹘﹣－_"
"""Hyphens, dashes and the underscore."""

_DROPPED = frozenset(APOSTROPHES + ".\u00ad\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeffء")
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a", "ħ": "h",
    "ŧ": "t", "ŋ": "n", "ƴ": "y", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ɛ": "e", "ɔ": "o", "ǝ": "e", "ʉ": "u",
    "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه",
    "گ": "گ", "ٱ": "ا", "ڵ": "ل", "ڕ": "ر", "ۆ": "و",
}  # fmt: skip
_STRIPPED_MARKS = (
    (0x0300, 0x036F), (0x0483, 0x0489), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F),
    (0x0670, 0x0670), (0x06D6, 0x06ED), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF),
    (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
)  # fmt: skip


def _is_mark(character: str) -> bool:
    """Tell whether a combining sign only dresses a letter (vowel signs of Indic scripts are letters)."""
    point = ord(character)
    return any(low <= point <= high for low, high in _STRIPPED_MARKS)


def _fold_once(character: str) -> str:
    if character in _DROPPED or _is_mark(character):
        return ""
    category = unicodedata.category(character)
    if character in HYPHENS or character.isspace() or category == "Cc":
        return " "
    if category == "Cs":
        return ""
    lowered = unicodedata.normalize("NFKD", character.casefold())
    kept = "".join(_LETTERS.get(c, c) for c in lowered if not _is_mark(c))
    return unicodedata.normalize("NFC", kept)


@cache
def fold_character(character: str) -> str:
    """Fold one character; the answer may be empty or longer than one."""
    folded, before = _fold_once(character), ""
    while folded != before:
        before, folded = folded, "".join(map(_fold_once, folded))
    return folded


class _Table(dict[int, str]):
    """What `str.translate` looks in: filled as characters are met."""

    def __missing__(self, point: int) -> str:
        folded = self[point] = fold_character(chr(point))
        return folded


_TABLE = _Table()
_ASCII = {i: fold_character(chr(i)) for i in range(128)}


def fold(name: str) -> str:
    """Fold a name to the key of the exact tier.

    Parameters
    ----------
    name
        A name in any script.

    Returns
    -------
    str
        Its key; empty where nothing is left.
    """
    if name.isascii():
        return " ".join(name.translate(_ASCII).split())
    before = ""
    while name != before:
        before = name
        name = " ".join(unicodedata.normalize("NFC", name).translate(_TABLE).split())
    return name
