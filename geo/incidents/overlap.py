"""How much the token sets of many pairs share, counted without a loop over the pairs."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from geo.incidents.columns import Bags, Floats, Ints

CHUNK = 100_000


def shared(
    bags: Bags, left: Ints, right: Ints, *, other: Bags | None = None, product: bool = False
) -> Floats:
    """Return the weight of the tokens that each pair of rows shares.

    Parameters
    ----------
    bags
        Token sets.
    left, right
        Rows of each pair.
    other
        Token sets that the right rows belong to, where they are not the left ones'.
    product
        Sum the products of both weights (a cosine, where rows have unit length), not the smaller weight.
    """
    total = np.zeros(len(left))
    for at in range(0, len(left), CHUNK):
        part = slice(at, at + CHUNK)
        total[part] = _shared(bags, other or bags, left[part], right[part], product=product)
    return total


def sizes(bags: Bags, rows: Ints) -> Ints:
    """Return how many tokens each row has."""
    return bags.starts[rows + 1] - bags.starts[rows]


def _shared(bags: Bags, other: Bags, left: Ints, right: Ints, *, product: bool) -> Floats:
    one, one_weights = _keys(bags, left)
    two, two_weights = _keys(other, right)
    keys = np.concatenate([one, two])
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    twice = np.flatnonzero(keys[1:] == keys[:-1])
    weights = np.concatenate([one_weights, two_weights])[order]
    a, b = weights[twice], weights[twice + 1]
    gained = a * b if product else np.minimum(a, b)
    pair = (keys[twice] >> np.uint64(32)).astype(np.int64)
    return np.bincount(pair, gained, minlength=len(left)).astype(np.float64)


def _keys(bags: Bags, rows: Ints) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.float32]]:
    counts = sizes(bags, rows)
    pair = np.repeat(np.arange(len(rows), dtype=np.uint64), counts)
    ends = np.cumsum(counts)
    inside = np.arange(ends[-1] if len(ends) else 0) - np.repeat(ends - counts, counts)
    at = np.repeat(bags.starts[rows], counts) + inside
    return (pair << np.uint64(32)) | bags.tokens[at].astype(np.uint64), bags.weights[at].astype(np.float32)
