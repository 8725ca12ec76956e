"""A run on a cluster gives what one process gives, also when a worker dies in the middle of it."""

from __future__ import annotations

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from distributed import Client, LocalCluster
from pandas.testing import assert_frame_equal

from geo.cluster.run import run
from geo.cluster.stages import SPLIT
from geo.errors import OutputError
from geo.pipeline import link_all
from geo.reports import Problem, read
from geo.tables import tables
from tests.geo.cli.conftest import conflictmap
from tests.geo.conftest import GOLD

ALL = (*SPLIT, "places", "actors")
SMALL = 12_000
PATIENCE_S = 120.0


@pytest.fixture(scope="module")
def cluster() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two files: the second has a report of the first again, and another under an id of the first."""
    made = tmp_path_factory.mktemp("input")
    lines = (GOLD / "reports.jsonl").read_text("utf-8").splitlines()
    first, second = json.loads(lines[0]), json.loads(lines[1])
    (made / "a.jsonl").write_text("\n".join(lines) + "\n", "utf-8")
    again = [first, {**second, "id": first["id"], "text": second["text"] + " It was a Friday."}]
    (made / "b.jsonl").write_text("".join(json.dumps(x) + "\n" for x in again), "utf-8")
    return made


@pytest.fixture(scope="module")
def serial(world: Any, folder: Path) -> dict[str, pd.DataFrame]:
    from geo.pipeline import code_all

    coded = list(code_all(world, read([folder], on_problem=lambda _: None)))
    assert len(coded) == 59
    return tables(coded, link_all(coded))


def table(out: Path, name: str) -> pd.DataFrame:
    """Read the parts of a table as a user would."""
    parts = sorted((out / name).glob("part-*.parquet"))
    return pd.concat([pd.read_parquet(part) for part in parts], ignore_index=True)


def plain(frame: pd.DataFrame) -> pd.DataFrame:
    """Give a frame in an order and with types that do not depend on how it was written."""
    kept = frame.drop(columns=["geometry", "bbox"], errors="ignore").astype(object)
    kept = kept.map(lambda cell: None if pd.isna(cell) else str(cell).removesuffix(" 00:00:00"))
    return kept.sort_values(list(kept.columns), na_position="first").reset_index(drop=True)


def same(out: Path, serial: dict[str, pd.DataFrame]) -> None:
    for name in ALL:
        assert_frame_equal(plain(table(out, name)), plain(pd.DataFrame(serial[name])), check_names=False)
    assert sorted(p.name for p in out.iterdir()) == sorted(ALL)


def test_gives_what_one_process_gives(
    cluster: LocalCluster, folder: Path, serial: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    told: list[Problem] = []
    sums = run(
        cluster.scheduler_address,
        [str(folder)],
        str(tmp_path),
        tell=told.append,
        piece_bytes=SMALL,
        part_events=40,
    )
    same(tmp_path, serial)
    assert len(list((tmp_path / "events").iterdir())) > 4, "there are several pieces"
    assert (sums.reports, sums.events) == (59, len(serial["events"]))
    assert (sums.incidents, sums.contested) == (
        len(serial["incidents"]),
        int(serial["incidents"]["contested"].sum()),
    )
    assert [problem.what for problem in told] == ["the same text from the same source came before"]


def test_a_worker_that_dies_costs_no_report(
    cluster: LocalCluster, folder: Path, serial: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    killed: list[int] = []

    def kill() -> None:
        coded = tmp_path / ".conflictmap" / "coded"
        until = time.monotonic() + PATIENCE_S
        while not coded.exists() and time.monotonic() < until:
            time.sleep(0.01)
        killed.extend(victims[:1])
        os.kill(victims[0], signal.SIGKILL)

    with Client(cluster.scheduler_address, set_as_default=False) as client:
        victims = list(client.run(os.getpid).values())
    killer = threading.Thread(target=kill)
    killer.start()
    sums = run(
        cluster.scheduler_address, [str(folder)], str(tmp_path), tell=lambda _: None, piece_bytes=SMALL // 4
    )
    killer.join()
    assert len(killed) == 1
    assert sums.reports == 59
    same(tmp_path, serial)


def test_addresses_of_storage(
    cluster: LocalCluster, folder: Path, serial: dict[str, pd.DataFrame], tmp_path: Path
) -> None:
    done = conflictmap(
        "map", f"file://{folder}", "--cluster", cluster.scheduler_address, "-o", f"file://{tmp_path}/out"
    )
    assert done.code == 0, done.err
    assert done.told[-1].startswith("59 reports, ")
    found, expected = table(tmp_path / "out", "incidents"), serial["incidents"]
    assert sorted(found["id"]) == sorted(expected["id"])


def test_a_scheduler_that_does_not_answer_is_told(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("geo.cluster.run.WAIT_S", 1)
    with pytest.raises(OutputError, match="no Dask scheduler answers"):
        run("tcp://127.0.0.1:9", [str(folder)], str(tmp_path), tell=lambda _: None)
