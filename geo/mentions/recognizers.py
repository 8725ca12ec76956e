"""Who reads place names out of a text: the project's own recogniser, or one that somebody plugs in.

A recogniser is anything with the verb `recognize`. It is made by a function that takes the gazetteer and
the words behind the colon of `--recognizer NAME:ARGUMENT`, and is registered under NAME in the entry-point
group `conflictmap.recognizers`. What it finds goes to the same resolver.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from gazetteer import Gazetteer
from gazetteer.names import fold
from geo.errors import RecognizerError
from geo.mentions.linear import Model
from geo.mentions.text import Document
from geo.mentions.toponyms import Toponym, find_toponyms

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENVIRONMENT = "CONFLICTMAP_RECOGNIZER"
"""Environment variable that names a recogniser; worker processes inherit it."""
GROUP = "conflictmap.recognizers"
OWN = {
    "gazetteer": "geo.mentions.recognizers:from_gazetteer",
    "spacy": "geo.mentions.spacy_recognizer:from_spacy",
}
"""Those of the project, as its metadata registers them; a source tree that is not installed has none."""


class Recognizer(Protocol):
    """Finds place names."""

    def recognize(self, document: Document) -> Sequence[Toponym]:
        """Return the place names of a report; order and overlaps do not matter.

        Parameters
        ----------
        document
            The report, cut into sentences; `document.report.text` is the text that offsets point into.
        """
        ...


Maker = Callable[[Gazetteer, str], Recognizer]
"""Makes a recogniser from the gazetteer and an argument, "" where none was given."""


@dataclass(frozen=True, slots=True)
class GazetteerRecognizer:
    """The project's own: the gazetteer proposes, a linear model decides."""

    gazetteer: Gazetteer
    model: Model | None = None
    """Decides; `None`: the packaged model."""

    def recognize(self, document: Document) -> Sequence[Toponym]:
        """Return the place names of a report."""
        return find_toponyms(self.gazetteer, document, self.model)


def from_gazetteer(gazetteer: Gazetteer, argument: str) -> Recognizer:
    """Make the project's own recogniser.

    Raises
    ------
    RecognizerError
        An argument was given; it takes none.
    """
    if argument:
        raise RecognizerError(f'The recogniser "gazetteer" takes no argument; leave out ":{argument}".')
    return GazetteerRecognizer(gazetteer)


def open_recognizer(gazetteer: Gazetteer, asked: str) -> Recognizer:
    """Make a recogniser by its name, "spacy:en_core_web_trf".

    Parameters
    ----------
    gazetteer
        Knows the names that the resolver can look up.
    asked
        Name, and behind a colon what its maker wants to know.

    Raises
    ------
    RecognizerError
        Nothing is registered under the name, or its maker cannot do with the argument.
    """
    name, _, argument = asked.partition(":")
    known = registered()
    if name not in known:
        raise RecognizerError(f"There is no recogniser {name!r}; there are {', '.join(sorted(known))}.")
    make: Maker = known[name].load()
    return make(gazetteer, argument)


def registered() -> dict[str, EntryPoint]:
    """Return the recognisers that installed packages register, by name, and the project's own."""
    from importlib import metadata

    own = {name: metadata.EntryPoint(name, value, GROUP) for name, value in OWN.items()}
    return own | {point.name: point for point in metadata.entry_points(group=GROUP)}


def default_recognizer(gazetteer: Gazetteer) -> Recognizer:
    """Make the recogniser that the environment asks for, once a process; the project's own if it asks none.

    Raises
    ------
    RecognizerError
        It asks for one that is not there.
    """
    asked = os.environ.get(ENVIRONMENT)
    return _kept(gazetteer, asked) if asked else GazetteerRecognizer(gazetteer)


@lru_cache(maxsize=4)
def _kept(gazetteer: Gazetteer, asked: str) -> Recognizer:
    return open_recognizer(gazetteer, asked)


def held(gazetteer: Gazetteer, text: str, start: int, end: int, belief: float) -> Toponym:
    """Return a stretch of text as a place name, narrowed to the longest name in it that the gazetteer holds.

    Parameters
    ----------
    gazetteer
        Is asked.
    text
        The report's text.
    start, end
        The stretch: first code point, one past the last.
    belief
        Belief that it is a place name, 0 to 1.

    Returns
    -------
    Toponym
        With the key "" and the whole stretch where the gazetteer holds no name in it.
    """
    name = text[start:end]
    if len(gazetteer.rows(key := fold(name))):
        return Toponym(start=start, end=end, text=name, key=key, belief=belief)
    inside = [m for m in gazetteer.scan(name) if m.end <= len(name)]
    if not inside:
        return Toponym(start=start, end=end, text=name, key="", belief=belief)
    best = max(inside, key=lambda m: (m.end - m.start, -m.start))
    first, last = start + best.start, start + best.end
    return Toponym(start=first, end=last, text=text[first:last], key=best.key, belief=belief)


def in_order(found: Iterable[Toponym], text: str) -> list[Toponym]:
    """Return what a recogniser found left to right, without what is no stretch of the text.

    Of names that overlap the longest stays.
    """
    kept: list[Toponym] = []
    for t in sorted(found, key=lambda t: (t.start, -t.end)):
        if 0 <= t.start < t.end <= len(text):
            if kept and t.start < kept[-1].end:
                if t.end - t.start > kept[-1].end - kept[-1].start:
                    kept[-1] = t
            else:
                kept.append(t)
    return kept
