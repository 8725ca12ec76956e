"""How well groups found agree with groups known."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def b_cubed(gold: Mapping[K, str], found: Mapping[K, str]) -> dict[str, float]:
    """Return precision, recall and F1 of B-cubed."""
    of_gold, of_found = _groups(gold), _groups(found)
    p = r = 0.0
    for k in gold:
        both = len(of_gold[gold[k]] & of_found[found[k]])
        p += both / len(of_found[found[k]]) / len(gold)
        r += both / len(of_gold[gold[k]]) / len(gold)
    return {"b3_p": p, "b3_r": r, "b3": 2 * p * r / (p + r) if p + r else 0.0}


def pair_scores(gold: Mapping[K, str], found: Mapping[K, str]) -> dict[str, float]:
    """Return precision, recall and F1 over pairs."""
    both = _pairs(Counter((gold[k], found[k]) for k in gold))
    p = both / max(1, _pairs(Counter(found[k] for k in gold)))
    r = both / max(1, _pairs(Counter(gold.values())))
    return {"p": p, "r": r, "f1": 2 * p * r / (p + r) if p + r else 0.0}


def _pairs(sizes: Counter) -> int:
    return sum(n * (n - 1) // 2 for n in sizes.values())


def _groups(of: Mapping[K, str]) -> dict[str, set[K]]:
    groups: dict[str, set[K]] = defaultdict(set)
    for k, v in of.items():
        groups[v].add(k)
    return groups
