"""From a report's text to its place references: named, decided, located, with reasons."""

from __future__ import annotations

from gazetteer import Gazetteer
from geo.mentions.linear import Model
from geo.mentions.recognizers import Recognizer, default_recognizer, in_order
from geo.mentions.text import Document
from geo.places.choose import NO_PLACE, Choice, choice, likeliest
from geo.places.confidence import confidence
from geo.places.literal import literal_belief
from geo.places.locate import locate
from geo.places.peoples import find_peoples
from geo.places.relate import Related, relate
from geo.places.relations import find_relation
from geo.places.resolve import Decision, decide
from geo.places.unheld import find_unheld, nowhere
from geo.records import IN_PLACE, Mention, PlaceRef

Choices = dict[tuple[int, int], Choice]
"""What was chosen in a report, by the identity of the weighing and the number of the candidate."""


def find_places(
    gazetteer: Gazetteer,
    document: Document,
    recognizer: Recognizer | None = None,
    resolution: Model | None = None,
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
    resolution
        Weighs the places of a name; `None`: the packaged model.
    """
    reader = recognizer or default_recognizer(gazetteer)
    toponyms = in_order(reader.recognize(document), document.report.text)
    decisions = decide(gazetteer, document, toponyms, resolution)
    choices: Choices = {}
    chosen = [_chosen(gazetteer, document, d, choices) for d in decisions]
    together = relate(gazetteer, document, toponyms, chosen)
    found = [
        _reference(document, d, c, together.get(i)) if c else nowhere(_mention(d), d.toponym.belief)
        for i, (d, c) in enumerate(zip(decisions, chosen, strict=True))
    ]
    covered = [(t.start, t.end) for t in toponyms]
    found += find_peoples(gazetteer, document, covered)
    found += find_unheld(gazetteer, document, covered, decisions)
    return tuple(sorted(found, key=lambda r: r.mention.start))


def _chosen(gazetteer: Gazetteer, document: Document, d: Decision, choices: Choices) -> Choice | None:
    if d.weighed is None:
        return None
    best = likeliest(document, d.toponym, d.weighed)
    same = (id(d.weighed), best)
    if same not in choices:
        choices[same] = choice(gazetteer, d.weighed, best)
    return choices[same]


def _mention(d: Decision) -> Mention:
    return Mention(start=d.toponym.start, end=d.toponym.end, text=d.toponym.text)


def _reference(document: Document, d: Decision, chosen: Choice, together: Related | None) -> PlaceRef:
    t = d.toponym
    literal = together is not None or literal_belief(document, t, chosen.kind) >= 0.5
    if together is not None:
        relation, located = together
    else:
        relation = find_relation(document.report.text, t.start, t.end) if literal else IN_PLACE
        located = chosen.located if relation is IN_PLACE else locate(chosen.place, relation)
    return PlaceRef(
        mention=_mention(d),
        literal=literal,
        place=chosen.place,
        relation=relation,
        lat=located.lat,
        lon=located.lon,
        radius_km=round(located.radius_km, 1),
        where_prec=located.where_prec,
        geo_precision=located.geo_precision,
        confidence=round(confidence(t.belief, chosen.belief), 3),
        reason=chosen.reason if literal else chosen.reason + NO_PLACE,
        runners_up=chosen.runners_up,
    )
