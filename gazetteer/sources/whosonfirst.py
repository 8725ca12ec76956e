"""Who's On First: a country's repository as a folder or as the zip that its host gives."""

from __future__ import annotations

import hashlib
import json
import math
from functools import cache
from itertools import islice
from typing import TYPE_CHECKING, Any

from gazetteer.errors import SourceError
from gazetteer.rules import table
from gazetteer.sources.archives import UNREADABLE, opened, unreadable
from gazetteer.sources.entry import Entry, distinct
from gazetteer.sources.geonames import file_digest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KM_PER_DEG = 111.2
_BLOCK = 2000


class WhosOnFirst:
    """The current records of one repository."""

    name = "Who's On First"
    licence = "CC BY 4.0, Who's On First (whosonfirst.org) and its sources"

    def __init__(self, path: Path) -> None:
        self._path = path
        if not path.is_dir() and path.suffix != ".zip":
            raise SourceError(
                f"{path} is neither a folder nor a zip; give a whosonfirst-data-admin repository"
            )

    def entries(self) -> Iterator[Entry]:
        """Yield the current records, sorted by file name.

        Raises
        ------
        SourceError
            A file that is no record, named.
        """
        for block in self.blocks(_BLOCK):
            yield from self.read(block)

    def blocks(self, size: int) -> Iterator[list[str]]:
        """Cut the list of files into pieces for `read`."""
        names = iter(self._files())
        while block := list(islice(names, size)):
            yield block

    def read(self, block: list[str]) -> Iterator[Entry]:
        """Yield the records of some files."""
        for name, text in self._texts(block):
            try:
                entry = _entry(json.loads(text)["properties"])
            except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
                raise SourceError(f"{name} is no record of Who's On First ({error!r}); remove it") from None
            if entry is not None:
                yield entry

    def fingerprint(self) -> str:
        """Digest the zip's bytes, or the names and sizes of a folder's files."""
        if self._path.suffix == ".zip":
            return file_digest(self._path)
        digest = hashlib.blake2b(digest_size=16)
        for name in self._files():
            digest.update(f"{name} {(self._path / name).stat().st_size}\n".encode())
        return f"{self._path.name} {digest.hexdigest()}"

    def _files(self) -> list[str]:
        """List the files of records; those of alternative geometries have "-alt-" in their names."""
        if self._path.is_dir():
            names = [str(path.relative_to(self._path)) for path in self._path.rglob("*.geojson")]
        else:
            with opened(self._path) as archive:
                names = [name for name in archive.namelist() if name.endswith(".geojson")]
        return sorted(name for name in names if "-alt-" not in name)

    def _texts(self, block: list[str]) -> Iterator[tuple[str, bytes]]:
        if self._path.is_dir():
            yield from ((name, (self._path / name).read_bytes()) for name in block)
            return
        try:
            with opened(self._path) as archive:
                yield from ((name, archive.read(name)) for name in block)
        except UNREADABLE as error:
            raise unreadable(self._path, error) from None


@cache
def _features() -> dict[str, str]:
    return {row["placetype"]: row["feature"] for row in table("placetypes")}


def _entry(record: dict[str, Any]) -> Entry | None:
    feature = _features().get(record["wof:placetype"])
    lat, lon = _point(record)
    if feature is None or not record.get("wof:name") or lat is None or not _is_current(record):
        return None
    parents = (record.get("wof:hierarchy") or [{}])[0]
    names = _names(record)
    return Entry(
        id=f"wof:{int(record['wof:id'])}",
        name=record["wof:name"],
        alternates=tuple(name for name in names if name != record["wof:name"]),
        feature=feature,
        country=_country(record),
        admin1=_division(parents, "region_id"),
        admin2=_division(parents, "county_id"),
        lat=lat,
        lon=lon,
        population=int(record.get("wof:population") or record.get("gn:population") or 0),
        radius_km=_radius(record, feature),
    )


def _is_current(record: dict[str, Any]) -> bool:
    gone = record.get("edtf:deprecated") or record.get("edtf:cessation")
    return (
        record.get("mz:is_current") != 0
        and not record.get("wof:superseded_by")
        and gone in {None, "", "uuuu", ".."}
    )


def _point(record: dict[str, Any]) -> tuple[float | None, float | None]:
    """Return the label's point, else the geometry's middle."""
    for prefix in ("lbl", "geom"):
        lat, lon = record.get(f"{prefix}:latitude"), record.get(f"{prefix}:longitude")
        if lat is not None and lon is not None:
            return float(lat), float(lon)
    return None, None


def _country(record: dict[str, Any]) -> str:
    code = str(record.get("iso:country") or record.get("wof:country") or "")
    return code if len(code) == 2 and code.isalpha() and code.isupper() else ""


def _division(parents: dict[str, Any], key: str) -> str:
    number = int(parents.get(key, -1))
    return f"wof:{number}" if number > 0 else ""


def _names(record: dict[str, Any]) -> tuple[str, ...]:
    keys = sorted(
        key for key in record if key.startswith("name:") and key.endswith(("_preferred", "_variant"))
    )
    keys.sort(key=lambda key: not key.startswith("name:eng_"))
    return distinct(str(name) for key in keys for name in record[key] or ())


def _radius(record: dict[str, Any], feature: str) -> float:
    """Return the radius of a circle as large as the box; 0 for places that are mapped as points."""
    if feature[0] not in "ALHP" or not record.get("geom:bbox"):
        return 0.0
    west, south, east, north = (float(part) for part in record["geom:bbox"].split(","))
    wide = (east - west) * _KM_PER_DEG * math.cos(math.radians((south + north) / 2))
    return round(math.sqrt(max(0.0, wide * (north - south) * _KM_PER_DEG) / math.pi), 1)
