"""How sure a mean is, and whether means differ by more than chance.

The interval is Wilson's (1927, JASA 22, p. 209-212), of the mean as a part of the scale: it rests
on as many yes-or-no answers as have the same variance. So it stays on the scale, is longer towards
its middle, and of scores 0 and 1 it is the share's own. Symmetric intervals cover 0.88 to 0.95 of
the means of ten to thirty satisfied people, this one 0.93 to 0.98; with the degrees of freedom of
those who answered alone it would cover more.

Tests are Welch's (1947, Biometrika 34, p. 28-35; 1951, Biometrika 38, p. 330-336): scores of groups
may spread differently. A mean that is told in steps may be anywhere in its class, which adds the
variance of an even spread, width**2 / 12 (Sheppard 1898); a known population takes away the part
that has answered, as R's `svymean` does with `fpc`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from helpers.statistics.differences import NOTHING, Difference
from helpers.statistics.intervals import LEVEL, Interval
from helpers.statistics.outcomes import Gap

WELCH = "welch"
ADDED = 4  # Wilson's interval is as if so many more had answered (Agresti & Coull 1998)


@dataclass(frozen=True)
class Mean:
    """A mean told in a class of `width`, of scores from `lowest` to `highest` with standard
    deviation `sd`, which rests on `effective` equally weighted answers; `answered` (0-1) is how
    large a part of all it is about they are."""

    value: float
    width: float
    sd: float
    effective: float
    lowest: float
    highest: float
    answered: float = 0.0

    @property
    def reach(self) -> float:
        """How far the ends of the scale are apart."""
        return self.highest - self.lowest

    @property
    def variance(self) -> float:
        """The mean's variance; that of the class alone where everybody has answered."""
        return self.sd**2 / self.effective * (1 - self.answered) + self.width**2 / 12

    @property
    def part(self) -> float:
        """The mean as a part (0-1) of the scale."""
        return (self.value - self.lowest) / self.reach

    @property
    def freedom(self) -> float:
        return max(self.effective - 1, 1)


def mean_interval(mean: Mean, level: float = LEVEL) -> Interval:
    """The ends of a mean's interval, on the scale."""
    from scipy.stats import t  # here, because it takes half a second to load

    spread, variance = mean.part * (1 - mean.part), mean.variance / mean.reach**2
    if not variance:
        return Interval(mean.value, mean.value)
    freedom = mean.freedom + ADDED
    square = float(t.ppf(0.5 + level / 2, freedom)) ** 2
    square /= spread / variance if spread else mean.effective  # of so many yes-or-no answers
    middle = (mean.part + square / 2) / (1 + square)
    half = (spread * square + square**2 / 4) ** 0.5 / (1 + square)
    low, high = (mean.lowest + mean.reach * end for end in (middle - half, middle + half))
    return Interval(min(low, mean.value), max(high, mean.value))


def mean_difference(means: Sequence[Mean]) -> Difference:
    """Whether means of different people differ by more than chance: Welch's t of two, and Welch's
    F of several."""
    if len(means) < 2 or not any(mean.variance for mean in means):
        return Difference(1.0, NOTHING)
    from statsmodels.stats.oneway import anova_generic

    bases = np.array([mean.freedom + 1 for mean in means])
    # as if from equally many answers without classes and populations, with the same standard error
    variances = np.array([mean.variance for mean in means]) * bases
    values = np.array([mean.value for mean in means])
    return Difference(
        float(anova_generic(values, variances, bases, use_var="unequal").pvalue), WELCH
    )


def gap_between_means(one: Mean, other: Mean, level: float = LEVEL) -> Gap:
    """The difference of two means of different people and its 95 per cent interval, as parts of the
    scale: outcomes call it clear, or alike, by the same limits as shares. Newcombe's hybrid of the
    two intervals, as for shares (`outcomes.gap_between`)."""
    (low, high), (other_low, other_high) = (mean_interval(mean, level) for mean in (one, other))
    down = np.hypot(one.value - low, other_high - other.value)
    up = np.hypot(high - one.value, other.value - other_low)
    size = one.value - other.value
    return Gap(size / one.reach, (size - float(down)) / one.reach, (size + float(up)) / one.reach)
