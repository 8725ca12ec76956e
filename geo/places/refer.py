"""From a report's text to its place references: named, decided, located, with reasons."""

from __future__ import annotations

from gazetteer import Gazetteer
from geo.mentions.recognizers import Recognizer, default_recognizer, in_order
from geo.mentions.text import Document
from geo.places.choose import NO_PLACE, Choice, choice, likeliest
from geo.places.literal import literal_belief
from geo.places.locate import locate
from geo.places.peoples import find_peoples
from geo.places.relations import find_relation
from geo.places.resolve import Decision, decide
from geo.places.unheld import find_unheld, nowhere
from geo.records import IN_PLACE, Mention, PlaceRef

Choices = dict[tuple[int, int], Choice]
"""What was chosen in a report, by the identity of the weighing and the number of the candidate."""


def find_places(
    gazetteer: Gazetteer, document: Document, recognizer: Recognizer | None = None
) -> tuple[PlaceRef, ...]:
    """Return every place a report names, in order; names the gazetteer lacks have no place.

    Parameters
    ----------
    gazetteer
        Where to look.
    document
        The report, cut.
    recognizer
        Finds the names; `None`: the one that `$CONFLICTMAP_RECOGNIZER` asks for, else the project's own.
    """
    reader = recognizer or default_recognizer(gazetteer)
    toponyms = in_order(reader.recognize(document), document.report.text)
    decisions = decide(gazetteer, document, toponyms)
    choices: Choices = {}
    found = [_reference(gazetteer, document, d, choices) for d in decisions]
    covered = [(t.start, t.end) for t in toponyms]
    found += find_peoples(gazetteer, document, covered)
    found += find_unheld(gazetteer, document, covered, decisions)
    return tuple(sorted(found, key=lambda r: r.mention.start))


def _reference(gazetteer: Gazetteer, document: Document, d: Decision, choices: Choices) -> PlaceRef:
    t = d.toponym
    mention = Mention(start=t.start, end=t.end, text=t.text)
    if d.weighed is None:
        return nowhere(mention, t.belief)
    best = likeliest(document, t, d.weighed)
    same = (id(d.weighed), best)
    chosen = choices.get(same)
    if chosen is None:
        chosen = choices[same] = choice(gazetteer, d.weighed, best)
    literal = literal_belief(document, t, chosen.kind) >= 0.5
    relation = find_relation(document.report.text, t.start, t.end) if literal else IN_PLACE
    located = chosen.located if relation is IN_PLACE else locate(chosen.place, relation)
    return PlaceRef(
        mention=mention,
        literal=literal,
        place=chosen.place,
        relation=relation,
        lat=located.lat,
        lon=located.lon,
        radius_km=round(located.radius_km, 1),
        where_prec=located.where_prec,
        geo_precision=located.geo_precision,
        confidence=round(t.belief * chosen.belief, 3),
        reason=chosen.reason if literal else chosen.reason + NO_PLACE,
        runners_up=chosen.runners_up,
    )
