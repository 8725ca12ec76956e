"""Zip archives that are damaged, locked or monstrous are told in words."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer
from gazetteer.build import build_files
from gazetteer.errors import SourceError
from tests.gazetteer.conftest import FIXTURES

if TYPE_CHECKING:
    from pathlib import Path

DUMP = (FIXTURES / "dump.txt").read_bytes()


def zipped(name: str, data: bytes) -> bytearray:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return bytearray(held.getvalue())


def refused(path: Path, data: bytes | bytearray) -> str:
    path.write_bytes(data)
    with pytest.raises(SourceError) as told:
        build_files([path], path.with_name("made.gaz"), keep=None)
    assert not path.with_name("made.gaz").exists()
    assert [p.name for p in path.parent.iterdir()] == [path.name]
    return str(told.value)


@pytest.mark.parametrize(
    ("name", "member"),
    [("SY.zip", "SY.txt"), ("whosonfirst.zip", "data/1.geojson"), ("alternateNames.zip", "a.txt")],
)
def test_archives_that_cannot_be_read(tmp_path: Path, name: str, member: str) -> None:
    bomb = zipped(member, b"a" * 80 * 2**20)
    assert "grows more than 200 times" in refused(tmp_path / name, bomb)
    locked = zipped(member, DUMP)
    for at in (6, locked.index(b"PK\x01\x02") + 8):
        locked[at] |= 1  # the flag of an encrypted member
    assert "encrypted" in refused(tmp_path / name, locked)
    assert "download it again" in refused(tmp_path / name, zipped(member, DUMP)[:-30])
    damaged = zipped(member, DUMP * 50)
    damaged[60:90] = b"\xff" * 30
    assert str(tmp_path / name) in refused(tmp_path / name, damaged)


@pytest.mark.parametrize("digits", [17, 18, 19, 20, 30, 5000])
def test_an_id_of_any_length_is_kept(tmp_path: Path, digits: int) -> None:
    identity = "7" * digits
    (tmp_path / "mine.csv").write_text(f"id,name,lat,lon\n{identity},Khusham,35.3,40.29\n")
    build_files([tmp_path / "mine.csv"], tmp_path / "made.gaz", keep=None)
    (found,) = Gazetteer.open(tmp_path / "made.gaz").find("Khusham")
    assert found.place.id == f"mine:{identity}"
