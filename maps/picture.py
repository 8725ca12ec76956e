"""A picture of the page, drawn by Chromium without a window."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from maps.errors import BrowserError, OutputError

if TYPE_CHECKING:
    import folium
    import pandas as pd

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
PATIENCE_S = 120
QUIET = (
    "--headless",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
    "--virtual-time-budget=8000",  # milliseconds of its own time that the page gets to draw itself
)


def screenshot(
    html: str | Path, png: str | Path, *, at: str = "", width: int = 1440, height: int = 900
) -> Path:
    """Save a picture of a page written by `save`, `width` by `height` pixels; returns its path.

    `at` is what follows the `#` in the address of a view (filters, map, open incident). Raises
    `BrowserError` where no Chromium is found or it draws nothing, `OutputError` where the picture
    cannot be written.
    """
    browser = _browser()
    address = Path(html).absolute().as_uri() + (f"#{at}" if at else "")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        drawn = Path(scratch) / "map.png"
        place = [f"--user-data-dir={scratch}", f"--window-size={width},{height}", f"--screenshot={drawn}"]
        _run([browser, *QUIET, *_as_root(), *place, address])
        if not drawn.is_file():
            raise BrowserError(f"Chromium drew no picture of {html}; open the page in a browser to see why")
        return _move(drawn, Path(png))


def picture(
    drawn: folium.Map | Mapping[str, pd.DataFrame],
    png: str | Path,
    *,
    at: str = "",
    width: int = 1440,
    height: int = 900,
) -> Path:
    """Save a picture of a map from `draw`, or of tables, without keeping its page; raises as `screenshot`."""
    from maps.write import save

    _browser()
    with tempfile.TemporaryDirectory() as scratch:
        page = save(drawn, Path(scratch) / "map.html")
        return screenshot(page, png, at=at, width=width, height=height)


def _browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise BrowserError(
            "no Chromium found; install it (Debian: apt-get install chromium) or write an .html page"
        )
    return found


def _as_root() -> list[str]:
    """Chromium refuses to run in its sandbox as root."""
    return ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []


def _move(drawn: Path, target: Path) -> Path:
    try:
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(drawn, target)
    except OSError as fault:
        raise OutputError(f"{target} cannot be written ({fault.strerror}); choose another place") from fault
    return target


def _run(command: list[str]) -> None:
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE_S)  # noqa: S603
    except (subprocess.SubprocessError, OSError) as fault:
        raise BrowserError(f"Chromium failed ({fault}); try it by hand") from fault
