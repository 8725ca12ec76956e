"""What the house passes from room to room: frozen records, from a report to an incident.

Offsets are code points into `Report.text`, end exclusive. Coordinates are WGS 84 degrees.
What a text does not say is `None`, never a guess; what is imprecise is an interval.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from gazetteer.place import Place

DatePrecision = Literal["day", "days", "week", "month", "year", "unknown"]
Bound = Literal["exact", "at least", "at most", "about", "vague", "none"]
Measure = Literal["killed", "injured", "missing", "captured", "displaced", "participants"]
RelationKind = Literal["in", "near", "offset", "between", "part", "border", "around"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a report's text."""

    start: int
    """First code point."""
    end: int
    """One past the last code point."""

    def __contains__(self, position: int) -> bool:
        """Tell whether a code point lies inside."""
        return self.start <= position < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time as an interval of whole days, with the words it was read from."""

    first: date | None = None
    """First day it may have been; `None`: unknown."""
    last: date | None = None
    """Last day, inclusive; `None`: unknown."""
    precision: DatePrecision = "unknown"
    """How exact the words are."""
    words: str = ""
    """The words in the text or the metadata."""

    @property
    def known(self) -> bool:
        """Whether both ends are known."""
        return self.first is not None and self.last is not None


UNKNOWN_TIME = When()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One publisher's text, as read."""

    id: str
    """Given by the input, else made from the content."""
    source: str | None
    """The publisher, or `None` where nothing names one."""
    title: str | None
    """Headline, where the input keeps it apart from the text."""
    published: When
    """When it was published, as precise as the input says."""
    url: str | None
    """Address; only http and https are kept."""
    text: str
    """The text as read; every offset of the project points into it."""
    language: str | None = None
    """ISO 639-1 code where the input names it."""
    origin: str | None = None
    """The file it was read from, as given on the command line."""
    furniture: tuple[Span, ...] = ()
    """Page furniture (menus, related headlines, captions): places are read there, events are not."""
    notes: tuple[str, ...] = ()
    """What could not be found out, in words for the user ("no publication date")."""
    dataset: bool = False
    """Whether it is a table of events, a line each, and no publisher's text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """How a text stands to the place it names ("near", "12 km south of")."""

    kind: RelationKind
    """What sort of relation."""
    words: str = ""
    """The words that say it."""
    distance_km: float | None = None
    """Distance in kilometres, where said."""
    bearing: float | None = None
    """Direction from the named place, degrees clockwise from north, where said."""
    other: str | None = None
    """Id of the second place, for "between" and "border"."""


IN_PLACE = Relation(kind="in")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place name in the text."""

    start: int
    """First code point."""
    end: int
    """One past the last."""
    text: str
    """The words as written."""
    kind: Literal["toponym", "actor"] = "toponym"
    """What was named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunnerUp:
    """A place that was not chosen, and its score beside the chosen one's."""

    place: Place
    """The place."""
    score: float
    """Share of the belief, 0 to 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceRef:
    """A mention, decided: which place, meant literally or not, how exactly, and why."""

    mention: Mention
    """Where it stands."""
    literal: bool
    """`False` where the name stands for a government, an army, a person, a team."""
    place: Place | None
    """The gazetteer's place, or `None` where none fits."""
    relation: Relation
    """How the text stands to it."""
    lat: float | None
    """Latitude of what is meant, after the relation (12 km south of the place)."""
    lon: float | None
    """Longitude of what is meant, after the relation."""
    radius_km: float | None
    """Radius of the area within which it lies."""
    where_prec: int
    """UCDP precision, 1 (exact) to 7 (over water)."""
    geo_precision: int
    """ACLED precision, 1 (town) to 3 (larger region)."""
    confidence: float
    """Belief that the choice is right, 0 to 1."""
    reason: str
    """Why, in words."""
    runners_up: tuple[RunnerUp, ...] = ()
    """What else it could have been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A figure as said: an interval, the words, and the sort of bound."""

    low: int | None
    """Lowest number the words allow; `None`: open."""
    high: int | None
    """Highest number the words allow; `None`: open."""
    words: str
    """As written."""
    bound: Bound = "exact"
    """What the words say about the limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRef:
    """Somebody who acts, suffers or speaks."""

    id: str | None
    """Id in the actor registry, or `None` for one that is only described."""
    name: str
    """Registry name, else the words."""
    text: str
    """As written."""
    start: int
    """First code point; -1 where it is implied."""
    end: int
    """One past the last; -1 where it is implied."""
    kind: str | None = None
    """state forces, rebels, militia, external forces, civilians, monitor, ministry, media ..."""
    side: str | None = None
    """Side in the conflict on that date."""
    country: str | None = None
    """ISO code of the country it belongs to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Somebody says: so many."""

    id: str
    """Made from the event's id and the span."""
    measure: Measure
    """What is counted."""
    count: Count
    """How many."""
    of: str | None
    """Of whom: civilians, fighters, soldiers, children, women, police, security forces."""
    claimant: ActorRef | None
    """Who says so; `None`: the report itself."""
    via: tuple[ActorRef, ...]
    """Through whom ("American media, citing the coalition": American media)."""
    denied: bool
    """The claimant denies the figure."""
    superseded: bool
    """The report itself replaces it by a newer figure."""
    cumulative: bool
    """It counts more than this event ("since Sunday")."""
    start: int
    """First code point of the quote."""
    end: int
    """One past the last."""
    quote: str
    """The sentence behind the figure."""
    reason: str
    """Which words made it a claim, and whose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One report's account of something that happened."""

    id: str
    """Made from the report's id and the span."""
    report: str
    """Id of the report."""
    type: str
    """ACLED event type."""
    sub_type: str
    """ACLED sub-event type."""
    when: When
    """When it happened, as the report says."""
    place: PlaceRef | None
    """Where; `None` where the report gives no place."""
    initiators: tuple[ActorRef, ...]
    """Who did it."""
    targets: tuple[ActorRef, ...]
    """To whom."""
    claims: tuple[Claim, ...]
    """Every figure given for it."""
    main: bool
    """The event the report is about, not background."""
    denied: bool
    """Somebody in the report denies that it happened."""
    start: int
    """First code point of the sentence it was read from."""
    end: int
    """One past the last."""
    quote: str
    """That sentence."""
    confidence: float
    """Belief that it is an event of this type, 0 to 1."""
    reason: str
    """The trigger and what decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why two events of different reports are taken for one incident."""

    left: str
    """Event id."""
    right: str
    """Event id."""
    score: float
    """Belief, 0 to 1."""
    reason: str
    """What speaks for it and against."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """Range of a measure over all claims of an incident that still stand."""

    low: int | None
    """Lowest figure claimed."""
    high: int | None
    """Highest figure claimed; `None`: open or unknown."""
    open: bool = False
    """The highest figure was given as a lower bound ("at least 100"): it may be more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A point on the globe, WGS 84."""

    lat: float
    """Degrees north."""
    lon: float
    """Degrees east."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """Where and when one version puts an incident, and whether it stands by itself."""

    event: str
    """Event id."""
    source: str
    """Publisher."""
    place: str | None
    """Name of the place; `None`: none given."""
    spot: Spot | None
    """Its point; `None`: none given."""
    copy_of: str | None = None
    """Id of the report whose text its report repeats: no source of its own; `None`: own account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimantToll:
    """What one claimant says of a measure, its latest word counting."""

    claimant: str
    """Name; the publisher, where the report itself says so."""
    claimant_id: str | None
    """Id in the actor registry, or `None`."""
    kind: str | None
    """Kind of the claimant, as of an actor; "media" for a publisher."""
    measure: Measure
    """What is counted."""
    toll: Toll
    """Range of what the claimant says."""
    of: tuple[str, ...]
    """Of whom alone ("civilians"), where it counts only some; empty: everybody."""
    claims: tuple[str, ...]
    """Ids of the claims that stand."""
    replaced: tuple[str, ...] = ()
    """Ids of claims that a later report of the same claimant replaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acled:
    """Deaths as ACLED counts them."""

    fatalities: int
    """The most conservative figure; 0: none reported."""
    reason: str
    """Whose figure it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ucdp:
    """Deaths as UCDP's georeferenced event dataset counts them."""

    low: int
    """Lowest reliable estimate."""
    best: int
    """Most reliable estimate; the lower of two on a par."""
    high: int
    """Highest reliable estimate."""
    deaths_a: int
    """Of `best`, those of the side that acted."""
    deaths_b: int
    """Of `best`, those of the other side."""
    deaths_civilians: int
    """Of `best`, civilians."""
    deaths_unknown: int
    """Of `best`, those of whom it is not known."""
    reason: str
    """Whose figures they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Airwars:
    """Harm to civilians as Airwars grades it."""

    killed_min: int
    """Lowest number of civilians killed."""
    killed_max: int
    """Highest number of civilians killed."""
    injured_min: int
    """Lowest number of civilians injured."""
    injured_max: int
    """Highest number of civilians injured."""
    grade: Literal["Confirmed", "Fair", "Weak", "Contested"]
    """By number and kind of sources."""
    reason: str
    """Why this grade."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollups:
    """An incident's deaths in the form of three datasets, each by its published rule."""

    acled: Acled
    """One conservative number."""
    ucdp: Ucdp | None
    """Low, best, high and sides; `None`: nobody counts dead, and UCDP keeps deadly events only."""
    airwars: Airwars | None
    """Range and grade; `None`: no source speaks of harm to civilians."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Events of several reports taken for one: every source's version of it."""

    id: str
    """Made from the ids of its events."""
    title: str
    """Sub-type, place and date, for people."""
    type: str
    """ACLED event type of most versions."""
    sub_type: str
    """ACLED sub-event type of most versions."""
    when: When
    """Days on which most versions agree."""
    place: PlaceRef | None
    """The most exact place given."""
    events: tuple[str, ...]
    """Ids of the versions, oldest report first."""
    sources: tuple[str, ...]
    """Publishers, sorted."""
    killed: Toll
    """Range over all claimants."""
    injured: Toll
    """Range over all claimants."""
    contested: tuple[str, ...]
    """What the versions disagree on: "toll", "place", "actor", "type", "that it happened"."""
    confidence: float
    """Belief, 0 to 1."""
    links: tuple[Link, ...]
    """Reasons for each link."""
    versions: tuple[Version, ...] = ()
    """Each version's place and standing, in the order of `events`."""
    hull: tuple[Spot, ...] = ()
    """Corners of the hull around all points given, anticlockwise; empty where all versions give one point."""
    initiators: tuple[str, ...] = ()
    """Who did it, by as many versions as say so, most first."""
    targets: tuple[str, ...] = ()
    """To whom, by as many versions as say so, most first."""
    tolls: tuple[ClaimantToll, ...] = ()
    """Killed and injured by claimant."""
    disputes: tuple[str, ...] = ()
    """For each thing contested, in that order, who says what."""
    rollups: Rollups | None = None
    """Its deaths as other datasets would count them; `None`: not made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A report with all that was read from it."""

    report: Report
    """The report."""
    mentions: tuple[PlaceRef, ...] = ()
    """Every place named, in order."""
    events: tuple[Event, ...] = field(default=())
    """Every event told, in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An event with what stands around it."""

    event: Event
    """The event."""
    report: Report
    """The report that tells it."""
    incident: str | None
    """Id of its incident; `None`: not linked."""
    mentions: tuple[PlaceRef, ...] = ()
    """Places named in its report; may be left out where the event's place refers to no other."""
