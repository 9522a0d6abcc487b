"""What the silent could change: by hand, and by the people counted out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers.statistics.nonresponse import Silent, bounds, turning_point
from helpers.statistics.undefined import Undefined

# The citizens' report: 5,778 answers, 28,444 in the sample (p. 40), 81 per cent satisfied (p. 34).
REPORT = Silent(5778, 28444)

# (who answered of whom, how many of those gave the answer)
COUNTS = st.integers(1, 400).flatmap(
    lambda invited: st.integers(1, invited).flatmap(
        lambda answered: st.tuples(st.just(Silent(answered, invited)), st.integers(0, answered))
    )
)


def test_the_report_s_own_numbers_by_hand():
    # 0.81 * 5,778 = 4,680.18 people: 16.5 per cent of 28,444, and with all 22,666 silent 96.1.
    low, high = bounds(0.81, REPORT)
    assert low == pytest.approx(4680.18 / 28444)
    assert high == pytest.approx((4680.18 + 22666) / 28444)
    assert (round(100 * low, 1), round(100 * high, 1)) == (16.5, 96.1)
    # A majority takes 14,222 people, 9,541.82 more, of 22,666.
    assert turning_point(0.81, REPORT) == pytest.approx(9541.82 / 22666)
    assert REPORT.rate == pytest.approx(0.2031, abs=5e-5) and REPORT.number == 22666


@given(COUNTS)
def test_the_bounds_are_those_of_the_people_counted_out(counts):
    silent, gave = counts
    low, high = bounds(gave / silent.respondents, silent)
    assert low == pytest.approx(gave / silent.invited)
    assert high == pytest.approx((gave + silent.number) / silent.invited)
    assert low - 1e-12 <= gave / silent.respondents <= high + 1e-12
    assert high - low == pytest.approx(silent.number / silent.invited)


@given(COUNTS, st.integers(0, 100))
def test_the_share_of_all_is_the_limit_at_the_turning_point_and_only_there(counts, percent):
    silent, gave = counts
    share, limit = gave / silent.respondents, percent / 100
    low, high = bounds(share, silent)
    point = turning_point(share, silent, limit)
    if point is None:
        # Whatever the silent answered, all are on the side of those who did (or nobody is silent).
        assert not silent.number or limit <= low + 1e-9 or limit >= high - 1e-9
    else:
        assert low - 1e-9 <= limit <= high + 1e-9
        assert (gave + point * silent.number) / silent.invited == pytest.approx(limit, abs=1e-12)
        assert (point < limit) == (share > limit) or share == pytest.approx(limit)


@given(st.integers(1, 400), st.integers(0, 100))
def test_where_all_have_answered_nothing_is_open(invited, percent):
    everybody = Silent(invited, invited)
    low, high = bounds(percent / 100, everybody)
    assert low == high == percent / 100 and turning_point(percent / 100, everybody) is None


@given(COUNTS, st.integers(0, 20))
def test_the_end_of_a_class_that_is_against_the_conclusion_is_the_cautious_one(counts, points):
    silent, gave = counts
    share, width = gave / silent.respondents, points / 200
    low, high = max(share - width, 0), min(share + width, 1)
    cautious, true = (turning_point(one, silent) for one in (low, share))
    assert cautious is None or true is None or cautious >= true - 1e-12
    cautious, true = (turning_point(one, silent) for one in (high, share))
    assert cautious is None or true is None or cautious <= true + 1e-12


def test_a_share_that_the_silent_cannot_move_across_has_no_turning_point():
    # 72 of 94 answered: 67 of them are 71 per cent of all 94 by themselves; 4 and all 22 are 28.
    jobcentres = Silent(72, 94)
    assert turning_point(67 / 72, jobcentres) is None
    assert turning_point(4 / 72, jobcentres) is None
    assert turning_point(44 / 72, jobcentres) == pytest.approx(3 / 22)  # 47 is half


@pytest.mark.parametrize(("respondents", "invited"), [(95, 94), (-1, 94), (0, 0)])
def test_numbers_that_contradict_each_other_are_refused(respondents, invited):
    with pytest.raises(Undefined):
        Silent(respondents, invited)


@pytest.mark.parametrize("share", [-0.01, 1.01])
def test_a_share_outside_0_to_1_is_refused(share):
    with pytest.raises(Undefined):
        bounds(share, REPORT)
    with pytest.raises(Undefined):
        turning_point(0.5, REPORT, share)
