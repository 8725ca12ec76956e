"""What the words beside a name say for or against its being a place name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import NamedTuple

from geo.mentions.name_lists import common_words, frames, shares, word_kinds

STRIP = "\"'“”‘’()[]«»*_"
CONTEXT = 48
WIDE = frozenset({"low", "of", "prep"})
"""Classes of a word before a name behind which the word before that counts too."""
MARKS = {
    ",": "comma",
    ".": "stop",
    ";": "stop",
    ":": "colon",
    ")": "paren",
    "-": "hyphen",
    "–": "hyphen",
}


class Left(NamedTuple):
    """The words before a name."""

    word: str
    """The word, "" at the text's beginning."""
    spaced: bool
    """White space stands between it and the name."""
    second: str
    """The word before that."""
    starts: bool
    """The name begins a sentence or a line."""


class Right(NamedTuple):
    """The words after a name."""

    word: str
    """The word, with the marks on it; "" at the text's end."""
    spaced: bool
    """White space stands between the name and it."""
    second: str
    """The word after that."""


NOTHING_BEFORE = Left("", spaced=False, second="", starts=True)
NOTHING_AFTER = Right("", spaced=False, second="")


def words_before(text: str, start: int) -> Left:
    """Return what stands before a position."""
    window = text[start - CONTEXT : start] if start > CONTEXT else text[:start]
    parts = window.rsplit(None, 2)
    if not parts:
        return NOTHING_BEFORE
    return Left(parts[-1], window[-1].isspace(), parts[-2] if len(parts) > 1 else "", _starts(window))


def words_after(text: str, end: int) -> Right:
    """Return what stands after a position."""
    window = text[end : end + CONTEXT]
    parts = window.split(None, 2)
    if not parts:
        return NOTHING_AFTER
    return Right(parts[0], window[0].isspace(), parts[1] if len(parts) > 1 else "")


def _starts(before: str) -> bool:
    """Tell whether a sentence or a line begins behind some words."""
    if before[-1] == " " and before[-2:-1].isalnum():
        return False
    head = before[-4:].rstrip(" \"'“‘(")
    return not head or head[-1] in ".!?\n:" or "\n" in before[-2:]


def left_features(best: str, left: Left) -> Iterator[str]:
    """Yield the features of the words before a name.

    Parameters
    ----------
    best
        Most telling class of what the name may be, of `NameFacts`.
    left
        The words.
    """
    p = left_class(left)
    yield f"p:{p}"
    yield f"p:{p}|{best}"
    yield from left_word_features(p, left.word)
    if p in WIDE:
        yield second_feature(left.second)


def left_word_features(kind: str, word: str) -> Iterator[str]:
    """Yield what the word before a name, of that class, says by itself."""
    if kind in WIDE:
        yield f"pw:{word.strip(STRIP).lower()}"
    if kind == "Cap":
        yield from _capital_before(word)


def right_features(best: str, right: Right) -> Iterator[str]:
    """Yield the features of the words after a name; as `left_features`."""
    n = class_after(right.word, spaced=right.spaced)
    yield f"n:{n}"
    yield f"n:{n}|{best}"
    yield from right_word_features(n, right.word)
    yield from right_second_features(n, right.second)


def right_word_features(kind: str, word: str) -> Iterator[str]:
    """Yield what the word after a name, of that class, says by itself."""
    if kind == "low":
        yield f"nw:{word.strip(STRIP + ',.;:').lower()}"
    if kind == "Cap":
        yield _capital_after(word)


def right_second_features(kind: str, second: str) -> Iterator[str]:
    """Yield what the word behind the word after a name says, by the class of that one."""
    if kind == "Cap" and word_kinds().get(("after", second.strip(STRIP + ",.;:").lower())):
        yield "n2:org"
    if kind == "comma" and second[:1].isupper():
        yield "n:comma+Cap"


def second_feature(word: str) -> str:
    """Return the feature of the word before the word before a name."""
    return f"p2:{plain_class(word, spaced=True)}"


def left_class(left: Left) -> str:
    """Return the class of the words before a name."""
    if left.starts:
        return "start"
    p = plain_class(left.word, spaced=left.spaced)
    if p == "of" and left.second[:1].isupper():
        # "Bank of", "University of" make a body.
        return word_kinds().get(("before", f"{left.second.strip(STRIP).lower()} of"), "of")
    return p


def plain_class(word: str, *, spaced: bool) -> str:
    """Return the class of a word before a name that does not begin a sentence."""
    bare = word.strip(STRIP)
    low = bare.lower()
    if not spaced and word:
        return "glued-" + ("hyphen" if word[-1] in "-–/" else "other")
    if low.rstrip(",.;:") != low:
        if ("before", low.rstrip(".")) in word_kinds() and bare[:1].isupper():
            return "title"
        return "comma" if low.endswith(",") else "stop"
    if kind := word_kinds().get(("before", low)):
        return kind if kind.startswith("org") else "title"
    if kind := frames().get(low):
        return kind
    if bare[:1].isupper():
        return "Cap"
    return "digit" if bare[:1].isdigit() else "low"


def class_after(word: str, *, spaced: bool) -> str:
    """Return the class of a word after a name."""
    if not word:
        return "end"
    if not spaced:
        return "possessive" if word[:2] in {"'s", "’s"} else MARKS.get(word[0], "mark")
    bare = word.strip(STRIP)
    low = bare.lower().rstrip(",.;:")
    if bare[:1].isupper() and (kind := word_kinds().get(("after", low))):
        return kind
    if kind := frames().get(low):
        return kind + ("-Cap" if bare[:1].isupper() else "")
    if bare[:1].isupper():
        return "Cap"
    return "digit" if bare[:1].isdigit() else "paren" if word[0] == "(" else "low"


def _capital_after(after: str) -> str:
    low = after.strip(STRIP + ",.;:").lower().removesuffix("'s").removesuffix("’s")
    if low in shares("surnames.csv"):
        return "n:surname"
    return "n:Cap-common" if low in common_words() else "n:Cap-rare"


def _capital_before(before: str) -> Iterator[str]:
    low = before.strip(STRIP + ",.;:").lower()
    if low in shares("given_names.csv"):
        yield f"p:given:{math.ceil(shares('given_names.csv')[low] * 4)}"
    elif low in common_words():
        yield "p:Cap-common"
    else:
        yield "p:Cap-rare"
    if len(low.rstrip(".")) == 1:
        yield "p:initial"
