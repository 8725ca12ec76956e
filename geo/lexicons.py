"""Data files of the project as typed rows: read once, validated with file and line."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from geo.errors import LexiconError

Row = Mapping[str, str]
DATA = Path(__file__).parent / "data"


Name = str | Path
"""A file of `geo/data` by its name, or a user's own by its path."""


def said(name: Name) -> str:
    """Name a file as its reader knows it."""
    return f"geo/data/{name}" if isinstance(name, str) else str(name)


def rows(name: Name, *columns: str) -> Iterator[tuple[int, Row]]:
    """Yield line number and row of a CSV file in `geo/data`; lines that start with # are its header text.

    Raises
    ------
    LexiconError
        The file lacks one of the columns, or a row is longer or shorter than the header.
    """
    text = (DATA / name).read_text("utf-8-sig")
    lines = [(i, x) for i, x in enumerate(text.splitlines(), 1) if x.strip() and not x.startswith("#")]
    reader = csv.reader(x for _, x in lines)
    head = next(reader, [])
    if missing := [c for c in columns if c not in head]:
        raise LexiconError(f"{said(name)}: no column {', '.join(missing)}; the header has {', '.join(head)}.")
    for (number, _), values in zip(lines[1:], reader, strict=False):
        if len(values) != len(head):
            raise LexiconError(
                f"{said(name)}:{number}: {len(values)} values for {len(head)} columns; mend the row."
            )
        yield number, dict(zip(head, values, strict=True))


def choice(name: Name, line: int, column: str, value: str, allowed: frozenset[str]) -> str:
    """Return the value, or say which are allowed."""
    if value not in allowed:
        raise LexiconError(
            f"{said(name)}:{line}: {column} is {value!r}; use one of {', '.join(sorted(allowed))}."
        )
    return value


def number(name: Name, line: int, column: str, value: str) -> float:
    """Return the value as a finite number, or say that it is none."""
    try:
        found = float(value)
    except ValueError:
        found = math.nan
    if not math.isfinite(found):
        raise LexiconError(f"{said(name)}:{line}: {column} is {value!r}; write a number.")
    return found


@cache
def weights_of(name: str) -> dict[str, float]:
    """Return a model's weights by feature."""
    return {
        row["feature"]: number(name, line, "weight", row["weight"])
        for line, row in rows(name, "feature", "weight")
    }


@cache
def toml(name: str) -> dict[str, Any]:
    """Return a TOML file in `geo/data`."""
    import tomllib

    return tomllib.loads((DATA / name).read_text("utf-8"))


VOWELS = "aeiou"
STRESSED = frozenset("admit commit permit submit kidnap occur overrun expel repel compel rebel refer".split())
"""Verbs of two syllables that double their last letter: stressed on the second, or "kidnap"."""


def verb_forms(lemma: str, irregular: str = "") -> dict[str, str]:
    """Return every form of an English verb with its part: base, s, past, participle, ing.

    Parameters
    ----------
    lemma
        The verb; only its first word is inflected ("shoot down" → "shot down").
    irregular
        "past|participle" where they do not follow the rule.
    """
    head, _, tail = lemma.partition(" ")
    tail = f" {tail}" if tail else ""
    past, _, participle = irregular.partition("|")
    regular = _past(head) + tail
    forms = {lemma: "base", _third(head) + tail: "s", _ing(head) + tail: "ing"}
    forms[past or regular] = "past"
    forms.setdefault(participle or past or regular, "participle")
    return forms


def _doubles(head: str) -> bool:
    if head in STRESSED:
        return True
    short = sum(c in VOWELS for c in head) == 1 and len(head) <= 5
    return (
        short
        and len(head) > 2
        and head[-1] not in VOWELS + "wxy"
        and head[-2] in VOWELS
        and head[-3] not in VOWELS
    )


def _past(head: str) -> str:
    if head.endswith("e"):
        return head + "d"
    if head.endswith("y") and head[-2] not in VOWELS:
        return head[:-1] + "ied"
    return head + (head[-1] if _doubles(head) else "") + "ed"


