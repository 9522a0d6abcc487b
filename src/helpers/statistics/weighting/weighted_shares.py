"""Weighted estimates: the same tidy table as the unweighted, with the weighted share and what it is
worth.

All of this is survey floor: sums of weights tell about few people what counts tell, and are hidden
where counts are.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.statistics.differences import weighted_difference
from helpers.statistics.effective import WeightSums
from helpers.survey.codebook import Codebook
from helpers.survey.counting import rows_by
from helpers.survey.tabulation import WEIGHT_SUMS, tabulate

WEIGHTED = ("weighted_share", "effective_base")
# as weighted_difference takes them
PARTS = {"weight": "base_weight", "squares": "base_squares", "count": "base"}
DIFFERENCE = ("edition", "question", "breakdown", "answer", "groups", "p", "method")


def weighted_tabulation(
    codebook: Codebook, answers: pd.DataFrame, weights: np.ndarray
) -> pd.DataFrame:
    """`tabulate`'s estimates, one row each, with the sums WEIGHT_SUMS and the columns WEIGHTED.

    `weighted_share` is 0-1; `effective_base` is how many equally weighted answers it rests on. Both
    are missing where nobody answered. `count`, `base` and `share` are the unweighted ones:
    disclosure control goes by people.
    """
    estimates = tabulate(codebook, answers, weights)
    answered = (estimates["base"] > 0).to_numpy()
    sums = WeightSums(
        *(estimates.loc[answered, name].to_numpy() for name in (*WEIGHT_SUMS, "base"))
    )
    share, effective = np.full(len(estimates), np.nan), np.full(len(estimates), np.nan)
    share[answered], effective[answered] = sums.share, sums.effective_base
    return estimates.assign(weighted_share=share, effective_base=effective)


def difference_per_answer(estimates: pd.DataFrame, shown: pd.Series) -> pd.DataFrame:
    """Rao and Scott's test of each answer over a breakdown's groups: one row per (edition,
    question, breakdown, answer).

    `shown` says of each estimate whether it may be shown; groups whose estimate is hidden are left
    out of the test, so that its result tells nothing about them. `groups` counts those compared. No
    row where fewer than two are left.
    """
    inside = estimates[
        shown & (estimates["breakdown"] != "") & (estimates["base"] > 0)
    ].reset_index(drop=True)
    tables = {part: gave_or_not(inside, part, whole) for part, whole in PARTS.items()}
    keys = ["edition", "question", "breakdown", "answer"]
    tests = []
    for key, rows in rows_by(inside, keys).items():
        if len(rows) > 1:
            found = weighted_difference(*(tables[part][rows] for part in PARTS))
            tests.append((*key, len(rows), found.p, found.method))
    return pd.DataFrame(tests, columns=list(DIFFERENCE))


def gave_or_not(estimates: pd.DataFrame, part: str, whole: str) -> np.ndarray:
    """One row per estimate: the sum over those who gave the answer, and over those who did not."""
    gave, answered = estimates[part].to_numpy(), estimates[whole].to_numpy()
    return np.column_stack([gave, np.maximum(answered - gave, 0)])
