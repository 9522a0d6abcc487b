"""Whether a share rises or falls through groups that stand in an order, as education or age
does."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import chdtrc

from helpers.statistics.differences import NOTHING, Difference

TREND = "trend"


def trend(counts: Sequence[int], bases: Sequence[int]) -> Difference:
    """Whether the share that gave an answer (`counts` out of `bases`) rises or falls from group to
    group.

    Cochran and Armitage's test in Mantel's form, (N-1) r squared, with the groups' numbers as
    scores (Mantel 1963, JASA 58, p. 690-700; Agresti 2013, Categorical Data Analysis, p. 88). Which
    way is for the shares to say.
    """
    gave, answered = np.asarray(counts, float), np.asarray(bases, float)
    people, score = answered.sum(), np.arange(len(answered))
    if not people:
        return Difference(1.0, NOTHING)
    share = gave.sum() / people
    centred = score - (answered * score).sum() / people
    spread = (answered * centred**2).sum() * share * (1 - share) * people
    if spread <= 0:
        return Difference(1.0, NOTHING)
    correlation = (centred * (gave - answered * share)).sum() ** 2 * people / spread
    return Difference(float(chdtrc(1, (people - 1) / people * correlation)), TREND)
