"""Every page of the documentation does what it says, and the site is whole and asks nothing of the net."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, follow, steps

DOCS = ROOT / "docs"
OWN_TEST = {"gis.md"}
"""Pages whose commands need more than the seeds; a module of this folder runs them."""
RUN = {"sh", "console", "python"}
PAGES = [
    page
    for page in sorted(DOCS.glob("**/*.md"))
    if page.name not in OWN_TEST and any(step.kind in RUN for step in steps(page))
]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_does_what_it_says(page: Path, tmp_path: Path) -> None:
    assert follow(page, tmp_path)


def test_own_tests_are_there() -> None:
    for name in OWN_TEST:
        assert (Path(__file__).parent / f"test_{Path(name).stem}.py").is_file()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if find_spec("mkdocs") is None or find_spec("mkdocstrings") is None:
        pytest.skip("mkdocs is not installed: make docs")
    made = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", made],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "NO_MKDOCS_2_WARNING": "1"},
    )
    assert (done.returncode, done.stderr) == (0, "")
    return made


def test_site_has_every_verb_and_column(site: Path) -> None:
    from typer.main import get_command

    from geo.cli.app import app
    from geo.tables import schema

    told = (site / "cli.html").read_text("utf-8")
    for verb in get_command(app).commands:  # type: ignore[attr-defined]
        assert f"conflictmap {verb}" in told
    columns = (site / "columns.html").read_text("utf-8")
    for table, those in schema().items():
        assert f'id="{table}"' in columns
        for column in those:
            assert f"<code>{column.name}</code>" in columns


def test_site_loads_nothing_from_elsewhere(site: Path) -> None:
    loads = re.compile(
        r"<(?:script|img|iframe|source)[^>]*\ssrc=\"?https?:|<link[^>]*rel=\"?(?:stylesheet|preconnect|icon)[^>]*href=\"?https?:"
    )
    for page in site.glob("**/*.html"):
        assert not loads.search(page.read_text("utf-8")), page.name
    for sheet in site.glob("**/*.css"):
        assert not re.search(r"(?:@import|url\()\s*[\"']?https?:", sheet.read_text("utf-8")), sheet.name
