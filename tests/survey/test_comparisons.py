"""A theme's comparisons: tests on published shares, corrected together, blind to what is hidden."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import yaml
from scipy import stats
from statsmodels.stats.contingency_tables import cochrans_q

from answers import by_rules_alone, random_answers
from helpers.paths import DATA
from helpers.survey.codebook import load_codebook
from helpers.survey.comparisons import ITEMS, REST, Families, compared
from helpers.survey.disclosure.rules import load_rules
from helpers.survey.inference.differences import random_share_p
from helpers.survey.pairs import paired_comparisons
from helpers.survey.participation import Participation
from helpers.survey.tabulation import municipalities_in, tabulate

CODEBOOK = load_codebook("citizens")


def families(answers, theme=None):
    """All comparisons of the answers, or to save time those of one theme."""
    asked = [question for question in CODEBOOK.questions if theme in (None, question.theme) or question.role == "background"]
    codebook = CODEBOOK.model_copy(update={"questions": tuple(asked)})
    named = codebook.for_municipalities(municipalities_in(answers, codebook))
    return Families(by_rules_alone(tabulate(codebook, answers), named, load_rules()).of, named)


def theme_of(made, question, edition="hele-landet"):
    """The comparisons of a question's theme that have two sides to compare, by (question, breakdown, answer)."""
    found = made.of(edition, CODEBOOK.question(question)).comparisons
    return {key: one for key, one in found.items() if one.test.possible}


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
    exact = everybody[everybody.sum(axis=1) >= 30]
    assert len(exact) > 1
    told = [as_sure(sum(group), group[1]) for group in exact.to_numpy().tolist()]
    p, of_counts = (stats.chi2_contingency(one, correction=False).pvalue for one in (told, exact))
    assert found.test.p == pytest.approx(p, rel=1e-9)
    assert np.log(found.test.p) == pytest.approx(np.log(of_counts), rel=0.15)


def test_groups_of_fewer_than_thirty_are_in_no_test(leaning):
    """Whatever twenty-seven people of a sex answered, the test of the sexes is the same; of thirty it is not."""
    others = leaning.index[(leaning["koen"] == "Andet") & leaning["tilfredshed"].notna()]

    def p_with(people, answer):
        few = leaning.drop(others[people:]).reset_index(drop=True)
        few.loc[few["koen"] == "Andet", "tilfredshed"] = few["tilfredshed"].where(few["tilfredshed"].isna(), answer)
        return theme_of(families(few, theme=4), "tilfredshed")["tilfredshed", "koen", "Meget utilfreds"].test.p

    assert len(others) >= 30
    assert p_with(27, "Meget utilfreds") == p_with(27, "Tilfreds")  # told as 25
    assert p_with(30, "Meget utilfreds") < p_with(30, "Tilfreds")


def planned_by_hand():
    """(question, breakdown) that the codebook's file says the book compares, statement by statement."""
    raw = yaml.safe_load((DATA / "codebook" / "citizens.yaml").read_text(encoding="utf-8"))
    return {(item["id"], breakdown) for question in raw["questions"] for item in question.get("items", [question])
            for breakdown in question.get("compared_by", ())}


def test_what_the_book_compares_and_what_else_can_be_compared_are_corrected_apart(leaning):
    found, planned = theme_of(families(leaning, theme=4), "tilfredshed"), planned_by_hand()
    parts = [{key: one for key, one in found.items() if ((key[0], key[1]) in planned) == is_planned} for is_planned in (True, False)]
    assert ("tilfredshed", "koen", "Utilfreds") in parts[0] and ("tilfredshed", "varighed", "Utilfreds") in parts[1]
    for part in parts:
        together = stats.false_discovery_control([one.test.p for one in part.values()])
        assert [one.corrected for one in part.values()] == pytest.approx(together)
        assert [one.among for one in part.values()] == [len(part)] * len(part) and len(part) > 20
        assert [one.beyond_chance for one in part.values()] == [p <= 0.05 for p in together]
    leans = found["tilfredshed", "koen", "Utilfreds"]
    assert leans.beyond_chance and leans.corrected > leans.test.p


def test_what_else_is_looked_at_costs_the_book_nothing(leaning):
    """The book's own comparisons are the same when nothing else can be compared."""
    made = families(leaning, theme=4)
    alone = replace(made, of_edition=lambda edition: made.of_edition(edition)[lambda rows: rows["breakdown"].astype(str) != "varighed"])
    here, there = (theme_of(one, "tilfredshed") for one in (made, alone))
    assert {key[1] for key in here} - {key[1] for key in there} == {"varighed"}
    assert all(there[key] == one for key, one in here.items() if key[:2] in planned_by_hand())


def test_questions_of_other_themes_are_in_other_families(leaning):
    themes = {question.id: question.theme for question in CODEBOOK.tabulated}
    for question in ("tilfredshed", "kanal"):
        family = theme_of(families(leaning), question)
        assert {themes[key[0]] for key in family} == {themes[question]}


