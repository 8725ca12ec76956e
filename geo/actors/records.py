"""What the registry holds: actors, sides, descriptors, countries.

ConflictmapError
└── UnknownActorError   (KeyError)   an id that the registry does not hold
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from geo.errors import ConflictmapError


class UnknownActorError(ConflictmapError, KeyError):
    """An actor id that the registry does not hold."""

    def __str__(self) -> str:
        """Return the message as it stands; a `KeyError` would quote it."""
        return str(self.args[0])


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A named actor."""

    id: str
    """Slug; media begin with "media:"; national bodies with their country ("ru-mod")."""
    name: str
    """Name to show."""
    kind: str
    """state forces, police, rebels, militia, external forces, civilians, monitor, ministry ..."""
    country: str | None = None
    """ISO 3166-1 alpha-2; `None`: several or none."""
    parent: str | None = None
    """Id of the body it is part of; `None`: none."""
    aliases: tuple[str, ...] = ()
    """Other names, with the marks that geo/data/actors.csv explains."""
    metonyms: tuple[str, ...] = ()
    """Words that stand for it only where somebody acts or speaks ("Moscow")."""
    wikidata: str | None = None
    """Q-id; `None`: not known for sure."""
    active_from: date | None = None
    """First day under this name; `None`: open or unknown."""
    active_to: date | None = None
    """Last day under this name; `None`: open or unknown."""
    hosts: tuple[str, ...] = ()
    """Hosts of a medium's web addresses, without www."""
    source: str = ""
    """Where the row comes from."""

    def active(self, on: date | None) -> bool:
        """Tell whether it went by this name on a day; an unknown day always fits."""
        return _holds(self.active_from, self.active_to, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A spell of an actor on a side."""

    actor: str
    """Actor id."""
    theatre: str
    """Slug of the conflict."""
    label: str
    """The side, in words."""
    valid_from: date | None = None
    """First day; `None`: open."""
    valid_to: date | None = None
    """Last day; `None`: open."""
    source: str = ""
    """Where the row comes from."""

    def holds(self, on: date | None) -> bool:
        """Tell whether the spell covers a day; an unknown day always fits."""
        return _holds(self.valid_from, self.valid_to, on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptor:
    """A noun that denotes actors without naming them, in one of its forms."""

    word: str
    """This form, lower case."""
    singular: str
    """Singular; empty where only the plural denotes actors."""
    plural: str
    """Plural."""
    kind: str
    """As in `Actor`; empty: that of the owner or the modifier."""
    sort: str
    """person, group (people as a body), weapon (acts for its owner), voice (a statement, a report)."""
    of: str | None
    """Of whom a figure counts; `None`: undecided."""
    institution: str | None
    """Suffix of the national body that the head stands for beside a country; `None`: none."""
    notes: str
    """When it is what."""

    @property
    def single(self) -> bool:
        """Whether this form is one person."""
        return self.sort == "person" and self.word == self.singular.lower() and self.singular != self.plural

    @property
    def speaks(self) -> bool:
        """Whether it is often a claimant."""
        return "speaks" in self.notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Allegiance:
    """An adjective that decides kind and side of a described actor."""

    phrase: str
    """As written in the data."""
    kind: str
    """As in `Actor`; empty: says nothing of the kind."""
    side: str
    """Label in sides.csv; empty: the report decides."""
    notes: str
    """Where and when it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A body that every country has."""

    suffix: str
    """What follows the country's code in the actor's id."""
    kind: str
    """As in `Actor`."""
    parent: str | None
    """Suffix of the body it answers to; `None`: none."""
    name: str
    """Pattern of the name, with {adjective}."""
    tails: tuple[str, ...]
    """Words after the country's adjective or possessive."""
    heads: tuple[str, ...]
    """Words before the country's name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """A country and its people as text names them."""

    iso: str
    """ISO 3166-1 alpha-2; XK for Kosovo."""
    names: tuple[str, ...]
    """Its names."""
    adjectives: tuple[str, ...]
    """Russian, American, U.S."""
    nouns: tuple[str, ...]
    """Russians, Americans."""
    capitals: tuple[str, ...]
    """Capitals, which may stand for its government."""


def _holds(first: date | None, last: date | None, on: date | None) -> bool:
    return on is None or ((first is None or first <= on) and (last is None or on <= last))
