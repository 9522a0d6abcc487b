"""Mean scores, every table of the plan at once: as `tabulation` counts answers."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from helpers.survey.codebook import Codebook
from helpers.survey.editions import Edition
from helpers.survey.scores import Scale
from helpers.survey.tabulation import (
    Grouping,
    count_cells,
    groupings_of,
    in_plan,
    located_in,
)

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
    groupings = groupings_of(located.codebook, answers)
    tables = [
        pd.DataFrame(rows_of(scale, grouped, located.editions, cells))
        for scale in located.codebook.scales
        for scores in [scale.scores(answers)]
        for grouped in groupings
        if all(in_plan(located.codebook, one, grouped.breakdown) for one in scale.questions)
        for cells in [moments(scores, grouped, len(located.editions), located.place, weights)]
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=list(COLUMNS))


def moments(
    scores: np.ndarray,
    grouped: Grouping,
    editions: int,
    place: np.ndarray,
    weights: np.ndarray | None,
) -> dict[str, np.ndarray]:
    """Per (edition, group): base, mean, standard deviation and effective base.

    The effective base makes sd / sqrt(effective) the standard error that Taylor's linearisation
    gives a weighted mean (R `survey`: svymean of a design with weights alone).
    """
    known = np.isfinite(scores)
    weight = np.ones(len(scores)) if weights is None else weights

    def summed(values: np.ndarray) -> np.ndarray:
        filled = np.where(known, values, 0.0)
        return count_cells(known, grouped, editions, place, filled).astype(float)

    base = count_cells(known, grouped, editions, place)
    with np.errstate(divide="ignore", invalid="ignore"):
        total = summed(weight)
        mean = summed(weight * scores) / total
        variance = (summed(weight * scores**2) / total - mean**2) * base / (base - 1)
        variance = np.where(base > 1, np.maximum(variance, 0), np.nan)
        squares = [summed(weight**2 * scores**power) for power in (2, 1, 0)]
        error = (squares[0] - 2 * mean * squares[1] + mean**2 * squares[2]) / total**2
        error = np.maximum(error, 0) * base / (base - 1)
        effective = np.where(error > 0, variance / error, base)
    if weights is None:
        effective = base.astype(float)
    return {"base": base, "mean": mean, "sd": np.sqrt(variance), "effective": effective}


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
