"""The command line run as users run it, and one map of the seeds for all who only look at it."""

from __future__ import annotations

import contextlib
import io
import os
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path

import pytest

from geo.cli import run
from tests.geo.conftest import ROOT, SEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def told(self) -> list[str]:
        """Lines on standard error."""
        return self.err.splitlines()


WARNINGS = os.environ.get("WARNINGS", "error")
"""What becomes of warnings in a process of its own; `make lowest` lets old libraries warn."""
# What a running interpreter no longer listens to.
AT_START = frozenset({"PYTHONHASHSEED", "PYTHONIOENCODING", "LC_ALL", "TZ"})


def conflictmap(
    *arguments: str | Path, cwd: Path = ROOT, stdin: str | None = None, **environment: str
) -> Run:
    """Run the command; in a process of its own where the environment must be there from the start."""
    words = [str(a) for a in arguments]
    wanted = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200", "NO_COLOR": "1", **environment}
    if AT_START & set(environment):
        return _apart(words, cwd, wanted)
    return _here(words, cwd, wanted, stdin)


def _apart(arguments: list[str], cwd: Path, environment: dict[str, str]) -> Run:
    done = subprocess.run(
        [sys.executable, "-W", WARNINGS, "-c", "from geo.cli import run; run()", *arguments],
        capture_output=True,
        check=False,
        cwd=cwd,
        env=environment,
    )
    return Run(code=done.returncode, out=done.stdout.decode(), err=done.stderr.decode())


def _here(arguments: list[str], cwd: Path, environment: dict[str, str], stdin: str | None) -> Run:
    out, err = io.BytesIO(), io.BytesIO()
    code = 0
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(cwd):
        patch.setattr(os, "environ", environment)
        patch.setattr(sys, "argv", ["conflictmap", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((stdin or "").encode()), "utf-8"))
        patch.setattr(sys, "stdout", io.TextIOWrapper(out, "utf-8", write_through=True))
        patch.setattr(sys, "stderr", io.TextIOWrapper(err, "utf-8", write_through=True))
        try:
            run()
        except SystemExit as end:
            code = int(end.code or 0)
        except Exception:  # noqa: BLE001 — what the interpreter would do
            traceback.print_exc()
            code = 1
        return Run(code=code, out=out.getvalue().decode(), err=err.getvalue().decode())


@pytest.fixture(scope="session")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Map the seeds; the folder is only to be looked at."""
    out = tmp_path_factory.mktemp("mapped") / "out"
    done = conflictmap("map", SEEDS, "-o", out)
    assert done.code == 0, done.err
    return out
