"""What the versions of an incident disagree on: toll, place, date, type, actor, whether it happened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from geo.incidents.parties import compatible, named
from geo.incidents.points import distance_km, spot
from geo.incidents.tolls import NO_SOURCE, Said
from geo.records import ActorRef, Claim, ClaimantToll, Event, Report

DISPUTED_KM = 3.0
DISPUTED_DAYS = 1
POINT_PRECISION = 2
"""UCDP precision up to which a place is exact enough to be disputed."""
ABOUT = 0.1
"""Share by which a figure said to be about so many may be off."""
MOST_TOLD = 6
FIGHTING = frozenset({"Battles", "Explosions/Remote violence"})
"""Types that are faces of one fight, no dispute."""
FROM_AFAR = frozenset({"Air/drone strike", "Shelling/artillery/missile attack"})
ON_THE_SPOT = frozenset({"Remote explosive/landmine/IED", "Suicide bomb"})

Dispute = tuple[str, str]
Reports = Mapping[str, Report]


def disputes(
    reports: Reports, versions: Sequence[Event], claims: Sequence[Said], tolls: Sequence[ClaimantToll]
) -> list[Dispute]:
    """Return what is disputed, each with who says what.

    Parameters
    ----------
    reports
        Reports by id.
    versions
        Versions of the incident that are no copies.
    claims
        Their claims with their speakers.
    tolls
        What each claimant counts.
    """
    found = (
        ("toll", _toll(claims, tolls)),
        ("place", _place(reports, versions)),
        ("date", _date(reports, versions)),
        ("type", _type(reports, versions)),
        ("actor", _actor(reports, versions)),
        ("that it happened", _denied(reports, versions)),
    )
    return [(about, "; ".join(list(who)[:MOST_TOLD])) for about, who in found if who]


def _source(reports: Reports, event: Event) -> str:
    return reports[event.report].source or NO_SOURCE


def _each(reports: Reports, told: Sequence[tuple[Event, str]]) -> list[str]:
    """Return "source: words" once each, in the order of the versions."""
    return list(dict.fromkeys(f"{_source(reports, e)}: {words}" for e, words in told))


def _toll(claims: Sequence[Said], tolls: Sequence[ClaimantToll]) -> list[str]:
    kept = {i for t in tolls for i in t.claims}
    standing = [s for s in claims if s.claim.id in kept and s.claim.count.bound != "vague"]
    against = [p for p in combinations(standing, 2) if _contradict(*p)]
    measures = {p[0].claim.measure for p in against}
    parties = {s.speaker for p in against for s in p}
    return [_counted(t) for t in tolls if t.measure in measures and t.claimant in parties]


def _counted(t: ClaimantToll) -> str:
    low, high = t.toll.low, t.toll.high
    if low is None:
        number = f"up to {high}"
    elif t.toll.open and low == high:
        number = f"at least {low}"
    else:
        number = f"{low}" if low == high else f"{low} to {high}"
    return f"{t.claimant}: {number} {t.measure}" + (f" ({', '.join(t.of)})" if t.of else "")


def _contradict(a: Said, b: Said) -> bool:
    """Tell whether two figures of one measure and the same people cannot both be right."""
    x, y = a.claim, b.claim
    if x.measure != y.measure or x.of != y.of:
        return False
    return not _overlap(x, y)


def _overlap(a: Claim, b: Claim) -> bool:
    (low_a, high_a), (low_b, high_b) = _limits(a), _limits(b)
    return low_a <= high_b and low_b <= high_a


def _limits(claim: Claim) -> tuple[float, float]:
    low = float(claim.count.low or 0)
    high = float("inf") if claim.count.high is None else float(claim.count.high)
    slack = ABOUT if claim.count.bound == "about" else 0.0
    return low * (1 - slack), high * (1 + slack)


def _place(reports: Reports, versions: Sequence[Event]) -> list[str]:
    exact = [e for e in versions if e.place is not None and e.place.where_prec <= POINT_PRECISION]
    apart = [p for p in combinations(exact, 2) if _apart(*p)]
    return _each(reports, [(e, _place_name(e)) for e in exact]) if apart else []


def _apart(a: Event, b: Event) -> bool:
    p, q = spot(a.place), spot(b.place)
    if p is None or q is None or a.place is None or b.place is None:
        return False
    return distance_km(p, q) > max(DISPUTED_KM, a.place.radius_km or 0.0, b.place.radius_km or 0.0)


def _place_name(event: Event) -> str:
    if event.place is None:
        return "no place"
    name = event.place.place.name if event.place.place else event.place.mention.text
    words = event.place.relation.words.strip()
    return f"{words} {name}" if words and event.place.relation.kind != "in" else name


def _date(reports: Reports, versions: Sequence[Event]) -> list[str]:
    days = [e for e in versions if e.when.known and e.when.precision in {"day", "days"}]
    apart = [p for p in combinations(days, 2) if _days_between(*p) > DISPUTED_DAYS]
    return _each(reports, [(e, _days(e)) for e in days]) if apart else []


def _days_between(a: Event, b: Event) -> int:
    if a.when.first is None or a.when.last is None or b.when.first is None or b.when.last is None:
        return 0
    return max((a.when.first - b.when.last).days, (b.when.first - a.when.last).days)


def _days(event: Event) -> str:
    first, last = event.when.first, event.when.last
    return f"{first}" if first == last else f"{first} to {last}"


def _type(reports: Reports, versions: Sequence[Event]) -> list[str]:
    apart = [p for p in combinations(versions, 2) if _other_type(*p)]
    return _each(reports, [(e, e.sub_type) for e in versions]) if apart else []


def _other_type(a: Event, b: Event) -> bool:
    kinds = {a.type, b.type}
    if len(kinds) > 1:
        return not kinds <= FIGHTING
    subs = {a.sub_type, b.sub_type}
    return bool(subs & FROM_AFAR) and bool(subs & ON_THE_SPOT)


def _actor(reports: Reports, versions: Sequence[Event]) -> list[str]:
    told = [(e, named(e.initiators)) for e in versions]
    told = [(e, who) for e, who in told if who]
    apart = [(a, b) for a, b in combinations(told, 2) if not compatible(a[1], b[1], a[0].when.first)]
    return _each(reports, [(e, _names(who)) for e, who in told]) if apart else []


def _names(actors: Sequence[ActorRef]) -> str:
    return ", ".join(dict.fromkeys(a.name or a.text for a in actors))


def _denied(reports: Reports, versions: Sequence[Event]) -> list[str]:
    denials = list(_denials(reports, versions))
    told = [e for e in versions if not e.denied]
    return denials + [f"{_source(reports, e)}: reports it" for e in told] if denials and told else []


def _denials(reports: Reports, versions: Sequence[Event]) -> Iterator[str]:
    for e in versions:
        if e.denied:
            yield f"{_source(reports, e)}: carries a denial"
