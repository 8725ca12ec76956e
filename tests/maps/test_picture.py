from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

import maps
from maps.errors import BrowserError

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd


def test_a_missing_browser_is_told_with_the_mend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(
        BrowserError, match=r"no Chromium found; install it \(Debian: apt-get install chromium\)"
    ):
        maps.screenshot(tmp_path / "map.html", tmp_path / "map.png")


def test_a_browser_that_draws_nothing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/true")
    with pytest.raises(BrowserError, match="drew no picture"):
        maps.screenshot(tmp_path / "map.html", tmp_path / "map.png")
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/false")
    with pytest.raises(BrowserError, match="Chromium failed"):
        maps.screenshot(tmp_path / "map.html", tmp_path / "map.png")


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium here: apt-get install chromium")
def test_a_picture_is_drawn(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    page = maps.save(tables, tmp_path / "map.html")
    picture = maps.screenshot(page, tmp_path / "map.png", at="id=ford", width=800, height=600)
    head = picture.read_bytes()[:24]
    assert head[:4] == b"\x89PNG"
    assert (int.from_bytes(head[16:20]), int.from_bytes(head[20:24])) == (800, 600)


@pytest.mark.browser
@pytest.mark.skipif(shutil.which("chromium") is None, reason="no Chromium here: apt-get install chromium")
def test_a_map_becomes_a_picture_alone(tables: dict[str, pd.DataFrame], tmp_path: Path) -> None:
    maps.picture(maps.draw(tables), tmp_path / "new" / "map.png", width=400, height=300)
    assert [path.name for path in tmp_path.rglob("*")] == ["new", "map.png"]
