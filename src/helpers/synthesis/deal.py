"""Deals the master solution's counts out to people: exact numbers in every cell, given to those who
lean that way most."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from helpers.survey.codebook import Codebook
from helpers.survey.questions import Question
from helpers.synthesis.dealt_people import People, fine
from helpers.synthesis.giving import give_nominal, give_scale, give_ticks
from helpers.synthesis.leans import on_scale
from helpers.synthesis.linear_program import Solution, Terms
from helpers.synthesis.master import Master
from helpers.synthesis.population import Population
from helpers.synthesis.repair import Dealt, repair
from helpers.synthesis.routing_logic import Answer, option, ways

Cell = tuple[Answer | None, ...]


def deal(
    codebook: Codebook, master: Master, solution: Solution, progress: Callable[[str, float], None]
) -> People:
    """Everybody's answers to every question, in dealing order."""
    population = master.population
    everybody = sum(solution.value(size) for size in population.sizes.values())
    people = People(codebook, population.recipe, everybody)
    order = population.dealing_order()
    for number, question in enumerate(order):
        dealt = deal_question(people, population, solution, question)
        repair(people, dealt, master.rows)
        store(people, dealt)
        progress(question.short, (number + 1) / len(order))
    return people


def deal_question(
    people: People, population: Population, solution: Solution, question: Question
) -> Dealt:
    """The question's answers, with the cells they were dealt in."""
    answered = people.asked(question) & ~skippers(people, population, solution, question)
    around = cell_questions(population, question)
    cells = cells_of(people, around)
    if question.type == "multiple" and population.block_of(question.id):
        return deal_ticks_of_block(people, population, solution, question, answered)
    scores = noisy_scores(people, question)
    ticks = np.zeros((people.count, len(question.labels)), dtype=bool)
    for members in members_of(cells, answered):
        pattern = pattern_of(people, around, members[0])
        quota = [
            solution.value(quota_terms(population, question, around, pattern, label))
            for label in question.labels
        ]
        give(question, members, quota, scores, ticks)
    return Dealt(question, answered, cells, scores, ticks)


def deal_ticks_of_block(
    people: People,
    population: Population,
    solution: Solution,
    question: Question,
    answered: np.ndarray,
) -> Dealt:
    """The ticks that rules name, each set of them to as many of every path as the solver found;
    then the others by stratum."""
    scores, given = noisy_scores(people, question), population.counted_jointly(question)
    possible, around = ways(people.codebook, question), cell_questions(population, question)
    has = np.array([[label in way for label in question.labels] for way in possible])
    lacks = np.array(
        [[label in given and label not in way for label in question.labels] for way in possible]
    )
    sets, liking = (
        np.zeros((people.count, len(possible)), dtype=bool),
        scores @ has.T.astype(np.int64) - scores @ lacks.T.astype(np.int64),
    )
    for members in members_of(cells_of(people, around), answered):
        pattern = pattern_of(people, around, members[0])
        quota = [
            solution.value(quota_terms(population, question, around, pattern, way))
            for way in possible
        ]
        give_nominal(members, quota, liking, sets)
    ticks, strata = sets @ has, around[:1] if population.recipe.stratum else ()
    for members in members_of(cells_of(people, strata), answered):
        stratum = (
            option(pattern_of(people, strata, members[0])[0]) if strata else population.strata[0]
        )
        quota = [
            solution.value(population.counts[question.id, label, stratum])
            for label in question.labels
        ]
        give_ticks(question, members, quota, scores, ticks, given)
    # Trades stay among those whose ticks lead the same way.
    return Dealt(
        question,
        answered,
        cells_of(people, strata) * len(possible) + sets.argmax(axis=1),
        scores,
        ticks,
    )


def members_of(cells: np.ndarray, answered: np.ndarray) -> Iterator[np.ndarray]:
    """Yields the people of each cell who answer."""
    for cell in sorted(set(cells[answered])):
        yield np.flatnonzero(answered & (cells == cell))


