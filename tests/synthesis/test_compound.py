"""Rules that combine ticks: of several questions, several ticks of one, and what is not ticked;
with strata and without."""

import numpy as np
import pandas as pd
import pytest
from answers import random_answers

from helpers.errors import UserError
from helpers.survey.codebook import load_codebook
from helpers.survey.routing import asked
from helpers.synthesis.deal import deal
from helpers.synthesis.master import Master
from helpers.synthesis.population import Population
from helpers.synthesis.recipe import Recipe
from helpers.synthesis.routing_logic import routing_blocks, ticks, ways

CODEBOOK = """
survey: laanere
title: Lånernes bibliotek
report: Ingen
unit: {singular: låner, plural: lånere, definite_plural: lånerne}
respondents: 300
questions:
  - {id: hvem, text: Hvem?, short: Hvem, type: single, role: background,
     options: [Barn, Voksen, Skole]}
  - {id: brugt, text: Brugt?, short: Brugt, type: single, options: [Ofte, "Af og til", Aldrig]}
  - id: laant
    text: Lånt?
    short: Lånt
    type: multiple
    asked_if: {question: brugt, answers: [Ofte, "Af og til"]}
    options: [Bøger, Musik, Spil, Film, Intet]
    dont_know: Intet
  - {id: vaerk, text: Værk?, short: Værk, type: single,
     asked_if: {question: laant, answers: [Bøger, Musik]}, options: ["Ja", "Nej"]}
  - id: ofte_musik
    text: Musik?
    short: Musik
    type: single
    asked_if: {all: [{question: brugt, answers: [Ofte]}, {question: laant, answers: [Musik]}]}
    options: [God, Dårlig]
  - id: uden_spil
    text: Hvorfor ikke spil?
    short: Spil
    type: multiple
    asked_if: {not: {question: laant, answers: [Spil]}}
    options: [Tid, Lyst]
  - id: voksenspil
    text: Hvilke?
    short: Voksenspil
    type: single
    asked_if: {all: [{question: hvem, answers: [Voksen]}, {question: laant, answers: [Spil]}]}
    options: [Brætspil, Kort]
"""
STRATA = [None, "hvem"]


@pytest.fixture(scope="module")
def codebook(tmp_path_factory):
    path = tmp_path_factory.mktemp("kodebog") / "laanere.yaml"
    path.write_text(CODEBOOK, encoding="utf-8")
    return load_codebook(path)


def recipe(stratum):
    return Recipe(
        survey="laanere", seed=7, title="Prøve", period="nu", source="opdigtet", stratum=stratum
    )


def tidy(codebook, people):
    """The people with at least one tick each and "don't know" alone, and the questions after it
    asked of whom they should be."""
    for question in codebook.questions:
        answering = asked(codebook, question, people).to_numpy()
        if question.type != "multiple":
            people[question.id] = people[question.id].fillna(question.labels[-1]).where(answering)
            continue
        given = people[list(question.columns)].fillna(False).to_numpy(dtype=bool)
        given[~given.any(axis=1), -1] = True
        if question.dont_know:
            given[given[:, -1] & given[:, :-1].any(axis=1), -1] = False
        people[list(question.columns)] = pd.DataFrame(
            np.where(answering[:, None], given, None), columns=question.columns, dtype="boolean"
        )
    return people


def answer_of(people, question, told):
    """Each person's answer as routing sees it: an option, or the ticks among `told`; None for no
    answer."""
    if question.type != "multiple":
        return people[question.id].astype(object).where(people[question.id].notna(), None)
    given = people[list(question.columns)]
    chosen = [
        tuple(label for label in told if person[question.column(label)]) if answered else None
        for person, answered in zip(given.to_dict("records"), given.notna().all(axis=1))
    ]
    return pd.Series(chosen, index=people.index, dtype=object)


def place_of(people, stratum):
    return people[stratum].astype(object) if stratum else pd.Series("", index=people.index)


