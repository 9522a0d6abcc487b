"""Counts and bases that published rows speak of, as expressions in a population's variables."""

from __future__ import annotations

from collections.abc import Iterable

from helpers.survey.questions import Question
from helpers.synthesis.demands import Base, Count, Linear
from helpers.synthesis.linear_program import Terms, added, times
from helpers.synthesis.population import Population
from helpers.synthesis.routing_logic import may_be_asked


class Expressions:
    """Counts by question, answer, breakdown and group. An empty breakdown means all respondents.

    A breakdown other than the stratum gets variables of its own, bound by their margins; that is
    looser than real people would be, so what is infeasible here is infeasible for people.
    """

    def __init__(self, population: Population):
        self.population = population
        self.codebook = population.codebook

    def expression(self, symbol: Count | Base) -> Terms:
        """A count or base as an expression in the population's variables."""
        return self.count(*symbol) if isinstance(symbol, Count) else self.base(*symbol)

    def require(self, demand: Linear) -> None:
        """Adds the demand to the population's program, unless it holds whatever the variables
        are."""
        terms = added(*(times(weight, self.expression(symbol)) for weight, symbol in demand.parts))
        if any(terms.values()) or not demand.low <= 0 <= demand.high:
            self.population.program.require(terms, demand.low, demand.high)

    def question(self, name: str) -> Question:
        """The question, or a battery's first item."""
        return self.codebook.battery(name)[0]

    def groups(self, breakdown: str) -> dict[str, tuple[str, ...]]:
        """The breakdown's groups with the options they hold."""
        return {group.label: group.options for group in self.codebook.breakdown(breakdown).groups}

    def count(
        self, question: str, answers: Iterable[str], breakdown: str = "", group: str = ""
    ) -> Terms:
        """How many of the group gave one of the answers."""
        name = self.question(question).id
        return added(*(self.one_count(name, answer, breakdown, group) for answer in answers))

    def one_count(self, question: str, answer: str, breakdown: str, group: str) -> Terms:
        population, stratum = self.population, self.population.recipe.stratum
        if not breakdown:
            return self.across(question, answer, population.strata)
        by = self.codebook.breakdown(breakdown).question
        options = self.groups(breakdown)[group]
        if by == stratum:
            return self.across(question, answer, options)
        if question == stratum:
            return added(*(population.counts[by, option, answer] for option in options))
        return self.side(question, answer, breakdown, group)

    def across(self, question: str, answer: str, strata: Iterable[str]) -> Terms:
        """How many gave the answer in these strata together."""
        population = self.population
        if question == population.recipe.stratum:
            return population.sizes[answer] if answer in strata else {}
        return added(*(population.counts[question, answer, stratum] for stratum in strata))

    def base(self, question: str, breakdown: str = "", group: str = "") -> Terms:
        """How many of the group answered the question."""
        population, wanted = self.population, self.question(question)
        if not breakdown:
            return added(
                *(population.answered(wanted.id, stratum) for stratum in population.strata)
            )
        by, options = self.codebook.breakdown(breakdown).question, self.groups(breakdown)[group]
        if not any(may_be_asked(self.codebook, wanted.id, {by: option}) for option in options):
            return {}
        if by == population.recipe.stratum:
            return added(*(population.answered(wanted.id, stratum) for stratum in options))
        if wanted.asked_if is None and population.recipe.skip_key(wanted) is None:
            return self.members(breakdown, group)
        return self.side(wanted.id, "", breakdown, group)

    def members(self, breakdown: str, group: str) -> Terms:
        """How many people the group holds."""
        return self.count(
            self.codebook.breakdown(breakdown).question, self.groups(breakdown)[group]
        )

    def side(self, question: str, answer: str, breakdown: str, group: str) -> Terms:
        """A count (or, with no answer, a base) by a breakdown that is not the stratum."""
        sides = self.population.sides
        if (question, answer, breakdown, group) not in sides:
            self.add_sides(self.codebook.question(question), breakdown)
        return sides[question, answer, breakdown, group]

    def add_sides(self, question: Question, breakdown: str) -> None:
        """The question's table by this breakdown, with its margins."""
        program, sides = self.population.program, self.population.sides
        answers = ("", *question.labels)
        for group in self.groups(breakdown):
            for answer in answers:
                sides[question.id, answer, breakdown, group] = program.variable()
            base = sides[question.id, "", breakdown, group]
            program.require(added(self.members(breakdown, group), times(-1, base)), low=0)
            given = [sides[question.id, answer, breakdown, group] for answer in question.labels]
            if question.type == "multiple":
                for terms in given:
                    program.require(added(base, times(-1, terms)), low=0)
            else:
                self.population.equal(added(*given), base)
        for answer in answers:
            total = self.count(question.id, (answer,)) if answer else self.base(question.id)
            self.population.equal(
                added(*(sides[question.id, answer, breakdown, g] for g in self.groups(breakdown))),
                total,
            )
        if question.asked_if is None and self.population.recipe.skip_key(question) is None:
            for group in self.groups(breakdown):
                self.population.equal(
                    sides[question.id, "", breakdown, group], self.members(breakdown, group)
                )
