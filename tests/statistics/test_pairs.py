"""Comparisons among the same people against a count by hand, on the synthetic answers and a few
invented ones."""

from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from answers import random_answers
from statsmodels.stats.contingency_tables import cochrans_q

from helpers.disclosure.opening import open_dataset
from helpers.statistics.paired import RANDOM_ORDERS, cochran_q, paired_difference
from helpers.statistics.pairs import ITEMS, PAIRS, paired_comparisons
from helpers.statistics.undefined import Undefined
from helpers.survey.codebook import load_codebook
from helpers.survey.tabulation import tabulate

SMALL = """
survey: laanere
title: Lånernes bibliotek
report: Ingen
unit: {singular: låner, plural: lånere, definite_plural: lånerne}
respondents: 8
questions:
  - {id: sted, text: Hvor låner du?, short: Sted, type: municipality, role: background}
  - id: laant
    text: Hvad har du lånt?
    short: Lånt
    type: multiple
    options: [Bøger, Musik, Spil]
  - id: glad
    text: Er du glad for biblioteket?
    short: Glad
    type: single
    options: ["Ja", "Nej", Ved ikke]
  - id: udvalg
    text: Hvad synes du om udvalget?
    short: Udvalg
    type: battery
    items: [{id: boeger, text: Bøger}, {id: musik, text: Musik}, {id: spil, text: Spil}]
    options: [Godt, Nogenlunde, Skidt]
    combined:
      positive: {label: Godt eller nogenlunde, options: [Godt, Nogenlunde]}
      negative: {label: Dårligt, options: [Skidt]}
"""

# Eight people, of whom the first five are in Vejle. The fifth has a damaged row: where the first
# box has no answer, tables take the question not to be answered.
FEW = pd.DataFrame(
    {
        "sted": ["Vejle"] * 5 + ["Esbjerg"] * 2 + [None],
        "laant: Bøger": pd.array(
            [True, True, True, False, None, True, False, None], dtype="boolean"
        ),
        "laant: Musik": pd.array(
            [True, False, False, True, True, False, False, None], dtype="boolean"
        ),
        "laant: Spil": pd.array([False] * 4 + [True, False, False, None], dtype="boolean"),
        "glad": ["Ja", "Ja", "Nej", None, "Ja", "Ja", "Ved ikke", "Nej"],
        "boeger": ["Godt", "Godt", "Godt", "Nogenlunde", None, "Skidt", "Godt", "Godt"],
        "musik": ["Godt", "Skidt", "Skidt", "Godt", "Godt", None, "Nogenlunde", "Skidt"],
        "spil": ["Skidt", "Skidt", None, "Skidt", "Godt", "Godt", "Skidt", "Nogenlunde"],
    }
)


@pytest.fixture(scope="module")
def laanere(tmp_path_factory):
    path = tmp_path_factory.mktemp("codebook") / "laanere.yaml"
    path.write_text(SMALL, encoding="utf-8")
    return load_codebook(path)


@pytest.fixture(scope="module")
def few(laanere):
    return paired_comparisons(laanere, FEW.astype({"sted": "category"}), minimum=1)


@pytest.fixture(scope="module")
def surveys():
    dataset = open_dataset()
    names = ("citizens", "jobcentres")
    return {name: (dataset.codebook(name), dataset.answers(name)) for name in names}


@pytest.fixture(scope="module")
def compared(surveys):
    return {name: paired_comparisons(*survey) for name, survey in surveys.items()}


def row(table, edition="hele-landet", **keys):
    """The one row of an edition with these keys."""
    keys["edition"] = edition
    found = table[np.logical_and.reduce([table[name] == value for name, value in keys.items()])]
    assert len(found) == 1, keys
    return found.iloc[0]


def same(found, expected):
    """Whether a row says what the comparison of its own counts says."""
    assert found["base"] == expected.base
    told = [found[name] for name in ("p", "gap", "low", "high")]
    assert told == pytest.approx([expected.p, expected.gap, expected.low, expected.high])


# ---- by hand


def test_two_statements_are_compared_among_those_who_answered_both(few):
    # Books and music, "Godt": the 1st both, the 2nd, 3rd and 8th books, the 4th music; the 7th
    # books; the 5th and the 6th did not answer both.
    keys = {"subject": "udvalg", "answer": "Godt", "first": "boeger", "second": "musik"}
    same(row(few.pairs, **keys), paired_difference(1, 4, 1, 0))
    # In Vejle the first four.
    same(row(few.pairs, "vejle", **keys), paired_difference(1, 2, 1, 0))
    # Music and games, good or nearly so: 1 and 4 music; 5 both; 7 music; 8 games; 2 neither.
    keys = {"answer": "Godt eller nogenlunde", "first": "musik", "second": "spil"}
    same(row(few.pairs, subject="udvalg", **keys), paired_difference(1, 3, 1, 1))


