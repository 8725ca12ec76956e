"""What is fuzzed: for each room its good files, what reads them, and what must hold whatever they hold."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from geo.records import Report

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "gazetteer"
STORY = "An air strike killed at least 12 people near Khusham on 7 February 2018, the Observatory said.\n"
UCDP = (
    "id,relid,year,active_year,code_status,type_of_violence,conflict_name,side_a,side_b,number_of_sources,"
    "source_article,source_headline,where_prec,where_coordinates,adm_1,latitude,longitude,country,country_id,"
    "date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,low\n"
)
UCDP_ROW = (
    '{id},X,2018,1,Clear,1,War,"Government of Syria","IS",1,"Wire,2018-02-08,Strike",Strike,1,Khusham town,'
    "Deir ez-Zor,35.3,40.29,Syria,652,1,2018-02-07,2018-02-07,1,2,0,0,3,4,3\n"
)
MAPPING = (
    'source = "Mine"\n[columns]\ndate_from = "day"\nlat = "y"\nlon = ["x", "lon"]\nkilled_low = "dead"\n'
    '[constants]\ntype = "Battles"\n[split]\ninitiators = ";"\n[values.country]\nSyria = "SY"\n'
)


class BrokenPromiseError(AssertionError):
    """A reader that lost something, or told it so that a terminal would obey."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One reader."""

    seeds: Mapping[str, bytes]
    """Good files by name; the name's ending says how a file is read."""
    attempt: Callable[[Path], None]
    """Reads a file; what it raises is a finding."""


def _check(condition: object, words: str) -> None:
    if not condition:
        raise BrokenPromiseError(words)


def _reports(path: Path) -> None:
    from geo.reports import read

    problems: list[object] = []
    for report in read([path], on_problem=problems.append):
        _check(report.text.strip(), "a report without text")
        _check(report.id, "a report without id")
        report.text.encode("utf-8")
    _check(all(str(problem).isprintable() for problem in problems), "a problem that drives a terminal")


def _coding(path: Path) -> None:
    from geo.jsonlines import line
    from geo.pipeline import code, link_all
    from geo.reports import from_text

    text = path.read_bytes().decode("utf-8", "replace")
    if not text.strip():
        return
    coded = code(_world(), from_text(text, source="Wire"))
    link_all([coded])
    json.loads(line(coded, {}))
    for event in coded.events:
        _check(text[event.start : event.end] == event.quote, "a quote that is not in the text")


@cache
def _world():  # noqa: ANN202 — imported late
    from gazetteer import Gazetteer

    return Gazetteer.open()


def _table(path: Path) -> None:
    from geo.errors import ReportError
    from geo.exchange.read import read

    with contextlib.suppress(ReportError):
        found = read(path)
        for rejected in found.rejected:
            _check(rejected.reason, "a row put aside without a reason")
        _made(found)


def _made(found) -> None:  # noqa: ANN001 — imported late
    from geo.tables import tables

    tables([found.coded()], [], found.rows)


def _mapping(path: Path) -> None:
    from geo.errors import ReportError
    from geo.exchange.read import read

    with contextlib.suppress(ReportError):
        read(_good_table(), path)


@cache
def _good_table() -> Path:
    path = Path("good.csv").absolute()
    path.write_text("day,x,y,dead\n2018-02-07,40.2,35.3,5\n", "utf-8")
    return path


def _project(path: Path) -> None:
    from geo import project
    from geo.dossier import dossier
    from geo.errors import ConflictmapError
    from geo.exchange.write import export
    from maps import save
    from maps.errors import MapError

    with contextlib.suppress(ConflictmapError, MapError):
        tables = project.read(path)
        for name in ("i.geojson", "i.csv", "i.kml"):
            export(tables, path.with_name(name))
        for identity in list(tables["incidents"]["id"].dropna())[:2]:
            dossier(tables, identity)
        save(tables, path.with_name("map.html"))


