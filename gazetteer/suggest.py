"""Names like one that was not found."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from gazetteer.keying import DIGRAPH, SKELETON
from gazetteer.names import fold, tier_keys

if TYPE_CHECKING:
    from gazetteer.index import Index

_MOST = 400
_LIKE = 0.5


def suggest(index: Index, name: str, *, limit: int) -> list[str]:
    """List names that begin alike or have like consonants, the likest first."""
    from rapidfuzz.distance import JaroWinkler

    folded = fold(name)
    likeness: dict[str, float] = {}
    for key in _keys(index, folded):
        for row, _ in index.postings(key)[:2]:
            shown = index.names(row)[0]
            like = JaroWinkler.similarity(folded, fold(shown))
            likeness[shown] = max(like, likeness.get(shown, 0.0))
    order = sorted(
        (shown for shown, like in likeness.items() if like >= _LIKE), key=lambda s: (-likeness[s], s)
    )
    return order[:limit]


def _keys(index: Index, folded: str) -> list[str]:
    """List keys of the index that share a beginning with a name, or with its coarser keys."""
    digraph, skeleton, _ = tier_keys(folded)
    found: list[str] = []
    for whole in (folded, DIGRAPH + digraph, SKELETON + skeleton):
        for size in range(len(whole), 2, -1):
            keys = list(islice(index.trie.iterkeys(whole[:size]), _MOST))
            found += keys
            if keys:
                break
    return found[:_MOST]
