"""Disclosure control over linked tables: nothing hidden can be worked out, and it is the second step that sees to it."""

import numpy as np
import pandas as pd
import pytest

from answers import random_answers
from helpers.survey.codebook import load_codebook
from helpers.survey.dataset import open_dataset
from helpers.survey.disclosure import FEW_ANSWERS, LOW_BASE, NOBODY, load_rules, primary, released
from helpers.survey.suppression.attack import LARGEST, around, attack, solved, told
from helpers.survey.suppression.audit import audit
from helpers.survey.suppression.complementary import complement
from helpers.survey.suppression.equations import equations_of, numbers
from helpers.survey.suppression.proofs import proofs_of
from helpers.survey.suppression.protection import protection_of
from helpers.survey.tabulation import tabulate
from reading import worked_out

RULES = load_rules()


@pytest.fixture(scope="module")
def codebook():
    return load_codebook("citizens")


@pytest.fixture(scope="module")
def synthetic():
    return open_dataset("synthetic").answers("citizens")


def towns(answers, names):
    chosen = answers[answers["kommune"].isin(names)]
    return chosen.assign(kommune=chosen["kommune"].astype(str).astype("category"))


def skipping(answers, codebook, share):
    """The answers with some of the questions left out at random, as people do."""
    random = np.random.default_rng(3)
    for question in codebook.questions:
        if question.type != "municipality":
            gone = random.random(len(answers)) < share
            answers = answers.assign(**{column: answers[column].mask(gone) for column in question.columns if column in answers})
    return answers


@pytest.fixture(scope="module")
def four_towns(codebook, synthetic):
    estimates = tabulate(codebook, towns(synthetic, ["Albertslund", "Esbjerg", "Vejle", "Hedensted"]))
    return estimates, protection_of(estimates, codebook, RULES)


def names(estimates):
    return list(zip(*(estimates[name].astype(str) for name in ("edition", "question", "breakdown", "group", "answer"))))


def test_pen_and_paper_finds_nobody(four_towns, codebook):
    estimates, protection = four_towns
    truth = dict(zip(names(estimates), estimates["count"]))
    found = worked_out(protection.protected.estimates, codebook)
    assert [name for name in found if truth[name] > 0] == []


def test_pen_and_paper_finds_many_without_the_second_step(four_towns, codebook):
    estimates, protection = four_towns
    truth = dict(zip(names(estimates), estimates["count"]))
    found = worked_out(released(estimates, protection.primary), codebook)
    right = [name for name, value in found.items() if truth[name] == value and value > 0]
    assert len(right) > 100
    assert audit(protection, estimates).total("without") >= len(right)


def test_the_attack_succeeds_without_the_second_step_and_fails_with_it(four_towns, codebook):
    estimates, protection = four_towns
    told_ = audit(protection, estimates)
    assert told_.total("recovered") == 0 and told_.total("attacked") > 2000
    assert told_.total("without") > 100
    assert told_.narrowest >= 1
    assert told_.share_hidden < 0.65  # safe, and not because nothing is left


def test_a_hidden_number_stays_uncertain_to_a_linear_program_over_all_tables(four_towns, codebook):
    estimates, protection = four_towns
    shown, equations = protection.protected.estimates, equations_of(estimates, codebook)
    real = numbers(estimates, equations)
    least, most = told(shown, equations, real)
    hidden = np.flatnonzero(protection.attacked.hidden & ~protection.attacked.known)
    for row in np.random.default_rng(1).choice(hidden, 4, replace=False):
        assert len(real) <= LARGEST  # all tables are around it
        low, high = solved(equations, least, most, real, row)
        assert low <= estimates["count"].iloc[row] <= high and high - low >= 1 - 1e-6


def test_a_linear_program_over_what_is_around_claims_no_more_than_one_over_everything(four_towns, codebook, monkeypatch):
    estimates, protection = four_towns
    equations = equations_of(estimates, codebook)
    real = numbers(estimates, equations)
    least, most = told(protection.protected.estimates, equations, real)
    hidden = np.flatnonzero(protection.attacked.hidden & ~protection.attacked.known)
    narrower = 0
    for row in np.random.default_rng(2).choice(hidden, 3, replace=False):
        low, high = solved(equations, least, most, real, row)
        for largest in (40, 400, 4000):
            monkeypatch.setattr("helpers.survey.suppression.attack.LARGEST", largest)
            near = around(equations, row)
            assert near[row] and near.sum() <= largest
            closest, furthest = solved(equations, least, most, real, row)
            assert low - 1e-6 <= closest <= real[row] + 1e-6 and real[row] - 1e-6 <= furthest <= high + 1e-6
            narrower += furthest - closest < high - low - 1e-6
        monkeypatch.undo()
    assert narrower


