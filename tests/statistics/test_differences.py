"""Tests of group differences against values that R printed, against enumeration, and at the
edges."""

from itertools import product
from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helpers.statistics import differences as d
from helpers.statistics.rao_scott import rao_scott
from helpers.statistics.undefined import Undefined

# R survey: svytotal (est, se) and svychisq of educ x resp2, 922 people, weights, no strata, no
# clusters. Printed in
# packages/svy/tests/svy/categorical/test_twoway.py (github.com/samplics-org/svy), case
# "no_strat_no_cluster".
R_TOTALS = np.array(
    [
        [127661.024644880555570, 121830.249133094810531],
        [46329.578227587066067, 46537.876849557665992],
        [4141.041708652899615, 2989.694273470061489],
        [46256.275074622659304, 31702.182803883362794],
        [60910.058609322375560, 82489.070594564793282],
        [107111.157788566415547, 124622.459083789202850],
    ]
)
R_ERRORS = np.array(
    [
        [12070.237294672462667, 11090.166894325338944],
        [7151.489656875141009, 6998.416642889843388],
        [2513.430402934253379, 1864.726089498146166],
        [7140.526795077517818, 6565.851701422656333],
        [7814.309845837641660, 9977.672788393299925],
        [10822.057187495287508, 10969.919556172326338],
    ]
)
R_RESPONDENTS = 922
R_F, R_FREEDOM, R_P = 1.185537436983, (4.98303175853, 4589.37224960653), 0.313544398219


def test_rao_scott_equals_r():
    # Without strata and clusters se^2 = n/(n-1) (sum of w^2 - total^2/n), so that R's own output
    # gives the sums of squares.
    squares = R_ERRORS**2 * (R_RESPONDENTS - 1) / R_RESPONDENTS + R_TOTALS**2 / R_RESPONDENTS
    test = rao_scott(R_TOTALS, squares, R_RESPONDENTS)
    assert test.statistic == pytest.approx(R_F, rel=1e-10)
    assert test.freedom == pytest.approx(R_FREEDOM, rel=1e-10)
    assert test.p == pytest.approx(R_P, rel=1e-10)


tables = (
    st.integers(2, 4)
    .flatmap(
        lambda columns: st.lists(
            st.lists(st.integers(0, 40), min_size=columns, max_size=columns), min_size=2, max_size=5
        )
    )
    .filter(lambda t: np.any(t))
)


@settings(max_examples=30, deadline=None)
@given(tables)
def test_equal_weights_give_pearson_in_an_f(table):
    table = d.without_empty(np.array(table))
    if min(table.shape) < 2 or (table == 0).any():
        return
    people = int(table.sum())
    test = rao_scott(3.0 * table, 9.0 * table, people)
    freedom = (table.shape[0] - 1) * (table.shape[1] - 1)
    # With equal weights every design effect is n/(n-1), when the covariance is that of the observed
    # table.
    pearson = stats.chi2_contingency(table, correction=False).statistic
    assert test.statistic == pytest.approx(pearson / np.trace(effects(table)), rel=1e-6)
    assert 1 <= test.freedom[0] <= freedom + 1e-9


def effects(table):
    """Design effects of equally weighted people, from the definition, with contrasts by QR as R
    takes them."""
    people, (rows, columns) = table.sum(), table.shape
    p = (table / people).ravel()
    dummies = [
        [*(r == i for i in range(rows)), *(c == j for j in range(columns))]
        for r, c in product(range(rows), range(columns))
    ]
    q, _ = np.linalg.qr(np.array(dummies, float)[:, : rows + columns - 1])
    full = [
        [float(r == i and c == j) for i in range(1, rows) for j in range(1, columns)]
        for r, c in product(range(rows), range(columns))
    ]
    contrasts = np.array(full) - q @ (q.T @ np.array(full))
    scaled = contrasts / p[:, None]
    v = (np.diag(p) - np.outer(p, p)) / (people - 1)
    return np.linalg.solve(contrasts.T @ scaled / people, scaled.T @ v @ scaled)


