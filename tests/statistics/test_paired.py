"""Tests of comparisons among the same people: printed examples, other libraries, enumeration."""

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats import contingency_tables

from helpers.statistics import paired
from helpers.statistics.differences import NOTHING
from helpers.statistics.leads import SIGN_TEST, lead
from helpers.statistics.undefined import Undefined

# Newcombe (1998), Statistics in Medicine 17, p. 2641-2642, table III, method 10: those who gave
# both, the first, the second, neither; the ends as printed. One end is left out: of 1, 97, 1, 1 the
# table has 0.8736 by method 10 and 0.8737 by method 8, which there is the same formula.
NEWCOMBE = [
    (36, 12, 2, 0, 0.0569, 0.3404),
    (20, 12, 2, 16, 0.0562, 0.3292),
    (18, 12, 2, 18, 0.0562, 0.3290),
    (36, 14, 0, 0, 0.1528, 0.4167),
    (35, 14, 0, 1, 0.1461, 0.4175),
    (18, 14, 0, 18, 0.1441, 0.3963),
    (2, 97, 1, 0, 0.8721, 0.9854),
    (0, 29, 1, 0, 0.6666, 0.9882),
    (2, 98, 0, 0, 0.9178, 0.9945),
    (1, 98, 0, 1, 0.9171, 0.9916),
    (0, 30, 0, 0, 0.8395, 1.0),
    (54, 0, 0, 0, -0.0664, 0.0664),
    (53, 0, 0, 1, -0.0729, 0.0729),
    (30, 0, 0, 24, -0.0358, 0.0358),
    (29, 0, 0, 25, -0.0354, 0.0354),
    (28, 0, 0, 26, -0.0352, 0.0352),
    (27, 0, 0, 27, -0.0351, 0.0351),
]

# SAS/STAT, PROC FREQ, "Cochran's Q test" (from Agresti 2002): three drugs, 46 people; p 0.0145.
DRUGS = np.repeat(
    [(1, 1, 1), (0, 1, 1), (1, 1, 0), (0, 1, 0), (1, 0, 1), (0, 0, 1), (1, 0, 0), (0, 0, 0)],
    [6, 2, 16, 4, 2, 6, 4, 6],
    axis=0,
)
# NAG Library, G08ALF, example program: Q = 2.8000, two degrees of freedom.
NAG = np.array(
    [
        (1, 1, 1),
        (1, 1, 1),
        (0, 1, 0),
        (1, 1, 0),
        (0, 0, 0),
        (1, 1, 1),
        (1, 1, 1),
        (1, 1, 0),
        (0, 0, 1),
        (0, 1, 0),
        (1, 1, 1),
        (1, 1, 1),
    ]
)

cells = st.tuples(*[st.integers(0, 60)] * 4).filter(any)


# ---- two answers


@pytest.mark.parametrize("case", NEWCOMBE)
def test_the_interval_is_newcombes_as_printed(case):
    found = paired.paired_difference(*case[:4])
    assert (found.low, found.high) == pytest.approx(case[4:], abs=0.5e-4 + 1e-12)


def test_approval_of_the_president():
    # Agresti (1990), p. 350: of 1600 people 150 approved in the first survey only, 86 in the
    # second only; R 4.3 prints McNemar's chi-squared = 17.356, p-value = 3.099e-05.
    found = paired.paired_difference(794, 150, 86, 570)
    assert found.p == pytest.approx(stats.chi2.sf(64**2 / 236, 1))  # (150 - 86)^2 / (150 + 86)
    assert found.p == pytest.approx(3.099e-05, rel=2e-4)
    assert (found.gap, found.base) == (0.04, 1600)
    assert found.low > 0


def test_complete_response_before_and_after_consolidation():
    # Cavo et al. (2012), in R's contingencytables: asymptotic McNemar P = 0.033006; the difference
    # is -0.0621, by Newcombe's interval -0.1186 to -0.0046.
    found = paired.paired_difference(59, 6, 16, 80)
    assert found.p == pytest.approx(0.033006, abs=0.5e-6)
    told = (found.gap, found.low, found.high)
    assert told == pytest.approx((-0.0621, -0.1186, -0.0046), abs=0.5e-4)


def test_few_who_tell_the_answers_apart_take_the_exact_test():
    # Bentur et al. (2009): one child and seven; 2 (1 + 8) / 2^8.
    assert paired.paired_difference(1, 1, 7, 12).p == pytest.approx(18 / 256)


