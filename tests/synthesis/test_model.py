"""The solver's model against people: whatever people answer within the routing, the model must
allow it.

If it did not, "the solver finds no solution" would say nothing about people.
"""

import numpy as np
import pandas as pd
import pytest
from answers import random_answers
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.errors import UserError
from helpers.survey.codebook import load_codebook
from helpers.survey.frame import frame_counts
from helpers.survey.routing import asked
from helpers.synthesis.expressions import Expressions
from helpers.synthesis.master import dealable
from helpers.synthesis.population import Population
from helpers.synthesis.printed_rows import with_municipalities
from helpers.synthesis.recipe import load_recipe
from helpers.synthesis.routing_logic import may_be_asked

CODEBOOK = with_municipalities(load_codebook("citizens"))
RECIPE = load_recipe("citizens", CODEBOOK).routing_only()
SKIPPED = 2


def people_of(size, seed):
    """Random people within the routing who tick at least one option, "don't know" alone; two skip
    the battery."""
    people = random_answers(
        CODEBOOK, size, seed, tuple(frame_counts(CODEBOOK)["kommune"]), skipped=0
    )
    for question in CODEBOOK.questions:
        if question.type == "multiple":
            ticks = people[list(question.columns)].fillna(False).to_numpy(dtype=bool)
            ticks[~ticks.any(axis=1), 0] = True
            if question.dont_know:
                unsure = question.labels.index(question.dont_know)
                ticks[ticks[:, unsure]] = np.arange(ticks.shape[1]) == unsure
            answering = asked(CODEBOOK, question, people).to_numpy()
            ticks = np.where(answering[:, None], ticks, None)
            people[list(question.columns)] = pd.DataFrame(
                ticks, columns=question.columns, dtype="boolean"
            )
        elif question.role != "background":  # routing may have changed with the ticks
            answering = asked(CODEBOOK, question, people)
            people[question.id] = people[question.id].fillna(question.labels[-1]).where(answering)
    battery = [question.id for question in CODEBOOK.battery("udsagn")]
    skipping = people.index[people[battery[0]].notna()][:SKIPPED]
    people.loc[skipping, battery] = None
    return people


def gave(people, question, label):
    wanted = CODEBOOK.question(question)
    if wanted.type == "multiple":
        return people[wanted.column(label)].fillna(False).astype(bool)
    return people[question] == label


def values_of(population, people):
    """What every variable of the model is among these people, counted from their answers."""
    values = {}

    def put(terms, number):
        (variable,) = terms
        values[variable] = int(number)

    for stratum, terms in population.sizes.items():
        put(terms, (people["maalgruppe"] == stratum).sum())
    for block, paths in population.paths.items():
        given_answers = people[list(block)].astype(object).where(people[list(block)].notna(), None)
        walked = pd.Series(
            list(zip(people["maalgruppe"], given_answers.itertuples(index=False, name=None)))
        )
        found = walked.value_counts()
        for key, terms in paths.items():
            put(terms, found.get(key, 0))
        assert set(found.index) <= set(paths), "somebody went a way that the model does not know"
    for (question, label, stratum), terms in population.counts.items():
        if not population.block_of(question):
            put(terms, (gave(people, question, label) & (people["maalgruppe"] == stratum)).sum())
    for (key, stratum), terms in population.skipped.items():
        question = CODEBOOK.battery(key)[0]
        if population.block_of(question.id):
            continue  # these are paths, and counted as such
        missing = (
            asked(CODEBOOK, question, people)
            & people[question.id].isna()
            & (people["maalgruppe"] == stratum)
        )
        put(terms, missing.sum())
    for (question, answer, breakdown, group), terms in population.sides.items():
        options = next(g.options for g in CODEBOOK.breakdown(breakdown).groups if g.label == group)
        inside = people[CODEBOOK.breakdown(breakdown).question].isin(options)
        who = (
            gave(people, question, answer)
            if answer
            else people[CODEBOOK.question(question).columns[0]].notna()
        )
        put(terms, (inside & who).sum())
    return values


