"""Protection: what it costs, what stays exact, and that what it cannot settle is made coarser and
not let through."""

import numpy as np
import pandas as pd
import pytest

from helpers.disclosure.attack import KINDS
from helpers.disclosure.audit import audit
from helpers.disclosure.protection import protection_of
from helpers.disclosure.questionnaire import questionnaire_of
from helpers.disclosure.rules import load_rules
from helpers.disclosure.witnesses import System
from helpers.survey.codebook import load_codebook
from helpers.survey.tabulation import tabulate
from tests.answers import random_answers


def test_what_is_hidden_of_the_synthetic_answers(case):
    """At most 18 per cent in all, 6 in the country, 25 in any municipality; nothing for sure in a
    small group."""
    found = audit(case.protection)
    assert found.share(found.hidden) <= 0.18
    editions = {edition: found.of((edition,)) for edition in found.counts["edition"]}
    shares = {edition: one.share(one.hidden) for edition, one in editions.items()}
    assert shares["hele-landet"] <= 0.06 and max(shares.values()) <= 0.25
    assert found.found == 0 and sum(found.total(kind) for kind in KINDS) == 0
    truth = case.estimates
    assert found.total("estimates") == (truth["base"] > 0).sum()
    assert found.total("lav_base") == ((truth["base"] > 0) & (truth["base"] < 10)).sum()


def test_every_small_group_is_hidden_whole_and_nearly_nothing_else_is(case):
    """Beside them only tables of the question on video, which so few were asked that combined
    answers leave too little."""
    published, truth = case.protection.published.estimates, case.estimates
    small = (truth["base"] < 10).to_numpy()
    assert (published.loc[small, "hidden"] != "").all()
    assert (
        published.loc[small, ["share", "low", "high", "base", "count", "step"]]
        .isna()
        .all(axis=None)
    )
    beyond = published[~small & (published["hidden"] != "").to_numpy()]
    assert set(beyond["question"]) <= {"video"} and len(beyond) < 0.002 * len(published)


def test_classes_hold_the_truth_and_counts_are_told_of_what_everybody_may_know(case):
    published, truth = case.protection.published.estimates, case.estimates
    shown = (published["hidden"] == "").to_numpy()
    share = truth["share"].to_numpy()[shown]
    low, high = (published[name].to_numpy(float)[shown] for name in ("low", "high"))
    assert (low <= share + 1e-12).all() and (
        (share < high - 1e-12) | (high == 1) | (low == high)
    ).all()
    told = published["count"].notna().to_numpy()
    country = ((published["edition"] == "hele-landet") & (published["breakdown"] == "")).to_numpy()
    alone = (
        published["question"].isin(["koen", "alder"]) & published["breakdown"].isin(["", "kommune"])
    ).to_numpy()
    place = (published["question"] == "kommune").to_numpy()
    assert told.sum() > 300 and (told <= (country | alone | place)).all()
    assert (published["count"][told] == truth["count"][told]).all()


def test_the_same_numbers_are_told_in_the_same_way_wherever_they_stand(case):
    """A municipality's own edition and the country's table by municipality must not add up to more
    than either."""
    published = case.protection.published.estimates
    names = ["question", "answer", "low", "high", "base", "hidden"]
    beside = published[published["breakdown"] == "kommune"]
    own = published[(published["breakdown"] == "") & (published["edition"] == "vejle")]
    in_country = beside[(beside["group"] == "Vejle") & (beside["question"] != "kommune")][
        names
    ].reset_index(drop=True)
    mine = own[own["question"].isin(in_country["question"])][names].reset_index(drop=True)
    assert len(mine) > 100
    pd.testing.assert_frame_equal(
        in_country.astype({"question": str, "answer": str, "hidden": str}),
        mine.astype({"question": str, "answer": str, "hidden": str}),
    )


