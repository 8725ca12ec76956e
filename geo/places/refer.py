"""From a report's text to its place references: named, decided, located, with reasons."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gazetteer import Gazetteer
from gazetteer.names import fold
from gazetteer.place import Place
from geo.actors import registry
from geo.mentions.kinds import kind_of
from geo.mentions.text import Document
from geo.mentions.toponym_features import actor_keys, common_words
from geo.mentions.toponyms import Toponym, find_toponyms
from geo.places.literal import literal_belief
from geo.places.relations import find_relation, locate
from geo.places.resolve import Decision, decide, distance_km
from geo.records import IN_PLACE, Mention, PlaceRef, RunnerUp

MOST_RUNNERS_UP = 3
OUT_OF_QUESTION = 5.0
"""Log-odds by which the report speaks for a namesake so clearly that no capital is meant."""
LEAST_BELIEF = 0.04
UNKNOWN = re.compile(
    r"(?:\w+\s+)?(?:[Tt]he\s+)?"
    r"(?:village|hamlet|town|settlement|township|oil\s?field|gas\s?field|camp|checkpoint)s?\s+"
    r"(?:of|called|named)\s+"
    r"(?P<name>(?:(?:al|el|ad|ar|as|ash|at|az|an)-)?[^\W\d_a-z][\w'’-]*(?:\s+[^\W\d_a-z][\w'’-]*){0,2})",
)


def find_places(gazetteer: Gazetteer, document: Document) -> tuple[PlaceRef, ...]:
    """Return every place a report names, in order; names the gazetteer lacks have no place.

    Parameters
    ----------
    gazetteer
        Where to look.
    document
        The report, cut.
    """
    toponyms = find_toponyms(gazetteer, document)
    decisions = decide(gazetteer, document, toponyms)
    found = [_reference(gazetteer, document, d) for d in decisions]
    covered = [(t.start, t.end) for t in toponyms]
    found += _demonyms(gazetteer, document, covered)
    found += _unknown(gazetteer, document, covered, decisions)
    return tuple(sorted(found, key=lambda r: r.mention.start))


def _reference(gazetteer: Gazetteer, document: Document, d: Decision) -> PlaceRef:
    t = d.toponym
    mention = Mention(start=t.start, end=t.end, text=t.text)
    if not d.options:
        return _nowhere(mention, t)
    best = _capital(document, d)
    beliefs = d.beliefs()
    option = d.options[best]
    place = gazetteer.place(option.row)
    kind = kind_of(gazetteer, option.row)
    literal = literal_belief(document, t, kind)
    relation = find_relation(document.report.text, t.start, t.end) if literal >= 0.5 else IN_PLACE
    located = locate(place, relation)
    return PlaceRef(
        mention=mention,
        literal=literal >= 0.5,
        place=place,
        relation=relation,
        lat=located.lat,
        lon=located.lon,
        radius_km=round(located.radius_km, 1),
        where_prec=located.where_prec,
        geo_precision=located.geo_precision,
        confidence=round(t.belief * beliefs[best], 3),
        reason=_reason(d, best, beliefs, place, literal),
        runners_up=tuple(_runners_up(gazetteer, d, best, beliefs)),
    )


def _capital(document: Document, d: Decision) -> int:
    """Return the first choice; where the name stands for a government, its capital ("Washington" said)."""
    best = d.best()
    if d.options[best].kind in {"capital", "country"}:
        return best
    capital = next((i for i, o in enumerate(d.options) if o.kind == "capital"), None)
    if capital is None or d.scores[best] - d.scores[capital] > OUT_OF_QUESTION:
        return best
    return best if literal_belief(document, d.toponym, "capital") >= 0.5 else capital


def _nowhere(mention: Mention, t: Toponym) -> PlaceRef:
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
        confidence=round(t.belief, 3),
        reason="named as a place; the gazetteer does not hold it",
    )


def _runners_up(gazetteer: Gazetteer, d: Decision, best: int, beliefs: Sequence[float]) -> Iterator[RunnerUp]:
    order = sorted(range(len(beliefs)), key=lambda i: (-beliefs[i], i))
    for i in [i for i in order if i != best and beliefs[i] > LEAST_BELIEF][:MOST_RUNNERS_UP]:
        yield RunnerUp(place=gazetteer.place(d.options[i].row), score=round(beliefs[i], 3))


WHY = {
    "container": "named with what contains it",
    "fuller-name": "the report gives its fuller name",
    "country-votes": "other names of the report lie in its country",
    "country-named": "the report names its country",
    "admin1-votes": "other names lie in its division",
    "near-others": "other names lie near",
}


def _reason(d: Decision, best: int, beliefs: Sequence[float], place: Place, literal: float) -> str:
    why = [WHY.get(f, "the words beside it fit" if f.startswith("fit") else "") for f in d.reasons[best]]
    told = [w for w in dict.fromkeys(why) if w]
    if len(d.options) == 1:
        told.insert(0, "the only place of this name")
    elif not told:
        told.insert(0, f"likeliest of {len(d.options)} by size and kind")
    use = "" if literal >= 0.5 else "; stands for an actor or is part of another name"
    return f"{place.feature} {place.name}: {', '.join(told)} ({beliefs[best]:.0%}){use}"


FRAME = re.compile(
    r"\b(?:in|at|near|outside|around|of|on|towards|into|from|over)\s+"
    r"(?:the\s+)?(?:(?:village|town|city|hamlet|district|area|camp|quarter|settlement|locality|region)\s+"
    r"(?:of\s+|called\s+)?)?"
    r"(?P<name>(?:(?:al|el|ad|ar|as|ash|at|az|an)-)?[^\W\d_a-z][^\W\d_]{3,}(?:-[^\W\d_]+)*)"
    r"(?!\s+[^\W\d_a-z])",
)
WORD = re.compile(r"\b(?=[^\W\d_a-z])[^\W\d_]+(?:-[^\W\d_]+)*")


def _demonyms(gazetteer: Gazetteer, document: Document, covered: list[tuple[int, int]]) -> Iterator[PlaceRef]:
    """Yield adjectives and peoples ("Turkish", "Americans"): associative mentions of their country."""
    taken = {i for a, b in covered for i in range(a, b)}
    known = registry()
    for m in WORD.finditer(document.report.text):
        word = m.group()
        if not word[0].isupper() or m.start() in taken:
            continue
        country = known.demonym(word.lower()) or known.people(word.lower())
        row = gazetteer.by_id(f"iso:{country}") if country else None
        if row is not None:
            yield _demonym(gazetteer, m, row)


def _demonym(gazetteer: Gazetteer, m: re.Match[str], row: int) -> PlaceRef:
    place = gazetteer.place(row)
    located = locate(place, IN_PLACE)
    return PlaceRef(
        mention=Mention(start=m.start(), end=m.end(), text=m.group()),
        literal=False,
        place=place,
        relation=IN_PLACE,
        lat=place.lat,
        lon=place.lon,
        radius_km=round(located.radius_km, 1),
        where_prec=located.where_prec,
        geo_precision=located.geo_precision,
        confidence=0.9,
        reason=f"people or adjective of {place.name}",
    )


def _unknown(
    gazetteer: Gazetteer,
    document: Document,
    covered: list[tuple[int, int]],
    decisions: list[Decision],
) -> Iterator[PlaceRef]:
    """Yield names in place frames that no look-up knew: spelt otherwise near the others, or unknown."""
    centre = _centre(decisions)
    seen: dict[str, PlaceRef | None] = {}
    for m in FRAME.finditer(document.report.text):
        start, end = m.span("name")
        name = m["name"]
        if any(a < end and start < b for a, b in covered) or _no_place(fold(name)):
            continue
        if name not in seen:
            seen[name] = _respelt(gazetteer, name, centre) if centre else None
        mention = Mention(start=start, end=end, text=name)
        if (found := seen[name]) is not None:
            yield replace(found, mention=mention, literal=True)
        elif UNKNOWN.match(document.report.text, m.start()):
            yield _nowhere(mention, Toponym(start=start, end=end, text=name, key="", belief=0.8))


def _no_place(key: str) -> bool:
    return key in common_words() or key in actor_keys()


def _centre(decisions: list[Decision]) -> tuple[str, float, float] | None:
    """Return the country that most names lie in, and the point of the surest of its spots."""
    sure = [(max(d.beliefs()), d.options[d.best()]) for d in decisions if d.options]
    spots = [(b, o) for b, o in sure if o.kind in {"ppl", "spot", "capital"} and b > SURE]
    if not spots:
        return None
    counts = Counter(o.country for _, o in spots)
    country = max(counts, key=lambda c: (counts[c], -c))
    _, best = max(((b, o) for b, o in spots if o.country == country), key=lambda x: (x[0], -x[1].row))
    return str(country), best.lat, best.lon


SURE = 0.5
RESPELT_KM = 90.0
LEAST_RESPELT = 0.02
SHORTEST = 5


def _respelt(gazetteer: Gazetteer, name: str, centre: tuple[str, float, float]) -> PlaceRef | None:
    """Return a near place whose name is another spelling of this one."""
    country, lat, lon = centre
    if len(name) < SHORTEST:
        return None
    code = gazetteer.countries[int(country)]
    for c in gazetteer.find(
        name, country=code, near=(lat, lon), limit=2, tiers=("article", "folding", "skeleton")
    ):
        near = distance_km(lat, lon, c.place.lat, c.place.lon) <= RESPELT_KM
        if (
            near
            and c.confidence >= LEAST_RESPELT
            and c.place.name.removeprefix("Al-")[:1] == name.removeprefix("al-")[:1].upper()
        ):
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
                confidence=round(min(0.5, max(0.2, c.confidence)), 3),
                reason=f"{c.place.feature} {c.place.name}: {c.reason}; near the other names of the report",
            )
    return None
