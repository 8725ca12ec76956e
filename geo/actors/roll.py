"""Rows of the actor table: the packaged one, and a user's own above it."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from geo.actors.cells import spell, split
from geo.actors.folding import fold
from geo.actors.records import Actor
from geo.errors import LexiconError
from geo.lexicons import Name, Row, choice, rows, said

VARIABLE = "CONFLICTMAP_ACTORS"
"""Environment variable that names a user's own table of actors."""
KINDS = frozenset(
    {
        "agency",
        "civilians",
        "coalition",
        "external forces",
        "government",
        "humanitarian",
        "international",
        "media",
        "medical",
        "militia",
        "ministry",
        "monitor",
        "police",
        "political",
        "private company",
        "rebels",
        "state forces",
    },
)
WIKIDATA = re.compile(r"(?:Q[1-9]\d*)?")
NEEDED = ("id", "name", "kind")
MAY_LACK = (
    "aliases",
    "metonyms",
    "country",
    "parent",
    "wikidata",
    "active_from",
    "active_to",
    "shared",
    "source",
)
"""Columns that a user's own table may leave out."""


@dataclass(frozen=True, slots=True)
class Bearer:
    """An actor with the place of its row."""

    where: str
    """File and line."""
    actor: Actor
    """What the row says."""
    shared: frozenset[str]
    """Aliases that it admits to share with other actors of its time."""


def bearers() -> list[Bearer]:
    """Read the packaged table and the user's own, whose rows replace those of the same id.

    Raises
    ------
    LexiconError
        A table cannot be read or has a bad row.
    """
    packaged = _checked("actors.csv", (*NEEDED, *MAY_LACK))
    own = os.environ.get(VARIABLE)
    if not own:
        return packaged
    try:
        added = _checked(Path(own).absolute(), NEEDED)
    except (OSError, UnicodeDecodeError) as fault:
        raise LexiconError(
            f"{own} cannot be read as a table of actors ({fault}); name a CSV file."
        ) from fault
    replaced = {b.actor.id for b in added}
    return [*(b for b in packaged if b.actor.id not in replaced), *added]


def check_parents(found: list[Bearer], known: Container[str]) -> None:
    """Refuse a row whose parent nobody knows.

    Raises
    ------
    LexiconError
        There is one.
    """
    for b in found:
        if b.actor.parent and b.actor.parent not in known:
            raise LexiconError(f"{b.where}: no parent {b.actor.parent!r}; add its row or mend the id.")


def _checked(name: Name, columns: tuple[str, ...]) -> list[Bearer]:
    found = list(_read(name, columns))
    seen: set[str] = set()
    for b in found:
        if b.actor.id in seen:
            raise LexiconError(f"{b.where}: a second {b.actor.id!r}; mend the id.")
        seen.add(b.actor.id)
    _check_shared(found)
    return found


def _read(name: Name, columns: tuple[str, ...]) -> Iterator[Bearer]:
    nothing: Row = dict.fromkeys(MAY_LACK, "")
    for line, given in rows(name, *columns):
        row = {**nothing, **given}
        where = f"{said(name)}:{line}"
        if not row["id"] or not row["name"]:
            raise LexiconError(f"{where}: id or name is empty; fill it in.")
        if not WIKIDATA.fullmatch(row["wikidata"]):
            raise LexiconError(f"{where}: wikidata is {row['wikidata']!r}; write Q and digits.")
        first, last = spell(name, line, row["active_from"], row["active_to"])
        actor = Actor(
            id=row["id"],
            name=row["name"],
            kind=choice(name, line, "kind", row["kind"], KINDS),
            country=row["country"] or None,
            parent=row["parent"] or None,
            aliases=split(row["aliases"]) or (row["name"],),
            metonyms=split(row["metonyms"]),
            wikidata=row["wikidata"] or None,
            active_from=first,
            active_to=last,
            source=row["source"],
        )
        yield Bearer(where, actor, frozenset(split(row["shared"])))


def _check_shared(found: list[Bearer]) -> None:
    """Refuse an alias of two actors of one time unless both rows admit it."""
    by_alias: dict[str, list[tuple[Bearer, str]]] = {}
    for b in found:
        for alias in b.actor.aliases:
            bare = alias.lstrip("?=")
            by_alias.setdefault(fold(bare), []).append((b, bare))
    for holders in by_alias.values():
        for i, (one, alias) in enumerate(holders):
            for other, _ in holders[i + 1 :]:
                if one is not other and alias not in one.shared and _together(one.actor, other.actor):
                    line = other.where.rpartition(":")[2]
                    raise LexiconError(
                        f"{one.where}: {alias!r} also names {other.actor.id!r} (line {line}); "
                        "list it under shared in both rows, or drop it from one.",
                    )


def _together(one: Actor, other: Actor) -> bool:
    first = max(one.active_from or date.min, other.active_from or date.min)
    return first <= min(one.active_to or date.max, other.active_to or date.max)
