"""Keys of the tiers below the exact one; all take a folded name and know no index.

Each key is coarser than the one before: article and type words gone, digraphs and endings made
one, other scripts in Latin letters, words for the sort of site gone, consonants only. The rules are
tables in `gazetteer/rules`. Names share their words, so what is done to a word is remembered.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from gazetteer.rules import table

_WORDS_KEPT = 1 << 17
_STEM = 3
"""Letters that stay of a word whatever its ending."""
_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_PREFIX = re.compile("^(?:\u0627\u0644|\u0648\u0627\u0644|\u0628\u0627\u0644|\u0644\u0644)(?=..)")
_DOUBLED = re.compile(r"(\w)\1+")
_VOWELS = re.compile(r"(?!^)[aeiouyw]|^[aeiou]")
_FINAL_H = re.compile(r"(?<=.)h$")


@cache
def articles() -> frozenset[str]:
    """Return the Arabic articles in folded form, sun-letter forms included."""
    return frozenset(row["article"] for row in table("articles"))


@cache
def _words() -> dict[str, str]:
    rows = (row for row in table("romanisation") if row["tier"] == "word")
    return {form: row["to"] for row in rows for form in row["from"].split("|")}


@cache
def _substitution(tier: str) -> tuple[re.Pattern[str], dict[str, str]]:
    rows = (row for row in table("romanisation") if row["tier"] == tier)
    forms = {form: row["to"] for row in rows for form in row["from"].split("|")}
    ordered = "|".join(sorted(map(re.escape, forms), key=lambda form: (-len(form), form)))
    return re.compile(f"(?:{ordered})$" if tier == "ending" else ordered), forms


@cache
def _letters(script: str) -> dict[int, str]:
    return {ord(row["letter"]): row["latin"] for row in table("letters") if row["script"] == script}


@cache
def _generics(at: str) -> frozenset[str]:
    return frozenset(row["word"] for row in table("generics") if row["at"] == at)


@cache
def _type_words() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return the pattern of type words, and the words that show that it may fit."""
    words = {row["word"] for row in table("types")}
    forms = "|".join(sorted(words, key=lambda form: (-len(form), form)))
    pattern = re.compile(rf"^(?:(?:{forms}) (?:of |de |du |d)?)+(?=\w)|(?<=\w)(?: (?:{forms}))+$")
    return pattern, frozenset(word for form in words for word in form.split(" "))


def article_stripped(folded: str) -> str:
    """Drop a leading article: "at tanf" becomes "tanf"; the name itself where it has none."""
    first, _, rest = folded.partition(" ")
    if rest and first in articles():
        return rest
    if len(folded) > _STEM + 1 and folded.startswith("\u0627\u0644"):
        return folded[2:]
    return folded


def type_stripped(folded: str) -> str:
    """Drop words for the sort of place: "khusham village" becomes "khusham"."""
    pattern, words = _type_words()
    if words.isdisjoint(folded.split(" ")):
        return folded
    return pattern.sub("", folded)


def without_generics(folded: str) -> str:
    """Leave out words for the sort of site, at the head and at the end; empty where there are none."""
    words = _bare_words(folded)
    return " ".join(_specific(words)) if _has_generic(words) else ""


def digraph_key(folded: str) -> str:
    """Fold digraphs, endings and frequent words of romanised names; articles and spaces are gone.

    "deir ez zor" and "dayr az zawr" share it, "salihiyah" and "salihiyeh".
    """
    return "".join(map(_romanised, _bare_words(folded)))


def bare_key(folded: str) -> str:
    """Give the digraph key without words for the sort of site; empty where there are none to leave out.

    "tall abu rasin" gives what `digraph_key` gives for "abu rasen".
    """
    words = _bare_words(folded)
    return "".join(map(_romanised, _specific(words))) if _has_generic(words) else ""


def tier_keys(folded: str) -> tuple[str, str, str]:
    """Return the digraph key, the skeleton key and the bare key; empty for names of other scripts."""
    if not folded.isascii():
        if _ARABIC.search(folded):
            return "", skeleton_key(folded), ""
        folded = script_key(folded)
        if not folded.isascii():
            return "", "", ""
    words = _bare_words(folded)
    bare = "".join(map(_romanised, _specific(words))) if _has_generic(words) else ""
    return "".join(map(_romanised, words)), "".join(map(_consonants, words)), bare


def script_key(folded: str) -> str:
    """Write a Cyrillic name in Latin letters; other names unchanged."""
    return folded if folded.isascii() else folded.translate(_letters("cyrillic"))


def skeleton_key(folded: str) -> str:
    """Keep the consonants: "khasham", "khusham" and the Arabic form share "xsm"; empty for other scripts."""
    if not folded.isascii() and _ARABIC.search(folded):
        key = "".join(map(_arabic_consonants, folded.split(" ")))
    else:
        key = "".join(map(_consonants, _bare_words(script_key(folded))))
    return key if key.isascii() else ""


def _bare_words(folded: str) -> list[str]:
    """Split a name without its type words and without the articles before other words."""
    words = type_stripped(folded).split(" ")
    last = len(words) - 1
    return [word for i, word in enumerate(words) if i == last or word not in articles()]


@lru_cache(maxsize=_WORDS_KEPT)
def _generic_at(word: str) -> str:
    """Tell where a word is one for the sort of site: "head", "end", or empty."""
    common = _words().get(word, word)
    return next((at for at in ("head", "end") if common in _generics(at)), "")


def _has_generic(words: list[str]) -> bool:
    return len(words) > 1 and (_generic_at(words[0]) == "head" or _generic_at(words[-1]) == "end")


def _specific(words: list[str]) -> list[str]:
    """Drop words for the sort of site at both ends, but not all words."""
    first, last = 0, len(words)
    while last - first > 1 and _generic_at(words[first]) == "head":
        first += 1
    while last - first > 1 and _generic_at(words[last - 1]) == "end":
        last -= 1
    return words[first:last]


@lru_cache(maxsize=_WORDS_KEPT)
def _romanised(word: str) -> str:
    common = _words().get(word, word)
    if len(common) > _STEM:
        pattern, forms = _substitution("ending")
        common = pattern.sub(lambda m: forms[m[0]], common)
    return _plain(common)


def _plain(word: str) -> str:
    pattern, forms = _substitution("digraph")
    return _DOUBLED.sub(r"\1", pattern.sub(lambda m: forms[m[0]], word))


@lru_cache(maxsize=_WORDS_KEPT)
def _consonants(word: str) -> str:
    return _skeleton(_plain(_words().get(word, word)))


@lru_cache(maxsize=_WORDS_KEPT)
def _arabic_consonants(word: str) -> str:
    return _skeleton(_ARABIC_PREFIX.sub("", word).translate(_letters("arabic")))


def _skeleton(word: str) -> str:
    bare = _DOUBLED.sub(r"\1", _FINAL_H.sub("", _VOWELS.sub("", word)))
    return bare.replace("j", "k").replace("g", "k")
