"""The project file: whole or not at all, the same tables back, valid for others, filtered by one rule."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
import subprocess
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pandas as pd
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from geo import lexicons, project
from geo.errors import OutputError, ProjectError
from geo.incidents.summarise import NO_SOURCE
from geo.project import Filter, atomic, geometry
from geo.tables import GEOMETRY, empty, frame, schema, tables
from tests.geo import builders

if TYPE_CHECKING:
    from collections.abc import Iterator

Tables = dict[str, pd.DataFrame]


@pytest.fixture(scope="module")
def made() -> Tables:
    return tables(builders.coded(), builders.incidents())


@pytest.fixture
def path(tmp_path: Path, made: Tables) -> Path:
    file = tmp_path / "project.gpkg"
    project.write(file, made, {"gazetteer": "abc"})
    return file


@contextlib.contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(path)) as database:
        yield database
        database.commit()


def same(left: Tables, right: Tables) -> None:
    for table in left:
        if table == "meta":
            continue
        assert_frame_equal(
            pd.DataFrame(left[table]).drop(columns="geometry", errors="ignore"),
            pd.DataFrame(right[table]).drop(columns="geometry", errors="ignore"),
        )
        if table in GEOMETRY:
            assert [None if s is None else s.wkb for s in left[table].geometry] == [
                None if s is None else s.wkb for s in right[table].geometry
            ]


def styles_of(path: Path) -> dict[str, ET.Element]:
    with opened(path) as database:
        found = database.execute(
            "SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1"
        ).fetchall()
    assert len(found) == len({table for table, _ in found})
    return {table: ET.fromstring(text) for table, text in found}  # noqa: S314


def system_python(module: str, package: str) -> str:
    """Give the system's Python if it has a module that comes with a Debian package, else skip."""
    python = "/usr/bin/python3"
    known = (
        Path(python).exists()
        and not subprocess.run(
            [python, "-c", f"import {module}"], check=False, capture_output=True
        ).returncode
    )
    if not known:
        pytest.skip(f"{package} is missing: apt-get install {package}")
    return python


class TestRoundTrip:
    def test_gives_the_same_tables(self, path: Path, made: Tables) -> None:
        same(made, project.read(path))

    def test_gives_the_same_bytes(self, path: Path, tmp_path: Path) -> None:
        again = tmp_path / "again.gpkg"
        project.write(again, project.read(path), {"gazetteer": "abc"})
        assert again.read_bytes() == path.read_bytes()

    def test_reads_only_what_is_asked(self, path: Path) -> None:
        assert list(project.read(path, ["claims", "events"])) == ["claims", "events"]

    def test_empty_project(self, tmp_path: Path) -> None:
        file = tmp_path / "empty.gpkg"
        project.write(file, {})
        same({table: empty(table) for table in schema()}, project.read(file))

    def test_meta(self, path: Path) -> None:
        assert project.told(project.read(path, ["meta"])) == {"gazetteer": "abc", "version": "1"}

    @settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        texts=st.lists(st.none() | st.text(), min_size=1, max_size=4),
        low=st.none() | st.integers(-(2**63), 2**63 - 1),
        day=st.none() | st.dates(),
        point=st.builds(shapely.Point, st.floats(-180, 180), st.floats(-90, 90)),
    )
    def test_hostile_values(
        self,
        tmp_path: Path,
        texts: list[str | None],
        low: int | None,
        day: date | None,
        point: shapely.Point,
    ) -> None:
        row = {
            "text": texts[0],
            "int": low,
            "date": day,
            "float": point.x,
            "bool": True,
            "datetime": None,
        }
        rows = [
            {column.name: row[column.type] for column in schema()["incidents"]}
            | {"id": str(number), "title": text}
            for number, text in enumerate(texts)
        ]
        data = frame("incidents", rows, [point] * len(rows))
        project.write(tmp_path / "p.gpkg", {"incidents": data})
        same({"incidents": data}, project.read(tmp_path / "p.gpkg", ["incidents"]))


