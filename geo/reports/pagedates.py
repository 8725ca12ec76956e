"""The date of publication in the markup of an HTML page, as the page words it.

Only places meant for it are read: meta elements, JSON-LD, `time`, and short elements of a class that says so.
Guessers of dates are no help here: they fill a missing day from the clock, or take a footer's copyright year.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.reports.moments import stated

if TYPE_CHECKING:
    from collections.abc import Iterator

_META = re.compile(r"<meta\s([^<>]{1,400})>", re.IGNORECASE)
_NAME = re.compile(r"""(?:property|name|itemprop)\s*=\s*["']?([\w:.-]{1,60})""", re.IGNORECASE)
_CONTENT = re.compile(r"""content\s*=\s*(?:"([^"]{1,80})"|'([^']{1,80})')""", re.IGNORECASE)
_NAMES = {
    "article:published_time": 0,
    "article:published": 0,
    "og:published_time": 0,
    "datepublished": 0,
    "publication_date": 1,
    "publish-date": 1,
    "publish_date": 1,
    "pubdate": 1,
    "parsely-pub-date": 1,
    "sailthru.date": 1,
    "cxenseparse:recs:publishtime": 1,
    "dc.date.issued": 1,
    "dcterms.issued": 1,
    "dcterms.created": 2,
    "dcterms.date": 2,
    "dc.date": 2,
    "date": 2,
    "datecreated": 2,
}
"""Names of meta elements, folded, and how much they are trusted: 0 most."""

_JSON_LD = re.compile(r'"datePublished"\s*:\s*"([^"]{1,80})"', re.IGNORECASE)
_TIME = re.compile(r"""<time\s[^<>]{0,300}?datetime\s*=\s*["']?([^"'<>]{1,60})""", re.IGNORECASE)
_CLASSES = "date|pubdate|published|post-date|entry-date|publish-date|article-date|timestamp"
_ELEMENT = re.compile(
    r"""<(?:span|div|p|li|small|em|b|abbr)\s[^<>]{0,200}?class\s*=\s*["'][^"'<>]{0,100}?"""
    rf"""\b(?:{_CLASSES})\b[^<>]{{0,200}}>\s*([^<>]{{4,60}}?)\s*<""",
    re.IGNORECASE,
)
_READ = 2**20


def stated_on(html: str) -> str | None:
    """Find the words in which a page dates its publication; `None`: none that we understand."""
    head = html[:_READ]
    for words in _candidates(head):
        if stated(words):
            return words
    return None


def _candidates(html: str) -> Iterator[str]:
    named = sorted(_metas(html))
    yield from (words for trust, words in named if trust == 0)
    yield from (match[1] for match in _JSON_LD.finditer(html))
    yield from (words for trust, words in named if trust > 0)
    # A page's lists of other stories have dates too: several different ones say nothing.
    for pattern in (_TIME, _ELEMENT):
        words = [match[1] for match in pattern.finditer(html)]
        if len({moment.first for word in words if (moment := stated(word))}) == 1:
            yield from words


def _metas(html: str) -> Iterator[tuple[int, str]]:
    for match in _META.finditer(html):
        name = _NAME.search(match[1])
        content = _CONTENT.search(match[1])
        if name and content and name[1].lower() in _NAMES:
            yield _NAMES[name[1].lower()], content[1] or content[2]