def give(
    question: Question, members: np.ndarray, quota: list[int], scores: np.ndarray, ticks: np.ndarray
) -> None:
    """Gives a cell's people their answers to one question."""
    if question.type == "multiple":
        give_ticks(question, members, quota, scores, ticks)
    elif on_scale(question):
        give_scale(question, members, quota, scores, ticks)
    else:
        give_nominal(members, quota, scores, ticks)


def store(people: People, dealt: Dealt) -> None:
    """Writes the dealt answers into the people's columns."""
    if dealt.question.type == "multiple":
        people.give_ticks(dealt.question, dealt.answered, dealt.ticks)
    else:
        people.give(dealt.question, np.where(dealt.answered, dealt.ticks.argmax(axis=1), -1))


def cell_questions(population: Population, question: Question) -> tuple[str, ...]:
    """The questions whose answers make up the cells that the question's counts are exact in."""
    stratum = population.recipe.stratum
    first = (stratum,) if stratum and question.id != stratum else ()
    block = population.block_of(question.id)
    if block:
        return (*first, *block[: block.index(question.id)])
    given = population.recipe.ingredient(question.id).given
    return (*first, given) if given and given != stratum else first


def cells_of(people: People, around: tuple[str, ...]) -> np.ndarray:
    """Each person's cell as a number."""
    cells = np.zeros(people.count, dtype=np.int64)
    for name in around:
        cells = (
            cells * (len(ways(people.codebook, people.codebook.question(name))) + 1)
            + people.way_codes(name)
            + 1
        )
    return cells


def pattern_of(people: People, around: tuple[str, ...], person: int) -> Cell:
    """The person's answers to the questions that make up the cells."""
    codes = [
        (ways(people.codebook, people.codebook.question(name)), people.way_codes(name)[person])
        for name in around
    ]
    return tuple(possible[code] if code >= 0 else None for possible, code in codes)


def quota_terms(
    population: Population, question: Question, around: tuple[str, ...], cell: Cell, label: Answer
) -> Terms:
    """How many in the cell give this answer, as an expression."""
    stratum_question = population.recipe.stratum
    if question.id == stratum_question:
        return population.sizes[option(label)]
    stratum, before = (
        (option(cell[0]), cell[1:]) if stratum_question else (population.strata[0], cell)
    )
    block = population.block_of(question.id)
    if block:
        path = (*before, label)
        return {
            v: 1.0
            for (where, whole), terms in population.paths[block].items()
            if where == stratum and whole[: len(path)] == path
            for v in terms
        }
    if before:
        pairs, given = population.pairs[question.id, around[-1]], before[0]
        return pairs.get((stratum, given, option(label)), {}) if isinstance(given, str) else {}
    return population.counts[question.id, option(label), stratum]


def skippers(
    people: People, population: Population, solution: Solution, question: Question
) -> np.ndarray:
    """One boolean per person: who skips the question, drawn once for all items of a battery."""
    key = population.recipe.skip_key(question)
    none = np.zeros(people.count, dtype=bool)
    if key is None:
        return none
    if key not in people.skips:
        asked = people.asked(question)
        for stratum in population.strata:
            here = asked & people.within(population.recipe.stratum, stratum)
            number = solution.value(population.skipped[key, stratum])
            none[people.chance.choice(np.flatnonzero(here), size=number, replace=False)] = True
        people.skips[key] = none
    return people.skips[key]


def noisy_scores(people: People, question: Question) -> np.ndarray:
    """One row per person, one column per option: how much they lean towards it, with everybody's
    own chance added.

    On a scale all options share one score, and the place on the scale is the score's rank.
    """
    scale = on_scale(question)
    columns = {}
    for label in question.labels:
        source = scale[0] if label in scale else label
        if source not in columns:
            columns[source] = people.score(question, source) + people.chance.logistic(
                size=people.count
            )
    return fine(
        np.column_stack(
            [columns[scale[0] if label in scale else label] for label in question.labels]
        )
    )
