"""What can be said of two shares: the interval of their difference against the author's printed
examples and statsmodels, the outcomes by what they mean, and a small, seeded part of
tests/benchmarks/outcomes.py."""

import importlib.util
import math
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from helpers.statistics.outcomes import (
    Gap,
    Measured,
    Outcome,
    all_alike,
    gap_between,
    outcome,
)

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "outcomes.py"

# Newcombe (1998), Statistics in Medicine 17, p. 873-890, Table II: (a) to (h), by method 10.
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]


def exact(count, base):
    return Measured(count / base, 0.0, base)


def ends(gap):
    return gap.low, gap.high


@pytest.mark.parametrize(("one", "other", "low", "high"), NEWCOMBE)
def test_newcombes_own_examples(one, other, low, high):
    gap = gap_between(exact(*one), exact(*other))
    assert (round(gap.low, 4), round(gap.high, 4)) == (low, high)
    assert gap.size == pytest.approx(one[0] / one[1] - other[0] / other[1])


PEOPLE = st.integers(1, 3000).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base)))


@given(PEOPLE, PEOPLE)
def test_the_interval_is_statsmodels(one, other):
    expected = confint_proportions_2indep(*one, *other, method="newcomb", compare="diff")
    assert ends(gap_between(exact(*one), exact(*other))) == pytest.approx(expected, abs=1e-9)


SHARES, WIDTHS = st.floats(0, 1), st.sampled_from([0.0, 0.002, 0.01, 0.05, 0.1, 0.25])
MEASURED = st.builds(Measured, SHARES, WIDTHS, st.floats(1, 1e6) | st.just(math.inf))


@given(MEASURED, MEASURED)
def test_the_other_way_around_all_is_turned_around(one, other):
    there, back = gap_between(one, other), gap_between(other, one)
    assert there.size == -back.size
    assert ends(there) == pytest.approx((-back.high, -back.low), abs=1e-12)
    assert there.low <= there.size <= there.high
    assert all(outcome(there, certain) == outcome(back, certain) for certain in (True, False))


def test_where_everybody_answered_nothing_is_unsure():
    census = gap_between(Measured(0.71, 0.0, math.inf), Measured(0.63, 0.0, math.inf))
    assert (census.size, *ends(census)) == pytest.approx((0.08,) * 3)
    assert outcome(census, certain=False) == Outcome.ALIKE


def test_where_everybody_answered_on_one_side_the_other_is_as_unsure_as_by_itself():
    """By Wilson's interval, from the school formula."""
    n, z = 80, 1.959963984540054
    middle = (0.6 + z * z / 2 / n) / (1 + z * z / n)
    reach = z / (1 + z * z / n) * math.sqrt(0.6 * 0.4 / n + z * z / 4 / n / n)
    gap = gap_between(Measured(0.5, 0.0, math.inf), exact(48, 80))
    assert ends(gap) == pytest.approx((0.5 - middle - reach, 0.5 - middle + reach))


@pytest.mark.parametrize(
    ("share", "width", "answers"),
    [(0.4, 0.1, 50), (0.75, 0.05, 120), (0.5, 0.01, 2000), (0.5, 0.1, math.inf)],
)
def test_the_class_a_share_is_told_in_is_unsure_too(share, width, answers):
    """It may lie anywhere in the class, evenly: a variance of the class's width squared, by 12."""
    other = exact(60, 100)
    variance = share * (1 - share) / answers + width**2 / 12
    as_sure = gap_between(Measured(share, 0.0, share * (1 - share) / variance), other)
    told, told_exactly = (gap_between(Measured(share, w, answers), other) for w in (width, 0.0))
    assert ends(told) == pytest.approx(ends(as_sure))
    assert told.low < told_exactly.low and told.high > told_exactly.high


@given(SHARES, SHARES, st.integers(2, 100_000), st.integers(2, 100))
def test_with_more_answers_an_interval_is_no_wider(one, other, answers, times):
    few, many = (
        gap_between(Measured(one, 0.0, n), Measured(other, 0.0, n))
        for n in (answers, answers * times)
    )
    assert many.high - many.low <= few.high - few.low + 1e-12


GAPS = (
    st.tuples(*[st.integers(-100, 100)] * 3)
    .map(sorted)
    .map(lambda three: Gap(three[1] / 100, three[0] / 100, three[2] / 100))
)


@given(GAPS)
def test_a_certain_difference_is_called_by_its_size_alone(gap):
    said = outcome(gap, certain=True)
    assert said.is_certain
    assert said == (Outcome.SLIGHT if abs(round(100 * gap.size)) < 5 else Outcome.CLEAR)


@given(GAPS)
def test_alike_takes_the_whole_interval_inside_ten_points(gap):
    inside = all(-10 <= round(100 * end) <= 10 for end in ends(gap))
    assert outcome(gap, certain=False) == (Outcome.ALIKE if inside else Outcome.UNTOLD)
    assert not outcome(gap, certain=False).is_certain


@given(st.lists(GAPS, max_size=6))
def test_several_are_alike_when_every_pair_is(gaps):
    each = [outcome(gap, certain=False) for gap in gaps]
    assert all_alike(gaps) == all(one == Outcome.ALIKE for one in each)


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ((500, 1000), (500, 1000), Outcome.ALIKE),
        ((50, 100), (50, 100), Outcome.UNTOLD),
        ((740, 1000), (760, 1000), Outcome.ALIKE),
        ((74, 100), (76, 100), Outcome.UNTOLD),
        ((740, 1000), (800, 1000), Outcome.ALIKE),
        ((740, 1000), (840, 1000), Outcome.UNTOLD),
    ],
)
def test_it_takes_many_answers_to_show_that_two_shares_are_alike(one, other, said):
    gap = gap_between(exact(*one), exact(*other))
    assert outcome(gap, certain=False) == said


# ---- how often it errs -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("outcomes_benchmark", BENCHMARK)
    sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("gap", [0.10, 0.12])
@pytest.mark.parametrize("size", [100, 300, 1000, 3000])
def test_groups_outside_the_margin_are_seldom_said_to_be_alike(benchmark, gap, size):
    rounds = 400
    assert benchmark.alike(gap, size, rounds) <= benchmark.most(rounds)


@pytest.mark.parametrize("size", [30, 100, 1000])
def test_a_page_on_which_nothing_differs_seldom_points_out_a_difference(benchmark, size):
    pages = 60
    assert benchmark.false_pages(size, pages) <= benchmark.most(pages)


def test_what_is_so_is_said_where_the_answers_are_many(benchmark):
    """A rule that said nothing would never err."""
    assert benchmark.alike(0.0, 3000, 100) > 0.95 and benchmark.alike(0.0, 30, 100) == 0
    assert benchmark.said(0.2, 1000, pages=10).now[Outcome.CLEAR] == 1
