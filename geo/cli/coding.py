"""Verbs that read reports: map, add, parse, score."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.console import Told, counted, detail, say
from geo.errors import ConflictmapError, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from gazetteer import Gazetteer
    from geo.records import Coded, Incident, Report
    from geo.tables import Tables

Reports = Annotated[
    list[str],
    typer.Argument(
        help="Files, folders or - (standard input): .txt .md .html .jsonl .csv, .gz of each.",
        metavar="REPORTS...",
    ),
]
GazetteerFile = Annotated[
    Path | None,
    typer.Option(
        "--gazetteer",
        help="Gazetteer index to use instead of the packaged one.",
        envvar="CONFLICTMAP_GAZETTEER",
    ),
]


def _own_actors(path: Path | None) -> Path | None:
    """Let every stage, in worker processes too, know of the user's own table."""
    if path is not None:
        os.environ["CONFLICTMAP_ACTORS"] = str(path.absolute())
    return path


Actors = Annotated[
    Path | None,
    typer.Option(
        "--actors",
        help="CSV table of your own actors, with the columns id, name, kind and, if you like, aliases ...",
        envvar="CONFLICTMAP_ACTORS",
        callback=_own_actors,
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first report that cannot be read.")]
Title = Annotated[str | None, typer.Option("--title", help="Heading of the map.")]


MADE = ("project.gpkg", "map.html", "incidents.geojson", "events.geojson")
"""Files that `map` leaves in its folder."""


def map_(
    reports: Reports,
    out: Annotated[
        Path,
        typer.Option(
            "-o", "--out", help="Folder for project.gpkg, map.html, incidents.geojson, events.geojson."
        ),
    ],
    gazetteer: GazetteerFile = None,
    title: Title = None,
    _actors: Actors = None,
    *,
    strict: Strict = False,
) -> None:
    """Read reports and draw the map: the main job.

    Example: conflictmap map seeds -o out
    """
    told = Told(strict=strict)
    names = _open(gazetteer)
    _check(out)
    coded = list(_coded(names, reports, told))
    incidents = _linked(coded)
    tables = _tables(coded, incidents)
    _write_all(out, tables, names, title)
    _summary(coded, incidents, out)
    told.close()


def add(
    project: Annotated[Path, typer.Argument(help="Project file of an earlier run.")],
    reports: Reports,
    gazetteer: GazetteerFile = None,
    _actors: Actors = None,
    *,
    strict: Strict = False,
) -> None:
    """Code further reports into a project; its incidents are linked anew.

    Example: conflictmap add out/project.gpkg newer/
    """
    from geo.project import update
    from geo.project.recall import recalled

    told = Told(strict=strict)
    names = _open(gazetteer)
    counts: list[tuple[list[Coded], list[Incident]]] = []

    def change(before: Tables) -> Mapping[str, object]:
        from geo.exchange import read as foreign
        from geo.pipeline import code_all
        from geo.reports import read
        from geo.tables import tables

        old = list(recalled(before))
        known = {r.id for r in old}
        new = [r for r in read(reports, on_problem=told) if r.id not in known]
        imports = foreign.recalled(before)
        coded = [*code_all(names, [*old, *new], on_problem=told), *(i.coded() for i in imports)]
        incidents = _linked(coded)
        counts.append((coded, incidents))
        return {**before, **tables(coded, incidents, [r for i in imports for r in i.rows])}

    update(project, change, _meta(names))  # type: ignore[arg-type]
    _summary(*counts[0], project)
    told.close()


def parse(
    reports: Reports, gazetteer: GazetteerFile = None, _actors: Actors = None, *, strict: Strict = False
) -> None:
    """Print what was read as JSON Lines, one line a report.

    Example: conflictmap parse reports.jsonl > coded.jsonl
    """
    from geo.jsonlines import line
    from geo.pipeline import incident_of

    told = Told(strict=strict)
    coded = list(_coded(_open(gazetteer), reports, told))
    of = incident_of(_linked(coded))
    for c in coded:
        sys.stdout.buffer.write(line(c, of))
    sys.stdout.buffer.flush()
    told.close()


def score(
    gold: Annotated[Path, typer.Argument(help="Folder with reports.jsonl and gold.json.")],
    split: Annotated[str | None, typer.Option(help="Only reports of this split (train, test).")] = None,
    gazetteer: GazetteerFile = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Score the coding of gold reports.

    Example: conflictmap score tests/gold --split test
    """
    from geo.scoring import plain, read_gold, score_reports, shown

    told = Told(strict=True)
    coded = list(_coded(_open(gazetteer), [str(gold / "reports.jsonl")], told))
    scores = score_reports(read_gold(gold), coded, _linked(coded), split=split)
    typer.echo(json.dumps(plain(scores)) if as_json else shown(scores))


def _open(path: Path | None) -> Gazetteer:
    from gazetteer import Gazetteer

    names = Gazetteer.open(path)
    detail(f"gazetteer: {path or 'the packaged one'}, {len(names):,} places")
    return names


def _check(out: Path) -> None:
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
def _staged(out: Path) -> Iterator[Path]:
    """Give a folder to write to, whose files go to `out` together once all of them are whole."""
    made = [p for p in (out, *out.absolute().parents) if not p.exists()]
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".conflictmap.", dir=out) as folder:
            yield Path(folder)
            for file in sorted(Path(folder).iterdir()):
                file.replace(out / file.name)
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


def _coded(names: Gazetteer, reports: Iterable[str], told: Told) -> Iterable[Coded]:
    from geo.pipeline import code_all
    from geo.reports import read

    seen = 0
    for coded in code_all(names, map(_noted, read(reports, on_problem=told)), on_problem=told):
        seen += 1
        yield _told(coded)
    if not seen:
        told.nothing(", ".join(reports))


def _told(coded: Coded) -> Coded:
    name = coded.report.origin or coded.report.id
    found = f"{counted(len(coded.mentions), 'place name')}, {counted(len(coded.events), 'event')}"
    detail(f"{name}: {found}")
    return coded


def _noted(report: Report) -> Report:
    for note in report.notes:
        say(f"{report.origin or report.id}: {note}")
    return report


def _linked(coded: list[Coded]) -> list[Incident]:
    from geo.pipeline import link_all

    return link_all(coded)


def _tables(coded: list[Coded], incidents: list[Incident]) -> Tables:
    from geo.tables import tables

    return tables(coded, incidents)


def _meta(names: Gazetteer) -> dict[str, str]:
    info = names.info()
    return {"gazetteer": str(info["fingerprint"]), "gazetteer_places": str(len(names))}


def _write_all(out: Path, tables: Tables, names: Gazetteer, title: str | None) -> None:
    import maps
    from geo.exchange.write import export
    from geo.project import write
    from geo.tables import towns

    with _staged(out) as folder:
        project, page, incidents, events = (folder / name for name in MADE)
        write(project, tables, _meta(names))
        export(tables, incidents, layer="incidents")
        export(tables, events, layer="events")
        maps.save({**tables, "basemap": towns(names, tables)}, page, title=title)


def _summary(coded: list[Coded], incidents: list[Incident], out: Path) -> None:
    sources = {c.report.source for c in coded if c.report.source}
    contested = sum(bool(i.contested) for i in incidents)
    page = out / "map.html" if out.is_dir() else out
    say(
        f"{counted(len(coded), 'report')}, {counted(len(incidents), 'incident')}, "
        f"{counted(len(sources), 'source')}, {contested} contested; open {page}",
    )
