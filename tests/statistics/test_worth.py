"""What a share in steps is worth: how far from the truth, and what tests make of it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from helpers.statistics.corrections import RATE
from helpers.statistics.differences import share_differences
from helpers.statistics.effective import counts_worth, worth
from helpers.statistics.intervals import interval, published_ends

shares = st.floats(0.01, 0.99)
widths, answers = st.floats(0, 0.5), st.integers(1, 6000)


def in_steps(share, step):
    return np.floor(share / step + 0.5) * step


@pytest.mark.parametrize(
    ("base", "step"),
    [(15, 0.25), (30, 0.1), (45, 0.1), (80, 0.05), (150, 0.05), (400, 0.1), (1000, 0.01)],
)
def test_a_share_in_steps_is_as_far_from_the_truth_as_an_exact_one_on_what_it_is_worth(base, step):
    """The truth anywhere from 30 to 70 per cent, and `base` answers, told to the nearest step."""
    random = np.random.default_rng(3)
    truth = random.uniform(0.3, 0.7, 400_000)
    told = in_steps(random.binomial(base, truth) / base, step)
    expected = np.mean(truth * (1 - truth) / worth(truth, step, base))
    # few people leave gaps in a step
    assert np.mean((told - truth) ** 2) == pytest.approx(expected, rel=0.03 if base > 20 else 0.12)


@pytest.mark.parametrize(
    ("base", "step"), [(10, 0.25), (30, 0.1), (60, 0.05), (200, 0.01), (2000, 0.002)]
)
def test_intervals_of_shares_in_steps_hold_the_truth_as_often_as_they_say(base, step):
    random = np.random.default_rng(4)
    truth = random.uniform(0.02, 0.98, 200_000)
    told = in_steps(random.binomial(base, truth) / base, step)
    low, high = np.maximum(told - step / 2, 0), np.minimum(told + step / 2, 1)
    ends = published_ends((low + high) / 2, high - low, np.full(len(truth), base))
    assert 0.93 <= np.mean((ends[0] <= truth) & (truth <= ends[1])) <= 0.99


@given(shares, widths, answers)
def test_a_wider_class_is_worth_less_and_never_more_than_the_answers(share, width, number):
    found = float(worth(share, width, number))
    assert 0 < found <= number * (1 + 1e-12) and float(worth(share, 0.0, number)) == pytest.approx(
        number
    )
    assert float(worth(share, width + 0.01, number)) < found
    assert share * (1 - share) / found == pytest.approx(
        share * (1 - share) / number + width**2 / 12
    )


def test_when_everybody_has_answered_only_the_class_is_unsure():
    assert float(worth(0.5, 0.0, np.inf)) == np.inf
    assert float(worth(0.5, 0.1, np.inf)) == pytest.approx(0.25 * 12 / 0.01)
    ends = published_ends(np.array([0.5, 0.5]), np.array([0.0, 0.1]), np.array([np.inf, np.inf]))
    assert (ends[0][0], ends[1][0]) == (0.5, 0.5)
    # all of the class, and little more
    assert 0.4 < ends[0][1] <= 0.45 and 0.55 <= ends[1][1] < 0.6


@given(shares, st.floats(0.001, 0.25), answers)
def test_an_interval_is_wider_than_an_exact_shares_and_open_where_the_class_is(
    share, width, number
):
    half = width / 2
    share = min(max(share, half), 1 - half)
    low, high = published_ends(np.array(share), np.array(width), np.array(float(number)))
    exact = interval(share, number)
    assert low <= exact.low + 1e-12 and high >= exact.high - 1e-12
    for at_end, end in ((share == half, low == 0), (share == 1 - half, high == 1)):
        assert end or not at_end


@pytest.mark.parametrize(
    ("bases", "step"), [((30, 45), 0.1), ((80, 150), 0.05), ((15, 25), 0.25), ((80, 150, 60), 0.05)]
)
def test_groups_alike_are_no_oftener_found_apart_than_stated(bases, step):
    """Shares in steps fall further apart than exact ones, and the tests have to allow for that."""
    random, rounds = np.random.default_rng(5), 1500
    bases = np.array(bases)
    told = in_steps(random.binomial(bases, 0.4, (rounds, len(bases))) / bases, step)
    found = share_differences(zip(*counts_worth(told, np.full(told.shape, step), bases)))
    wrong = sum(difference.p <= RATE for difference in found)
    assert wrong <= stats.binom.ppf(0.99, rounds, RATE), wrong
    assert wrong > 0


@pytest.mark.parametrize(
    ("base", "step"), [(100, 0.05), (150, 0.05), (1000, 0.01), (3000, 0.002), (3000, 0.01)]
)
def test_two_equal_groups_are_no_oftener_found_apart_at_a_strict_level_either(base, step):
    """Their gap is told in steps as well: 5 points begin at 4.5. Both have a half in truth, where a
    step has its edge; the strict level is that of the first of ten tests."""
    random, rounds = np.random.default_rng(6), 30_000
    told = in_steps(random.binomial(base, 0.5, (rounds, 2)) / base + step / 2, step) - step / 2
    told, times = np.unique(told, axis=0, return_counts=True)  # two shares are tested once
    counts, bases, steps = counts_worth(told, np.full(told.shape, step), np.full(told.shape, base))
    corrected = share_differences(zip(counts, bases, steps))
    for level in (RATE, RATE / 10):
        wrong = times[[one.p <= level for one in corrected]].sum()
        assert wrong <= stats.binom.ppf(0.99, rounds, level), (level, wrong)
    exact = share_differences(zip(counts, bases, np.zeros_like(steps)))
    assert all(one.p >= other.p for one, other in zip(corrected, exact))
