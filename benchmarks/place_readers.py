"""Tools that read places out of a text, side by side: each a function from a text to places with points."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from benchmarks.toponyms import Found
from gazetteer import Gazetteer
from gazetteer.names import fold

Reader = Callable[[str], list[Found]]


def conflictmap(*, whole: bool = True) -> Reader:
    """Return the project's reader; not `whole`: recognition and resolution alone, no relation, no reason."""
    from geo.mentions.text import Document, read_text
    from geo.mentions.toponyms import find_toponyms
    from geo.places.refer import find_places
    from geo.places.resolve import decide
    from geo.records import UNKNOWN_TIME, Report

    names = Gazetteer.open()

    def report(text: str) -> Report:
        return Report(id="", source=None, title=None, published=UNKNOWN_TIME, url=None, text=text)

    def places(text: str) -> list[Found]:
        found = find_places(names, read_text(report(text)))
        return [
            (r.mention.start, r.mention.end, r.place.lat, r.place.lon) for r in found if r.place is not None
        ]

    def decisions(text: str) -> list[Found]:
        document = Document(report=report(text), sentences=(), quotes=(), dateline=None)
        found = decide(names, document, find_toponyms(names, document))
        chosen = [(d.toponym, d.options[d.weighed.best()]) for d in found if d.weighed is not None]
        return [(t.start, t.end, o.lat, o.lon) for t, o in chosen]

    return places if whole else decisions


def flashgeotext() -> Reader:
    """Return flashgeotext with its own lists; it gives no points: a name gets its best known place's."""
    from flashgeotext.geotext import GeoText
    from loguru import logger

    logger.remove()
    tool, point = GeoText(), _points()

    def read(text: str) -> list[Found]:
        found = tool.extract(text, span_info=True)
        spans = [
            (start, end, name)
            for sort in ("countries", "cities")
            for name, told in found[sort].items()
            for start, end in told["span_info"]
        ]
        return [(start, end, *point(name)) for start, end, name in spans]

    return read


def geotext() -> Reader:
    """Return geotext; it gives neither offsets nor points: names are sought again in the text."""
    from geotext import GeoText

    point = _points()

    def read(text: str) -> list[Found]:
        found = GeoText(text)
        return list(_again(text, {*found.cities, *found.countries}, point))

    return read


READERS: dict[str, Callable[[], Reader]] = {
    "conflictmap": conflictmap,
    "conflictmap, recognition and resolution alone": lambda: conflictmap(whole=False),
    "flashgeotext": flashgeotext,
    "geotext": geotext,
}
"""What is compared; the second is there for its speed."""


def _again(text: str, names: set[str], point: Callable[[str], tuple[float, float]]) -> Iterator[Found]:
    for name in sorted(names):
        for m in re.finditer(rf"\b{re.escape(name)}\b", text):
            yield (*m.span(), *point(name))


def _points() -> Callable[[str], tuple[float, float]]:
    """Return what gives a name the point of its best known place; far from everywhere where there is none."""
    names = Gazetteer.open()
    known: dict[str, tuple[float, float]] = {}

    def point(name: str) -> tuple[float, float]:
        if name not in known:
            rows = names.rows(fold(name))[:1].tolist()
            where = [(float(names.columns.lat[r]), float(names.columns.lon[r])) for r in rows]
            known[name] = where[0] if where else (-90.0, 0.0)
        return known[name]

    return point
