"""The corrections for looking many times: which of several comparisons are more than chance.

Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, p. 289-300: of the
differences that are pointed out, on average at most the rate are due to chance; where nothing
differs, a difference is pointed out at most so often. It holds for comparisons that are independent
or pull the same way, as those of one page's respondents do.

Holm (1979), Scandinavian Journal of Statistics 6, p. 65-70: any difference at all that is due to
chance is pointed out at most so often, whatever the comparisons. It finds less.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

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


def holm(comparisons: Sequence[Difference], rate: float = RATE) -> list[bool]:
    """For each of the comparisons whether it is more than chance, all corrected together by
    Holm.

    By hand, for SciPy does not have it, and statsmodels' `multipletests` takes half a second to
    load and another at every call, in which it collects garbage.
    """
    order = sorted(range(len(comparisons)), key=lambda at: comparisons[at].p)
    beyond = [False] * len(order)
    for rank, at in enumerate(order):
        if comparisons[at].p * (len(order) - rank) > rate:
            break
        beyond[at] = True
    return beyond