def _corrections(path: Path) -> None:
    from geo import project
    from geo.review import CorrectionError, Project, read_decisions, settle

    tables = project.read(_good_project())
    with contextlib.suppress(CorrectionError):
        taken = read_decisions(path, Project(tables))
        settle(_accounts()[0], taken.corrections)


@cache
def _accounts():  # noqa: ANN202 — imported late
    from geo.pipeline import code_all, link_all

    coded = list(code_all(_world(), _stories()))
    return coded, link_all(coded)


def _index(path: Path) -> None:
    from gazetteer import Gazetteer
    from gazetteer.errors import GazetteerError

    with contextlib.suppress(GazetteerError):
        index = Gazetteer.open(path)
        index.info()
        for name in ("Khusham", "Aleppo", "Khasham", "Paris, Texas", "حلب"):
            for found in index.find(name):
                _check(-90 <= found.place.lat <= 90, "a place beyond the pole")
        index.near(lat=35.3, lon=40.3)


def _source(path: Path) -> None:
    from gazetteer import Gazetteer
    from gazetteer.build import build_files
    from gazetteer.errors import GazetteerError

    with contextlib.suppress(GazetteerError):
        build_files([path], path.with_name("made.gaz"), keep=None)
        Gazetteer.open(path.with_name("made.gaz")).find("Aleppo")


def _boundaries(path: Path) -> None:
    from geo.errors import ReportError
    from geo.exchange.boundaries import load

    with contextlib.suppress(ReportError):
        load(path)


