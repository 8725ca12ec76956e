"""Figures against gold: what share of places, events, claims and links a coding gets right.

The measures are those of the project's gold reports (`tests/gold`): recognition by overlap of
spans; a place right within its tolerance; an event found where ACLED type, days (one day's slack)
and place (the tolerance, at least 25 km) fit; claims as a multiset of (measure, low, high) a
report, vague and superseded figures left out; links as pairs of events in different reports;
B-cubed after Bagga and Baldwin (1998).
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from geo.errors import ReportError
from geo.records import ActorRef, Claim, Coded, Event, Incident, PlaceRef

Gold = Mapping[str, Any]
VAGUE = re.compile(r"\b(?:dozens|scores|hundreds|thousands|several hundred)\b", re.IGNORECASE)
GENERIC = frozenset(
    "the a an of and in for to by at on forces force army military officials official said state "
    "ministry".split()
)
LEAST_TOLERANCE_KM = 25.0
EARTH_DIAMETER_KM = 12742.0
ONE_DAY = timedelta(days=1)
Key = tuple[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """Right ones among those predicted and those in gold."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right."""
        return self.right / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        """Share of gold that was found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Every figure of a scoring; `None` where gold gives no case."""

    reports: int
    recognition: Ratio
    literal: float | None
    resolution: float | None
    end_to_end: Ratio
    events: Ratio
    main_recall: float | None
    sub_type: float | None
    initiator: float | None
    target: float | None
    claims: Ratio
    claimant: float | None
    b_cubed: float
    links: Ratio
    quiet: float | None


def read_gold(folder: Path) -> Gold:
    """Read `gold.json` of a folder, with each report's source from `reports.jsonl`.

    Raises
    ------
    ReportError
        One of the two files is missing or is no JSON.
    """
    try:
        gold: dict[str, Any] = json.loads((folder / "gold.json").read_text("utf-8"))
        lines = (folder / "reports.jsonl").read_text("utf-8").splitlines()
        gold["sources"] = {r["id"]: r["source"] for r in map(json.loads, lines)}
    except (OSError, ValueError) as fault:
        raise ReportError(
            f"{folder}: no gold reports there ({fault}); name a folder with reports.jsonl and gold.json."
        ) from fault
    return gold


def score_reports(
    gold: Gold, coded: Iterable[Coded], incidents: Iterable[Incident], *, split: str | None = None
) -> Scores:
    """Compare a coding with gold."""
    by_id = {c.report.id: c for c in coded}
    incident_of = {e: i.id for i in incidents for e in i.events}
    tally = _Tally()
    chosen = sorted(i for i, g in gold["reports"].items() if split is None or g["split"] == split)
    for i in chosen:
        _report(tally, i, gold["reports"][i], by_id.get(i), gold["sources"][i], incident_of)
    n = tally.n
    return Scores(
        reports=len(chosen),
        recognition=tally.ratio("recognised", "mentions", "toponyms"),
        literal=tally.share("literal right", "recognised"),
        resolution=tally.share("near", "literal recognised"),
        end_to_end=tally.ratio("end to end", "literal mentions", "literal toponyms"),
        events=tally.ratio("events found", "events", "gold events"),
        main_recall=tally.share("main found", "main"),
        sub_type=tally.share("sub-type", "events found"),
        initiator=tally.share("initiators right", "initiators"),
        target=tally.share("targets right", "targets"),
        claims=tally.ratio("claims found", "claims", "gold claims"),
        claimant=tally.share("claimant right", "claims found"),
        b_cubed=_b_cubed(tally.gold_of, tally.found_of),
        links=_links(tally.gold_of, tally.found_of),
        quiet=n["still quiet"] / n["quiet"] if n["quiet"] else None,
    )


class _Tally:
    def __init__(self) -> None:
        self.n: Counter[str] = Counter()
        self.gold_of: dict[Key, str] = {}
        self.found_of: dict[Key, str] = {}

    def share(self, right: str, of: str) -> float | None:
        return self.n[right] / self.n[of] if self.n[of] else None

    def ratio(self, right: str, predicted: str, gold: str) -> Ratio:
        return Ratio(right=self.n[right], predicted=self.n[predicted], gold=self.n[gold])


