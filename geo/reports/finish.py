"""From what a reader handed over to a report: metadata cleaned, the missing found, an id made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geo.records import Report, When
from geo.reports import furniture, moments, origin
from geo.reports.identity import content_id
from geo.reports.problem import printable

if TYPE_CHECKING:
    from geo.reports.draft import Draft

_SPACE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_HALF = re.compile("[\ud800-\udfff]")
_LONGEST_NAME = 300
_LONGEST_ID = 200
_LONGEST_URL = 4000
_LANGUAGE = re.compile(r"[A-Za-z]{2}(?=[-_]|$)")


def finished(draft: Draft) -> Report:
    """Make the report."""
    notes = list(draft.notes)
    text = whole(draft.text)
    url = _address(draft.url, notes)
    title = _name(draft.title)
    spans = furniture.spans(text)
    source = _name(draft.source)
    published = _stated(draft, notes)
    if source is None or published is None:
        edges = origin.edges_of(text, spans)
        source = source or _found_source(edges, title, url, notes)
        published = published or _found_date(edges, url, notes)
    return Report(
        id=_id(draft.id, notes) or content_id(source, title, text),
        source=source,
        title=title,
        published=published,
        url=url,
        text=text,
        language=_language(draft.language),
        origin=printable(draft.origin, _LONGEST_URL) if draft.origin else None,
        furniture=spans,
        notes=tuple(notes),
    )


def _stated(draft: Draft, notes: list[str]) -> When | None:
    words = (draft.published or "").strip()
    stated = moments.stated(words) if words else None
    if words and stated is None:
        notes.append(f"publication date not understood: {printable(words)}")
    return stated


def _found_source(edges: origin.Edges, title: str | None, url: str | None, notes: list[str]) -> str | None:
    found = origin.source(edges, title=title, url=url)
    if found is None:
        notes.append("no source found")
    return found


def _found_date(edges: origin.Edges, url: str | None, notes: list[str]) -> When:
    found = origin.published(edges, url=url)
    if not found.known:
        partial = f"publication date without a year: {printable(found.words)}"
        notes.append(partial if found.words else "no publication date found")
    return found


def whole(words: str) -> str:
    """Put U+FFFD for lone surrogates, which no encoding holds; offsets stay right."""
    return words if words.isascii() else _HALF.sub("\N{REPLACEMENT CHARACTER}", words)


def _name(words: str | None) -> str | None:
    clean = _SPACE.sub(" ", whole(words or "")).strip()
    return clean[:_LONGEST_NAME] or None


def _id(words: str | None, notes: list[str]) -> str | None:
    clean = _SPACE.sub(" ", whole(words or "")).strip()
    if len(clean) > _LONGEST_ID:
        notes.append(f"id longer than {_LONGEST_ID} characters left out")
        return None
    return clean or None


def _address(words: str | None, notes: list[str]) -> str | None:
    clean = whole(words or "").strip()
    if not clean:
        return None
    if len(clean) > _LONGEST_URL or _SPACE.search(clean) or not _is_web(clean):
        notes.append(f"address left out, not http or https: {printable(clean, 60)}")
        return None
    return clean


def _is_web(words: str) -> bool:
    try:
        parts = urlsplit(words)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _language(words: str | None) -> str | None:
    match = _LANGUAGE.match((words or "").strip())
    return match.group().lower() if match else None
