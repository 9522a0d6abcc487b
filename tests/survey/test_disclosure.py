import pytest

from answers import random_answers
from helpers.survey.codebook import load_codebook
from helpers.survey.disclosure import Protected, Rules, load_rules
from helpers.survey.suppression.protection import protect
from helpers.survey.tabulation import tabulate

RULES = Rules(minimum_base=10, minimum_count=5)


@pytest.fixture(scope="module")
def codebook():
    return load_codebook("citizens")


@pytest.fixture(scope="module")
def estimates(codebook):
    return tabulate(codebook, random_answers(codebook, 900, seed=5))


@pytest.fixture(scope="module")
def shown(estimates, codebook):
    return protect(estimates, codebook, RULES).estimates


def test_the_thresholds_in_force():
    assert load_rules() == RULES


def test_small_groups_and_small_counts_are_hidden_and_others_shown(estimates, shown):
    for before, after in zip(estimates.itertuples(index=False), shown.itertuples(index=False)):
        crossed = before.breakdown != "" or (before.edition != "hele-landet" and before.question not in ("alder", "koen"))
        expected = "lav_base" if before.base < 10 else "faa_svar" if crossed and 1 <= before.count <= 4 else ""
        assert after.hidden == expected
        if expected == "":
            assert (after.count, after.base) == (before.count, before.base)
    assert set(shown["hidden"]) == {"", "lav_base", "faa_svar"}


def test_a_hidden_estimate_has_no_number(shown):
    hidden = shown[shown["hidden"] != ""]
    assert hidden["count"].isna().all() and hidden["share"].isna().all()
    assert shown.loc[shown["hidden"] == "lav_base", "base"].isna().all()


def test_sex_and_age_alone_are_exempt_but_not_crossed(estimates, shown):
    small = estimates["count"].between(1, 4) & (estimates["base"] >= 10) & (estimates["question"] == "alder")
    alone = small & (estimates["breakdown"] == "")
    assert alone.any() and (shown.loc[alone, "hidden"] == "").all()
    assert (shown.loc[small & ~alone, "hidden"] == "faa_svar").all()


def test_unprotected_estimates_cannot_be_released(estimates, shown, codebook):
    with pytest.raises(ValueError, match="disclosure"):
        Protected(estimates.assign(hidden=""), codebook, RULES)
    leaking = shown.assign(count=estimates["count"].astype("Int64"))
    with pytest.raises(ValueError, match="disclosure"):
        Protected(leaking, codebook, RULES)


def test_institutions_are_never_broken_down(estimates, codebook):
    institutions = codebook.model_copy(update={"unit": codebook.unit.model_copy(update={"institution": True})})
    shown = protect(estimates, institutions, RULES).estimates
    broken_down = shown[shown["breakdown"] != ""]
    assert set(broken_down["hidden"]) == {"genkendelig"}
    assert broken_down[["count", "base", "share"]].isna().all(axis=None)
    assert (shown.loc[(shown["breakdown"] == "") & (shown["edition"] == "hele-landet"), "hidden"] == "").any()
    assert load_codebook("jobcentres").unit.institution and not codebook.unit.institution
