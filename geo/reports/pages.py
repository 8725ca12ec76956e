"""The text and the metadata of an HTML page."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from geo.reports.draft import Draft
from geo.reports.encoding import decode
from geo.reports.pagedates import stated_on
from geo.reports.problem import RefusedError

MAX_PAGE = 4 * 2**20
"""Most bytes of one page; the reader of HTML is slow on more."""

_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"""<html[^>]{0,500}?\slang\s*=\s*["']?([A-Za-z]{2})\b""", re.IGNORECASE)
_HEAD = 4096
_UNSAFE = re.compile(r"[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The extractor's own search for dates asks the clock: it is kept short and its answer is not used.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "min_date": "1980-01-01",
    "max_date": "2199-12-31",
}


def draft_of_page(data: bytes, *, where: str, origin: str | None, url: str | None = None) -> Draft:
    """Extract the article of a page; `url` is where it was fetched from, if that is known.

    Raises
    ------
    RefusedError
        Where the page is too large or holds no article.
    """
    if len(data) > MAX_PAGE:
        raise RefusedError(f"a page larger than {MAX_PAGE // 2**20} MB", "save its text as .txt")
    html = _decoded(data)
    found = _extracted(html)
    if found is None or not (found.text or "").strip():
        raise RefusedError("no article found in this page", "save its text as .txt")
    language = _LANGUAGE.search(html, 0, _HEAD)
    return Draft(
        text=str(found.text),
        where=where,
        origin=origin,
        source=_site(found),
        title=found.title,
        published=stated_on(html),
        url=url or found.url,
        language=language[1] if language else None,
    )


def _extracted(html: str) -> Any:
    import trafilatura
    from lxml.etree import LxmlError  # type: ignore[import-untyped]

    try:
        return trafilatura.bare_extraction(
            _UNSAFE.sub(" ", html), include_comments=False, with_metadata=True, date_extraction_params=_DATES
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError, LxmlError) as error:
        what = f"the page cannot be taken apart ({type(error).__name__})"
        raise RefusedError(what, "save its text as .txt") from error


def _site(found: Any) -> str | None:
    # A bare host is left to the search for the source, which may know whose it is.
    return found.sitename if found.sitename and "." not in found.sitename else None


def _decoded(data: bytes) -> str:
    named = _CHARSET.search(data, 0, _HEAD)
    if named and b"\0" not in data[:_HEAD]:
        with suppress(LookupError, UnicodeDecodeError):  # a page in another encoding than it says
            return data.decode(named[1].decode("ascii"))
    return decode(data)[0]
