"""From gathered rows to the file: keys, merged rows, divisions, names, grid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import marisa_trie
import numpy as np

from gazetteer import divisions, grid
from gazetteer.container import Writer
from gazetteer.features import AREAS, MOST, worth
from gazetteer.keying import ALTERNATE, MAIN, SHORTENED
from gazetteer.manynames import write_names
from gazetteer.merge import Rows, Shared, targets
from gazetteer.postings import Keys, Postings, by_name, index_keys, settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from gazetteer.gather import Gathered

_NAMED = MAIN | ALTERNATE | SHORTENED
_CHUNK = 1 << 22
_PREFIX_SHIFT = np.uint64(56)
_COUNTRY = 2

Columns = dict[str, Any]


def assemble(gathered: Gathered, path: Path, *, header: dict[str, Any]) -> None:
    """Write everything that was gathered to an index file, atomically."""
    keys, raw = index_keys(gathered)
    target = _targets(gathered, keys, raw)
    kept = np.flatnonzero((target == np.arange(gathered.count)) & ~np.isnan(gathered.columns["lat"]))
    moved = np.full(gathered.count, -1, dtype=np.int32)
    moved[kept] = np.arange(len(kept), dtype=np.int32)
    stays = moved >= 0
    moved = moved[target]
    codes = divisions.rows_of_codes(gathered.columns, gathered.strings, moved)
    aliases = _aliases(gathered.columns, moved, stays)
    columns = _merged_columns(gathered.columns, target, kept)
    sources = _counted(header["sources"], gathered.columns["source"], kept)
    gathered.columns.clear()
    postings = settle(raw, moved, importance(columns, gathered.strings["features"]))
    del raw  # half a gigabyte for twelve million rows
    trie = marisa_trie.Trie().mmap(str(keys.path))
    named = {int(moved[row]): name for row, name in gathered.named.items() if moved[row] >= 0}
    divisions.resolve(columns, gathered.strings["features"], codes, divisions.Names(trie, postings), named)
    divisions.fill_radii(columns, gathered.strings["features"])
    writer = Writer(path)
    try:
        _write(writer, gathered, {**columns, **aliases}, keys, postings)
        write_names(writer, gathered, target, stays)
        known: dict[str, Any] = {
            name: gathered.strings[name] for name in ("features", "countries", "prefixes")
        }
        known |= {
            "places": len(kept),
            "sources": sources,
            "settlements": _settlements(columns, gathered.strings),
        }
        writer.finish({**header, **known})
    except BaseException:
        writer.abandon()
        raise


def _sort_of(feature: str) -> tuple[str, int]:
    """Return the sort that two rows must share to be one, and 2 for a country, 1 for a division, else 0."""
    code = feature.partition(".")[2]
    if code in {"PCLI", "PCL", "PCLD", "PCLS", "PCLF", "PCLIX", "TERR"}:
        return "country", _COUNTRY
    if feature.startswith("A."):
        return feature, 1
    return feature[:1], 0


def _targets(gathered: Gathered, keys: Keys, raw: Postings) -> NDArray[np.int64]:
    columns, features = gathered.columns, gathered.strings["features"]
    sorts = [_sort_of(feature) for feature in features]
    numbers = {name: i for i, (name, _) in enumerate(sorts)}
    feature = columns["feature"]
    identity = columns["number"] ^ (columns["prefix"].astype(np.uint64) << _PREFIX_SHIFT)
    rows = Rows(
        lat=columns["lat"],
        lon=columns["lon"],
        radius_km=columns["radius_km"],
        sort=np.array([numbers[name] for name, _ in sorts])[feature],
        country=columns["country"],
        source=columns["source"],
        curated=columns["curated"].astype(np.bool_),
        identity=np.where(columns["prefix"] > 0, identity, np.uint64(0)),
        division=_own_division(columns, features),
        area=np.array([area for _, area in sorts])[feature],
        airfield=np.array([name.startswith("S.AIR") for name in features])[feature],
    )
    use = keys.named[raw.key] & ((raw.flag & _NAMED) > 0)
    return targets(rows, Shared(*by_name(raw, use)))


def _own_division(columns: Columns, features: list[str]) -> NDArray[np.int64]:
    """Return by row the code of the division that it is, 0 for other rows."""
    first, second = (np.array([name == f"A.ADM{i}" for name in features])[columns["feature"]] for i in (1, 2))
    codes = np.where(first, columns["division1"], 0).astype(np.int64)
    return np.where(second, columns["division2"], codes)


def _aliases(columns: Columns, moved: NDArray[np.int32], stays: NDArray[np.bool_]) -> Columns:
    """List the ids of rows that were merged away, sorted, and the rows they went to."""
    gone = np.flatnonzero(~stays & (moved >= 0) & (columns["prefix"] > 0))
    gone = gone[np.lexsort((columns["number"][gone], columns["prefix"][gone]))]
    found = {name: columns[name][gone] for name in ("prefix", "number")}
    return {**{f"alias_{name}": column for name, column in found.items()}, "alias_rows": moved[gone]}


_LENT = ("country", "division1", "division2")


def _merged_columns(columns: Columns, target: NDArray[np.int64], kept: NDArray[np.int64]) -> Columns:
    """Take the kept rows' columns; what a kept row does not know comes from the rows merged into it."""
    gone = np.flatnonzero(target != np.arange(len(target)))
    full = {name: column for name, column in columns.items() if name != "curated"}
    for name in ("population", "radius_km", *_LENT):
        column = full[name].copy()
        lent = gone[(full[name][gone] != 0) & (full[name][target[gone]] == 0)]
        if name in _LENT:
            column[target[lent[::-1]]] = full[name][lent[::-1]]
        else:
            np.maximum.at(column, target[lent], full[name][lent])
        full[name] = column
    return {name: column[kept] for name, column in full.items()}