def test_the_options_of_a_question_are_compared_among_those_who_answered_it(few):
    found = row(few.pairs, subject="laant", first="Bøger", second="Musik")
    same(found, paired_difference(1, 3, 1, 1))
    assert found["answer"] == ""
    found = row(few.pairs, subject="laant", first="Musik", second="Spil")
    same(found, paired_difference(0, 2, 0, 4))
    found = row(few.pairs, subject="glad", first="Ja", second="Nej")
    same(found, paired_difference(0, 4, 2, 1))
    found = row(few.pairs, "esbjerg", subject="glad", first="Ja", second="Ved ikke")
    same(found, paired_difference(0, 1, 1, 0))


def test_all_statements_are_compared_among_those_who_answered_all(few):
    # The 1st, 2nd, 4th, 7th and 8th; "Godt": (1, 1, 0), (1, 0, 0), (0, 1, 0), (1, 0, 0), (1, 0, 0).
    found = row(few.items, battery="udvalg", answer="Godt")
    expected = cochran_q([(1, 1, 0), (1, 0, 0), (0, 1, 0), (1, 0, 0), (1, 0, 0)])
    assert (found["base"], found["p"], found["method"]) == (5, expected.p, RANDOM_ORDERS)
    # "Skidt": (0, 0, 1), (0, 1, 1), (0, 0, 1), (0, 0, 1), (0, 1, 0).
    expected = cochran_q([(0, 0, 1), (0, 1, 1), (0, 0, 1), (0, 0, 1), (0, 1, 0)])
    assert row(few.items, battery="udvalg", answer="Skidt")["p"] == expected.p


def test_answers_are_told_as_tables_tell_them(few, laanere):
    """A sum of several options by its label; one that names a single option anew is no answer."""
    estimates = tabulate(laanere, FEW.astype({"sted": "category"}))
    told = estimates.loc[estimates["question"] == "boeger", "answer"].unique().tolist()
    assert set(told) == {"Godt", "Nogenlunde", "Skidt", "Godt eller nogenlunde"}
    assert set(few.items["answer"]) == set(told)
    assert set(few.pairs.loc[few.pairs["subject"] == "udvalg", "answer"]) == set(told)


def test_every_pair_has_one_row_in_each_edition(few):
    keys = ["edition", "subject", "answer"]
    pairs = few.pairs[~few.pairs["subject"].isin(["udvalg", "boeger", "musik", "spil"])]
    assert pairs.groupby(keys).size().to_dict() == {
        (edition, question, ""): 3
        for edition in ("hele-landet", "esbjerg", "vejle")
        for question in ("laant", "glad")
    }
    assert not few.pairs.duplicated([*keys, "first", "second"]).any()
    assert not few.items.duplicated(["edition", "battery", "answer"]).any()


def test_questions_of_different_people_are_not_compared(laanere):
    apart = FEW.astype({"sted": "category"})
    apart.loc[:3, "musik"] = apart.loc[4:, "boeger"] = None
    found = paired_comparisons(laanere, apart, minimum=0)
    assert found.items.empty
    battery = found.pairs[found.pairs["subject"] == "udvalg"]
    assert not battery.empty
    assert not ((battery["first"] == "boeger") & (battery["second"] == "musik")).any()


def test_nobody_has_answered(laanere):
    found = paired_comparisons(laanere, FEW.astype({"sted": "category"}).iloc[:0], minimum=0)
    for table, columns in ((found.items, ITEMS), (found.pairs, PAIRS)):
        assert table.empty and list(table.columns) == list(columns)
        pd.testing.assert_frame_equal(table, pd.DataFrame(columns=list(columns)).astype(columns))


# ---- the synthetic answers


def crossed(one, other):
    """How many of the people said yes to both, to the first, to the second, and to neither."""
    table = pd.crosstab(one, other)
    order = [True, False]
    return table.reindex(index=order, columns=order, fill_value=0).to_numpy().ravel()