@settings(max_examples=60, deadline=None)
@given(cells)
def test_p_is_statsmodels(table):
    both, first, second, neither = table
    other = contingency_tables.mcnemar(
        [[both, first], [second, neither]], correction=False, exact=first + second < paired.FEW
    )
    expected = 1.0 if first + second == 0 else other.pvalue
    assert paired.paired_difference(*table).p == pytest.approx(expected, rel=1e-9, abs=1e-300)


@pytest.mark.parametrize("first, second", [(0, 0), (3, 0), (9, 10), (2, 14)])
def test_few_who_can_give_one_answer_only_are_as_in_a_lead(first, second):
    found = paired.paired_difference(0, first, second, 40 - first - second)
    assert found.p == pytest.approx(lead(first, second, 40, exclusive=True).p)


@settings(max_examples=60, deadline=None)
@given(cells, st.one_of(st.none(), st.integers(0, 200)))
def test_to_swap_the_answers_swaps_the_sign(table, unasked):
    both, first, second, neither = table
    population = None if unasked is None else sum(table) + unasked
    found = paired.paired_difference(both, first, second, neither, population)
    swapped = paired.paired_difference(both, second, first, neither, population)
    assert swapped.p == found.p
    turned = (-found.gap, -found.high, -found.low)
    assert (swapped.gap, swapped.low, swapped.high) == pytest.approx(turned)
    assert -1 <= found.low <= found.gap <= found.high <= 1
    assert 0 <= found.p <= 1


@settings(max_examples=40, deadline=None)
@given(cells)
def test_a_very_large_population_is_no_matter(table):
    many, none = paired.paired_difference(*table, 10**9), paired.paired_difference(*table)
    assert many.p == pytest.approx(none.p, rel=1e-5, abs=1e-300)
    assert (many.low, many.high) == pytest.approx((none.low, none.high), abs=1e-6)


@settings(max_examples=40, deadline=None)
@given(cells)
def test_nothing_is_uncertain_when_all_have_answered(table):
    found = paired.paired_difference(*table, sum(table))
    assert found.p == (0.0 if found.gap else 1.0)
    assert (found.low, found.high) == (found.gap, found.gap)


@settings(max_examples=40, deadline=None)
@given(cells, st.integers(1, 100))
def test_a_finite_population_leaves_less_uncertain(table, unasked):
    finite = paired.paired_difference(*table, sum(table) + unasked)
    many = paired.paired_difference(*table)
    assert finite.high - finite.low <= many.high - many.low + 1e-12


def test_a_finite_population_takes_chi_squared_on_more_answers():
    # 40 and 20 of 200 people out of 500: each answer is worth 499 / 300.
    found = paired.paired_difference(60, 40, 20, 80, 500)
    assert found.p == pytest.approx(stats.chi2.sf(20**2 / 60 * 499 / 300, 1))


def test_few_in_a_finite_population_are_drawn_from_it():
    # Five gave the first only. For as many of the 94 to give the second only takes five of the 22
    # that were not asked: all five of the first among five drawn from ten, and the other way.
    assert paired.paired_difference(60, 5, 0, 7, 94).p == pytest.approx(2 / 252)
    # With four not asked there is no way.
    assert paired.paired_difference(60, 5, 0, 7, 76).p == 0.0


@pytest.mark.parametrize(
    "people, asked, apart", [(94, 72, 4), (94, 72, 12), (94, 80, 20), (60, 31, 16)]
)
def test_the_exact_test_of_a_finite_population_is_never_too_bold(people, asked, apart):
    """Every sample of a population in which the answers are equally common, by its probability."""
    half = apart // 2
    first, second = (axis.ravel() for axis in np.indices((half + 1, half + 1)))
    others = people - apart
    inside = (asked - first - second >= 0) & (asked - first - second <= others)
    first, second = first[inside], second[inside]
    chance = stats.multivariate_hypergeom.pmf(
        np.column_stack([first, second, asked - first - second]), [half, half, others], asked
    )
    neither, populations = asked - first - second, [people] * len(first)
    found = paired.paired_differences(0 * first, first, second, neither, populations)
    assert chance.sum() == pytest.approx(1)
    for level in (0.05, 0.01, 0.001):
        assert chance[found["p"] <= level].sum() <= level


@pytest.mark.parametrize("table", [(0, 0, 0, 0), (1, -1, 2, 3), (1, 0.5, 2, 3), (1, np.nan, 2, 3)])
def test_what_cannot_be_compared_is_refused_in_danish(table):
    with pytest.raises(Undefined, match="kan ikke sammenlignes"):
        paired.paired_difference(*table)


def test_more_answers_than_people_are_refused():
    with pytest.raises(Undefined, match="kun 9 at spørge"):
        paired.paired_difference(1, 2, 3, 4, 9)


