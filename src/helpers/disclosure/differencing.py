"""Differencing: what two publications of almost the same answers say together of those who came
between.

A respondent who is added, removed or changed moves counts; where a share crosses the border of its
class, or a base its rounding, readers of both see it. No precision prevents that, so new answers
are held back until a municipality has enough of them (`survey.following`). Here it is counted how
much two publications tell of too few.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.survey.editions import COUNTRY, slug
from helpers.survey.mean_scores import MEAN

SHARE = ["edition", "question", "breakdown", "group", "answer"]
TOLD = ["hidden", "base", "low", "high"]


def moved(earlier: pd.DataFrame, later: pd.DataFrame) -> np.ndarray:
    """Which published shares, or means, are told otherwise in the later publication, row by row of
    the same tables.

    Raises ValueError when the publications have different tables.
    """
    shares = "answer" in earlier
    keys, told = (SHARE, [*TOLD, "count"]) if shares else (MEAN, [*TOLD, "sd"])
    if (
        len(earlier) != len(later)
        or not (earlier[keys].astype(str).to_numpy() == later[keys].astype(str).to_numpy()).all()
    ):
        raise ValueError("the publications have different tables")
    first, second = (
        [frame[name].astype(object).where(frame[name].notna(), None).to_numpy() for name in told]
        for frame in (earlier, later)
    )
    return np.logical_or.reduce([one != other for one, other in zip(first, second)])


def learnt(
    earlier: pd.DataFrame, later: pd.DataFrame, few: dict[str, int], nationally: bool
) -> int:
    """How many published shares, or means, two publications tell otherwise where only few
    respondents came between.

    `few` are the municipalities with too few new ones; `nationally` says whether that goes for the
    country as well.
    """
    places = {slug(name) for name in few} | ({COUNTRY.slug} if nationally else set())
    return int(
        (moved(earlier, later) & earlier["edition"].astype(str).isin(places).to_numpy()).sum()
    )
