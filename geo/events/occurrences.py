"""Where a report tells of something that happened: trigger by trigger, with who, where, when."""

from __future__ import annotations

from dataclasses import dataclass, field

from geo.events.distance import gap
from geo.events.longer import longer
from geo.events.means import votes, votes_near
from geo.events.reading import BE, DateHit, PlaceHit, Reading, is_noun, is_passive
from geo.events.reality import GIVING, TAKING, denied, meant, modal_before, takes, unreal
from geo.events.roles import Roles, find_roles
from geo.events.whereabouts import meant_before, nearest_date, nearest_place, taken
from geo.lexicons import Trigger, words
from geo.mentions.phrases import Hit

ANAPHORIC_WORDS = words("occurrences.anaphoric")

GENERIC = words("assemble.generic")
OPEN = "?"


@dataclass(slots=True, kw_only=True, eq=False)
class Occurrence:
    """One telling of an event."""

    reading: Reading
    first: int
    last: int
    lemma: str
    sub_type: str | None
    """ACLED sub-type, or `None` where the context must tell."""
    strength: int
    noun: bool
    denied: bool
    votes: dict[str, float]
    """Sub-types that weapons and means in reach speak for."""
    roles: Roles
    place: PlaceHit | None
    date: DateHit | None
    frame: str
    anaphoric: bool = False
    """Points back to what was told before."""
    casualty: bool = False
    """Known only by its victims."""
    notes: list[str] = field(default_factory=list)

    def people(self) -> set[str]:
        """Return what tells its doers and victims from others: ids, countries, the words for them."""
        found: set[str] = set()
        for a in (*self.roles.initiators, *self.roles.targets):
            found |= {x for x in (a.actor.id, a.actor.country and f"country {a.actor.country}") if x}
            found |= {w for w in a.actor.text.lower().split() if len(w) > 4 and w not in GENERIC}
        return found

    @property
    def span(self) -> tuple[int, int]:
        """Tokens of the trigger."""
        return self.first, self.last


APART = 2.5
BARE = words("occurrences.bare")
RESUMED = words("occurrences.resumed")


def occurrences(reading: Reading) -> list[Occurrence]:
    """Return the tellings of a sentence, left to right; what only may happen is left out."""
    found = [o for h in reading.triggers if (o := _occurrence(reading, h))]
    for m in reading.measures:
        if all(gap(reading, (m.first, m.last), o.span) > APART for o in found) and (
            victims := _victims(reading, m)
        ):
            found.append(victims)
    return sorted(found, key=lambda o: o.first)


