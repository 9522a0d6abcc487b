"""What is published of estimates: hidden and as exact as the rules say, row by row, and no more."""

from fractions import Fraction
from math import floor

import numpy as np
import pandas as pd
import pytest
import yaml
from answers import by_rules_alone, published_of, random_answers

from helpers.disclosure.rules import LOW_BASE, RECOGNISABLE, Rules, load_rules
from helpers.disclosure.shares import Published
from helpers.paths import DATA
from helpers.survey.codebook import load_codebook
from helpers.survey.editions import slug
from helpers.survey.tabulation import tabulate

RULES = load_rules()
FILE = yaml.safe_load((DATA / "disclosure.yaml").read_text(encoding="utf-8"))
NUMBERS = ["count", "base", "share", "low", "high", "step"]
TEXTS = ["edition", "question", "breakdown", "group", "answer"]


@pytest.fixture(scope="module")
def codebook():
    return load_codebook("citizens")


@pytest.fixture(scope="module")
def answers(codebook):
    return random_answers(codebook, 900, seed=5)


@pytest.fixture(scope="module")
def estimates(codebook, answers):
    return tabulate(codebook, answers)


@pytest.fixture(scope="module")
def named(codebook, answers):
    return codebook.for_municipalities(tuple(sorted(answers["kommune"].unique())))


@pytest.fixture(scope="module")
def by_rules(estimates, named):
    return by_rules_alone(estimates, named, RULES).estimates


@pytest.fixture(scope="module")
def shown(codebook, answers):
    return published_of(codebook, answers, RULES).estimates


def is_exact(row):
    """Whether a number may be told as it is: a total of the country, sex and age, who is where."""
    everybody = row.breakdown in ("", "kommune")
    return (
        row.question == "kommune"
        or (everybody and row.question in ("koen", "alder"))
        or (row.edition == "hele-landet" and not row.breakdown)
    )


def scope_of(row):
    country = row.edition == "hele-landet"
    return (
        "totals"
        if row.breakdown == ("kommune" if country else "")
        else "country"
        if country
        else "groups"
    )


def at(scope, base):
    return scope[max((start for start in scope if start <= base), default=min(scope))]


def published_base(row, places):
    """The base as it may be told: exactly where everybody may know it, else to the nearest five."""
    place = row.group if row.breakdown == "kommune" else row.edition if not row.breakdown else None
    printed = (row.edition, row.question, row.breakdown, row.group) == (
        "hele-landet",
        "video",
        "maalgruppe",
        "6.6 - Sygedagpengemodtager",
    )
    return (
        row.base
        if is_exact(row) or printed or row.base == places.get(place)
        else 5 * floor(Fraction(row.base, 5) + Fraction(1, 2))
    )


def rows_of(estimates):
    return list(
        estimates.astype(
            dict.fromkeys([*TEXTS, "hidden"] if "hidden" in estimates else TEXTS, str)
        ).itertuples(index=False)
    )


def test_the_rules_hide_small_groups_whole_and_nothing_else(estimates, by_rules):
    small = (estimates["base"] < 10).to_numpy()
    assert ((by_rules["hidden"] == LOW_BASE) == small).all() and (
        (by_rules["hidden"] == "") == ~small
    ).all()
    assert (estimates.loc[small, "count"] == 0).any() and (
        estimates.loc[small & (estimates["base"] > 0), "count"] > 0
    ).any()
    # nobody, of ten or more, is told like any other share
    assert (estimates.loc[~small, "count"] == 0).any()


def test_a_hidden_estimate_has_no_number(shown):
    hidden = shown["hidden"] != ""
    assert hidden.sum() > 1000 and shown.loc[hidden, NUMBERS].isna().all(axis=None)


def test_what_is_exact_is_the_number_itself_and_only_that_has_a_count(estimates, shown):
    exact = (
        np.array([is_exact(row) for row in rows_of(estimates)]) & (shown["hidden"] == "").to_numpy()
    )
    assert (
        exact.sum() > 200
        and (shown["count"].notna() == exact).all()
        and (shown.loc[exact, "step"] == 0).all()
    )
    assert (
        shown.loc[exact, ["count", "base"]].astype(int) == estimates.loc[exact, ["count", "base"]]
    ).all(axis=None)
    share = estimates.loc[exact, "count"] / estimates.loc[exact, "base"]
    assert all(
        np.allclose(shown.loc[exact, name], share, atol=1e-12) for name in ("share", "low", "high")
    )


def test_small_counts_of_sex_and_age_are_told_alone_but_not_crossed_with_anything(estimates, shown):
    small = estimates["count"].between(1, 4) & (estimates["base"] >= 10)
    alone = small & (estimates["question"] == "alder") & (estimates["breakdown"] == "")
    assert alone.any() and shown.loc[alone, "count"].notna().all()
    by_age = small & (estimates["breakdown"] == "alder")
    assert by_age.any() and shown.loc[by_age, "count"].isna().all()


