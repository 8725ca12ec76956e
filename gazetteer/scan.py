"""Every name of the index in a text: one look into the trie at each word that may begin one."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from gazetteer.cleaning import Cleaned, clean
from gazetteer.rules import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WINDOW = 64
"""Longest stretch that is looked at for one name, in characters."""
_LONGEST = 4
"""Longest article, with the sign behind it, in characters."""
_ALEF = "\u0627"


class Match(NamedTuple):
    """A name of the index in a text."""

    start: int
    """First code point in the text as given."""
    end: int
    """One past the last."""
    key: str
    """Folded name, for `Gazetteer.rows`."""


def scan(text: str, prefixes: Callable[[str], list[str]]) -> Iterator[Match]:
    """Yield the names that begin at a word with a capital, or of a script without case, word by word.

    Parameters
    ----------
    text
        Any text.
    prefixes
        Gives the names of the index that a string begins with.
    """
    cleaned = clean(text)
    kept, folded, moved = cleaned.text, cleaned.folded, bool(cleaned.positions)
    articles, endings = _article_starts(), _article_endings()
    for word in _starts(ascii_only=kept.isascii()).finditer(kept):
        at, stop = word.span()
        # A sieve before the look for articles: few words have one before them or are as short as one.
        seldom = kept[at - 2 : at] in endings or stop - at < _LONGEST or kept[at] == _ALEF
        for start, key_at in _ways_in(kept, at, articles) if seldom else ((at, at),):
            window = folded[key_at : key_at + _WINDOW]
            shortest = stop - key_at
            for key in prefixes(window):
                end = len(key)
                if end < shortest or window[end : end + 1].isalnum():
                    continue
                end += key_at
                yield _back(cleaned, text, start, end, key) if moved else Match(start, end, key)


def _back(cleaned: Cleaned, text: str, start: int, end: int, key: str) -> Match:
    positions, shifts = cleaned.positions, cleaned.shifts
    at = bisect_right(positions, start)
    first, last = start + shifts[at], end + shifts[at]
    if at < len(positions) and positions[at] < end:
        last = cleaned.end(end)
    if text[last : last + 1] == "." and text[last - 2 : last - 1] == ".":
        last += 1  # the last period of "U.S." belongs to it
    return Match(first, last, key)


def _ways_in(text: str, at: int, articles: frozenset[str]) -> tuple[tuple[int, int], ...]:
    """List where a name that begins at a word starts in the text, and where its key starts."""
    for before in (at - 3, at - _LONGEST):
        if before >= 0 and text[before:at] in articles and not text[before - 1 : before].isalnum():
            return (before, before), (before, at), (at, at)
    for end in (at + 3, at + _LONGEST):
        if text[at:end].lower() in articles:
            return (at, at), (at, end)
    return ((at, at), (at, at + 2)) if text.startswith("\u0627\u0644", at) else ((at, at),)


@cache
def _article_starts() -> frozenset[str]:
    """List articles with the sign behind them; a space only where the article is no other word ("at")."""
    rows = [(row["article"], row["english"] == "1") for row in table("articles")]
    return frozenset(word + sign for word, english in rows for sign in ("-‐‑" if english else "-‐‑ \u00a0"))


@cache
def _article_endings() -> frozenset[str]:
    """List the last letters of articles with the sign behind them."""
    return frozenset(start[-2:] for start in _article_starts())


@cache
def _starts(*, ascii_only: bool) -> re.Pattern[str]:
    """Where a name may begin: a capital, or a letter of a script without case, at a word's start."""
    capitals = "A-Z"
    if not ascii_only:
        capitals += _ranges(
            [p for p in range(128, 0x10000) if unicodedata.category(chr(p)) in {"Lu", "Lt", "Lo"}]
        )
    return re.compile(rf"[{capitals}](?<!\w.)\w*")


def _ranges(points: list[int]) -> str:
    parts, first = [], 0
    for i in range(1, len(points) + 1):
        if i == len(points) or points[i] != points[i - 1] + 1:
            parts.append(f"{chr(points[first])}-{chr(points[i - 1])}")
            first = i
    return "".join(parts)
