"""Who acts, suffers and speaks: names of the registry, and descriptions ("coalition jets").

A description is a head noun with its modifiers; its side and country come from them. What a
description stands for in this report is decided later, where the whole report is in view.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from geo.actors import Descriptor, Registry, registry
from geo.lexicons import table, words
from geo.mentions.text import Sentence, Token
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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    first: int
    last: int
    id: str


def find_actors(sentence: Sentence, tokens: list[Token]) -> tuple[ActorRef, ...]:
    """Return the actors of a sentence, left to right; they do not overlap."""
    named = list(_named(sentence, tokens))
    taken = {i: n for n in named for i in range(n.first, n.last + 1)}
    found: list[tuple[int, int, ActorRef]] = []
    used: set[str] = set()
    for i, token in enumerate(tokens):
        head = registry().descriptor(token.low)
        if head is None or i in taken:
            continue
        first = _left(tokens, i, taken, found[-1][1] if found else -1)
        last = _right(tokens, i, taken)
        found.append((first, last, _description(tokens, first, i, last, head, taken)))
        used |= {taken[k].id + str(taken[k].first) for k in range(first, last + 1) if k in taken}
    found.extend((n.first, n.last, _name(tokens, n)) for n in named if n.id + str(n.first) not in used)
    return tuple(a for _, _, a in sorted(_peoples(tokens, found), key=lambda x: x[0]))


def _named(sentence: Sentence, tokens: list[Token]) -> Iterator[_Named]:
    starts = [t.start - sentence.start for t in tokens]
    for m in registry().find(sentence.text):
        first = max(0, bisect_right(starts, m.start) - 1)
        if (actor := registry().pick(m)) is not None:
            yield _Named(first=first, last=max(first, bisect_left(starts, m.end) - 1), id=actor)


def _name(tokens: list[Token], n: _Named) -> ActorRef:
    actor = registry().by_id(n.id)
    ref = _ref(tokens, n.first, n.last)
    return replace(ref, id=actor.id, name=actor.name, kind=actor.kind, country=actor.country)


def _ref(tokens: list[Token], first: int, last: int) -> ActorRef:
    text = "".join(
        (" " if k and tokens[first + k].start > tokens[first + k - 1].end else "") + tokens[first + k].text
        for k in range(last - first + 1)
    )
    return ActorRef(id=None, name=text, text=text, start=tokens[first].start, end=tokens[last].end)


@cache
def _function_words() -> frozenset[str]:
    return frozenset(table("function_words.csv", "word"))


def _modifies(tokens: list[Token], i: int) -> bool:
    """Tell whether a token may stand as an adjective before a head noun."""
    low = tokens[i].low
    if not low[0].isalpha() or low in _function_words():
        return False
    known: Registry = registry()
    if known.demonym(low) or known.allegiance(low) or low.endswith(SUFFIXES) or low.startswith(PREFIXES):
        return True
    if tokens[i].text[0].isupper():
        return i > 0
    return (
        not low.endswith(("ed", "ing"))
        or known.descriptor(low) is not None
        or low in {"armed", "united", "allied", "retired"}
    )


def _left(tokens: list[Token], head: int, taken: dict[int, _Named], free: int) -> int:
    first = head
    while first - 1 > free and head - first < LONGEST_MODIFIERS:
        before = first - 1
        if before in taken:
            first = taken[before].first
            break
        if tokens[before].low == "'s" and before - 1 > free and tokens[before - 1].text[0].isupper():
            first = _left(tokens, before - 1, taken, free)
            break
        if not _modifies(tokens, before):
            break
        first = before
    return max(first, free + 1)


def _right(tokens: list[Token], head: int, taken: dict[int, _Named]) -> int:
    """Extend over "of Mali", "in the pro-government alliance", "loyal to Baghdad", "led by Washington"."""
    i = head + 1
    if i >= len(tokens) or tokens[i].low not in LINKS:
        return head
    if tokens[i].low in RIGHT_WORDS and not _tight(tokens, i, taken):
        return head
    i += 1
    while i < len(tokens) and tokens[i].low in BRIDGES and i - head < LONGEST_COMPLEMENT:
        i += 1
    if i >= len(tokens):
        return head
    if i in taken:
        return taken[i].last
    last = i
    while (
        last < len(tokens)
        and last - head <= LONGEST_COMPLEMENT
        and (tokens[last].text[0].isupper() or registry().allegiance(tokens[last].low))
    ):
        last += 1
    return last - 1 if last > i else head


def _tight(tokens: list[Token], i: int, taken: dict[int, _Named]) -> bool:
    """Tell whether a link other than "of" surely belongs to the noun: "led by"."""
    word, after = tokens[i].low, tokens[i + 1].low if i + 1 < len(tokens) else ""
    if word in {"led", "backed"}:
        return after == "by"
    if word in {"loyal", "allied", "close"}:
        return after in {"to", "with"}
    return word == "in" and after == "the" and i + 2 in taken


def _description(
    tokens: list[Token],
    first: int,
    head: int,
    last: int,
    descriptor: Descriptor,
    taken: dict[int, _Named],
) -> ActorRef:
    ref = _ref(tokens, first, last)
    inner = next((taken[k] for k in range(first, last + 1) if k in taken), None)
    country = next((c for k in range(first, head) if (c := registry().demonym(tokens[k].low))), None)
    if inner is None:
        return replace(ref, kind=_kind(tokens, first, head, descriptor), country=country)
    actor = registry().by_id(inner.id)
    speaks = descriptor.kind in DESCRIPTION_WORDS
    return replace(
        ref,
        id=actor.id,
        name=ref.name if speaks else actor.name,
        kind=actor.kind,
        country=actor.country or country,
    )


def _kind(tokens: list[Token], first: int, head: int, descriptor: Descriptor) -> str:
    for k in range(first, head):
        hint = registry().allegiance(tokens[k].low)
        if hint and hint.kind and descriptor.of in {"fighters", "soldiers", None, ""}:
            return hint.kind
    return descriptor.kind


def _peoples(
    tokens: list[Token],
    found: list[tuple[int, int, ActorRef]],
) -> Iterator[tuple[int, int, ActorRef]]:
    """Add peoples that act for their state: "the Americans", "Russians"."""
    yield from found
    covered = {k for a, b, _ in found for k in range(a, b + 1)}
    for i, token in enumerate(tokens):
        if i not in covered and token.text[0].isupper() and (country := registry().people(token.low)):
            ref = _ref(tokens, i, i)
            yield i, i, replace(ref, kind="state forces", country=country)
