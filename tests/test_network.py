"""Nothing is asked of a network unless the user asks for it: sockets are blocked, and every verb works."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from tests.geo.cli.conftest import conflictmap
from tests.geo.conftest import SEEDS

if TYPE_CHECKING:
    from pathlib import Path

STORY = "<p>A bomb killed 3 people in Mosul on 5 May 2016.</p>"
PAGE = f"<html><body><article>{STORY * 5}</article></body></html>"
MAPPING = """source = "Mine"
[columns]
date_from = "day"
lat = "y"
lon = "x"
[constants]
type = "Battles"
"""


class AskedError(AssertionError):
    """Something asked the network."""


@pytest.fixture(autouse=True)
def _blocked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> NoReturn:
        raise AskedError

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse)


def test_the_block_holds() -> None:
    with pytest.raises(AskedError):
        socket.create_connection(("127.0.0.1", 9))


def test_every_verb_works_offline(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    (tmp_path / "t.csv").write_text("name,lat,lon\nKhusham,35.3,40.29\n")
    (tmp_path / "events.csv").write_text("day,x,y\n2018-02-07,40.2,35.3\n")
    (tmp_path / "m.toml").write_text(MAPPING)
    project = "out/project.gpkg"
    for verb in (
        ["map", SEEDS, "-o", "out"],
        ["add", project, "page.html"],
        ["parse", "page.html"],
        ["render", project, "-o", "x.html", "--online", "OpenStreetMap Mapnik"],
        ["export", project, "x.kml"],
        ["export", project, "x.geojson"],
        ["import", "events.csv", "-o", project, "--mapping", "m.toml"],
        ["explain", project, "Khusham"],
        ["geocode", "Khusham"],
        ["gazetteer", "info"],
        ["gazetteer", "build", "t.csv", "-o", "g.gaz", "--alone"],
    ):
        done = conflictmap(*verb, cwd=tmp_path)
        assert done.code == 0, (verb, done.err)
