"""Actor names in running text: the two first words lead to few names, and the longest wins.

Letter case, typographic apostrophes and hyphens are levelled without moving an offset. The Arabic article
before a name may take any of its forms. Bodies that every country has ("Russian Defence Ministry",
"Ministry of Defence of Ukraine") are read from their parts, so that no list of them is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Literal, NamedTuple

from geo.actors.folding import fold, is_acronym, level, lower

WORD: Final = re.compile(r"[^\W_]+")
BEFORE: Final = {
    "article": re.compile(r"(?:^|[^\w])((?:(?:al|el|ul)[ -]|(?:ash?|an|ar|at|az|ad|es|er)-))$"),
    "the": re.compile(r"(?:^|[^\w])(the )$"),
}
LEADING: Final = re.compile(r"(?:(?P<article>al|el|ul|ash?|an|ar|at|az|ad|es|er)|the) (?=\w)")
JOINTS: Final = frozenset("'.@")
ROOM: Final = 6
"""Code points before a name in which an article and the border before it fit."""
REACH: Final = 40
"""Code points after a first word in which the second lies whole."""

Sort = Literal["name", "country", "people", "head"]
Key = tuple[str, str, str, Sort]
"""What makes two entries one: rest, exact, before and sort."""


class ActorMatch(NamedTuple):
    """A stretch of text that names an actor."""

    start: int
    """First code point."""
    end: int
    """One past the last; a possessive 's is outside."""
    actor_ids: tuple[str, ...]
    """Who may be meant, in the order of the file; several where the name is shared."""
    weak: bool = False
    """The words say who only in a report about the actor's own country."""


class Entry(NamedTuple):
    """A name as the finder holds it, without its first word."""

    rest: str
    """What follows the first word, levelled and in lower case."""
    exact: str
    """Words whose letter case counts: the whole name, its first word if that is an acronym, or none."""
    before: str
    """What must stand before it: "article" (al-), "the", or nothing."""
    sort: Sort
    """A name, a country's name, its adjective, or what stands before its name ("Government of")."""
    ids: tuple[str, ...]
    """Actor ids; for countries the code; for heads the suffix of the body."""
    weak: bool
    """As in `ActorMatch`."""
    wordlike: bool
    """Also an ordinary word: refused in a run of capitals."""


class Bucket(NamedTuple):
    """The entries that share a first word."""

    alone: tuple[Entry, ...]
    """Those of one word."""
    more: Mapping[str, tuple[Entry, ...]]
    """The others by their second word, the longest first."""


NO_BUCKET: Final = Bucket((), {})


class Stretch(NamedTuple):
    """Where an entry's words stand."""

    start: int
    end: int
    resume: int
    """End of the match before."""


class Line(NamedTuple):
    """A text in the two forms that names are looked for in."""

    plain: str
    """Apostrophes, hyphens and white space levelled."""
    low: str
    """The same in lower case, hyphens as spaces."""


class Finder:
    """Names by their first two words.

    Parameters
    ----------
    names
        Name with its marks (= and ?, see geo/data/actors.csv) to the ids of its actors.
    countries
        Written form, country code, and whether it is the country's own name.
    heads
        Words before a country's name to the suffix of the body.
    tails
        Words after a country's adjective or possessive to the suffix of the body.
    """

    __slots__ = ("_buckets", "_tails")

    def __init__(
        self,
        names: Mapping[str, tuple[str, ...]],
        countries: Iterable[tuple[str, str, bool]] = (),
        heads: Mapping[str, str] | None = None,
        tails: Mapping[str, str] | None = None,
    ) -> None:
        first: dict[str, dict[Key, Entry]] = {}
        for name, ids in names.items():
            for form in _forms(name):
                _add(first, form, "name", ids)
        for form, code, own in countries:
            _add(first, form, "country" if own else "people", (code,))
        for form, suffix in (heads or {}).items():
            _add(first, form, "head", (suffix,))
        self._buckets = {word: _bucket(entries.values()) for word, entries in first.items()}
        self._tails = _by_first_word(tails or {})

    def find(self, text: str) -> Iterator[ActorMatch]:
        """Yield the actors named in a text, left to right, without overlap."""
        plain = level(text)
        line = Line(plain, lower(plain).replace("-", " "))
        known = self._buckets.get
        resume = 0
        for word in WORD.finditer(line.low):
            bucket = known(word[0])
            if bucket is None or word.start() < resume:
                continue
            entries = _entries(line.low, word.end(), bucket)
            if not entries or _inside_word(line.plain, word.start()):
                continue
            match = self._match(line, Stretch(word.start(), word.end(), resume), entries)
            if match is not None:
                resume = match.end
                yield match

    def _match(self, line: Line, word: Stretch, entries: tuple[Entry, ...]) -> ActorMatch | None:
        best: ActorMatch | None = None
        for entry in entries:
            stop = word.end + len(entry.rest)
            if not line.low.startswith(entry.rest, word.end) or _goes_on(line.low, stop):
                continue
            found = self._candidate(line, Stretch(word.start, stop, word.resume), entry)
            if found is not None and (best is None or found.end - found.start > best.end - best.start):
                best = found
        return best

    def _candidate(self, line: Line, at: Stretch, entry: Entry) -> ActorMatch | None:
        if entry.sort == "name":
            return _name(line, at, entry)
        if entry.sort == "head":
            return self._body_of(line, at, entry)
        if not line.plain[at.start].isupper() or not line.plain.startswith(entry.exact, at.start):
            return None
        return self._country_body(line.low, at, entry)

    def _country_body(self, low: str, at: Stretch, country: Entry) -> ActorMatch | None:
        """Read "Russian Defence Ministry", "Russia's Defence Ministry"."""
        end = at.end + (2 if low.startswith("'s ", at.end) else low.startswith("' ", at.end))
        word = WORD.match(low, end + 1)
        if word is None or low[end] != " ":
            return None
        for rest, suffix in self._tails.get(word[0], ()):
            stop = word.end() + len(rest)
            if low.startswith(rest, word.end()) and not _goes_on(low, stop):
                return ActorMatch(at.start, stop, (f"{country.ids[0].lower()}-{suffix}",))
        return None

    def _body_of(self, line: Line, at: Stretch, head: Entry) -> ActorMatch | None:
        """Read "Ministry of Defence of the Russian Federation"."""
        begin = at.end + (4 if line.low.startswith(" the ", at.end) else 0)
        word = WORD.match(line.low, begin + 1)
        if word is None or line.low[begin] != " " or not line.plain[word.start()].isupper():
            return None
        for country in _entries(line.low, word.end(), self._buckets.get(word[0], NO_BUCKET)):
            stop = word.end() + len(country.rest)
            if (
                country.sort == "country"
                and line.low.startswith(country.rest, word.end())
                and not _goes_on(line.low, stop)
            ):
                return ActorMatch(at.start, stop, (f"{country.ids[0].lower()}-{head.ids[0]}",))
        return None


