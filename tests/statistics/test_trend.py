"""The trend through ordered groups, against a correlation by hand, statsmodels, and a printed
example."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.contingency_tables import Table

from helpers.statistics.differences import NOTHING
from helpers.statistics.trend import TREND, trend


@st.composite
def groups(draw):
    """(counts, bases) of up to seven groups, of which some may be empty but not all."""
    bases = draw(st.lists(st.integers(0, 60), min_size=2, max_size=7).filter(any))
    return [draw(st.integers(0, base)) for base in bases], bases


def near(p):
    return pytest.approx(p, rel=1e-6, abs=1e-12)


def person_by_person(counts, bases):
    """(N - 1) r squared, of each person's group (its number) and whether they gave the answer."""
    group = np.repeat(np.arange(len(bases)), bases)
    gave = np.concatenate([np.arange(base) < count for count, base in zip(counts, bases)])
    return (len(group) - 1) * np.corrcoef(group, gave)[0, 1] ** 2


def can_move(counts, bases):
    """Whether people are in more than one group, and not all gave the same answer."""
    return sum(base > 0 for base in bases) > 1 and 0 < sum(counts) < sum(bases)


@given(groups())
def test_it_is_the_correlation_of_group_and_answer(people):
    found = trend(*people)
    if can_move(*people):
        assert found.method == TREND
        assert found.p == near(stats.chi2.sf(person_by_person(*people), 1))
    else:
        assert (found.p, found.method, found.possible) == (1.0, NOTHING, False)


@given(groups())
def test_it_is_statsmodels_test_of_ordinal_association(people):
    counts, bases = people
    assume(can_move(counts, bases))
    table = Table(np.column_stack([counts, np.subtract(bases, counts)]), shift_zeros=False)
    scores = {"row_scores": np.arange(len(bases)), "col_scores": np.array([1, 0])}
    assert trend(counts, bases).p == near(table.test_ordinal_association(**scores).pvalue)


def test_agrestis_example():
    """Malformed infants by how much their mothers drank, in five groups: with equally spaced scores
    M squared is 1.83, and P 0.18. Agresti (2007), An Introduction to Categorical Data Analysis, 2nd
    ed., section 2.5; the data are those of its Table 2.7, of Graubard and Korn (1987)."""
    malformed, others = [48, 38, 5, 1, 1], [17066, 14464, 788, 126, 37]
    found = trend(malformed, np.add(malformed, others))
    assert (round(stats.chi2.isf(found.p, 1), 2), round(found.p, 2)) == (1.83, 0.18)


@given(groups())
def test_the_other_way_around_and_the_other_answer_give_the_same(people):
    counts, bases = map(np.array, people)
    p = trend(counts, bases).p
    assert trend(counts[::-1], bases[::-1]).p == near(p)
    assert trend(bases - counts, bases).p == near(p)


def test_a_steady_rise_is_found_where_no_groups_are_told_apart():
    counts, bases = [50, 54, 58, 62, 66], [100] * 5
    table = np.column_stack([counts, np.subtract(bases, counts)])
    assert trend(counts, bases).p < 0.02
    assert stats.chi2_contingency(table, correction=False).pvalue > 0.1
    assert trend([66, 50, 58, 50, 66], bases).p == pytest.approx(1.0)  # down and up again
