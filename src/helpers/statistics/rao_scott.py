"""Rao and Scott's test of weighted tables, second order, as R's `svychisq(statistic = "F")`
computes it.

Rao & Scott (1984), Annals of Statistics 12, p. 46-60. Where a cell is empty the covariance is
scaled by the table expected without any difference, because the observed one cannot be inverted.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats


@dataclass(frozen=True)
class RaoScott:
    """The test's result: `statistic` is F distributed with `freedom` degrees of freedom (numerator,
    denominator) by chance."""

    statistic: float
    freedom: tuple[float, float]
    p: float


def rao_scott(weight: np.ndarray, squares: np.ndarray, respondents: int) -> RaoScott:
    """The test of a table of weights (groups x answers) without empty rows or columns, and with at
    least two of each.

    `weight` and `squares` sum the weights and squared weights of the `respondents` people in each
    cell.
    """
    proportions = weight / weight.sum()
    expected = np.outer(proportions.sum(axis=1), proportions.sum(axis=0))
    pearson = respondents * ((proportions - expected) ** 2 / expected).sum()
    effects = design_effects(proportions, expected, squares / weight.sum() ** 2, respondents)
    # the linearised variance sees no chance at all, as when few people separate the groups wholly
    if np.trace(effects) < 1e-9:
        return RaoScott(float("inf"), (1.0, float(respondents - 1)), 0.0)
    numerator = np.trace(effects) ** 2 / np.trace(effects @ effects)
    denominator = numerator * (respondents - 1)
    statistic = pearson / np.trace(effects)
    return RaoScott(
        float(statistic),
        (float(numerator), float(denominator)),
        float(stats.f.sf(statistic, numerator, denominator)),
    )


def design_effects(
    proportions: np.ndarray, expected: np.ndarray, squares: np.ndarray, respondents: int
) -> np.ndarray:
    """The matrix whose eigenvalues are the generalised design effects of the table's
    interaction."""
    scale = 1 / (proportions if (proportions > 0).all() else expected).ravel()
    contrasts = interaction(*proportions.shape)
    scaled = contrasts * scale[:, None]
    by_chance = contrasts.T @ scaled / respondents
    return np.linalg.solve(
        by_chance, scaled.T @ covariance(proportions.ravel(), squares.ravel(), respondents) @ scaled
    )


def covariance(proportions: np.ndarray, squares: np.ndarray, respondents: int) -> np.ndarray:
    """The linearised covariance of the cells' proportions; `squares` are relative to the squared
    sum of weights."""
    cross = np.outer(squares, proportions)
    residuals = (
        np.diag(squares) - cross - cross.T + squares.sum() * np.outer(proportions, proportions)
    )
    return residuals * respondents / (respondents - 1)


def interaction(rows: int, columns: int) -> np.ndarray:
    """Contrasts (cells x (rows-1)(columns-1)) that see a table's interaction and neither of its
    margins."""
    return np.kron(deviations(rows), deviations(columns))


def deviations(levels: int) -> np.ndarray:
    """Contrasts (levels x (levels-1)) that sum to zero: each level against the average."""
    return (np.eye(levels) - 1 / levels)[:, 1:]
