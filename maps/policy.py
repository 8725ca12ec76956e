"""Content-Security-Policy of a page: its own scripts by digest, the hosts its author named, no more."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
_ADDRESS = re.compile(r"""\b(?:src|href)\s*=\s*["'](?P<url>https?://[^"']+)["']""", re.IGNORECASE)
_STYLE_LINK = re.compile(r"<link[^>]*>", re.IGNORECASE)
_TILES = re.compile(r"""L\.tileLayer(?:\.wms)?\(\s*["'](?P<url>https?://[^"']+)["']""")
_HEAD = "<head>"


def with_policy(page: str, *, files: bool = False) -> str:
    """Put the policy in front of everything in the page's head; `files`: it has scripts beside it."""
    directives = _directives(page)
    directives["script-src"] += ["'self'", "file:"] if files else []
    policy = "; ".join(f"{name} {' '.join(values)}" for name, values in directives.items())
    meta = (
        f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{html.escape(policy)}">'
    )
    return page.replace(_HEAD, f"{_HEAD}\n{meta}", 1)


def _directives(page: str) -> dict[str, list[str]]:
    digests, hosts = _scripts(page)
    styles = _hosts(link["url"] for tag in _STYLE_LINK.findall(page) for link in _ADDRESS.finditer(tag))
    tiles = _hosts(match["url"] for match in _TILES.finditer(page))
    return {
        "default-src": ["'none'"],
        "script-src": [*digests, *hosts],
        "style-src": ["'unsafe-inline'", *styles],
        "img-src": ["data:", "blob:", *tiles, *styles],
        "font-src": ["data:", *styles],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }


def _scripts(page: str) -> tuple[list[str], list[str]]:
    """Give digests of what runs inside the page and hosts of what it loads."""
    digests: dict[str, None] = {}
    addresses: list[str] = []
    for match in _SCRIPT.finditer(page):
        linked = _ADDRESS.search(match["attributes"])
        if linked:
            addresses.append(linked["url"])
        elif "json" not in match["attributes"]:
            digests[_digest(match["code"])] = None
    return list(digests), _hosts(addresses)


def _digest(code: str) -> str:
    raw = hashlib.sha256(code.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(raw).decode('ascii')}'"


def _hosts(addresses: Iterator[str] | list[str]) -> list[str]:
    """Give each address's scheme and host; Leaflet's `{s}` becomes a wildcard."""
    found: set[str] = set()
    for address in addresses:
        parts = urlsplit(re.sub(r"^(https?://)\{s\}\.", r"\1*.", address.replace("\\u007b", "{")))
        found.add(f"{parts.scheme}://{parts.netloc}")
    return sorted(found)
