"""A theme's comparisons: the same tests as one by one, corrected together, and blind to what is hidden."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from answers import by_rules_alone, random_answers
from helpers.survey.codebook import load_codebook
from helpers.survey.comparisons import Families, compared
from helpers.survey.disclosure import load_rules
from helpers.survey.inference.differences import random_share_p
from helpers.survey.tabulation import municipalities_in, tabulate

CODEBOOK = load_codebook("citizens")


def families(answers):
    named = CODEBOOK.for_municipalities(municipalities_in(answers, CODEBOOK))
    return Families(by_rules_alone(tabulate(CODEBOOK, answers), named, load_rules()).of, named)


@pytest.fixture(scope="module")
def leaning():
    """700 people, of whom one sex is far more often very satisfied."""
    answers = random_answers(CODEBOOK, 700, skipped=0)
    men = (answers["koen"] == "Mand").to_numpy() & (np.arange(700) % 3 > 0)
    answers.loc[men, "tilfredshed"] = "Utilfreds"
    return answers


def test_each_comparison_is_pearsons_and_the_theme_is_corrected_together(leaning):
    family = families(leaning).of("hele-landet", CODEBOOK.question("tilfredshed"))
    assert family.size == sum(comparison.test.possible for comparison in family.comparisons.values()) > 30
    men = pd.crosstab(leaning["koen"], leaning["tilfredshed"] == "Utilfreds").loc[lambda table: table.sum(axis=1) >= 10]
    found = family.of("tilfredshed", "koen", "Utilfreds")
    assert found.test.p == pytest.approx(stats.chi2_contingency(men, correction=False).pvalue, rel=1e-9)
    p = {key: comparison.test.p for key, comparison in family.comparisons.items() if comparison.test.possible}
    together = dict(zip(p, stats.false_discovery_control(list(p.values()))))
    for key, comparison in family.comparisons.items():
        assert comparison.beyond_chance == (key in together and together[key] <= 0.05)
    assert found.beyond_chance and found.corrected > found.test.p


def test_a_group_that_is_hidden_does_not_change_a_test(leaning):
    few = leaning.copy()
    people = few.index[few["koen"] == "Andet"][5:]
    few = few.drop(people).reset_index(drop=True)  # five people of that sex are left: the group is hidden
    other = few.copy()
    other.loc[other["koen"] == "Andet", "tilfredshed"] = "Meget utilfreds"
    one, two = (families(answers).of("hele-landet", CODEBOOK.question("tilfredshed")) for answers in (few, other))
    keys = [key for key in one.comparisons if key[1] == "koen"]
    assert keys and all(one.comparisons[key].test == two.comparisons[key].test for key in keys)


def test_a_sum_that_is_also_an_option_counts_once(leaning):
    family = families(leaning).of("hele-landet", CODEBOOK.question("accept"))
    accept = [question for question in CODEBOOK.tabulated if question.id == "accept"][0]
    twice = {sum_.label for sum_ in accept.sums} & set(accept.labels)
    rows = families(leaning).rows("hele-landet", accept.theme)
    assert not rows[rows["question"].eq("accept") & rows["combined"] & rows["answer"].isin(twice)].size
    assert family.of("accept", "koen", "Ja")


@pytest.mark.parametrize("table", [[[3, 20], [9, 30], [1, 14]], [[2, 9], [2, 10], [2, 11], [9, 4]], [[1, 30], [0, 25], [6, 20]]])
def test_random_tables_agree_with_scipys(table):
    method = stats.MonteCarloMethod(n_resamples=40_000, rng=np.random.default_rng(5))
    expected = stats.chi2_contingency(np.array(table), correction=False, method=method).pvalue
    assert random_share_p(np.array(table)) == pytest.approx(expected, abs=4 * np.sqrt(expected * (1 - expected) / 2_000))


def test_stored_comparisons_are_those_that_would_be_made(leaning, tmp_path):
    made = families(leaning)
    for edition in ("hele-landet", "vejle"):
        compared(made, edition).to_parquet(tmp_path / f"{edition}.parquet")
    read = Families(made.of_edition, made.codebook, stored=lambda edition: pd.read_parquet(tmp_path / f"{edition}.parquet"))
    for edition in ("hele-landet", "vejle"):
        for question in CODEBOOK.tabulated:
            expected = families(leaning).of(edition, question).comparisons
            assert list(read.of(edition, question).comparisons.items()) == list(expected.items())
    assert read.of("hele-landet", CODEBOOK.question("tilfredshed")).size > 30


def test_an_edition_without_stored_comparisons_makes_its_own(leaning):
    read = Families(families(leaning).of_edition, CODEBOOK, stored=lambda edition: None)
    assert read.of("hele-landet", CODEBOOK.question("tilfredshed")).size > 30
