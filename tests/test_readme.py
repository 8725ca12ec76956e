"""The README's example runs as it is written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parent.parent


def test_notebook_example(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    readme = (ROOT / "README.md").read_text("utf-8")
    code = re.search(r"```python\n(.*?)```", readme, re.DOTALL)
    assert code is not None
    *lines, last = code[1].strip().splitlines()
    names: dict[str, object] = {}
    exec("\n".join(lines), names)  # noqa: S102 — the README's own words
    shown = eval(last, names)  # noqa: S307
    page = shown.get_root().render()
    assert "Khusham" in page
    assert "Syrian Observatory for Human Rights" in page


def test_verbs_of_the_readme_exist() -> None:
    from typer.main import get_command

    from geo.cli.app import app

    verbs = set(get_command(app).commands)  # type: ignore[attr-defined]
    told = set(re.findall(r"^    conflictmap (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE))
    assert told
    assert told <= verbs


def test_pictures_of_the_readme_are_there() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", readme):
        assert (ROOT / picture).is_file()


def test_figures_of_the_readme_are_those_measured() -> None:
    row = re.compile(r"^\| [^|]+ \| \d?\.\d\d \| .*\|$", re.MULTILINE)
    told = row.findall((ROOT / "README.md").read_text("utf-8"))
    measured = (ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8").splitlines()
    assert len(told) >= 8
    assert [line for line in told if line not in measured] == []
