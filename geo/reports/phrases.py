"""The phrases of `geo/data/furniture.toml`, ready for look-up."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib import resources
from tomllib import TOMLDecodeError, loads

from geo.errors import LexiconError

_FILE = "furniture.toml"
_TABLES = (
    "whole",
    "start",
    "appeal",
    "maker",
    "label",
    "heading",
    "rest",
    "menu",
    "tail",
    "credit",
    "byline",
)
_APOSTROPHES = str.maketrans({"\N{RIGHT SINGLE QUOTATION MARK}": "'", "\N{NO-BREAK SPACE}": " "})
_FIRST = re.compile(r"[^\s\w]*[\w'\u2019]*")
_LONGEST = 80
_MARKS = " \t\r:.!?…\u203a»>|-\u2013—•"

Starts = dict[str, tuple[str, ...]]
"""First word of a phrase to the phrases that begin with it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """What betrays furniture."""

    whole: frozenset[str]
    """Whole lines."""
    start: Starts
    """Beginnings of lines."""
    appeal: Starts
    """Beginnings of lines that also ask or call."""
    maker: Starts
    """Beginnings of lines that then name those who made the report."""
    label: frozenset[str]
    """Beginnings that in the first lines belong to the article."""
    heading: frozenset[str]
    """Whole lines that open a list of headlines."""
    heading_start: Starts
    """Beginnings of such lines."""
    rest: frozenset[str]
    """Whole lines after which comments follow."""
    menu: frozenset[str]
    """Parts of menus."""
    tail: re.Pattern[str]
    """Last words of a line, after its last sentence."""
    credit: re.Pattern[str]
    """Brackets at the end of a caption."""
    byline: re.Pattern[str]
    """Brackets at the end of an article that name those who worked on it."""


@cache
def phrases() -> Phrases:
    """Load and check the phrases.

    Raises
    ------
    LexiconError
        Where the file has a bad entry.
    """
    tables = _tables()
    return Phrases(
        whole=frozenset(tables["whole"]),
        start=_starts(tables["start"]),
        appeal=_starts(tables["appeal"]),
        maker=_starts(tables["maker"]),
        label=frozenset(tables["label"]),
        heading=frozenset(tables["heading"]),
        heading_start=_starts([phrase for phrase in tables["heading"] if phrase.endswith(" ")]),
        rest=frozenset(tables["rest"]),
        menu=frozenset(tables["menu"]),
        tail=re.compile(rf"(?<=[.!?…”\"')])\s+((?i:{_either(tables['tail'])}))\s*\Z"),
        credit=re.compile(rf"[(\[][^()\[\]]*\b(?i:{_either(tables['credit'])})\b[^()\[\]]*[)\]]\s*\Z"),
        byline=re.compile(rf"\(\s?(?i:{_either(tables['byline'])})\b[^()]*\)\s*\Z"),
    )


def folded(line: str) -> str:
    """Fold a line for comparison: case, apostrophes, marks at its ends."""
    return line.translate(_APOSTROPHES).strip(_MARKS).lower()


def opens(line: str, starts: Starts) -> str | None:
    """Tell with which of the phrases a line begins; `None`: with none."""
    first = _FIRST.match(line)
    candidates = starts.get(first[0].lower().translate(_APOSTROPHES)) if first else None
    if candidates is None:
        return None
    head = line[:_LONGEST].translate(_APOSTROPHES).lower()
    return next((phrase for phrase in candidates if _begins(head, phrase)), None)


def _begins(head: str, phrase: str) -> bool:
    after = head[len(phrase) : len(phrase) + 1]
    return head.startswith(phrase) and not (phrase[-1].isalnum() and after.isalnum())


def _starts(phrases: list[str]) -> Starts:
    grouped: defaultdict[str, list[str]] = defaultdict(list)
    for phrase in phrases:
        first = _FIRST.match(phrase)
        grouped[first[0] if first else ""].append(phrase)
    return {first: tuple(sorted(group, key=lambda p: (-len(p), p))) for first, group in grouped.items()}


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda w: (-len(w), w)))


def _tables() -> dict[str, list[str]]:
    try:
        tables = loads(resources.files("geo").joinpath("data", _FILE).read_text("utf-8"))
    except TOMLDecodeError as error:
        raise LexiconError(f"geo/data/{_FILE}: {error}; mend the file") from error
    for name in _TABLES:
        _check(name, tables.get(name))
    return tables


def _check(name: str, words: object) -> None:
    if not isinstance(words, list) or not words:
        raise LexiconError(f"geo/data/{_FILE}: {name} is no list of phrases; give at least one")
    for word in words:
        if not isinstance(word, str) or not word.strip() or word != word.lower():
            raise LexiconError(f"geo/data/{_FILE}: {name}: {word!r} is no phrase in lower case; mend it")
