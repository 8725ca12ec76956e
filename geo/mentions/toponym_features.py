"""What a name and the words around it say for or against its being a place name."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from gazetteer import Gazetteer
from gazetteer.keying import ALTERNATE, ARTICLE, CODE, MAIN, SHORTENED
from gazetteer.names import fold
from geo.actors import registry
from geo.lexicons import number, rows, table
from geo.mentions.kinds import RANKED, kind
from geo.mentions.text import Document

BEFORE = re.compile(r"(\S*?)(\s+)?(\S+?)?(\s*)$")
WORD_BEFORE = re.compile(r"([^\s]+)(\s*)$")
WORD_AFTER = re.compile(r"(\s*)([^\s]+)")
STRIP = "\"'“”‘’()[]«»*_"
CONTEXT = 48
MANY_ROWS = 64
CODES_ONLY = "codes-only"


class Candidate(NamedTuple):
    """Words that may be a place name."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameFacts:
    """What the gazetteer and the word lists say of a name, whatever its context."""

    features: tuple[str, ...]
    best: str
    """Most telling class of what it may name: country, adm1, capital, big, mid, small, zero, water ..."""


@cache
def shares(name: str) -> dict[str, float]:
    """Return a list of person names with the share of uses as a name, by lower-case name."""
    return {
        row["name"].lower(): number(name, line, "share", row["share"])
        for line, row in rows(name, "name", "share")
    }


@cache
def word_kinds() -> dict[tuple[str, str], str]:
    """Return words that make their neighbour no place, by side and lower-case word."""
    found = {
        ("before", row["word"].lower().rstrip(".")): row["kind"]
        for _, row in rows("titles.csv", "word", "kind")
    }
    for _, row in rows("organisation_words.csv", "word", "side", "kind"):
        found.setdefault((row["side"], row["word"].lower()), f"org-{row['kind']}")
    return found


@cache
def common_words() -> frozenset[str]:
    """Return words that are seldom names although written with a capital."""
    return frozenset(table("common_words.csv", "word"))


@cache
def frames() -> dict[str, str]:
    """Return words around place names and what they are: prep, generic, direction, say ..."""
    return {w: kind for w, (kind,) in table("place_frames.csv", "word", "kind").items()}


@cache
def actor_keys() -> frozenset[str]:
    """Return the folded names of actors, media among them."""
    return frozenset(
        fold(alias.lstrip("=?")) for a in registry().files.actors.values() for alias in (a.name, *a.aliases)
    )


@lru_cache(maxsize=65536)
def name_facts(gazetteer: Gazetteer, key: str) -> NameFacts:
    """Return what is known of a name."""
    found = gazetteer.rows(key)
    columns = gazetteer.columns
    some = [int(r) for r in found[:MANY_ROWS]]
    kinds = {kind(gazetteer, r) for r in some}
    population = max((int(columns.population[r]) for r in some), default=0)
    best = next((k for k in RANKED if k in kinds), "other")
    return NameFacts(
        features=tuple(_name_features(gazetteer, key, kinds, best, population, len(found))), best=best
    )


def _name_features(
    gazetteer: Gazetteer, key: str, kinds: set[str], best: str, population: int, count: int
) -> Iterator[str]:
    yield f"k:{best}"
    yield f"pop:{int(math.log10(population + 1))}"
    yield f"rows:{min(5, count.bit_length())}"
    parts = key.split(" ")
    yield f"words:{min(4, len(parts))}"
    yield from _word_features(key, parts, best)
    yield from _person_features(key)
    yield from _flag_features({int(f) for f in gazetteer.flags(key)[:MANY_ROWS]})
    if len(kinds) == 1:
        yield "one-kind"
    if key in actor_keys():
        yield f"actor:{min(3, len(parts))}"


def _word_features(key: str, parts: list[str], best: str) -> Iterator[str]:
    if len(parts) == 1:
        yield f"len:{min(8, len(key))}"
        if key in common_words():
            yield "common"
            yield f"common:{best}"
        return
    if all(w in common_words() for w in parts):
        yield "all-common"
    if parts[0] in shares("given_names.csv"):
        yield "given-first"
        if parts[-1] in shares("surnames.csv"):
            yield "person-like"


def _person_features(key: str) -> Iterator[str]:
    if given := shares("given_names.csv").get(key, 0.0):
        yield f"given:{math.ceil(given * 4)}"
    if surname := shares("surnames.csv").get(key, 0.0):
        yield f"surname:{math.ceil(surname * 4)}"
    if ("after", key) in word_kinds() or ("before", key) in word_kinds():
        yield "org-word"


def _flag_features(flags: set[int]) -> Iterator[str]:
    if not any(f & MAIN for f in flags):
        yield "alternate-only"
    if flags == {CODE}:
        yield CODES_ONLY
    if all(f & (ARTICLE | SHORTENED) and not f & (MAIN | ALTERNATE) for f in flags):
        yield "shortened-only"


