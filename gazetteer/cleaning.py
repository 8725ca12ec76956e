"""A text made ready for scanning: one folded character for each that is kept, and the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from gazetteer.names import APOSTROPHES, HYPHENS, fold_character

_LETTER = r"[^\W\d_]"
_QUOTES = re.escape(APOSTROPHES)
_PERIODS = re.compile(
    rf"\.(?:(?<=\b{_LETTER}\.)(?={_LETTER}\b)"  # the first of "U.S."
    rf"|(?<=\.{_LETTER}\.)(?!\w)"  # its last
    r"|(?<=\b[A-Z][a-z]\.)(?= [A-Z]))"  # St. Louis
)
_MARKS = re.compile(
    rf"[{_QUOTES}](?:(?={_LETTER})(?!s\b)"  # Ta'izz and 'Ayn, but not Syria's
    rf"|(?<={_LETTER}.)(?=[{re.escape(HYPHENS)}]))"  # Qal'a-
)
_BREAKS = (
    ("  ", re.compile(r"  +(?!\s)")),
    ("\r\n", re.compile(r"\r\n[ \t]*(?!\s)")),
    ("\n ", re.compile(r"\n +(?!\s)")),
    (" \n", re.compile(r" \n *(?!\s)")),
)
"""White space that is one space: what shows that a text has some, and the pattern."""
_PRINTED = (
    ("’‘ʼ`´′\x91\x92", "'"),
    ("“”„«»\x93\x94", '"'),
    ("–—‒‐‑\x96\x97", "-"),
    ("…•·£€¢©®\x85", ";"),
    ("\u00a0", " "),
)
"""Printers' signs, also as Windows-1252 read wrongly, and what stands for them: with them gone, most
English texts are ASCII, which is faster."""
_SPECIAL = "\x00"
"""Stands in a folded text for a character that folds to none or to several."""
_SPECIALS = re.compile(_SPECIAL)
_WIDE = re.compile(r"[^\x00-\x7f]+")


class Cleaned(NamedTuple):
    """A text and its folded form, character by character."""

    text: str
    """As given, without the signs that folding drops; the case is kept."""
    folded: str
    """The same, folded; as long as `text`."""
    positions: list[int]
    """Offsets in `text` behind which something was dropped or put in, ascending."""
    shifts: list[int]
    """What to add to an offset, by the number of positions at or before it."""

    def start(self, offset: int) -> int:
        """Turn the offset of a first character into one of the text as given."""
        return offset + self.shifts[bisect_right(self.positions, offset)]

    def end(self, offset: int) -> int:
        """Turn the offset behind a last character into one of the text as given."""
        return self.start(offset - 1) + 1


def clean(text: str) -> Cleaned:
    """Fold a text, one character for one, and drop what folding drops."""
    text = _plain(text)
    folded = _fold_each(text)
    edits = _edits(text, folded)
    if not edits:
        return Cleaned(text, folded, [], [0])
    kept_pieces: list[str] = []
    folded_pieces: list[str] = []
    positions: list[int] = []
    shifts, at, length = [0], 0, 0
    for start, end, new in edits:
        if start >= at:
            kept_pieces += (text[at:start], new)
            folded_pieces += (folded[at:start], new.lower())
            length += start - at
            # Offsets within what was put in lead to the character that it stands for.
            positions += range(length + 1, length + len(new))
            shifts += (start - inside for inside in range(length + 1, length + len(new)))
            length += len(new)
            at = end
            positions.append(length)
            shifts.append(end - length)
    kept_pieces.append(text[at:])
    folded_pieces.append(folded[at:])
    return Cleaned("".join(kept_pieces), "".join(folded_pieces), positions, shifts)


def _plain(text: str) -> str:
    """Put ASCII signs for printers' signs, one for one."""
    if text.isascii():
        return text
    for signs, plain in _PRINTED:
        for sign in signs:
            text = text.replace(sign, plain)
    return text


def _edits(text: str, folded: str) -> list[tuple[int, int, str]]:
    """List what is taken out or replaced: start, end, what stands instead, with its case."""
    edits = [(m.start(), m.end(), "") for m in _PERIODS.finditer(text)]
    edits += [(m.start(), m.end(), "") for m in _MARKS.finditer(text)]
    for sign, pattern in _BREAKS:
        if sign in text:
            edits += [(m.start(), m.end(), " ") for m in pattern.finditer(text)]
    if _SPECIAL in folded:
        edits += [(m.start(), m.end(), _cased(text[m.start()])) for m in _SPECIALS.finditer(folded)]
    return sorted(edits)


def _cased(character: str) -> str:
    """Fold a character to what may be several, and keep its case so that names can begin with it."""
    folded = fold_character(character)
    return folded.capitalize() if character != character.lower() else folded


class _Single(dict[int, str]):
    """Folding of one character to one, for `str.translate`; `_SPECIAL` for what folds to none or several."""

    def __missing__(self, point: int) -> str:
        character = chr(point)
        folded = character if character in APOSTROPHES else fold_character(character)
        kept = self[point] = folded if len(folded) == 1 else _SPECIAL
        return kept


_TABLE = _Single()


def _fold_each(text: str) -> str:
    if text.isascii():
        return text.translate(_ASCII)
    text = _WIDE.sub(lambda run: run[0].translate(_TABLE), text).lower()
    for sign in "-_\t\n\r":
        text = text.replace(sign, " ")
    return text


_ASCII = {i: " " if i < ord(" ") or chr(i) in "-_\x7f" else chr(i).lower() for i in range(128)}
