"""Weighted estimates against sums person by person."""

import math
from collections import defaultdict

import numpy as np
import pandas as pd
import pytest
from answers import random_answers

from helpers.statistics import differences as d
from helpers.statistics.weighting.weighted_shares import (
    WEIGHTED,
    difference_per_answer,
    weighted_tabulation,
)
from helpers.survey.codebook import load_codebook
from helpers.survey.tabulation import COLUMNS, tabulate

CODEBOOK = load_codebook("citizens")
PEOPLE = 150
ANSWERS = random_answers(CODEBOOK, PEOPLE, seed=3)
WEIGHTS = np.random.default_rng(3).lognormal(sigma=0.6, size=PEOPLE)


@pytest.fixture(scope="module")
def estimates():
    return weighted_tabulation(CODEBOOK, ANSWERS, WEIGHTS)


def by_hand(question, breakdown):
    """{(group, answer): [(weight, gave it)]} of all who answered, one person at a time; both single
    choice."""
    groups = {
        option: group.label
        for group in CODEBOOK.breakdown(breakdown).groups
        for option in group.options
    }
    found = defaultdict(list)
    for person, weight in zip(ANSWERS.astype(object).to_dict("records"), WEIGHTS):
        if not isinstance(person[question], str) or person[breakdown] not in groups:
            continue
        for label in CODEBOOK.question(question).labels:
            found[groups[person[breakdown]], label].append((weight, person[question] == label))
    return found


@pytest.mark.parametrize(
    "question, breakdown", [("tilfredshed", "maalgruppe"), ("initiativ", "alder")]
)
def test_weighted_shares_equal_a_sum_by_hand(estimates, question, breakdown):
    rows = estimates[
        (estimates["edition"] == "hele-landet")
        & (estimates["question"] == question)
        & (estimates["breakdown"] == breakdown)
        & ~estimates["combined"]
    ]
    expected, compared = by_hand(question, breakdown), 0
    for row in rows[rows["base"] > 0].itertuples():
        people = expected[row.group, row.answer]
        share = math.fsum(w for w, yes in people if yes) / math.fsum(w for w, _ in people)
        assert (row.base, row.count) == (len(people), sum(yes for _, yes in people))
        assert row.weighted_share == pytest.approx(share, abs=1e-12)
        assert row.effective_base == pytest.approx(effective(people, share))
        compared += 1
    assert compared > 10


def effective(people, share):
    """Kish's effective base, or the linearised one where that is smaller."""
    total = math.fsum(w for w, _ in people)
    kish = total**2 / math.fsum(w * w for w, _ in people)
    if not 0 < share < 1 - 1e-12:
        return kish
    n = len(people)
    variance = n / (n - 1) * math.fsum((w * (yes - share)) ** 2 for w, yes in people) / total**2
    return min(kish, share * (1 - share) / variance)


def test_the_unweighted_columns_are_untouched(estimates):
    plain = tabulate(CODEBOOK, ANSWERS)
    pd.testing.assert_frame_equal(estimates[list(COLUMNS)], plain, check_exact=True)


def test_equal_weights_give_the_unweighted_share():
    estimates = weighted_tabulation(CODEBOOK, ANSWERS, np.full(PEOPLE, 2.5))
    assert np.allclose(estimates["weighted_share"], estimates["share"], equal_nan=True)
    assert (estimates["effective_base"] <= estimates["base"] + 1e-9)[estimates["base"] > 0].all()
    assert estimates.loc[estimates["base"] == 0, list(WEIGHTED)].isna().all(axis=None)


def test_nobody_at_all_gives_a_table_without_shares():
    empty = weighted_tabulation(CODEBOOK, ANSWERS.iloc[:0], WEIGHTS[:0])
    assert len(empty) and empty[list(WEIGHTED)].isna().all(axis=None)


def test_differences_are_tested_among_the_shown_groups_only(estimates):
    some = estimates[
        (estimates["edition"] == "hele-landet")
        & estimates["question"].isin(["tilfredshed", "koen"])
    ]
    shown = pd.Series(True, index=some.index).mask(some["group"].isin(["Mand"]), False)
    tests = difference_per_answer(some, shown)
    assert set(tests["method"]) <= {d.RAO_SCOTT, d.NOTHING} and tests["p"].between(0, 1).all()
    one = tests[(tests["breakdown"] == "koen") & (tests["question"] == "tilfredshed")]["groups"]
    rows = some[
        (some["breakdown"] == "koen")
        & (some["question"] == "tilfredshed")
        & (some["group"] != "Mand")
        & (some["base"] > 0)
    ]
    assert set(one) == ({rows["group"].nunique()} if rows["group"].nunique() > 1 else set())
    unhidden = difference_per_answer(some, pd.Series(True, index=some.index))
    assert (unhidden[unhidden["breakdown"] == "koen"]["groups"] == 3).all()
