"""Reports in: every file, line or row becomes a report or a problem that is told."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING

from geo.errors import ReportError
from geo.reports import frontmatter
from geo.reports.columns import aliases
from geo.reports.draft import Draft
from geo.reports.encoding import decode, mend_damage
from geo.reports.files import Source, Tell, byte_lines, opened, walk, whole
from geo.reports.finish import finished
from geo.reports.identity import Seen
from geo.reports.pages import draft_of_page
from geo.reports.problem import Problem, RefusedError
from geo.reports.rows import Place, Row, json_document, json_lines, table, text_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from io import BufferedReader

    from geo.records import Report
    from geo.reports.meter import Meter

_EXPECTED = {"utf-8", "utf-8-sig", "utf-16", "utf-32"}
_PEEK = 4096


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    on_problem: Callable[[Problem], None],
    meter: Meter | None = None,
) -> Iterator[Report]:
    """Read reports one after the other, in the order of the arguments and, in folders, of the names.

    Parameters
    ----------
    paths
        Files, folders (walked; README.md and hidden files passed over), or "-" for standard input,
        which holds JSON Lines if it begins with "{", else one text.
    on_problem
        Told of everything that could not be read as it is; the run goes on.
    meter
        Counts the bytes read, for who wants to know how far it is.

    Yields
    ------
    Report
        Each with an id that no other of the run has. A second copy of the same source's text is left out
        and told.
    """
    seen = Seen()
    given = [paths] if isinstance(paths, str | os.PathLike) else paths
    for source in walk(given, on_problem):
        for draft, report in read_source(source, on_problem, meter):
            if seen.repeats(report):
                on_problem(repeated(draft.where))
            else:
                yield seen.named(report)


def read_source(source: Source, tell: Tell, meter: Meter | None = None) -> Iterator[tuple[Draft, Report]]:
    """Read one file, or a part of one; what comes twice and shares an id is given all the same."""
    return ((draft, finished(draft)) for draft in _drafts(source, tell, meter))


def from_text(
    text: str,
    *,
    source: str | None = None,
    title: str | None = None,
    published: str | date | None = None,
    url: str | None = None,
    id: str | None = None,  # noqa: A002 - the name of the field
) -> Report:
    """Make a report from a text at hand, as in a notebook.

    Raises
    ------
    ReportError
        Where there is no text.
    """
    if not isinstance(text, str) or not text.strip():
        raise ReportError("from_text: the text is empty; give the words of the report")
    day = published.isoformat() if isinstance(published, date) else published
    return finished(Draft(text=text, where="text", id=id, source=source, title=title, published=day, url=url))


def repeated(where: str) -> Problem:
    """Word what is told of a report that came before."""
    return Problem(
        where=where,
        what="the same text from the same source came before",
        mend="it is counted once; nothing to do",
        lost=False,
    )


def _drafts(source: Source, tell: Tell, meter: Meter | None) -> Iterator[Draft]:
    try:
        with opened(source, meter) as stream:
            for number, row in _rows(source, stream):
                if isinstance(row, RefusedError):
                    tell(row.at(f"{source.name}, line {number}" if number else source.name))
                else:
                    yield row
    except RefusedError as refusal:
        tell(refusal.at(source.name))


def _rows(source: Source, stream: BufferedReader) -> Iterator[Row]:
    place = Place(name=source.name, path=source.path)
    match source.kind if source.kind != "sniff" else _sniffed(stream):
        case "jsonl":
            yield from json_lines(byte_lines(stream), place)
        case "json":
            yield from json_document(whole(stream), place)
        case "csv":
            yield from table(text_lines(byte_lines(stream)), place, delimiter=None, aliases=aliases())
        case "tsv":
            yield from table(text_lines(byte_lines(stream)), place, delimiter="\t", aliases=aliases())
        case "html":
            yield 0, draft_of_page(whole(stream), where=source.name, origin=source.path)
        case "warc":
            from geo.reports.archives import archived_pages

            yield from archived_pages(stream, place)
        case kind:
            yield 0, _document(whole(stream), source, markdown=kind == "markdown")


def _sniffed(stream: BufferedReader) -> str:
    head = stream.peek(_PEEK).removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"{"):
        return "jsonl"
    if head.startswith(b"WARC/1."):
        return "warc"
    return "html" if head[:15].lower().startswith((b"<!doctype html", b"<html")) else "text"


def _document(data: bytes, source: Source, *, markdown: bool) -> Draft:
    text, encoding = decode(data)
    text, mended = mend_damage(text)
    notes = [f"encoding taken for {encoding}"] if encoding not in _EXPECTED else []
    if mended:
        notes.append(f"{mended} wrongly encoded places mended")
    values, body = frontmatter.split(text) if markdown else ({}, text)
    if not body.strip():
        raise RefusedError("the text is empty", "give the report's text or leave the file out")
    return Draft(text=body, where=source.name, origin=source.path, notes=tuple(notes), **values)
