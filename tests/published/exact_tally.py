"""The whole country's counts, exactly, out of unprotected estimates: what the printed numbers are
held against where nothing is rounded."""

import pandas as pd

from helpers.reports.tally import Tally, screening_totals
from helpers.survey.codebook import Codebook
from helpers.survey.editions import COUNTRY
from helpers.survey.tabulation import tabulate


def national_estimates(codebook: Codebook, answers: pd.DataFrame) -> pd.DataFrame:
    """The whole country's unprotected estimates, and the totals of the screening questions, which
    no page shows.

    One row per (question, breakdown, group, answer), as `tabulate` has them.
    """
    estimates = tabulate(codebook, answers)
    country = estimates[estimates["edition"] == COUNTRY.slug].astype(
        dict.fromkeys(("edition", "question", "breakdown", "group", "answer"), str)
    )
    return pd.concat([country, screening_totals(codebook, answers)], ignore_index=True)


def tally(codebook: Codebook, estimates: pd.DataFrame, frame: dict[str, dict[str, int]]) -> Tally:
    """The whole country's counts out of unprotected estimates (one row per edition, question,
    breakdown, group, answer)."""
    country = estimates[(estimates["edition"] == COUNTRY.slug) & ~estimates["combined"]]
    cells = list(
        zip(*(country[name].astype(str) for name in ("question", "breakdown", "group", "answer")))
    )
    counts = dict(zip(cells, country["count"].astype(int)))
    bases = {cell[:3]: base for cell, base in zip(cells, country["base"].astype(int))}
    return Tally(with_municipalities(codebook, cells), counts, bases, frame)


def with_municipalities(codebook: Codebook, cells: list[tuple[str, ...]]) -> Codebook:
    """The codebook with the municipalities that the estimates know."""
    question = getattr(codebook.municipality_question, "id", None)
    return codebook.for_municipalities(
        tuple(
            answer for asked, breakdown, _, answer in cells if asked == question and not breakdown
        )
    )
