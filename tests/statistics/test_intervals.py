"""Intervals against values that R printed, against statsmodels and SciPy, and at the edges."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from helpers.errors import UserError
from helpers.statistics.effective import WeightSums
from helpers.statistics.intervals import in_population, interval, population_behind, wilson
from helpers.statistics.undefined import Undefined


def sums_of(weights, gave):
    """Sums of weights person by person."""
    mine = [weight for weight, yes in zip(weights, gave) if yes]
    return WeightSums(
        sum(mine), sum(w * w for w in mine), sum(weights), sum(w * w for w in weights), len(weights)
    )


def weighted_wilson(sums):
    """The interval of a weighted share, on its effective base."""
    return interval(float(sums.share), float(sums.effective_base))


def test_finite_population_equals_r_stat_extend():
    # R package stat.extend, tests/test-CONF.R (github.com/ben-oneill/stat.extend): CONF.prop(.05,
    # mtcars$mpg > 20, N=1000),
    # "32 binary data points ... with sample proportion = 0.4375".
    assert wilson(14, 32, population=1000) == pytest.approx(
        (0.283745994666663, 0.604278989534686), abs=1e-14
    )


# R survey 4.4-2, svyciprop on svymean's share and standard error: ids = ~1, weights, 922 people,
# degf = 921. Printed in
# packages/svy/tests/svy/estimation/test_proportions.py (github.com/samplics-org/svy), classes
# TestBetaSRS and TestWilsonSRS.
R_SHARE, R_ERROR, R_FREEDOM = 0.507348258357226, 0.0192309892530454, 921
R_WILSON, R_BETA, STATA_EFFECTIVE = (
    (0.469672037027401, 0.544941199467683),
    (0.468954757876348, 0.545677337133621),
    675.84,
)


def test_effective_base_equals_statas_and_rs():
    effective = R_SHARE * (1 - R_SHARE) / R_ERROR**2
    assert effective == pytest.approx(STATA_EFFECTIVE, abs=0.005)
    assert proportion_confint(R_SHARE * effective, effective, method="beta") == pytest.approx(
        R_BETA, abs=1e-10
    )


def test_a_weighted_interval_equals_r_with_its_t_quantile():
    # R puts t in place of z. Wilson's ends depend on the effective base only through effective /
    # z^2, so that R's interval
    # is ours on a base made smaller by (z / t)^2.
    effective = R_SHARE * (1 - R_SHARE) / R_ERROR**2
    smaller = effective * (stats.norm.ppf(0.975) / stats.t.ppf(0.975, R_FREEDOM)) ** 2
    assert interval(R_SHARE, smaller) == pytest.approx(R_WILSON, abs=1e-10)


@given(st.integers(1, 5000), st.data())
def test_wilson_is_the_set_of_shares_that_a_score_test_accepts(base, data):
    count = data.draw(st.integers(0, base))
    low, high = wilson(count, base)
    z = stats.norm.ppf(0.975)
    for end in (low, high):
        if 1e-9 < end < 1 - 1e-9:
            assert abs(count / base - end) == pytest.approx(
                z * math.sqrt(end * (1 - end) / base), rel=1e-6
            )
    assert 0 <= low <= count / base <= high <= 1


@given(st.integers(1, 400), st.data())
def test_equal_weights_change_nothing(base, data):
    count = data.draw(st.integers(0, base))
    weight = data.draw(st.floats(0.1, 10))
    weighted = weighted_wilson(sums_of([weight] * base, [i < count for i in range(base)]))
    low, high = wilson(count, base)
    # The variance divides by base - 1 where the unweighted one divides by base, and the smaller
    # effective base is taken.
    assert weighted.low <= low + 1e-9 and weighted.high >= high - 1e-9
    narrower = interval(count / base, max(base - 1, 1))
    assert weighted.low >= narrower.low - 1e-9 and weighted.high <= narrower.high + 1e-9


@given(st.lists(st.tuples(st.floats(0.05, 20), st.booleans()), min_size=2, max_size=60))
def test_linearised_variance_equals_one_computed_person_by_person(people):
    weights, gave = np.array([w for w, _ in people]), np.array([y for _, y in people], float)
    share = np.average(gave, weights=weights)
    influence = weights * (gave - share) / weights.sum()
    sums = sums_of(list(weights), list(gave))
    assert sums.share == pytest.approx(share)
    # The sample variance of a total of independent contributions: R's svyrecvar with every person a
    # cluster.
    assert sums.variance == pytest.approx(len(people) * np.var(influence, ddof=1), abs=1e-12)
    assert sums.kish_base == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


@given(
    st.lists(st.tuples(st.floats(0.05, 20), st.booleans()), min_size=1, max_size=60),
    st.floats(0.01, 100),
)
def test_weighted_intervals_are_proper(people, scale):
    weights, gave = [w for w, _ in people], [y for _, y in people]
    sums = sums_of(weights, gave)
    low, high = weighted_wilson(sums)
    assert 0 <= low <= sums.share <= high <= 1 and high - low > 0
    assert 0 < sums.effective_base <= len(people) + 1e-9
    assert weighted_wilson(sums_of([scale * w for w in weights], gave)) == pytest.approx(
        (low, high), abs=1e-7
    )
    mirrored = weighted_wilson(sums_of(weights, [not yes for yes in gave]))
    assert (1 - mirrored.high, 1 - mirrored.low) == pytest.approx((low, high), abs=1e-7)


def test_sums_of_many_shares_at_once_equal_one_at_a_time():
    many = WeightSums(
        np.array([0.0, 3.0, 9.0]),
        np.array([0.0, 4.0, 30.0]),
        np.full(3, 9.0),
        np.full(3, 30.0),
        np.full(3, 5),
    )
    one = [
        WeightSums(w, q, 9.0, 30.0, 5).effective_base
        for w, q in ((0.0, 0.0), (3.0, 4.0), (9.0, 30.0))
    ]
    assert list(many.effective_base) == pytest.approx(one)


@given(st.integers(1, 300), st.integers(0, 300), st.data())
def test_a_finite_population_never_widens(base, unasked, data):
    count = data.draw(st.integers(0, base))
    low, high = wilson(count, base)
    finite = wilson(count, base, population=base + unasked)
    assert low - 1e-12 <= finite.low <= count / base <= finite.high <= high + 1e-12


def test_everybody_asked_leaves_no_uncertainty():
    assert wilson(30, 94, population=94) == (30 / 94, 30 / 94)


def test_the_jobcentres_half_width():
    # 72 of 94 jobcentres, half of them: 5.6 points on either side instead of 11.2.
    low, high = wilson(36, 72, population=94)
    assert 100 * (high - low) / 2 == pytest.approx(5.6, abs=0.05)


@pytest.mark.parametrize("count, base", [(0, 1), (1, 1), (0, 10), (10, 10), (1, 2)])
def test_shares_of_none_and_all_have_an_interval(count, base):
    low, high = wilson(count, base)
    assert 0 <= low < high <= 1 and low <= count / base <= high
    assert (low == 0) == (count == 0) and (high == 1) == (count == base)


@pytest.mark.parametrize(
    "impossible",
    [
        lambda: wilson(0, 0),
        lambda: wilson(5, 4),
        lambda: wilson(-1, 4),
        lambda: wilson(5, 10, population=9),
        lambda: WeightSums(0.0, 0.0, 0.0, 0.0, 0),
        lambda: WeightSums(3.0, 1.0, 2.0, 4.0, 2),
        lambda: population_behind(5, 4, 10),
        lambda: population_behind(1, 10, 9),
    ],
)
def test_what_does_not_exist_is_refused_in_danish(impossible):
    with pytest.raises(Undefined, match="[Ii]ngen|[Tt]jek"):
        impossible()
    assert issubclass(Undefined, UserError)


def test_population_behind_keeps_the_sampling_fraction():
    assert population_behind(867, 867, 3576) == 3576
    assert population_behind(400, 867, 3576) == round(400 * 3576 / 867)
    assert population_behind(7, 7, 7) == 7
    assert in_population(100.0, 100, None) == 100
