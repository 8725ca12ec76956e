"""What the tests of reading share."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from geo.reports import Problem, read

if TYPE_CHECKING:
    from geo.records import Report

ROOT = Path(__file__).parents[3]
SEEDS = ROOT / "seeds"
SHARED = ROOT.parent / "shared"


def read_all(*paths: str | Path) -> tuple[list[Report], list[Problem]]:
    """Read everything and keep the problems."""
    problems: list[Problem] = []
    return list(read(paths, on_problem=problems.append)), problems


def written(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file, packed where its name says so."""
    data = content.encode() if isinstance(content, str) else content
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(
        gzip.compress(data, mtime=0) if name.endswith(".gz") and data[:2] != b"\x1f\x8b" else data
    )
    return path


def shared(*parts: str) -> Path:
    """Find a file of the data beside the repository, or skip the test."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"needs {'/'.join(('../shared', *parts))} beside the repository")
    return path


def gold(name: str) -> Path:
    """Find a file of the gold reports, in the tests or beside the repository."""
    own = ROOT / "tests" / "gold" / name
    return own if own.exists() else shared("gold", name)