class TestForOthers:
    def test_gdal_sees_layers_and_types(self, path: Path) -> None:
        assert {name: kind for name, kind in pyogrio.list_layers(path) if kind} == dict(GEOMETRY)
        told = pyogrio.read_info(path, layer="events")
        if "ogr_types" not in told:
            pytest.skip("this pyogrio tells no types of GDAL's own; those of 0.12 and later do")
        types = dict(zip(told["fields"], told["ogr_types"], strict=True))
        assert (types["date_from"], types["start"], types["radius_km"], types["title"]) == (
            "OFTDate",
            "OFTInteger64",
            "OFTReal",
            "OFTString",
        )
        subtypes = dict(zip(told["fields"], told["ogr_subtypes"], strict=True))
        assert subtypes["main"] == "OFSTBoolean"
        assert told["crs"] == "EPSG:4326"
        assert pyogrio.read_info(path, layer="corrections")["ogr_types"][5] == "OFTDateTime"

    def test_gdal_reads_the_same_rows(self, path: Path, made: Tables) -> None:
        read = pyogrio.read_dataframe(path, layer="incidents")
        assert read["id"].tolist() == made["incidents"]["id"].tolist()
        assert read.geometry.to_wkt().tolist() == made["incidents"].geometry.to_wkt().tolist()

    def test_spatial_index_finds(self, path: Path) -> None:
        assert pyogrio.read_info(path, layer="events")["capabilities"]["fast_spatial_filter"]
        found = pyogrio.read_dataframe(path, layer="events", bbox=(40, 35.2, 40.4, 35.4))
        assert sorted(found["id"]) == ["e1", "e2"]

    def test_columns_have_titles(self, path: Path) -> None:
        with opened(path) as database:
            titles = dict(
                database.execute(
                    "SELECT column_name, title FROM gpkg_data_columns WHERE table_name = 'incidents'"
                ),
            )
        assert titles == {column.name: column.alias for column in schema()["incidents"]}

    def test_ids_of_other_tables_are_foreign_keys_that_hold(self, path: Path) -> None:
        with opened(path) as database:
            keys = {
                (row[3], row[2])
                for row in database.execute("SELECT * FROM pragma_foreign_key_list('claims')")
            }
            broken = database.execute("PRAGMA foreign_key_check").fetchall()
        assert keys == {("event", "events"), ("incident", "incidents"), ("report", "reports")}
        assert broken == []

    def test_attribute_indexes_are_used(self, path: Path) -> None:
        with opened(path) as database:
            plan = database.execute("EXPLAIN QUERY PLAN SELECT * FROM claims WHERE event = 'e1'").fetchall()
        assert "USING INDEX claims_event" in plan[0][3]

    def test_every_table_has_one_default_style(self, path: Path) -> None:
        found = styles_of(path)
        assert set(found) == set(schema())
        for table, root in found.items():
            titles = {alias.get("field"): alias.get("name") for alias in root.iter("alias")}
            assert titles == {column.name: column.alias for column in schema()[table]}
            assert (root.find("renderer-v2") is not None) == (table in GEOMETRY)

    @pytest.mark.parametrize("layer", ["incidents", "events"])
    def test_styles_follow_type_and_time(self, path: Path, layer: str) -> None:
        root = styles_of(path)[layer]
        symbols = {symbol.get("name"): symbol for symbol in root.iter("symbol")}
        colors = {}
        for category in root.iter("category"):
            option = symbols[category.get("symbol")].find("layer/Option/Option[@name='color']")
            red, green, blue, _ = (option.get("value") or "").split(",")
            colors[category.get("label")] = f"#{int(red):02x}{int(green):02x}{int(blue):02x}"
        listed = {row["type"]: row["color"] for _, row in lexicons.rows("event_styles.csv", "type", "color")}
        assert colors == listed
        temporal = root.find("temporal")
        assert (temporal.get("startField"), temporal.get("endField")) == ("date_from", "date_to")

    def test_styles_show_no_text_of_a_report_as_html(self, path: Path) -> None:
        assert [table for table, root in styles_of(path).items() if root.find("mapTip") is not None] == []

    def test_qgis_opens_it_styled(self, path: Path) -> None:
        python = system_python("qgis.core", "python3-qgis")
        script = (
            "from qgis.core import QgsApplication, QgsVectorLayer\n"
            "app = QgsApplication([], False); app.initQgis()\n"
            f"layer = QgsVectorLayer({str(path)!r} + '|layername=incidents', 'i', 'ogr')\n"
            "layer.loadNamedStyle(layer.styleURI())\n"
            "print('told', layer.featureCount(), layer.renderer().type(), layer.attributeAlias(3),"
            " layer.temporalProperties().isActive(), layer.displayExpression())\n"
        )
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
        done = subprocess.run(
            [python, "-c", script], capture_output=True, text=True, env=environment, check=False
        )
        assert 'told 4 categorizedSymbol Event type True "title"' in done.stdout.splitlines()

    def test_rtree_stays_true_when_gdal_edits(self, path: Path) -> None:
        if shutil.which("ogrinfo") is None:
            pytest.skip("ogrinfo is missing: apt-get install gdal-bin")
        for statement in (
            "UPDATE events SET geom = NULL WHERE id = 'e1'",
            "DELETE FROM events WHERE id = 'e3'",
        ):
            subprocess.run(["ogrinfo", "-q", str(path), "-sql", statement], check=True, capture_output=True)
        with opened(path) as database:
            assert database.execute("SELECT count(*) FROM rtree_events_geom").fetchone() == (2,)

    def test_is_valid_by_the_rules_of_ogc(self, path: Path) -> None:
        python = system_python("osgeo_utils", "python3-gdal")
        command = [python, "-m", "osgeo_utils.samples.validate_gpkg", "-q", str(path)]
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        assert (done.returncode, done.stdout) == (0, "")

    def test_has_what_ogc_requires(self, path: Path) -> None:
        with opened(path) as database:
            one = {
                name: database.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("application_id", "user_version", "integrity_check")
            }
            listed = {row[0] for row in database.execute("SELECT table_name FROM gpkg_contents")}
            boxes = database.execute(
                "SELECT min_x, max_y FROM gpkg_contents WHERE table_name = 'events'"
            ).fetchone()
        assert one == {"application_id": 0x47504B47, "user_version": 10200, "integrity_check": "ok"}
        assert listed == {*schema(), "layer_styles"}
        assert boxes == (builders.TANF.lon, builders.KHUSHAM.lat)