def context_features(gazetteer: Gazetteer, document: Document, text: str, c: Candidate) -> tuple[str, ...]:
    """Return the features that the words around a candidate give."""
    found: list[str] = []
    name = text[c.start : c.end]
    before, gap_before, before2 = words_before(text, c.start)
    after, gap_after, after2 = words_after(text, c.end)
    best = name_facts(gazetteer, c.key).best
    case = _case(name, text, c)
    found.append(case)
    if CODES_ONLY in name_facts(gazetteer, c.key).features:
        found.append(f"{case}|{CODES_ONLY}|{'.' in name}")
    if name[0].islower():
        found.append("lower-article")
    p = _before_class(before, gap_before, at_start=_at_start(text, c.start))
    if p == "of" and before2[:1].isupper():
        p = word_kinds().get(("before", f"{before2.strip(STRIP).lower()} of"), p)
    n = _after_class(after, gap_after)
    found += [f"p:{p}", f"n:{n}", f"p:{p}|{best}", f"n:{n}|{best}"]
    found += _word_before(p, before, before2)
    found += _word_after(n, after, after2)
    if document.dateline is not None and c.start in document.dateline:
        found.append("dateline")
    return tuple(found)


def _word_before(kind: str, before: str, before2: str) -> Iterator[str]:
    if kind in {"low", "of", "prep"}:
        yield f"pw:{before.strip(STRIP).lower()}"
        yield f"p2:{_before_class(before2, ' ', at_start=False)}"
    if kind == "Cap":
        yield from _capital_before(before)


def _word_after(kind: str, after: str, after2: str) -> Iterator[str]:
    if kind == "low":
        yield f"nw:{after.strip(STRIP + ',.;:').lower()}"
    if kind == "Cap":
        yield from _capital_after(after, after2)
    if kind == "comma" and after2[:1].isupper():
        yield "n:comma+Cap"


def words_before(text: str, start: int) -> tuple[str, str, str]:
    """Return the word before a position, the space between, and the word before that."""
    window = text[max(0, start - CONTEXT) : start]
    m = WORD_BEFORE.search(window)
    if m is None:
        return "", "", ""
    m2 = WORD_BEFORE.search(window[: m.start()])
    return m[1], m[2], m2[1] if m2 else ""


def words_after(text: str, end: int) -> tuple[str, str, str]:
    """Return the word after a position, the space between, and the word after that."""
    window = text[end : end + CONTEXT]
    m = WORD_AFTER.match(window)
    if m is None:
        return "", "", ""
    m2 = WORD_AFTER.match(window[m.end() :])
    return m[2], m[1], m2[2] if m2 else ""


def _at_start(text: str, start: int) -> bool:
    head = text[max(0, start - 4) : start].rstrip(" \"'“‘(")
    return not head or head[-1] in ".!?\n:" or "\n" in text[max(0, start - 2) : start]


def _case(name: str, text: str, c: Candidate) -> str:
    if name.isupper() and len(name) > 3:
        line = text[max(0, c.start - 30) : c.end + 30]
        letters = [x for x in line if x.isalpha()]
        return "case:UPPER-LINE" if sum(x.isupper() for x in letters) > 0.8 * len(letters) else "case:UPPER"
    if name.isupper():
        return "case:acronym"
    return "case:Title"


def _before_class(before: str, gap: str, *, at_start: bool) -> str:
    if at_start:
        return "start"
    bare = before.strip(STRIP)
    low = bare.lower()
    if not gap and before:
        return "glued-" + ("hyphen" if before[-1] in "-–/" else "other")
    if low.rstrip(",.;:") != low:
        return (
            "title"
            if ("before", low.rstrip(".")) in word_kinds() and bare[:1].isupper()
            else "comma"
            if low.endswith(",")
            else "stop"
        )
    if kind := word_kinds().get(("before", low)):
        return kind if kind.startswith("org") else "title"
    if kind := frames().get(low):
        return kind
    if bare[:1].isupper():
        return "Cap"
    return "digit" if bare[:1].isdigit() else "low"


def _after_class(after: str, gap: str) -> str:
    if not after:
        return "end"
    if not gap:
        head = after[:2]
        if head in {"'s", "’s"}:
            return "possessive"
        return {
            ",": "comma",
            ".": "stop",
            ";": "stop",
            ":": "colon",
            ")": "paren",
            "-": "hyphen",
            "–": "hyphen",
        }.get(after[0], "mark")
    bare = after.strip(STRIP)
    low = bare.lower().rstrip(",.;:")
    if bare[:1].isupper() and (kind := word_kinds().get(("after", low))):
        return kind
    if kind := frames().get(low):
        return kind + ("-Cap" if bare[:1].isupper() else "")
    if bare[:1].isupper():
        return "Cap"
    return "digit" if bare[:1].isdigit() else "paren" if after[0] == "(" else "low"


def _capital_after(after: str, after2: str) -> Iterator[str]:
    low = after.strip(STRIP + ",.;:").lower().removesuffix("'s").removesuffix("’s")
    if low in shares("surnames.csv"):
        yield "n:surname"
    elif low in common_words():
        yield "n:Cap-common"
    else:
        yield "n:Cap-rare"
    if word_kinds().get(("after", after2.strip(STRIP + ",.;:").lower())):
        yield "n2:org"


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