def importance(columns: Columns, features: list[str]) -> NDArray[np.float32]:
    """Say how much a place is spoken of, all else equal: sort of feature and inhabitants."""
    rank = np.array([worth(feature).rank for feature in features], dtype=np.float32)[columns["feature"]]
    area = np.array([feature[:1] in AREAS for feature in features])[columns["feature"]]
    extent = np.where(area, np.minimum(MOST, 2 * np.log10(columns["radius_km"] + 1) + 1), 0)
    size = np.maximum(np.log10(columns["population"].astype(np.float32) + 1), extent.astype(np.float32))
    weight: NDArray[np.float32] = np.maximum(rank, size) + np.float32(0.1) * np.minimum(rank, size)
    return weight


def _counted(sources: list[Any], source: NDArray[Any], kept: NDArray[Any]) -> list[dict[str, Any]]:
    """Add to each source how many rows it had and how many places of the index are its own."""
    read = np.bincount(source, minlength=len(sources)).tolist()
    stay = np.bincount(source[kept], minlength=len(sources)).tolist()
    return [{**one, "rows": r, "places": p} for one, r, p in zip(sources, read, stay, strict=True)]


def _settlements(columns: Columns, strings: dict[str, list[str]]) -> dict[str, int]:
    """Count the settlements of each country: they tell how densely the index covers it."""
    settled = np.array([feature.startswith("P.") for feature in strings["features"]])[columns["feature"]]
    counts = np.bincount(columns["country"][settled], minlength=len(strings["countries"])).tolist()
    return {code: count for code, count in zip(strings["countries"], counts, strict=True) if code and count}


def _write(writer: Writer, gathered: Gathered, columns: Columns, keys: Keys, postings: Postings) -> None:
    starts = np.searchsorted(postings.key, np.arange(len(keys.named) + 1, dtype=np.uint32)).astype(np.uint32)
    writer.section("trie", "B", _pieces(keys.path))
    settled = np.array([name.startswith("P.") for name in gathered.strings["features"]])[columns["feature"]]
    cells = grid.arrange(np.flatnonzero(settled), columns["lat"], columns["lon"])
    sections = {"posting_starts": starts, "posting_rows": postings.row, "posting_flags": postings.flag}
    sections |= {f"grid_{name}": array_ for name, array_ in cells._asdict().items()}
    sections["id_order"] = np.lexsort((columns["number"], columns["prefix"])).astype(np.int32)
    for name, array_ in {**sections, **columns}.items():
        writer.section(name, array_.dtype.char, [np.ascontiguousarray(array_).data.cast("B")])


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            yield piece
