"""Models that have not seen a text: five of each, made without a fifth of the texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazetteer import Gazetteer
from geo.mentions.linear import Model
from geo.mentions.toponyms import find_toponyms
from training import resolution, toponyms
from training.common import FOLDS, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """Two models, and the texts that neither has seen."""

    recognition: Model
    resolution: Model
    unseen: tuple[Text, ...]


def folds(gazetteer: Gazetteer, texts: Sequence[Text]) -> Iterator[Fold]:
    """Yield the folds; recognition is made anew in each, and resolution from what that recognised."""
    made = [(t, toponyms.samples(gazetteer, t)) for t in texts]
    for fold in range(FOLDS):
        recognition = Model(toponyms.trained([m for m in made if m[0].fold != fold]))
        seen = [t for t in texts if t.fold != fold]
        named = {t.id: find_toponyms(gazetteer, t.document, recognition) for t in seen}
        yield Fold(
            recognition=recognition,
            resolution=Model(resolution.trained(gazetteer, seen, named)),
            unseen=tuple(t for t in texts if t.fold == fold),
        )
