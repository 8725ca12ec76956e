from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest

from gazetteer import Gazetteer, GazetteerError, IndexFileError
from gazetteer.build import build
from gazetteer.container import Container, Writer

from .conftest import tiny_sources

if TYPE_CHECKING:
    from pathlib import Path


def test_a_missing_file_says_the_mend(tmp_path: Path) -> None:
    with pytest.raises(IndexFileError, match=r"There is no gazetteer at .*gazetteer build"):
        Gazetteer.open(tmp_path / "none.gaz")


def test_the_environment_names_a_file(tiny_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONFLICTMAP_GAZETTEER", str(tiny_path))
    assert Gazetteer.open().info()["title"] == "tiny"


@pytest.mark.parametrize("size", [0, 1, 40, 1000])
def test_a_file_cut_short(tiny_path: Path, tmp_path: Path, size: int) -> None:
    path = tmp_path / "short.gaz"
    path.write_bytes(tiny_path.read_bytes()[:size])
    with pytest.raises(GazetteerError):
        Gazetteer.open(path)


def test_another_file(tmp_path: Path) -> None:
    path = tmp_path / "other.gaz"
    path.write_bytes(b"name,lat,lon\n" * 100)
    with pytest.raises(IndexFileError, match="no gazetteer"):
        Gazetteer.open(path)


def test_another_version(tiny_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.gaz"
    data = bytearray(tiny_path.read_bytes())
    struct.pack_into("<I", data, len(data) - 24, 99)
    path.write_bytes(data)
    with pytest.raises(IndexFileError, match="format 99"):
        Gazetteer.open(path)


def test_damage_never_gives_another_answer(tiny_path: Path, tmp_path: Path, tiny: Gazetteer) -> None:
    """Flip a byte here and there: whoever reads is told; only bytes that mean nothing may pass."""
    whole = tiny_path.read_bytes()
    expected = [tiny.place(row) for row in range(len(tiny))]
    path, flips, told = tmp_path / "damaged.gaz", 0, 0
    for at in range(0, len(whole), max(1, len(whole) // 97)):
        data = bytearray(whole)
        data[at] ^= 0xFF
        path.write_bytes(data)
        flips += 1
        try:
            gazetteer = Gazetteer.open(path)
            gazetteer.verify()
        except IndexFileError:
            told += 1
        else:
            assert [gazetteer.place(row) for row in range(len(gazetteer))] == expected
    assert told >= flips - 2


def test_damage_is_told_when_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "one.gaz"
    writer = Writer(path)
    writer.section("first", "B", [bytes(1 << 16)])
    writer.section("second", "B", [bytes(1 << 16)])
    writer.finish({})
    data = bytearray(path.read_bytes())
    data[1 << 16] ^= 1
    path.write_bytes(data)
    container = Container(path)
    container.guard_section("first")
    with pytest.raises(IndexFileError, match="block 1"):
        container.guard_section("second")


def test_a_new_file_replaces_an_open_one(tmp_path: Path) -> None:
    path = tmp_path / "some.gaz"
    build(tiny_sources(tmp_path), path, title="old")
    old = Gazetteer.open(path)
    build(tiny_sources(tmp_path), path, title="new")
    assert old.info()["title"] == "old"
    assert old.find("Khusham")[0].place.country == "SY"
    assert Gazetteer.open(path).info()["title"] == "new"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []


def test_a_failed_build_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "some.gaz"
    build(tiny_sources(tmp_path), path, title="old")
    before = path.read_bytes()
    (tmp_path / "tables" / "bad.csv").write_text("id,name\n", encoding="utf-8")
    with pytest.raises(GazetteerError, match=r"bad\.csv"):
        build(tiny_sources(tmp_path), path, title="new")
    assert path.read_bytes() == before