@pytest.mark.parametrize("stratum", STRATA)
def test_the_rules_that_combine_answers_share_a_block(codebook, stratum):
    assert routing_blocks(codebook, stratum) == (
        frozenset({"brugt", "laant"} | (set() if stratum else {"hvem"})),
    )
    assert ways(codebook, codebook.question("laant")) == (
        (),
        ("Bøger",),
        ("Musik",),
        ("Spil",),
        ("Bøger", "Musik"),
        ("Bøger", "Spil"),
        ("Musik", "Spil"),
        ("Bøger", "Musik", "Spil"),
    )


@pytest.mark.parametrize("stratum", STRATA)
@pytest.mark.parametrize("seed", range(4))
def test_any_people_within_the_routing_satisfy_the_model(codebook, stratum, seed):
    population = Population(codebook, recipe(stratum))
    people = tidy(codebook, random_answers(codebook, 80, seed, skipped=0))
    place, values = place_of(people, stratum), {}

    def put(terms, number):
        (variable,) = terms
        values[variable] = int(number)

    for where, terms in population.sizes.items():
        put(terms, (place == where).sum())
    for block, paths in population.paths.items():
        walked = zip(
            *(
                answer_of(people, codebook.question(name), ("Bøger", "Musik", "Spil"))
                for name in block
            )
        )
        found = pd.Series(list(zip(place, walked)), dtype=object).value_counts()
        assert set(found.index) <= set(paths)
        for key, terms in paths.items():
            put(terms, found.get(key, 0))
    for (name, label, where), terms in population.counts.items():
        question = codebook.question(name)
        if label not in population.counted_jointly(question):
            gave = (
                people[question.column(label)].fillna(False).astype(bool)
                if question.type == "multiple"
                else people[name] == label
            )
            put(terms, (gave & (place == where)).sum())
    assert set(values) == set(range(len(population.program.upper)))
    for terms, low, high in population.program.rows:
        assert (
            low
            <= sum(coefficient * values[variable] for variable, coefficient in terms.items())
            <= high
        )
    for question in codebook.questions:
        led = asked(codebook, question, people)
        for where in population.strata:
            terms = population.asked(question.id, where)
            assert (
                sum(coefficient * values[v] for v, coefficient in terms.items())
                == (led & (place == where)).sum()
            )


@pytest.mark.parametrize("stratum", STRATA)
def test_dealt_people_are_those_of_the_solution(codebook, stratum):
    master = Master(codebook, recipe(stratum), ())
    solution = master.solve()
    people = deal(codebook, master, solution, lambda text, part: None)
    dealt = people.answers
    place = place_of(dealt, stratum)
    assert len(dealt) == codebook.respondents
    for question in codebook.questions:
        answered = dealt[question.columns[0]].notna()
        assert (answered == asked(codebook, question, dealt)).all()
        if question.type == "multiple":
            given = dealt[list(question.columns)].fillna(False).astype(bool)
            assert given[answered].any(axis=1).all()
            assert (
                not question.dont_know
                or (given.sum(axis=1)[given[question.column(question.dont_know)]] == 1).all()
            )
    for (name, label, where), terms in master.population.counts.items():
        assert (
            people.gave(codebook.question(name), label) & (place == where)
        ).sum() == solution.value(terms)
    told = {
        name: answer_of(dealt, codebook.question(name), ("Bøger", "Musik", "Spil"))
        for name in ("hvem", "brugt", "laant")
    }
    for block, paths in master.population.paths.items():
        for (where, path), terms in paths.items():
            here = (place == where) & np.logical_and.reduce(
                [
                    told[name].map(lambda given, wanted=wanted: ticks(given) == ticks(wanted))
                    for name, wanted in zip(block, path)
                ]
            )
            assert here.sum() == solution.value(terms)


def test_too_many_ticks_named_by_rules_is_an_error_that_says_so(tmp_path):
    options = ", ".join(f"Nr. {n}" for n in range(9))
    (tmp_path / "mange.yaml").write_text(
        CODEBOOK
        + f"""
  - {{id: mange, text: Mange?, short: Mange, type: multiple, options: [{options}]}}
  - {{id: efter, text: Efter?, short: Efter, type: single,
     asked_if: {{question: mange, answers: [{options}]}}, options: ["Ja", "Nej"]}}
""",
        encoding="utf-8",
    )
    with pytest.raises(UserError, match="»mange«.*højst"):
        Population(load_codebook(tmp_path / "mange.yaml"), recipe(None))
