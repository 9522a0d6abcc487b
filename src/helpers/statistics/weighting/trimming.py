"""Trimming: no answer may weigh more than a declared number of average answers; and what unequal
weights cost."""

import numpy as np


def trim(weights: np.ndarray, cap: float) -> np.ndarray:
    """The weights, none above `cap` average weights; what is cut is shared out on the others, so
    that the sum stays."""
    limit, cut = cap * weights.mean(), np.zeros(len(weights), dtype=bool)
    trimmed = weights
    while (over := ~cut & (trimmed > limit)).any():
        cut |= over
        left = weights.sum() - limit * cut.sum()
        trimmed = np.where(cut, limit, weights * left / weights[~cut].sum())
    return trimmed


def design_effect(weights: np.ndarray) -> float:
    """How many times more uncertain a share is than with equal weights, when they have nothing to
    do with the answer.

    Kish (1965), Survey Sampling: n * sum of squares / squared sum.
    """
    return float(len(weights) * (weights**2).sum() / weights.sum() ** 2)
