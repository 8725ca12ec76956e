from __future__ import annotations

import base64
import json
import re
import zlib
from typing import TYPE_CHECKING

import folium
import pandas as pd
import pytest

import maps
from maps import blocks
from maps.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

Tables = dict[str, pd.DataFrame]


def test_a_map_and_its_tables_are_written_alike(tables: Tables, tmp_path: Path) -> None:
    one = maps.save(tables, tmp_path / "one.html", title="T")
    other = maps.save(maps.draw(tables, title="T"), tmp_path / "other.html")
    assert one.read_bytes() == other.read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "other.html"]


def test_the_file_is_what_folium_would_save(tables: Tables, tmp_path: Path) -> None:
    drawn = maps.draw(tables)
    drawn.save(tmp_path / "folium.html")
    assert maps.save(drawn, tmp_path / "ours.html").read_bytes() == (tmp_path / "folium.html").read_bytes()


def test_what_cannot_be_written_leaves_the_old_file(
    tables: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "map.html"
    target.write_text("old", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full)
    with pytest.raises(OutputError, match=r"map\.html cannot be written \(No space left on device\); choose"):
        maps.save(tables, target)
    assert target.read_text(encoding="utf-8") == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


def test_a_stranger_is_sent_to_its_own_save(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"was not made by maps\.draw"):
        maps.save(folium.Map(tiles=None), tmp_path / "map.html")


def inflated(packed: str) -> list[list[object]]:
    return json.loads(zlib.decompress(base64.b64decode(packed), -zlib.MAX_WBITS))


def test_texts_may_lie_beside_the_page(tables: Tables, tmp_path: Path) -> None:
    page = maps.save(tables, tmp_path / "map.html", beside=True).read_text(encoding="utf-8")
    assert "Monitors counted" not in page
    assert "Air strike, Old Ford" in page
    files = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "map.files").iterdir()}
    assert set(files) == {"events-0.js", "reports-0.js"}
    call = re.fullmatch(r'conflictmap\.part\("events", 0, "([^"]*)"\);\n', files["events-0.js"])
    assert call
    assert inflated(call[1])[2][0] == "Monitors counted 73 dead at Salt Village."


def test_long_texts_are_deflated(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "PACK_FROM", 10)
    inside = maps.draw(tables).get_root().blocks.inside
    assert inflated(json.loads(inside["events-0"]))[2][0] == "Monitors counted 73 dead at Salt Village."