def test_a_base_is_rounded_unless_it_is_what_everybody_may_know(answers, estimates, by_rules):
    people = answers["kommune"].value_counts().to_dict()
    places = (
        people
        | {slug(name): number for name, number in people.items()}
        | {"hele-landet": len(answers)}
    )
    shown = (by_rules["hidden"] == "").to_numpy()
    expected = [published_base(row, places) for row in rows_of(estimates[shown])]
    assert by_rules.loc[shown, "base"].tolist() == expected
    assert (by_rules.loc[shown, "base"] != estimates.loc[shown, "base"]).sum() > 1000


def test_every_other_share_is_in_the_class_that_its_base_gives(estimates, by_rules):
    """Whose steps and ends hold at which base; `test_precision` has the classes themselves."""
    told = [
        (row, true)
        for row, true in zip(rows_of(by_rules), rows_of(estimates))
        if not row.hidden and not is_exact(row)
    ]
    assert len(told) > 2000 and {scope_of(row) for row, _ in told} == {
        "country",
        "totals",
        "groups",
    }
    for row, true in told:
        step, people = (
            at(FILE["steps"][scope_of(row)], row.base),
            at(FILE["ends"][scope_of(row)], row.base),
        )
        exact, low, high = (
            Fraction(true.count, true.base),
            *(Fraction(round(2000 * end), 2000) for end in (row.low, row.high)),
        )
        assert (
            row.step == step
            and low <= exact <= high
            and row.share == pytest.approx(float(low + high) / 2)
        )
        if low > 0 and high < 1:
            assert high - low == Fraction(str(step)) / 100
            assert low < exact + Fraction(1, 10**9) < high
        else:
            counts = [Fraction(count, row.base) for count in range(row.base + 1)]
            held = [one for one in counts if (one < high if low == 0 else one >= low)]
            # Of the coarsest steps there are two open classes and one between them.
            assert len(held) >= people or high - low > Fraction(3, 10)


def test_the_attack_makes_tables_coarser_and_never_finer(by_rules, shown):
    both = ((by_rules["hidden"] == "") & (shown["hidden"] == "")).to_numpy()
    assert (shown.loc[both, "step"] >= by_rules.loc[both, "step"]).all()
    assert (shown.loc[(by_rules["hidden"] != "").to_numpy(), "hidden"] != "").all()
    exact = (by_rules["step"] == 0).to_numpy()
    assert (shown.loc[exact, "step"] == 0).all()  # what everybody may know is left alone


def test_the_same_answers_are_published_alike(codebook, answers, shown):
    pd.testing.assert_frame_equal(published_of(codebook, answers, RULES).estimates, shown)


def test_who_the_respondents_are_is_not_broken_down_by_what_else_they_are(estimates):
    background = ["alder", "koen", "uddannelse", "varighed", "maalgruppe", "kommune"]
    tables = estimates[estimates["question"].isin(background)]
    assert set(tables["breakdown"].astype(str)) == {"", "kommune"}
    asked_for = estimates[
        (estimates["question"] == "foerste_dag") & (estimates["breakdown"] == "maalgruppe")
    ]
    assert set(asked_for["edition"].astype(str)) == {"hele-landet"}


def test_institutions_are_never_broken_down(estimates, named):
    institutions = named.model_copy(
        update={"unit": named.unit.model_copy(update={"institution": True})}
    )
    shown = by_rules_alone(estimates, institutions, RULES).estimates
    broken_down = (shown["breakdown"] != "").to_numpy()
    assert set(shown.loc[broken_down, "hidden"]) == {RECOGNISABLE} and shown.loc[
        broken_down, NUMBERS
    ].isna().all(axis=None)
    assert (
        shown.loc[~broken_down & (shown["edition"] == "hele-landet").to_numpy(), "hidden"] == ""
    ).any()
    assert load_codebook("jobcentres").unit.institution and not named.unit.institution
    with pytest.raises(ValueError, match="more exactly"):
        Published(by_rules_alone(estimates, named, RULES).estimates, institutions, RULES)


def altered(shown, at, **values):
    """The published estimates with the one at `at` told otherwise."""
    estimates = shown.astype({"hidden": str})
    estimates.loc[at, list(values)] = list(values.values())
    return estimates.astype({"hidden": "category"})


def first(shown, which):
    assert which.any()
    return shown.index[which][0]


@pytest.fixture(scope="module")
def stepped(shown):
    """A share of a municipality's group that is told in steps, with its base rounded."""
    return first(
        shown,
        (
            (shown["edition"] == "vejle")
            & (shown["breakdown"] == "koen")
            & (shown["step"] == 5)
            & (shown["low"] > 0)
            & (shown["high"] < 1)
        ).to_numpy(),
    )


def test_what_is_published_may_be_published_again(shown, named):
    assert (
        Published(shown, named, RULES)
        .of("vejle")
        .equals(shown[shown["edition"] == "vejle"].reset_index(drop=True))
    )


@pytest.mark.parametrize("number", NUMBERS)
def test_a_hidden_estimate_with_a_number_is_refused(shown, named, number):
    hidden = first(shown, (shown["hidden"] != "").to_numpy())
    with pytest.raises(ValueError, match="1 estimates are told more exactly"):
        Published(altered(shown, hidden, **{number: 10}), named, RULES)


