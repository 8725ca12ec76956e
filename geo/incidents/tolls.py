"""What each claimant counts, and the range over all of them.

A claimant's later report replaces its earlier figures; a figure that a report itself replaces, or that
counts more than the event, does not stand. A part ("39 of them children") never makes the whole
smaller: where only parts are given, parts that exclude each other are added.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from geo.records import Claim, ClaimantToll, Event, Measure, Report, Toll

NO_SOURCE = "unknown source"
MEASURES: tuple[Measure, ...] = ("killed", "injured")
WITHIN_CIVILIANS = frozenset({"children", "women"})
ARMED = frozenset({"fighters", "soldiers", "police", "security forces"})
EVERYBODY = frozenset({None, "people"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim with whose it is in the end, and when it was published."""

    claim: Claim
    """The claim."""
    speaker: str
    """Name of who says so; the publisher, where the report itself does."""
    speaker_id: str | None
    """Id in the actor registry."""
    kind: str | None
    """Kind of the speaker; "media" for a publisher."""
    published: date | None
    """Day of the report."""


def said(reports: Mapping[str, Report], versions: Iterable[Event]) -> list[Said]:
    """Return the claims of some versions with their speakers."""
    return [_said(c, reports[e.report]) for e in versions for c in e.claims]


def _said(claim: Claim, report: Report) -> Said:
    who = claim.claimant
    own = who is None or not (who.id or who.name)
    return Said(
        claim=claim,
        speaker=(report.source or NO_SOURCE) if own or who is None else who.name,
        speaker_id=None if own or who is None else who.id,
        kind="media" if own or who is None else who.kind,
        published=report.published.last,
    )


def stands(claim: Claim) -> bool:
    """Tell whether a figure is the claimant's own, of this event, and not replaced in its report."""
    return not (claim.superseded or claim.denied or claim.cumulative)


def by_claimant(claims: Sequence[Said]) -> list[ClaimantToll]:
    """Return what each claimant says of killed and injured, by measure and name."""
    groups: dict[tuple[Measure, str], list[Said]] = defaultdict(list)
    for s in claims:
        if s.claim.measure in MEASURES:
            groups[s.claim.measure, s.speaker_id or s.speaker.casefold()].append(s)
    found = [t for (measure, _), group in groups.items() if (t := _toll_of(measure, group)) is not None]
    return sorted(found, key=lambda t: (MEASURES.index(t.measure), t.claimant, t.claims))


def _toll_of(measure: Measure, group: list[Said]) -> ClaimantToll | None:
    standing = [s for s in group if stands(s.claim) and _numbered(s.claim)]
    latest = max((s.published for s in standing if s.published), default=None)
    kept = [s for s in standing if s.published in {None, latest}]
    if not kept:
        return None
    kept_ids = sorted({s.claim.id for s in kept})
    return ClaimantToll(
        claimant=kept[0].speaker,
        claimant_id=kept[0].speaker_id,
        kind=kept[0].kind,
        measure=measure,
        toll=whole([s.claim for s in kept]),
        of=_only(s.claim.of for s in kept),
        claims=tuple(kept_ids),
        replaced=tuple(sorted({s.claim.id for s in standing} - set(kept_ids))),
    )


def _only(of: Iterable[str | None]) -> tuple[str, ...]:
    """Return whom alone some claims count; empty where one of them counts everybody."""
    every = set(of)
    return () if every & EVERYBODY else tuple(sorted(o for o in every if o))


def _numbered(claim: Claim) -> bool:
    return claim.count.low is not None or claim.count.high is not None


def whole(claims: Sequence[Claim]) -> Toll:
    """Return the range of the whole that some claims of one claimant and measure speak of."""
    totals = [c for c in claims if c.of in EVERYBODY]
    parts = _parts([c for c in claims if c.of not in EVERYBODY])
    if not totals:
        return parts
    lows, highs = [c.count.low for c in totals], [top(c) for c in totals]
    low = min((n for n in lows if n is not None), default=None)
    high = max((n for n in highs if n is not None), default=None)
    return Toll(
        low=low if low is None or parts.low is None else max(low, min(parts.low, high or parts.low)),
        high=high if high is None or parts.low is None else max(high, parts.low),
        open=any(_open(c) for c in totals if top(c) == high),
    )


def _parts(claims: Sequence[Claim]) -> Toll:
    """Return the sum of parts that exclude each other: civilians (women, children) and those under arms."""
    civilians = _range([c for c in claims if c.of not in ARMED | WITHIN_CIVILIANS])
    inside = _range([c for c in claims if c.of in WITHIN_CIVILIANS])
    armed = _range([c for c in claims if c.of in ARMED])
    first = civilians if civilians.low is not None or civilians.high is not None else inside
    return _added(first, armed)


def _range(claims: Sequence[Claim]) -> Toll:
    high = max((n for c in claims if (n := top(c)) is not None), default=None)
    return Toll(
        low=min((c.count.low for c in claims if c.count.low is not None), default=None),
        high=high,
        open=any(_open(c) for c in claims if top(c) == high),
    )


def _added(a: Toll, b: Toll) -> Toll:
    return Toll(low=_sum(a.low, b.low), high=_sum(a.high, b.high), open=a.open or b.open)


def _sum(a: int | None, b: int | None) -> int | None:
    return None if a is None and b is None else (a or 0) + (b or 0)


def top(claim: Claim) -> int | None:
    """Return the highest number a claim names: its upper limit, else its lower one."""
    return claim.count.high if claim.count.high is not None else claim.count.low


def _open(claim: Claim) -> bool:
    return claim.count.high is None and claim.count.low is not None


def over(tolls: Iterable[ClaimantToll], measure: Measure) -> Toll:
    """Return the range over all claimants.

    "None of our soldiers" says nothing of others: such a nought counts only where nobody counts more. Who
    counts only children or women sets no lower end where somebody counts all.
    """
    told = [t for t in tolls if t.measure == measure]
    high = max((t.toll.high for t in told if t.toll.high is not None), default=None)
    entire = any(not _only_within(t) for t in told)
    counted = [t.toll for t in told if not ((high and _none_of_ours(t)) or (entire and _only_within(t)))]
    return Toll(
        low=min((t.low for t in counted if t.low is not None), default=None),
        high=high,
        open=any(t.open for t in counted if t.high == high),
    )


def _only_within(t: ClaimantToll) -> bool:
    return bool(t.of) and set(t.of) <= WITHIN_CIVILIANS


def _none_of_ours(t: ClaimantToll) -> bool:
    return t.toll.high == 0 and bool(t.of) and set(t.of) <= ARMED
