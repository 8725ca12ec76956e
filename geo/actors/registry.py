"""The registry: look-ups by id, name, word and day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache, cached_property

from geo.actors.files import Files, read_files
from geo.actors.folding import lower
from geo.actors.names import ActorMatch, Finder
from geo.actors.records import Actor, Allegiance, Descriptor, Side, UnknownActorError

MOST_PARENTS = 6


@dataclass(frozen=True, kw_only=True)
class Registry:
    """Every actor, side, descriptor and country that the data files name."""

    files: Files
    """The rows."""

    def by_id(self, actor_id: str) -> Actor:
        """Return an actor.

        Raises
        ------
        UnknownActorError
            There is none of that id; the message names the nearest.
        """
        actor = self.files.actors.get(actor_id) or self._national(actor_id)
        if actor is None:
            near = ", ".join(get_close_matches(actor_id, self.files.actors, 3)) or "see geo/data/actors.csv"
            raise UnknownActorError(f"No actor {actor_id!r}; the nearest ids: {near}.")
        return actor

    def national(self, iso: str, institution: str) -> Actor:
        """Return a country's body: `national("RU", "mod")`.

        Raises
        ------
        UnknownActorError
            The country or the institution is not known.
        """
        return self.by_id(f"{iso.lower()}-{institution}")

    def _national(self, actor_id: str) -> Actor | None:
        code, _, suffix = actor_id.partition("-")
        country, body = self.files.countries.get(code.upper()), self.files.institutions.get(suffix)
        if country is None or body is None:
            return None
        people = country.adjectives[0] if country.adjectives else country.names[0]
        return Actor(
            id=actor_id,
            name=body.name.format(adjective=people),
            kind=body.kind,
            country=country.iso,
            parent=f"{code}-{body.parent}" if body.parent else None,
            source="institutions.csv",
        )

    def find(self, text: str) -> Iterator[ActorMatch]:
        """Yield the actors named in a text, left to right, without overlap; metonyms are left out."""
        return self._names.find(text)

    def find_metonyms(self, text: str) -> Iterator[ActorMatch]:
        """Yield words that may stand for an actor ("Moscow", "Assad"); the caller decides whether they do."""
        return self._metonyms.find(text)

    def pick(
        self, match: ActorMatch, *, on: date | None = None, countries: frozenset[str] = frozenset()
    ) -> str | None:
        """Return who is meant by a match in a report of that day about those countries.

        Parameters
        ----------
        match
            As found.
        on
            Day of the report or the event; `None`: unknown.
        countries
            Codes of the countries that the report is about.

        Returns
        -------
        str | None
            Actor id; `None` where the words name somebody only in another country's report.
        """
        fit = [
            a for a in map(self.by_id, match.actor_ids) if not match.weak or a.country in {None, *countries}
        ]
        if not fit:
            return None
        return max(fit, key=lambda a: (a.country in countries, a.active(on))).id

    def side(self, actor_id: str, on: date | None = None, theatre: str | None = None) -> Side | None:
        """Return the side an actor stood on; it takes its parent's where it has none of its own.

        Parameters
        ----------
        actor_id
            Id of the actor.
        on
            The day; `None`: unknown, an answer only where it does not depend on the day.
        theatre
            Slug of the conflict; `None`: the first of the actor's own that holds.
        """
        current: str | None = actor_id
        for _ in range(MOST_PARENTS):
            if current is None:
                return None
            spells = [s for s in self.files.sides.get(current, ()) if theatre in {None, s.theatre}]
            if spells:
                return _spell(spells, on)
            current = self.by_id(current).parent
        return None

    def theatres(self, country: str) -> tuple[str, ...]:
        """Return the slugs of the conflicts fought over a country."""
        return self.files.theatres_of.get(country, ())

    def descriptor(self, word: str) -> Descriptor | None:
        """Return what a noun denotes ("militants", "defence ministry"); letter case does not count."""
        return self.files.descriptors.get(word.lower())

    def allegiance(self, phrase: str) -> Allegiance | None:
        """Return what an adjective says of kind and side ("pro-regime"); letter case does not count."""
        return self.files.allegiances.get(phrase.lower())

    def demonym(self, word: str) -> str | None:
        """Return the country code of an adjective ("Russian"); the caller looks at the capital letter."""
        return self._adjectives.get(lower(word))

    def people(self, word: str) -> str | None:
        """Return the country code of a people ("Russians"); the caller looks at the capital letter."""
        return self.peoples.get(lower(word))

    def country(self, name: str) -> str | None:
        """Return the country code of a country's name ("Russia", "U.S."); letter case does not count."""
        return self._country_names.get(lower(name))

    def metonym(self, words: str) -> tuple[str, ...]:
        """Return the actors that words may stand for where somebody acts or speaks ("Moscow", "Assad")."""
        return next((m.actor_ids for m in self._metonyms.find(words) if m.end - m.start == len(words)), ())

    def medium(self, host: str) -> Actor | None:
        """Return the outlet behind a host name ("www.reuters.com", "arabic.rt.com")."""
        labels = host.lower().removeprefix("www.").split(".")
        known = (self._hosts.get(".".join(labels[i:])) for i in range(len(labels) - 1))
        found = next(filter(None, known), None)
        return self.files.actors[found] if found else None

    @cached_property
    def _names(self) -> Finder:
        shared: dict[str, tuple[str, ...]] = {}
        for actor in self.files.actors.values():
            for alias in actor.aliases:
                shared[alias] = (*shared.get(alias, ()), actor.id)
        return Finder(
            shared,
            [
                (f, c.iso, own)
                for c in self.files.countries.values()
                for own, forms in ((True, c.names), (False, c.adjectives))
                for f in forms
            ],
            {h: i.suffix for i in self.files.institutions.values() for h in i.heads},
            {t: i.suffix for i in self.files.institutions.values() for t in i.tails},
        )

    @cached_property
    def _metonyms(self) -> Finder:
        found: dict[str, tuple[str, ...]] = {}
        for actor in self.files.actors.values():
            for words in actor.metonyms:
                found["=" + words] = (*found.get("=" + words, ()), actor.id)
        for country in self.files.countries.values():
            for capital in country.capitals:
                found.setdefault("=" + capital, (f"{country.iso.lower()}-gov",))
        return Finder(found)

    @cached_property
    def _adjectives(self) -> dict[str, str]:
        return {lower(w): c.iso for c in self.files.countries.values() for w in c.adjectives}

    @cached_property
    def peoples(self) -> dict[str, str]:
        """Country codes by the noun of the people, lower case."""
        return {lower(w): c.iso for c in self.files.countries.values() for w in c.nouns}

    @cached_property
    def _country_names(self) -> dict[str, str]:
        return {lower(w).removeprefix("the "): c.iso for c in self.files.countries.values() for w in c.names}

    @cached_property
    def _hosts(self) -> dict[str, str]:
        return {h: a.id for a in self.files.actors.values() for h in a.hosts}


def _spell(spells: list[Side], on: date | None) -> Side | None:
    """Return the spell of the first theatre that holds on a day; of two that meet on it, the later."""
    held = [s for s in spells if s.holds(on)]
    here = [s for s in held if s.theatre == held[0].theatre]
    if on is None and len({s.label for s in here}) > 1:
        return None
    return max(here, key=lambda s: s.valid_from or date.min, default=None)


@cache
def registry() -> Registry:
    """Return the registry, read once.

    Raises
    ------
    LexiconError
        A data file has a bad row.
    """
    return Registry(files=read_files())
