"""Runs that are killed or stopped go on where they were; processes, orders and pipes change no byte."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from geo import project
from tests.geo.cli.conftest import conflictmap
from tests.geo.conftest import GOLD, ROOT, SEEDS

FILES = ["events.geojson", "incidents.geojson", "map.html", "project.gpkg"]
PATIENCE_S = 60.0


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return (GOLD / "reports.jsonl").read_text("utf-8").splitlines(keepends=True)


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> Path:
    folder = tmp_path_factory.mktemp("uninterrupted")
    (folder / "in.jsonl").write_text("".join(lines), "utf-8")
    done = conflictmap("map", "in.jsonl", "-o", "out", cwd=folder)
    assert done.code == 0, done.err
    return folder / "out"


def same(left: Path, right: Path) -> None:
    assert sorted(p.name for p in left.iterdir()) == FILES
    for name in FILES:
        assert (left / name).read_bytes() == (right / name).read_bytes(), name


# A shell that starts a test run in the background has it ignore Ctrl-C; what is tested listens.
START = (
    "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); from geo.cli import run; run()"
)


@contextlib.contextmanager
def fed(
    folder: Path, lines: list[str], *words: str
) -> Iterator[tuple[subprocess.Popen[str], Callable[[Callable[[], bool]], None]]]:
    """Give a run that reads a pipe, and what feeds it lines until something is there."""
    pipe = folder / "in.jsonl"
    os.mkfifo(pipe)
    run = subprocess.Popen(
        [sys.executable, "-c", START, *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with pipe.open("w", encoding="utf-8") as end:

        def feed(there: Callable[[], bool]) -> None:
            until = time.monotonic() + PATIENCE_S
            for line in lines:
                end.write(line)
                end.flush()
                time.sleep(0.1)
                if there():
                    return
            while not there() and time.monotonic() < until:
                time.sleep(0.1)

        yield run, feed
        with contextlib.suppress(BrokenPipeError):
            end.close()
    pipe.unlink()


@contextlib.contextmanager
def halfway(folder: Path, lines: list[str], *options: str) -> Iterator[subprocess.Popen[str]]:
    """Give a map that has kept some reports and waits for the next."""
    with fed(folder, lines, "map", "in.jsonl", "-o", "out", *options) as (run, feed):
        feed((folder / "out" / "project.gpkg").exists)
        yield run


def resumed(folder: Path, lines: list[str], *options: str) -> str:
    (folder / "in.jsonl").write_text("".join(lines), "utf-8")
    done = conflictmap("map", "in.jsonl", "-o", "out", "--resume", *options, cwd=folder)
    assert done.code == 0, done.err
    return done.err


def test_killed_run_goes_on_to_the_same_bytes(tmp_path: Path, lines: list[str], uninterrupted: Path) -> None:
    with halfway(tmp_path, lines) as run:
        run.kill()
        run.communicate(timeout=PATIENCE_S)
    left = project.read(tmp_path / "out" / "project.gpkg")
    assert project.told(left)["unfinished"] == "yes"
    assert "coded before" in resumed(tmp_path, lines)
    same(tmp_path / "out", uninterrupted)


def test_processes_of_a_killed_run_end_too(tmp_path: Path, lines: list[str], uninterrupted: Path) -> None:
    with halfway(tmp_path, lines * 5, "--workers", "2") as run:
        run.kill()
        # Ends only when every process that holds the other end of the pipe has ended.
        run.communicate(timeout=PATIENCE_S)
    resumed(tmp_path, lines, "--workers", "2")
    same(tmp_path / "out", uninterrupted)


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_stopped_run_leaves_a_project_of_what_it_has(
    tmp_path: Path, lines: list[str], uninterrupted: Path, sign: signal.Signals
) -> None:
    with halfway(tmp_path, lines) as run:
        run.send_signal(sign)
        told, _ = run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 130
    assert "conflictmap map ... -o out --resume" in told.splitlines()[-1]
    assert "Traceback" not in told
    left = project.read(tmp_path / "out" / "project.gpkg")
    assert 0 < len(left["reports"]) < len(lines)
    assert len(left["incidents"]) > 0
    resumed(tmp_path, lines)
    same(tmp_path / "out", uninterrupted)


def test_stopped_run_leaves_a_finished_project_alone(
    tmp_path: Path, lines: list[str], uninterrupted: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "project.gpkg").write_bytes((uninterrupted / "project.gpkg").read_bytes())
    with fed(tmp_path, lines, "map", "in.jsonl", "-o", "out") as (run, feed):
        feed((tmp_path / "out" / ".project.gpkg.run").exists)
        run.send_signal(signal.SIGINT)
        run.communicate(timeout=PATIENCE_S)
    assert run.returncode == 130
    assert (tmp_path / "out" / "project.gpkg").read_bytes() == (uninterrupted / "project.gpkg").read_bytes()


def test_two_processes_write_the_same_bytes(tmp_path: Path, lines: list[str], uninterrupted: Path) -> None:
    (tmp_path / "in.jsonl").write_text("".join(lines), "utf-8")
    done = conflictmap("map", "in.jsonl", "-o", "out", "--workers", "2", cwd=tmp_path)
    assert done.code == 0, done.err
    same(tmp_path / "out", uninterrupted)


def test_parse_and_add_with_two_processes(tmp_path: Path) -> None:
    one, *others = sorted(SEEDS.glob("20*.md"))
    assert conflictmap("parse", SEEDS, "--workers", "2").out == conflictmap("parse", SEEDS).out
    for name, workers in (("a", "1"), ("b", "2")):
        assert conflictmap("map", one, "-o", tmp_path / name).code == 0
        done = conflictmap("add", tmp_path / name / "project.gpkg", *others, "--workers", workers)
        assert done.code == 0, done.err
        assert sorted(p.name for p in (tmp_path / name).iterdir()) == FILES
    assert (tmp_path / "a" / "project.gpkg").read_bytes() == (tmp_path / "b" / "project.gpkg").read_bytes()


def test_order_of_the_files_changes_no_byte(tmp_path: Path) -> None:
    files = sorted(SEEDS.glob("20*.md"))
    for name, given in (("there", files), ("back", files[::-1])):
        assert conflictmap("map", *given, "-o", tmp_path / name).code == 0
    same(tmp_path / "back", tmp_path / "there")


def test_a_stopped_run_is_begun_anew_without_the_option(tmp_path: Path) -> None:
    (tmp_path / ".project.gpkg.run").write_bytes(b"")
    done = conflictmap("map", SEEDS, "-o", tmp_path)
    assert done.code == 0
    assert any("use --resume" in line for line in done.told)
    assert sorted(p.name for p in tmp_path.iterdir()) == FILES


def test_add_goes_on_where_it_was_killed(tmp_path: Path, lines: list[str]) -> None:
    first = min(SEEDS.glob("20*.md"))
    for name in ("killed", "whole"):
        assert conflictmap("map", first, "-o", tmp_path / name).code == 0
    project_file = tmp_path / "killed" / "project.gpkg"
    before = project_file.read_bytes()
    with fed(tmp_path, lines, "add", str(project_file), "in.jsonl") as (run, feed):
        feed((tmp_path / "killed" / ".project.gpkg.run").exists)
        run.kill()
        run.communicate(timeout=PATIENCE_S)
    assert project_file.read_bytes() == before
    (tmp_path / "in.jsonl").write_text("".join(lines), "utf-8")
    assert conflictmap("add", project_file, "in.jsonl", "--resume", cwd=tmp_path).code == 0
    assert conflictmap("add", tmp_path / "whole" / "project.gpkg", "in.jsonl", cwd=tmp_path).code == 0
    assert project_file.read_bytes() == (tmp_path / "whole" / "project.gpkg").read_bytes()
    assert sorted(p.name for p in project_file.parent.iterdir()) == FILES


def test_a_second_map_into_the_folder_waits_and_says_so(
    tmp_path: Path, lines: list[str], uninterrupted: Path
) -> None:
    with halfway(tmp_path, lines) as run:
        second = conflictmap("map", SEEDS, "-o", "out", cwd=tmp_path)
        assert second.code == 2
        assert second.told[-1].startswith("conflictmap: out/project.gpkg is being written by another run")
        run.kill()
        run.communicate(timeout=PATIENCE_S)
    resumed(tmp_path, lines)
    same(tmp_path / "out", uninterrupted)


def test_a_log_gets_a_line_now_and_then(
    tmp_path: Path, lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.cli.progress.LINE_EVERY_S", 0.0)
    (tmp_path / "in.jsonl").write_text("".join(lines[:5]), "utf-8")
    done = conflictmap("parse", "in.jsonl", cwd=tmp_path)
    shown = [line for line in done.told if " a second" in line]
    assert shown[0].startswith("conflictmap: 1 report, ")
    assert shown[-1].startswith("conflictmap: 5 reports, ")
    assert "100% of the input" in shown[-1]
