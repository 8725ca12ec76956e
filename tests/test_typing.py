"""The packages ship type hints that the two usual checkers accept in a user's code."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "tests" / "typing" / "example.py"
CHECKERS = {
    "mypy": ("-m", "mypy", "--strict", "--follow-imports=silent", str(EXAMPLE)),
    "pyright": ("-m", "pyright", "--pythonpath", sys.executable, str(EXAMPLE)),
}


@pytest.mark.parametrize("package", ["gazetteer", "geo", "maps"])
def test_packages_say_that_they_are_typed(package: str) -> None:
    assert (ROOT / package / "py.typed").is_file()


@pytest.mark.parametrize("checker", CHECKERS)
def test_example_is_typed(checker: str) -> None:
    done = subprocess.run(
        [sys.executable, *CHECKERS[checker]], capture_output=True, text=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout + done.stderr
