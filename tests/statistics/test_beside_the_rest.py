"""A municipality against the rest of the country, and statements against each other, in a theme's
family: by independent tests, and with the population where it is known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from answers import random_answers
from compared import CODEBOOK, families, planned_by_hand, theme_of
from scipy import stats
from statsmodels.stats.contingency_tables import cochrans_q

from helpers.statistics.comparisons import ITEMS, REST
from helpers.statistics.pairs import paired_comparisons
from helpers.statistics.participation import Participation

QUESTION, VEJLE, LAND = "tilfredshed", "vejle", "hele-landet"
GLAD, SAD = "Meget tilfreds eller tilfreds", "Utilfreds eller meget utilfreds"
VERY = "Meget tilfreds"


@pytest.fixture(scope="module")
def apart():
    """3,000 people, of whom many in Vejle are very satisfied."""
    answers = random_answers(CODEBOOK, 3000, skipped=0)
    some = (answers["kommune"] == "Vejle") & answers[QUESTION].notna() & (answers.index % 8 == 0)
    answers.loc[some, QUESTION] = VERY
    return answers


@pytest.fixture(scope="module")
def places(apart):
    """Their comparisons, where it is not known how many were asked."""
    return families(apart, theme=4)


def told(made, edition, label):
    """A share as it is published: the middle of its class, the class's width, and the base."""
    rows = made.of_edition(edition)
    keys = rows[["question", "breakdown", "answer"]].astype(str)
    (row,) = rows[(keys == [QUESTION, "", label]).all(axis=1)].itertuples()
    return row.share, row.high - row.low, int(row.base)


def as_sure(share, width, answers):
    """[others, gave it] of an exact share that is as sure, by the variances; of a billion people
    where nothing is unsure."""
    spread = share * (1 - share)
    variance = (0 if np.isinf(answers) else spread / answers) + width**2 / 12
    base = int(spread / variance * (1 + 1e-9)) if variance else 10**9
    return [base - round(share * base), round(share * base)]


def expected_p(made, edition, label, behind=lambda base: base):
    """Pearson's p of a municipality's share against that of the others, out of the country's share;
    `behind` is how many answers the municipality's base is worth."""
    share, width, base = told(made, edition, label)
    land, land_width, land_base = told(made, LAND, label)
    left = land_base - base
    rest = (land * land_base - share * base) / left
    table = [as_sure(share, width, behind(base)), as_sure(rest, land_width, left)]
    return stats.chi2_contingency(table, correction=False).pvalue


def rests(made, edition):
    """The p-values of a municipality against the rest, by answer."""
    found = theme_of(made, QUESTION, edition)
    return {key[2]: one.test.p for key, one in found.items() if key[:2] == (QUESTION, REST)}


@pytest.mark.parametrize("label", [GLAD, SAD, VERY])
@pytest.mark.parametrize("place", [VEJLE, "hjoerring"])
def test_a_municipality_is_tested_against_the_rest_and_not_against_itself(places, place, label):
    assert rests(places, place)[label] == pytest.approx(expected_p(places, place, label), rel=1e-6)


def test_the_rest_is_those_who_live_elsewhere(places, apart):
    """Near the test of the people themselves, of which nothing is rounded."""
    people = apart[apart[QUESTION].notna()]
    table = pd.crosstab(people["kommune"] == "Vejle", people[QUESTION] == VERY)
    exact = stats.chi2_contingency(table, correction=False).pvalue
    assert np.log(rests(places, VEJLE)[VERY]) == pytest.approx(np.log(exact), rel=0.15)


def knowing(made, apart, times):
    """The same where it is known that so many times as answered in Vejle were asked there."""
    people = int((apart["kommune"] == "Vejle").sum())
    known = Participation("", people, people * times)
    return replace(
        made, took_part=lambda edition, group: known if VEJLE in (edition, group.lower()) else None
    )


@pytest.mark.parametrize("label", [GLAD, SAD, VERY])
@pytest.mark.parametrize("times", [1, 2, 10])
def test_where_it_is_known_how_many_were_asked_the_test_knows_it_too(places, apart, times, label):
    """n of N who were asked are worth n (N - 1) / (N - n) of endlessly many; all of them leave
    nothing to chance but the class that the share is told in. A question that only some were asked
    has the same part of its N as the survey has."""

    def behind(base):
        return base * (base * times - 1) / (base * times - base) if times > 1 else np.inf

    known = knowing(places, apart, times)
    expected = expected_p(places, VEJLE, label, behind)
    assert rests(known, VEJLE)[label] == pytest.approx(expected, rel=1e-6)
    assert rests(known, VEJLE)[label] < rests(places, VEJLE)[label]


