"""A theme's comparisons: tests on published shares, corrected together, blind to what is hidden."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from answers import by_rules_alone, random_answers
from helpers.survey.codebook import load_codebook
from helpers.survey.comparisons import Families, compared
from helpers.survey.disclosure.rules import load_rules
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


def as_sure(people, gave):
    """A group's row of a test: its share in steps, on a base that the steps have made smaller.

    Groups of 50 to 1,999 in the country are told in whole per cent, of 20 to 49 in steps of ten and
    of 10 to 19 in steps of twenty; a share that may be anywhere within a step of width w has a
    variance w * w / 12 larger. For shares that are not in an open class.
    """
    base = 5 * int((people + 2.5) // 5)
    step = 0.01 if base >= 50 else 0.1 if base >= 20 else 0.2
    share = step * int(gave / people / step + 0.5)
    even = int(share * (1 - share) / (share * (1 - share) / base + step**2 / 12))
    return [even - round(share * even), round(share * even)]


def test_each_comparison_is_pearsons_on_what_is_published(leaning):
    family = families(leaning).of("hele-landet", CODEBOOK.question("tilfredshed"))
    found = family.of("tilfredshed", "koen", "Utilfreds")
    everybody = pd.crosstab(leaning["koen"], leaning["tilfredshed"] == "Utilfreds")
    exact = everybody[everybody.sum(axis=1) >= 10]
    assert len(exact) > 2
    told = [as_sure(sum(group), group[1]) for group in exact.to_numpy().tolist()]
    p, of_counts = (stats.chi2_contingency(one, correction=False).pvalue for one in (told, exact))
    assert found.test.p == pytest.approx(p, rel=1e-9)
    assert np.log(found.test.p) == pytest.approx(np.log(of_counts), rel=0.15)


def test_the_theme_is_corrected_together(leaning):
    family = families(leaning).of("hele-landet", CODEBOOK.question("tilfredshed"))
    assert family.size == sum(comparison.test.possible for comparison in family.comparisons.values()) > 30
    found = family.of("tilfredshed", "koen", "Utilfreds")
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
    again = families(leaning)
    for edition in ("hele-landet", "vejle"):
        for question in CODEBOOK.tabulated:
            expected = again.of(edition, question).comparisons
            assert list(read.of(edition, question).comparisons.items()) == list(expected.items())
    assert read.of("hele-landet", CODEBOOK.question("tilfredshed")).size > 30


def test_an_edition_without_stored_comparisons_makes_its_own(leaning):
    read = Families(families(leaning).of_edition, CODEBOOK, stored=lambda edition: None)
    assert read.of("hele-landet", CODEBOOK.question("tilfredshed")).size > 30
