"""Who published a report, where the metadata are silent: its address, masthead, words about itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geo.reports.cues import cues, folded_name, outlets

if TYPE_CHECKING:
    from collections.abc import Iterator

_SEPARATOR = re.compile(r"\s+[-\u2013—|·•]\s+|\s*\|\s*")
_ARCHIVED = re.compile(r"https?://web\.archive\.org/web/[^/]*/(https?://.*)", re.IGNORECASE)
_AGENCY = re.compile(r"[A-Z][^()\n]{0,80}?\(([A-Z][^()\n]{1,38})\)\s?[-\u2013—]")
_SAID_SO = re.compile(
    r"(?:As\s)?((?:The\s)?[A-Z][\w'\u2019-]*(?:\s[A-Z][\w'\u2019-]*){0,3})\s(?:reported|reports|writes|wrote)[:,]?"
)
_CAPITALISED = re.compile(r"[^\W\da-z_]")
_LONGEST_NAME = 50
_MOST_WORDS = 6
_ACRONYM = 4
_LONGEST_SIGNED = 160
_SMALL = {"a", "an", "and", "the", "of", "in", "on", "for", "de", "du", "la", "al"}


def from_address(url: str | None) -> str | None:
    """Name the known outlet an address belongs to."""
    host = _host(url)
    known = outlets().by_host
    while "." in host:
        if host in known:
            return known[host]
        host = host.partition(".")[2]
    return None


def host_of(url: str | None) -> str | None:
    """Give the host of an address as the publisher's name; `None` for platforms that carry others' pages."""
    host = _host(url)
    labels = host.split(".")
    is_platform = any(".".join(labels[i:]) in cues().platforms for i in range(len(labels)))
    return host if len(labels) > 1 and not is_platform else None


def original(url: str | None) -> str:
    """Give the address of the page itself, where an archive's copy was given."""
    match = _ARCHIVED.match(url or "")
    return match[1] if match else url or ""


def _host(url: str | None) -> str:
    try:
        return (urlsplit(original(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def from_text(head: list[str], foot: list[str], body: list[str], title: str | None) -> str | None:
    """Find where a report names its own publisher: masthead, staff byline, appeals, title.

    `head` and `foot` are its first and last lines, `body` the first lines that are no furniture.
    """
    for name in _own_names(head, foot, body, title):
        if name:
            return name
    return None


def _own_names(head: list[str], foot: list[str], body: list[str], title: str | None) -> Iterator[str | None]:
    yield from (_masthead(line) for line in head[:3])
    yield from (_signed(line) for line in head)
    yield from (_itself(line) for line in (*foot, *head))
    yield _tail(title)
    yield from (_named_line(line) for line in body[1:4])
    yield from (_said_so(line) for line in body)


def from_dateline(head: list[str]) -> str | None:
    """Find the agency of a dateline, "BEIRUT (Reuters) -"."""
    for line in head:
        match = _AGENCY.match(line)
        if match and _is_name(match[1]):
            return _known(match[1])
    return None


def _masthead(line: str) -> str | None:
    parts = _SEPARATOR.split(line)
    if len(parts) == 1 or len(line) > _LONGEST_SIGNED or line.endswith("."):
        return None
    name = parts[0].strip()
    signed = parts[1].lower().startswith("by ") or any(_has_date(part) for part in parts[1:])
    if not signed or not _is_name(name) or name.split()[0].lower().rstrip(":") in cues().no_outlet:
        return None
    return _known(name)


def _has_date(part: str) -> bool:
    from geo.reports.moments import first_in

    return first_in(part) is not None


def _signed(line: str) -> str | None:
    match = cues().staff.search(line) if len(line) <= _LONGEST_SIGNED else None
    return _known(match[1]) if match and match[1].split()[0].lower() not in cues().no_outlet else None


def _itself(line: str) -> str | None:
    lower = line.lower()
    for literal, pattern in cues().names_itself:
        match = pattern.search(line) if literal in lower else None
        if match and folded_name(match[1]) not in ("us", "our", ""):
            return _known(match[1])
    return None


def _tail(title: str | None) -> str | None:
    parts = re.split(r"\s[-\u2013—|]\s", title or "")
    name = parts[-1].strip()
    if len(parts) == 1 or not _is_name(name):
        return None
    return _known(name) if folded_name(name) in outlets().by_name or _sounds_like_one(name) else None


def _named_line(line: str) -> str | None:
    is_known = folded_name(line) in outlets().by_name and len(line) > _ACRONYM
    return _known(line) if _is_name(line) and (is_known or _sounds_like_one(line)) else None


def _said_so(line: str) -> str | None:
    match = _SAID_SO.fullmatch(line)
    return _known(match[1]) if match and _is_name(match[1]) else None


def _sounds_like_one(name: str) -> bool:
    words = name.split()
    return len(words) > 1 and words[-1].lower() in cues().outlet_words


def _is_name(words: str) -> bool:
    parts = words.split()
    return (
        0 < len(parts) <= _MOST_WORDS
        and len(words) <= _LONGEST_NAME
        and not re.search(r"[\d.!?:;,\"“”]", words)
        and all(part.lower() in _SMALL or _CAPITALISED.match(part) for part in parts)
    )


def _known(name: str) -> str:
    clean = " ".join(name.split())
    folded = folded_name(clean)
    names = outlets().by_name
    known = names.get(folded) or names.get(folded.removesuffix(" news"))
    if known:
        return known
    return clean.title().replace("'S", "'s") if clean.isupper() and " " in clean else clean
