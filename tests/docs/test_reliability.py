"""Every row of the table of failures in docs/reliability.md, run as it stands there."""

from __future__ import annotations

import re
import shlex
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo.cli import faults
from tests.docs.broken_things import furnish
from tests.geo.cli.conftest import conflictmap, mapped
from tests.geo.conftest import ROOT

__all__ = ["mapped"]

PAGE = ROOT / "docs" / "reliability.md"
ROW = re.compile(
    r"^\| (?P<what>[^|]+) \| `(?P<command>[^`|]+)` \| (?P<code>\d+) \| (?P<message>[^|]+) \|$",
    re.MULTILINE,
)
FULL = "a full disk"
ROOM = 30_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A row of the table."""

    what: str
    command: str
    code: int
    message: str

    def told_in(self, words: str) -> bool:
        pattern = ".*".join(re.escape(part.strip()) for part in self.message.split("…"))
        return any(re.search(pattern, line) for line in words.splitlines())


FAILURES = [
    Failure(what=m["what"], command=m["command"], code=int(m["code"]), message=m["message"].strip())
    for m in ROW.finditer(PAGE.read_text("utf-8"))
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, mapped: Path) -> Path:
    made = tmp_path_factory.mktemp("broken")
    furnish(made, mapped)
    return made


@pytest.mark.parametrize("failure", FAILURES, ids=[failure.what for failure in FAILURES])
def test_what_is_told(failure: Failure, folder: Path) -> None:
    with closing(sqlite3.connect(folder / ".busy.gpkg.lock", isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")
        code, told = outcome(failure, folder)
    assert code == failure.code, told
    assert failure.told_in(told), told
    assert "Traceback" not in told
    assert told.replace("\n", "").isprintable()


def outcome(failure: Failure, folder: Path) -> tuple[int, str]:
    words = shlex.split(failure.command)
    if failure.what == FULL:
        from benchmarks.crashes import run

        return run(tuple(words), folder, room=ROOM)
    done = conflictmap(*words, cwd=folder)
    return done.code, done.err


def test_the_table_is_read_whole() -> None:
    rows = PAGE.read_text("utf-8").split("## What goes wrong")[1].split("\n## ")[0]
    assert len(FAILURES) == len([line for line in rows.splitlines() if line.startswith("| ")]) - 1
    assert len(FAILURES) > 40


def test_what_nobody_foresaw(monkeypatch: pytest.MonkeyPatch) -> None:
    words, code = faults.line(ZeroDivisionError("by\x1b[31m zero\nand more"))
    assert code == 3
    assert words.startswith(
        "ZeroDivisionError: by\ufffd[31m zero and more; this is a fault of conflictmap: run"
    )
    assert faults.line(MemoryError())[0].startswith("the memory is full")
    assert faults.line(OSError(28, "No space left on device", "x.gaz")) == (
        "x.gaz: there is no room on the disk; free some, then run the same command again",
        2,
    )
    assert (
        "cannot be read or written (permission denied)"
        in faults.line(PermissionError(13, "Permission denied", "x"))[0]
    )
    monkeypatch.setenv("CONFLICTMAP_DEBUG", "1")
    assert faults.debugging()
