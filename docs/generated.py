"""Hook of the documentation's build: pages made from the code, from its data and from what was measured."""

from __future__ import annotations

import csv
import re
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

ROOT = Path(__file__).parents[1]
COPIES = {
    "architecture.md": "ARCHITECTURE.md",
    "changelog.md": "CHANGELOG.md",
    "conduct.md": "CODE_OF_CONDUCT.md",
    "contributing.md": "CONTRIBUTING.md",
    "security.md": "SECURITY.md",
}
"""Pages that lie at the root of the tree."""


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages that nobody writes by hand."""
    for name, text in pages().items():
        files.append(File.generated(config, name, content=text))
    return files


def pages() -> dict[str, str]:
    """Return the text of each page by its file's name."""
    return {
        "cli.md": command_line(),
        "columns.md": columns(),
        "figures.md": figures(),
        **{page: _moved((ROOT / name).read_text("utf-8")) for page, name in COPIES.items()},
    }


def command_line() -> str:
    """Write every verb with its arguments and options, as the program itself tells them."""
    import typer
    from typer.cli import get_docs_for_click

    from geo.cli.app import app

    command = typer.main.get_command(app)
    context = typer.Context(command, info_name="conflictmap")
    told = get_docs_for_click(obj=command, ctx=context, name="conflictmap", title="Command line")
    return re.sub(r"^Example: (.*)$", r"```console\n$ \1\n```", told, flags=re.MULTILINE)


def columns() -> str:
    """Write what each column of each table means."""
    lines = (ROOT / "geo" / "data" / "columns.csv").read_text("utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    told = ["# Columns", "", "The layers and tables of a project file, and of the exports made from it.", ""]
    for table, those in groupby(rows, key=lambda row: row["table"]):
        told += [f"## {table}", "", "| column | type | meaning |", "|---|---|---|"]
        told += [f"| `{row['column']}` | {row['type']} | {row['meaning']} |" for row in those]
        told.append("")
    return "\n".join(told)


def figures() -> str:
    """Write what the benchmarks measured, as they left it."""
    told = (ROOT / "benchmarks" / "RESULTS.md").read_text("utf-8")
    told = re.sub(r"^# .*\n", "", told)
    return "# Figures\n\nWhat `benchmarks/` measured in this version, on two shared cores.\n\n" + _moved(told)


def _moved(text: str) -> str:
    """Let links between files of the tree point to their pages."""
    for page, name in COPIES.items():
        text = text.replace(f"]({name})", f"]({page})")
    return re.sub(r"\]\((?:\.\./)?docs/", "](", text)
