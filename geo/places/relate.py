"""Relations that need two places: what lies between them, and where two countries meet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gazetteer import Gazetteer
from geo.mentions.text import Document
from geo.mentions.toponyms import Toponym
from geo.places.borders import border
from geo.places.choose import Choice
from geo.places.literal import literal_belief
from geo.places.locate import Located, locate_between
from geo.places.options import LARGE
from geo.places.pairs import Pair, find_pairs
from geo.places.relations import BORDER, BORDER_AFTER, LEFT, RIGHT
from geo.records import Relation

Related = tuple[Relation, Located]
BORDER_WHERE_PREC, BORDER_GEO_PRECISION = 5, 3


def relate(
    gazetteer: Gazetteer, document: Document, toponyms: Sequence[Toponym], chosen: Sequence[Choice | None]
) -> dict[int, Related]:
    """Return the relations of names that mean something together with a second place.

    Parameters
    ----------
    gazetteer
        Holds the settlements on both sides of a border.
    document
        The report, cut.
    toponyms
        Its names, in order.
    chosen
        Their places; `None` where there is none.

    Returns
    -------
    dict
        By number of the name the relation, with the id of the second place, and what it locates.
    """
    text = document.report.text
    found: dict[int, Related] = {}
    for pair in find_pairs(text, toponyms):
        first, second = chosen[pair.first], chosen[pair.first + 1]
        if first is None or second is None:
            continue
        t, u = toponyms[pair.first], toponyms[pair.first + 1]
        # Talks between Moscow and Ankara are nowhere between them.
        if pair.kind == "border" or _literal(document, t, first) or _literal(document, u, second):
            found |= _pair(gazetteer, pair, first, second)
    low = text.lower()
    if "border" in low or "frontier" in low:
        found = dict(_single(gazetteer, text, toponyms, chosen)) | found
    return found


def _literal(document: Document, t: Toponym, c: Choice) -> bool:
    return literal_belief(document, t, c.kind) >= 0.5


def _pair(gazetteer: Gazetteer, pair: Pair, first: Choice, second: Choice) -> dict[int, Related]:
    if pair.kind == "border":
        located = _border(gazetteer, first.place.country, second.place.country)
    elif {first.kind, second.kind} & LARGE:
        return {}
    else:
        located = locate_between(first.place, second.place)
    if located is None:
        return {}
    return {
        pair.first: (Relation(kind=pair.kind, words=pair.words, other=second.place.id), located),
        pair.first + 1: (Relation(kind=pair.kind, words=pair.words, other=first.place.id), located),
    }


def _single(
    gazetteer: Gazetteer, text: str, toponyms: Sequence[Toponym], chosen: Sequence[Choice | None]
) -> Iterator[tuple[int, Related]]:
    """Yield "the border with Iraq" in a report about Syria: the second country is the report's own."""
    counts = Counter(c.place.country for c in chosen if c is not None and c.place.country)
    ranked = sorted(counts, key=lambda country: (-counts[country], country))
    neighbours: dict[str, tuple[str, Located] | None] = {}
    for i, (t, c) in enumerate(zip(toponyms, chosen, strict=True)):
        if c is None or c.kind != "country" or not c.place.country:
            continue
        said = BORDER.search(text[max(0, t.start - LEFT) : t.start]) or BORDER_AFTER.search(
            text[t.end : t.end + RIGHT]
        )
        if not said:
            continue
        country = c.place.country
        if country not in neighbours:
            neighbours[country] = _neighbour(gazetteer, country, ranked)
        if (neighbour := neighbours[country]) is not None:
            other, located = neighbour
            words = said.group().strip().removeprefix("'s").removeprefix("’s").strip()
            yield i, (Relation(kind="border", words=words, other=other), located)


def _neighbour(gazetteer: Gazetteer, country: str, ranked: Sequence[str]) -> tuple[str, Located] | None:
    """Return the country that most of the report's other names lie in, of those that meet this one."""
    for other in ranked:
        row = gazetteer.country(other)
        if other != country and row is not None:
            located = _border(gazetteer, country, other)
            if located is not None:
                return gazetteer.place(row).id, located
    return None


def _border(gazetteer: Gazetteer, first: str | None, second: str | None) -> Located | None:
    """Return the border of two countries, in one order whichever the text names first."""
    codes = sorted({first or "", second or ""})
    found = border(gazetteer, *codes) if len(codes) == 2 else None
    if found is None:
        return None
    return Located(
        lat=found.lat,
        lon=found.lon,
        radius_km=found.radius_km,
        where_prec=BORDER_WHERE_PREC,
        geo_precision=BORDER_GEO_PRECISION,
    )
