"""The hostile corpus: payloads, and tables that carry each of them in every field."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "fixtures" / "hostile.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Payload:
    """One text that wants to be more than text."""

    kind: str
    """What it attacks."""
    text: str
    """The text."""


@cache
def _rows() -> tuple[dict[str, Any], ...]:
    return tuple(json.loads(line) for line in CORPUS.read_text("ascii").splitlines()[1:])


def payloads() -> list[Payload]:
    """Give the payloads that are stored whole."""
    return [Payload(kind=row["kind"], text=row["text"]) for row in _rows() if "times" not in row]


def long_payloads() -> list[Payload]:
    """Make the long ones, each on one line: ten million characters of a letter, fewer of what costs more."""
    return [Payload(kind=row["kind"], text=row["text"] * row["times"]) for row in _rows() if "times" in row]
