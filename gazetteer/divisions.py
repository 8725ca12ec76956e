"""Which divisions a row lies in, as row numbers, and radii where sources give none."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from gazetteer.features import worth
from gazetteer.grid import arrange
from gazetteer.names import fold
from gazetteer.reverse import Nearest

if TYPE_CHECKING:
    import marisa_trie
    from numpy.typing import NDArray

    from gazetteer.postings import Postings

_BORROW_KM = 60.0
"""A row that no source gives a division takes that of the nearest place, up to this far."""
_PEOPLE_PER_KM2 = 2500
_LARGEST_TOWN_KM = 40.0


class Names(NamedTuple):
    """What is needed to find a division by its name."""

    trie: marisa_trie.Trie
    """All keys."""
    postings: Postings
    """Sorted by key."""

    def rows(self, name: str) -> list[int]:
        """Return the rows that bear a name."""
        number = self.trie.get(fold(name))
        if number is None:
            return []
        low, high = np.searchsorted(self.postings.key, np.array([number, number + 1], dtype=np.uint32))
        found: list[int] = self.postings.row[low:high].tolist()
        return found


def rows_of_codes(
    columns: dict[str, NDArray[Any]], strings: dict[str, list[str]], moved: NDArray[np.int32]
) -> dict[str, NDArray[np.int32]]:
    """Return for each level the final row of every division code, -1 where no row is that division."""
    features = np.array(strings["features"])[columns["feature"]]
    found = {}
    for level in ("1", "2"):
        division = np.flatnonzero(features == f"A.ADM{level}")[::-1]
        rows = np.full(len(strings["divisions"]), -1, dtype=np.int32)
        rows[columns[f"division{level}"][division]] = moved[division]
        rows[0] = -1
        found[level] = rows
    return found


def resolve(
    columns: dict[str, NDArray[Any]], features: list[str], codes: dict[str, NDArray[np.int32]], names: Names,
    by_name: dict[int, str],
) -> None:  # fmt: skip
    """Replace division codes by rows, in place: columns admin1 and admin2, -1 where unknown."""
    feature = np.array(features)[columns["feature"]]
    for level, rows in codes.items():
        columns[f"admin{level}"] = rows[columns.pop(f"division{level}")]
        own = np.flatnonzero(feature == f"A.ADM{level}")
        columns[f"admin{level}"][own] = own
    _from_names(columns, names, by_name, feature == "A.ADM1")
    _borrow(columns, np.array([name[:1] for name in features])[columns["feature"]])


def _from_names(
    columns: dict[str, NDArray[Any]], names: Names, by_name: dict[int, str], first_level: NDArray[np.bool_]
) -> None:
    """Find the divisions that rows name."""
    known: dict[tuple[int, str], int] = {}
    for row, name in by_name.items():
        if columns["admin1"][row] >= 0:
            continue
        country = int(columns["country"][row])
        if (country, name) not in known:
            fitting = (r for r in names.rows(name) if first_level[r] and columns["country"][r] == country)
            known[country, name] = next(fitting, -1)
        columns["admin1"][row] = known[country, name]


def _borrow(columns: dict[str, NDArray[Any]], letters: NDArray[Any]) -> None:
    """Give points without a division that of the nearest place of their country."""
    spots = np.isin(letters, ["P", "S"]) & (columns["country"] > 0)
    lat, lon, admin1 = columns["lat"], columns["lon"], columns["admin1"]
    order = np.argsort(columns["country"], kind="stable")
    bounds = np.searchsorted(columns["country"][order], np.arange(int(columns["country"].max(initial=0)) + 2))
    for low, high in pairwise(bounds.tolist()):
        here = order[low:high]
        wanting = here[spots[here] & (admin1[here] < 0)]
        lenders = here[(letters[here] == "P") & (admin1[here] >= 0)]
        if len(wanting) and len(lenders):
            nearest = Nearest(arrange(lenders, lat, lon), lat, lon)
            found, _ = nearest.nearest(lat[wanting], lon[wanting], max_km=_BORROW_KM)
            admin1[wanting] = np.where(found >= 0, admin1[found], admin1[wanting])


def fill_radii(columns: dict[str, NDArray[Any]], features: list[str]) -> None:
    """Guess the radii that no source gives, from the sort of place and its inhabitants."""
    usual = np.array([worth(feature).radius_km for feature in features])[columns["feature"]]
    town = np.minimum(np.sqrt(columns["population"] / _PEOPLE_PER_KM2 / np.pi), _LARGEST_TOWN_KM)
    settled = np.array([feature.startswith("P.") for feature in features])[columns["feature"]]
    guess = np.where(settled, np.maximum(usual, town), usual)
    columns["radius_km"] = np.where(columns["radius_km"] > 0, columns["radius_km"], guess).astype(np.float32)
