"""What a user of `import` and `export` is told, and what lies beside the project then."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from geo import project
from geo.cli import bars, importing, showing
from geo.cli.app import app
from geo.cli.importing import rejects_beside
from geo.errors import ProjectError, ReportError
from geo.exchange import read as foreign
from geo.tables import tables
from tests.geo import builders
from tests.geo.exchange.test_read import UCDP, as_csv

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result


def said(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words], catch_exceptions=False)


def saved(folder: Path, name: str, *rows: dict[str, str]) -> Path:
    (folder / name).write_text(as_csv(*rows), "utf-8", newline="")
    return folder / name


def test_rows_put_aside_are_told_and_kept(tmp_path: Path) -> None:
    bad = UCDP | {"id": "2", "latitude": ""}
    done = said("import", saved(tmp_path, "ged.csv", UCDP, bad), "-o", tmp_path / "p.gpkg")
    assert done.exit_code == 1
    assert "1 event of UCDP GED in" in done.output
    assert "1 row put aside in" in done.output
    with (tmp_path / "ged.rejects.csv").open(encoding="utf-8", newline="") as file:
        (row,) = csv.DictReader(file)
    assert row == {"row": "3", "reason": "latitude is blank"} | bad


def test_every_table_has_its_own_rejects(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        table = saved(tmp_path, name, UCDP, UCDP | {"id": "2", "latitude": ""})
        assert said("import", table, "-o", tmp_path / "p.gpkg").exit_code == 1
    assert {path.name for path in tmp_path.glob("*.rejects.csv")} == {"a.rejects.csv", "b.rejects.csv"}


def test_a_table_without_an_event_makes_no_project(tmp_path: Path) -> None:
    table = saved(tmp_path, "x.csv", UCDP | {"latitude": ""})
    with pytest.raises(ReportError, match=r"x\.rejects\.csv tells why of each row"):
        said("import", table, "-o", tmp_path / "p.gpkg")
    table.write_text(as_csv(UCDP).splitlines()[0], "utf-8")
    with pytest.raises(ReportError, match="no row that is an event, only a header"):
        said("import", table, "-o", tmp_path / "p.gpkg")
    assert not (tmp_path / "p.gpkg").exists()


@pytest.mark.parametrize("name", ["x.csv", "x.csv.gz", "x.zip", "x.csv.zip", "x.geojson", "x"])
def test_rejects_lie_beside_the_project(tmp_path: Path, name: str) -> None:
    assert rejects_beside(tmp_path / "p.gpkg", tmp_path / "there" / name) == tmp_path / "x.rejects.csv"


def test_rejects_that_are_mended_are_not_overwritten(tmp_path: Path) -> None:
    assert rejects_beside(tmp_path / "p.gpkg", tmp_path / "x.rejects.csv").name == "x.rejects.rejects.csv"


def test_an_encoding_that_was_guessed_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(as_csv(UCDP | {"where_coordinates": "Alépö Café"}).encode("cp1252"))
    done = said("import", tmp_path / "x.csv", "-o", tmp_path / "p.gpkg")
    assert (done.exit_code, "is not UTF-8: read as" in done.output) == (0, True)


def test_a_source_that_is_not_there_is_told(tmp_path: Path) -> None:
    said("import", saved(tmp_path, "ged.csv", UCDP), "-o", tmp_path / "p.gpkg")
    with pytest.raises(ProjectError, match="Did you mean 'UCDP GED'"):
        said("export", tmp_path / "p.gpkg", tmp_path / "x.csv", "--source", "UCDP GDE")


@pytest.mark.parametrize(("terminal", "shown"), [(True, True), (False, False)])
def test_long_exports_show_how_far_they_are(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    terminal: bool,  # noqa: FBT001
    shown: bool,  # noqa: FBT001
) -> None:
    project.write(tmp_path / "p.gpkg", tables(builders.coded(), builders.incidents()))
    monkeypatch.setattr(bars, "LONG", 1)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    monkeypatch.setenv("TERM", "xterm")
    showing.export(tmp_path / "p.gpkg", str(tmp_path / "x.kml"), layer="incidents", as_=None, boundaries=None)
    assert ("writing" in capsys.readouterr().err) is shown


@pytest.mark.parametrize("terminal", [True, False])
def test_imports_show_which_step_they_are_in(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    terminal: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    monkeypatch.setenv("TERM", "xterm")
    importing.import_(saved(tmp_path, "ged.csv", UCDP), tmp_path / "[b]{x}.gpkg")
    err = capsys.readouterr().err
    assert ("linking 1 event and writing [b]{x}.gpkg" in err) is terminal
    assert "of UCDP GED in" in err


def test_reading_tells_how_many_rows_are_done(tmp_path: Path) -> None:
    many = (UCDP | {"id": str(k)} for k in range(2500))
    told: list[int] = []
    foreign.read(saved(tmp_path, "many.csv", *many), watch=told.append)
    assert told == [1000, 2000]
