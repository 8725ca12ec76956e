"""Spellings levelled without moving an offset."""

from __future__ import annotations

from typing import Final

APOSTROPHES: Final = "’‘ʼʻʿʾ`´"
HYPHENS: Final = "‐‑–—"
SPACES: Final = "\n\t\r\u00a0\u202f"

PLAIN: Final = tuple(
    (mark, plain) for marks, plain in ((APOSTROPHES, "'"), (HYPHENS, "-"), (SPACES, " ")) for mark in marks
)
PLAIN_ASCII: Final = tuple((mark, plain) for mark, plain in PLAIN if mark.isascii())


def level(text: str) -> str:
    """Level apostrophes, hyphens and white space, one code point for one."""
    for mark, plain in PLAIN_ASCII:
        text = text.replace(mark, plain)
    if text.isascii():
        return text
    for mark, plain in PLAIN:
        text = text.replace(mark, plain)
    return text


def lower(text: str) -> str:
    """Lower the case, one code point for one (a dotted capital I would become two)."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def fold(name: str) -> str:
    """Return a name in the form in which two spellings count as one."""
    return lower(level(name)).replace("-", " ")


def is_acronym(name: str) -> bool:
    """Tell whether a name is written in capitals, so that its case counts."""
    return name.isupper() and sum(c.isalpha() for c in name) > 1
