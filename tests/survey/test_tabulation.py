"""Tabulation against a count person by person, written without pandas."""

from collections import Counter

import numpy as np
import pytest
from answers import random_answers
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.disclosure.opening import open_dataset
from helpers.survey.codebook import load_codebook
from helpers.survey.tabulation import tabulate


def counted_by_hand(codebook, answers):
    """{(municipality or None, question, breakdown, group, answer): count} and the bases, one person
    at a time."""
    counts, bases = Counter(), Counter()
    for person in answers.astype(object).to_dict("records"):
        for question in codebook.tabulated:
            given_answers = answers_of(question, person)
            if given_answers is None:
                continue
            for where in (None, person["kommune"]):
                for breakdown, group in groups_of(codebook, question, person):
                    bases[where, question.id, breakdown, group] += 1
                    for answer in given_answers:
                        counts[where, question.id, breakdown, group, answer] += 1
    return counts, bases


def answers_of(question, person):
    if question.type == "multiple":
        values = {label: person[f"{question.id}: {label}"] for label in question.labels}
        return (
            [label for label, ticked in values.items() if ticked is True]
            if values[question.labels[0]] in (True, False)
            else None
        )
    value = person[question.id]
    if not isinstance(value, str):
        return None
    return [value, *(c.label for c in question.sums if value in c.options)]


def groups_of(codebook, question, person):
    yield "", ""
    for breakdown in codebook.breakdowns:
        value = person[breakdown.question]
        if breakdown.question == question.id or not isinstance(value, str):
            continue
        if breakdown.question == "kommune":
            yield breakdown.id, value
        else:
            yield (
                breakdown.id,
                next(group.label for group in breakdown.groups if value in group.options),
            )


@settings(max_examples=4, deadline=None)
@given(st.integers(0, 60), st.integers(0, 10_000))
def test_every_estimate_equals_a_count_by_hand(respondents, seed):
    codebook = load_codebook("citizens")
    answers = random_answers(codebook, respondents, seed)
    counts, bases = counted_by_hand(codebook, answers)
    estimates = tabulate(codebook, answers)
    names = {
        "hele-landet": None,
        "albertslund": "Albertslund",
        "faaborg-midtfyn": "Faaborg-Midtfyn",
        "hjoerring": "Hjørring",
        "vejle": "Vejle",
    }
    for row in estimates.itertuples(index=False):
        where = names[row.edition]
        assert row.count == counts[where, row.question, row.breakdown, row.group, row.answer]
        assert row.base == bases[where, row.question, row.breakdown, row.group]
    assert estimates["base"].sum() > 0 or respondents == 0
    assert not estimates.duplicated(["edition", "question", "breakdown", "group", "answer"]).any()


@pytest.fixture(scope="module")
def estimates():
    codebook = load_codebook("citizens")
    return tabulate(codebook, random_answers(codebook, 900, seed=5))


def test_the_country_is_the_sum_of_its_municipalities(estimates):
    keys = ["question", "breakdown", "group", "answer"]
    everywhere = estimates[estimates["breakdown"] != "kommune"]
    local = (
        everywhere[everywhere["edition"] != "hele-landet"]
        .groupby(keys, observed=True)["count"]
        .sum()
    )
    country = everywhere[everywhere["edition"] == "hele-landet"].set_index(keys)["count"]
    alone = country[~country.index.isin(local[local.index.isin(country.index)].index)]
    country = country.drop(alone.index)
    assert len(alone) and (country.sort_index() == local.reindex(country.index).sort_index()).all()


def test_groups_add_up_to_the_total(estimates):
    keys = ["edition", "question", "answer"]
    total = estimates[estimates["breakdown"] == ""].set_index(keys)["count"]
    for breakdown in ("maalgruppe", "koen", "alder", "uddannelse", "foerste_dag", "varighed"):
        parts = (
            estimates[estimates["breakdown"] == breakdown]
            .groupby(keys, observed=True)["count"]
            .sum()
        )
        assert (total.reindex(parts.index) == parts).all(), breakdown


def test_single_answers_add_up_to_the_base_and_shares_to_one(estimates):
    codebook = load_codebook("citizens")
    single = [question.id for question in codebook.tabulated if question.type == "single"]
    rows = estimates[estimates["question"].isin(single) & ~estimates["combined"]]
    table = rows.groupby(["edition", "question", "breakdown", "group"], observed=True).agg(
        count=("count", "sum"), base=("base", "first"), share=("share", "sum")
    )
    assert (table["count"] == table["base"]).all()
    assert ((table["share"] - 1).abs() < 1e-12)[table["base"] > 0].all()


def test_counting_by_cells_is_counting_table_by_table():
    """With a weight of one each, every table is counted by itself; without weights all are sums
    over cells of respondents alike."""
    dataset = open_dataset()
    for survey in dataset.manifest.surveys:
        answers = dataset.answers(survey).head(400)
        together, singly = (
            tabulate(dataset.codebook(survey), answers),
            tabulate(dataset.codebook(survey), answers, np.ones(len(answers))),
        )
        assert together.astype(str).equals(singly[list(together.columns)].astype(str))
        assert (together["count"] == singly["weight"]).all() and (
            together["base"] == singly["base_weight"]
        ).all()