@pytest.mark.parametrize("municipality", [None, "Vejle", "Albertslund"])
@pytest.mark.parametrize(
    "answer, options", [("Uenig", ["Uenig"]), ("Meget enig eller enig", ["Meget enig", "Enig"])]
)
def test_a_battery_is_as_counted_with_pandas(surveys, compared, municipality, answer, options):
    codebook, answers = surveys["citizens"]
    answers = answers if municipality is None else answers[answers["kommune"] == municipality]
    edition = "hele-landet" if municipality is None else municipality.lower()
    names = [question.id for question in codebook.battery("udsagn")]
    for first, second in combinations(names, 2):
        both = answers[[first, second]].dropna().isin(options)
        found = row(
            compared["citizens"].pairs,
            edition,
            subject="udsagn",
            answer=answer,
            first=first,
            second=second,
        )
        same(found, paired_difference(*crossed(both[first], both[second])))
        assert found["gap"] == pytest.approx(both[first].mean() - both[second].mean())
    everything = answers[names].dropna().isin(options)
    found = row(compared["citizens"].items, edition, battery="udsagn", answer=answer)
    assert found["base"] == len(everything)
    assert found["p"] == pytest.approx(cochrans_q(everything.to_numpy()).pvalue, abs=1e-300)


def test_a_multiple_choice_question_is_as_counted_with_pandas(surveys, compared):
    codebook, answers = surveys["citizens"]
    local = answers[answers["kommune"] == "Hjørring"].filter(like="ulemper: ").dropna().astype(bool)
    ticked = local.rename(columns=lambda name: name.removeprefix("ulemper: "))
    for first, second in combinations(codebook.question("ulemper").labels, 2):
        found = row(
            compared["citizens"].pairs, "hjoerring", subject="ulemper", first=first, second=second
        )
        same(found, paired_difference(*crossed(ticked[first], ticked[second])))


def test_a_single_choice_question_is_as_counted_with_pandas(surveys, compared):
    codebook, answers = surveys["jobcentres"]
    counts = answers["sagde_ja"].value_counts()
    for first, second in combinations(codebook.question("sagde_ja").labels, 2):
        found = row(compared["jobcentres"].pairs, subject="sagde_ja", first=first, second=second)
        others = counts.drop([first, second]).sum()
        same(found, paired_difference(0, counts[first], counts[second], others))


def test_small_groups_are_not_compared(surveys):
    answers = surveys["citizens"][1]
    few = pd.concat(
        [
            answers[answers["kommune"] == "Vejle"].head(60),
            answers[answers["kommune"] == "Esbjerg"].head(20),
        ]
    )
    for minimum in (30, 50):
        found = paired_comparisons(surveys["citizens"][0], few, minimum=minimum)
        assert min(found.items["base"].min(), found.pairs["base"].min()) >= minimum
        assert set(found.pairs["edition"]) == {"hele-landet", "vejle"}


def test_a_known_population_counts_as_part_of_the_invited(surveys):
    codebook, answers = surveys["jobcentres"]
    found = paired_comparisons(codebook, answers, {"hele-landet": (72, 94)})
    both = answers[["service_match", "service_akut"]].dropna().isin(["Ja"])
    counts, base = crossed(both["service_match"], both["service_akut"]), len(both)
    assert 30 < base < 72  # of those who were asked, some did not answer
    keys = {"answer": "Ja", "first": "service_match", "second": "service_akut"}
    expected = paired_difference(*counts, round(base * 94 / 72))
    same(row(found.pairs, subject="service", **keys), expected)
    # All 94 have a row that says whether they took part.
    part = found.pairs[found.pairs["subject"] == "deltagelse"]
    assert (part["base"] == 94).all() and (part["low"] == part["high"]).all()


def test_a_population_of_one_edition_is_no_matter_to_others(surveys, compared):
    known = paired_comparisons(*surveys["citizens"], {"vejle": (867, 3576)})
    unknown = compared["citizens"]
    for table, before in ((known.pairs, unknown.pairs), (known.items, unknown.items)):
        others = table["edition"] != "vejle"
        pd.testing.assert_frame_equal(table[others], before[others])
        assert (table.loc[~others, "p"] != before.loc[~others, "p"]).any()


def test_numbers_that_contradict_each_other_are_refused(surveys):
    with pytest.raises(Undefined, match="går ikke op"):
        paired_comparisons(*surveys["citizens"], {"vejle": (3576, 867)})


def test_the_order_of_people_is_no_matter():
    codebook = load_codebook("citizens")
    answers = random_answers(codebook, 400)
    shuffled = answers.sample(frac=1, random_state=17)
    one, other = (paired_comparisons(codebook, people) for people in (answers, shuffled))
    pd.testing.assert_frame_equal(one.pairs, other.pairs)
    pd.testing.assert_frame_equal(one.items, other.items)