def _report(
    tally: _Tally, i: str, gold: Gold, coded: Coded | None, source: str, incident_of: Mapping[str, str]
) -> None:
    mentions = [m for m in coded.mentions if m.place] if coded else []
    events = list(coded.events) if coded else []
    _places(tally.n, gold["toponyms"], mentions)
    found = _matched(gold["events"], events)
    _events(tally, i, gold["events"], events, found, incident_of)
    _claims(tally.n, gold["events"], events, source)
    if not gold["events"]:
        tally.n["quiet"] += 1
        tally.n["still quiet"] += not events


def _places(n: Counter[str], gold: Sequence[Gold], mentions: Sequence[PlaceRef]) -> None:
    n["toponyms"] += len(gold)
    n["mentions"] += len(mentions)
    n["literal toponyms"] += sum(g["literal"] for g in gold)
    n["literal mentions"] += sum(m.literal for m in mentions)
    for g, m in _overlapping(gold, mentions):
        near = (
            m.place is not None
            and kilometres(g["lat"], g["lon"], m.place.lat, m.place.lon) <= g["tolerance_km"]
        )
        n["recognised"] += 1
        n["literal right"] += m.literal == g["literal"]
        if g["literal"]:
            n["literal recognised"] += 1
            n["near"] += near
            n["end to end"] += near and m.literal


def _overlapping(gold: Sequence[Gold], mentions: Sequence[PlaceRef]) -> Iterable[tuple[Gold, PlaceRef]]:
    used: set[int] = set()
    for g in gold:
        sizes = [
            (min(g["end"], m.mention.end) - max(g["start"], m.mention.start), -k)
            for k, m in enumerate(mentions)
            if k not in used
        ]
        size, k = max(sizes, default=(0, 0))
        if size > 0:
            used.add(-k)
            yield g, mentions[-k]


