"""Two names that say one thing: "between X and Y", "the X-Y road", "the border between X and Y"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from geo.mentions.toponyms import Toponym
from geo.records import RelationKind

LEFT, RIGHT = 64, 40
MOST_APART = 28
"""Code points between two names that may be a pair."""
_OF = r"(?:(?:the\s+)?(?:city|town|village|area|district|province|governorate|countryside)s?\s+of\s+|the\s+)?"
_WAY = r"(?:road|highway|motorway|railway|railroad|route|line|pipeline|axis|corridor)s?"
_LIMIT = r"(?:borders?|frontiers?)"
DASH = re.compile(r"\s?[-–—/]\s?")
AND = re.compile(rf"\s+(?P<word>and|to|with)\s+{_OF}")
WAY_AFTER = re.compile(rf"(?:\s+[a-z]+)?\s+{_WAY}\b", re.IGNORECASE)
LIMIT_AFTER = re.compile(rf"(?:\s+[a-z]+)?\s+{_LIMIT}\b", re.IGNORECASE)
LIMIT_BEFORE = re.compile(
    rf"\b{_LIMIT}(?:\s+(?:area|region|zone|strip|crossing)s?)?\s+between\s+{_OF}$", re.IGNORECASE
)
BETWEEN = re.compile(
    r"\b(?:mid-?way\s+|half-?way\s+)?between\s+(?:the\s+)?(?:(?:cities|towns|villages|areas|districts|provinces)"
    rf"\s+(?:of\s+)?)?{_OF}$",
    re.IGNORECASE,
)
WAY_BEFORE = re.compile(
    rf"\b{_WAY}\s+(?:(?:that|which)\s+)?(?:runs?\s+|leads?\s+|running\s+|leading\s+)?"
    rf"(?:from|between|links?|linking|connects?|connecting|joins?|joining)\s+{_OF}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two neighbouring names of a report that mean what lies between them."""

    first: int
    """Number of the first name; the other is the next one."""
    kind: RelationKind
    """between or border."""
    words: str
    """The words that say so."""


def find_pairs(text: str, toponyms: Sequence[Toponym]) -> Iterator[Pair]:
    """Yield the pairs among the names of a text, in order; no name is in two of them."""
    used = -1
    for i in range(len(toponyms) - 1):
        a, b = toponyms[i], toponyms[i + 1]
        if i > used and b.start - a.end <= MOST_APART:
            said = _said(text, a, b)
            if said is not None:
                yield Pair(first=i, kind=said[0], words=said[1])
                used = i + 1


def _said(text: str, a: Toponym, b: Toponym) -> tuple[RelationKind, str] | None:
    """Return what two names say together, with the words."""
    joint, after = text[a.end : b.start], text[b.end : b.end + RIGHT]
    if DASH.fullmatch(joint) or joint.strip() == "to":
        if m := WAY_AFTER.match(after):
            return "between", m.group().strip()
        if (m := LIMIT_AFTER.match(after)) and joint.strip() != "to":
            return "border", m.group().strip()
    join = AND.fullmatch(joint)
    if join is None:
        return None
    before = text[max(0, a.start - LEFT) : a.start]
    if join["word"] == "and":
        if m := LIMIT_BEFORE.search(before):
            return "border", m.group().strip()
        if m := WAY_BEFORE.search(before) or BETWEEN.search(before):
            return "between", m.group().strip()
        return None
    m = WAY_BEFORE.search(before)
    return ("between", m.group().strip()) if m else None
