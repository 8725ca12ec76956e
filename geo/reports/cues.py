"""The words of `geo/data/report_origin.toml` and the known outlets of `geo/data/media.csv`."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from tomllib import TOMLDecodeError, loads

from geo.errors import LexiconError

_FILE = "report_origin.toml"
_MEDIA = "media.csv"
_TABLES = (
    "published",
    "updated",
    "byline",
    "staff",
    "no_outlet",
    "outlet_words",
    "names_itself",
    "platforms",
)
_ONE_NAME = r"(?-i:[A-Z][\w'\u2019.&-]*(?:\s(?:[A-Z][\w'\u2019.&-]*|of|the|and|al|an|a|de|du|la)){0,5})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """What tells source and date."""

    published: re.Pattern[str]
    """Beginning of a line that labels the date of publication."""
    updated: re.Pattern[str]
    """Beginning of a line that labels the date of a change."""
    byline: re.Pattern[str]
    """Beginning of a line that names the writer."""
    staff: re.Pattern[str]
    """An outlet's name (group 1) before the word for its staff."""
    no_outlet: frozenset[str]
    """First words of mastheads that are no names."""
    outlet_words: frozenset[str]
    """Words of outlets' names."""
    names_itself: tuple[tuple[str, re.Pattern[str]], ...]
    """Sentences in which a page names itself (group 1), each after its longest literal in lower case."""
    platforms: frozenset[str]
    """Hosts that publish nothing of their own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlets:
    """Known outlets."""

    by_name: dict[str, str]
    """Name or alias, folded, to the name."""
    by_host: dict[str, str]
    """Host without "www." to the name."""


@cache
def cues() -> Cues:
    """Load and check the words.

    Raises
    ------
    LexiconError
        Where the file has a bad entry.
    """
    tables = _tables()
    return Cues(
        published=_label(tables["published"]),
        updated=_label(tables["updated"]),
        byline=re.compile(rf"(?i:{_either(tables['byline'])})\b[:\s]"),
        staff=re.compile(rf"\b(?i:by|from)\s(?:the\s)?({_ONE_NAME})\s(?i:{_either(tables['staff'])})\b"),
        no_outlet=frozenset(tables["no_outlet"]),
        outlet_words=frozenset(tables["outlet_words"]),
        names_itself=tuple(_sentence(words) for words in tables["names_itself"]),
        platforms=frozenset(tables["platforms"]),
    )


@cache
def outlets() -> Outlets:
    """Load the known outlets; none where the table is not there."""
    table = resources.files("geo").joinpath("data", _MEDIA)
    rows = _rows(table.read_text("utf-8")) if table.is_file() else []
    by_name: dict[str, str] = {}
    by_host: dict[str, str] = {}
    for row in rows:
        name = (row.get("name") or "").strip()
        for alias in (name, *_listed(row.get("aliases"))):
            # The table marks aliases that running text needs care with; in a masthead they are plain.
            by_name.setdefault(folded_name(alias.lstrip("=?")), name)
        for host in _listed(row.get("hosts")):
            by_host.setdefault(host.lower().removeprefix("www."), name)
    by_name.pop("", None)
    return Outlets(by_name=by_name, by_host=by_host)


def folded_name(words: str) -> str:
    """Fold an outlet's name for comparison: case, article, typographic marks."""
    return " ".join(words.casefold().replace("\u2019", "'").split()).removeprefix("the ").strip(" .")


def _rows(text: str) -> list[dict[str, str]]:
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    reader = csv.DictReader(lines)
    if "name" not in (reader.fieldnames or ()):
        raise LexiconError(f"geo/data/{_MEDIA}: no column name; mend the header")
    return list(reader)


def _listed(words: str | None) -> list[str]:
    return [part.strip() for part in re.split(r"[;|]", words or "") if part.strip()]


def _label(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\W{{0,3}}(?i:{_either(words)})(?![\w-])")


def _sentence(words: str) -> tuple[str, re.Pattern[str]]:
    before, _, after = words.partition("{name}")
    pattern = re.compile(rf"(?i)\b{re.escape(before)}({_ONE_NAME}?){re.escape(after)}")
    return max(before, after, key=len), pattern


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _tables() -> dict[str, list[str]]:
    try:
        tables = loads(resources.files("geo").joinpath("data", _FILE).read_text("utf-8"))
    except TOMLDecodeError as error:
        raise LexiconError(f"geo/data/{_FILE}: {error}; mend the file") from error
    for name in _TABLES:
        words = tables.get(name)
        if not isinstance(words, list) or not all(isinstance(word, str) and word for word in words):
            raise LexiconError(f"geo/data/{_FILE}: {name} is no list of words; mend it")
    return tables
