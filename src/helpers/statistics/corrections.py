"""The corrections for looking many times: which of several comparisons are more than chance.

Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, p. 289-300: of the
differences that are pointed out, on average at most the rate are due to chance; where nothing
differs, a difference is pointed out at most so often. It holds for comparisons that are independent
or pull the same way, as those of one page's respondents do.

Shaffer (1986), Journal of the American Statistical Association 81, p. 826-831: of groups that a
test of all of them has found not to be alike, any pair that differs by chance alone is pointed out
at most so often. It is Holm's procedure without the pairs that cannot all be alike.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from math import comb

import numpy as np

from helpers.statistics.differences import Difference

RATE = 0.05


def adjusted(p_values: Sequence[float]) -> np.ndarray:
    """The p-values after Benjamini and Hochberg's correction, in the same order: a comparison
    counts where its value is at most the rate.

    Raises ValueError when a p-value is missing or not in 0-1, for leaving it out would change the
    others.
    """
    values = np.asarray(p_values, dtype=float)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("a p-value is missing or outside 0-1")
    if not values.size:
        return values
    # here, because it takes a third of a second to load
    from scipy.stats import false_discovery_control

    return false_discovery_control(values, method="bh")


def benjamini_hochberg(
    comparisons: Mapping[Hashable, Difference], rate: float = RATE
) -> dict[Hashable, bool]:
    """For each of the comparisons whether it is more than chance, all corrected together by
    Benjamini and Hochberg.

    Give all the comparisons that are made, also those that turn out to be none. One without
    anything to compare is never more than chance, and does not count among the others.
    """
    possible = {key: difference.p for key, difference in comparisons.items() if difference.possible}
    found = dict(zip(possible, adjusted(list(possible.values())) <= rate))
    return {key: bool(found.get(key, False)) for key in comparisons}


def pairs_apart(pairs: Sequence[Difference], groups: int, rate: float = RATE) -> list[bool]:
    """For each pair of `groups`, which a test has found not to be all alike, whether it differs by
    more than chance, all pairs corrected together by Shaffer."""
    order = sorted(range(len(pairs)), key=lambda at: pairs[at].p)
    possible = alike_pairs(groups) - {len(pairs)}  # all alike is what the test has ruled out
    beyond = [False] * len(order)
    for rank, at in enumerate(order):
        left = max(number for number in possible if number <= len(order) - rank)
        if pairs[at].p * max(left, 1) > rate:
            break
        beyond[at] = True
    return beyond


def alike_pairs(groups: int) -> set[int]:
    """How many pairs of `groups` can be alike: of three none, one or all, for if two pairs are the
    third is too."""
    if groups < 2:
        return {0}
    return {
        comb(alike, 2) + others
        for alike in range(1, groups + 1)
        for others in alike_pairs(groups - alike)
    }
