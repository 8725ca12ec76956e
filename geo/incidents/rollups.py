"""An incident's deaths in the form of three data sets, each by its published rule, for comparison.

ACLED keeps one number and no injured: the most conservative estimate where reports differ, fixed
numbers for vague words. UCDP keeps the lowest and highest reliable estimate and the best one, deaths of
each side, of civilians and of unknown. Airwars keeps the lowest and highest number of civilians killed
and injured, and a grade by number and kind of sources; "Discounted" takes an assessor and is never given
here. Each roll-up says how it came about.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

from geo.errors import LexiconError
from geo.incidents.tolls import ARMED, EVERYBODY, WITHIN_CIVILIANS, Said, by_claimant, stands, whole
from geo.lexicons import rows
from geo.records import (
    Acled,
    ActorRef,
    Airwars,
    Claim,
    ClaimantToll,
    Event,
    Measure,
    Rollups,
    Toll,
    Ucdp,
)

WORDS, SOURCES = "rollup_words.csv", "rollup_sources.csv"
CIVIL = frozenset({"civilians", *WITHIN_CIVILIANS})
STATE = frozenset({"state forces", "police", "government", "ministry"})
SOLDIERS = frozenset({"soldiers", "police", "security forces"})
FAIR = 2
"""Credible sources from which Airwars calls a case fair."""
Grade = Literal["Confirmed", "Fair", "Weak", "Contested"]


def rollups(
    claims: Sequence[Said], tolls: Sequence[ClaimantToll], own: Sequence[Event], contested: Collection[str]
) -> Rollups:
    """Return an incident's deaths in the three forms.

    Parameters
    ----------
    claims
        Claims of its versions that are no copies, with their speakers.
    tolls
        What each claimant counts.
    own
        These versions.
    contested
        What they disagree on.
    """
    return Rollups(
        acled=_acled(claims, tolls), ucdp=_ucdp(claims, tolls, own), airwars=_airwars(claims, own, contested)
    )


@cache
def _vague() -> Mapping[str, int]:
    found = {}
    for line, row in rows(WORDS, "word", "fatalities"):
        if not row["fatalities"].isdigit():
            raise LexiconError(
                f"geo/data/{WORDS}:{line}: {row['fatalities']!r} is no number; write a figure."
            )
        found[row["word"]] = int(row["fatalities"])
    return found


@cache
def _sources() -> Mapping[str, tuple[int, bool]]:
    found = {}
    for line, row in rows(SOURCES, "kind", "reliability", "credible"):
        if row["reliability"] not in {"0", "1", "2", "3"} or row["credible"] not in {"yes", "no"}:
            raise LexiconError(f"geo/data/{SOURCES}:{line}: write 0 to 3, and yes or no.")
        found[row["kind"]] = (int(row["reliability"]), row["credible"] == "yes")
    return found


def _reliability(kind: str | None) -> int:
    return _sources().get(kind or "", _sources()[""])[0]


def _acled(claims: Sequence[Said], tolls: Sequence[ClaimantToll]) -> Acled:
    figures = [(n, t.claimant) for t in _whole_tolls(tolls) if (n := t.toll.low or t.toll.high)]
    figures += [
        (n, s.speaker) for s in claims if (n := _vague_number(s.claim)) and s.claim.of not in WITHIN_CIVILIANS
    ]
    if not figures:
        return Acled(fatalities=0, reason="no source counts dead")
    number, who = min(figures)
    if len({n for n, _ in figures}) == 1:
        return Acled(fatalities=number, reason=f"all figures agree ({who})")
    return Acled(fatalities=number, reason=f"most conservative of {len(figures)} figures ({who})")


def _vague_number(claim: Claim) -> int | None:
    if claim.measure != "killed" or claim.count.bound != "vague" or not stands(claim):
        return None
    known = [_vague()[w] for w in re.findall(r"\w+", claim.count.words.lower()) if w in _vague()]
    return max(known, default=None)


def _whole_tolls(tolls: Iterable[ClaimantToll]) -> list[ClaimantToll]:
    """Return what claimants say of all killed; who counts only children or women, where no other counts."""
    killed = [t for t in tolls if t.measure == "killed"]
    return [t for t in killed if not (t.of and set(t.of) <= WITHIN_CIVILIANS)] or killed


def _ucdp(claims: Sequence[Said], tolls: Sequence[ClaimantToll], own: Sequence[Event]) -> Ucdp | None:
    counted = [t for t in _whole_tolls(tolls) if (t.toll.high or t.toll.low or 0) > 0]
    if not counted:
        return None
    top = max(_reliability(t.kind) for t in counted)
    best = min(
        (t for t in counted if _reliability(t.kind) == top), key=lambda t: (_figure(t.toll), t.claimant)
    )
    parts = _by_side([s.claim for s in claims if s.claim.id in best.claims], own)
    total = max(_figure(best.toll), sum(parts))
    a, b, civilians = parts
    return Ucdp(
        low=min(total, *(_figure(t.toll) for t in counted)),
        best=total,
        high=max(total, *(t.toll.high or _figure(t.toll) for t in counted)),
        deaths_a=a,
        deaths_b=b,
        deaths_civilians=civilians,
        deaths_unknown=total - sum(parts),
        reason=f"best: {best.claimant}, the most independent of {len(counted)} that count dead",
    )


def _figure(toll: Toll) -> int:
    return toll.low if toll.low is not None else (toll.high or 0)


def _by_side(claims: Sequence[Claim], own: Sequence[Event]) -> tuple[int, int, int]:
    """Return the dead of the side that acted, of the other side, and civilians, by one claimant."""
    civilians = _figure(whole([c for c in claims if c.of in CIVIL]))
    initiators = [x for e in own for x in e.initiators]
    targets = [x for e in own for x in e.targets]
    a = b = 0
    for of, killed in _armed(claims):
        match _whose(of, initiators, targets):
            case "a":
                a += killed
            case "b":
                b += killed
            case _:
                pass
    return a, b, civilians


def _armed(claims: Sequence[Claim]) -> list[tuple[str, int]]:
    of = sorted({c.of for c in claims if c.of in ARMED and c.of})
    return [(o, _figure(whole([c for c in claims if c.of == o]))) for o in of]


def _whose(of: str, initiators: Sequence[ActorRef], targets: Sequence[ActorRef]) -> str | None:
    """Tell the side of soldiers or fighters: of the only party that has such; `None`: both or neither."""
    wants_state = of in SOLDIERS
    a, b = (any((x.kind in STATE) == wants_state for x in who if x.kind) for who in (initiators, targets))
    if a == b:
        return None
    return "a" if a else "b"


def _airwars(claims: Sequence[Said], own: Sequence[Event], contested: Collection[str]) -> Airwars | None:
    harm = {m: _civil(claims, m, own) for m in ("killed", "injured")}
    told = [t for tolls in harm.values() for t in tolls if (t.toll.high or t.toll.low or 0) > 0]
    if not told:
        return None
    grade, reason = _grade(told, own, contested)
    killed, injured = (_limits(harm[m]) for m in ("killed", "injured"))
    return Airwars(
        killed_min=killed[0],
        killed_max=killed[1],
        injured_min=injured[0],
        injured_max=injured[1],
        grade=grade,
        reason=reason,
    )


def _civil(claims: Sequence[Said], measure: Measure, own: Sequence[Event]) -> list[ClaimantToll]:
    """Return what claimants say of civilians; where civilians were hit, bare figures count as well."""
    kinds = [a.kind for e in own for a in e.targets if a.kind]
    civil_target = sum(k == "civilians" for k in kinds) * 2 > len(kinds)
    wanted = CIVIL | (EVERYBODY if civil_target else frozenset())
    return by_claimant([s for s in claims if s.claim.measure == measure and s.claim.of in wanted])


def _limits(tolls: Sequence[ClaimantToll]) -> tuple[int, int]:
    whole_tolls = [t for t in tolls if not (t.of and set(t.of) <= WITHIN_CIVILIANS)] or list(tolls)
    lows = [_figure(t.toll) for t in whole_tolls]
    return min(lows, default=0), max((t.toll.high or _figure(t.toll) for t in whole_tolls), default=0)


def _grade(
    told: Sequence[ClaimantToll], own: Sequence[Event], contested: Collection[str]
) -> tuple[Grade, str]:
    accused = {a.id for e in own for a in e.initiators if a.id} | {
        a.country for e in own for a in e.initiators if a.country
    }
    owning = sorted({t.claimant for t in told if t.claimant_id in accused})
    if owning:
        return "Confirmed", f"{', '.join(owning)}, who acted, says so"
    if "actor" in contested:
        return "Contested", "the sources name different parties"
    credible = sorted({t.claimant for t in told if _sources().get(t.kind or "", _sources()[""])[1]})
    if len(credible) >= FAIR:
        return "Fair", f"{len(credible)} credible sources: {', '.join(credible)}"
    return "Weak", f"a single source: {', '.join(credible) or told[0].claimant}"
