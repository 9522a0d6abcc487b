"""How sure a share is: Wilson's interval, for counts, for finite populations and for weighted
answers.

One formula serves all three. Wilson's interval depends on the share and on how many independent
answers it rests on; a finite population makes that number larger, weights make it smaller. Why
these forms: docs/decisions/0003-inference.md.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from helpers.statistics.effective import worth
from helpers.statistics.undefined import Undefined

LEVEL = 0.95
TOUCHES = 1e-9


class Interval(NamedTuple):
    """The ends (0-1) of a share's interval."""

    low: float
    high: float


def wilson(count: int, base: int, level: float = LEVEL, population: int | None = None) -> Interval:
    """Wilson's score interval for `count` out of `base`, drawn from `population` people (None: so
    many that it is no matter).

    Wilson (1927), JASA 22, p. 209-212; finite population: O'Neill (2021), arXiv:2109.12464. Raises
    Undefined when nobody answered, or when the numbers contradict each other.
    """
    if base < 1:
        raise Undefined("Ingen har svaret, så der er intet interval.")
    if not 0 <= count <= base:
        raise Undefined(
            f"{count} har givet svaret, men {base} har svaret på spørgsmålet. Tjek tallene."
        )
    return interval(count / base, in_population(base, base, population), level)


def in_population(effective: float, base: float, population: int | None) -> float:
    """The effective base after the finite-population correction (N-1)/(N-n); infinite when
    everybody answered."""
    if population is None:
        return float(effective)
    if population < base:
        raise Undefined(
            f"{base} har svaret, men der er kun {population} at spørge. Tjek stikprøven."
        )
    return effective * (population - 1) / (population - base) if population > base else float("inf")


def population_behind(base: int, respondents: int, invited: int) -> int:
    """How many of the `invited` would have answered a question that `base` of `respondents`
    answered; at least `base`.

    A question that only some were asked has its own, unknown population; it is taken to be the same
    part of the invited as the base is of the respondents.
    """
    if not 0 < respondents <= invited or not 0 <= base <= respondents:
        raise Undefined(
            f"{base} svar af {respondents} besvarelser fra {invited} inviterede går ikke op. Tjek "
            "tallene."
        )
    return max(base, round(base * invited / respondents))


def interval(share: float, effective: float, level: float = LEVEL) -> Interval:
    """Wilson's interval around a share (0-1) that rests on `effective` answers."""
    low, high = interval_ends(np.array(share), np.array(effective), level)
    return Interval(float(low), float(high))


def published_ends(
    share: np.ndarray, width: np.ndarray, answers: np.ndarray, level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of the intervals of shares that are told in classes of `width` (0-1) and rest on so
    many answers; a class that is open at an end has an interval that is so too."""
    low, high = interval_ends(share, worth(share, width, answers), level)
    half = np.asarray(width) / 2
    return np.where(share - half < TOUCHES, 0.0, low), np.where(
        share + half > 1 - TOUCHES, 1.0, high
    )


def interval_ends(
    share: np.ndarray, effective: np.ndarray, level: float = LEVEL
) -> tuple[np.ndarray, np.ndarray]:
    """The ends of many intervals at once; no more than the share itself where `effective` is
    infinite."""
    # here, because SciPy's statistics take half a second to load
    from statsmodels.stats.proportion import proportion_confint

    census = np.isinf(effective)
    answers = np.where(census, 1.0, effective)
    low, high = proportion_confint(share * answers, answers, alpha=1 - level, method="wilson")
    return np.where(census, share, np.minimum(low, share)), np.where(
        census, share, np.maximum(high, share)
    )
