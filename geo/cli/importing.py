"""Verb that reads other people's tables: import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.console import counted, say

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

    Example: conflictmap import ged.csv.gz -o out/project.gpkg
    """
    from geo.exchange.read import read, write_rejected
    from geo.project import update, write

    found = read(file, mapping)
    if project.exists():
        update(project, lambda before: relinked(before, found), found.meta)
    else:
        write(project, relinked(None, found), found.meta)
    say(f"{counted(len(found.rows), 'event')} of {found.layout.name} in {project}")
    if found.rejected:
        kept = project.with_suffix(".rejects.csv")
        write_rejected(found, kept)
        say(f"conflictmap: {counted(len(found.rejected), 'row')} put aside in {kept}, each with its reason.")
        raise typer.Exit(1)


def relinked(before: Tables | None, new: Imported | None = None) -> Tables:
    """Link a project's own reports and its datasets, the new one among them, into incidents."""
    from gazetteer import Gazetteer
    from geo.exchange import read as foreign
    from geo.pipeline import code_all, link_all
    from geo.project.recall import recalled
    from geo.tables import tables

    old = foreign.recalled(before) if before is not None else []
    imports = foreign.joined(old, new) if new is not None else old
    reports = list(recalled(before)) if before is not None else []
    coded = (
        [*code_all(Gazetteer.open(), reports), *(i.coded() for i in imports)]
        if reports
        else [i.coded() for i in imports]
    )
    made = tables(coded, link_all(coded), [r for i in imports for r in i.rows])
    return {**(before or {}), **made}
