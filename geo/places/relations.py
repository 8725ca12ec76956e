"""How a text stands to the place it names.

"near X", "12 km south of X", "northern X", "the countryside of X", "the border with X".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from geo.records import IN_PLACE, Relation, RelationKind

LEFT = 64
RIGHT = 28
KM_PER_MILE = 1.609344
UNITS = "one two three four five six seven eight nine ten eleven twelve"
NUMBER_WORDS = {
    "half a": 0.5,
    "a few": 3.0,
    "several": 5.0,
    **{w: float(i) for i, w in enumerate(UNITS.split(), 1)},
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
}
_THOUSANDS = r"\d{1,2},\d{3}(?![\d,.])"
THOUSANDS = re.compile(_THOUSANDS)
_DIR = r"(?:north|south)(?:[ -]?(?:east|west))?|east|west"
OFFSET = re.compile(
    rf"(?P<n>(?<![\d.,])(?:{_THOUSANDS}|\d{{1,4}}(?:[.,]\d{{1,2}})?)"
    rf"|(?<![\w-])(?:{'|'.join(NUMBER_WORDS)}))\s*(?:-\s*)?"
    r"(?P<u>km|kms|kilometres?|kilometers?|miles?|metres?|meters?|m)\b\s*(?:\([^)]*\)\s*)?"
    rf"(?:to the\s+|further\s+|away\s+)?(?P<d>{_DIR})?(?:ern)?\s*"
    r"(?:of|from|away from|outside)\s+(?:the\s+)?(?:[a-z]+ of\s+)?$",
    re.IGNORECASE,
)
DIRECTION_OF = re.compile(
    rf"(?<!\bthe )(?<!\bthe far )\b(?:just\s+)?(?P<d>{_DIR})\s+of\s+"
    r"(?:the\s+)?(?:city of\s+|town of\s+|river\s+)?$",
    re.IGNORECASE,
)
SIDE_OF = re.compile(
    rf"\b(?:the\s+)?(?P<far>far\s+|extreme\s+)?(?P<d>{_DIR})(?:ern)?\s+"
    r"(?:part\s+|parts\s+|side\s+|edge\s+|outskirts\s+)?(?:of|in)\s+"
    r"(?:the\s+)?(?P<g>province of\s+|countryside of\s+)?$",
    re.IGNORECASE,
)
PART = re.compile(
    rf"\b(?:far\s+|extreme\s+)?(?P<d>{_DIR}|central|upper|lower|rural|downtown)(?:ern)?\s+$",
    re.IGNORECASE,
)
NEAR = re.compile(
    r"\b(?:near|close to|around|outside|by|next to|on the outskirts of|in the vicinity of|in the area of"
    r"|not far from|the area around|the country around)\s+"
    r"(?:the\s+)?(?:(?:town|city|village|oil field|oilfield|camp|base)\s+(?:of|at)\s+)?$",
    re.IGNORECASE,
)
COUNTRYSIDE = re.compile(
    r"\b(?:countryside|outskirts|suburbs?|environs)\s+(?:east\s+|west\s+|north\s+|south\s+)?of\s+$",
    re.IGNORECASE,
)
COUNTRYSIDE_AFTER = re.compile(
    r"^(?:'s|’s)?\s+(?:(?:eastern|western|northern|southern)\s+)?(?:countryside|outskirts|suburbs)",
    re.IGNORECASE,
)
BORDER = re.compile(r"\b(?:border|frontier)\s+(?:with|of)\s+$", re.IGNORECASE)
BORDER_AFTER = re.compile(r"^(?:'s|’s)?\s+(?:border|frontier)\b", re.IGNORECASE)
BEFORE: tuple[tuple[re.Pattern[str], RelationKind], ...] = (
    (NEAR, "near"),
    (COUNTRYSIDE, "around"),
    (BORDER, "border"),
)
AFTER: tuple[tuple[re.Pattern[str], RelationKind], ...] = (
    (COUNTRYSIDE_AFTER, "around"),
    (BORDER_AFTER, "border"),
)
BEARINGS = {
    "north": 0.0,
    "northeast": 45.0,
    "east": 90.0,
    "southeast": 135.0,
    "south": 180.0,
    "southwest": 225.0,
    "west": 270.0,
    "northwest": 315.0,
}


PARTS = frozenset(
    "north south east west northern southern eastern western central upper lower rural downtown northeast "
    "northwest southeast southwest northeastern northwestern southeastern southwestern".split()
)
ENDS = PARTS | frozenset("of from outside the near to around by at with in river".split())
"""Last words of everything that says a relation before a name."""
CUES = PARTS | frozenset(
    "km kms kilometre kilometres kilometer kilometers mile miles metre metres meter meters m near close "
    "around outside by next outskirts vicinity area far countryside country suburb suburbs environs border "
    "frontier".split()
)
"""Words, one of which is among the last of everything that says a relation before a name."""
CUES_AFTER = frozenset(
    "countryside outskirts suburbs border frontier eastern western northern southern".split()
)
BEGINS_AFTER = frozenset(" '’\n\u00a0\t")
LAST_WORDS = 10
CUE = re.compile("[a-z]+")


def find_relation(text: str, start: int, end: int) -> Relation:
    """Return how a text stands to the place named at start..end."""
    before = text[max(0, start - LEFT) : start]
    if _cued(before) and (found := _before(before)):
        return found
    after = text[end : end + RIGHT]
    if after[:1] not in BEGINS_AFTER or CUES_AFTER.isdisjoint(CUE.findall(after.lower())[:3]):
        return IN_PLACE
    return _plain(AFTER, after) or IN_PLACE


def _cued(before: str) -> bool:
    """Tell whether words may say a relation at all: few do, and the patterns cost more than this."""
    words = before.rsplit(None, 1)
    if not words or not before[-1].isspace():
        return False
    low = words[-1].lower()
    if low not in ENDS and not ENDS.issuperset(CUE.findall(low)[-1:] or [""]):
        return False
    return not CUES.isdisjoint(CUE.findall(before.lower())[-LAST_WORDS:])


def _before(before: str) -> Relation | None:
    if m := OFFSET.search(before):
        return _offset(m)
    if m := DIRECTION_OF.search(before):
        return Relation(kind="offset", words=m.group().strip(), bearing=_bearing(m["d"]))
    if found := _plain(BEFORE, before):
        return found
    if m := SIDE_OF.search(before) or PART.search(before):
        return Relation(kind="part", words=m.group().strip(), bearing=_bearing(m["d"]))
    return None


def _plain(patterns: Sequence[tuple[re.Pattern[str], RelationKind]], words: str) -> Relation | None:
    """Return the relation that needs no figure, if the words say one."""
    for pattern, kind in patterns:
        if m := pattern.search(words):
            return Relation(kind=kind, words=m.group().strip())
    return None


def _bearing(words: str) -> float | None:
    return BEARINGS.get(words.lower().replace(" ", "").replace("-", ""))


def _offset(m: re.Match[str]) -> Relation:
    bearing = _bearing(m["d"]) if m["d"] else None
    return Relation(
        kind="offset" if bearing is not None else "near",
        words=m.group().strip(),
        distance_km=_number(m["n"].lower()) * _km_per(m["u"].lower()),
        bearing=bearing,
    )


def _number(words: str) -> float:
    if words in NUMBER_WORDS:
        return NUMBER_WORDS[words]
    return float(words.replace(",", "" if THOUSANDS.fullmatch(words) else "."))


def _km_per(unit: str) -> float:
    if unit.startswith("mile"):
        return KM_PER_MILE
    return 0.001 if unit == "m" or unit.startswith("met") else 1.0