def test_many_pairs_at_once_are_each_pair_by_itself():
    tables, populations = [(794, 150, 86, 570), (1, 1, 7, 12), (60, 5, 0, 7)], [None, 30, 94]
    found = paired.paired_differences(*zip(*tables), populations)
    for at, (table, population) in enumerate(zip(tables, populations)):
        alone = paired.paired_difference(*table, population)
        assert {name: column[at] for name, column in found.items()} == pytest.approx(vars(alone))


@pytest.mark.parametrize("asked, population", [(30, None), (100, None), (72, 94), (300, 1000)])
def test_the_interval_holds(asked, population):
    """The average over populations of how often the interval has the difference in it."""
    random, covered = np.random.default_rng(17), []
    for _ in range(60):
        chances = random.dirichlet([1, 1, 1, 1])
        if population is None:
            gap, samples = chances[1] - chances[2], random.multinomial(asked, chances, size=400)
        else:
            people = random.multinomial(population, chances)
            gap = (people[1] - people[2]) / population
            samples = random.multivariate_hypergeometric(people, asked, size=400)
        found = paired.paired_differences(*samples.T, [population] * len(samples))
        covered.append(np.mean((found["low"] <= gap + 1e-12) & (found["high"] >= gap - 1e-12)))
    assert 0.93 <= np.mean(covered) <= 0.975


def test_answers_missing_at_random_make_no_difference():
    """Two statements that 55 per cent agree with, a third of the second's answers missing."""
    random, found = np.random.default_rng(17), []
    for _ in range(300):
        leaning = random.normal(size=200)  # the same people agree with both more often than not
        first, second = ((leaning + random.normal(size=200)) < 0.1777 for _ in range(2))
        answered = random.random(200) >= 1 / 3
        first, second = first[answered], second[answered]
        counts = [(first & second).sum(), (first & ~second).sum(), (~first & second).sum()]
        found.append(paired.paired_difference(*counts, len(first) - sum(counts)).p)
    assert 0.01 <= np.mean(np.array(found) <= 0.05) <= 0.08


# ---- several items


def test_cochran_as_sas_prints_it():
    found = paired.cochran_q(DRUGS)
    assert found.method == paired.COCHRAN
    assert found.p == pytest.approx(0.0145, abs=0.5e-4)


def test_the_statistic_as_nag_prints_it():
    assert paired.cochran_statistic(NAG.sum(axis=0), NAG.sum(axis=1), 3) == pytest.approx(2.8)


@settings(max_examples=30, deadline=None)
@given(st.integers(3, 6), st.integers(0, 1000))
def test_cochran_is_statsmodels_where_there_are_many(items, seed):
    random = np.random.default_rng(seed)
    table = random.random((400, items)) < random.uniform(0.3, 0.7, size=items)
    found = paired.cochran_q(table)
    assert found.method == paired.COCHRAN
    expected = contingency_tables.cochrans_q(table).pvalue
    assert found.p == pytest.approx(expected, rel=1e-9, abs=1e-300)


@settings(max_examples=40, deadline=None)
@given(cells, st.one_of(st.none(), st.integers(0, 100)))
def test_of_two_items_it_is_mcnemar(table, unasked):
    people = np.repeat([(1, 1), (1, 0), (0, 1), (0, 0)], table, axis=0)
    population = None if unasked is None else len(people) + unasked
    found = paired.cochran_q(people, population)
    assert found.p == pytest.approx(paired.paired_difference(*table, population).p)
    assert found.possible == (table[1] + table[2] > 0)


def test_of_two_items_it_tells_which_test_it_was():
    for people, method in ((5, SIGN_TEST), (50, paired.COCHRAN)):
        assert paired.cochran_q(np.repeat([(1, 0), (0, 1)], people, axis=0)).method == method


def test_few_take_random_orders_close_to_every_order():
    found = paired.cochran_q(NAG)
    unlike = NAG[(NAG.sum(axis=1) > 0) & (NAG.sum(axis=1) < 3)]
    orders = [sorted(set(permutations(person))) for person in unlike.tolist()]
    every = [np.array(people) for people in product(*orders)]
    statistics = [contingency_tables.cochrans_q(people).statistic for people in every]
    exact = np.mean(np.array(statistics) >= 2.8 - 1e-9)
    assert found.method == paired.RANDOM_ORDERS
    assert found.p == pytest.approx(exact, abs=0.01)
    assert paired.cochran_q(NAG) == found  # the same table, the same p


