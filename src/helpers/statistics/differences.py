"""Whether groups differ by more than chance: one test per table, chosen from what the table can
bear.

The tests of counts are pure functions on the counts that a page may show. Leave out the groups that
are hidden before the test, so that its result tells nothing about them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc

from helpers.statistics.effective import WeightSums
from helpers.statistics.undefined import Undefined

# below this expected count the chi-squared distribution is not trusted; Cochran's 5 is for tests at
# 5 %
SMALL = 10
# random tables of an exact test of more than 2 x 2; the smallest p is 1 / 20,000
RESAMPLES = 19_999
# so many random tables to begin with; when so many of them differ as much, p is settled near a
# tenth
FIRST, ENOUGH = (999, 100)
SEED = 2020  # the same table gives the same p in every run

PEARSON, FISHER, RANDOM_TABLES, RAO_SCOTT, NOTHING = (
    "pearson",
    "fisher",
    "random-tables",
    "rao-scott",
    "nothing-to-compare",
)


@dataclass(frozen=True)
class Difference:
    """A test's result: chance alone gives differences as large as these with probability `p` (0-1),
    by `method`."""

    p: float
    method: str

    @property
    def possible(self) -> bool:
        """False where there was nothing to compare: one group, or everybody gave the same
        answer."""
        return self.method != NOTHING


def share_difference(counts: ArrayLike, bases: ArrayLike, steps: ArrayLike = 0.0) -> Difference:
    """Whether the share that gave one answer differs between groups: `counts` out of `bases`, one
    of each per group, their shares told in `steps` (0-1; 0 is exact)."""
    return share_differences([(counts, bases, steps)])[0]


def share_differences(
    shares: Iterable[tuple[ArrayLike, ArrayLike, ArrayLike]],
) -> list[Difference]:
    """The same for several (counts, bases, steps) at once: most are Pearson's, of which a hundred
    are looked up as fast as one."""
    told = [(shares_table(counts, bases), float(np.min(steps))) for counts, bases, steps in shares]
    tables = [table for table, _ in told]
    plain = [
        at
        for at, table in enumerate(tables)
        if min(table.shape) == 2 and smallest_expected(table) >= SMALL
    ]
    statistics = [pearson_statistic(*told[at]) for at in plain]
    found = dict(zip(plain, chdtrc([len(tables[at]) - 1 for at in plain], statistics)))
    return [
        Difference(float(found[at]), PEARSON) if at in found else table_difference(table)
        for at, table in enumerate(tables)
    ]


def shares_table(counts: ArrayLike, bases: ArrayLike) -> np.ndarray:
    """The table of those who gave an answer and those who did not, one row per group that somebody
    is in."""
    gave, answered = np.asarray(counts), np.asarray(bases)
    return without_empty(checked(np.column_stack([gave, answered - gave])))


def pearson_statistic(table: np.ndarray, step: float = 0.0) -> float:
    """Pearson's chi-squared of a table with two columns.

    Two shares told in steps lie a whole number of the finer `step` apart, and what is told as a gap
    begins half a step before it, so half a step is taken off (a continuity correction: Yates 1934,
    Supplement to the Journal of the Royal Statistical Society 1, p. 217-235). Of three groups or
    more the statistic takes so many values that none is needed (tests/statistics/test_worth.py).
    """
    bases, share = table.sum(axis=1), table[:, 0].sum() / table.sum()
    statistic = float(((table[:, 0] - bases * share) ** 2 / bases).sum() / (share * (1 - share)))
    gap = float(np.ptp(table[:, 0] / bases))
    if len(table) > 2 or not gap:
        return statistic
    return statistic * max(1 - step / 2 / gap, 0.0) ** 2


def table_difference(table: ArrayLike) -> Difference:
    """Whether the answers differ between groups; `table` holds counts, one row per group, one
    column per answer.

    Pearson's chi-squared test; where an expected count is below SMALL, Fisher's exact test (2 x 2)
    or the share of random tables with the same margins that differ as much. Raises Undefined when
    nobody answered or a count is impossible.
    """
    table = without_empty(checked(table))
    if min(table.shape) < 2:
        return Difference(1.0, NOTHING)
    from scipy import stats  # here, because it takes half a second to load

    if smallest_expected(table) >= SMALL:
        return Difference(float(stats.chi2_contingency(table, correction=False).pvalue), PEARSON)
    if table.shape == (2, 2):
        return Difference(float(stats.fisher_exact(table).pvalue), FISHER)
    if table.shape[1] == 2:
        return Difference(random_share_p(table), RANDOM_TABLES)
    random_tables = stats.MonteCarloMethod(n_resamples=RESAMPLES, rng=np.random.default_rng(SEED))
    return Difference(
        float(stats.chi2_contingency(table, correction=False, method=random_tables).pvalue),
        RANDOM_TABLES,
    )


def random_share_p(table: np.ndarray) -> float:
    """The share of random tables with the same margins in which one answer's share differs as much
    between the groups.

    Fifty times as fast as SciPy's general method. It draws FIRST tables, and all RESAMPLES only if
    few of those differ as much: stopping early at a large p keeps the test's level (Besag &
    Clifford 1991, Biometrika 78, p. 301-304).
    """
    bases, gave = table.sum(axis=1), int(table[:, 0].sum())
    expected, random = bases * gave / bases.sum(), np.random.default_rng(SEED)
    limit, as_much, drawn = (((table[:, 0] - expected) ** 2 / bases).sum()) * (1 - 1e-9), 0, 0
    for draws in (FIRST, RESAMPLES - FIRST):
        tables = random.multivariate_hypergeometric(bases, gave, size=draws, method="marginals")
        as_much += int((((tables - expected) ** 2 / bases).sum(axis=1) >= limit).sum())
        drawn += draws
        if as_much >= ENOUGH:
            break
    return (as_much + 1) / (drawn + 1)


def weighted_difference(weight: np.ndarray, squares: np.ndarray, counts: np.ndarray) -> Difference:
    """Whether weighted answers differ between groups: sums of weights, of squared weights, and
    counts, all groups x answers.

    The largest p of Rao and Scott's second-order test, of Pearson's on effective counts, and, where
    an effective expected count is below SMALL, of the exact test of the counts. Rao and Scott's
    alone finds too much in small groups, most of all at the strict levels that a correction for
    many comparisons sets (docs/decisions/0003-inference.md).
    """
    counts = checked(counts)
    inside = np.ix_(counts.any(axis=1), counts.any(axis=0))
    # A sum over nobody may come out as a last digit instead of 0; the counts know.
    weight, squares = (
        np.where(counts > 0, np.asarray(table, float), 0.0)[inside] for table in (weight, squares)
    )
    counts = counts[inside].astype(float)
    if min(counts.shape) < 2:
        return Difference(1.0, NOTHING)
    from scipy import stats  # here, because it takes half a second to load

    from helpers.statistics.rao_scott import rao_scott

    effective = effective_counts(weight, squares, counts)
    p = [
        rao_scott(weight, squares, int(counts.sum())).p,
        float(stats.chi2_contingency(effective, correction=False).pvalue),
    ]
    if smallest_expected(effective) < SMALL:
        p.append(table_difference(counts).p)
    return Difference(max(p), RAO_SCOTT)


def effective_counts(weight: np.ndarray, squares: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """The table as so many equally weighted people would fill it: each group by its own design
    effect.

    Rao & Scott (1992), Biometrics 48, p. 577-585. A group's effective base is the smallest of its
    answers'.
    """
    whole = [
        np.broadcast_to(table.sum(axis=1, keepdims=True), table.shape)
        for table in (weight, squares, counts)
    ]
    sums = WeightSums(weight, np.minimum(squares, whole[1]), *whole)
    return sums.share * sums.effective_base.min(axis=1, keepdims=True)


def checked(table: ArrayLike) -> np.ndarray:
    """The table as whole numbers. Raises Undefined when it is empty, or has a missing, negative or
    broken count."""
    numbers = np.asarray(table, dtype=float)
    if (
        numbers.ndim != 2
        or not numbers.size
        or not np.isfinite(numbers).all()
        or (numbers < 0).any()
        or (numbers % 1).any()
    ):
        raise Undefined(
            "Grupperne kan ikke sammenlignes: Antallene skal være hele tal på mindst 0, og ingen "
            "må mangle."
        )
    if not numbers.any():
        raise Undefined("Grupperne kan ikke sammenlignes, for ingen har svaret.")
    return numbers.astype(np.int64)


def without_empty(table: np.ndarray) -> np.ndarray:
    """The table without groups that nobody is in and answers that nobody gave."""
    return table[table.any(axis=1)][:, table.any(axis=0)]


def smallest_expected(table: np.ndarray) -> float:
    """The smallest count that the table would have if the groups did not differ."""
    return float(np.outer(table.sum(axis=1), table.sum(axis=0)).min() / table.sum())
