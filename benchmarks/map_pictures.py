"""Take the pictures of the map that docs/map.md shows, from `seeds/` and a table of UCDP GED.

Usage: python -m benchmarks.map_pictures [--ged FILE] [--to docs/pictures]

Needs Chromium and playwright. The pictures of `seeds/` open the incident that most sources tell of; of UCDP
GED (its Syrian rows of early 2018 in docs/pictures/map-ged.png) only a picture is kept, not the rows.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).resolve().parents[1]

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

COMMAND = (sys.executable, "-c", "from geo.cli import run; run()")
READY = "() => document.documentElement.dataset.ready === 'true'"
DESK = {"width": 1280, "height": 800}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


class View(NamedTuple):
    """A picture to take."""

    name: str
    """File name without suffix."""
    page: str
    """Which page."""
    told: bool
    """Whether the incident most told of is open."""
    options: dict[str, Any]
    """Of the browser's context."""


PAPER = {"width": 900, "height": 1180}
VIEWS = (
    View("seeds", "seeds", True, {"viewport": {"width": 1440, "height": 900}}),
    View("map-desktop", "seeds", False, {"viewport": DESK}),
    View("map-dark", "seeds", True, {"viewport": DESK, "color_scheme": "dark"}),
    View("map-phone", "seeds", True, PHONE),
    View("map-arabic", "arabic", True, {"viewport": DESK}),
    View("map-print", "seeds", False, {"viewport": DESK}),
    View("map-ged", "ged", False, {"viewport": DESK}),
)


def conflictmap(*words: object) -> None:
    """Run the command line of this tree; a table with rejects ends with 1 and is drawn all the same."""
    subprocess.run([*COMMAND, *map(str, words)], cwd=ROOT, check=False)


def pages(folder: Path, ged: Path | None) -> dict[str, Path]:
    """Draw the pages that are photographed."""
    conflictmap("map", "seeds", "-o", folder / "seeds")
    project = folder / "seeds" / "project.gpkg"
    made = {"seeds": folder / "seeds" / "map.html", "arabic": folder / "arabic.html"}
    conflictmap("render", project, "-o", made["arabic"], "--lang", "ar")
    if ged:
        both = shutil.copy(project, folder / "both.gpkg")
        conflictmap("import", ged, "-o", both)
        made["ged"] = folder / "ged.html"
        conflictmap("render", both, "-o", made["ged"], "--title", "UCDP GED and the sample reports")
    return made


def take(browser: Browser, view: View, page: Path, target: Path) -> None:
    """Take one picture."""
    context = browser.new_context(locale="ar" if view.page == "arabic" else "en-GB", **view.options)
    opened = context.new_page()
    opened.goto(page.as_uri())
    opened.wait_for_function(READY)
    if view.told:
        told = _most_told(opened)
        opened.goto("about:blank")
        opened.goto(f"{page.as_uri()}#id={told}")
        opened.wait_for_function(READY)
    if view.name.endswith("print"):
        opened.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        opened.emulate_media(media="print")
        opened.set_viewport_size(PAPER)
        opened.add_style_tag(content="body { padding: 40px }")
    opened.wait_for_timeout(500)
    opened.screenshot(path=target / f"{view.name}.png", full_page=view.name.endswith("print"))
    context.close()
    print(target / f"{view.name}.png")


def _most_told(page: Page) -> str:
    found: str = page.evaluate(
        """() => {
            const app = conflictmap.current();
            const { sources } = app.data.incidents;
            return app.id(sources.indexOf(Math.max(...sources)));
        }"""
    )
    return found


def main() -> None:
    """Draw the pages and take their pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--ged", type=Path, help="UCDP GED table for the picture of many incidents")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "pictures", help="folder of the pictures")
    given = parser.parse_args()
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        made = pages(Path(folder), given.ged)
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        for view in VIEWS:
            if view.page in made:
                take(browser, view, made[view.page], given.to)
        browser.close()


if __name__ == "__main__":
    main()
