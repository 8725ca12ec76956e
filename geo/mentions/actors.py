"""Who acts, suffers and speaks: names of the registry, and descriptions ("coalition jets").

A description is a head noun with its modifiers; its side and country come from them. What a
description stands for in this report is decided later, where the whole report is in view.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from geo.actors import Descriptor, Registry, registry
from geo.lexicons import table, words
from geo.mentions.text import Sentence
from geo.mentions.tokens import Tokens
from geo.records import ActorRef

RIGHT_WORDS = words("actors.right")
DESCRIPTION_WORDS = words("actors.description")

LONGEST_MODIFIERS = 6
LONGEST_COMPLEMENT = 6
LINKS = words("actors.links")
BRIDGES = words("actors.bridges")
SUFFIXES = (
    "-led",
    "-backed",
    "-linked",
    "-run",
    "-based",
    "-controlled",
    "-held",
    "-allied",
    "-affiliated",
    "-aligned",
    "-trained",
)
PREFIXES = ("pro-", "anti-", "counter-", "para", "non-")


class _Named(NamedTuple):
    first: int
    last: int
    id: str


def find_actors(sentence: Sentence, tokens: Tokens) -> tuple[ActorRef, ...]:
    """Return the actors of a sentence, left to right; they do not overlap."""
    named = list(_named(sentence, tokens))
    taken = {i: n for n in named for i in range(n.first, n.last + 1)}
    found: list[tuple[int, int, ActorRef]] = []
    used: set[_Named] = set()
    ends = _ends()
    for i, low in enumerate(tokens.lows):
        if low not in ends or i in taken:
            continue
        free = found[-1][1] if found else -1
        if i <= free:
            continue
        headed = _headed(tokens, i, free)
        if headed is None:
            continue
        head, start = headed
        first = _left(tokens, start, taken, free)
        last = _right(tokens, i, taken)
        made = _description(tokens, first, i, last, head, taken)
        if found and tokens.lows[first - 1] == "'s" and found[-1][1] == first - 2:
            owner = found.pop()
            first, made = owner[0], _owned(tokens, owner, last, made, head)
        found.append((first, last, made))
        used.update(taken[k] for k in range(first, last + 1) if k in taken)
    found.extend((n.first, n.last, _name(tokens, n)) for n in named if n not in used)
    found.extend(_peoples(tokens, found))
    return tuple(a for _, _, a in sorted(found, key=lambda x: x[0]))


def _headed(tokens: Tokens, i: int, free: int) -> tuple[Descriptor, int] | None:
    """Return the descriptor that ends at a token and its first token: "general staff", else "staff"."""
    known = registry().files.descriptors
    for length in _ends()[tokens.lows[i]]:
        start = i - length + 1
        if start > free and (d := known.get(" ".join(tokens.lows[start : i + 1]))):
            return d, start
    return None


@cache
def _ends() -> dict[str, tuple[int, ...]]:
    """Return how many words the descriptors have that end in a word, longest first."""
    found: dict[str, set[int]] = {}
    for phrase in registry().files.descriptors:
        parts = phrase.split()
        found.setdefault(parts[-1], set()).add(len(parts))
    return {word: tuple(sorted(lengths, reverse=True)) for word, lengths in found.items()}


def _named(sentence: Sentence, tokens: Tokens) -> Iterator[_Named]:
    for m in registry().find(sentence.text):
        if (actor := registry().pick(m)) is not None:
            yield _Named(*tokens.at(sentence.start + m.start, sentence.start + m.end), actor)


def _name(tokens: Tokens, n: _Named) -> ActorRef:
    actor = registry().by_id(n.id)
    start, end = tokens.span(n.first, n.last)
    return ActorRef(
        id=actor.id,
        name=actor.name,
        text=tokens.written(n.first, n.last),
        start=start,
        end=end,
        kind=actor.kind,
        country=actor.country,
    )


@cache
def _function_words() -> frozenset[str]:
    return frozenset(table("function_words.csv", "word"))


def _modifies(tokens: Tokens, i: int) -> bool:
    """Tell whether a token may stand as an adjective before a head noun."""
    low = tokens.lows[i]
    if not low[0].isalpha() or low in _function_words():
        return False
    known: Registry = registry()
    if known.demonym(low) or known.allegiance(low) or low.endswith(SUFFIXES) or low.startswith(PREFIXES):
        return True
    if tokens.capital(i):
        return i > 0
    return (
        not low.endswith(("ed", "ing"))
        or known.descriptor(low) is not None
        or low in {"armed", "united", "allied", "retired"}
    )


def _left(tokens: Tokens, head: int, taken: dict[int, _Named], free: int) -> int:
    first = head
    while first - 1 > free and head - first < LONGEST_MODIFIERS:
        before = first - 1
        if before in taken:
            first = taken[before].first
            break
        if tokens.lows[before] == "'s" and before - 1 > free and tokens.capital(before - 1):
            first = _left(tokens, before - 1, taken, free)
            break
        if not _modifies(tokens, before):
            break
        first = before
    return max(first, free + 1)


def _right(tokens: Tokens, head: int, taken: dict[int, _Named]) -> int:
    """Extend over "of Mali", "in the pro-government alliance", "loyal to Baghdad", "led by Washington"."""
    i = head + 1
    if i >= len(tokens) or tokens.lows[i] not in LINKS:
        return head
    if tokens.lows[i] in RIGHT_WORDS and not _tight(tokens, i, taken):
        return head
    i += 1
    while i < len(tokens) and tokens.lows[i] in BRIDGES and i - head < LONGEST_COMPLEMENT:
        i += 1
    if i >= len(tokens):
        return head
    if i in taken:
        return taken[i].last
    last = i
    while (
        last < len(tokens)
        and last - head <= LONGEST_COMPLEMENT
        and (tokens.capital(last) or registry().allegiance(tokens.lows[last]))
    ):
        last += 1
    return last - 1 if last > i else head


def _tight(tokens: Tokens, i: int, taken: dict[int, _Named]) -> bool:
    """Tell whether a link other than "of" surely belongs to the noun: "led by"."""
    word, after = tokens.lows[i], tokens.lows[i + 1] if i + 1 < len(tokens) else ""
    if word in {"led", "backed"}:
        return after == "by"
    if word in {"loyal", "allied", "close"}:
        return after in {"to", "with"}
    return word == "in" and after == "the" and i + 2 in taken


def _description(
    tokens: Tokens,
    first: int,
    head: int,
    last: int,
    descriptor: Descriptor,
    taken: dict[int, _Named],
) -> ActorRef:
    inner = next((taken[k] for k in range(first, last + 1) if k in taken), None)
    country = next((c for k in range(first, head) if (c := registry().demonym(tokens.lows[k]))), None)
    start, end = tokens.span(first, last)
    words = tokens.written(first, last)
    if inner is None:
        kind = _kind(tokens, first, head, descriptor)
        return ActorRef(id=None, name=words, text=words, start=start, end=end, kind=kind, country=country)
    actor = registry().by_id(inner.id)
    return ActorRef(
        id=actor.id,
        name=words if descriptor.kind in DESCRIPTION_WORDS else actor.name,
        text=words,
        start=start,
        end=end,
        kind=actor.kind,
        country=actor.country or country,
    )


def _owned(
    tokens: Tokens, owner: tuple[int, int, ActorRef], last: int, made: ActorRef, head: Descriptor
) -> ActorRef:
    """Return "the regime's planes" as one actor: a weapon acts for its owner."""
    start, end = tokens.span(owner[0], last)
    acts = head.sort == "weapon" or not made.kind
    return replace(
        made,
        id=made.id or owner[2].id,
        name=tokens.written(owner[0], last),
        text=tokens.written(owner[0], last),
        start=start,
        end=end,
        kind=owner[2].kind if acts else made.kind,
        country=made.country or owner[2].country,
    )


def _kind(tokens: Tokens, first: int, head: int, descriptor: Descriptor) -> str:
    for k in range(first, head):
        hint = registry().allegiance(tokens.lows[k])
        if hint and hint.kind and descriptor.of in {"fighters", "soldiers", None, ""}:
            return hint.kind
    return descriptor.kind


def _peoples(
    tokens: Tokens,
    found: list[tuple[int, int, ActorRef]],
) -> list[tuple[int, int, ActorRef]]:
    """Return peoples that act for their state: "the Americans", "Russians"."""
    peoples = registry().peoples
    if peoples.keys().isdisjoint(tokens.lows):
        return []
    covered = {k for a, b, _ in found for k in range(a, b + 1)}
    return [
        (i, i, _people(tokens, i, peoples[low]))
        for i, low in enumerate(tokens.lows)
        if low in peoples and i not in covered and tokens.capital(i)
    ]


def _people(tokens: Tokens, i: int, country: str) -> ActorRef:
    start, end = tokens.span(i, i)
    words = tokens.texts[i]
    return ActorRef(
        id=None, name=words, text=words, start=start, end=end, kind="state forces", country=country
    )
