"""A funnel tells the same as the intervals: in the one exactly when the common share is in the
other."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from helpers.statistics.funnel import funnel_limits
from helpers.statistics.intervals import wilson
from helpers.statistics.undefined import Undefined


@given(st.integers(1, 500), st.integers(1, 99), st.data())
def test_the_funnel_and_the_interval_agree(base, percent, data):
    count, share = data.draw(st.integers(0, base)), percent / 100
    limits, ends = funnel_limits(share, base), wilson(count, base)
    inside, covered = limits.low <= count / base <= limits.high, ends.low <= share <= ends.high
    assume(min(abs(count / base - edge) for edge in limits) > 1e-9)
    assert inside == covered


def test_the_outer_limits_are_wider_and_more_answers_narrower():
    assert (
        funnel_limits(0.4, 50, 0.998).low
        < funnel_limits(0.4, 50).low
        < funnel_limits(0.4, 500).low
        < 0.4
    )
    assert funnel_limits(0.4, 50, population=60).low > funnel_limits(0.4, 50).low
    assert funnel_limits(0.0, 5) == (0.0, 0.0)


@pytest.mark.parametrize("share, base", [(0.5, 0), (1.2, 10)])
def test_a_funnel_of_nothing_is_refused(share, base):
    with pytest.raises(Undefined):
        funnel_limits(share, base)