def _entries(low: str, end: int, bucket: Bucket) -> tuple[Entry, ...]:
    """Return the entries that the words from here on may be; longer names first."""
    if not bucket.more:
        return bucket.alone
    after = WORD.search(low, end, end + REACH)
    if after is None or (more := bucket.more.get(after[0])) is None:
        return bucket.alone
    return more + bucket.alone


def _goes_on(low: str, stop: int) -> bool:
    """Tell whether a word or a host name runs on past a position: "SANA'A", "reuters.com"."""
    here = low[stop : stop + 3]
    if here[:1] not in JOINTS:
        return here[:1].isalnum()
    return here[1:2].isalnum() and not (here.startswith("'s") and not here[2:].isalnum())


def _name(line: Line, at: Stretch, entry: Entry) -> ActorMatch | None:
    start = at.start
    if entry.before:
        found = BEFORE[entry.before].search(line.plain[max(at.resume, start - ROOM) : start].lower())
        if found is None:
            return None
        start -= len(found[1])
    if not line.plain.startswith(entry.exact, at.start) or (entry.wordlike and _is_part(line.plain, at)):
        return None
    return (
        None
        if line.plain[start - 1 : start] in {"@", "."} or _inside_word(line.plain, start)
        else ActorMatch(start, at.end, entry.ids, entry.weak)
    )


def _is_part(plain: str, at: Stretch) -> bool:
    """Tell whether a wordlike name is only part of something else.

    "The National" goes on ("The National Guard"); "IS" stands between words in capitals, as in a headline.
    """
    before = plain[max(0, at.start - 30) : at.start].split()[-1:]
    after = plain[at.end : at.end + 30].split()[:1]
    if not plain[at.start : at.end].isupper():
        return plain[at.end : at.end + 1] == " " and after[0][:1].isupper() if after else False
    beside = [w for w in (*before, *after) if any(c.isalpha() for c in w)]
    return bool(beside) and all(w.isupper() for w in beside)


def _forms(name: str) -> Iterator[str]:
    """Yield a name, and what headlines make of it: without apostrophes, with US for U.S."""
    yield name
    bare = level(name).replace("'", "")
    if bare != level(name):
        yield bare
    if "U.S." in name:
        yield name.replace("U.S.", "US")


def _add(first: dict[str, dict[Key, Entry]], form: str, sort: Sort, ids: tuple[str, ...]) -> None:
    weak = form.startswith("?")
    wordlike = form.lstrip("?").startswith("=")
    plain = level(form.lstrip("?="))
    low = plain.replace("-", " ").lower()
    leading = LEADING.match(low) if sort in {"name", "country"} else None
    before = ""
    if leading is not None:
        before = "article" if leading["article"] else "the"
        plain, low = plain[leading.end() :], low[leading.end() :]
    word = WORD.match(low)
    if word is None:
        return
    start = plain[: word.end()]
    exact = plain if wordlike or is_acronym(plain) else start if is_acronym(start) else ""
    entry = Entry(low[word.end() :], exact, before, sort, ids, weak, wordlike)
    bucket = first.setdefault(word[0], {})
    bucket[entry[:4]] = _merge(bucket[entry[:4]], entry) if entry[:4] in bucket else entry


def _merge(old: Entry, new: Entry) -> Entry:
    """Join two actors of one name; whom it names anywhere stands before whom it names at home."""
    ids = (*new.ids, *old.ids) if old.weak and not new.weak else (*old.ids, *new.ids)
    return old._replace(ids=tuple(dict.fromkeys(ids)), weak=old.weak and new.weak)


def _bucket(entries: Iterable[Entry]) -> Bucket:
    more: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda e: (-len(e.rest), e)):
        second = WORD.search(entry.rest)
        more.setdefault(second[0] if second else "", []).append(entry)
    return Bucket(tuple(more.pop("", ())), {k: tuple(v) for k, v in more.items()})


def _by_first_word(tails: Mapping[str, str]) -> dict[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for tail, suffix in tails.items():
        low = fold(tail)
        word = WORD.match(low)
        if word is not None:
            found.setdefault(word[0], []).append((low[word.end() :], suffix))
    return {k: tuple(sorted(v, key=lambda x: (-len(x[0]), x))) for k, v in found.items()}


def _inside_word(text: str, start: int) -> bool:
    """Tell whether a letter that has no small form of one code point stands right before ("İal-Nusra")."""
    return start > 0 and text[start - 1].isalnum()