@settings(max_examples=30, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_any_table_has_a_p_value(table, random):
    counts = np.array(table)
    weight = np.array(
        [[sum(random.uniform(0.2, 5) for _ in range(n)) for n in row] for row in table]
    )
    for result in (
        d.table_difference(table),
        d.weighted_difference(weight, weight**2 / np.maximum(counts, 1), counts),
    ):
        assert 0 <= result.p <= 1 and np.isfinite(result.p)


def test_large_counts_take_pearson_without_continuity_correction():
    table = [[30, 70], [50, 50]]
    expected = 100 * 2 * (0.1**2 / 0.4 + 0.1**2 / 0.6)  # sum of n (p - mean)^2 / (mean (1 - mean))
    result = d.table_difference(table)
    assert result.method == d.PEARSON
    assert result.p == pytest.approx(stats.chi2.sf(expected, 1))


def test_small_two_by_two_takes_fisher():
    # Fisher's tea: three of four cups right in each row; 2 * (16 + 1) / 70 two-sided.
    result = d.table_difference([[3, 1], [1, 3]])
    assert result.method == d.FISHER
    assert result.p == pytest.approx(34 / 70)


def test_small_tables_take_random_tables_close_to_enumeration():
    counts, bases = [4, 0, 1], [6, 5, 7]
    result = d.share_difference(counts, bases)
    assert result.method == d.RANDOM_TABLES
    assert result.p == pytest.approx(enumerated(counts, bases), abs=0.01)
    assert d.share_difference(counts, bases) == result  # the same table, the same p


def enumerated(counts, bases):
    """The exact probability of shares that differ at least as much, given the margins."""

    def spread(split):
        mean = sum(split) / sum(bases)
        return sum(n * (y / n - mean) ** 2 for y, n in zip(split, bases))

    splits = [s for s in product(*(range(n + 1) for n in bases)) if sum(s) == sum(counts)]
    ways = {s: np.prod([comb(n, y) for y, n in zip(s, bases)], dtype=float) for s in splits}
    return sum(w for s, w in ways.items() if spread(s) >= spread(counts) - 1e-9) / sum(
        ways.values()
    )


@pytest.mark.parametrize("table", [[[5, 3]], [[5], [4]], [[0, 9], [0, 4]], [[2, 3], [0, 0]], [[1]]])
def test_one_group_or_one_answer_is_nothing_to_compare(table):
    for result in (d.table_difference(table), d.weighted_difference(table, table, table)):
        assert (result.p, result.method, result.possible) == (1.0, d.NOTHING, False)


def test_groups_of_one_person_do_not_crash():
    assert d.share_difference([1, 0, 0], [1, 1, 1]).p == 1.0
    assert d.share_difference([1, 0], [1, 1]).p == 1.0


@pytest.mark.parametrize(
    "table",
    [
        [],
        [[]],
        [[0, 0], [0, 0]],
        [[1, -1], [2, 2]],
        [[1, float("nan")], [2, 2]],
        [[0.5, 1], [1, 1]],
    ],
)
def test_what_cannot_be_compared_is_refused_in_danish(table):
    with pytest.raises(Undefined, match="kan ikke sammenlignes"):
        d.table_difference(table)


def test_few_people_make_the_weighted_test_no_bolder_than_the_exact_one():
    counts = np.array([[2, 0], [0, 3]])
    exact = d.table_difference(counts)
    assert d.weighted_difference(counts * 1.0, counts * 1.0, counts).p >= exact.p


@pytest.mark.parametrize("few", [1, 3, 12])
def test_groups_that_are_wholly_apart_have_a_p_value(few):
    counts = np.array([[few, 0], [0, few]])
    assert d.weighted_difference(2.0 * counts, 4.0 * counts, counts).p == pytest.approx(
        d.table_difference(counts).p, abs=1e-6
    )


def test_the_last_digit_of_an_empty_sum_is_no_answer():
    counts = np.array([[20, 30], [0, 40], [15, 35]])
    clean = counts * 1.5
    noisy = clean + np.array([[0, 0], [3e-15, 0], [0, 0]])
    assert d.weighted_difference(noisy, noisy * 1.5, counts) == d.weighted_difference(
        clean, clean * 1.5, counts
    )