class TestMistakes:
    def mistake(self, path: Path, words: str) -> None:
        with pytest.raises(ProjectError, match=words) as caught:
            project.read(path)
        assert "\n" not in str(caught.value)
        assert str(path) in str(caught.value)

    def test_missing(self, tmp_path: Path) -> None:
        self.mistake(tmp_path / "no.gpkg", r"no such file: make it with `conflictmap map")

    def test_folder(self, tmp_path: Path) -> None:
        self.mistake(tmp_path, "is a folder: name the project file in it")

    @pytest.mark.parametrize("content", [b"", b"hello", b"SQLite"])
    def test_no_database(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "x.gpkg"
        file.write_bytes(content)
        self.mistake(file, "is not a conflictmap project")

    def test_another_geopackage(self, tmp_path: Path, made: Tables) -> None:
        file = tmp_path / "other.gpkg"
        pyogrio.write_dataframe(made["incidents"], file)
        self.mistake(file, "is not a conflictmap project")

    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
    def test_cut_short(self, path: Path, share: float) -> None:
        os.truncate(path, int(path.stat().st_size * share))
        self.mistake(path, "is damaged")

    @pytest.mark.parametrize(
        "statement",
        [
            "UPDATE events SET date_from = 'soon'",
            "UPDATE events SET geom = x'00'",
            "UPDATE events SET start = 'x'",
            "UPDATE meta SET value = 'x' WHERE key = 'version'",
            "ALTER TABLE events DROP COLUMN quote",
            "DROP TABLE claims",
        ],
    )
    def test_spoilt_by_hand(self, path: Path, statement: str) -> None:
        with opened(path) as database:
            for (trigger,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            ).fetchall():
                database.execute(f"DROP TRIGGER {trigger}")
            database.execute(statement)
        self.mistake(path, "is damaged")

    def test_newer_format(self, path: Path) -> None:
        with opened(path) as database:
            database.execute("UPDATE meta SET value = '2' WHERE key = 'version'")
        self.mistake(path, "upgrade it with `pip install -U conflictmap`")

    def test_unknown_layer(self, path: Path) -> None:
        with pytest.raises(ProjectError, match="no layer 'event' in a project: there are incidents, events"):
            project.read(path, ["event"])


class TestWriting:
    def test_leaves_the_old_file_when_it_fails(self, path: Path, made: Tables) -> None:
        before = path.read_bytes()
        twice = {**made, "reports": pd.concat([made["reports"]] * 2, ignore_index=True)}
        with pytest.raises(ProjectError, match="cannot be written"):
            project.write(path, twice)
        assert path.read_bytes() == before
        assert list(path.parent.iterdir()) == [path]

    def test_leaves_nothing_beside_it(self, path: Path) -> None:
        assert list(path.parent.iterdir()) == [path]

    def test_folder_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match=r"there is no folder .*: make it first"):
            project.write(tmp_path / "no" / "p.gpkg", {})

    def test_target_is_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(OutputError, match="is a folder: name a file in it"):
            project.write(tmp_path, {})
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes everywhere")
    def test_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o500)
        with pytest.raises(OutputError, match="cannot be written"):
            project.write(tmp_path / "p.gpkg", {})

    def test_second_writer_waits_then_says_so(self, path: Path) -> None:
        with (
            atomic.only_writer(path),
            pytest.raises(ProjectError, match="is being written by another run"),
        ):
            project.update(path, lambda tables: tables, wait_s=0.1)
        project.update(path, lambda tables: tables, wait_s=0.1)

    def test_second_writer_comes_after_the_first(self, path: Path) -> None:
        def run() -> None:
            for _ in range(5):
                project.update(path, self.one_more, wait_s=30)

        threads = [threading.Thread(target=run) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(project.read(path, ["corrections"])["corrections"]) == 15

    def one_more(self, tables: Tables) -> Tables:
        row = dict.fromkeys((column.name for column in schema()["corrections"]), None)
        row["id"] = str(len(tables["corrections"]))
        return {
            **tables,
            "corrections": pd.concat([tables["corrections"], frame("corrections", [row])], ignore_index=True),
        }

    def test_update_keeps_meta(self, path: Path) -> None:
        project.update(path, lambda tables: tables, {"coded": "3"})
        assert project.told(project.read(path, ["meta"])) == {
            "gazetteer": "abc",
            "coded": "3",
            "version": "1",
        }

    def test_a_lock_left_behind_does_not_block(self, path: Path) -> None:
        path.with_name(f".{path.name}.lock").touch()
        project.update(path, lambda tables: tables, wait_s=0.1)


class TestGeometry:
    @pytest.mark.parametrize("flags", [1, 3, 5, 7, 9])
    def test_reads_any_header(self, flags: int) -> None:
        box = {1: 0, 3: 32, 5: 48, 7: 48, 9: 64}[flags]
        blob = b"GP\x00" + bytes([flags]) + b"\xe6\x10\x00\x00" + bytes(box) + shapely.Point(1, 2).wkb
        assert geometry.decode([blob, None]).tolist() == [shapely.Point(1, 2), None]

    @pytest.mark.parametrize(
        "blob", [b"", b"GP", b"GP\x00\x0b\xe6\x10\x00\x00\x01", b"XX" + bytes(40), b"GP\x00\x01" + bytes(9)]
    )
    def test_refuses_what_is_none(self, blob: bytes) -> None:
        with pytest.raises(ValueError, match="bad geometry"):
            geometry.decode([blob])


class TestSelect:
    def ids(self, data: Tables, table: str) -> list[str]:
        return sorted(data[table]["id"])

    def test_nothing_asked_gives_all(self, made: Tables) -> None:
        assert project.select(made, Filter()) == made

    @pytest.mark.parametrize(
        ("wanted", "events"),
        [
            (Filter(source=("RT",)), ["e1"]),
            (Filter(source=("rt", "SANA")), ["e1", "e3", "e4", "e5"]),
            (Filter(type=("chemical WEAPON",)), ["e3"]),
            (Filter(type=("Explosions/Remote violence",)), ["e1", "e2", "e3", "e4", "e5"]),
            (Filter(actor=("pro-government-forces",)), ["e1", "e2", "e3", "e5"]),
            (Filter(actor=("us-led COALITION",)), ["e1", "e2", "e3", "e4", "e5"]),
            (Filter(since=date(2018, 1, 1)), ["e1", "e2", "e5"]),
            (Filter(until=date(2017, 12, 31)), ["e3"]),
            (Filter(since=date(2018, 2, 8), until=date(2018, 2, 8)), ["e1", "e2", "e5"]),
            (Filter(since=date(2018, 2, 9)), []),
            (Filter(bbox=(40.2, 35.2, 40.4, 35.4)), ["e1", "e2"]),
            (Filter(bbox=(40.6, -90, 39, 90)), ["e3"]),
            (Filter(source=("RT",), until=date(2017, 12, 31)), []),
        ],
    )
    def test_events(self, made: Tables, wanted: Filter, events: list[str]) -> None:
        assert self.ids(project.select(made, wanted), "events") == events

    def test_other_versions_of_an_incident_stay(self, made: Tables) -> None:
        events = made["events"].copy()
        events.loc[events["id"] == "e2", "date_from"] = pd.Timestamp(2018, 3, 1)
        events.loc[events["id"] == "e2", "date_to"] = pd.Timestamp(2018, 3, 1)
        kept = project.select({**made, "events": events}, Filter(since=date(2018, 3, 1)))
        assert self.ids(kept, "events") == ["e1", "e2"]
        assert self.ids(kept, "incidents") == ["i1"]

    def test_a_source_keeps_only_its_own(self, made: Tables) -> None:
        kept = project.select(made, Filter(source=("RT",)))
        assert set(kept["claims"]["source"]) == {"RT"}
        assert self.ids(kept, "reports") == ["r1"]
        assert self.ids(kept, "places") == [builders.KHUSHAM.id]
        assert self.ids(kept, "actors") == ["pro-government-forces", "us-coalition"]
        row = kept["incidents"].iloc[0]
        assert (row["sources"], row["source_count"], row["event_count"]) == ("RT", 1, 1)
        assert (row["killed_low"], row["killed_high"]) == (100, 100)
        assert row["injured_low"] is pd.NA
        assert not row["contested"]
        assert row["contested_about"] is None

    def test_reports_without_a_source_can_be_asked_for(self) -> None:
        nameless = replace(builders.coded()[0], report=builders.report("r1", None))
        cases = [builders.incident("i1", ("e2", "e1"), sources=("Reuters", NO_SOURCE))]
        made = tables([nameless, builders.coded()[1]], cases)
        kept = project.select(made, Filter(source=(NO_SOURCE,)))
        assert self.ids(kept, "events") == ["e1"]
        assert kept["incidents"]["sources"].tolist() == [NO_SOURCE]

    def test_disputes_within_one_report_stay(self) -> None:
        claims = (builders.claim("e1", 100), builders.claim("e1", 73, 73))
        torn = replace(
            builders.coded()[0], events=(builders.event("e1", "r1", builders.ref(), claims=claims),)
        )
        case = builders.incident("i1", ("e2", "e1"), contested=("toll", "place"))
        kept = project.select(tables([torn, builders.coded()[1]], [case]), Filter(source=("RT",)))
        assert kept["incidents"][["contested", "contested_about"]].to_numpy().tolist() == [[True, "toll"]]

    def test_whole_incidents_keep_their_sums(self, made: Tables) -> None:
        kept = project.select(made, Filter(source=("RT", "Reuters")))
        assert_frame_equal(
            pd.DataFrame(kept["incidents"]),
            pd.DataFrame(made["incidents"].query("id == 'i1'")).reset_index(drop=True),
        )

    def test_reports_of_a_source_without_events_stay(self) -> None:
        quiet = replace(builders.coded()[0], report=builders.report("r9", "RT"), events=())
        more = tables([*builders.coded(), quiet], builders.incidents())
        assert self.ids(project.select(more, Filter(source=("RT",))), "reports") == ["r1", "r9"]
        assert self.ids(
            project.select(more, Filter(source=("RT",), type=("Chemical weapon", "Air/drone strike"))),
            "reports",
        ) == [
            "r1",
        ]

    @pytest.mark.parametrize(
        "wanted",
        [
            Filter(source=("RT",)),
            Filter(type=("Chemical weapon",)),
            Filter(bbox=(0, 0, 1, 1)),
            Filter(since=date(2018, 2, 8)),
        ],
    )
    def test_what_is_kept_is_a_project(self, made: Tables, wanted: Filter, tmp_path: Path) -> None:
        kept = project.select(made, wanted)
        project.write(tmp_path / "part.gpkg", kept)
        with opened(tmp_path / "part.gpkg") as database:
            assert database.execute("PRAGMA foreign_key_check").fetchall() == []
        same(kept, project.read(tmp_path / "part.gpkg"))

    @pytest.mark.parametrize(
        ("wanted", "words"),
        [
            (Filter(source=("Reutres",)), "No source 'Reutres' in this project. Did you mean 'Reuters'\\?"),
            (
                Filter(type=("Bottles",)),
                "No type 'Bottles'.*There are: Air/drone strike, Chemical weapon, Explosions/Remote violence",
            ),
            (Filter(actor=("sdf",)), "No actor 'sdf'"),
        ],
    )
    def test_unknown_names_list_what_there_is(self, made: Tables, wanted: Filter, words: str) -> None:
        with pytest.raises(ProjectError, match=words):
            project.select(made, wanted)