def _zipped(name: str, data: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return held.getvalue()


def _warc() -> bytes:
    page = f"<html><head><title>Strike</title></head><body><p>{STORY * 5}</p></body></html>".encode()
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.example/\r\n"
    head += f"Content-Length: {len(body)}\r\n\r\n"
    return (head.encode() + body + b"\r\n\r\n") * 3


def _report_seeds() -> dict[str, bytes]:
    line = json.dumps(
        {"id": "a", "source": "Wire", "title": "T", "published": "2018-02-12", "text": STORY * 3}
    )
    page = '<html lang="en"><head><title>Strike</title>'
    page += '<meta property="article:published_time" content="2018-02-12">'
    page += f"</head><body><article>{'<p>' + STORY + '</p>' * 8}</article></body></html>"
    table = io.StringIO()
    csv.writer(table).writerows([["id", "source", "text"], ["a", "Wire", STORY], ["b", 'Wi"re', STORY * 2]])
    return {
        "a.txt": (STORY * 8).encode(),
        "a.md": f'---\nsource: "Wire"\npublished: 2018-02-12\n---\n# Strike\n{STORY * 5}'.encode(),
        "a.html": page.encode(),
        "a.jsonl": f"{line}\n{line}\n".encode(),
        "a.json": f"[{line},{line}]".encode(),
        "a.csv": table.getvalue().encode(),
        "a.tsv": f"id\ttext\na\t{STORY}".encode(),
        "a.warc": _warc(),
        "b.txt": (STORY * 5).encode("utf-16"),
    }


def _table_seeds() -> dict[str, bytes]:
    rows = UCDP + "".join(UCDP_ROW.format(id=k) for k in range(6))
    point = {"type": "Point", "coordinates": [40.29, 35.3]}
    row = dict(zip(UCDP.strip().split(","), next(csv.reader([UCDP_ROW.format(id=1)])), strict=True))
    features = [
        {"type": "Feature", "id": k, "geometry": point, "properties": row | {"id": k}} for k in range(3)
    ]
    collection = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return {
        "a.csv": rows.encode(),
        "a.csv.zip": _zipped("a.csv", rows.encode()),
        "a.geojson": collection,
        "b.csv": rows.replace(",", ";").encode("cp1252"),
    }


def _stories() -> list[Report]:
    from geo.reports import from_text

    return [from_text(STORY * 2, source=name) for name in ("Wire", "Post")]


@cache
def _good_project() -> Path:
    from geo import project
    from geo.tables import tables

    path = Path("good.gpkg").absolute()
    project.write(path, tables(*_accounts()))
    return path


def _corrections_seed() -> dict[str, bytes]:
    from geo import project
    from geo.review import write_doubts

    write_doubts(project.read(_good_project()), Path("doubts.csv"))
    with Path("doubts.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    decided = {
        "set_lat": "35.2",
        "set_lon": "40.1",
        "set_date_from": "2018-02-06",
        "apart": "all",
        "author": "me",
    }
    filled = io.StringIO()
    writer = csv.DictWriter(filled, list(rows[0]))
    writer.writeheader()
    writer.writerows({name: decided.get(name) or cell for name, cell in row.items()} for row in rows)
    return {"c.csv": filled.getvalue().encode()}


def _index_seed() -> dict[str, bytes]:
    from gazetteer.build import build_files

    build_files([FIXTURES / "dump.txt"], Path("seed.gaz"), keep=None)
    return {"g.gaz": Path("seed.gaz").read_bytes()}


def _source_seeds() -> dict[str, bytes]:
    dump = (FIXTURES / "dump.txt").read_bytes()
    plain = "id,name,alternates,feature,country,admin1,lat,lon,radius_km,population\n"
    plain += "a,Khusham,Khasham|خشام,PPL,SY,Deir ez-Zor,35.3,40.29,2,100\n" * 3
    whos = {
        "type": "Feature",
        "id": 85632315,
        "properties": {
            "wof:id": 85632315, "wof:name": "Khusham", "wof:placetype": "locality", "wof:country": "SY",
            "geom:latitude": 35.3, "geom:longitude": 40.29, "name:eng_x_preferred": ["Khusham"],
        },
        "geometry": {"type": "Point", "coordinates": [40.29, 35.3]},
    }  # fmt: skip
    return {
        "SY.txt": dump,
        "SY.zip": _zipped("SY.txt", dump),
        "mine.csv": plain.encode(),
        "admin1CodesASCII.txt": b"SY.07\tDeir ez-Zor\tDeir ez-Zor\t170792\nSY.09\tAleppo\tAleppo\t170062\n",
        "alternateNamesV2.txt": b"1\t167899\tar\tx\t1\t\t\t\t\t\n2\t167899\ten\tKhasham\t\t\t\t\t\t\n",
        "whosonfirst.zip": _zipped("data/856/323/15/85632315.geojson", json.dumps(whos).encode()),
    }


def _boundary_seeds() -> dict[str, bytes]:
    ring = [[[36, 35], [37, 35], [37, 36], [36, 36], [36, 35]]]
    feature = {
        "type": "Feature",
        "properties": {"ADM1_EN": "A", "ADM1_PCODE": "SY01"},
        "geometry": {"type": "Polygon", "coordinates": ring},
    }
    return {"a.geojson": json.dumps({"type": "FeatureCollection", "features": [feature, feature]}).encode()}


@cache
def targets() -> dict[str, Target]:
    """Give the readers by name; seeds are made in the working folder."""
    coding = {"t.txt": (STORY * 3).encode(), "u.txt": _gold_text()}
    return {
        "report readers": Target(seeds=_report_seeds(), attempt=_reports),
        "coding of a text": Target(seeds=coding, attempt=_coding),
        "import tables": Target(seeds=_table_seeds(), attempt=_table),
        "import mappings": Target(seeds={"m.toml": MAPPING.encode()}, attempt=_mapping),
        "corrections": Target(seeds=_corrections_seed(), attempt=_corrections),
        "project files": Target(seeds={"p.gpkg": _good_project().read_bytes()}, attempt=_project),
        "gazetteer indexes": Target(seeds=_index_seed(), attempt=_index),
        "gazetteer sources": Target(seeds=_source_seeds(), attempt=_source),
        "boundary files": Target(seeds=_boundary_seeds(), attempt=_boundaries),
    }


def _gold_text() -> bytes:
    return (ROOT / "seeds" / "2018-02-09-we-are-the-mighty.md").read_bytes()
