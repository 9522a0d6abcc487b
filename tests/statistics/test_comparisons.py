"""A theme's comparisons: tests on published shares, corrected together, blind to what is hidden."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from answers import random_answers
from compared import CODEBOOK, families, planned_by_hand, theme_of
from scipy import stats

from helpers.statistics.comparisons import REST, Families, compared
from helpers.statistics.differences import random_share_p


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
    found = theme_of(families(leaning, theme=4), "tilfredshed")["tilfredshed", "koen", "Utilfreds"]
    everybody = pd.crosstab(leaning["koen"], leaning["tilfredshed"] == "Utilfreds")
    exact = everybody[everybody.sum(axis=1) >= 30]
    assert len(exact) > 1
    told = [as_sure(sum(group), group[1]) for group in exact.to_numpy().tolist()]
    p, of_counts = (stats.chi2_contingency(one, correction=False).pvalue for one in (told, exact))
    assert found.test.p == pytest.approx(p, rel=1e-9)
    assert np.log(found.test.p) == pytest.approx(np.log(of_counts), rel=0.15)


def test_groups_of_fewer_than_thirty_are_in_no_test(leaning):
    """Whatever twenty-seven people of a sex answered, the test of the sexes is the same; of thirty
    it is not."""
    others = leaning.index[(leaning["koen"] == "Andet") & leaning["tilfredshed"].notna()]

    def p_with(people, answer):
        few = leaning.drop(others[people:]).reset_index(drop=True)
        few.loc[(few["koen"] == "Andet") & few["tilfredshed"].notna(), "tilfredshed"] = answer
        found = theme_of(families(few, theme=4), "tilfredshed")
        return found["tilfredshed", "koen", "Meget utilfreds"].test.p

    assert len(others) >= 30
    assert p_with(27, "Meget utilfreds") == p_with(27, "Tilfreds")  # told as 25
    assert p_with(30, "Meget utilfreds") < p_with(30, "Tilfreds")


def test_what_the_book_compares_and_what_else_can_be_compared_are_corrected_apart(leaning):
    found, planned = theme_of(families(leaning, theme=4), "tilfredshed"), planned_by_hand()
    book, others = (
        {key: one for key, one in found.items() if (key[:2] in planned) == is_planned}
        for is_planned in (True, False)
    )
    assert ("tilfredshed", "koen", "Utilfreds") in book
    assert ("tilfredshed", "varighed", "Utilfreds") in others
    for part in (book, others):
        together = stats.false_discovery_control([one.test.p for one in part.values()])
        assert [one.corrected for one in part.values()] == pytest.approx(together)
        assert {one.among for one in part.values()} == {len(part)} and len(part) > 20
        assert [one.beyond_chance for one in part.values()] == [p <= 0.05 for p in together]
    leans = book["tilfredshed", "koen", "Utilfreds"]
    assert leans.beyond_chance and leans.corrected > leans.test.p


def test_what_else_is_looked_at_costs_the_book_nothing(leaning):
    """The book's own comparisons are the same when nothing else can be compared."""
    made = families(leaning, theme=4)

    def without(edition):
        rows = made.of_edition(edition)
        return rows[rows["breakdown"].astype(str) != "varighed"]

    both = made, replace(made, of_edition=without)
    here, there = (theme_of(one, "tilfredshed") for one in both)
    assert {key[1] for key in here} - {key[1] for key in there} == {"varighed"}
    assert all(there[key] == one for key, one in here.items() if key[:2] in planned_by_hand())


def test_questions_of_other_themes_are_in_other_families(leaning):
    themes = {question.id: question.theme for question in CODEBOOK.tabulated}
    made = families(leaning)
    for question in ("tilfredshed", "kanal"):
        assert {themes[key[0]] for key in theme_of(made, question)} == {themes[question]}


def test_a_group_that_is_hidden_does_not_change_a_test(leaning):
    few = leaning.copy()
    people = few.index[few["koen"] == "Andet"][5:]
    # five people of that sex are left: the group is hidden
    few = few.drop(people).reset_index(drop=True)
    other = few.copy()
    other.loc[other["koen"] == "Andet", "tilfredshed"] = "Meget utilfreds"
    one, two = (
        families(answers).of("hele-landet", CODEBOOK.question("tilfredshed"))
        for answers in (few, other)
    )
    keys = [key for key in one.comparisons if key[1] == "koen"]
    assert keys and all(one.comparisons[key].test == two.comparisons[key].test for key in keys)


def test_a_sum_that_is_also_an_option_counts_once(leaning):
    accept, made = CODEBOOK.question("accept"), families(leaning)
    twice = {sum_.label for sum_ in accept.combined.values()} & set(accept.labels)
    rows = made.shown("hele-landet", {accept.id: accept})
    assert twice and not rows[rows["combined"] & rows["answer"].isin(twice)].size
    assert {key[2] for key in theme_of(made, "accept") if key[0] == "accept"} == set(accept.labels)


@pytest.mark.parametrize(
    "table",
    [[[3, 20], [9, 30], [1, 14]], [[2, 9], [2, 10], [2, 11], [9, 4]], [[1, 30], [0, 25], [6, 20]]],
)
def test_random_tables_agree_with_scipys(table):
    method = stats.MonteCarloMethod(n_resamples=40_000, rng=np.random.default_rng(5))
    expected = stats.chi2_contingency(np.array(table), correction=False, method=method).pvalue
    assert random_share_p(np.array(table)) == pytest.approx(
        expected, abs=4 * np.sqrt(expected * (1 - expected) / 2_000)
    )


def test_stored_comparisons_are_those_that_would_be_made(leaning, tmp_path):
    made = families(leaning)
    for edition in ("hele-landet", "vejle"):
        compared(made, edition).to_parquet(tmp_path / f"{edition}.parquet")
    read = Families(
        made.of_edition,
        made.codebook,
        stored=lambda edition: pd.read_parquet(tmp_path / f"{edition}.parquet"),
    )
    again = families(leaning)
    for edition in ("hele-landet", "vejle"):
        for question in CODEBOOK.tabulated:
            expected = again.of(edition, question).comparisons
            assert list(read.of(edition, question).comparisons.items()) == list(expected.items())
    assert len(theme_of(read, "tilfredshed")) > 30
    assert [key for key in theme_of(read, "tilfredshed", "vejle") if key[1] == REST]


def test_an_edition_without_stored_comparisons_makes_its_own(leaning):
    read = Families(families(leaning).of_edition, CODEBOOK, stored=lambda edition: None)
    assert len(theme_of(read, "tilfredshed")) > 30