@pytest.mark.parametrize("items, people, level", [(4, 12, 0.05), (6, 8, 0.01), (5, 30, 0.05)])
def test_random_orders_have_a_p_of_that_size_or_less(items, people, level):
    """One answer each, to an item at random: p is at or below a level no oftener than that."""
    random = np.random.default_rng(17)
    tables = (np.eye(items)[random.integers(items, size=people)] for _ in range(300))
    found = [paired.cochran_q(table).p for table in tables]
    assert np.mean(np.array(found) <= level) <= stats.binom.ppf(0.99, 300, level) / 300


def test_those_who_answer_all_alike_are_no_matter():
    alike = np.repeat([(1, 1, 1), (0, 0, 0)], (7, 30), axis=0)
    assert paired.cochran_q(np.vstack([DRUGS, alike])) == paired.cochran_q(DRUGS)


def test_the_order_of_people_is_no_matter():
    random = np.random.default_rng(17)
    for _ in range(10):
        table = random.random((9, 5)) < random.uniform(0.1, 0.6, size=5)
        found = paired.cochran_q(table)
        assert found.method == paired.RANDOM_ORDERS
        assert paired.cochran_q(random.permutation(table)) == found


def test_random_orders_have_no_smaller_p_than_one_in_so_many():
    one_sided = np.repeat(np.eye(4), (27, 2, 2, 2), axis=0)
    smallest = paired.cochran_q(one_sided, 60)
    assert (smallest.method, smallest.p) == (paired.RANDOM_ORDERS, 1 / (paired.RESAMPLES + 1))


@pytest.mark.parametrize("table", [DRUGS, NAG])
def test_who_did_not_give_the_answer_differ_as_much(table):
    assert paired.cochran_q(1 - table).p == pytest.approx(paired.cochran_q(table).p, rel=1e-9)


@pytest.mark.parametrize("table", [DRUGS, NAG])
def test_items_in_a_very_large_population_are_as_in_none(table):
    assert paired.cochran_q(table, 10**9).p == pytest.approx(paired.cochran_q(table).p, rel=1e-6)


def test_items_in_a_finite_population_rest_on_more_answers():
    statistic = contingency_tables.cochrans_q(np.vstack([DRUGS] * 4)).statistic
    found = paired.cochran_q(np.vstack([DRUGS] * 4), 300)
    assert found.p == pytest.approx(stats.chi2.sf(statistic * 299 / (300 - 184), 2))


def test_all_items_answered_by_all_leave_nothing_uncertain():
    assert paired.cochran_q(DRUGS, len(DRUGS)).p == 0.0
    assert paired.cochran_q(np.eye(3), 3).p == 1.0
    # The first two drugs have 28 each and the third 16: with 11 people left there is no making up.
    assert paired.cochran_q(DRUGS, len(DRUGS) + 11).p == 0.0


@pytest.mark.parametrize("apart", [24, 48])
def test_samples_of_a_population_without_a_difference_seldom_show_one(apart):
    random = np.random.default_rng(17)
    people = np.repeat(np.vstack([np.eye(4), np.zeros(4)]), [apart // 4] * 4 + [94 - apart], axis=0)
    found = [paired.cochran_q(people[random.permutation(94)[:72]], 94) for _ in range(300)]
    assert {test.method for test in found} == {paired.RANDOM_ORDERS}
    assert np.mean([test.p <= 0.05 for test in found]) <= stats.binom.ppf(0.99, 300, 0.05) / 300


def test_few_in_a_finite_population_tell_more_than_few_of_many():
    table = np.repeat(np.vstack([np.eye(4), np.zeros(4)]), (14, 6, 6, 4, 42), axis=0)
    assert paired.cochran_q(table, 94).p < paired.cochran_q(table).p / 2


def test_items_with_answers_missing_at_random_do_not_differ():
    """Three statements that 40 per cent agree with, a third of the last one's answers missing."""
    random, found = np.random.default_rng(17), []
    for _ in range(300):
        leaning = random.normal(size=(200, 1))
        agree = leaning + random.normal(size=(200, 3)) < np.sqrt(2) * stats.norm.ppf(0.4)
        found.append(paired.cochran_q(agree[random.random(200) >= 1 / 3]).p)
    assert 0.01 <= np.mean(np.array(found) <= 0.05) <= 0.08


@pytest.mark.parametrize("table", [np.ones((4, 3)), np.zeros((5, 2)), np.zeros((0, 3)), [[1], [0]]])
def test_one_item_or_nobody_unlike_is_nothing_to_compare(table):
    found = paired.cochran_q(table, 50)
    assert (found.p, found.method, found.possible) == (1.0, NOTHING, False)


def test_more_people_than_there_are_is_refused():
    with pytest.raises(Undefined, match="kun 40 at spørge"):
        paired.cochran_q(DRUGS, 40)