def _third(head: str) -> str:
    if head.endswith("y") and head[-2] not in VOWELS:
        return head[:-1] + "ies"
    return head + ("es" if head.endswith(("s", "sh", "ch", "x", "z", "o")) else "s")


def _ing(head: str) -> str:
    if head.endswith("e") and not head.endswith("ee"):
        return head[:-1] + "ing"
    return head + (head[-1] if _doubles(head) else "") + "ing"


def noun_forms(lemma: str) -> tuple[str, ...]:
    """Return singular and plural of a noun phrase."""
    return lemma, _third(lemma)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A word form that tells of an event."""

    words: str
    """The form, lower case."""
    lemma: str
    """The entry it belongs to."""
    pos: str
    """v verb, n noun, x phrase."""
    form: str
    """base, s, past, participle, ing; "" for nouns and phrases."""
    sub_type: str
    """ACLED sub-type; "?": a violent act, "?take", "?give": a change of control; "none": no event."""
    strength: int
    """How much else it needs: 0 a lot, 3 nothing."""
    frame: str
    """How roles stand to it: strike, take, act, die, give."""


FRAMES = frozenset({"strike", "take", "act", "die", "give"})
NO_EVENT = "none"
"""Sub-type of words that tell of no event ("heart attack")."""
OPEN = frozenset({"?", "?take", "?give", NO_EVENT})
"""Sub-types that the context decides."""


@cache
def triggers() -> dict[str, tuple[Trigger, ...]]:
    """Return triggers by word form."""
    found: dict[str, list[Trigger]] = {}
    for line, row in rows("triggers.csv", "lemma", "pos", "sub_type", "strength", "frame", "forms"):
        pos = choice("triggers.csv", line, "pos", row["pos"], frozenset("vnx"))
        frame = choice("triggers.csv", line, "frame", row["frame"], FRAMES)
        sub_type = choice("triggers.csv", line, "sub_type", row["sub_type"], frozenset(ontology()) | OPEN)
        strength = int(choice("triggers.csv", line, "strength", row["strength"], frozenset("0123")))
        for words, form in _trigger_forms(row["lemma"], pos, row["forms"]).items():
            found.setdefault(words.lower(), []).append(
                Trigger(
                    words=words.lower(),
                    lemma=row["lemma"],
                    pos=pos,
                    form=form,
                    sub_type=sub_type,
                    strength=strength,
                    frame=frame,
                ),
            )
    return {k: tuple(v) for k, v in found.items()}


def _trigger_forms(lemma: str, pos: str, forms: str) -> dict[str, str]:
    if pos == "v":
        return verb_forms(lemma, forms)
    if pos == "n":
        return dict.fromkeys((*noun_forms(lemma), *filter(None, forms.split("|"))), "")
    return dict.fromkeys((lemma, *filter(None, forms.split("|"))), "past")


@cache
def ontology() -> dict[str, Row]:
    """Return ACLED's sub-types with type, PLOVER and CAMEO codes."""
    return {
        row["sub_type"]: row
        for _, row in rows("ontology.csv", "type", "sub_type", "plover", "cameo", "violent")
    }


@cache
def table(name: str, key: str, *columns: str) -> dict[str, tuple[str, ...]]:
    """Return a small lexicon as a mapping from one column to others."""
    return {row[key]: tuple(row[c] for c in columns) for _, row in rows(name, key, *columns)}


@cache
def speech() -> dict[str, tuple[str, str]]:
    """Return forms of verbs and phrases of saying: (kind, form)."""
    found: dict[str, tuple[str, str]] = {}
    for _, row in rows("speech.csv", "words", "kind", "forms"):
        if row["kind"] == "phrase":
            found[row["words"]] = ("phrase", "")
            continue
        for words, form in verb_forms(row["words"], row["forms"]).items():
            found.setdefault(words, (row["kind"], form))
    return found


@cache
def words(name: str) -> frozenset[str]:
    """Return a set of words of `wordsets.toml` by "section.name"; "_" inside a word is a space."""
    section, _, entry = name.partition(".")
    found: str = toml("wordsets.toml")[section][entry]
    return frozenset(w.replace("_", " ") for w in found.split())
