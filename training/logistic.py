"""Logistic regression on named columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
import scipy.optimize


def fit_columns(
    x: Mapping[str, np.ndarray],
    y: np.ndarray,
    w: np.ndarray,
    *,
    l2: float,
    side: Callable[[str], int],
    mean: Mapping[str, float],
    at_most: Mapping[str, float],
) -> dict[str, float]:
    """Return a weight for each column; the column "prior" is not held down.

    Parameters
    ----------
    x
        Values by name, all of one length.
    y
        1 or 0.
    w
        Weight of each row.
    l2
        Strength that holds the weights down.
    side
        1 for a column whose weight may not be negative, -1 for one that may not be positive, 0 for either.
    mean
        Where the penalty draws a weight to; 0 for those left out.
    at_most
        Upper ends of weights, where they are below that of `side`.
    """
    names = sorted(x)
    matrix = np.stack([x[n] for n in names], axis=1)
    sign = y * 2 - 1
    middle = np.array([mean.get(n, 0.0) for n in names])
    held = np.array([0.01 if n == "prior" else l2 for n in names])

    def loss(beta: np.ndarray) -> tuple[float, np.ndarray]:
        z = sign * (matrix @ beta)
        miss = 1 / (1 + np.exp(np.clip(z, -60, 60)))
        value = float(np.sum(w * np.logaddexp(0, -z)) + 0.5 * np.sum(held * (beta - middle) ** 2))
        return value, -(matrix.T @ (w * sign * miss)) + held * (beta - middle)

    tops = [at_most.get(n, None if side(n) >= 0 else 0.0) for n in names]
    bounds = [(None if side(n) <= 0 else 0.0, top) for n, top in zip(names, tops, strict=True)]
    found = scipy.optimize.minimize(
        loss, middle, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500}
    )
    return {n: float(b) for n, b in zip(names, found.x, strict=True)}
