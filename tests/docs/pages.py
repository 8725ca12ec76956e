"""Commands and examples of a page of the documentation, run as they are written."""

from __future__ import annotations

import contextlib
import doctest
import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.geo.cli.conftest import Run, conflictmap

ROOT = Path(__file__).parents[2]
FENCE = re.compile(
    r"(?:<!-- (?P<file>\S+) -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```", re.DOTALL | re.MULTILINE
)
LIKE = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
APART = ("--actors", "--recognizer", "--cluster", "--workers")
"""Options that hold for a whole process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A block of a page."""

    kind: str
    """Its language: sh and console are run, python too; what has a file's name is written."""
    body: str
    """What stands in it."""
    file: str | None
    """Name of the file that it shows."""


def steps(page: Path) -> list[Step]:
    """Return the blocks of a page in their order."""
    found = FENCE.finditer(page.read_text("utf-8"))
    return [Step(kind=m["kind"], body=m["body"], file=m["file"]) for m in found]


def follow(page: Path, folder: Path) -> int:
    """Do what a page says in a folder that holds the seeds; return how many commands were run."""
    (folder / "seeds").symlink_to(ROOT / "seeds")
    names: dict[str, object] = {}
    done = 0
    for step in steps(page):
        if step.file:
            target = folder / step.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step.body, "utf-8")
        elif step.kind == "python":
            with contextlib.chdir(folder):
                exec(compile(step.body, str(page), "exec"), names)  # noqa: S102 — the page's own words
            done += 1
        elif step.kind in {"sh", "console"}:
            for command, wanted in commands(step):
                check(command, wanted, folder)
                done += 1
    return done


def commands(step: Step) -> list[tuple[str, str | None]]:
    """Return each command of a block with what the page says it prints."""
    if step.kind == "sh":
        return [(line, None) for line in step.body.replace("\\\n", " ").splitlines() if line.strip()]
    parts = re.split(r"^\$ ", step.body, flags=re.MULTILINE)[1:]
    return [(command, wanted) for command, _, wanted in (part.partition("\n") for part in parts)]


def check(command: str, wanted: str | None, folder: Path) -> None:
    """Run a command; it ends well and prints what the page shows, where it shows something."""
    before, _, rest = command.partition(" | ")
    to, words = None, shlex.split(rest or before, comments=True)
    if ">" in words:
        to = words[words.index(">") + 1]
        words = words[: words.index(">")]
    stdin = None
    if rest:
        stdin = subprocess.run(
            shlex.split(before), capture_output=True, text=True, check=True, cwd=folder
        ).stdout
    assert words[0] == "conflictmap", f"{command}: what is this?"
    done = run(words[1:], folder, stdin)
    assert done.code == 0, f"{command}: {done.err}{done.out}"
    if to:
        (folder / to).write_text(done.out, "utf-8")
    told = f"{done.out}{done.err}"
    if wanted:
        assert doctest.OutputChecker().check_output(wanted, told, LIKE), f"{command} says:\n{told}"


def run(words: list[str], folder: Path, stdin: str | None) -> Run:
    """Run the command; in a process of its own where an option outlives the call."""
    if not any(word.startswith(APART) for word in words):
        return conflictmap(*words, cwd=folder, stdin=stdin)
    done = subprocess.run(
        [sys.executable, "-c", "from geo.cli import run; run()", *words],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "200"},
    )
    return Run(code=done.returncode, out=done.stdout, err=done.stderr)
