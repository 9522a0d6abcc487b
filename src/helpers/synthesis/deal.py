"""Deals the master solution's counts out to people: exact numbers in every cell, given to those who lean that way most."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from helpers.survey.codebook import Codebook, Question
from helpers.synthesis.leans import on_scale
from helpers.synthesis.master import Master
from helpers.synthesis.people import People, fine
from helpers.synthesis.population import Population
from helpers.synthesis.program import Solution, Terms
from helpers.synthesis.repair import Dealt, repair

Cell = tuple[str | None, ...]


def deal(codebook: Codebook, master: Master, solution: Solution, progress: Callable[[str, float], None]) -> People:
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


def deal_question(people: People, population: Population, solution: Solution, question: Question) -> Dealt:
    """The question's answers, with the cells they were dealt in."""
    answered = people.asked(question) & ~skippers(people, population, solution, question)
    around = cell_questions(population, question)
    cells = cells_of(people, around)
    scores = noisy_scores(people, question)
    ticks = np.zeros((people.count, len(question.labels)), dtype=bool)
    for cell in sorted(set(cells[answered])):
        members = np.flatnonzero(answered & (cells == cell))
        pattern = pattern_of(people, around, members[0])
        quota = [solution.value(quota_terms(population, question, around, pattern, label)) for label in question.labels]
        give = give_ticks if question.type == "multiple" else give_scale if on_scale(question) else give_nominal
        give(question, members, quota, scores, ticks)
    return Dealt(question, answered, cells, scores, ticks)


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
        return (*first, *block[:block.index(question.id)])
    given = population.recipe.ingredient(question.id).given
    return (*first, given) if given and given != stratum else first


def cells_of(people: People, around: tuple[str, ...]) -> np.ndarray:
    """Each person's cell as a number."""
    cells = np.zeros(people.count, dtype=np.int64)
    for name in around:
        cells = cells * (len(people.codebook.question(name).labels) + 1) + people.codes(name) + 1
    return cells


def pattern_of(people: People, around: tuple[str, ...], person: int) -> Cell:
    """The person's answers to the questions that make up the cells."""
    codes = [(people.codebook.question(name).labels, people.codes(name)[person]) for name in around]
    return tuple(labels[code] if code >= 0 else None for labels, code in codes)


def quota_terms(population: Population, question: Question, around: tuple[str, ...], cell: Cell, label: str) -> Terms:
    """How many in the cell give this answer, as an expression."""
    stratum_question = population.recipe.stratum
    if question.id == stratum_question:
        return population.sizes[label]
    stratum, before = (cell[0], cell[1:]) if stratum_question else (population.strata[0], cell)
    block = population.block_of(question.id)
    if block:
        path = (*before, label)
        return {v: 1.0 for (where, whole), terms in population.paths[block].items()
                if where == stratum and whole[:len(path)] == path for v in terms}
    if before:
        return population.pairs[question.id, around[-1]].get((stratum, before[0], label), {})
    return population.counts[question.id, label, stratum]


def skippers(people: People, population: Population, solution: Solution, question: Question) -> np.ndarray:
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
    """One row per person, one column per option: how much they lean towards it, with everybody's own chance added.

    On a scale all options share one score, and the place on the scale is the score's rank.
    """
    scale = on_scale(question)
    columns = {}
    for label in question.labels:
        source = scale[0] if label in scale else label
        if source not in columns:
            columns[source] = people.score(question, source) + people.chance.logistic(size=people.count)
    return fine(np.column_stack([columns[scale[0] if label in scale else label] for label in question.labels]))


def top(members: np.ndarray, scores: np.ndarray, number: int) -> np.ndarray:
    """The `number` members with the highest scores, the highest first."""
    return members[np.argsort(-scores[members], kind="stable")[:number]]


def give_scale(question: Question, members: np.ndarray, quota: list[int], scores: np.ndarray, ticks: np.ndarray) -> None:
    """First "don't know", then the scale from its first answer down."""
    if question.dont_know:
        place = question.labels.index(question.dont_know)
        unsure = top(members, scores[:, place], quota[place])
        ticks[unsure, place] = True
        members = np.setdiff1d(members, unsure)
    places = [question.labels.index(label) for label in on_scale(question)]
    ranked = top(members, scores[:, places[0]], len(members))
    for place, start in zip(places, np.cumsum([0, *(quota[place] for place in places)])):
        ticks[ranked[start:start + quota[place]], place] = True


def give_nominal(question: Question, members: np.ndarray, quota: list[int], scores: np.ndarray, ticks: np.ndarray) -> None:
    """The rarest answer first, to those who lean towards it most compared with the commonest."""
    order = sorted(range(len(quota)), key=lambda place: (quota[place], place))
    for place in order:
        chosen = top(members, scores[:, place] - scores[:, order[-1]] * (place != order[-1]), quota[place])
        ticks[chosen, place] = True
        members = np.setdiff1d(members, chosen)


def give_ticks(question: Question, members: np.ndarray, quota: list[int], scores: np.ndarray, ticks: np.ndarray) -> None:
    """"Don't know" alone, then every option by itself, and at least one tick for each."""
    if question.dont_know:
        place = question.labels.index(question.dont_know)
        unsure = top(members, scores[:, place], quota[place])
        ticks[unsure, place] = True
        members = np.setdiff1d(members, unsure)
    places = [place for place, label in enumerate(question.labels) if label != question.dont_know]
    for place in places:
        ticks[top(members, scores[:, place], quota[place]), place] = True
    for person in members[~ticks[members].any(axis=1)]:
        take_a_tick(person, members, places, scores, ticks)


def take_a_tick(person: int, members: np.ndarray, places: Iterable[int], scores: np.ndarray, ticks: np.ndarray) -> None:
    """Moves a tick to a person without any, from the one with several who leans towards it least."""
    for place in sorted(places, key=lambda place: -scores[person, place]):
        donors = members[ticks[members, place] & (ticks[members].sum(axis=1) > 1)]
        if len(donors):
            donor = donors[np.argmin(scores[donors, place])]
            ticks[donor, place], ticks[person, place] = False, True
            return
