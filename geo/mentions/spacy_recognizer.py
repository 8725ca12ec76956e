"""A spaCy pipeline as a recogniser of place names: `--recognizer spacy:en_core_web_trf`.

spaCy's entities say what is a place; the gazetteer and the project's resolver say which. Needs the extra
`conflictmap[spacy]` and a pipeline that finds entities, by the name of its package or by its folder.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from gazetteer import Gazetteer
from geo.errors import RecognizerError
from geo.lexicons import table
from geo.mentions.recognizers import Recognizer, held
from geo.mentions.text import Document
from geo.mentions.toponyms import Toponym

if TYPE_CHECKING:
    from spacy.language import Language

LONGEST = 50_000
"""Code points that spaCy is given at once, or a little more: its memory grows with the length of a text."""
UNUSED = ("parser", "tagger", "lemmatizer", "morphologizer", "attribute_ruler")
"""Parts of a pipeline that entities do not need."""
FINDERS = frozenset({"ner", "entity_ruler"})
ARTICLES = ("the ", "The ", "THE ")


@dataclass(frozen=True, slots=True)
class SpacyRecognizer:
    """Place names from the entities of a spaCy pipeline."""

    gazetteer: Gazetteer
    pipeline: Language

    def recognize(self, document: Document) -> Sequence[Toponym]:
        """Return the place names of a report."""
        text = document.report.text
        starts = [start for start, _ in stretches(document)]
        read = self.pipeline.pipe(text[start:end] for start, end in stretches(document))
        return [
            self._toponym(text, at + e.start_char, at + e.end_char, labels()[e.label_])
            for at, doc in zip(starts, read, strict=True)
            for e in doc.ents
            if e.label_ in labels()
        ]

    def _toponym(self, text: str, start: int, end: int, belief: float) -> Toponym:
        while text.startswith(ARTICLES, start, end):
            start += len(ARTICLES[0])
        for possessive in ("'s", "’s"):
            if text[start:end].endswith(possessive):
                end -= len(possessive)
        return held(self.gazetteer, text, start, end, belief)


def labels() -> dict[str, float]:
    """Return the labels of places by spaCy's name, with the belief that such an entity is a place name."""
    return {
        label: float(belief) for label, (belief,) in table("recognizer_labels.csv", "label", "belief").items()
    }


def from_spacy(gazetteer: Gazetteer, argument: str) -> Recognizer:
    """Make a recogniser from a spaCy pipeline.

    Parameters
    ----------
    gazetteer
        Knows the names that the resolver can look up.
    argument
        Package or folder of the pipeline.

    Raises
    ------
    RecognizerError
        spaCy or the pipeline is not there, or it finds no entities; the message says the mend.
    """
    if not argument:
        raise RecognizerError("Name a spaCy pipeline: spacy:en_core_web_sm, or spacy:FOLDER.")
    return SpacyRecognizer(gazetteer, _loaded(argument))


@lru_cache(maxsize=2)
def _loaded(argument: str) -> Language:
    try:
        import spacy
    except ImportError:
        raise RecognizerError("spaCy is not installed; run: pip install 'conflictmap[spacy]'") from None
    try:
        pipeline = spacy.load(argument, exclude=UNUSED)
    except OSError:
        raise RecognizerError(
            f"There is no spaCy pipeline {argument!r}; run: python -m spacy download {argument}"
        ) from None
    if not FINDERS & set(pipeline.pipe_names):
        found = ", ".join(pipeline.pipe_names) or "nothing"
        raise RecognizerError(f"The spaCy pipeline {argument!r} finds no entities: it has {found}.")
    return pipeline


def stretches(document: Document) -> Iterator[tuple[int, int]]:
    """Yield start and end of stretches of whole sentences; a sentence without end is cut."""
    begin, end = 0, 0
    for s in document.sentences:
        if s.end - begin > LONGEST and end > begin:
            yield begin, end
            begin = end
        end = s.end
        while end - begin > LONGEST:
            yield begin, begin + LONGEST
            begin += LONGEST
    if end > begin:
        yield begin, end