def _occurrence(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> Occurrence | None:
    noun = (hit.value[0].pos == "n" and len(hit.value) == 1) or (_ambiguous(hit) and is_noun(reading, hit))
    trigger = _option(hit, noun=noun)
    no = denied(reading, hit)
    if trigger is None or unreal(reading, hit) or no == "not":
        return None
    if not noun and not _finite(reading, hit, trigger):
        return None
    passive = not noun and trigger.form in {"past", "participle"} and _suffers(reading, hit)
    roles = find_roles(reading, hit.first, hit.last, noun=noun, passive=passive, frame=trigger.frame)
    place = taken(reading, hit, trigger, passive=passive)
    if place is None and not meant_before(reading, hit, trigger):
        place = nearest_place(reading, hit.first, hit.last)
    if not meant(reading, trigger, hit, noun=noun):
        return None
    if trigger.sub_type in {TAKING, GIVING} and not takes(reading, trigger, hit, roles, passive=passive):
        return None
    return Occurrence(
        reading=reading,
        first=hit.first,
        last=hit.last,
        lemma=trigger.lemma,
        sub_type=None if trigger.sub_type == OPEN else trigger.sub_type,
        strength=trigger.strength,
        noun=noun,
        denied=no == "denied",
        votes=votes(reading, hit, trigger),
        roles=roles,
        place=place,
        date=nearest_date(reading, hit.first, hit.last),
        frame=trigger.frame,
        anaphoric=noun and _anaphoric(reading, hit),
    )


def _finite(reading: Reading, hit: Hit[tuple[Trigger, ...]], trigger: Trigger) -> bool:
    """Tell whether a verb tells of something: bare forms do in headlines ("Forces kill dozens")."""
    before = reading.low(hit.first - 1)
    if before == "to" and trigger.form == "ing":
        return reading.low(hit.first - 2) in RESUMED  # "went back to bombing"
    if before in BARE or before == "be":
        return False
    return trigger.form != "base" or (reading.headline and hit.first > 0)


def _anaphoric(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> bool:
    """Tell whether a noun points back: "that air raid", "it was the deadliest attack"."""
    before = [reading.low(i) for i in range(max(0, hit.first - 6), hit.first)]
    return bool(ANAPHORIC_WORDS & set(before[-2:])) or (
        bool(BE & set(before)) and bool({"the", "a", "an"} & set(before))
    )


def _ambiguous(hit: Hit[tuple[Trigger, ...]]) -> bool:
    return {"n", "v"} <= {t.pos for t in hit.value} or any(
        t.form in {"ing", "s", "base"} for t in hit.value if t.pos == "v"
    )


def _option(hit: Hit[tuple[Trigger, ...]], *, noun: bool) -> Trigger | None:
    """Choose between the readings of a form as noun and as verb."""
    wanted = "n" if noun else "v"
    fitting = [t for t in hit.value if t.pos in {wanted, "x"}]
    if fitting:
        return fitting[0]
    return hit.value[0] if noun and hit.value[0].form == "ing" else None if noun else hit.value[0]


def _suffers(reading: Reading, hit: Hit[tuple[Trigger, ...]]) -> bool:
    return is_passive(reading, hit.first) or reading.low(hit.last + 1) == "by"


def _victims(reading: Reading, hit: Hit[tuple[str, ...]]) -> Occurrence | None:
    """Make a telling of a sentence that counts dead or wounded and names no act."""
    measure, form = hit.value
    left = form == "adj" and _left(reading, hit.first)
    told = form in {"vt", "vi"} or left
    if measure not in {"killed", "injured"} or not told or modal_before(reading, hit.first):
        return None
    passive = left or form == "vi" or is_passive(reading, hit.first)
    if (not passive and not _has_object(reading, hit.last)) or _tended(reading, hit):
        return None
    if longer(reading, hit.first, hit.last, None):
        return None
    place, date = nearest_place(reading, hit.first, hit.last), nearest_date(reading, hit.first, hit.last)
    if place is None and date is None:
        return None
    return Occurrence(
        reading=reading,
        first=hit.first,
        last=hit.last,
        lemma=hit.words,
        sub_type=None,
        strength=1,
        noun=False,
        denied=False,
        votes=votes_near(reading, hit.first, hit.last),
        roles=find_roles(reading, hit.first, hit.last, noun=False, passive=passive, frame="strike"),
        place=place,
        date=date,
        frame="die",
        casualty=True,
    )


def _left(reading: Reading, first: int) -> bool:
    """Tell whether something left people dead: "a feud left at least 23 people dead in Arauca"."""
    return bool(LEFT & set(reading.words(first - LEFT_REACH, first - 1).split())) and any(
        0 < first - f.last <= LEFT_REACH for f in reading.figures
    )


LEFT = frozenset({"left", "leaves", "leaving"})
LEFT_REACH = 8


def _tended(reading: Reading, hit: Hit[tuple[str, ...]]) -> bool:
    """Tell whether a sentence speaks of where the wounded lie or are treated, not of where they were hit."""
    described = any(a.first <= hit.first and hit.last < a.last for a in reading.actors)
    return bool(TENDED & set(reading.tokens.lows)) and (
        described or hit.value[0] == "injured" or any(w in reading.tokens.lows for w in ("morgue", "morgues"))
    )


TENDED = words("occurrences.tended")


def _has_object(reading: Reading, last: int) -> bool:
    """Tell whether people follow a verb: "killed 148 people", "killing the pilot"."""
    return any(0 < f.first - last <= 2 for f in reading.figures) or any(
        0 < a.first - last <= 3 for a in reading.actors
    )
