"""At what precision shares and bases are told, against classes counted out with fractions."""

from fractions import Fraction
from math import floor

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.disclosure.precision import (
    STEPS,
    by_base,
    classes_of,
    made_coarser,
    rounded_base,
)
from helpers.survey.rounding import per_cent

HALF = Fraction(1, 2)
PARTS = 2000  # of a share of 1, in which ends are told
bases, steps, people = st.integers(1, 6000), st.sampled_from(STEPS), st.integers(1, 12)


def halves_up(number):
    return floor(number + HALF)


def borders(told_base, step, end_people):
    """The borders of the classes in per cent, from 0 to 100.

    Borders lie halfway between the steps. One is left out where fewer than `end_people` counts of
    the base lie between it and the nearer of 0 and 100; where none is left, the middlemost stay.
    """
    step = Fraction(step, 10)
    between = [(number + HALF) * step for number in range(int(100 / step))]
    counts = [Fraction(100 * count, told_base) for count in range(end_people)]
    kept = [border for border in between if counts[-1] < min(border, 100 - border)]
    nearest = min(abs(border - 50) for border in between)
    return [
        Fraction(0),
        *(kept or [border for border in between if abs(border - 50) == nearest]),
        Fraction(100),
    ]


def class_of(count, base, told_base, step, end_people):
    """The ends of a share's class, in per cent: with the lower end in it, in the topmost both."""
    share, ends = Fraction(100 * count, base), borders(told_base, step, end_people)
    return next(
        (low, high)
        for low, high in zip(ends, ends[1:])
        if low <= share < high or share == high == 100
    )


def told(count, base, told_base, step, end_people):
    """The one class that the project gives: low, high and middle, in per cent."""
    found = classes_of(
        *(np.array([number]) for number in (count, base, told_base, step, end_people))
    )
    return (
        *(Fraction(int(end[0]), PARTS) * 100 for end in (found.low, found.high)),
        100 * float(found.middle[0]),
    )


@st.composite
def shares(draw):
    base = draw(bases)
    return draw(st.integers(0, base)), base


@given(shares(), steps, people, st.sampled_from([1, 5, 10]))
def test_a_class_is_the_one_that_fractions_give_and_holds_the_share(share, step, end_people, to):
    count, base = share
    told_base = max(int(rounded_base(np.array([base]), to)[0]), 1)
    low, high, middle = told(count, base, told_base, step, end_people)
    assert (low, high) == class_of(count, base, told_base, step, end_people)
    assert low <= Fraction(100 * count, base) <= high and middle == pytest.approx(
        float(low + high) / 2
    )


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("base", [10, 12, 15, 29, 30, 59, 60, 61, 99, 100, 149, 265])
def test_every_count_of_a_base_is_in_its_class(base, step):
    counts = np.arange(base + 1)
    found = classes_of(
        counts, np.full(base + 1, base), np.full(base + 1, base), np.full(base + 1, step), 6
    )
    expected = [class_of(count, base, base, step, 6) for count in range(base + 1)]
    assert [
        (100 * Fraction(int(low), PARTS), 100 * Fraction(int(high), PARTS))
        for low, high in zip(found.low, found.high)
    ] == expected
    assert (np.diff(found.middle) >= 0).all()  # who has more is never told to have less


@given(shares(), steps, people)
def test_no_class_but_the_open_ones_is_of_another_width_than_its_step(share, step, end_people):
    count, base = share
    low, high, middle = told(count, base, base, step, end_people)
    inside = low > 0 and high < 100
    assert high - low == Fraction(step, 10) if inside else high - low >= Fraction(step, 20)
    assert not inside or middle == pytest.approx(
        step / 10 * halves_up(Fraction(100 * count, base) / Fraction(step, 10))
    )


@given(st.integers(10, 6000), steps, people)
def test_an_open_class_holds_so_many_counts_where_the_two_leave_room_for_it(base, step, end_people):
    below, above = (
        [count for count in range(base + 1) if where(100 * Fraction(count, base))]
        for where in open_classes(base, step, end_people)
    )
    # a class wider than this would meet the other
    widest = Fraction(step, 10) * ((int(1000 / step) - 1) // 2 + HALF)
    room = sum(100 * Fraction(count, base) < widest for count in range(end_people))
    assert min(len(below), len(above)) >= room
    assume(room == end_people)
    assert end_people > 1 or (0 in below and base in above)


def open_classes(base, step, end_people):
    """Whether a share (per cent) is in the lowest and in the highest class."""
    _, high, _ = told(0, base, base, step, end_people)
    low, _, _ = told(base, base, base, step, end_people)
    return (lambda share: share < high), (lambda share: share >= low)


@given(shares(), st.sampled_from([step for step in STEPS if step <= 10]), people)
def test_a_share_in_steps_of_one_per_cent_or_less_is_the_printed_whole_per_cent(
    share, step, end_people
):
    count, base = share
    low, high, middle = told(count, base, base, step, end_people)
    assume(low > 0 and high < 100)
    assert per_cent(middle / 100) == halves_up(Fraction(100 * count, base))


@given(shares(), steps, people)
def test_the_other_answer_of_two_has_the_other_class(share, step, end_people):
    """Unless the share lies on a border: then both are rounded up."""
    count, base = share
    assume(Fraction(100 * count, base) not in borders(base, step, end_people)[1:-1])
    low, high, _ = told(count, base, base, step, end_people)
    assert told(base - count, base, base, step, end_people)[:2] == (100 - high, 100 - low)


@given(st.integers(0, 100_000), st.integers(1, 50))
def test_a_base_is_rounded_to_the_nearest_halves_up(base, to):
    found = int(rounded_base(np.array([base]), to)[0])
    assert found % to == 0 and found == to * halves_up(Fraction(base, to))


@given(
    st.dictionaries(st.integers(1, 500), st.integers(1, 99), min_size=1),
    st.lists(st.integers(0, 600), min_size=1),
)
def test_what_holds_at_a_base_is_set_by_the_largest_start_that_it_reaches(scope, values):
    def reached(base):
        return scope[max((start for start in scope if start <= base), default=min(scope))]

    assert by_base(np.array(values), scope).tolist() == [reached(base) for base in values]


@given(steps, st.integers(0, 8))
def test_a_step_made_coarser_is_so_many_known_steps_further_up(step, times):
    (found,) = made_coarser(np.array([step]), np.array([times]))
    assert sum(step < other <= found for other in STEPS) == min(
        times, sum(other > step for other in STEPS)
    )