@pytest.mark.parametrize(
    ("respondents", "skipped", "seed"), [(300, 0.0, 1), (900, 0.03, 2), (2_500, 0.3, 3)]
)
def test_answers_of_all_sizes_are_protected(respondents, skipped, seed):
    """Nothing is left that the attack is sure of, whatever the answers; nothing but small groups
    and what is near them is hidden."""
    codebook = load_codebook("citizens")
    answers = random_answers(codebook, respondents, seed=seed, skipped=skipped)
    protection = protection_of(
        tabulate(codebook, answers), questionnaire_of(codebook, answers), load_rules()
    )
    found = audit(protection)
    assert found.found == 0
    assert found.total("afledt") <= 0.02 * found.total("estimates")


def test_a_question_that_nobody_in_a_municipality_answered_costs_that_question_there(case):
    codebook, answers = load_codebook("citizens"), case.answers.copy()
    answers.loc[answers["kommune"] == "Vejle", "interesse"] = np.nan
    for column in [name for name in answers if name.startswith(("fordele: ", "ulemper: "))]:
        answers.loc[answers["kommune"] == "Vejle", column] = pd.NA
    published = protection_of(
        tabulate(codebook, answers), questionnaire_of(codebook, answers), load_rules()
    ).published.estimates
    before = case.protection.published.estimates
    lost = (published["hidden"] != "") & (before["hidden"] == "")
    assert set(published.loc[lost, "question"].astype(str)) <= {"interesse", "fordele", "ulemper"}
    vejle = (published["edition"] == "vejle") | (published["group"] == "Vejle")
    assert (vejle & lost).sum() > 100 and (~vejle & lost).sum() < 60


def test_making_a_table_finer_by_hand_is_found(case):
    """The attack is no formality: with exact shares in every group it is sure of hundreds of
    answers."""
    attackable = case.protection.attackable
    rules = attackable.rules
    exact = rules.model_copy(
        update={
            "steps": rules.steps.model_copy(
                update={"groups": {10: 0.2}, "totals": {10: 0.2}, "country": {10: 0.2}}
            ),
            "ends": rules.ends.model_copy(
                update=dict.fromkeys(("country", "totals", "groups"), {10: 2})
            ),
            "base_to": 1,
        }
    )
    protection = protection_of(case.estimates, case.questionnaire, exact)
    assert (protection.coarser > 0).mean() > 0.05
    first = type(attackable)(**{**vars(attackable), "rules": exact}).attacked(
        np.zeros(len(case.estimates), int)
    )
    assert (first.kind != "").sum() > 500


def test_a_witness_looks_the_same_and_has_another_count(case):
    """One found table for a count in a small group, held against what is published by hand."""
    attackable = case.protection.attackable
    system = System.of(case.protection, case.questionnaire.codebook, case.answers)
    truth, places = attackable.truth, attackable.places
    small = np.flatnonzero(
        (truth["base"] == 8)
        & (truth["count"] > 0)
        & (truth["edition"] == "vejle")
        & ~truth["combined"]
    )
    row = next(
        row
        for row in small
        if system.has_witness(places.edition[row], places.number[row], truth["count"].iat[row])
    )
    edition, number = places.edition[row], places.number[row]
    cost = np.zeros(len(system.count))
    cost[number] = 1
    tables = [
        found
        for sign in (1, -1)
        if (found := system.solved(edition, sign * cost)) is not None
        and round(found[number]) != truth["count"].iat[row]
    ]
    other = np.rint(tables[0])
    published = case.protection.published.estimates
    here = (places.edition == edition) & (places.number >= 0) & (places.base >= 0)
    shown = here & (published["hidden"] == "").to_numpy() & ~attackable.rows.exempt
    count, base = other[places.number[shown]], other[places.base[shown]]
    low, high = (published[name].to_numpy(float)[shown] for name in ("low", "high"))
    assert (low * base <= count + 1e-9).all() and ((count < high * base) | (high == 1)).all()
    told = published["base"].to_numpy(float)[shown]
    assert (abs(base - told) <= 2).all() and (base[told % 5 != 0] == told[told % 5 != 0]).all()
