"""Time and size of the map page beside stock Folium's ways of drawing the same points.

Usage: python -m benchmarks.maps [--sizes 1000,10000,100000] [--peers] [--million] [--repeat N] [--write]

Each way runs in a process of its own, so that its peak memory is its own: `save` is from tables in
memory to the file (`cpu`: the work of all threads in it, user and system), `peak` the process's largest
resident size. Of our page in headless Chromium (software rendering): `ready` from opening it until it is
drawn, `toggle` and `search` until it has answered a hidden source and a search; beside the time by the
clock the work of the page's main thread, which a busy machine does not lengthen. `--million` adds a map
of 1,000,000 accounts with the texts in files beside the page. `--write` puts the table into
benchmarks/RESULTS.md, between its own marks. Needs Chromium and playwright for the page.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.results import keep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import CDPSession, Page

ROOT = Path(__file__).resolve().parents[1]
SOURCES = ("Harbour Wire", "North Bank Post", "Rights Monitor", "State Agency", "The Ledger")
TYPES = (
    "Explosions/Remote violence",
    "Battles",
    "Violence against civilians",
    "Strategic developments",
    "Protests",
)
TOWNS = 900
VERSIONS = 2
BESIDE = "conflictmap, texts beside"
QUOTE = 220
"""Letters of a quote; with title, names and address each account has about 400."""
NAIVE_LIMIT = {"markers": 10_000}
"""Sizes above which a way takes minutes and is left out."""


def words(rng: np.random.Generator, number: int, length: int) -> list[str]:
    """Give sentences of made-up words, about `length` letters long."""
    syllables = np.array(
        ["ka", "ro", "mi", "sha", "del", "ter", "an", "ur", "bi", "lo", "ze", "far", "nu", "qas"]
    )
    pool = ["".join(rng.choice(syllables, rng.integers(1, 5))) for _ in range(4000)]
    count = max(3, round(length / 7.5))
    picks = rng.integers(0, len(pool), (number, count))
    return [" ".join(pool[k] for k in row).capitalize() + "." for row in picks]


def tables(number: int, *, seed: int = 7) -> dict[str, pd.DataFrame]:
    """Make `number` accounts of half as many incidents, with quotes and claims."""
    rng = np.random.default_rng(seed)
    incidents = max(1, number // VERSIONS)
    town = rng.integers(0, TOWNS, incidents)
    lon = rng.uniform(36, 46, TOWNS)[town] + rng.normal(0, 0.05, incidents)
    lat = rng.uniform(31, 37, TOWNS)[town] + rng.normal(0, 0.05, incidents)
    day = pd.Timestamp("2014-01-01") + pd.to_timedelta(rng.integers(0, 2200, incidents), unit="D")
    kind = rng.choice(len(TYPES), incidents, p=[0.45, 0.3, 0.12, 0.08, 0.05])
    names = [f"Town {k}" for k in range(TOWNS)]
    place = [names[k] for k in town]
    killed = rng.geometric(0.15, incidents)
    top = pd.DataFrame(
        {
            "id": [f"i{k}" for k in range(incidents)],
            "title": [f"{TYPES[kind[k]]}, {place[k]}, {day[k]:%d %B %Y}" for k in range(incidents)],
            "type": [TYPES[k] for k in kind],
            "sub_type": "Armed clash",
            "date_from": day,
            "date_to": day,
            "date_precision": "day",
            "place": place,
            "admin1": [f"Province {k % 14}" for k in town],
            "country": "SY",
            "where_prec": rng.choice([1, 2, 3, 4], incidents, p=[0.5, 0.2, 0.15, 0.15]),
            "geo_precision": 1,
            "radius_km": 2.0,
            "killed_low": killed,
            "killed_high": killed + rng.integers(0, 5, incidents),
            "injured_low": killed,
            "injured_high": killed,
            "contested": rng.random(incidents) < 0.2,
            "contested_about": None,
            "confidence": 0.8,
            "reason": "same place and day",
            "lon": lon,
            "lat": lat,
        }
    )
    row = np.arange(number) // VERSIONS % incidents
    rows = top.iloc[row].reset_index(drop=True)
    source = np.array(SOURCES, dtype=object)[rng.integers(0, len(SOURCES), number)]
    quotes = words(rng, number, QUOTE)
    events = rows.drop(
        columns=["killed_low", "killed_high", "injured_low", "injured_high", "contested", "title"]
    )
    events = events.assign(
        id=[f"e{k}" for k in range(number)],
        incident=rows["id"],
        report=[f"r{k}" for k in range(number)],
        source=source,
        url=[f"https://example.org/{k}" for k in range(number)],
        published=rows["date_from"],
        initiators=[f"Brigade {k}" for k in rng.integers(0, 60, number)],
        targets=[f"Brigade {k}" for k in rng.integers(0, 60, number)],
        sides=[("government", "opposition", "external")[k] for k in rng.integers(0, 3, number)],
        quote=quotes,
        reason="trigger",
    )
    claims = pd.DataFrame(
        {
            "id": [f"c{k}" for k in range(number)],
            "event": events["id"],
            "measure": "killed",
            "low": rows["killed_low"],
            "high": rows["killed_high"],
            "bound": "about",
            "claimant": [f"Office {k}" for k in rng.integers(0, 80, number)],
            "quote": quotes,
        }
    )
    reports = pd.DataFrame(
        {
            "id": events["report"],
            "source": source,
            "title": words(rng, number, 60),
            "published": rows["date_from"],
            "published_precision": "day",
            "url": events["url"],
            "language": "en",
        }
    )
    return {"incidents": top, "events": events, "claims": claims, "reports": reports}


class _Row(NamedTuple):
    source: str
    quote: str


def draw_ours(data: dict[str, pd.DataFrame], path: Path) -> None:
    """Draw with this project."""
    import maps

    maps.save(data, path)


def draw_beside(data: dict[str, pd.DataFrame], path: Path) -> None:
    """Draw with this project, the texts in files beside the page."""
    import maps

    maps.save(data, path, beside=True)


def _popup(row: _Row) -> str:
    return f"<b>{row.source}</b><p>{row.quote}</p>"


def draw_markers(data: dict[str, pd.DataFrame], path: Path) -> None:
    """Draw stock markers with popups in a feature group for each source."""
    import folium

    made = folium.Map([34, 41], zoom_start=6)
    groups = {source: folium.FeatureGroup(source).add_to(made) for source in SOURCES}
    for row in data["events"].itertuples():
        folium.Marker([row.lat, row.lon], popup=_popup(row)).add_to(groups[row.source])
    folium.LayerControl().add_to(made)
    made.save(path)


def draw_fast_cluster(data: dict[str, pd.DataFrame], path: Path) -> None:
    """Draw stock FastMarkerClusters, one for each source."""
    import folium
    from folium.plugins import FastMarkerCluster

    callback = "function(row){return L.marker([row[0],row[1]]).bindPopup(row[2]);}"
    made = folium.Map([34, 41], zoom_start=6)
    for source, part in data["events"].groupby("source"):
        rows = [[row.lat, row.lon, _popup(row)] for row in part.itertuples()]
        FastMarkerCluster(rows, callback=callback, name=source).add_to(made)
    folium.LayerControl().add_to(made)
    made.save(path)


def draw_geojson(data: dict[str, pd.DataFrame], path: Path) -> None:
    """Draw stock GeoJson on a canvas, one for each source."""
    import folium
    import geopandas as gpd

    events = data["events"]
    points = gpd.GeoDataFrame(
        events[["source", "quote"]], geometry=gpd.points_from_xy(events["lon"], events["lat"]), crs=4326
    )
    made = folium.Map([34, 41], zoom_start=6, prefer_canvas=True)
    for source, part in points.groupby("source"):
        folium.GeoJson(
            part,
            name=source,
            marker=folium.CircleMarker(radius=3),
            popup=folium.GeoJsonPopup(["source", "quote"]),
        ).add_to(made)
    folium.LayerControl().add_to(made)
    made.save(path)


WAYS: dict[str, Callable[[dict[str, pd.DataFrame], Path], None]] = {
    "conflictmap": draw_ours,
    "markers": draw_markers,
    "fast cluster": draw_fast_cluster,
    "geojson canvas": draw_geojson,
    BESIDE: draw_beside,
}


def measure(way: str, data: Path, path: Path) -> dict[str, float]:
    """Draw in this process; give seconds, megabytes of the file and of memory."""
    given = pd.read_pickle(data)  # noqa: S301 - written by this file a moment ago
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start, worked = time.perf_counter(), time.process_time()
    WAYS[way](given, path)
    took, worked = time.perf_counter() - start, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "save_s": took,
        "cpu_s": worked,
        "html_mb": path.stat().st_size / 1e6,
        "tables_mb": before / 1024,
        "peak_mb": peak / 1024,
    }


def in_own_process(way: str, data: Path, path: Path) -> dict[str, float]:
    """Run `measure` in a fresh interpreter."""
    command = [sys.executable, "-m", "benchmarks.maps", "--one", way, "--data", str(data), "--to", str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


PAGE = {
    "ready": "() => document.documentElement.dataset.ready === 'true'",
    "toggle": """async () => {
        const boxes = document.querySelectorAll('.cm-facet-source input[type=checkbox]');
        const took = [];
        for (const box of boxes) {
            const start = performance.now();
            box.click();
            await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
            took.push(performance.now() - start);
        }
        boxes.forEach((box) => box.click());
        return Math.max(...took);
    }""",
    "search": """async () => {
        const field = document.querySelector('.cm-search');
        field.value = 'shadel';
        field.dispatchEvent(new Event('input'));
        const start = performance.now() + 120;
        await new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done, 0)), 125));
        return performance.now() - start;
    }""",
}


def on_page(path: Path, repeat: int) -> dict[str, float]:
    """Open our page; give milliseconds until ready, for the slowest source switch and for a search."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu", "--no-first-run"]
        )
        rounds = []
        for _ in range(repeat):
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            rounds.append(_tried(page, path))
            page.close()
        browser.close()
    return {name: sorted(r[name] for r in rounds)[len(rounds) // 2] for name in rounds[0]}


def _tried(page: Page, path: Path) -> dict[str, float]:
    """Open the page and use it once."""
    thread = page.context.new_cdp_session(page)
    thread.send("Performance.enable", {"timeDomain": "threadTicks"})
    start = time.perf_counter()
    page.goto(path.absolute().as_uri())
    page.wait_for_function(PAGE["ready"])
    found = {"ready_ms": 1000 * (time.perf_counter() - start), "ready_cpu_ms": _worked(thread)}
    page.wait_for_timeout(1500)
    for step in ("toggle", "search"):
        before = _worked(thread)
        found[f"{step}_ms"] = page.evaluate(PAGE[step])
        found[f"{step}_cpu_ms"] = _worked(thread) - before
    found["toggle_cpu_ms"] /= 2 * len(SOURCES)
    return found


def _worked(thread: CDPSession) -> float:
    """Give the milliseconds that the page's main thread has worked."""
    told = thread.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(one["value"] for one in told if one["name"] == "TaskDuration"))


def main() -> None:
    """Print a row for each way and size."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000,100000", help="accounts, joined with commas")
    parser.add_argument("--peers", action="store_true", help="draw with stock Folium too")
    parser.add_argument("--million", action="store_true", help="add 1,000,000 accounts, texts beside")
    parser.add_argument("--write", action="store_true", help="keep the table in benchmarks/RESULTS.md")
    parser.add_argument("--repeat", type=int, default=3, help="rounds on the page; the median is told")
    for hidden in ("--one", "--data", "--to"):
        parser.add_argument(hidden, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.one, Path(given.data), Path(given.to))))
        return
    peers = tuple(way for way in WAYS if way != BESIDE) if given.peers else ("conflictmap",)
    runs = [(int(size), peers) for size in given.sizes.split(",") if size]
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for size, ways in [*runs, *([(MILLION, (BESIDE,))] if given.million else [])]:
            rows += _compare(size, Path(folder), ways, given.repeat)
    if given.write:
        keep("maps", "\n".join([HEAD, *rows]))


HEAD = """## Maps

`python -m benchmarks.maps --peers --million --write`, all in one run; tables in memory to a page, each way
in a process of its own. CPU is user and system time of all threads (of the page: its main thread in headless
Chromium with software rendering); seconds by the clock depend on what else the machine does. Stock Folium's
pages ask a network for their scripts, so only their writing is measured; Marker is left out where it takes
minutes. Toggle is a source hidden or shown.

| accounts | way | write s | CPU s | page MB | peak MB | ready ms | CPU | toggle ms | CPU | search ms | CPU |
|---|---|---|---|---|---|---|---|---|---|---|---|"""
COLUMNS = {"save_s": 2, "cpu_s": 2, "html_mb": 2, "peak_mb": 0}
ON_PAGE = ("ready_ms", "ready_cpu_ms", "toggle_ms", "toggle_cpu_ms", "search_ms", "search_cpu_ms")
MILLION = 1_000_000


def _compare(size: int, folder: Path, ways: tuple[str, ...], repeat: int) -> Iterator[str]:
    """Draw in all ways; print and give a row of the table of results for each."""
    data, page = folder / "tables.pickle", folder / "map.html"
    pd.to_pickle(tables(size), data)
    for way in ways:
        if size > NAIVE_LIMIT.get(way, size):
            continue
        found = in_own_process(way, data, page)
        if way.startswith("conflictmap") and shutil.which("chromium"):
            found |= on_page(page, repeat)
        cells = [f"{found[name]:,.{places}f}" for name, places in COLUMNS.items()]
        cells += [f"{found[name]:,.0f}" if name in found else "–" for name in ON_PAGE]
        yield f"| {size:,} | {way} | {' | '.join(cells)} |"
        print(f"{way:>25} {size:>9,}  " + "  ".join(f"{k} {v:,.1f}" for k, v in found.items()), flush=True)


if __name__ == "__main__":
    main()
