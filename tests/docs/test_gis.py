"""The page on GIS: every command in it is run, and what it says of formats and layers is so."""

from __future__ import annotations

import csv
import gzip
import json
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo import project
from geo.cli.app import app
from geo.exchange.write import FORMATS
from geo.tables import schema
from tests.geo.exchange.test_postgis import url
from tests.geo.exchange.test_read import ACLED, UCDP, as_csv

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "gis.md").read_text("utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL) for line in block.strip().splitlines()
]
DATABASE = "postgresql://analyst@db.example.org/conflict"
PROVINCE = [[[39, 34], [41.5, 34], [41.5, 36], [39, 36], [39, 34]]]

__all__ = ["url"]


def run(command: str) -> None:
    verb, *words = shlex.split(command)
    assert verb == "conflictmap"
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == 0, f"{command}: {done.output}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out the files that the page speaks of, and run its commands in their order."""
    made = tmp_path_factory.mktemp("gis")
    (made / "seeds").symlink_to(ROOT / "seeds")
    (made / "ged.csv.gz").write_bytes(gzip.compress(as_csv(UCDP).encode()))
    (made / "acled.csv.gz").write_bytes(gzip.compress(as_csv(ACLED).encode()))
    area = {
        "type": "Feature",
        "properties": {"ADM1_EN": "Deir-ez-Zor", "ADM1_PCODE": "SY09"},
        "geometry": {"type": "Polygon", "coordinates": PROVINCE},
    }
    (made / "adm1.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [area]}))
    for name, text in re.findall(r"<!-- (\S+) -->\n```\w+\n(.*?)```", PAGE, re.DOTALL):
        (made / name).write_text(text, "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(made)
        for command in COMMANDS:
            if DATABASE not in command:
                run(command)
    return made


def test_commands_leave_what_they_name(folder: Path) -> None:
    named = {
        word
        for command in COMMANDS
        for word in shlex.split(command)[2:]
        if re.search(r"\.[a-z]\w+$", word) and "//" not in word
    }
    assert named
    assert [name for name in sorted(named) if not (folder / name).stat().st_size] == []


def test_every_import_is_there(folder: Path) -> None:
    made = project.read(folder / "out" / "project.gpkg")
    assert sorted(made["imported"]["source"]) == ["ACLED", "My archive", "My archive", "UCDP GED"]
    assert not list(folder.glob("**/*.rejects.csv"))


def test_filters_keep_imported_sources(folder: Path) -> None:
    (feature,) = json.loads((folder / "ged.geojson").read_text("utf-8"))["features"]
    assert (feature["id"], feature["properties"]["source"]) == ("ucdp:256433", "UCDP GED")
    page = (folder / "ged.html").read_text("utf-8")
    assert "UCDP GED" in page
    assert "We Are The Mighty" not in page


def test_boundaries_and_hashtags(folder: Path) -> None:
    with (folder / "hxl.csv").open(encoding="utf-8", newline="") as file:
        head, tags, *rows = csv.reader(file)
    assert dict(zip(head, tags, strict=True))["adm1_pcode"] == "#adm1+code"
    assert {row[head.index("adm1_pcode")] for row in rows} == {"SY09", ""}


def test_postgis(folder: Path, url: str) -> None:
    (command,) = (command for command in COMMANDS if DATABASE in command)
    words = [url if word == DATABASE else word for word in shlex.split(command)]
    run(shlex.join([str(folder / word) if word.endswith(".gpkg") else word for word in words]))


def test_every_format_and_layer_is_told() -> None:
    shown = {Path(command.split()[3]).suffix for command in COMMANDS if command.split()[1] == "export"}
    assert set(FORMATS) <= shown
    hidden = {"corrections", "meta"}
    assert {name for name in schema() if f"`{name}`" in PAGE} == set(schema()) - hidden
