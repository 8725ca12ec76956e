"""What is told to the user about input that cannot be read, and how it travels inside the package."""

from __future__ import annotations

from dataclasses import dataclass

from geo.errors import ReportError

SHOWN = 120
"""Longest piece of hostile input quoted in a message, characters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One file, line or row that could not be read as it is, in words for the user."""

    where: str
    """File, and line or row ("news.jsonl, line 7"); safe to print."""
    what: str
    """What is wrong."""
    mend: str
    """What to do about it."""
    lost: bool = True
    """Whether something is missing from the run; `False` for what is only told (a repeated report)."""

    def __str__(self) -> str:
        """Give the one line a user reads."""
        return f"{self.where}: {self.what}; {self.mend}"


class RefusedError(ReportError):
    """A piece of input that is refused, before it is known where the piece stands."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}; {mend}")
        self.what = what
        self.mend = mend

    def at(self, where: str) -> Problem:
        """Make the problem to tell, once the place is known."""
        return Problem(where=where, what=self.what, mend=self.mend)


def printable(words: str, limit: int = SHOWN) -> str:
    """Make hostile words safe for one line of a terminal or a log: no controls, no bidi marks, not long."""
    cut = words[: limit + 1]
    shown = "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in cut)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