def kilometres(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance in kilometres."""
    p, q = math.radians(lat1), math.radians(lat2)
    h = math.sin((q - p) / 2) ** 2 + math.cos(p) * math.cos(q) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
    return EARTH_DIAMETER_KM * math.asin(min(1.0, math.sqrt(h)))


def fit(gold: Gold, event: Event) -> float | None:
    """Return how well an event fits a gold one, `None` where it does not."""
    others = gold.get("sub_type_alt") or []
    p, w = event.place, event.when
    if (
        (event.type != gold["type"] and event.sub_type not in others)
        or p is None
        or p.lat is None
        or p.lon is None
    ):
        return None
    if w.first is None or w.last is None:
        return None
    if w.first - ONE_DAY > date.fromisoformat(gold["date_to"]) or w.last + ONE_DAY < date.fromisoformat(
        gold["date_from"]
    ):
        return None
    km = kilometres(gold["lat"], gold["lon"], p.lat, p.lon)
    if km > max(gold["tolerance_km"], LEAST_TOLERANCE_KM):
        return None
    return (event.sub_type == gold["sub_type"] or event.sub_type in others) + 1 / (1 + km)


def _matched(gold: Sequence[Gold], events: Sequence[Event]) -> dict[int, Event]:
    fits = [
        (s, i, j) for i, g in enumerate(gold) for j, e in enumerate(events) if (s := fit(g, e)) is not None
    ]
    found: dict[int, Event] = {}
    taken: set[int] = set()
    for _, i, j in sorted(fits, reverse=True):
        if i not in found and j not in taken:
            found[i] = events[j]
            taken.add(j)
    return found


def _events(
    tally: _Tally,
    i: str,
    gold: Sequence[Gold],
    events: Sequence[Event],
    found: Mapping[int, Event],
    incident_of: Mapping[str, str],
) -> None:
    n = tally.n
    n["events"] += len(events)
    n["gold events"] += len(gold)
    n["events found"] += len(found)
    for k, g in enumerate(gold):
        event = found.get(k)
        tally.gold_of[i, k] = g["incident"]
        tally.found_of[i, k] = incident_of.get(event.id, event.id) if event else f"alone {i} {k}"
        n["main"] += g["main"]
        n["main found"] += g["main"] and event is not None
        if event is not None:
            n["sub-type"] += event.sub_type == g["sub_type"] or event.sub_type in (
                g.get("sub_type_alt") or []
            )
            _role(n, "initiators", g, event.initiators)
            _role(n, "targets", g, event.targets)


def _role(n: Counter[str], role: str, gold: Gold, actors: Sequence[ActorRef]) -> None:
    if gold[role]:
        forms = [f for a in actors for f in _forms(a)]
        n[role] += 1
        n[f"{role} right"] += any(same_name(x, forms) for x in gold[role])


def _forms(actor: ActorRef | None) -> list[str]:
    return [x for x in (actor.name, actor.text, actor.id) if x] if actor else []


def same_name(gold: str, forms: Sequence[str]) -> bool:
    """Tell whether a gold name and one of the forms share a word that says something."""
    words = _content(gold)
    return any(words & _content(f) for f in forms) if words else any(gold.lower() == f.lower() for f in forms)


def _content(text: str) -> set[str]:
    return {w for w in re.findall(r"[a-z0-9]+", text.lower()) if w not in GENERIC}


def _claims(n: Counter[str], gold_events: Sequence[Gold], events: Sequence[Event], source: str) -> None:
    every = [c for e in gold_events for c in e["claims"]]
    free = {id(c) for c in every if c.get("superseded") or VAGUE.search(c["quote"])}
    left = [c for c in every if id(c) not in free]
    forgiven = [_triple(c) for c in every if id(c) in free]
    n["gold claims"] += len(left)
    for c in (c for e in events for c in e.claims if c.count.bound != "vague" and not c.cumulative):
        same = [g for g in left if _triple(g) == (c.measure, c.count.low, c.count.high)]
        if same:
            best = next((g for g in same if claimant_right(g["claimant"], c, source)), same[0])
            left.remove(best)
            n["claims found"] += 1
            n["claimant right"] += claimant_right(best["claimant"], c, source)
        n["claims"] += bool(same) or (c.measure, c.count.low, c.count.high) not in forgiven


def _triple(c: Gold) -> tuple[str, int, int | None]:
    return c["measure"], c["low"], c["high"]


def claimant_right(gold: str, claim: Claim, source: str) -> bool:
    """Tell whether a claim's claimant is the gold one; "(report)" is the publisher itself."""
    forms = _forms(claim.claimant)
    if gold == "(report)":
        return not forms or source in forms
    return same_name(gold, forms)


def _b_cubed(gold: Mapping[Key, str], found: Mapping[Key, str]) -> float:
    if not gold:
        return 1.0
    precision = recall = 0.0
    of_gold, of_found = _groups(gold), _groups(found)
    for k in gold:
        both = len(of_gold[gold[k]] & of_found[found[k]])
        precision += both / len(of_found[found[k]]) / len(gold)
        recall += both / len(of_gold[gold[k]]) / len(gold)
    return 2 * precision * recall / (precision + recall)


def _groups(of: Mapping[Key, str]) -> dict[str, set[Key]]:
    groups: dict[str, set[Key]] = defaultdict(set)
    for k, v in of.items():
        groups[v].add(k)
    return groups


def _links(gold: Mapping[Key, str], found: Mapping[Key, str]) -> Ratio:
    keys = sorted(gold)
    pairs = [(a, b) for i, a in enumerate(keys) for b in keys[i + 1 :] if a[0] != b[0]]
    same_gold = {p for p in pairs if gold[p[0]] == gold[p[1]]}
    same_found = {p for p in pairs if found[p[0]] == found[p[1]]}
    return Ratio(right=len(same_gold & same_found), predicted=len(same_found), gold=len(same_gold))


def shown(scores: Scores) -> str:
    """Write the figures for people, a line each."""
    lines = []
    for name in Scores.__dataclass_fields__:
        value = getattr(scores, name)
        if isinstance(value, Ratio):
            shares = f"P {value.precision:.3f}  R {value.recall:.3f}  F1 {value.f1:.3f}"
            lines.append(f"{name:12} {shares}  ({value.right}/{value.predicted}/{value.gold})")
        else:
            lines.append(f"{name:12} {value:.3f}" if isinstance(value, float) else f"{name:12} {value}")
    return "\n".join(lines)


def plain(scores: Scores) -> dict[str, object]:
    """Return the figures for machines: a ratio as precision, recall, f1 and its three counts."""
    made: dict[str, object] = {}
    for name in Scores.__dataclass_fields__:
        value = getattr(scores, name)
        if isinstance(value, Ratio):
            shares = {"precision": value.precision, "recall": value.recall, "f1": value.f1}
            counts = {"right": value.right, "predicted": value.predicted, "gold": value.gold}
            made[name] = {**{k: round(v, 4) for k, v in shares.items()}, **counts}
        else:
            made[name] = round(value, 4) if isinstance(value, float) else value
    return made