# ---- a municipality against the rest -----------------------------------------------------------

@pytest.fixture(scope="module")
def apart():
    """3,000 people, of whom many in Vejle are very satisfied."""
    answers = random_answers(CODEBOOK, 3000, skipped=0)
    vejle = (answers["kommune"] == "Vejle").to_numpy() & answers["tilfredshed"].notna().to_numpy() & (np.arange(3000) % 8 == 0)
    answers.loc[vejle, "tilfredshed"] = "Meget tilfreds"
    return answers


@pytest.fixture(scope="module")
def places(apart):
    """Their comparisons, where it is not known how many were asked."""
    return families(apart, theme=4)


def told(made, edition, label):
    """A share as it is published: the middle of its class, the class's width, and the base."""
    rows = made.of_edition(edition).astype({name: str for name in ("question", "breakdown", "answer")})
    row = rows[(rows["question"] == "tilfredshed") & (rows["breakdown"] == "") & (rows["answer"] == label)].iloc[0]
    return float(row["share"]), float(row["high"] - row["low"]), int(row["base"])


def as_exact(share, width, answers):
    """[did not give the answer, gave it] of an exact share that is as sure, by the variances; of a billion where nothing is unsure."""
    spread = share * (1 - share)
    variance = (0 if np.isinf(answers) else spread / answers) + width**2 / 12
    base = int(spread / variance) if variance else 10**9
    return [base - round(share * base), round(share * base)]


def against_the_rest(made, edition, label, behind=lambda base: base):
    """Pearson's p of a municipality's published share against that of the others, which is worked out from the country's; `behind`
    is how many answers the municipality's base is worth."""
    (share, width, base), (land, land_width, land_base) = (told(made, place, label) for place in (edition, "hele-landet"))
    rest = (land * land_base - share * base) / (land_base - base)
    table = [as_exact(share, width, behind(base)), as_exact(rest, land_width, land_base - base)]
    return stats.chi2_contingency(table, correction=False).pvalue


LABELS = ("Meget tilfreds eller tilfreds", "Utilfreds eller meget utilfreds", "Meget tilfreds")


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("place", ["vejle", "hjoerring"])
def test_a_municipality_is_tested_against_the_rest_and_not_against_itself(places, place, label):
    found = theme_of(places, "tilfredshed", place)["tilfredshed", REST, label]
    assert found.test.p == pytest.approx(against_the_rest(places, place, label), rel=1e-6)


def test_the_rest_is_those_who_live_elsewhere(places, apart):
    """Near the test of the people themselves, of which nothing is rounded."""
    found = theme_of(places, "tilfredshed", "vejle")["tilfredshed", REST, "Meget tilfreds"]
    answered = apart[apart["tilfredshed"].notna()]
    people = pd.crosstab(answered["kommune"] == "Vejle", answered["tilfredshed"] == "Meget tilfreds")
    assert np.log(found.test.p) == pytest.approx(np.log(stats.chi2_contingency(people, correction=False).pvalue), rel=0.15)


def taking_part(respondents, invited):
    """Participation that is known of Vejle only."""
    return lambda edition, group: Participation("", respondents, invited) if "vejle" in (edition, group.lower()) else None


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("times", [1, 2, 10])
def test_where_it_is_known_how_many_were_asked_the_test_knows_it_too(places, apart, times, label):
    """n of N who were asked are worth n (N - 1) / (N - n) of endlessly many; all of them leave nothing to chance but the class that
    the share is told in. A question that only some were asked has the same part of them as it has of those who answered."""
    people = int((apart["kommune"] == "Vejle").sum())
    made = replace(places, took_part=taking_part(people, people * times))

    def behind(base):
        asked = base * times
        return base * (asked - 1) / (asked - base) if times > 1 else np.inf

    found, before = (theme_of(one, "tilfredshed", "vejle")["tilfredshed", REST, label].test for one in (made, places))
    assert found.p == pytest.approx(against_the_rest(places, "vejle", label, behind), rel=1e-6)
    assert found.p < before.p
    # Those of whom it is not known are tested as before.
    here, there = (theme_of(one, "tilfredshed", "hjoerring")["tilfredshed", REST, label] for one in (made, places))
    assert here.test == there.test


@pytest.mark.parametrize(("edition", "breakdown", "counts"), [("vejle", "koen", True), ("hele-landet", "kommune", True), ("hele-landet", "koen", False)])
def test_groups_are_tested_with_the_population_of_the_place_they_are_in(places, apart, edition, breakdown, counts):
    """In Vejle's edition all groups are parts of Vejle; in the country's, a group that is a municipality has its own population."""
    people = int((apart["kommune"] == "Vejle").sum())
    known = replace(places, took_part=taking_part(people, 2 * people))
    before, now = ([one.test.p for key, one in theme_of(made, "tilfredshed", edition).items() if key[:2] == ("tilfredshed", breakdown)]
                   for made in (places, known))
    assert (now != before) == counts and len(now) > 3


