"""What `map` leaves in its folder: all of it together, or nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from geo.cli.console import say
from geo.errors import ConflictmapError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazetteer import Gazetteer
    from geo.runs import Journal

MADE = ("project.gpkg", "map.html", "incidents.geojson", "events.geojson")
"""Files that `map` leaves in its folder."""
UNFINISHED = "unfinished"
"""Key in a project's `meta` that a stopped run leaves."""
MOST_DRAWN = 200_000
"""Events that one page can show; of more, the reader draws parts."""
_SCRATCH = ".conflictmap."


def check(out: Path) -> None:
    """Say before the work that a folder cannot be written; make nothing yet."""
    there = next(p for p in (out, *out.absolute().parents) if p.exists())
    if not there.is_dir():
        raise OutputError(f"{out}: {there} is a file, no folder; choose another with -o.")
    for name in MADE:
        if (out / name).is_dir():
            raise OutputError(f"{out / name} is a folder; free the name or choose another folder with -o.")
    if not os.access(there, os.W_OK | os.X_OK):
        raise OutputError(f"{out}: {there} cannot be written; get the right to, or choose another with -o.")


@contextlib.contextmanager
def folder(out: Path) -> Iterator[None]:
    """Make a folder; if it fails, no empty one stays behind."""
    made = [p for p in (out, *out.absolute().parents) if not p.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException as fault:
        for empty in made:
            with contextlib.suppress(OSError):
                empty.rmdir()
        if isinstance(fault, OSError) and not isinstance(fault, ConflictmapError):
            raise OutputError(
                f"{fault.filename2 or fault.filename or out} cannot be written ({fault.strerror}); "
                "free it or choose another folder with -o."
            ) from fault
        raise


@contextlib.contextmanager
def _staged(out: Path) -> Iterator[Path]:
    """Give a folder to write to, whose files go to `out` together once all of them are whole."""
    from geo.project.atomic import settle

    for left in out.glob(f"{_SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=out) as folder:
        yield Path(folder)
        for file in sorted(Path(folder).iterdir()):
            settle(file, out / file.name)


def meta_of(names: Gazetteer) -> dict[str, str]:
    """Give what a project's `meta` tells of the gazetteer."""
    info = names.info()
    return {"gazetteer": str(info["fingerprint"]), "gazetteer_places": str(len(names))}


def open_at_once(project: Path, names: Gazetteer, kept: Journal) -> None:
    """Leave an empty project that opens, as soon as there is something a killed run would go on from."""
    if kept.saved and not project.exists():
        from geo.project import write_parts
        from geo.tables import empty, schema

        parts = ((table, empty(table)) for table in schema())
        write_parts(project, parts, {**meta_of(names), UNFINISHED: "yes"}, newest=None)


def unfinished(project: Path) -> bool:
    """Tell whether a stopped run has left a project, or none."""
    from geo.project import read, told

    return not project.exists() or UNFINISHED in told(read(project, ["meta"]))


def write_all(out: Path, kept: Journal, names: Gazetteer, title: str | None, *, whole: bool) -> None:
    """Write project, page and GeoJSON from a journal; unless `whole`, the project is marked as unfinished."""
    from geo.exchange.write import export_parts
    from geo.project import write_parts
    from geo.tables import parts

    told = meta_of(names) if whole else {**meta_of(names), UNFINISHED: "yes"}
    with _staged(out) as part:
        project, page, incidents, events = (part / name for name in MADE)
        write_parts(project, parts(kept), told, newest=kept.newest())
        export_parts(project, incidents, layer="incidents")
        export_parts(project, events, layer="events")
        _draw(project, page, names, title, kept.sums().events)


def _draw(project: Path, page: Path, names: Gazetteer, title: str | None, events: int) -> None:
    import maps
    from geo.project import read
    from geo.tables import towns

    if events > MOST_DRAWN:
        say(
            f"conflictmap: {events:,} events are too many for one page: draw a part with "
            "`conflictmap render` and --since, --until, --bbox, --actor or --type."
        )
        return
    tables = read(project)
    maps.save({**tables, "basemap": towns(names, tables)}, page, title=title)
