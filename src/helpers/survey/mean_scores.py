"""Mean scores, every table of the plan at once: as `tabulation` counts answers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.counting import NOBODY, Cells
from helpers.survey.editions import Edition
from helpers.survey.scores import Scale
from helpers.survey.tabulation import Grouping, counting_of, groupings_of, in_plan, located_in

MEAN = ["edition", "scale", "breakdown", "group"]  # what tells one mean from another
COLUMNS = (*MEAN, "base", "mean", "sd", "effective")


def mean_scores(
    codebook: Codebook, answers: pd.DataFrame, weights: np.ndarray | None = None
) -> pd.DataFrame:
    """Every mean of the plan, before disclosure control.

    One row per (edition, scale, breakdown, group): `base` people have a score, `mean` is theirs and
    `sd` its standard deviation (with base - 1; both missing below two people); `effective` is how
    many equally weighted answers the mean is as sure as: the base, where there are no `weights`.
    """
    located = located_in(codebook, answers)
    codebook = located.codebook
    counting = counting_of(located.editions, located.place, groupings_of(codebook, answers))
    tables = [
        pd.DataFrame(rows_of(scale, grouped, located.editions, values))
        for scale in codebook.scales
        for sums in [sums_of(scale.scores(answers), counting.cells, weights)]
        for number, grouped in enumerate(counting.groupings)
        if all(in_plan(codebook, one, grouped.breakdown) for one in scale.questions)
        for values in [moments(counting.added_up(number, sums), weights is not None)]
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS))


def sums_of(scores: np.ndarray, cells: Cells, weights: np.ndarray | None) -> np.ndarray:
    """Per cell, a column for each sum that the moments are made of: of those with a score, and of
    their weights and squared weights times 1, the score and its square."""
    code = np.where(np.isfinite(scores), 0, NOBODY)
    weight = np.ones(len(scores)) if weights is None else weights
    powers = [np.nan_to_num(scores) ** power for power in (0, 1, 2)]
    values = [np.ones(len(scores)), *(w * score for w in (weight, weight**2) for score in powers)]
    return np.hstack([cells.count(code, 1, value) for value in values])


def moments(sums: np.ndarray, weighted: bool) -> dict[str, np.ndarray]:
    """Per (edition, group): base, mean, standard deviation and effective base, of `sums_of` added
    up.

    The effective base makes sd / sqrt(effective) the standard error that Taylor's linearisation
    gives a weighted mean (R `survey`: svymean of a design with weights alone).
    """
    base, total, scored, squared, *of_squares = np.moveaxis(sums, -1, 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = scored / total
        variance = (squared / total - mean**2) * base / (base - 1)
        variance = np.where(base > 1, np.maximum(variance, 0), np.nan)
        error = (of_squares[2] - 2 * mean * of_squares[1] + mean**2 * of_squares[0]) / total**2
        error = np.maximum(error, 0) * base / (base - 1)
        effective = np.where(error > 0, variance / error, base) if weighted else base
    return {
        "base": base.astype(np.int64),
        "mean": mean,
        "sd": np.sqrt(variance),
        "effective": effective,
    }


def rows_of(
    scale: Scale, grouped: Grouping, editions: tuple[Edition, ...], cells: dict[str, np.ndarray]
) -> Iterator[dict]:
    """The same as rows, of the whole country alone where the grouping is of it alone."""
    shown = editions[:1] if grouped.country_only else editions
    for at, edition in enumerate(shown):
        for group, label in enumerate(grouped.labels):
            yield dict(zip(MEAN, (edition.slug, scale.id, grouped.breakdown, label))) | {
                name: values[at, group] for name, values in cells.items()
            }
