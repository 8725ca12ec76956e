"""The verbs in one place; `geo.cli.faults` says what a user sees when something is wrong."""

from __future__ import annotations

import io
import os
import sys

import typer

from geo.cli import coding, demo, faults, importing, looking, reviewing, showing

ANYWHERE = frozenset({"--quiet", "-q", "--verbose", "-v", "--debug"})

app = typer.Typer(
    name="conflictmap",
    help="Read news reports of armed conflict; map what happened, where, when and who says so.",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: conflictmap map seeds -o out",
)
app.command("map")(coding.map_)
app.command("demo")(demo.demo)
app.command("add")(coding.add)
app.command("parse")(coding.parse)
app.command("import")(importing.import_)
app.command("render")(showing.render)
app.command("export")(showing.export)
app.command("review")(reviewing.review)
app.command("explain")(showing.explain)
app.command("geocode")(looking.geocode)
app.command("score")(coding.score)
app.add_typer(looking.gazetteer_app, name="gazetteer")


def _version(asked: bool) -> None:  # noqa: FBT001 — typer's callback form
    if asked:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(version("conflictmap"))
        except PackageNotFoundError:
            typer.echo("unknown (not installed)")
        raise typer.Exit


@app.callback()
def _options(
    *,
    quiet: bool = typer.Option(False, "--quiet", "-q", help="Tell only what is wrong."),
    verbose: bool = typer.Option(False, "--verbose", "-v", help="Tell also how it is done."),
    debug: bool = typer.Option(
        False, "--debug", help="Show the traceback of an error.", envvar="CONFLICTMAP_DEBUG"
    ),
    _show: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="Tell the version and stop."
    ),
) -> None:
    if debug:
        os.environ["CONFLICTMAP_DEBUG"] = "1"
    if quiet or verbose:
        os.environ["CONFLICTMAP_LOG"] = "quiet" if quiet else "verbose"


def run() -> None:
    """Run the command line; a user's mistake is one line on standard error, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that lacks a letter shows its escape; it is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
    try:
        app(_forward(sys.argv[1:]))
    except Exception as fault:
        if faults.debugging():
            raise
        words, code = faults.line(fault)
        typer.echo(f"conflictmap: {words}", err=True)
        sys.exit(code)


def _forward(arguments: list[str]) -> list[str]:
    """Bring the options of the whole command to the front: people write them after the verb as well."""
    end = arguments.index("--") if "--" in arguments else len(arguments)
    head, tail = arguments[:end], arguments[end:]
    return [a for a in head if a in ANYWHERE] + [a for a in head if a not in ANYWHERE] + tail
