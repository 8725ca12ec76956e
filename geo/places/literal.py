"""Whether a place name means the place, or a government, an army, a person, an outlet.

A linear model as in recognition; weights in `geo/data/literal_weights.csv`, made by
`training/literal.py` on the training part of the gold reports.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

from geo.lexicons import table, weights_of, words
from geo.mentions.text import Document
from geo.mentions.toponym_features import STRIP, frames, shares, word_kinds, words_after, words_before
from geo.mentions.toponyms import Toponym

SIDE_WORDS = words("literal.side")
PREDICATES = frozenset({"saying", "wanting", "moves", "aux", "verb"})


@cache
def weights() -> dict[str, float]:
    """Return the model's weights by feature."""
    return weights_of("literal_weights.csv")


@cache
def cues() -> dict[str, str]:
    """Return words after or before a name that make it an actor: forces, ministry, said, with their kind."""
    return {w: kind for w, (kind,) in table("literal_cues.csv", "word", "kind").items()}


def literal_belief(document: Document, t: Toponym, kind: str) -> float:
    """Return the belief that a name means the place itself.

    Parameters
    ----------
    document, t
        The report and the name.
    kind
        Coarse sort of the decided place: country, capital, adm1, ppl ...
    """
    score = sum(weights().get(f, 0.0) for f in literal_features(document, t, kind))
    return 1.0 / (1.0 + math.exp(-score))


def literal_features(document: Document, t: Toponym, kind: str) -> Sequence[str]:
    """Return the features of a name's use."""
    text = document.report.text
    group = kind if kind in {"country", "capital", "adm1", "continent"} else "other"
    before, gap_before, before2 = words_before(text, t.start)
    after, gap_after, after2 = words_after(text, t.end)
    p, n = _sides(before, gap_before, after, gap_after)
    found = ["bias", f"g:{group}", f"p:{p}", f"n:{n}", f"g:{group}|p:{p}", f"g:{group}|n:{n}", f"p:{p}|n:{n}"]
    low, low2 = _bare(before), _bare(before2)
    if p == "the":
        found.append(f"p2:{_side(before2, ' ', 'before')}|{group}")
    if n in {"possessive", "comma", "and"}:
        found.append(f"n2:{_cue(after2)}|{n}")
    if low in shares("given_names.csv") and before[:1].isupper():
        found.append("given-before")
    if _bare(after) in shares("surnames.csv") and after[:1].isupper():
        found.append("surname-after")
    if document.dateline is not None and t.start in document.dateline:
        found.append("dateline")
    if low2 in {"led", "backed", "controlled", "held"}:
        found.append("by-led")
    if n not in PREDICATES and (t.start == 0 or text[t.start - 1] == "\n"):
        found.append("line-start")
    return found


def _bare(word: str) -> str:
    return word.strip(STRIP + ",.;:").lower().removesuffix("'s").removesuffix("’s")


def _cue(word: str) -> str:
    low = _bare(word)
    return cues().get(low) or frames().get(low) or ("Cap" if word[:1].isupper() else "low")


def _sides(before: str, gap_before: str, after: str, gap_after: str) -> tuple[str, str]:
    p, n = _side(before, gap_before, "before"), _side(after, gap_after, "after")
    # "Strikes on Damascus killed": behind a preposition the name is not who killed.
    governed = n in PREDICATES and p.startswith("prep:") and p != "prep:to"
    # "Damascus called" begins a text as it begins a sentence.
    begins = p == "edge" and n in {"saying", "wanting"}
    return "after-stop" if begins else p, "predicate" if governed else n


def _side(word: str, gap: str, side: str) -> str:
    if not word:
        return "edge"
    if not gap:
        head = word[:2] if side == "after" else word[-1]
        if head in {"'s", "’s"}:
            return "possessive"
        marks = {
            ",": "comma",
            ".": "stop",
            "-": "hyphen",
            "–": "hyphen",
            ")": "paren",
            "/": "slash",
            ":": "colon",
        }
        return marks.get(head[0], "mark")
    low = _bare(word)
    if side == "before" and word[-1] in ".,;:!?":
        return "after-" + {".": "stop", ",": "comma"}.get(word[-1], "mark")
    if kind := cues().get(low):
        return kind
    if word[:1].isupper() and (kind := word_kinds().get((side, low))):
        return "title" if not kind.startswith("org") else "org"
    if kind := frames().get(low):
        return f"{kind}:{low}" if kind in SIDE_WORDS else kind
    return "Cap" if word[:1].isupper() else "verb" if low.endswith(("ed", "es")) else "low"
