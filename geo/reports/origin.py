"""Source and date of publication, found in the text where the metadata lack them. Never a guess."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from geo.records import UNKNOWN_TIME, Span, When
from geo.reports import publishers
from geo.reports.datelines import in_address, moments_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HEAD_LINES = 14
_FOOT_LINES = 10
_EDGE = 6000
_CLIP = 400


class Edges(NamedTuple):
    """First and last lines of a text, where reports say whose they are and of which day."""

    head: list[str]
    """First lines."""
    foot: list[str]
    """Last lines."""
    body_head: list[str]
    """First lines that are no page furniture."""
    body_foot: list[str]
    """Last lines that are no page furniture."""
    start: str
    """The first part of the text, as it stands."""


def edges_of(text: str, furniture: Sequence[Span] = ()) -> Edges:
    """Cut out the first and last lines."""
    start, end = text[:_EDGE], text[-_EDGE:]
    head = list(islice(_lines(start.split("\n"), 0, furniture), _HEAD_LINES))
    foot = list(_lines(end.split("\n")[-2 * _FOOT_LINES :], None, furniture, len(text)))[-_FOOT_LINES:]
    return Edges(
        head=[line[:_CLIP] for line, _ in head],
        foot=[line[-_CLIP:] for line, _ in foot],
        body_head=[line[:_CLIP] for line, marked in head if not marked],
        body_foot=[line[-_CLIP:] for line, marked in foot if not marked],
        start=start,
    )


def source(edges: Edges, *, title: str | None, url: str | None) -> str | None:
    """Name the publisher: a known outlet's address, the page's words about itself, its host, its agency."""
    return (
        publishers.from_address(url)
        or publishers.from_text(edges.head, edges.foot, edges.body_head, title)
        or publishers.host_of(url)
        or publishers.from_dateline(edges.head)
    )


def published(edges: Edges, *, url: str | None) -> When:
    """Find when it was published; a day without a year that nothing settles comes back as words only."""
    address = in_address(publishers.original(url)) if url else None
    partial = None
    for moment in moments_of(edges.body_head, edges.body_foot):
        if moment.year is not None:
            return moment.when()
        partial = partial or moment
    year = year_of(partial, edges.start, address) if partial else None
    if partial and year:
        return partial.when(year)
    if address:
        return address.when()
    return partial.when() if partial else UNKNOWN_TIME


def _lines(
    raws: list[str], position: int | None, furniture: Sequence[Span], end: int = 0
) -> Iterator[tuple[str, bool]]:
    """Give the lines that are not empty, each with whether it is furniture."""
    if position is None:
        position = end - sum(map(len, raws)) - len(raws) + 1
    for raw in raws:
        words = raw.strip()
        if words:
            start = position + raw.find(words[0])
            yield words, any(span.start <= start < span.end for span in furniture)
        position += len(raw) + 1
