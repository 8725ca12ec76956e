"""Words, numbers and marks of a sentence, kept as columns: a report has hundreds, most are never looked at.

Nothing here assumes Latin letters: words are runs of Unicode letters and marks.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple, overload

# Vowel points and accents that stand as characters of their own, which `\w` leaves out.
MARK = (
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06ed\u0900-\u0903\u093a-\u094f]"
)
LETTERS = rf"[^\W_]*(?:{MARK}+[^\W_]*)*"
ENDS = rf"(?![^\W_]|{MARK}|[-‐‑'’ʼ`][^\W_])"
TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}(?:-[^\W_]+)*"  # U.S., U.S.-led
    r"|\d+(?:[.,]\d+)*(?:-[^\W\d_]+)*(?:st|nd|rd|th)?"  # 1,300  10th  19-month-old
    rf"|[^\W\d_]{LETTERS}(?:(?:[-‐‑ʼ`]|['’](?!s{ENDS}))[^\W_]{LETTERS})*"  # Ta'izz, not Syria's
    rf"|(?<=[^\W_])['’]s{ENDS}"
    r"|[^\w\s]",
)


class Token(NamedTuple):
    """A word, number or mark."""

    start: int
    """First code point in the report."""
    end: int
    """One past the last."""
    text: str
    """As written."""
    low: str
    """Lower case, straight apostrophes."""


class Tokens(Sequence[Token]):
    """The tokens of a sentence.

    Parameters
    ----------
    text
        The sentence.
    offset
        Where it begins in its report.
    """

    __slots__ = ("_starts", "_where", "lows", "texts")

    def __init__(self, text: str, offset: int) -> None:
        self._where = text, offset
        self._starts: list[int] | None = None
        self.texts: list[str] = TOKEN.findall(text)
        """As written."""
        self.lows: list[str] = lowered(self.texts, text)
        """Lower case, straight apostrophes."""

    @property
    def starts(self) -> list[int]:
        """First code point of each in the report."""
        if self._starts is None:
            text, offset = self._where
            self._starts, at = [], 0
            for word in self.texts:
                at = text.index(word, at)
                self._starts.append(at + offset)
                at += len(word)
        return self._starts

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Token: ...

    @overload
    def __getitem__(self, index: slice) -> list[Token]: ...

    def __getitem__(self, index: int | slice) -> Token | list[Token]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        start, text = self.starts[index], self.texts[index]
        return Token(start, start + len(text), text, self.lows[index])

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where tokens begin and end in the report."""
        return self.starts[first], self.starts[last] + len(self.texts[last])

    def written(self, first: int, last: int) -> str:
        """Return tokens as written, with one space where there is any."""
        if first == last:
            return self.texts[first]
        starts, texts = self.starts, self.texts
        pieces: list[str] = []
        for i in range(first, last + 1):
            if i > first and starts[i] > starts[i - 1] + len(texts[i - 1]):
                pieces.append(" ")
            pieces.append(texts[i])
        return "".join(pieces)

    def at(self, start: int, end: int) -> tuple[int, int]:
        """Return the first and the last token of a stretch of the report."""
        first = max(0, bisect_right(self.starts, start) - 1)
        return first, max(first, bisect_left(self.starts, end) - 1)

    def capital(self, i: int) -> bool:
        """Tell whether a token begins with a capital."""
        return self.texts[i][0].isupper()


def lowered(words: list[str], text: str) -> list[str]:
    """Return the words of a text in lower case, with straight apostrophes."""
    lows = list(map(str.lower, words))
    return [w.replace("’", "'") for w in lows] if "’" in text else lows