def test_a_hidden_estimate_that_is_opened_is_refused(shown, estimates, named):
    hidden = first(shown, ((shown["hidden"] != "") & (estimates["base"] > 0)).to_numpy())
    true = {"base": 5, "share": 0.5, "low": 0.25, "high": 0.75, "step": 50, "hidden": ""}
    with pytest.raises(ValueError, match="1 estimates are told more exactly"):
        Published(altered(shown, hidden, **true), named, RULES)


def test_a_count_outside_what_is_exempt_is_refused(shown, estimates, named, stepped):
    with pytest.raises(ValueError, match="1 estimates are told more exactly"):
        Published(altered(shown, stepped, count=estimates.loc[stepped, "count"]), named, RULES)
    unprotected = estimates.assign(
        hidden="", low=estimates["share"], high=estimates["share"], step=0.0
    )
    with pytest.raises(ValueError, match="more exactly"):
        Published(unprotected, named, RULES)


def test_a_finer_step_than_the_base_can_bear_is_refused(shown, named, stepped):
    share = shown.loc[stepped, "share"]
    with pytest.raises(ValueError, match="1 estimates are told more exactly"):
        Published(
            altered(shown, stepped, step=1.0, low=share - 0.005, high=share + 0.005), named, RULES
        )
    wider = altered(shown, stepped, step=10.0, share=0.5, low=0.45, high=0.55)
    assert Published(wider, named, RULES).estimates.loc[stepped, "step"] == 10


@pytest.mark.parametrize("name", ["base", "share", "low", "high"])
def test_a_number_between_those_that_its_step_and_base_allow_is_refused(
    shown, named, stepped, name
):
    """Such as a base that is not rounded, or the exact share where its class should stand."""
    changed = shown.loc[stepped, name] + (1 if name == "base" else 0.001)
    with pytest.raises(ValueError, match="1 estimates are told more exactly"):
        Published(altered(shown, stepped, **{name: changed}), named, RULES)


def test_a_narrower_open_class_than_the_rules_say_is_refused(shown, named):
    low = first(
        shown,
        ((shown["edition"] == "vejle") & (shown["low"] == 0) & (shown["step"] == 1)).to_numpy(),
    )
    assert shown.loc[low, "high"] > 0.005
    with pytest.raises(ValueError, match="1 estimates are told more exactly"):
        Published(altered(shown, low, share=0.0025, high=0.005), named, RULES)


STRICT = {  # the strictest there is of all that is a set of numbers by base, or a yes or no
    "steps": {name: {10: 50} for name in ("country", "totals", "groups")},
    "ends": {name: {10: 9} for name in ("country", "totals", "groups")},
    "exact": {"country_totals": False, "background": False, "sizes": ()},
}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("minimum_base",), 9),
        (("base_to",), 1),
        (("nobody_base",), 50),
        (("minimum_weighted_base",), 50),
        *((("steps", scope), {10: 50, 4000: 25}) for scope in ("country", "totals", "groups")),
        *((("steps", scope), {10: 25}) for scope in ("country", "totals", "groups")),
        *((("ends", scope), {10: 9, 3000: 8}) for scope in ("country", "totals", "groups")),
        (("exact", "country_totals"), True),
        (("exact", "background"), True),
        (("exact", "sizes"), ({"question": "video", "breakdown": "koen", "group": "Mand"},)),
    ],
    ids=lambda part: "-".join(part) if isinstance(part, tuple) and isinstance(part[0], str) else "",
)
def test_rules_are_laxer_when_any_of_them_lets_more_be_told(path, value):
    strict = Rules.model_validate(RULES.model_dump() | STRICT)
    told = strict.model_dump()
    within = told
    for name in path[:-1]:
        within = within[name]
    assert within[path[-1]] != value
    within[path[-1]] = value
    changed = Rules.model_validate(told)
    assert changed.laxer_than(strict) and not strict.laxer_than(changed)


def test_rules_are_not_laxer_than_themselves_and_both_ways_when_each_has_something():
    assert not RULES.laxer_than(RULES)
    one, other = (
        RULES.model_copy(update={"minimum_base": 9}),
        RULES.model_copy(update={"base_to": 1}),
    )
    assert one.laxer_than(other) and other.laxer_than(one)


@pytest.mark.parametrize("scope", ["country", "totals", "groups"])
def test_the_fewer_have_answered_the_coarser_the_steps_in_force(scope):
    steps = [at(getattr(RULES.steps, scope), base) for base in range(RULES.minimum_base, 5000)]
    assert steps == sorted(steps, reverse=True) and len(set(steps)) > 2
    # fewer than ten are a small group: docs/decisions/0011-precision.md
    assert RULES.minimum_base >= 10 and RULES.base_to >= 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"steps": FILE["steps"] | {"groups": {10: 3}}},
        {"steps": FILE["steps"] | {"groups": {}}},
        {"ends": FILE["ends"] | {"groups": {10: 1}}},
        {"minimum_base": 2},
        {"minimum_counts": 5},
    ],
)
def test_rules_that_mean_nothing_are_refused(wrong):
    with pytest.raises(ValueError):
        Rules.model_validate(FILE | wrong)
