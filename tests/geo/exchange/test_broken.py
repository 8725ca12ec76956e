"""Foreign files that are damaged, locked, monstrous or half good: told in words, and what is good is read."""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ReportError
from geo.exchange.boundaries import load
from geo.exchange.mapping import FIELDS, parsed
from geo.exchange.read import read
from tests.geo.exchange.test_read import UCDP, as_csv

if TYPE_CHECKING:
    from pathlib import Path

MEGABYTE = 2**20


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b"a" * MEGABYTE) for _ in range(megabytes)) + packer.flush()


def zipped(data: bytes, name: str = "t.csv") -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "t.csv.gz").write_bytes(bomb(80))
    with pytest.raises(ReportError, match="grows more than 200 times: unpack it yourself"):
        read(tmp_path / "t.csv.gz")


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    (tmp_path / "t.zip").write_bytes(zipped(b"a" * 80 * MEGABYTE))
    with pytest.raises(ReportError, match="grows more than 200 times: unpack it yourself"):
        read(tmp_path / "t.zip")


@pytest.mark.parametrize("cut", [1, 30, 200])
@pytest.mark.parametrize("name", ["t.csv.gz", "t.zip"])
def test_an_archive_cut_short(tmp_path: Path, name: str, cut: int) -> None:
    whole = as_csv(*[UCDP] * 9).encode()
    packed = gzip.compress(whole) if name.endswith("gz") else zipped(whole)
    (tmp_path / name).write_bytes(packed[:-cut])
    with pytest.raises(ReportError, match=r"cannot be read .*: fetch it again"):
        read(tmp_path / name)


def test_a_locked_zip(tmp_path: Path) -> None:
    data = bytearray(zipped(as_csv(UCDP).encode()))
    for at in (6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1  # the flag of an encrypted member
    (tmp_path / "t.zip").write_bytes(data)
    with pytest.raises(ReportError, match=r"cannot be read .*encrypted"):
        read(tmp_path / "t.zip")


def test_a_cell_as_long_as_an_article(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(as_csv(UCDP | {"source_article": "a" * 300_000}), "utf-8")
    assert len(read(tmp_path / "t.csv").rows) == 1


@pytest.mark.parametrize(
    "bad",
    [
        *(5, None, "x", [], {"properties": 5}),
        *(
            {"geometry": geometry}
            for geometry in (
                {"x": 1},
                {"type": "Point", "coordinates": []},
                {"type": "Polygon", "coordinates": [[[0, 0]]]},
                {"type": "Heart"},
            )
        ),
    ],
)
def test_a_bad_feature_costs_no_other(tmp_path: Path, bad: object) -> None:
    good = {"type": "Feature", "properties": UCDP, "geometry": None}
    (tmp_path / "t.geojson").write_text(json.dumps({"features": [bad, good]}), "utf-8")
    found = read(tmp_path / "t.geojson")
    assert [row.row for row in found.rows] == [2]
    assert [rejected.row for rejected in found.rejected] == [1]


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
KEYS = ("name", "source", "recognise", "columns", "dates", "header", "split", "values", "constants")


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(as_toml, value)) + "]"
    return "''" if value is None else json.dumps(value)


@given(
    keys=st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=4),
    fields=st.dictionaries(st.sampled_from(sorted(FIELDS)), ANYTHING, max_size=3),
    key=st.sampled_from(KEYS),
)
def test_any_mapping_is_read_or_told(keys: dict[str, Any], fields: dict[str, Any], key: str) -> None:
    given_ = {"source": "x"} | keys | {key: fields}
    text = "\n".join(f"{name} = {as_toml(value)}" for name, value in given_.items())
    with contextlib.suppress(ReportError):
        assert set(parsed(text, "m.toml").missing(["a"])) <= FIELDS


@pytest.mark.parametrize(
    "text", ["x = " + "[" * 5000, "x = " + "9" * 5000, "source = 5", "[columns]\nlat = 5"]
)
def test_mappings_that_are_none(text: str) -> None:
    with pytest.raises(ReportError, match=r"m\.toml"):
        parsed(text, "m.toml")


FEATURE = b'{"type":"Feature","properties":{"name":"\xff"},"geometry":null}'
LATIN1 = b'{"type":"FeatureCollection","features":[' + FEATURE + b"]}"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{}", LATIN1, b"SQLite format 3\x00junk"])
def test_boundaries_that_are_none(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.geojson").write_bytes(content)
    with pytest.raises(ReportError, match=r"b\.geojson"):
        load(tmp_path / "b.geojson")
