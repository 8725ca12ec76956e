"""What a reader hands over before source, date and furniture are looked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One report with its metadata as the input words them; `None`: the input is silent."""

    text: str
    """The text, as read."""
    where: str
    """File and line, for messages; safe to print."""
    origin: str | None = None
    """The file it was read from, as given."""
    id: str | None = None
    """Id given by the input."""
    source: str | None = None
    """Publisher given by the input."""
    title: str | None = None
    """Headline given by the input."""
    published: str | None = None
    """Date of publication, in the input's words."""
    url: str | None = None
    """Address given by the input."""
    language: str | None = None
    """Language given by the input."""
    notes: tuple[str, ...] = ()
    """What the reader has to say of it."""
