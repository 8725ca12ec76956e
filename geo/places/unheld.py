"""Names in place frames that no look-up knew: spelt otherwise near the report's other places, or unknown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from gazetteer import Gazetteer
from gazetteer.names import fold
from gazetteer.sphere import distance_km
from geo.mentions.name_lists import actor_keys, common_words
from geo.mentions.text import Document
from geo.places.locate import locate
from geo.places.resolve import Decision
from geo.places.spans import overlaps
from geo.records import IN_PLACE, Mention, PlaceRef

_ARTICLE = r"(?:(?:al|el|ad|ar|as|ash|at|az|an)-)?"
UNKNOWN = re.compile(
    r"(?:\w+\s+)?(?:[Tt]he\s+)?"
    r"(?:village|hamlet|town|settlement|township|oil\s?field|gas\s?field|camp|checkpoint)s?\s+"
    r"(?:of|called|named)\s+"
    rf"(?P<name>{_ARTICLE}[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*){{0,2}})",
)
FRAME = re.compile(
    r"[\s(\[\"'“‘«](?:in|at|near|outside|around|of|on|towards|into|from|over)\s+"
    r"(?:the\s+)?(?:(?:village|town|city|hamlet|district|area|camp|quarter|settlement|locality|region)\s+"
    r"(?:of\s+|called\s+)?)?"
    rf"(?P<name>{_ARTICLE}[^\W\d_a-z][^\W\d_]{{3,}}(?:-[^\W\d_]+)*)"
    r"(?!\s+[^\W\d_a-z])",
)
SPOTS = frozenset({"ppl", "spot", "capital"})
SURE = 0.5
RESPELT_KM = 90.0
LEAST_RESPELT = 0.02
MOST_RESPELT = 0.5
RESPELT_FLOOR = 0.2
SHORTEST = 5
UNKNOWN_BELIEF = 0.8
TIERS = ("article", "folding", "skeleton")
Centre = tuple[str, float, float]
"""Code of a country, latitude and longitude of a place in it."""


def find_unheld(
    gazetteer: Gazetteer,
    document: Document,
    covered: Sequence[tuple[int, int]],
    decisions: Sequence[Decision],
) -> Iterator[PlaceRef]:
    """Yield names that stand where place names stand and were not found by look-up.

    Parameters
    ----------
    gazetteer
        Knows other spellings.
    document
        The report, cut.
    covered
        Start and end of the names that were read, in order.
    decisions
        What they mean.
    """
    text = document.report.text
    centre: Centre | None = None
    sought = False
    seen: dict[str, PlaceRef | None] = {}
    for m in FRAME.finditer(text):
        start, end = m.span("name")
        name = m["name"]
        if overlaps(covered, start, end) or _no_place(name):
            continue
        if not sought:
            centre, sought = _centre(gazetteer, decisions), True
        if name not in seen:
            seen[name] = _respelt(gazetteer, name, centre) if centre else None
        mention = Mention(start=start, end=end, text=name)
        if (found := seen[name]) is not None:
            yield replace(found, mention=mention, literal=True)
        elif UNKNOWN.match(text, m.start() + 1):
            yield nowhere(mention, UNKNOWN_BELIEF)


def nowhere(mention: Mention, belief: float) -> PlaceRef:
    """Return the reference of a name that the gazetteer does not hold.

    Parameters
    ----------
    mention
        Where it stands.
    belief
        Belief that it is a place name, 0 to 1.
    """
    return PlaceRef(
        mention=mention,
        literal=True,
        place=None,
        relation=IN_PLACE,
        lat=None,
        lon=None,
        radius_km=None,
        where_prec=7,
        geo_precision=3,
        confidence=round(belief, 3),
        reason="named as a place; the gazetteer does not hold it",
    )


@lru_cache(maxsize=8192)
def _no_place(name: str) -> bool:
    key = fold(name)
    return key in common_words() or key in actor_keys()


def _centre(gazetteer: Gazetteer, decisions: Sequence[Decision]) -> Centre | None:
    """Return the country that most names lie in, and the point of the surest of its spots."""
    uses = Counter(d.weighed for d in decisions if d.weighed is not None)
    sure = [(max(w.beliefs()), w.namesakes.options[w.best()], n) for w, n in uses.items()]
    spots = [(b, o, n) for b, o, n in sure if o.kind in SPOTS and b > SURE]
    if not spots:
        return None
    counts: Counter[int] = Counter()
    for _, o, n in spots:
        counts[o.country] += n
    country = max(counts, key=lambda c: (counts[c], -c))
    _, best = max(((b, o) for b, o, _ in spots if o.country == country), key=lambda x: (x[0], -x[1].row))
    return gazetteer.countries[country], best.lat, best.lon


def _respelt(gazetteer: Gazetteer, name: str, centre: Centre) -> PlaceRef | None:
    """Return a near place whose name is another spelling of this one."""
    code, lat, lon = centre
    if len(name) < SHORTEST:
        return None
    near = (lat, lon)
    if not gazetteer.meets(name, country=code, near=near, within_km=RESPELT_KM, tiers=TIERS):
        return None
    for c in gazetteer.find(name, country=code, near=near, limit=2, tiers=TIERS):
        close = distance_km(*near, c.place.lat, c.place.lon) <= RESPELT_KM
        initial = c.place.name.removeprefix("Al-")[:1] == name.removeprefix("al-")[:1].upper()
        if close and c.confidence >= LEAST_RESPELT and initial:
            located = locate(c.place, IN_PLACE)
            return PlaceRef(
                mention=Mention(start=0, end=0, text=name),
                literal=True,
                place=c.place,
                relation=IN_PLACE,
                lat=located.lat,
                lon=located.lon,
                radius_km=round(located.radius_km, 1),
                where_prec=located.where_prec,
                geo_precision=located.geo_precision,
                confidence=round(min(MOST_RESPELT, max(RESPELT_FLOOR, c.confidence)), 3),
                reason=f"{c.place.feature} {c.place.name}: {c.reason}; near the other names of the report",
            )
    return None
