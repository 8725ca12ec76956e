"""Page furniture in a text: menus, captions, related headlines, appeals, credits, readers' comments.

Works on lines, cheap tests first. What is marked is still read for places, but not for events; so a rule is
here only if it spares the sentences of reports: headlines repeated at the top, for one, are never marked.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from geo.records import Span
from geo.reports.phrases import Phrases, folded, opens, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST_CAPTION = 500
"""A longer line is never a caption or an appeal, characters."""
_LONGEST_HEADING = 60
_LONGEST_HEADLINE = 200
_LONGEST_MENU = 160
_LONGEST_PART = 30
_LEAST_PARTS = 3
_MOST_HEADLINES = 12
_FIRST_LINES = 2
_SHORT = 30
_SHORT_WORDS = 4
_LEAST_RUN = 5
_LEAST_HEADLINE_WORDS = 4

_CRUMBS = re.compile(r"\s[>»\u203a]\s")
_PARTS = re.compile(r"\s+[-\u2013|·•/>»\u203a]\s+")
_ITEM = re.compile(r"[*>•·▪►▶○\u2013-]\s")
_A_NAME = re.compile(r":?\s(?!The\b)[A-Z]")
_ALWAYS_LISTS = ("related", "prev", "next")
_HEADING_WORDS = 5
_TEASER = (">>", "»", "►", "▶")
_SENTENCE_END = (".", "!", "”", '."', '!"', '?"', ".'", ":", ";", ",")
_BULLETS = tuple("*•·-\u2013—>0123456789\"“\u2018'([#")
_CAPITAL = re.compile(r"\b[A-Z][\w'\u2019-]+")
_NAME = re.compile(r"(?<![.!?“\"\u2018]\s)(?<!^)\b[A-Z][\w'\u2019-]+")


class Line(NamedTuple):
    """A line that is not empty."""

    start: int
    """First code point that is no blank."""
    end: int
    """One past the last that is no blank."""
    words: str
    """What stands between."""
    glued: bool
    """Whether the next line follows without an empty one."""


def spans(text: str) -> tuple[Span, ...]:
    """Find the furniture of a text: spans in order, none touching another."""
    lines = _lines(text)
    return tuple(_joined(text, sorted({*_marked(lines), *_runs(lines), *_strays(text, lines)})))


def _lines(text: str) -> list[Line]:
    lines: list[Line] = []
    position, last = 0, -2
    for number, raw in enumerate(text.split("\n")):
        words = raw.strip()
        if words:
            start = position + raw.find(words[0])
            if last == number - 1:
                lines[-1] = lines[-1]._replace(glued=True)
            lines.append(Line(start, start + len(words), words, glued=False))
            last = number
        position += len(raw) + 1
    return lines


def _marked(lines: list[Line]) -> Iterator[tuple[int, int]]:
    known = phrases()
    at = 0
    while at < len(lines):
        found = _rule(lines, at, known)
        if found:
            yield found[0]
        at += found[1] if found else 1


Found = tuple[tuple[int, int], int]
"""A stretch of text that is furniture, and how many lines have been dealt with."""


def _rule(lines: list[Line], at: int, known: Phrases) -> Found | None:
    line = lines[at]
    length = len(line.words)
    if length <= _LONGEST_HEADING and (found := _short(lines, at, known)):
        return found
    if length <= LONGEST_CAPTION:
        if line.words.startswith(_TEASER) and _is_headline(line.words):
            return _block(lines, at, _glued_to(lines, at))
        if _begins(line.words, known, first=at < _FIRST_LINES):
            return _block(lines, at, 1)
    return _ending(lines, at, known)


def _begins(words: str, known: Phrases, *, first: bool) -> bool:
    phrase = opens(words, known.start)
    if phrase:
        return not (first and phrase in known.label)
    if len(words) > _LONGEST_MENU:
        return False
    if _is_menu(words, known):
        return True
    if opens(words, known.appeal):
        return "?" in words or words.endswith("!")
    maker = opens(words, known.maker)
    return bool(maker and _A_NAME.match(words, len(maker)))


def _short(lines: list[Line], at: int, known: Phrases) -> Found | None:
    words = folded(lines[at].words)
    if words in known.rest:
        return _block(lines, at, len(lines) - at)
    if words in known.heading or _opens_list(words, at, known):
        listed = at >= _FIRST_LINES or words.startswith(_ALWAYS_LISTS)
        return _block(lines, at, 1 + (_headlines(lines, at + 1, known) if listed else 0))
    return _block(lines, at, 1) if words in known.whole else None


def _opens_list(words: str, at: int, known: Phrases) -> bool:
    return (
        at >= _FIRST_LINES
        and words.count(" ") < _HEADING_WORDS
        and bool(words and opens(words, known.heading_start))
    )


def _ending(lines: list[Line], at: int, known: Phrases) -> Found | None:
    line = lines[at]
    if line.words[-1] in ")]":
        opening = max(0, line.words.rfind("("))
        if known.byline.match(line.words, opening):
            return (line.start + opening, line.end), 1
        if len(line.words) <= LONGEST_CAPTION and known.credit.search(line.words):
            return _block(lines, at, 1)
    tail = known.tail.search(line.words, max(0, len(line.words) - _SHORT))
    return ((line.start + tail.start(1), line.end), 1) if tail else None


def _block(lines: list[Line], at: int, count: int) -> Found:
    return (lines[at].start, lines[at + count - 1].end), count


def _glued_to(lines: list[Line], at: int) -> int:
    count = 1
    while at + count < len(lines) and lines[at + count - 1].glued:
        count += 1
    return count


def _headlines(lines: list[Line], at: int, known: Phrases) -> int:
    """Count the headlines of a list that begins here: items with marks, or lines that are no sentences."""
    marked = at < len(lines) and bool(_ITEM.match(lines[at].words))
    count = 0
    for line in lines[at : at + _MOST_HEADLINES]:
        if (
            (marked and not _ITEM.match(line.words))
            or not _is_headline(line.words)
            or folded(line.words) in known.rest
        ):
            break
        count += 1
    return count


def _is_headline(words: str) -> bool:
    return len(words) <= _LONGEST_HEADLINE and (not words.endswith(_SENTENCE_END) or words.endswith("..."))


def _is_menu(words: str, known: Phrases) -> bool:
    parts = _PARTS.split(words)
    if len(parts) == 1 or any(len(part) > _LONGEST_PART for part in parts):
        return False
    crumbs = len(_CRUMBS.findall(words))
    if crumbs and parts[0].lower() in ("home", "news"):
        return True
    return crumbs > 1 or (len(parts) > _LEAST_PARTS - 1 and any(folded(part) in known.menu for part in parts))


def _runs(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Find menus and tags that stand one a line: many very short lines one after the other."""
    first: int | None = None
    for at, line in enumerate([*lines, Line(0, 0, "." * (_SHORT + 1), glued=False)]):
        words = line.words
        if (
            len(words) <= _SHORT
            and words[-1] not in ".!?:;,"
            and not words.startswith(_BULLETS)
            and words.count(" ") < _SHORT_WORDS
        ):
            first = at if first is None else first
            continue
        if first is not None and at - first >= _LEAST_RUN:
            yield lines[first].start, lines[at - 1].end
        first = None


