"""Markdown with front matter: `key: value` lines between two lines of `---`, then the text."""

from __future__ import annotations

import re

FIELDS = ("id", "source", "title", "published", "url", "language")
"""Keys that are read; others are passed over."""

_ALSO = {"date": "published", "publisher": "source", "lang": "language"}
_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE)
_PAIR = re.compile(r"^([A-Za-z_]+)[ \t]*:[ \t]+(.*?)[ \t]*\r?$", re.MULTILINE)
_COMMENT = re.compile(r"\s+#.*$")
_HEADING = re.compile(r"\s*# +(.+?)[ #]*\r?(?:\n|\Z)")
_MOST = 2**14


def split(text: str) -> tuple[dict[str, str], str]:
    """Split a Markdown file into its metadata and its body, the body exactly as it stands.

    Without front matter, or where it is never closed, all is body. A first heading is the title where the
    front matter has none; it stays in the body.
    """
    values, body = _front(text)
    heading = _HEADING.match(body)
    if heading and "title" not in values:
        values["title"] = heading[1]
    return values, body


def _front(text: str) -> tuple[dict[str, str], str]:
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end(), opening.end() + _MOST) if opening else None
    if opening is None or closing is None:
        return {}, text
    values: dict[str, str] = {}
    for key, value in _PAIR.findall(text[opening.end() : closing.start()]):
        field = _ALSO.get(key.lower(), key.lower())
        if field in FIELDS and _plain(value):
            values.setdefault(field, _plain(value))
    return values, text[closing.end() :]


def _plain(value: str) -> str:
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        inner = value[1:-1]
        return inner.replace('\\"', '"') if value[0] == '"' else inner.replace("''", "'")
    return "" if value in ("null", "~") else _COMMENT.sub("", value)