@settings(max_examples=5, deadline=None)
@given(size=st.integers(1, 400), seed=st.integers(0, 10_000))
def test_any_people_within_the_routing_satisfy_the_model(size, seed):
    population = Population(CODEBOOK, RECIPE)
    expressions = Expressions(population)
    for question, breakdown in [
        ("modtagelse", "alder"),
        ("kanal", "kommune"),
        ("tilfredshed", "koen"),
        ("udsagn_hjalp", "uddannelse"),
    ]:
        expressions.add_sides(CODEBOOK.question(question), breakdown)
    people = people_of(size, seed)
    values = values_of(population, people)
    assert set(values) == set(range(len(population.program.upper)))
    for terms, low, high in population.program.rows:
        assert (
            low
            <= sum(coefficient * values[variable] for variable, coefficient in terms.items())
            <= high
        )


@pytest.fixture(scope="module")
def counted():
    population, people = Population(CODEBOOK, RECIPE), people_of(500, 7)
    return population, people, values_of(population, people)


@pytest.mark.parametrize("question", [question.id for question in CODEBOOK.questions])
def test_those_asked_in_the_model_are_those_asked_by_the_routing(counted, question):
    population, people, values = counted
    led = asked(CODEBOOK, CODEBOOK.question(question), people)
    for stratum in population.strata:
        terms = population.asked(question, stratum)
        assert (
            sum(coefficient * values[v] for v, coefficient in terms.items())
            == (led & (people["maalgruppe"] == stratum)).sum()
        )


@settings(max_examples=5, deadline=None)
@given(size=st.integers(1, 400), seed=st.integers(0, 10_000))
def test_people_may_skip_a_question_that_routing_combines_with_others(size, seed):
    recipe = RECIPE.model_copy(update={"unanswered": RECIPE.unanswered | {"accept": size}})
    people = people_of(size, seed)
    people.loc[people.index[people["accept"].notna()][::2], "accept"] = None
    # whoever skips is not led on
    for question in (question for question in CODEBOOK.questions if question.role != "background"):
        people.loc[~asked(CODEBOOK, question, people), list(question.columns)] = None
    population = Population(CODEBOOK, recipe)
    values = values_of(population, people)
    for terms, low, high in population.program.rows:
        assert (
            low
            <= sum(coefficient * values[variable] for variable, coefficient in terms.items())
            <= high
        )


def test_answers_cannot_be_dealt_when_such_a_question_may_be_skipped():
    recipe = RECIPE.model_copy(update={"unanswered": {"accept": 60}})
    with pytest.raises(UserError, match="»accept«"):
        dealable(Population(CODEBOOK, recipe))
    assert dealable(Population(CODEBOOK, RECIPE)).recipe is RECIPE


@given(seed=st.integers(0, 10_000))
@settings(max_examples=10, deadline=None)
def test_nobody_is_asked_what_their_answer_elsewhere_rules_out(seed):
    people = people_of(200, seed)
    for question in CODEBOOK.questions:
        led = asked(CODEBOOK, question, people)
        for other in ("foerste_dag", "maalgruppe", "initiativ"):
            for label in CODEBOOK.question(other).labels:
                if not may_be_asked(CODEBOOK, question.id, {other: label}):
                    assert not (led & (people[other] == label)).any()


def test_who_can_be_asked_about_the_change():
    before, after = CODEBOOK.question("foerste_dag").labels
    for question in ("anderledes", "forandring", "udsagn_hjalp"):
        assert may_be_asked(CODEBOOK, question, {"foerste_dag": before})
        assert not may_be_asked(CODEBOOK, question, {"foerste_dag": after})
    assert may_be_asked(CODEBOOK, "kanal", {"foerste_dag": after})
    assert not may_be_asked(CODEBOOK, "afslag", {"initiativ": "Det gjorde jeg selv"})
