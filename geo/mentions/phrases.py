"""Find the entries of a lexicon in tokens: longest match first, one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Generic, NamedTuple, TypeVar

from geo.mentions.tokens import TOKEN, Tokens

V = TypeVar("V")


class Hit(NamedTuple, Generic[V]):
    """An entry found in a sentence."""

    first: int
    """Index of its first token."""
    last: int
    """Index of its last token."""
    words: str
    """The entry."""
    value: V
    """What the lexicon says of it."""


class Phrases(Generic[V]):
    """Entries of one or more words, looked up by their first word."""

    def __init__(self, entries: Mapping[str, V]) -> None:
        self._by_head: dict[str, list[tuple[list[str], str, V]]] = {}
        for words, value in entries.items():
            parts = TOKEN.findall(words.lower())
            self._by_head.setdefault(parts[0], []).append((parts[1:], words, value))
        for options in self._by_head.values():
            options.sort(key=lambda o: -len(o[0]))

    @property
    def heads(self) -> Iterable[str]:
        """First words of all entries."""
        return self._by_head.keys()

    def find(self, tokens: Tokens, at: Iterable[int] | None = None) -> list[Hit[V]]:
        """Return entries left to right; they do not overlap.

        Parameters
        ----------
        tokens
            Those of a sentence.
        at
            Where an entry may begin, where that is known already; `None`: anywhere.
        """
        lows, by_head = tokens.lows, self._by_head
        found: list[Hit[V]] = []
        free = 0
        for i in range(len(lows)) if at is None else at:
            if i < free or lows[i] not in by_head:
                continue
            for tail, words, value in by_head[lows[i]]:
                end = i + 1 + len(tail)
                if lows[i + 1 : end] == tail:
                    found.append(Hit(i, end - 1, words, value))
                    free = end
                    break
        return found
