"""One row of a source, before the sources are merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import msgspec

from gazetteer.rules import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A place as one source has it; a struct, for twelve million of them pass through a build."""

    id: str
    """Id with its source, such as "geonames:167899"."""
    name: str
    """Preferred name."""
    alternates: tuple[str, ...] = ()
    """Other names, in any script."""
    codes: tuple[str, ...] = ()
    """Short codes that texts use for it ("US", "DAM"); they are found, and flagged as codes."""
    shortened: tuple[str, ...] = ()
    """Names without their type word ("Los Angeles" for "Los Angeles County"), flagged as such."""
    demonyms: tuple[str, ...] = ()
    """Words for its people ("Syrian"), flagged as such."""
    feature: str
    """Class and code as GeoNames writes them, with a point: "P.PPLA3"."""
    country: str = ""
    """ISO 3166-1 alpha-2 code; empty: none or several."""
    admin1: str = ""
    """Code of its first-level division, "SY.07"; empty: unknown. A division carries its own."""
    admin2: str = ""
    """Code of its second-level division, "SY.07.x"; empty: unknown. A division carries its own."""
    admin1_name: str = ""
    """Name of its first-level division, where the source has no codes."""
    lat: float | None = None
    """Latitude, degrees north; `None`: the row only lends names to a place of another source."""
    lon: float | None = None
    """Longitude, degrees east; `None` as `lat`."""
    population: int = 0
    """Inhabitants; 0: unknown."""
    radius_km: float = 0.0
    """Radius of a circle that holds about what the name covers, kilometres; 0: unknown."""
    curated: bool = False
    """Whether the row wins over rows of other sources for the same place."""


class Source(Protocol):
    """Something that yields entries and can say what it is."""

    name: str
    """How rows are labelled ("GeoNames")."""
    licence: str
    """Licence of the rows, with the attribution it asks for."""

    def entries(self) -> Iterator[Entry]:
        """Yield the rows, always in the same order."""
        ...

    def fingerprint(self) -> str:
        """Return a digest of what the rows are made from."""
        ...


@runtime_checkable
class BlockSource(Source, Protocol):
    """A source that other processes can read in pieces."""

    def blocks(self, size: int) -> Iterator[Any]:
        """Cut the source into pieces of so many rows; a piece can be sent to another process."""
        ...

    def read(self, block: Any) -> Iterator[Entry]:
        """Yield the rows of a piece."""
        ...


def demonyms(place: str) -> tuple[str, ...]:
    """List the words for the people of a place, with plurals."""
    words = [word for row in table("demonyms") if row["place"] == place for word in row["words"].split("|")]
    plurals = [f"{word}s" for word in words if not word.endswith(("s", "ese", "ish", "ch", "men", "z"))]
    return distinct((*words, *plurals))


def distinct(names: Iterable[str]) -> tuple[str, ...]:
    """Drop empty and repeated names, the first stays."""
    return tuple(dict.fromkeys(name for name in names if name))
