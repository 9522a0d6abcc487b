"""The reconciliation as a page may show it: without the numbers that disclosure control hides."""

from pathlib import Path

import pandas as pd

from helpers.survey.dataset import open_dataset
from helpers.survey.published import SEPARATOR
from helpers.survey.reconcile import reconcile_dataset
from helpers.survey.release import Releasable, releasable

HIDDEN_EXPLANATION = "Tallet i datasættet er skjult, fordi for få personer står bag det, eller fordi så lille et tal ellers kunne regnes ud."


def releasable_reconciliation(dataset: str | Path = "synthetic", survey: str = "citizens") -> pd.DataFrame:
    """The rows of `reconcile_dataset` for one survey, with a boolean `hidden`.

    A hidden row keeps its status, which tells no more than the print does, and has neither `reproduced` nor a reason with
    counts in it.
    """
    reconciled = reconcile_dataset(dataset, survey)
    estimates = releasable(open_dataset(dataset), survey)
    hidden = pd.Series([rests_on_hidden(row, estimates) for row in reconciled.itertuples()], index=reconciled.index)
    return reconciled.assign(
        hidden=hidden,
        reproduced=reconciled["reproduced"].mask(hidden),
        explanation=reconciled["explanation"].mask(hidden, HIDDEN_EXPLANATION),
    )


def rests_on_hidden(row, estimates: Releasable) -> bool:
    """Whether an estimate that the row is compared with is hidden; a row about all groups rests on each of them. Of a hidden group
    nobody can see whether it is one of those that are too small to speak of."""
    if not row.breakdown:
        return False  # the whole country's totals are never hidden
    table = estimates.table(row.question, row.breakdown)
    if row.group:
        table = table[table["group"] == row.group]
    answers = [answer for answer in row.answers.split(SEPARATOR) if answer]
    if answers:
        table = table[table["answer"].isin(answers)]
    return bool((table["hidden"] != "").any())
