"""A project in a real PostgreSQL with PostGIS, started for the test where Debian's packages are there."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from geo.errors import OutputError
from geo.exchange import postgis
from geo.exchange.write import export
from geo.tables import schema, tables
from tests.geo import builders

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

HINT = "apt-get install postgresql postgresql-15-postgis-3"


@pytest.fixture(scope="module")
def made() -> dict[str, pd.DataFrame]:
    return tables(builders.coded(), builders.incidents())


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    psycopg = pytest.importorskip("psycopg")
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        pytest.skip(f"PostgreSQL is missing: {HINT}")
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    # The server refuses to run as root.
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if prefix:
        shutil.chown(folder, "postgres")

    def run(program: str, *arguments: str) -> None:
        command = [*prefix, str(programs[-1].with_name(program)), "-D", str(folder / "data"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/")

    run("initdb", "-U", "postgres", "-A", "trust", "--no-sync")
    run("pg_ctl", "-w", "-o", f"-c listen_addresses='' -k {folder} -F", "start")
    try:
        address = f"postgresql:///postgres?host={folder}&user=postgres"
        with psycopg.connect(address) as connection:
            found = connection.execute(
                "SELECT count(*) FROM pg_available_extensions WHERE name = 'postgis'"
            ).fetchone()
        if found == (0,):
            pytest.skip(f"PostGIS is missing: {HINT}")
        yield address
    finally:
        run("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(folder)


def asked(url: str, question: str) -> list[tuple[Any, ...]]:
    import psycopg

    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchall()


def test_every_row_arrives_with_its_type(url: str, made: dict[str, pd.DataFrame]) -> None:
    assert export(made, url) == sum(len(data) for data in made.values())
    columns = "sources, killed_low, contested, date_from, ST_X(geom)"
    question = f"SELECT {columns} FROM conflictmap.incidents WHERE id = 'i1'"
    assert asked(url, question) == [("RT; Reuters", 73, True, date(2018, 2, 7), 40.28916)]
    areas = asked(url, "SELECT ST_SRID(geom), ST_IsValid(geom) FROM conflictmap.footprints")
    assert areas == [(4326, True)] * 2
    assert asked(url, "SELECT count(*) FROM conflictmap.events WHERE geom IS NULL") == [(1,)]


def test_progress_is_told_over_all_tables(url: str, made: dict[str, pd.DataFrame]) -> None:
    told: list[int] = []
    rows = export(made, url, watch=told.append)
    assert told == sorted(told)
    assert told[-1] == rows


def test_keys_and_indexes_are_there(url: str, made: dict[str, pd.DataFrame]) -> None:
    postgis.write(made, url)
    ours = "connamespace = 'conflictmap'::regnamespace"
    keys = asked(url, f"SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND {ours}")
    wanted = sum(column.refers_to is not None for columns in schema().values() for column in columns)
    assert keys == [(wanted,)]
    gist = asked(
        url, "SELECT count(*) FROM pg_indexes WHERE schemaname = 'conflictmap' AND indexdef LIKE '%gist%'"
    )
    assert gist == [(5,)]


def test_a_failure_leaves_what_was_there(url: str, made: dict[str, pd.DataFrame]) -> None:
    postgis.write(made, url)
    broken = {**made, "events": made["events"].assign(incident="gone")}
    with pytest.raises(OutputError, match="cannot be written"):
        postgis.write(broken, url)
    assert asked(url, "SELECT count(*) FROM conflictmap.incidents") == [(4,)]


def test_hostile_texts(url: str) -> None:
    text = "'; DROP TABLE x; -- \\N \\. \t\n\r\u202e😀"
    hostile = builders.event("e1", "r1", builders.ref(), quote=text, claims=())
    coded = builders.Coded(report=builders.report("r1", text), events=(hostile,))
    postgis.write(tables([coded], []), url)
    assert asked(url, "SELECT source, quote FROM conflictmap.events") == [(text, text)]


def test_mistakes_tell_no_password(made: dict[str, pd.DataFrame]) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(OutputError, match="cannot be written") as caught:
        postgis.write(made, "postgresql://me:secret@127.0.0.1:1/db?connect_timeout=1")
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("target", "expected"),
    [("postgresql://h/db", True), ("postgres:///db", True), ("out.gpkg", False), ("C:/x.csv", False)],
)
def test_targets(target: str, expected: bool) -> None:  # noqa: FBT001
    assert postgis.is_database(target) == expected
