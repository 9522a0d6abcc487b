"""The correction for looking many times: which of a page's comparisons are more than chance.

Benjamini & Hochberg (1995), Journal of the Royal Statistical Society B 57, p. 289-300: of the differences that a page
points out, on average at most RATE are due to chance; on a page where nothing differs, at most RATE of such pages points
one out. It holds for comparisons that are independent or pull the same way, as those of one page's respondents do.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

import numpy as np

from helpers.survey.inference.differences import Difference

RATE = 0.05
# statsmodels' names. Benjamini and Yekutieli's correction holds whatever the dependence, and finds less.
BENJAMINI_HOCHBERG, BENJAMINI_YEKUTIELI = "fdr_bh", "fdr_by"


def adjusted(p_values: Sequence[float], method: str = BENJAMINI_HOCHBERG) -> np.ndarray:
    """The p-values after the correction, in the same order: a comparison counts where its value is at most the rate.

    Raises ValueError when a p-value is missing or not in 0-1, for leaving it out would change the others.
    """
    values = np.asarray(p_values, dtype=float)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("a p-value is missing or outside 0-1")
    if not values.size:
        return values
    from statsmodels.stats.multitest import multipletests  # here, because it takes half a second to load

    return multipletests(values, method=method)[1]


def beyond_chance(comparisons: Mapping[Hashable, Difference], rate: float = RATE,
                  method: str = BENJAMINI_HOCHBERG) -> dict[Hashable, bool]:
    """For each of a page's comparisons whether it is more than chance, all corrected together.

    Give all the comparisons that the page makes, also those that turn out to be none. One without anything to compare is
    never more than chance, and does not count among the others.
    """
    possible = {key: difference.p for key, difference in comparisons.items() if difference.possible}
    found = dict(zip(possible, adjusted(list(possible.values()), method) <= rate))
    return {key: bool(found.get(key, False)) for key in comparisons}
