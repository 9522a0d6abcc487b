import pytest

from answers import random_answers
from helpers.survey.codebook import load_codebook
from helpers.survey.disclosure import Protected, Rules, load_rules, reasons
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


def test_the_rules_hide_small_groups_small_counts_and_what_everybody_says(estimates, codebook):
    country = estimates[(estimates["edition"] == "hele-landet") & (estimates["breakdown"] == "")].groupby("question", observed=True)["base"].first()
    codes = reasons(estimates, codebook, RULES)
    for row, code in zip(estimates.itertuples(index=False), codes):
        alone = row.question in ("alder", "koen") and row.breakdown in ("", "kommune")
        crossed = row.base != country[row.question] and not alone and row.question != "kommune"
        few = crossed and (1 <= row.count <= 4 or row.count == row.base)
        assert code == ("ingen" if row.base == 0 else "lav_base" if row.base < 10 else "faa_svar" if few else "")
    assert set(codes) == {"", "lav_base", "faa_svar", "ingen"}


def test_what_is_shown_is_the_number_itself_and_what_the_rules_hide_is_hidden(estimates, shown, codebook):
    open_ = shown["hidden"] == ""
    assert (shown.loc[open_, "count"] == estimates.loc[open_, "count"]).all() and (shown.loc[open_, "base"] == estimates.loc[open_, "base"]).all()
    assert not (open_ & (reasons(estimates, codebook, RULES) != "")).any() and open_.any()


def test_a_hidden_estimate_has_no_number(shown):
    hidden = shown[shown["hidden"] != ""]
    assert hidden["count"].isna().all() and hidden["share"].isna().all()
    assert shown.loc[shown["hidden"] == "lav_base", "base"].isna().all()


def test_sex_and_age_alone_are_exempt_but_not_what_is_crossed_with_them(estimates, shown):
    small = estimates["count"].between(1, 4) & (estimates["base"] >= 10)
    alone = small & (estimates["question"] == "alder")
    assert alone.any() and (shown.loc[alone, "hidden"] == "").all()
    by_age = small & (estimates["breakdown"] == "alder") & (estimates["edition"] != "hele-landet")
    assert by_age.any() and (shown.loc[by_age, "hidden"] != "").all()


def test_who_the_respondents_are_is_not_broken_down_by_what_else_they_are(estimates):
    background = ["alder", "koen", "uddannelse", "varighed", "maalgruppe", "kommune"]
    tables = estimates[estimates["question"].isin(background)]
    assert set(tables["breakdown"].astype(str)) == {"", "kommune"}
    asked_for = estimates[(estimates["question"] == "foerste_dag") & (estimates["breakdown"] == "maalgruppe")]
    assert set(asked_for["edition"].astype(str)) == {"hele-landet"}


def test_rules_are_laxer_when_any_threshold_is_lower():
    assert Rules(minimum_base=9, minimum_count=6).laxer_than(RULES) and not Rules(minimum_base=12, minimum_count=5).laxer_than(RULES)


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
