"""The data files of the actor registry, read and checked; a bad row is named with file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geo.actors.cells import spell, split
from geo.actors.records import Actor, Allegiance, Country, Descriptor, Institution, Side
from geo.actors.roll import KINDS, bearers, check_parents
from geo.errors import LexiconError
from geo.lexicons import Row, choice, rows

SORTS = frozenset({"person", "group", "weapon", "voice"})
COUNTED = frozenset(
    {"", "civilians", "fighters", "soldiers", "children", "women", "police", "security forces"}
)
MEDIA = "media:"
"""What the ids of media begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """Every row of the registry, checked."""

    actors: Mapping[str, Actor]
    """Actors by id, media included; national bodies without a row are made on demand."""
    sides: Mapping[str, tuple[Side, ...]]
    """Spells by actor id, in the order of the file."""
    descriptors: Mapping[str, Descriptor]
    """Descriptors by form, lower case."""
    allegiances: Mapping[str, Allegiance]
    """Adjectives by phrase, lower case."""
    institutions: Mapping[str, Institution]
    """National bodies by suffix."""
    countries: Mapping[str, Country]
    """Countries by code."""
    theatres_of: Mapping[str, tuple[str, ...]]
    """Slugs of the conflicts fought over a country."""


def read_files() -> Files:
    """Read every file of the registry.

    Raises
    ------
    LexiconError
        A file has a bad row.
    """
    countries = {c.iso: c for c in _countries()}
    institutions = {i.suffix: i for i in _institutions()}
    found = bearers()
    actors = {b.actor.id: b.actor for b in found}
    theatres = {
        row["theatre"]: row for _, row in rows("theatres.csv", "theatre", "name", "countries", "begins")
    }
    known = _Known(frozenset(actors), frozenset(countries), frozenset(institutions))
    check_parents(found, known)
    return Files(
        actors=actors | {m.id: m for m in _media()},
        sides=_sides(known, frozenset(theatres)),
        descriptors=_descriptors(frozenset(institutions)),
        allegiances={a.phrase.lower(): a for a in _allegiances()},
        institutions=institutions,
        countries=countries,
        theatres_of=_theatres_of(theatres),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    actors: frozenset[str]
    countries: frozenset[str]
    institutions: frozenset[str]

    def __contains__(self, actor_id: object) -> bool:
        if not isinstance(actor_id, str):
            return False
        code, _, suffix = actor_id.partition("-")
        return actor_id in self.actors or (code.upper() in self.countries and suffix in self.institutions)


def _media() -> Iterator[Actor]:
    seen: set[str] = set()
    for line, row in rows("media.csv", "id", "name", "aliases", "country", "hosts", "wikidata"):
        if row["id"] in seen:
            raise LexiconError(
                f"geo/data/media.csv:{line}: a second {row['id']!r}; give each outlet its own id."
            )
        seen.add(row["id"])
        yield Actor(
            id=MEDIA + row["id"],
            name=row["name"],
            kind="media",
            country=row["country"] or None,
            aliases=split(row["aliases"]),
            wikidata=row["wikidata"] or None,
            hosts=split(row["hosts"]),
            source="media.csv",
        )


def _sides(known: _Known, theatres: frozenset[str]) -> dict[str, tuple[Side, ...]]:
    found: dict[str, list[Side]] = {}
    for line, row in rows("sides.csv", "actor", "theatre", "side", "valid_from", "valid_to", "source"):
        if row["actor"] not in known:
            raise LexiconError(
                f"geo/data/sides.csv:{line}: no actor {row['actor']!r}; add it to actors.csv or mend the id."
            )
        first, last = spell("sides.csv", line, row["valid_from"], row["valid_to"])
        side = Side(
            actor=row["actor"],
            theatre=choice("sides.csv", line, "theatre", row["theatre"], theatres),
            label=row["side"],
            valid_from=first,
            valid_to=last,
            source=row["source"],
        )
        found.setdefault(side.actor, []).append(side)
    return {k: tuple(v) for k, v in found.items()}


def _descriptors(institutions: frozenset[str]) -> dict[str, Descriptor]:
    found: dict[str, Descriptor] = {}
    name = "descriptors.csv"
    for line, row in rows(name, "singular", "plural", "kind", "sort", "of", "institution", "notes"):
        for word in dict.fromkeys(filter(None, (row["singular"].lower(), row["plural"].lower()))):
            if word in found:
                raise LexiconError(f"geo/data/{name}:{line}: a second row for {word!r}; keep one.")
            found[word] = _descriptor(name, line, row, word, institutions)
    return found


def _descriptor(name: str, line: int, row: Row, word: str, institutions: frozenset[str]) -> Descriptor:
    return Descriptor(
        word=word,
        singular=row["singular"],
        plural=row["plural"],
        kind=choice(name, line, "kind", row["kind"], KINDS | {""}),
        sort=choice(name, line, "sort", row["sort"], SORTS),
        of=choice(name, line, "of", row["of"], COUNTED) or None,
        institution=choice(name, line, "institution", row["institution"], institutions | {""}) or None,
        notes=row["notes"],
    )


def _allegiances() -> Iterator[Allegiance]:
    for line, row in rows("allegiances.csv", "phrase", "kind", "side", "notes"):
        kind = choice("allegiances.csv", line, "kind", row["kind"], KINDS | {""})
        yield Allegiance(phrase=row["phrase"], kind=kind, side=row["side"], notes=row["notes"])


def _institutions() -> Iterator[Institution]:
    for line, row in rows("institutions.csv", "suffix", "kind", "parent", "name", "tails", "heads"):
        yield Institution(
            suffix=row["suffix"],
            kind=choice("institutions.csv", line, "kind", row["kind"], KINDS),
            parent=row["parent"] or None,
            name=row["name"],
            tails=split(row["tails"]),
            heads=split(row["heads"]),
        )


def _countries() -> Iterator[Country]:
    for _, row in rows("demonyms.csv", "iso", "names", "adjectives", "nouns", "capitals"):
        yield Country(
            iso=row["iso"],
            names=tuple(n.lstrip("=") for n in split(row["names"])),
            adjectives=split(row["adjectives"]),
            nouns=split(row["nouns"]),
            capitals=split(row["capitals"]),
        )


def _theatres_of(theatres: dict[str, Row]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for slug, row in theatres.items():
        for country in split(row["countries"]):
            found.setdefault(country, []).append(slug)
    return {k: tuple(v) for k, v in found.items()}
