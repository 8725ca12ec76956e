"""Whether a place name means the place, or a government, an army, a person, an outlet.

A linear model as in recognition; weights in `geo/data/literal_weights.csv`, made by
`training/literal.py` on the training part of the gold reports.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from geo.lexicons import table, weights_of, words
from geo.mentions.context_features import STRIP, Left, Right, words_after, words_before
from geo.mentions.linear import Model, logistic
from geo.mentions.name_lists import frames, shares, word_kinds
from geo.mentions.text import Document
from geo.mentions.toponyms import Toponym

DATELINE = 0.97
"""Belief in a name of a dateline: what stands there is where the reporter was."""
SIDE_WORDS = words("literal.side")
GROUPS = frozenset({"country", "capital", "adm1", "continent"})
PREDICATES = frozenset({"saying", "wanting", "moves", "aux", "verb"})


@cache
def packaged_model() -> Model:
    """Return the model in `geo/data/literal_weights.csv`."""
    return Model(weights_of("literal_weights.csv"))


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
    if document.dateline is not None and t.start in document.dateline:
        return DATELINE
    model = packaged_model()
    text = document.report.text
    left, right = words_before(text, t.start), words_after(text, t.end)
    group = kind if kind in GROUPS else "other"
    p, n = _sides(left, right)
    return logistic(
        _main_score(model, group, p, n) + model.total(_further(document, t, group, p, n, left, right))
    )


def literal_features(document: Document, t: Toponym, kind: str) -> Sequence[str]:
    """Return the features of a name's use, as training sees them; as `literal_belief`."""
    text = document.report.text
    left, right = words_before(text, t.start), words_after(text, t.end)
    group = kind if kind in GROUPS else "other"
    p, n = _sides(left, right)
    return [*_main(group, p, n), *_further(document, t, group, p, n, left, right)]


@lru_cache(maxsize=16384)
def _main_score(model: Model, group: str, p: str, n: str) -> float:
    return model.total(_main(group, p, n))


def _main(group: str, p: str, n: str) -> list[str]:
    return ["bias", f"g:{group}", f"p:{p}", f"n:{n}", f"g:{group}|p:{p}", f"g:{group}|n:{n}", f"p:{p}|n:{n}"]


def _further(
    document: Document, t: Toponym, group: str, p: str, n: str, left: Left, right: Right
) -> list[str]:
    """Return the features that few uses have."""
    found = []
    if p == "the":
        found.append(f"p2:{_side(left.second, 'before', spaced=True)}|{group}")
    if n in {"possessive", "comma", "and"}:
        found.append(f"n2:{_cue(right.second)}|{n}")
    if left.word[:1].isupper() and _bare(left.word) in shares("given_names.csv"):
        found.append("given-before")
    if right.word[:1].isupper() and _bare(right.word) in shares("surnames.csv"):
        found.append("surname-after")
    if document.dateline is not None and t.start in document.dateline:
        found.append("dateline")
    if _bare(left.second) in {"led", "backed", "controlled", "held"}:
        found.append("by-led")
    if n not in PREDICATES and (t.start == 0 or document.report.text[t.start - 1] == "\n"):
        found.append("line-start")
    return found


@lru_cache(maxsize=16384)
def _bare(word: str) -> str:
    return word.strip(STRIP + ",.;:").lower().removesuffix("'s").removesuffix("’s")


def _cue(word: str) -> str:
    low = _bare(word)
    return cues().get(low) or frames().get(low) or ("Cap" if word[:1].isupper() else "low")


def _sides(left: Left, right: Right) -> tuple[str, str]:
    p = _side(left.word, "before", spaced=left.spaced)
    if p == "direction" and (further := _side(left.second, "before", spaced=True)).startswith("prep:"):
        p = further  # "in northern Mali" is as "in Mali"
    n = _side(right.word, "after", spaced=right.spaced)
    # "Strikes on Damascus killed": behind a preposition the name is not who killed.
    governed = n in PREDICATES and p.startswith("prep:") and p != "prep:to"
    # "Damascus called" begins a text as it begins a sentence.
    begins = p == "edge" and n in {"saying", "wanting"}
    return "after-stop" if begins else p, "predicate" if governed else n


@lru_cache(maxsize=16384)
def _side(word: str, side: str, *, spaced: bool) -> str:
    if not word:
        return "edge"
    if not spaced:
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
