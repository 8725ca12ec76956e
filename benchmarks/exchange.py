"""Time and size of each export format beside plain geopandas or pandas writing the same columns.

Usage: python -m benchmarks.exchange [--rows N] [--repeat N] [--formats .csv,.gpkg] [--write]

Both write the same table of incidents, in turns and in one process; told are the shortest and the middle
time of each, in CPU seconds (user and system: a busy machine hardly changes them), and their ratio (under 1:
less work). Plain is what a user would type: `to_file`, `to_parquet`, `to_csv`, `to_excel`. It gives no ids
to features, no styles, no
aliases and no descriptions, so the files are not the same; sizes are told beside the times. `--write` puts
the table into benchmarks/RESULTS.md, between its own marks.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd

from benchmarks.results import keep
from geo.exchange.write import export
from geo.tables import empty, schema
from geo.tables.schema import CRS, typed

if TYPE_CHECKING:
    from collections.abc import Callable

TYPES = (("Battles", "Armed clash"), ("Explosions/Remote violence", "Air/drone strike"))
TOWNS = 900


def incidents(number: int, *, seed: int = 7) -> dict[str, pd.DataFrame]:
    """Make tables whose incidents have every column filled as a large archive would."""
    rng = np.random.default_rng(seed)
    town, kind = rng.integers(0, TOWNS, number), rng.integers(0, len(TYPES), number)
    day = np.datetime64("2014-01-01") + rng.integers(0, 2200, number)
    killed = rng.geometric(0.15, number)
    texts = {
        "id": [f"i{k:012x}" for k in range(number)],
        "title": [f"{TYPES[k][1]}, Town {t}, {d}" for k, t, d in zip(kind, town, day, strict=True)],
        "type": [TYPES[k][0] for k in kind],
        "sub_type": [TYPES[k][1] for k in kind],
        "date_precision": ["day"] * number,
        "place": [f"Town {t}" for t in town],
        "place_id": [f"geonames:{t}" for t in town],
        "admin1": [f"Province {t % 14}" for t in town],
        "country": ["SY"] * number,
        "sources": ["Harbour Wire; Rights Monitor"] * number,
        "contested_about": ["toll" if k % 5 == 0 else None for k in range(number)],
        "reason": ["same day, same point, shared figures"] * number,
    }
    figures: dict[str, Any] = {
        "date_from": day,
        "date_to": day,
        "radius_km": np.full(number, 2.0),
        "confidence": rng.uniform(0.5, 1, number).round(3),
        "contested": rng.random(number) < 0.2,
        "killed_low": killed,
        "killed_high": killed + rng.integers(0, 5, number),
        "injured_low": killed,
        "injured_high": killed,
    }
    given = texts | figures
    data = {
        column.name: typed(
            column.type, list(given.get(column.name, [None if column.type == "text" else 1] * number))
        )
        for column in schema()["incidents"]
    }
    shapes = gpd.points_from_xy(
        rng.uniform(36, 46, TOWNS)[town].round(6), rng.uniform(31, 37, TOWNS)[town].round(6)
    )
    made: dict[str, pd.DataFrame] = {table: empty(table) for table in schema()}
    made["incidents"] = gpd.GeoDataFrame(data, geometry=shapes, crs=CRS)
    return made


def _to_file(driver: str) -> Callable[[gpd.GeoDataFrame, Path], None]:
    def write(frame: gpd.GeoDataFrame, path: Path) -> None:
        frame.to_file(path, driver=driver)

    return write


def _to_csv(frame: gpd.GeoDataFrame, path: Path) -> None:
    points = frame.geometry
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    plain.assign(lon=points.x, lat=points.y, wkt=points.to_wkt()).to_csv(path, index=False)


def _to_excel(frame: gpd.GeoDataFrame, path: Path) -> None:
    points = frame.geometry
    plain = pd.DataFrame(frame.drop(columns="geometry"))
    plain.assign(lon=points.x, lat=points.y).to_excel(path, index=False, engine="xlsxwriter")


def _to_parquet(frame: gpd.GeoDataFrame, path: Path) -> None:
    frame.to_parquet(path, index=False, schema_version="1.1.0", write_covering_bbox=True)


PLAIN: dict[str, Callable[[gpd.GeoDataFrame, Path], None]] = {
    ".geojson": _to_file("GeoJSON"),
    ".geojsonl": _to_file("GeoJSONSeq"),
    ".gpkg": _to_file("GPKG"),
    ".parquet": _to_parquet,
    ".fgb": _to_file("FlatGeobuf"),
    ".kml": _to_file("KML"),
    ".csv": _to_csv,
    ".xlsx": _to_excel,
}
"""What a user would type without this project; KMZ has no plain way."""


def seconds(write: Callable[[], object]) -> float:
    """Give the CPU time of one writing, user and system, of all threads."""
    start = time.process_time()
    write()
    return time.process_time() - start


def compare(made: dict[str, pd.DataFrame], suffix: str, repeat: int, folder: Path) -> str:
    """Write a format in turns with ours and the plain way; give a row of the table of results."""
    ours, plain = folder / f"ours{suffix}", folder / f"plain{suffix}"
    took: tuple[list[float], list[float]] = ([], [])
    for _ in range(repeat):
        took[0].append(seconds(lambda: export(made, ours)))
        plain.unlink(missing_ok=True)
        took[1].append(seconds(lambda: PLAIN[suffix](made["incidents"], plain)))
    (low, plain_low), (middle, plain_middle) = map(min, took), map(statistics.median, took)
    sizes = f"{ours.stat().st_size / 1e6:.1f} | {plain.stat().st_size / 1e6:.1f}"
    ratios = f"{low / plain_low:.2f} | {middle / plain_middle:.2f}"
    times = f"{low:.2f} | {middle:.2f} | {plain_low:.2f} | {plain_middle:.2f}"
    return f"| `{suffix}` | {times} | {ratios} | {sizes} |"


def report(rows: int, repeat: int, formats: list[str]) -> str:
    """Measure all formats; give the section of the results."""
    made = incidents(rows)
    with tempfile.TemporaryDirectory() as folder:
        lines = []
        for suffix in formats:
            lines.append(compare(made, suffix, repeat, Path(folder)))
            print(lines[-1], flush=True)
    head = [
        "## Exports",
        "",
        f"{rows:,} incidents, {repeat} rounds in turns (`python -m benchmarks.exchange --write`): CPU",
        "seconds, user and system, and the ratio to plain geopandas or pandas (under 1: less work).",
        "",
        "| format | min | median | plain min | plain median | ratio of mins | of medians | MB | plain MB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    return "\n".join([*head, *lines])


def main() -> None:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=100_000, help="incidents")
    parser.add_argument("--repeat", type=int, default=3, help="rounds")
    parser.add_argument("--formats", default=",".join(PLAIN), help="suffixes, joined with commas")
    parser.add_argument("--write", action="store_true", help="keep the table in benchmarks/RESULTS.md")
    given = parser.parse_args()
    section = report(given.rows, given.repeat, given.formats.split(","))
    if given.write:
        keep("exchange", section)


if __name__ == "__main__":
    main()
