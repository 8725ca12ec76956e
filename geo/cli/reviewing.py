"""Verb that takes corrections by hand: review."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.console import counted, say, show, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geo.review import Correction, Decisions, Renewed, Unfit

SHOWN = 20


def review(
    project: Annotated[Path, typer.Argument(help="Project file.")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="CSV to write; an analyst fills it in.")
    ] = None,
    decisions: Annotated[
        Path | None, typer.Option("--apply", help="Filled-in CSV whose decisions are stored in the project.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Most rows; on the terminal 20 where left out.")
    ] = None,
    gazetteer: Annotated[
        Path | None,
        typer.Option(
            "--gazetteer",
            help="Gazetteer index to use instead of the packaged one.",
            envvar="CONFLICTMAP_GAZETTEER",
        ),
    ] = None,
) -> None:
    """List what is least certain, write it as CSV, or take in what an analyst decided.

    In the CSV: reject an event (reject), change what it is (set_sub_type), when (set_date_from,
    set_date_to) or where (set_place, set_lat, set_lon), join incidents (with: ids of incidents or
    events), take a version out of its incident (apart: all, or ids); "-" undoes. Decisions are kept by
    content: they survive coding anew and further reports.

    Example: conflictmap review out/project.gpkg -o review.csv
    """
    if decisions is not None:
        _apply(project, decisions, gazetteer)
    elif out is not None:
        _write(project, out, limit)
    else:
        _list(project, limit or SHOWN)


def _list(project: Path, limit: int) -> None:
    from geo.project import read
    from geo.review import Project, doubts, recalled

    tables = read(project)
    rows = Project(tables)
    found = doubts(tables)
    for d in found[:limit]:
        row = (rows.events if d.kind == "event" else rows.incidents)[d.id]
        title = (
            row["title"] if d.kind == "incident" else f"{row['sub_type']}, {row['place']}, {row['date_from']}"
        )
        show(f"{d.doubt:.2f}  {d.kind:8}  {d.id:14}  {title}: {'; '.join(d.why)}")
    kept = recalled(tables)
    say(f"{counted(len(found), 'doubt')}, {counted(len(kept), 'correction')} kept")


def _write(project: Path, out: Path, limit: int | None) -> None:
    from geo.errors import OutputError
    from geo.project import read
    from geo.review import write_doubts

    tables = read(project)
    try:
        rows = write_doubts(tables, out, limit)
    except OSError as fault:
        raise OutputError(f"{out}: cannot be written ({fault.strerror}); choose another with -o.") from fault
    say(f"{counted(rows, 'row')} in {out}; fill in and run: conflictmap review {project} --apply {out}")


def _apply(project: Path, decisions: Path, gazetteer: Path | None) -> None:
    from geo.project import update

    done: list[tuple[Decisions, Renewed]] = []

    def change(before: dict[str, pd.DataFrame]) -> Mapping[str, pd.DataFrame]:
        from geo.review import Project, merged, read_decisions, recalled

        new = read_decisions(decisions, Project(before))
        made = _renewed(before, gazetteer, merged(recalled(before), new.corrections))
        done.append((new, made))
        return made.tables

    update(project, change)
    taken, made = done[0]
    for fault in taken.faults:
        warn(f"conflictmap: {fault}")
    tell_unfit(made.settled.unfit)
    say(
        f"{counted(len(taken.corrections), 'decision')} taken, "
        f"{counted(len(made.settled.incidents), 'incident')} in {project}"
    )
    if taken.faults or made.settled.unfit:
        raise typer.Exit(1)


def _renewed(
    before: dict[str, pd.DataFrame], gazetteer: Path | None, corrections: list[Correction]
) -> Renewed:
    from gazetteer import Gazetteer
    from geo.exchange import read as foreign
    from geo.pipeline import code_all
    from geo.project.recall import recalled
    from geo.review import renewed

    imports = foreign.recalled(before)
    reports = list(recalled(before))
    own = code_all(Gazetteer.open(gazetteer), reports) if reports else ()
    coded = [*own, *(i.coded() for i in imports)]
    return renewed(before, coded, [r for i in imports for r in i.rows], corrections)


def tell_unfit(unfit: Iterable[Unfit]) -> None:
    """Tell each correction that does not fit any more; they stay in the project."""
    for u in unfit:
        c = u.correction
        warn(
            f"conflictmap: correction {c.field} of {c.target} {c.id} does not fit: {u.why}. It stays stored; "
            'to take it back write "-" in its place.'
        )
