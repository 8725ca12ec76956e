"""Word lists that recognition and the literal mark share: person names, titles, bodies, frames."""

from __future__ import annotations

from functools import cache

from gazetteer.names import fold
from geo.actors import registry
from geo.lexicons import number, rows, table


@cache
def shares(name: str) -> dict[str, float]:
    """Return a list of person names with the share of uses as a name, by lower-case name."""
    return {
        row["name"].lower(): number(name, line, "share", row["share"])
        for line, row in rows(name, "name", "share")
    }


@cache
def word_kinds() -> dict[tuple[str, str], str]:
    """Return words that make their neighbour no place, by side and lower-case word."""
    found = {
        ("before", row["word"].lower().rstrip(".")): row["kind"]
        for _, row in rows("titles.csv", "word", "kind")
    }
    for _, row in rows("organisation_words.csv", "word", "side", "kind"):
        found.setdefault((row["side"], row["word"].lower()), f"org-{row['kind']}")
    return found


@cache
def common_words() -> frozenset[str]:
    """Return words that are seldom names although written with a capital."""
    return frozenset(table("common_words.csv", "word"))


@cache
def frames() -> dict[str, str]:
    """Return words around place names and what they are: prep, generic, direction, say ..."""
    return {w: kind for w, (kind,) in table("place_frames.csv", "word", "kind").items()}


@cache
def actor_keys() -> frozenset[str]:
    """Return the folded names of actors, media among them."""
    return frozenset(
        fold(alias.lstrip("=?")) for a in registry().files.actors.values() for alias in (a.name, *a.aliases)
    )
