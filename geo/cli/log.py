"""What a run tells its user beside its output: one line a thing, on standard error, by level.

Whoever calls the stages from Python hears nothing of this. ``CONFLICTMAP_LOG`` holds the level for a whole
run, worker processes among it: ``quiet`` tells only what is wrong, ``normal`` also what was done, ``verbose``
also how.
"""

from __future__ import annotations

import logging
import os

import typer

LEVELS = {"quiet": logging.WARNING, "normal": logging.INFO, "verbose": logging.DEBUG}
VARIABLE = "CONFLICTMAP_LOG"


class _Terminal(logging.Handler):
    """Print records where standard error is now, free of control characters."""

    def emit(self, record: logging.LogRecord) -> None:
        typer.echo(plain(record.getMessage()), err=True)


def logger() -> logging.Logger:
    """Return the command line's logger at the level that ``CONFLICTMAP_LOG`` names."""
    found = logging.getLogger("conflictmap")
    if not found.handlers:
        found.addHandler(_Terminal())
        found.propagate = False
    found.setLevel(LEVELS.get(os.environ.get(VARIABLE, ""), logging.INFO))
    return found


def plain(words: str) -> str:
    """Keep control characters of report text off the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "\N{REPLACEMENT CHARACTER}" for c in words)
