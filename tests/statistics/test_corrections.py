"""The correction for many comparisons against the authors' own example and against a definition
written out."""

from itertools import combinations
from math import comb
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.multitest import multipletests

from helpers.statistics.corrections import (
    RATE,
    adjusted,
    alike_pairs,
    benjamini_hochberg,
    pairs_apart,
)
from helpers.statistics.differences import FISHER, NOTHING, PEARSON, Difference

# Benjamini & Hochberg (1995): fifteen p-values of a trial, as SciPy's documentation of
# false_discovery_control prints them;
# at 0.05 the procedure rejects the first four.
PUBLISHED = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.3240,
    0.4262,
    0.5719,
    0.6528,
    0.7590,
    1.0,
]


def p_values_of(groups):
    """A p-value for every pair of so many groups, many of them small."""
    pairs = comb(groups, 2)
    return st.lists(st.floats(0, 1).map(lambda p: p**3), min_size=pairs, max_size=pairs)


def test_the_authors_example():
    assert list(adjusted(PUBLISHED) <= 0.05) == [True] * 4 + [False] * 11


def step_up(values, rate):
    """Benjamini and Hochberg's procedure as they word it: the largest k with p(k) <= k/m * rate,
    and all up to it."""
    ranked = sorted(values)
    passing = [p for k, p in enumerate(ranked, start=1) if p <= k / len(ranked) * rate]
    return [p <= max(passing, default=-1) for p in values]


@given(
    st.lists(
        st.integers(1, 1000).map(lambda thousandths: thousandths / 1000), min_size=1, max_size=40
    )
)
def test_the_same_as_the_procedure_in_words(values):
    near = [abs(a - 0.05) < 1e-12 for a in adjusted(values)]
    assert all(
        n or a == b for n, a, b in zip(near, adjusted(values) <= 0.05, step_up(values, 0.05))
    )


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_a_corrected_p_value_is_never_smaller(values):
    assert (adjusted(values) >= np.array(values) - 1e-12).all()


@pytest.mark.parametrize(
    ("groups", "numbers"),
    [
        (2, {0, 1}),
        (3, {0, 1, 3}),
        (4, {0, 1, 2, 3, 6}),
        (5, {0, 1, 2, 3, 4, 6, 10}),
        (6, {0, 1, 2, 3, 4, 6, 7, 10, 15}),
    ],
)
def test_so_many_pairs_can_be_alike_as_shaffer_prints(groups, numbers):
    assert alike_pairs(groups) == numbers


def holm(values):
    """What Holm's procedure finds, as statsmodels has it: without the collection of all garbage
    that it begins with, a second a time in a process with much in it."""
    with patch("gc.collect"):
        return multipletests(values, 0.05, method="holm")[0]


@given(st.integers(2, 6).flatmap(lambda groups: st.tuples(st.just(groups), p_values_of(groups))))
def test_pairs_are_found_between_holm_s_and_no_correction(drawn):
    """It finds what Holm's procedure finds, as statsmodels has it, and nothing above the rate; a
    smaller p is found before a larger."""
    groups, values = drawn
    found = pairs_apart([Difference(p, PEARSON) for p in values], groups)
    for p, by_holm, apart in zip(values, holm(values), found):
        assert by_holm <= apart <= (p <= 0.05)
    assert max((p for p, apart in zip(values, found) if apart), default=0) <= min(
        (p for p, apart in zip(values, found) if not apart), default=1
    )


@pytest.mark.parametrize("alike", [(5,), (4, 1), (3, 2), (3, 1, 1), (2, 2, 1)])
def test_a_pair_that_is_alike_is_no_oftener_found_than_stated(alike):
    """Groups around means far enough apart for the test of all of them to find that, most often;
    pairs are looked at only where it does, as the pages do."""
    random, rounds = np.random.default_rng(7), 4000
    means = np.repeat(np.arange(len(alike)) * 3.0, alike)
    kind = np.repeat(np.arange(len(alike)), alike)
    pairs, wrong = list(combinations(range(len(means)), 2)), 0
    for values in random.normal(means, 1.0, (rounds, len(means))):
        if stats.chi2.sf(np.square(values - values.mean()).sum(), len(means) - 1) > RATE:
            continue
        gaps = [abs(values[one] - values[other]) / np.sqrt(2) for one, other in pairs]
        found = pairs_apart([Difference(p, PEARSON) for p in 2 * stats.norm.sf(gaps)], len(means))
        wrong += any(
            apart and kind[one] == kind[other] for apart, (one, other) in zip(found, pairs)
        )
    assert wrong <= stats.binom.ppf(0.99, rounds, RATE), wrong


def test_nothing_to_compare_is_never_found_and_does_not_count():
    alone = benjamini_hochberg({"a": Difference(0.04, PEARSON)})
    among = benjamini_hochberg(
        {"a": Difference(0.04, PEARSON), **{i: Difference(1.0, NOTHING) for i in range(50)}}
    )
    assert alone == {"a": True} and among["a"] and not any(among[i] for i in range(50))
    assert not benjamini_hochberg({"a": Difference(0.04, PEARSON), "b": Difference(0.9, FISHER)})[
        "a"
    ]
    assert benjamini_hochberg({}) == {}


@pytest.mark.parametrize("values", [[0.1, float("nan")], [-0.1], [1.1]])
def test_a_broken_p_value_is_refused(values):
    with pytest.raises(ValueError):
        adjusted(values)