def _strays(text: str, lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Find another story's headline glued to its first paragraph, in a text that sets paragraphs apart.

    It shares no name with the rest of the text; one that does may be a subheading.
    """
    glued = [at for at, line in enumerate(lines) if line.glued and 1 < at < len(lines) - 2]
    if not glued or len(glued) * 4 > len(lines):
        return
    likely = [at for at in glued if _may_be_stray(lines[at], lines[at + 1])]
    if not likely:
        return
    everywhere = Counter(_CAPITAL.findall(text))
    for at in likely:
        block = text[lines[at].start : lines[at + 1].end]
        here = Counter(_CAPITAL.findall(block))
        names = set(_NAME.findall(lines[at].words)) | set(_NAME.findall(lines[at + 1].words))
        if names and all(everywhere[name] == here[name] for name in names):
            yield lines[at].start, lines[at + 1].end


def _may_be_stray(headline: Line, below: Line) -> bool:
    words = headline.words
    if (
        len(words) > _LONGEST_HEADLINE
        or words[-1] in '.!?:;,”")'
        or words.count(" ") < _LEAST_HEADLINE_WORDS - 1
    ):
        return False
    return words[0].isupper() and below.words[-1] in '.!?”"' and not below.glued


def _joined(text: str, found: list[tuple[int, int]]) -> Iterator[Span]:
    """Join stretches that overlap or have only blanks between them."""
    start = end = -1
    for first, last in found:
        if end >= 0 and (first <= end or not text[end:first].strip()):
            end = max(end, last)
            continue
        if end >= 0:
            yield Span(start=start, end=end)
        start, end = first, last
    if end >= 0:
        yield Span(start=start, end=end)
