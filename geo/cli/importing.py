"""Verb that reads other people's tables: import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.bars import through_steps
from geo.cli.console import counted, say, warn
from geo.cli.reviewing import tell_unfit
from geo.errors import ReportError

if TYPE_CHECKING:
    from geo.exchange.read import Imported
    from geo.tables import Tables


def import_(
    file: Annotated[
        Path,
        typer.Argument(help="Table to read: ACLED, UCDP GED or GDELT by their columns, others by --mapping."),
    ],
    project: Annotated[
        Path, typer.Option("-o", "--project", help="Project file to add to; made where there is none.")
    ],
    mapping: Annotated[
        Path | None, typer.Option("--mapping", help="TOML file that says which column is what.")
    ] = None,
) -> None:
    """Read another dataset into a project as a further source; its incidents are linked anew.

    Rows that are no events are written to FILE.rejects.csv beside the project, each with its reason.

    Example: conflictmap import ged.csv.gz -o out/project.gpkg
    """
    from geo.exchange.read import read, write_rejected
    from geo.project import update, write

    kept = rejects_beside(project, file)
    with through_steps() as step:
        step(f"reading {file.name}")
        found = read(file, mapping, watch=lambda done: step(f"reading {file.name}: {done:,} rows"))
        if found.rejected:
            write_rejected(found, kept)
        if not found.rows:
            where = f": {kept} tells why of each row" if found.rejected else ", only a header"
            raise ReportError(f"{file} has no row that is an event{where}; mend it or name another table.")
        step(f"linking {counted(len(found.rows), 'event')} and writing {project.name}")
        if project.exists():
            update(project, lambda before: relinked(before, found), found.meta)
        else:
            write(project, relinked(None, found), found.meta)
    for note in found.notes:
        say(f"conflictmap: {note}")
    say(f"{counted(len(found.rows), 'event')} of {found.layout.source} in {project}")
    if found.rejected:
        warn(f"conflictmap: {counted(len(found.rejected), 'row')} put aside in {kept}, each with its reason.")
        raise typer.Exit(1)


def rejects_beside(project: Path, file: Path) -> Path:
    """Name the file for rows put aside: beside the project, called after the table; each has its own."""
    packed = file.suffix.casefold() in {".gz", ".zip"} and file.with_suffix("").suffix
    plain = file.with_suffix("") if packed else file
    return project.with_name(f"{plain.stem}.rejects.csv")


def relinked(before: Tables | None, new: Imported | None = None) -> Tables:
    """Link a project's own reports and its datasets, the new one among them, into incidents."""
    from gazetteer import Gazetteer
    from geo.exchange import read as foreign
    from geo.pipeline import code_all
    from geo.project.recall import recalled
    from geo.review import renewed

    old = foreign.recalled(before) if before is not None else []
    imports = foreign.joined(old, new) if new is not None else old
    reports = list(recalled(before)) if before is not None else []
    coded = (
        [*code_all(Gazetteer.open(), reports), *(i.coded() for i in imports)]
        if reports
        else [i.coded() for i in imports]
    )
    made = renewed(before or {}, coded, [r for i in imports for r in i.rows])
    tell_unfit(made.settled.unfit)
    return made.tables
