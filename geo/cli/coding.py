"""Verbs that read reports: map, add, parse, score."""

from __future__ import annotations

import json
import os
import sys
import tempfile
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli import outputs, running
from geo.cli.console import Told, counted, detail, say
from geo.cli.progress import Progress
from geo.cli.reviewing import tell_unfit
from geo.cli.running import Resume, Workers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from gazetteer import Gazetteer
    from geo.records import Coded, Incident
    from geo.review import Unfit
    from geo.runs.journal import Sums
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


def _own_recognizer(name: str | None) -> str | None:
    """Let every stage, in worker processes too, know who reads place names; say at once if nobody does."""
    if name is not None:
        from gazetteer import Gazetteer
        from geo.mentions.recognizers import ENVIRONMENT, open_recognizer

        open_recognizer(Gazetteer.open(), name)
        os.environ[ENVIRONMENT] = name
    return name


RecognizerName = Annotated[
    str | None,
    typer.Option(
        "--recognizer",
        help="Who finds place names: gazetteer (the project's own), or spacy:PIPELINE.",
        callback=_own_recognizer,
    ),
]
Strict = Annotated[bool, typer.Option("--strict", help="Stop at the first report that cannot be read.")]
Title = Annotated[str | None, typer.Option("--title", help="Heading of the map.")]


def map_(
    reports: Reports,
    to: Annotated[
        str,
        typer.Option(
            "-o", "--out", help="Folder for project.gpkg, map.html, incidents.geojson, events.geojson."
        ),
    ],
    gazetteer: GazetteerFile = None,
    title: Title = None,
    workers: Workers = 1,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            help="Dask scheduler to run on; writes partitioned GeoParquet, no map.",
            metavar="ADDRESS",
        ),
    ] = None,
    _actors: Actors = None,
    _recognizer: RecognizerName = None,
    *,
    resume: Resume = False,
    strict: Strict = False,
) -> None:
    """Read reports and draw the map: the main job.

    Example: conflictmap map seeds -o out
    """
    if cluster is not None:
        running.on_cluster(cluster, reports, to, gazetteer, Told(strict=strict))
        return
    out = Path(to)
    from geo.project.atomic import only_writer
    from geo.runs import link_kept

    told = Told(strict=strict)
    names = _open(gazetteer)
    outputs.check(out)
    project = out / outputs.MADE[0]
    stream, meter = running.reading(reports, told)
    with (
        running.stoppable(f"conflictmap map ... -o {out}"),
        outputs.folder(out),
        only_writer(project),
        running.journal(project, names, resume=resume) as kept,
    ):
        with Progress(reports, meter, lambda: outputs.open_at_once(project, names, kept)) as progress:
            whole = running.code(kept, names, gazetteer, stream, told, workers, progress)
        kept.seal(whole=whole)
        if whole or outputs.unfinished(project):
            link_kept(kept)
            outputs.write_all(out, kept, names, title, whole=whole)
        sums = kept.sums()
        if not whole:
            raise running.StoppedError(sums.reports)
        kept.remove()
    _summary(sums, out)
    told.close()


def add(
    project: Annotated[Path, typer.Argument(help="Project file of an earlier run.")],
    reports: Reports,
    gazetteer: GazetteerFile = None,
    workers: Workers = 1,
    _actors: Actors = None,
    _recognizer: RecognizerName = None,
    *,
    resume: Resume = False,
    strict: Strict = False,
) -> None:
    """Code further reports into a project; its incidents are linked anew.

    Example: conflictmap add out/project.gpkg newer/
    """
    from geo.project import update
    from geo.project.recall import recalled

    told = Told(strict=strict)
    names = _open(gazetteer)
    counts: list[Sums] = []
    unfit: list[Unfit] = []

    def change(before: Tables) -> Mapping[str, object]:
        from geo.exchange import read as foreign
        from geo.reports import read
        from geo.review import renewed

        old = list(recalled(before))
        known = {r.id for r in old}
        new = (r for r in read(reports, on_problem=told) if r.id not in known)
        imports = foreign.recalled(before)
        own = running.coded_beside(project, names, gazetteer, chain(old, new), told, workers, resume=resume)
        coded = [*own, *(i.coded() for i in imports)]
        made = renewed(before, coded, [r for i in imports for r in i.rows])
        counts.append(_sums(coded, made.settled.incidents))
        unfit.extend(made.settled.unfit)
        return made.tables

    with running.stoppable(f"conflictmap add {project} ..."):
        update(project, change, outputs.meta_of(names))  # type: ignore[arg-type]
        running.journal_beside(project).unlink(missing_ok=True)
    tell_unfit(unfit)
    _summary(counts[0], project)
    told.close()


def parse(
    reports: Reports,
    gazetteer: GazetteerFile = None,
    workers: Workers = 1,
    _actors: Actors = None,
    _recognizer: RecognizerName = None,
    *,
    strict: Strict = False,
) -> None:
    """Print what was read as JSON Lines, one line a report.

    Example: conflictmap parse reports.jsonl > coded.jsonl
    """
    from geo.jsonlines import line
    from geo.runs import link_kept

    told = Told(strict=strict)
    names = _open(gazetteer)
    stream, meter = running.reading(reports, told)
    with (
        tempfile.TemporaryDirectory(prefix="conflictmap.") as folder,
        running.journal(Path(folder, "parse"), names) as kept,
    ):
        with Progress(reports, meter) as progress:
            whole = running.code(kept, names, gazetteer, stream, told, workers, progress)
        if not whole:
            raise typer.Exit(running.STOPPED)
        kept.seal()
        link_kept(kept)
        for coded in kept.read():
            sys.stdout.buffer.write(line(coded, kept.incident_of(coded.events)))
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


def _coded(names: Gazetteer, reports: Iterable[str], told: Told) -> Iterable[Coded]:
    from geo.pipeline import code_all

    stream, _ = running.reading(list(reports), told)
    return code_all(names, stream, on_problem=told)


def _linked(coded: list[Coded]) -> list[Incident]:
    from geo.pipeline import link_all

    return link_all(coded)


def _sums(coded: list[Coded], incidents: Sequence[Incident]) -> Sums:
    from geo.runs.journal import Sums

    return Sums(
        reports=len(coded),
        events=sum(len(c.events) for c in coded),
        incidents=len(incidents),
        sources=len({c.report.source for c in coded if c.report.source}),
        contested=sum(bool(i.contested) for i in incidents),
    )


def _summary(sums: Sums, out: Path) -> None:
    page = out / "map.html" if out.is_dir() else out
    say(
        f"{counted(sums.reports, 'report')}, {counted(sums.incidents, 'incident')}, "
        f"{counted(sums.sources, 'source')}, {sums.contested} contested; open {page}",
    )
