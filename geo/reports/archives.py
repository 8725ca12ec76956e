"""Reports out of web archives (WARC, ISO 28500): the HTML and text pages in them."""

from __future__ import annotations

import zlib
from http.client import HTTPException, HTTPResponse, parse_headers
from io import BufferedReader, BytesIO
from typing import TYPE_CHECKING, NamedTuple, cast

from geo.reports.draft import Draft
from geo.reports.encoding import decode
from geo.reports.pages import MAX_PAGE, draft_of_page
from geo.reports.problem import RefusedError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.reports.rows import Place, Row

_KINDS = ("response", "resource", "conversion")
_HTML = ("text/html", "application/xhtml+xml")
_OK = (200, 203)
_BLOCK = 2**20
_ANY_GZIP_OR_ZLIB = 47


class _Page(NamedTuple):
    url: str | None
    kind: str
    data: bytes


class _Bytes:
    """Bytes where `HTTPResponse` expects a socket."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> BytesIO:
        return BytesIO(self._data)


def archived_pages(stream: BufferedReader, place: Place) -> Iterator[Row]:
    """Read the pages of an archive; images, scripts, redirects and the like are passed over.

    The day an archive fetched a page is no date of publication and is not taken for one.

    Raises
    ------
    RefusedError
        Where a record is broken: the next one cannot be found. What came before has been read.
    """
    number = 0
    while _at_record(stream, number):
        number += 1
        try:
            page = _record(stream)
        except (HTTPException, ValueError, zlib.error) as error:
            yield number, RefusedError("broken record", "fetch the archive again")
            if not isinstance(error, _BrokenPageError):
                raise RefusedError(f"broken after record {number}", "fetch the archive again") from error
            continue
        if page is not None:
            yield number, _row(page, place, number)


class _BrokenPageError(ValueError):
    """A record whose content is broken, though its end is known."""


def _at_record(stream: BufferedReader, number: int) -> bool:
    line = stream.readline(_BLOCK)
    while line in (b"\r\n", b"\n"):
        line = stream.readline(_BLOCK)
    if line and not line.startswith(b"WARC/"):
        what = f"no further record after record {number}" if number else "no web archive"
        raise RefusedError(what, "fetch the archive again")
    return bool(line)


def _record(stream: BufferedReader) -> _Page | None:
    headers = parse_headers(stream)
    length = int(headers.get("Content-Length", ""))
    kind = headers.get("WARC-Type", "")
    if length < 0:
        raise ValueError(length)
    if kind not in _KINDS or length > 2 * MAX_PAGE:
        _skip(stream, length)
        return None
    data = stream.read(length)
    if len(data) < length:
        raise ValueError(length)
    url = headers.get("WARC-Target-URI", "").strip("<>") or None
    if kind == "response":
        return _response(url, data)
    return _wanted(url, headers.get("Content-Type", ""), data)


def _skip(stream: BufferedReader, length: int) -> None:
    while length > 0:
        block = stream.read(min(length, _BLOCK))
        if not block:
            raise ValueError(length)
        length -= len(block)


def _response(url: str | None, data: bytes) -> _Page | None:
    try:
        response = HTTPResponse(cast("object", _Bytes(data)))  # type: ignore[arg-type]
        response.begin()
        if response.status not in _OK:
            return None
        body = response.read()
        if response.getheader("Content-Encoding", "") in ("gzip", "x-gzip", "deflate"):
            body = zlib.decompressobj(_ANY_GZIP_OR_ZLIB).decompress(body, MAX_PAGE + 1)
        return _wanted(url, response.getheader("Content-Type") or "", body)
    except (HTTPException, ValueError, zlib.error) as error:
        raise _BrokenPageError(str(error)) from error


def _wanted(url: str | None, content_type: str, data: bytes) -> _Page | None:
    kind = content_type.partition(";")[0].strip().lower()
    return _Page(url, kind, data) if kind in (*_HTML, "text/plain") and data.strip() else None


def _row(page: _Page, place: Place, number: int) -> Draft | RefusedError:
    where = f"{place.name}, record {number}"
    try:
        if page.kind in _HTML:
            return draft_of_page(page.data, where=where, origin=place.path, url=page.url)
        text, _ = decode(page.data)
    except RefusedError as refusal:
        return refusal
    return Draft(text=text, where=where, origin=place.path, url=page.url)
