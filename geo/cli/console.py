"""What the command line tells its user, on standard error, one line a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

import typer

from geo.errors import ReportError

if TYPE_CHECKING:
    from geo.reports import Problem


def say(words: str) -> None:
    """Tell the user what was done; --quiet keeps it back."""
    from geo.cli.log import logger

    logger().info("%s", words)


def warn(words: str) -> None:
    """Tell the user what is wrong, whatever the level."""
    from geo.cli.log import logger

    logger().warning("%s", words)


def detail(words: str) -> None:
    """Tell the user how something was done, with --verbose."""
    from geo.cli.log import logger

    logger().debug("%s", words)


def show(words: str) -> None:
    """Print what was asked for on standard output, free of control characters."""
    from geo.cli.log import plain

    typer.echo(plain(words))


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where it is one."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


class Told:
    """Problems of a run: each told as it comes, counted at the end."""

    def __init__(self, *, strict: bool) -> None:
        self.strict = strict
        self.lost = 0

    def __call__(self, problem: Problem) -> None:
        """Tell a problem; with --strict, what is lost ends the run."""
        if self.strict and problem.lost:
            raise ReportError(str(problem))
        warn(f"conflictmap: {problem}")
        self.lost += problem.lost

    def nothing(self, reports: str) -> NoReturn:
        """End a run that read no report at all; one problem, already told, says enough.

        Raises
        ------
        ReportError
            Several problems, or none, were told.
        """
        if self.lost == 1:
            raise typer.Exit(2)
        raise ReportError(
            f"{reports}: no report could be read; "
            "name files or folders with .txt, .md, .html, .jsonl or .csv."
        )

    def close(self) -> None:
        """End with exit code 1 if anything could not be read."""
        if self.lost:
            warn(
                f"conflictmap: {counted(self.lost, 'piece')} of input could not be read; see the lines above."
            )
            raise typer.Exit(1)
