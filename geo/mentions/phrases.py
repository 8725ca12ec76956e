"""Find the entries of a lexicon in tokens: longest match first, one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from geo.mentions.text import TOKEN, Token

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
        self._by_head: dict[str, list[tuple[tuple[str, ...], str, V]]] = {}
        for words, value in entries.items():
            parts = tuple(m.group().lower() for m in TOKEN.finditer(words))
            self._by_head.setdefault(parts[0], []).append((parts[1:], words, value))
        for options in self._by_head.values():
            options.sort(key=lambda o: -len(o[0]))

    @property
    def heads(self) -> Iterable[str]:
        """First words of all entries."""
        return self._by_head.keys()

    def find(self, tokens: list[Token]) -> Iterator[Hit[V]]:
        """Yield entries left to right; they do not overlap."""
        free = 0
        by_head = self._by_head
        for i, token in enumerate(tokens):
            options = by_head.get(token.low)
            if options is None or i < free:
                continue
            for tail, words, value in options:
                if all(i + 1 + k < len(tokens) and tokens[i + 1 + k].low == w for k, w in enumerate(tail)):
                    free = i + 1 + len(tail)
                    yield Hit(i, free - 1, words, value)
                    break