def test_a_proof_that_breaks_a_table_is_not_believed(four_towns, codebook):
    estimates, protection = four_towns
    first, equations = protection.primary, equations_of(estimates, codebook)
    more = complement(estimates, codebook, equations, first.hidden != "", first.base_hidden)
    proofs = proofs_of(more.swaps, more.moves, more.copy_of, equations)
    shown, open_ = protection.protected.estimates, np.zeros(len(estimates), bool)
    assert not attack(shown, estimates, equations, proofs, open_).recovered.any()
    proofs.data = proofs.data.copy()
    proofs.data[proofs.indptr[:-1]] *= 2  # one number of each proof changes by two, and its sums no longer fit
    assert attack(shown, estimates, equations, proofs, open_).recovered.sum() > 1000


def test_everything_that_the_rules_hide_is_hidden_and_nothing_that_is_shown_is_another_number(four_towns):
    estimates, protection = four_towns
    shown = protection.protected.estimates
    assert (shown.loc[protection.primary.hidden != "", "hidden"] != "").all()
    open_ = shown["hidden"] == ""
    assert (shown.loc[open_, "count"] == estimates.loc[open_, "count"]).all()
    assert (shown["base"].dropna() == estimates.loc[shown["base"].notna(), "base"]).all()
    assert set(shown["hidden"]) == {"", FEW_ANSWERS, LOW_BASE, NOBODY}
    assert (estimates.loc[(shown["hidden"] == NOBODY).to_numpy(), "count"] == 0).all()


def test_little_of_the_country_is_hidden_for_the_sake_of_nobody(synthetic, codebook):
    """One person of a sex of their own: men or women have to give up a few answers for that, not all of them."""
    estimates = tabulate(codebook, synthetic)
    shown = protection_of(estimates, codebook, RULES).protected.estimates
    by_sex = shown[(shown["edition"] == "hele-landet") & (shown["question"] == "tilfredshed") & (shown["breakdown"] == "koen")]
    assert (by_sex[by_sex["group"].isin(["Mand", "Kvinde"])]["hidden"] == "").mean() > 0.6
    assert (shown[(shown["question"] == "tilfredshed") & (shown["breakdown"] == "alder") & (shown["edition"] == "hele-landet")]["hidden"] == "").all()


def test_the_country_s_totals_are_shown_whatever_is_hidden(four_towns):
    estimates, protection = four_towns
    totals = (estimates["edition"] == "hele-landet") & (estimates["breakdown"] == "") & (estimates["base"] >= RULES.minimum_base)
    assert totals.any() and (protection.protected.estimates.loc[totals, "hidden"] == "").all()


@pytest.mark.parametrize("chosen", [["Vejle"], ["Vejle", "Albertslund"]])
def test_few_municipalities_are_safe_too(chosen, codebook, synthetic):
    estimates = tabulate(codebook, towns(synthetic, chosen))
    protection = protection_of(estimates, codebook, RULES)
    truth = dict(zip(names(estimates), estimates["count"]))
    known = {name for name, told_ in zip(names(estimates), protection.attacked.known) if told_}
    assert not protection.attacked.recovered.any()
    found = worked_out(protection.protected.estimates, codebook)
    assert [name for name in found if truth[name] > 0 and name not in known] == []


def test_answers_left_out_are_no_way_in(codebook, synthetic):
    estimates = tabulate(codebook, skipping(towns(synthetic, ["Esbjerg", "Vejle", "Hedensted"]), codebook, 0.03))
    protection = protection_of(estimates, codebook, RULES)
    truth = dict(zip(names(estimates), estimates["count"]))
    assert not protection.attacked.recovered.any()
    found = worked_out(protection.protected.estimates, codebook, complete=False)
    assert [name for name, value in found.items() if truth[name] > 0 and value == truth[name]] == []


def test_few_answers_leave_little_but_tell_of_nobody(codebook):
    estimates = tabulate(codebook, random_answers(codebook, 60, seed=7))
    protection = protection_of(estimates, codebook, RULES)
    assert not protection.attacked.recovered.any()
    totals = (estimates["edition"] == "hele-landet") & (estimates["breakdown"] == "") & (estimates["base"] >= RULES.minimum_base)
    assert (protection.protected.estimates.loc[totals, "hidden"] == "").all()


def test_the_same_answers_give_the_same_choice(codebook, synthetic):
    estimates = tabulate(codebook, towns(synthetic, ["Vejle", "Albertslund"]))
    once, again = (protection_of(estimates, codebook, RULES).protected.estimates for _ in range(2))
    pd.testing.assert_frame_equal(once, again)
