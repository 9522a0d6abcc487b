"""The correction for many comparisons against the authors' own example and against a definition
written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from helpers.statistics.corrections import adjusted, benjamini_hochberg, holm
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
def test_a_corrected_p_value_is_never_smaller_and_holm_s_finds_no_more(values):
    corrected, differences = adjusted(values), [Difference(p, PEARSON) for p in values]
    assert (corrected >= np.array(values) - 1e-12).all()
    assert all(value <= 0.05 + 1e-12 for value, found in zip(corrected, holm(differences)) if found)


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=40))
def test_holm_s_procedure_is_statsmodels(thousandths):
    values = [p / 20_000 for p in thousandths]
    expected = multipletests(values, 0.05, method="holm")[1]
    assert all(
        found == (p <= 0.05)
        for found, p in zip(holm([Difference(p, PEARSON) for p in values]), expected)
        if abs(p - 0.05) > 1e-12
    )


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
