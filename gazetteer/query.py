"""What a query says beside the name: "Khusham, Deir ez-Zor, Syria" names its containers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazetteer.keying import CODE, DEMONYM, DIGRAPH
from gazetteer.names import digraph_key, fold, type_stripped

if TYPE_CHECKING:
    from collections.abc import Collection

    from gazetteer.index import Index

_MOST_CONTAINERS = 32
Group = frozenset[int]


def parse(index: Index, query: str) -> tuple[str, list[Group]]:
    """Part a query into the name and groups of rows, one of each of which should hold the place.

    A query whose whole is a name of the index is left whole ("Washington, D.C.").
    """
    name, comma, rest = query.partition(",")
    if not comma or not fold(name) or index.span(fold(query)) != (0, 0):
        return query, []
    groups = (containers(index, part) for part in rest.split(","))
    return name, [group for group in groups if group]


def containers(index: Index, name: str, countries: Collection[str] = ()) -> Group:
    """Find what a name stands for as a container: countries before divisions before other places."""
    folded = fold(name)
    for key in (folded, type_stripped(folded), DIGRAPH + digraph_key(folded)):
        rows = [row for row, flag in index.postings(key)[:_MOST_CONTAINERS] if flag != DEMONYM]
        rows = [row for row in rows if in_countries(index, row, countries)]
        for prefix in (("A.PCL", "A.TERR"), "A.ADM1", "A.ADM"):
            fitting = [row for row in rows if feature(index, row).startswith(prefix)]
            if fitting:
                return frozenset(fitting)
        if rows:
            return frozenset(rows)
    return frozenset()


def feature(index: Index, row: int) -> str:
    """Return class and code of a row's feature, "P.PPLA3"."""
    name: str = index.features[index.views["feature"][row]]
    return name


def in_countries(index: Index, row: int, countries: Collection[str]) -> bool:
    """Tell whether a row lies in one of some countries; true where none is asked for."""
    return not countries or index.countries[index.views["country"][row]] in countries


def country_row(index: Index, code: str) -> int | None:
    """Find the row of a country by its ISO 3166-1 alpha-2 code."""
    for row, flag in index.postings(fold(code)):
        of_country = feature(index, row).startswith(("A.PCL", "A.TERR"))
        if of_country and flag & CODE and in_countries(index, row, (code,)):
            return row
    return None