def test_the_country_has_no_rest_and_a_small_municipality_no_test(places, apart):
    def rests(made, edition):
        return [key for key in theme_of(made, "tilfredshed", edition) if key[1] == REST]

    answered = apart["tilfredshed"].notna()
    here, elsewhere = (apart.index[answered & ((apart["kommune"] == "Vejle") == is_here)] for is_here in (True, False))
    assert rests(places, "vejle") and not rests(places, "hele-landet")
    for too_many in (here, elsewhere):  # twenty-five are left in Vejle, or outside it
        assert not rests(families(apart.drop(too_many[25:]).reset_index(drop=True), theme=4), "vejle")


def test_the_book_holds_sums_against_the_rest_and_single_options_where_there_are_none(places):
    """So those are corrected with the book's own comparisons, and what an analyst may look at besides is not."""
    found, planned = theme_of(places, "tilfredshed", "vejle"), planned_by_hand()
    sums = {question.id: {one.label for one in question.combined.values()} for question in CODEBOOK.tabulated}
    book = {key: one for key, one in found.items()
            if key[:2] in planned or (key[1] == REST and (key[2] in sums[key[0]] or not sums[key[0]]))}
    assert {key for key in book if key[1] == REST and key[0] == "tilfredshed"} == {("tilfredshed", REST, label) for label in LABELS[:2]}
    assert ("tilfredshed", REST, LABELS[2]) in found
    for part in (book, {key: one for key, one in found.items() if key not in book}):
        assert [one.corrected for one in part.values()] == pytest.approx(stats.false_discovery_control([one.test.p for one in part.values()]))


# ---- a battery's statements --------------------------------------------------------------------

@pytest.fixture(scope="module")
def with_items(leaning):
    """The families with the tests of statements, and the answers, of whom a third find one statement truer than the others."""
    answers = leaning.copy()
    agree = answers["udsagn_hjalp"].notna().to_numpy() & (np.arange(700) % 3 == 0)
    answers.loc[agree, "udsagn_hjalp"] = "Meget enig"
    items = paired_comparisons(CODEBOOK, answers).items
    return replace(families(answers, theme=2), items=lambda edition: items[items["edition"] == edition]), answers


def test_statements_are_tested_among_those_who_answered_all_of_them(with_items):
    made, answers = with_items
    battery = [question.id for question in CODEBOOK.battery("udsagn")]
    asked = answers[battery].dropna()
    found = theme_of(made, "udsagn_hjalp")["udsagn", ITEMS, "Meget enig eller enig"]
    expected = cochrans_q(asked.isin(["Meget enig", "Enig"]).to_numpy().astype(int))
    assert len(asked) > 100 and found.test.p == pytest.approx(expected.pvalue, rel=1e-6)


def test_statements_are_corrected_with_what_else_the_book_compares(with_items):
    made, _ = with_items
    found, planned = theme_of(made, "udsagn_hjalp"), planned_by_hand()
    book = {key: one for key, one in found.items() if key[1] == ITEMS or key[:2] in planned}
    assert sum(key[1] == ITEMS for key in book) == len({*CODEBOOK.question("udsagn_hjalp").labels, "Meget enig eller enig", "Uenig eller meget uenig"})
    assert [one.corrected for one in book.values()] == pytest.approx(stats.false_discovery_control([one.test.p for one in book.values()]))
    without = theme_of(replace(made, items=lambda edition: None), "udsagn_hjalp")
    assert not any(key[1] == ITEMS for key in without)
    assert {one.among for one in book.values()} == {len(book)}


def test_only_the_theme_of_a_battery_has_its_tests(with_items):
    _, answers = with_items
    items = paired_comparisons(CODEBOOK, answers).items
    other = replace(families(answers, theme=4), items=lambda edition: items[items["edition"] == edition])
    assert not [key for key in theme_of(other, "tilfredshed") if key[1] == ITEMS and key[0] == "udsagn"]


# ---- what is left out, and what is stored ------------------------------------------------------

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
    accept, made = CODEBOOK.question("accept"), families(leaning)
    twice = {sum_.label for sum_ in accept.combined.values()} & set(accept.labels)
    rows = made.shown("hele-landet", {accept.id: accept})
    assert twice and not rows[rows["combined"] & rows["answer"].isin(twice)].size
    assert {key[2] for key in theme_of(made, "accept") if key[0] == "accept"} == set(accept.labels)


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
    assert len(theme_of(read, "tilfredshed")) > 30
    assert [key for key in theme_of(read, "tilfredshed", "vejle") if key[1] == REST]


def test_an_edition_without_stored_comparisons_makes_its_own(leaning):
    read = Families(families(leaning).of_edition, CODEBOOK, stored=lambda edition: None)
    assert len(theme_of(read, "tilfredshed")) > 30
