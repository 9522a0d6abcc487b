"""Answers that came after others: when they may be published.

Two publications a single respondent apart tell what that respondent answered: the totals differ by
just that. No hiding of small numbers helps against it, so new answers are held back until enough of
them have come.
"""

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook


def changed(earlier: pd.DataFrame, later: pd.DataFrame, codebook: Codebook) -> dict[str, int]:
    """How many respondents are in one of two answer tables and not in the other: per municipality,
    or under "" for all.

    Respondents are told apart by their answers, not by their numbers, which a new export may give
    anew.
    """
    columns = [
        column
        for question in codebook.questions
        for column in question.columns
        if column in earlier and column in later
    ]
    local = getattr(codebook.municipality_question, "id", None)
    rows = pd.concat(
        [
            answers[columns].astype("string").fillna("").assign(sign=sign)
            for answers, sign in ((earlier, -1), (later, 1))
        ]
    )
    balance = rows.groupby(columns, sort=False)["sign"].sum().abs()
    balance = balance[balance > 0]
    place = balance.index.get_level_values(local) if local in columns else np.full(len(balance), "")
    return {
        str(name): int(people) for name, people in balance.groupby(np.asarray(place)).sum().items()
    }


def too_few(people: dict[str, int], minimum: int) -> dict[str, int]:
    """The municipalities with so few new, changed or removed respondents that they could be told
    apart."""
    return {place: changed_ for place, changed_ in people.items() if changed_ < minimum}
