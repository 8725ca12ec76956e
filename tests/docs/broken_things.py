"""A folder with everything that docs/reliability.md says goes wrong."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import zlib
from contextlib import closing
from typing import TYPE_CHECKING

from tests.geo.cli.conftest import conflictmap
from tests.geo.conftest import SEEDS

if TYPE_CHECKING:
    from pathlib import Path

STORY = "An air strike killed 3 people in Aleppo on 5 May 2016, police said."
GOOD = json.dumps({"id": "a", "source": "Wire", "published": "2016-05-06", "text": STORY})
UCDP = (
    "id,relid,year,type_of_violence,conflict_name,side_a,side_b,where_prec,where_coordinates,adm_1,latitude,"
    "longitude,country,date_prec,date_start,date_end,best,high,low,source_article,source_headline,"
    "deaths_civilians\n"
)
ROW = "{id},X,2018,1,War,A,B,1,Khusham,Deir ez-Zor,{lat},40.29,Syria,1,2018-02-07,2018-02-07,3,4,3,W,S,0\n"
MEGABYTE = 2**20


def furnish(folder: Path, mapped: Path) -> None:
    """Make the files that the commands of the table name."""
    _reports(folder)
    _projects(folder, mapped)
    _others(folder)


def _reports(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "mixed").mkdir()
    (folder / "mixed" / "a.jsonl").write_text(GOOD)
    (folder / "mixed" / "b.docx").write_bytes(b"PK")
    (folder / "good.jsonl").write_text(GOOD)
    (folder / "twice.jsonl").write_text(f"{GOOD}\n{GOOD}\n")
    (folder / "broken.jsonl").write_text(f'{GOOD}\n{{"text": "x\n')
    (folder / "columns.csv").write_text("id,size\na,b\n")
    (folder / "image.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)))
    (folder / "cut.jsonl.gz").write_bytes(gzip.compress(GOOD.encode() * 50)[:-20])
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(packer.compress(b"a" * MEGABYTE) for _ in range(80)) + packer.flush()
    (folder / "bomb.txt.gz").write_bytes(bomb)
    (folder / "bomb.csv.gz").write_bytes(bomb)
    (folder / "menu.html").write_text("<html><body><nav></nav></body></html>")
    (folder / "huge.html").write_text("<p>" + "x" * 5 * MEGABYTE)
    (folder / "deep.json").write_text("[" * 100_000)


def _projects(folder: Path, mapped: Path) -> None:
    good = mapped / "project.gpkg"
    for name in ("project", "damaged", "newer", "busy"):
        shutil.copy(good, folder / f"{name}.gpkg")
    (folder / "damaged.gpkg").write_bytes(good.read_bytes()[:6000])
    with closing(sqlite3.connect(folder / "newer.gpkg")) as database:
        database.execute("UPDATE meta SET value = '99' WHERE key = 'version'")
        database.commit()
    (folder / "letter.gpkg").write_text("Dear all")
    (folder / "file").write_text("mine")


def _others(folder: Path) -> None:
    (folder / "damaged.gaz").write_bytes(b"\0" * 5000)
    (folder / "SY.txt").write_text("1\tAleppo\n")
    (folder / "SY.zip").write_bytes(b"PK\x03\x04 no zip")
    (folder / "places.csv").write_text("name,lat,lon\nKhusham,north,40\n")
    (folder / "unknown.csv").write_text("a,b\n1,2\n")
    (folder / "ged.csv").write_text(UCDP + ROW.format(id=1, lat=35.3) + ROW.format(id=2, lat=""))
    (folder / "mapping.toml").write_text('source = "Mine"\n[columns]\nlatt = "y"\n')
    (folder / "areas.geojson").write_text("{}")
    (folder / "notes.csv").write_text("a,b\n1,2\n")
    done = conflictmap("review", folder / "project.gpkg", "-o", folder / "decisions.csv")
    assert done.code == 0, done.err
    told = (folder / "decisions.csv").read_text("utf-8-sig").splitlines()
    head = told[0].split(",")
    row = ["" for _ in head]
    row[head.index("kind")], row[head.index("set_lat")] = "event", "north"
    (folder / "decisions.csv").write_text("\n".join([told[0], ",".join(row)]))
    assert SEEDS.is_dir()