def test_where_it_is_not_known_a_test_is_as_before(places, apart):
    assert rests(knowing(places, apart, 2), "hjoerring") == rests(places, "hjoerring")


@pytest.mark.parametrize(
    ("edition", "breakdown", "is_known"),
    [(VEJLE, "koen", True), (LAND, "kommune", True), (LAND, "koen", False)],
)
def test_groups_have_the_population_of_their_place(places, apart, edition, breakdown, is_known):
    """In Vejle's edition all groups are parts of Vejle; in the country's, a group that is a
    municipality has its own population."""
    before, now = (
        {
            key: one.test.p
            for key, one in theme_of(made, QUESTION, edition).items()
            if key[:2] == (QUESTION, breakdown)
        }
        for made in (places, knowing(places, apart, 2))
    )
    assert len(now) > 3 and (now != before) == is_known


def test_the_country_has_no_rest_and_a_small_municipality_no_test(places, apart):
    here = apart[QUESTION].notna() & (apart["kommune"] == "Vejle")
    elsewhere = apart[QUESTION].notna() & (apart["kommune"] != "Vejle")
    assert rests(places, VEJLE) and not rests(places, LAND)
    for too_many in (apart.index[here], apart.index[elsewhere]):  # twenty-five are left of them
        few = apart.drop(too_many[25:]).reset_index(drop=True)
        assert not rests(families(few, theme=4), VEJLE)


def is_corrected_together(part):
    together = stats.false_discovery_control([one.test.p for one in part])
    return [one.corrected for one in part] == pytest.approx(together) and {
        one.among for one in part
    } == {len(part)}


def test_the_book_holds_sums_against_the_rest_and_options_where_there_are_no_sums(places):
    """So those are corrected with the book's own comparisons, and what else is looked at is not."""
    found, planned = theme_of(places, QUESTION, VEJLE), planned_by_hand()
    sums = {
        question.id: {one.label for one in question.combined.values()}
        for question in CODEBOOK.tabulated
    }
    book = {
        key
        for key in found
        if key[:2] in planned or (key[1] == REST and (key[2] in sums[key[0]] or not sums[key[0]]))
    }
    assert {key[2] for key in book if key[:2] == (QUESTION, REST)} == {GLAD, SAD}
    assert VERY in rests(places, VEJLE)
    assert is_corrected_together([one for key, one in found.items() if key in book])
    assert is_corrected_together([one for key, one in found.items() if key not in book])


# ---- a battery's statements --------------------------------------------------------------------

BATTERY = tuple(question.id for question in CODEBOOK.battery("udsagn"))


@pytest.fixture(scope="module")
def agreeing():
    """1,000 people, of whom a third agree with the third statement, whatever they say of others."""
    answers = random_answers(CODEBOOK, 1000)
    agree = answers[BATTERY[2]].notna() & (answers.index % 3 == 0)
    answers.loc[agree, BATTERY[2]] = "Meget enig"
    return answers


def with_items(answers, theme):
    """The comparisons of a theme with the tests of statements."""
    items = paired_comparisons(CODEBOOK, answers).items
    made = families(answers, theme)
    return replace(made, items=lambda edition: items[items["edition"] == edition])


def test_statements_are_tested_among_those_who_answered_all_of_them(agreeing):
    asked = agreeing[list(BATTERY)].dropna()
    found = theme_of(with_items(agreeing, 2), BATTERY[0])["udsagn", ITEMS, "Meget enig eller enig"]
    expected = cochrans_q(asked.isin(["Meget enig", "Enig"]).to_numpy().astype(int))
    assert 100 < len(asked) < agreeing[BATTERY[2]].notna().sum()
    assert found.test.p == pytest.approx(expected.pvalue, rel=1e-6) and found.beyond_chance


def test_statements_are_corrected_with_what_else_the_book_compares(agreeing):
    made, planned = with_items(agreeing, 2), planned_by_hand()
    found, asked = theme_of(made, BATTERY[0]), CODEBOOK.question(BATTERY[0])
    labels = {*asked.labels, *(one.label for one in asked.combined.values())}
    assert {key[2] for key in found if key[:2] == ("udsagn", ITEMS)} == labels
    book = [one for key, one in found.items() if key[1] == ITEMS or key[:2] in planned]
    assert len(book) > len(labels) and is_corrected_together(book)
    without = theme_of(replace(made, items=lambda edition: None), BATTERY[0])
    assert {key for key in found if key[1] != ITEMS} == set(without)


def test_only_the_theme_of_a_battery_has_its_tests(agreeing):
    assert "udsagn" not in {key[0] for key in theme_of(with_items(agreeing, 4), QUESTION)}
